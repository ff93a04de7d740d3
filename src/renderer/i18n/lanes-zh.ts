import type { lanesEn } from './lanes-en.ts';
import type { Translation } from './translation.ts';

export const lanesZh: Translation<typeof lanesEn> = {
  title: '交接',
  tabs: '交接的各部分',
  go: { screen: '前往交接', sweep: '开始下班清点', brief: '阅读上班简报' },
  rail: {
    counts: '交接：{{parts}}',
    incoming_other: '{{count}} 个工单提议交给您',
    answers_other: '您的提议中有 {{count}} 个需要您处理',
    escalated_other: '{{count}} 个工单已升级给您',
    sweepLeft_other: '下班清点还剩 {{count}} 个',
  },
  tab: { lanes: '交接往来', sweep: '下班清点', brief: '上班简报' },
};
