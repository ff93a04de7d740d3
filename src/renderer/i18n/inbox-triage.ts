import type { Translation } from './translation.ts';

/** Words for customers who ask again, and for those who only thank. */
export const inboxTriageEn = {
  chaser: {
    mark_one: 'Asked again once since they began to wait, last at {{at}}',
    mark_other: 'Asked again {{count}} times since they began to wait, last at {{at}}',
    line_one: 'Asked again once, last {{ago}}',
    line_other: 'Asked again {{count}} times, last {{ago}}',
    hint: 'Nothing new in it; no clock was reset.',
  },
  thanks: {
    title: 'No reply needed?',
    text: 'The customer only thanks. Nothing is decided until you do.',
  },
} as const;

export const inboxTriageZh: Translation<typeof inboxTriageEn> = {
  chaser: {
    mark_other: '开始等待以来又催了 {{count}} 次，最近一次：{{at}}',
    line_other: '又催了 {{count}} 次，最近一次{{ago}}',
    hint: '其中没有新信息；时限没有重新计算。',
  },
  thanks: {
    title: '无需回复？',
    text: '客户只是在致谢。由您决定，系统不会自行处理。',
  },
};
