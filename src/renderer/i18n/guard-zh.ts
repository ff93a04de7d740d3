import type { guardEn } from './guard-en.ts';
import type { Translation } from './translation.ts';

export const guardZh: Translation<typeof guardEn> = {
  kind: {
    'recovery-phrase': '助记词',
    'private-key': '私钥',
    'extended-key': '扩展私钥',
    'pem-key': '密钥文件',
    'card-number': '银行卡号',
    'one-time-code': '一次性验证码',
    password: '密码',
    token: '访问令牌',
  },
  words: '{{kind}}，{{count}} 个词',
  taken: '已移除{{what}}',
  takenHint: '此处原有一项机密信息，消息保存之前已被移除。',
  event: {
    found: '已从消息中移除机密信息：{{kinds}}',
    revealed: '{{actor}} 查看了被移除的内容（{{kinds}}）：“{{reason}}”',
  },
};
