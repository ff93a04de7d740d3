import type { OutboundMessage } from '../connector.ts';
import type { EmailAccount } from './email-account.ts';
import { composeReply } from './mime/compose.ts';
import type { Outgoing } from './send-mail.ts';

/** `support@team.test` with a token becomes `support+t_<token>@team.test`. */
export function tokenAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+t_${token}${address.slice(at)}`;
}

/** The mail for a message of the outbox: its Message-ID is the client key, its Reply-To carries the thread's token where the account can take it. */
export async function outgoingMail(
  account: Pick<EmailAccount, 'address' | 'name' | 'plusAddressing'>,
  message: OutboundMessage,
): Promise<Outgoing> {
  const { address, name } = account;
  const hasToken = account.plusAddressing && message.threadToken !== null;
  const raw = await composeReply({
    from: { name, address },
    to: message.to,
    cc: message.cc,
    replyTo: hasToken && message.threadToken !== null ? { name, address: tokenAddress(address, message.threadToken) } : null,
    subject: message.subject,
    text: message.text,
    inReplyTo: message.parentKeys.at(-1) ?? null,
    references: message.parentKeys,
    messageId: message.clientKey,
    date: message.writtenAt,
    attachments: message.attachments,
    headers: message.automatic?.headers ?? {},
  });
  const recipients = new Map([...message.to, ...message.cc].map((party) => [party.address.toLowerCase(), party.address]));
  // an automatic answer is sent from nobody: a bounce of it must never be answered (RFC 3834 section 3.3)
  return { raw, from: message.automatic === undefined ? address : '', recipients: [...recipients.values()] };
}
