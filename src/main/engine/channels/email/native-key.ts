import { createHash } from 'node:crypto';
import type { ParsedMail } from './mime/parsed-mail.ts';

/**
 * What makes a mail the same mail wherever and however often we meet it: its Message-ID together with its body. One in five
 * real mails has no Message-ID; sender, date and subject take its place then. Never built from UIDs, which a server may
 * hand out anew. The same id with another body is another mail (ids leak in forwards and can be copied).
 */
export function nativeKeyOf(mail: Pick<ParsedMail, 'messageId' | 'bodyFingerprint' | 'from' | 'sentAt' | 'subject'>): string {
  const identity =
    mail.messageId === null ? ['none', mail.from?.address.toLowerCase() ?? '', mail.sentAt, mail.subject] : ['id', mail.messageId];
  const digest = createHash('sha256').update(JSON.stringify([...identity, mail.bodyFingerprint]));
  return `mail-${digest.digest('hex').slice(0, 40)}`;
}
