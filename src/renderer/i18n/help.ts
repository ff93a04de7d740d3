import type { Translation } from './translation.ts';

/** What keys do, at a glance. */
export const helpEn = {
  title: 'Keyboard shortcuts',
  hint: 'Single keys never fire while you type. Press {{keys}} for everything else.',
  areas: {
    general: 'General',
    navigation: 'Go to',
    inbox: 'Case list',
    case: 'Case',
    compose: 'Writing',
    handoff: 'Handoffs',
    plan: 'Planning',
  },
  or: 'or',
  followedBy: 'then',
};

export const helpZh: Translation<typeof helpEn> = {
  title: '键盘快捷键',
  hint: '输入文字时单键快捷键不会触发。其他操作请按 {{keys}}。',
  areas: { general: '通用', navigation: '前往', inbox: '工单列表', case: '工单', compose: '撰写', handoff: '交接', plan: '排班' },
  or: '或',
  followedBy: '再按',
};
