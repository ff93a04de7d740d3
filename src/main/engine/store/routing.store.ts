import type { ReadDb, WriteDb } from './sql.ts';
import { STATUSES } from '../../../shared/domain/case.ts';
import type { CaseState, Status } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Channel, MessageOrigin, Party } from '../../../shared/domain/message.ts';
import type { KeyedMessage, MessageKey } from '../../../shared/domain/routing/case-keys.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Where a key is so common that it says nothing: our own address in a signature, the address of a deposit contract. */
export const COMMON_FROM = 20;
/** Messages of a case that are compared, the newest ones. */
const MOST_MESSAGES = 60;
/** Cases of one contact that are compared, the newest ones. */
const MOST_OF_CONTACT = 20;

export function addKeys(db: WriteDb, messageId: number, keys: readonly MessageKey[]): void {
  for (const key of keys)
    db.run('INSERT INTO message_keys(key, message_id) VALUES(@key, @messageId) ON CONFLICT DO NOTHING', { key, messageId });
}

export interface CustomerMessage extends KeyedMessage {
  readonly at: Instant;
}

/** What the customer of a case wrote themselves, the newest first. */
export function customerMessages(db: ReadDb, caseId: number): readonly CustomerMessage[] {
  return db
    .all<{ at: Instant; address: string; name: string; recipients: string; text: string; origin: string | null }>(
      `SELECT sent_at AS at, from_address AS address, from_name AS name, recipients, text, origin FROM messages
       WHERE case_id = @caseId AND kind = 0 AND auto IN ('none', 'list') ORDER BY sent_at DESC, id DESC LIMIT ${MOST_MESSAGES}`,
      { caseId },
    )
    .map(({ at, address, name, recipients, text, origin }) => ({
      at,
      from: { address, name },
      // written by `insertMessage` alone
      replyTo: (JSON.parse(recipients) as { readonly replyTo: readonly Party[] }).replyTo,
      text,
      origin: origin === null ? null : (JSON.parse(origin) as MessageOrigin),
    }));
}

/** Local keys of cases in which a message has this key; one more than `COMMON_FROM` at most. */
export function casesOfKey(db: ReadDb, key: MessageKey): readonly number[] {
  return db
    .all<{ id: number }>(
      `SELECT DISTINCT m.case_id AS id FROM message_keys k CROSS JOIN messages m ON m.id = k.message_id WHERE k.key = @key
       LIMIT ${COMMON_FROM + 1}`,
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
