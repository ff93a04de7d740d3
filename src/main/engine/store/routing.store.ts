import { saveSettingValue, settingValue } from './settings.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import { STATUSES } from '../../../shared/domain/case.ts';
import type { CaseState, Status } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Channel, MessageOrigin, Party, Verification } from '../../../shared/domain/message.ts';
import type { KeyedMessage, MessageKey } from '../../../shared/domain/routing/case-keys.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Where a key is so common that it says nothing: our own address in a signature, the address of a deposit contract. */
export const COMMON_FROM = 20;
/** Messages with a key that are looked at, the newest ones. */
const MOST_OF_KEY = 1_000;
/** Cases of one contact that are compared, the newest ones. */
const MOST_OF_CONTACT = 20;

export function addKeys(db: WriteDb, messageId: number, keys: readonly MessageKey[]): void {
  for (const key of keys)
    db.run('INSERT INTO message_keys(key, message_id) VALUES(@key, @messageId) ON CONFLICT DO NOTHING', { key, messageId });
}

export interface CustomerText {
  readonly at: Instant;
  readonly text: string;
}

/** What customers wrote themselves, of the table `m`. */
const BY_CUSTOMER = "m.kind = 0 AND m.auto IN ('none', 'list')";

/** The newest texts that the customer of a case wrote themselves. */
export function customerTexts(db: ReadDb, caseId: number, limit: number): readonly CustomerText[] {
  return db.all<CustomerText>(
    `SELECT m.sent_at AS at, m.text FROM messages m WHERE m.case_id = @caseId AND ${BY_CUSTOMER} ORDER BY m.sent_at DESC, m.id DESC LIMIT @limit`,
    { caseId, limit },
  );
}

/** What is known of who wrote any of a case's messages. */
export function verificationsOf(db: ReadDb, caseId: number): readonly Verification[] {
  return db
    .all<{ found: Verification }>(
      `SELECT DISTINCT m.origin ->> '$.author.verification' AS found FROM messages m
       WHERE m.case_id = @caseId AND ${BY_CUSTOMER} AND m.origin IS NOT NULL`,
      { caseId },
    )
    .map(({ found }) => found);
}

/** What the messages of a case name: each key once, the newest message's first; `near` ones alone, or all others. */
export function keysOfCase(db: ReadDb, caseId: number, isNear: boolean, limit: number): readonly MessageKey[] {
  return db
    .all<{ key: MessageKey }>(
      `SELECT k.key FROM messages m CROSS JOIN message_keys k ON k.message_id = m.id
       WHERE m.case_id = @caseId AND m.kind = 0 AND (k.key LIKE 'near:%') = @isNear GROUP BY k.key ORDER BY max(m.id) DESC LIMIT @limit`,
      { caseId, isNear: isNear ? 1 : 0, limit },
    )
    .map(({ key }) => key);
}

interface SqlKeyed {
  readonly id: number;
  readonly address: string;
  readonly name: string;
  readonly recipients: string;
  readonly text: string;
  readonly origin: string | null;
}

/** A message whose keys can be worked out. */
export interface Unkeyed extends KeyedMessage {
  readonly id: number;
}

/** Where a window of so many messages below a key begins; 0 at the end of all. */
export function windowBelow(db: ReadDb, below: number, size: number): number {
  const row = db.get<{ id: number }>('SELECT id FROM messages WHERE id < @below ORDER BY id DESC LIMIT 1 OFFSET @skip', {
    below,
    skip: size - 1,
  });
  return row?.id ?? 0;
}

/** Customers' messages of a window, the newest first, that have no keys: from before there were any, or because they name nothing. */
export function messagesWithoutKeys(db: ReadDb, from: number, below: number): readonly Unkeyed[] {
  return db
    .all<SqlKeyed>(
      `SELECT m.id, m.from_address AS address, m.from_name AS name, m.recipients, m.text, m.origin FROM messages m
       WHERE m.id >= @from AND m.id < @below AND ${BY_CUSTOMER} AND NOT EXISTS (SELECT 1 FROM message_keys k WHERE k.message_id = m.id)
       ORDER BY m.id DESC`,
      { from, below },
    )
    .map(({ id, address, name, recipients, text, origin }) => ({
      id,
      from: { address, name },
      // written by `insertMessage` alone
      replyTo: (JSON.parse(recipients) as { readonly replyTo: readonly Party[] }).replyTo,
      text,
      origin: origin === null ? null : (JSON.parse(origin) as MessageOrigin),
    }));
}

/** Where the filling of keys is: messages from this key on have theirs. Local to this workspace. */
export const KEYS_FILLED = 'message-keys-from';

/** Null before the filling has begun, 0 when all messages have their keys. */
export function keysFilledFrom(db: ReadDb): number | null {
  const stored = settingValue(db, KEYS_FILLED);
  return stored === null ? null : Number(stored);
}

export function noteKeysFilled(db: WriteDb, from: number): void {
  saveSettingValue(db, KEYS_FILLED, String(from));
}

/** Messages came in without their keys. */
export function forgetKeysFilled(db: WriteDb): void {
  db.run('DELETE FROM settings WHERE key = @key', { key: KEYS_FILLED });
}

/**
 * Local keys of cases in which a message has this key, the newest messages' first; one more than `COMMON_FROM` at most. Of a key that very
 * many messages have only the newest are looked at: one customer may write thousands from one address.
 */
export function casesOfKey(db: ReadDb, key: MessageKey): readonly number[] {
  return db
    .all<{ id: number }>(
      `SELECT DISTINCT m.case_id AS id FROM (SELECT message_id FROM message_keys WHERE key = @key ORDER BY message_id DESC LIMIT ${MOST_OF_KEY}) k
       CROSS JOIN messages m ON m.id = k.message_id LIMIT ${COMMON_FROM + 1}`,
      { key },
    )
    .map(({ id }) => id);
}

export function casesOfContact(db: ReadDb, contactKey: number): readonly number[] {
  return db
    .all<{ id: number }>(`SELECT id FROM cases WHERE contact_id = @contactKey ORDER BY last_message_at DESC LIMIT ${MOST_OF_CONTACT}`, {
      contactKey,
    })
    .map(({ id }) => id);
}

/** Addresses that are ours. */
export function ownAddresses(db: ReadDb): ReadonlySet<string> {
  return new Set(db.all<{ address: string }>('SELECT lower(address) AS address FROM accounts').map(({ address }) => address));
}

export interface ComparedCase {
  readonly id: number;
  readonly uid: CaseId;
  readonly contactKey: number;
  readonly contactName: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly status: Status;
  readonly lastMessageAt: Instant;
  readonly state: CaseState;
}

/** A case by its local key; undefined for one that was merged into another. */
export function comparedCase(db: ReadDb, id: number): ComparedCase | undefined {
  const row = db.get<
    Omit<ComparedCase, 'status' | 'state' | 'contactName'> & { status: number; state: string; name: string; address: string }
  >(
    `SELECT c.id, c.uid, c.contact_id AS contactKey, k.name, k.address, c.channel, c.subject, c.status, c.last_message_at AS lastMessageAt, c.state
     FROM cases c JOIN contacts k ON k.id = c.contact_id WHERE c.id = @id AND c.merged_into IS NULL`,
    { id },
  );
  if (row === undefined) return undefined;
  const { status, state, name, address, ...rest } = row;
  // The state column is written by `saveCase` alone.
  return { ...rest, status: STATUSES[status] ?? 'open', state: JSON.parse(state) as CaseState, contactName: name === '' ? address : name };
}
