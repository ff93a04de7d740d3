import type { assistantEn } from './assistant-en.ts';
import type { Translation } from './translation.ts';

export const assistantZh: Translation<typeof assistantEn> = {
  page: {
    tab: '草拟',
    title: '草拟助手',
    lead: '可由您自选的服务草拟回复。它从不发送：草稿只放进编辑框，由您阅读、修改并发送。',
    leaves:
      '请求草稿时，工单最近 {{count}} 条消息和主题会发送到此地址。附件、备注以及写信人的身份留在本机，正文中的敏感信息和邮箱地址会先被移除。除此之外不会发送任何内容。',
    on: '提供草稿',
    address: '地址',
    addressHint: '支持 OpenAI 聊天补全接口的服务，例如 https://api.example.com/v1。须加密，或位于本机。',
    addressBad: '请输入以 https:// 开头的地址，或以 http:// 开头的本机地址。',
    model: '模型',
    key: '密钥',
    keyKept: '密钥已保存在保险库中。留空则保持不变。',
    keyAgain: '保险库中的密钥属于另一个地址。请输入此地址的密钥。',
    keyNone: '密钥只存入本机的保险库。',
    save: '保存',
    saved: '草拟助手已保存',
    onlyLeads: '只有主管可以更改。',
  },
  draft: {
    button: '草拟回复',
    asking: '正在草拟……',
    stop: '停止草拟',
    inserted: '草稿已放入编辑框，发送前请先阅读。',
    redacted_other: '发送内容中移除了 {{count}} 处敏感信息。',
  },
  error: {
    'assistant-off': '草拟助手未开启。',
    'vault-locked': '保险库已锁定，请在“设置 > 邮箱”中解锁。',
    'vault-empty': '还没有保险库，请在“设置 > 邮箱”中创建。',
    'key-missing': '缺少密钥，请在“设置 > 草拟”中填写。',
    'not-allowed': '只有主管可以更改。',
    incomplete: '请先填写地址和模型。',
    'nothing-to-answer': '客户没有写可以回复的内容。',
    cancelled: '已停止草拟。',
    unreachable: '无法连接该服务。',
    timeout: '该服务响应超时。',
    'wrong-key': '该服务拒绝了密钥。',
    'unknown-model': '该服务没有这个模型，或地址不对。',
    'rate-limited': '该服务要求降低请求频率，或账户额度已用完。',
    'service-error': '该服务未能完成。',
    'bad-answer': '该服务返回的不是草稿。',
  },
};
