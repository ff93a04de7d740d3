import type { Translation } from './translation.ts';

/** Words of the command palette. */
export const paletteEn = {
  title: 'Command palette',
  placeholder: 'Search cases, people and commands…',
  empty: 'Nothing matches. Try fewer letters.',
  groups: { recent: 'Recently opened', actions: 'Commands', views: 'Go to', cases: 'Cases', people: 'People', who: 'Who is on' },
  searching: 'Searching…',
  notIndexed: 'Still indexing; older messages may be missing.',
  footOpen: 'Open',
  footMove: 'Move',
  footClose: 'Close',
  resultCount_one: '{{count}} result',
  resultCount_other: '{{count}} results',
};

export const paletteZh: Translation<typeof paletteEn> = {
  title: '命令面板',
  placeholder: '搜索工单、人员和命令…',
  empty: '没有匹配项，请减少字词再试。',
  groups: { recent: '最近打开', actions: '命令', views: '前往', cases: '工单', people: '人员', who: '谁在班' },
  searching: '正在搜索…',
  notIndexed: '仍在建立索引，较早的消息可能缺失。',
  footOpen: '打开',
  footMove: '移动',
  footClose: '关闭',
  resultCount_other: '{{count}} 个结果',
};
