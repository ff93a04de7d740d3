import type { Translation } from './translation.ts';

/** What the engine was to do by itself and can not begin. */
export const notBegunEn = {
  told: 'Meridian could not begin to look after: {{what}}. Everything else works, and what can be tried again is tried every minute. If this stays, restart Meridian.',
  what: {
    snoozes: 'snoozes that end',
    promises: 'promises',
    reminders: 'reminders',
    handoffs: 'handoffs',
    plan: 'the shift plan',
    clocks: 'SLA clocks',
    'older-cases': 'what is known of older cases',
    backups: 'backups',
    channels: 'mailboxes, channels and the team',
  },
};

export const notBegunZh: Translation<typeof notBegunEn> = {
  told: 'Meridian 未能开始处理：{{what}}。其他一切照常可用；可以重试的部分每分钟会重试一次。如果一直如此，请重启 Meridian。',
  what: {
    snoozes: '推迟到期',
    promises: '承诺',
    reminders: '提醒',
    handoffs: '交接',
    plan: '排班表',
    clocks: 'SLA 计时',
    'older-cases': '较早工单的信息',
    backups: '备份',
    channels: '邮箱、渠道和团队',
  },
};
