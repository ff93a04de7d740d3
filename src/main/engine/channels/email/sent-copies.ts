import type { EmailAccount } from './email-account.ts';
import { emailError } from './email-errors.ts';
import type { ImapFolder, ImapSession } from './imap-session.ts';
import { bracketed } from './normalize-mail.ts';

/** Where a mail that we sent would be found: the folder of sent mail, the inbox, and the provider's "all mail" where there is one. */
export function proofFolders(account: Pick<EmailAccount, 'sentFolder'>, folders: readonly ImapFolder[]): string[] {
  const usable = folders.filter((folder) => folder.selectable);
  const special = (use: string): string[] => usable.filter((folder) => folder.specialUse === use).map((folder) => folder.path);
  const sent =
    account.sentFolder === null ? [] : usable.filter((folder) => folder.path === account.sentFolder).map((folder) => folder.path);
  return [...new Set([...sent, ...special('\\Sent'), ...special('\\All'), 'INBOX'])];
}

/** Whether one of these folders holds a mail with exactly this Message-ID. */
export async function findByMessageId(
  session: ImapSession,
  folders: readonly string[],
  messageId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const wanted = bracketed(messageId);
  return session.run(signal, async (client) => {
    for (const path of folders) {
      await client.mailboxOpen(path, { readOnly: true });
      // without it a mail delivered a moment ago is not in the search yet
      await client.noop();
      const uids = await client.search({ header: { 'message-id': wanted } }, { uid: true });
      if (!Array.isArray(uids)) throw emailError('server-error', `the server refused to search ${path}`);
      // SEARCH finds substrings, and some servers only words
      for (const uid of uids) {
        const found = await client.fetchOne(`${uid}`, { uid: true, headers: ['message-id'] }, { uid: true });
        if (found !== false && found.headers?.toString('latin1').includes(wanted) === true) return true;
      }
    }
    return false;
  });
}

/**
 * Files the copy of a sent mail, marked as read.
 * @param isRepeated true when an earlier try failed: it may have worked all the same, so it is looked for first
 */
export async function appendCopy(
  session: ImapSession,
  folder: string,
  copy: { readonly clientKey: string; readonly raw: Uint8Array },
  signal: AbortSignal,
  isRepeated: boolean,
): Promise<void> {
  if (isRepeated && (await findByMessageId(session, [folder], copy.clientKey, signal))) return;
  const answer = await session.run(signal, async (client) => client.append(folder, Buffer.from(copy.raw), ['\\Seen']));
  if (answer === false) throw emailError('mailbox-not-found', folder);
}
