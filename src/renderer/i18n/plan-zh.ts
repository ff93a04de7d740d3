import type { planEn } from './plan-en.ts';
import type { Translation } from './translation.ts';

export const planZh: Translation<typeof planEn> = {
  title: '排班',
  tabs: '排班的各部分',
  tab: '计划',
};
