import { accountByUid, listAccounts } from './accounts.store.ts';
import type { StoredAccount } from './accounts.store.ts';
import { caseByUid } from './cases.store.ts';
import { parseOrigin } from './conversations.store.ts';
import type { OutboxEntry } from './outbox.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import { bindNewKeys } from './team-rows.store.ts';
import { MAIL_FACT, mailText } from '../../../shared/domain/chat/mail-answer.ts';
import type { AccountId, CaseId } from '../../../shared/domain/ids.ts';
import type { Party } from '../../../shared/domain/message.ts';

/** Tickets of a web site that are answered by mail. */

export interface MailAnswer {
  /** The mailbox that it leaves from. */
  readonly account: StoredAccount;
  readonly to: Party;
  /** The site has signed that the address is its customer's, or they have written from it. */
  readonly isVerified: boolean;
  /** Where it answers the form, and not a mail: the name of the site, and the language of its page. */
  readonly form: { readonly site: string; readonly locale: string } | null;
}

/** The mailbox that answers for web sites: the one that was connected first. Null where the workspace has none. */
export function mailboxOf(db: ReadDb): StoredAccount | null {
  return listAccounts(db).find(({ kind }) => kind === 'email') ?? null;
}

interface SqlNewest {
  readonly origin: string | null;
  readonly recipients: string;
  readonly from_address: string;
  readonly from_name: string;
}

/**
 * How the next answer in a case of a web site leaves by mail: when the customer's newest message is a form that names an address, or a
 * mail. Null where it goes to the page alone, and for cases of every other channel.
 */
export function mailAnswerOf(db: ReadDb, caseId: number, caseAccount: AccountId): MailAnswer | null {
  const accounts = listAccounts(db);
  const site = accounts.find(({ uid, kind }) => uid === caseAccount && kind === 'chat');
  if (site === undefined) return null;
  const newest = db.get<SqlNewest>(
    `SELECT origin, recipients, from_address, from_name FROM messages
     WHERE case_id = @caseId AND kind = 0 AND removed = 0 AND auto IN ('none', 'list') ORDER BY sent_at DESC, id DESC LIMIT 1`,
    { caseId },
  );
  const account = mailboxUsed(db, caseId, accounts) ?? mailboxOf(db);
  if (newest === undefined || account === null) return null;
  const { replyTo } = JSON.parse(newest.recipients) as { readonly replyTo: readonly Party[] };
  if (newest.origin === null) {
    const to = replyTo[0] ?? { address: newest.from_address, name: newest.from_name };
    return to.address === '' || to.address === account.address ? null : { account, to, isVerified: true, form: null };
  }
  const { author } = parseOrigin(newest.origin);
  const address = author.facts[MAIL_FACT];
  const to = replyTo.find((each) => each.address === address);
  if (address === undefined || to === undefined) return null;
  const isVerified = author.verification === 'signed' && author.facts['identity.email']?.toLowerCase() === address;
  return { account, to, isVerified, form: { site: site.name, locale: author.facts['chat.locale'] ?? 'en' } };
}

/** Whoever was answered from one mailbox is not answered from another. */
function mailboxUsed(db: ReadDb, caseId: number, accounts: readonly StoredAccount[]): StoredAccount | null {
  const row = db.get<{ account: string }>(
    `SELECT o.account_uid AS account FROM outbox o JOIN accounts a ON a.uid = o.account_uid
     WHERE o.case_id = @caseId AND a.kind = 'email' ORDER BY o.id DESC LIMIT 1`,
    { caseId },
  );
  return accounts.find(({ uid }) => uid === row?.account) ?? null;
}

/** Whether two accounts may stand in one case: that of a web site, and the mailbox that answers its forms. */
export function answersFor(db: ReadDb, caseAccount: AccountId, account: AccountId): boolean {
  const kindOf = (uid: AccountId): string | undefined =>
    db.get<{ kind: string }>('SELECT kind FROM accounts WHERE uid = @uid', { uid })?.kind;
  return caseAccount === account || (kindOf(caseAccount) === 'chat' && kindOf(account) === 'email');
}

/** Keys of a thread that others told of: known by the account of the case, and by the mailboxes that have answered in it. */
export function bindToldKeys(
  tx: WriteDb,
  place: { readonly id: number; readonly uid: CaseId; readonly accountId: AccountId },
  keys: readonly string[],
): void {
  const mailboxes = tx.all<{ account: AccountId }>(
    `SELECT DISTINCT o.account_uid AS account FROM outbox o WHERE o.case_id = @caseId AND o.account_uid <> @account`,
    { caseId: place.id, account: place.accountId },
  );
  for (const account of [place.accountId, ...mailboxes.map((each) => each.account)]) bindNewKeys(tx, account, keys, place.uid);
}

/** A reply as it leaves: to somebody who may not have asked for it, a mail says why it came. */
export function textAsSent(
  db: ReadDb,
  { caseId, caseUid, account, payload }: Pick<OutboxEntry, 'caseId' | 'caseUid' | 'account' | 'payload'>,
): string {
  const caseAccount = caseByUid(db, caseUid)?.state.accountId;
  if (caseAccount === undefined || caseAccount === account) return payload.text;
  const site = accountByUid(db, caseAccount);
  if (site?.kind !== 'chat') return payload.text;
  const rows = db.all<{ origin: string | null }>(
    'SELECT origin FROM messages WHERE case_id = @caseId AND kind = 0 ORDER BY sent_at DESC, id DESC',
    {
      caseId,
    },
  );
  // who has written a mail knows why they get one
  if (rows.some(({ origin }) => origin === null)) return payload.text;
  const form = rows.map(({ origin }) => parseOrigin(origin ?? '').author.facts).find((facts) => facts[MAIL_FACT] !== undefined);
  return mailText(form?.['chat.locale'] ?? 'en', site.name, payload.text);
}
