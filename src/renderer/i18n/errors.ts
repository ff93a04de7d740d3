import { emailErrorsEn, emailErrorsZh } from './email-error-text.ts';
import type { Translation } from './translation.ts';

/** Every closed code that the engine may answer with, in plain words that say what to do. */
export const errorsEn = {
  common: {
    invalid: 'The engine refused this as malformed. This is a defect in Meridian.',
    internal: 'Something unexpected went wrong inside Meridian. It is noted in the log.',
    'not-found': 'It is not there any more.',
    'storage-full': 'The disk is full. Free some space and try again.',
    'storage-damaged': 'The data file is damaged. Restart Meridian to restore it.',
    'storage-busy': 'Another program is holding the data file. It is tried again by itself.',
    'storage-read-only': 'The data folder can not be written. Check its permissions.',
    'engine-stopped': 'The engine is restarting. Try again in a moment.',
    'nothing-to-undo': 'It has been changed since, or was undone already.',
    offline: 'There is no network at the moment.',
    refused: 'Meridian does not open this kind of link.',
    'write-failed': 'The file could not be written there.',
    'too-large': 'It is too large.',
    'unknown-zone': 'This time zone is not known.',
  },
  accounts: {
    'vault-locked': 'The password safe is locked. Unlock it with your passphrase.',
    'vault-empty': 'This computer needs a passphrase before passwords can be kept.',
    'password-missing': 'The password is not stored any more. Edit the mailbox and enter it again.',
    'already-connected': 'This mailbox is connected already.',
    'password-required': 'The server or the user name has changed. Enter the password again, so that it goes nowhere unseen.',
    'set-aside': 'Messages that could not be stored and were set aside: {{count}}. Their sources are kept; the log says why.',
  },
  vault: {
    wrong: 'That is not the passphrase.',
    wait: 'Too many attempts. Wait half a minute and try again.',
    'too-short': 'Use at least 10 characters.',
    exists: 'A passphrase has been set already. Unlock with it.',
  },
  outbox: {
    interrupted: 'Meridian ended while it was being sent.',
    recovered: 'The data was restored from a backup, so it may have been sent since.',
    'attachment-missing': 'A file of this reply is not on this computer any more. Take the reply back and attach it again.',
    'no-answer': 'The server never confirmed it.',
    'some-refused': 'The server refused some of the recipients; the others got it.',
  },
  email: emailErrorsEn,
};

export const errorsZh: Translation<typeof errorsEn> = {
  common: {
    invalid: '引擎认为请求格式有误。这是 Meridian 的缺陷。',
    internal: 'Meridian 内部发生意外错误，已记录到日志。',
    'not-found': '它已不存在。',
    'storage-full': '磁盘已满。请腾出空间后重试。',
    'storage-damaged': '数据文件已损坏。请重启 Meridian 以恢复。',
    'storage-busy': '其他程序正在占用数据文件，将自动重试。',
    'storage-read-only': '无法写入数据文件夹。请检查权限。',
    'engine-stopped': '引擎正在重新启动，请稍后重试。',
    'nothing-to-undo': '之后已有更改，或已经撤销。',
    offline: '目前没有网络。',
    refused: 'Meridian 不会打开这类链接。',
    'write-failed': '无法在该位置写入文件。',
    'too-large': '内容过大。',
    'unknown-zone': '不认识这个时区。',
  },
  accounts: {
    'vault-locked': '密码保险箱已锁定。请用口令解锁。',
    'vault-empty': '本机需要先设置口令才能保存密码。',
    'password-missing': '密码已不在本机。请编辑邮箱并重新输入。',
    'already-connected': '这个邮箱已经连接。',
    'password-required': '服务器或用户名已更改。请重新输入密码，以免密码被发往别处。',
    'set-aside': '有 {{count}} 封邮件无法存储，已另行保留。原文仍在，原因见日志。',
  },
  vault: {
    wrong: '口令不正确。',
    wait: '尝试次数过多。请等待半分钟再试。',
    'too-short': '至少需要 10 个字符。',
    exists: '已经设置过口令，请用它解锁。',
  },
  outbox: {
    interrupted: '发送过程中 Meridian 意外结束。',
    recovered: '数据是从备份恢复的，这封回复可能已经发出。',
    'attachment-missing': '这封回复的附件已不在本机。请撤回回复并重新添加附件。',
    'no-answer': '服务器没有确认。',
    'some-refused': '服务器拒绝了部分收件人，其他人已收到。',
  },
  email: emailErrorsZh,
};
