import type { relatedEn } from './related-en.ts';
import type { Translation } from './translation.ts';

export const relatedZh: Translation<typeof relatedEn> = {
  title: '可能是同一件事',
  hint: '如果确实是同一件事，请关联。系统不会自动合并、移动或答复。',
  linked: '已关联的工单',
  link: '关联',
  notSame: '不是同一件事',
  unlink: '取消关联',
  linkOf: '与“{{subject}}”关联',
  notSameOf: '“{{subject}}”不是同一件事',
  unlinkOf: '取消与“{{subject}}”的关联',
  careful: '这两位客户中只有一位证实了身份。号码或地址可能被他人得知：请勿把一方所说的内容告诉另一方。',
  byHand: '由同事关联',
  reason: {
    'same-identity': '同一位已登录客户',
    'same-contact': '同一位客户',
    'same-address': '提到同一邮箱地址',
    'same-handle': '提到同一用户名',
    'same-transaction': '同一笔交易或同一钱包地址',
    'same-order': '同一订单号或支付单号',
    'same-words': '两天内几乎相同的文字',
  },
  done: {
    link: '已与“{{subject}}”关联',
    unlink: '已取消与“{{subject}}”的关联',
    notSame: '不再推荐“{{subject}}”',
  },
};
