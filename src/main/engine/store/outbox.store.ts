import type { ReadDb, WriteDb } from './sql.ts';
import type { Status } from '../../../shared/domain/case.ts';
import type { AccountId, AgentId, CaseId, MessageId, OutboxId } from '../../../shared/domain/ids.ts';
import type { Party } from '../../../shared/domain/message.ts';
import type { HoldReason, OutboxState, ThreadGlance } from '../../../shared/domain/outbox.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What is sent, fixed when the reply was queued. */
export interface OutboxPayload {
  readonly subject: string;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  readonly text: string;
  readonly parentKeys: readonly string[];
  readonly threadToken: string | null;
  /** Set for what a machine answers: the message that it answers, and what keeps other machines quiet. Its text is written anew right before it is sent. */
  readonly automatic?: Automatic;
  /** What the case becomes when it has left. */
  readonly thenStatus?: Status;
  /** What the guardrails found in it when it was queued, and somebody said why it is fine all the same: `code detail` of each. */
  readonly allowed?: readonly string[];
}

export interface Automatic {
  readonly answers: MessageId;
  readonly headers: Readonly<Record<string, string>>;
  /** Set for what the bot says; absent for an acknowledgement. */
  readonly bot?: BotWords | undefined;
  /** Set for what a customer is told who has sent a secret: it is always true. */
  readonly isWarning?: true | undefined;
}

export interface BotWords {
  /** The time in which the bot has the conversation: in another one its words are void. */
  readonly interval: string;
  readonly playbook: string;
  /** It let go with these words: they hold while nobody else has taken the case. */
  readonly isLast: boolean;
  readonly assignee: AgentId | null;
  readonly options: readonly string[];
  /** The text with `{sentence}` in place of when a person reads it. */
  readonly template: string;
  readonly language: string;
}

export interface OutboxEntry {
  readonly id: number;
  readonly uid: OutboxId;
  readonly caseId: number;
  readonly caseUid: CaseId;
  readonly messageId: number;
  readonly messageUid: MessageId;
  /** Who wrote it; null for a machine. */
  readonly agent: AgentId | null;
  readonly account: AccountId;
  readonly clientKey: string;
  readonly state: OutboxState;
  /** Not before this instant: the time to take it back, or `laterAt`. */
  readonly sendAt: Instant;
  /** When a person wants it to leave; null: at once. It stays when it was sent. True time: in a team the log's, whatever the clock here shows. */
  readonly laterAt: Instant | null;
  readonly attempts: number;
  readonly nextAttemptAt: Instant | null;
  readonly handedOver: boolean;
  readonly writtenAt: Instant;
  readonly updatedAt: Instant;
  readonly sentAt: Instant | null;
  readonly holdReason: HoldReason | null;
  readonly code: string | null;
  readonly detail: string;
  /** The thread as the writer saw it. */
  readonly seen: ThreadGlance;
  readonly payload: OutboxPayload;
}

interface SqlOutbox {
  readonly id: number;
  readonly uid: string;
  readonly case_id: number;
  readonly case_uid: string;
  readonly message_id: number;
  readonly message_uid: string;
  readonly agent: string | null;
  readonly account_uid: string;
  readonly client_key: string;
  readonly state: string;
  readonly send_at: number;
  readonly later_at: number | null;
  readonly attempts: number;
  readonly next_attempt_at: number | null;
  readonly handed_over: number;
  readonly written_at: number;
  readonly updated_at: number;
  readonly sent_at: number | null;
  readonly hold_reason: string | null;
  readonly code: string | null;
  readonly detail: string;
  readonly seen: string;
  readonly payload: string;
}

const SELECT = `SELECT o.id, o.uid, o.case_id, c.uid AS case_uid, o.message_id, m.uid AS message_uid, m.agent, o.account_uid, o.client_key, o.state, o.send_at, o.later_at, o.attempts,
  o.next_attempt_at, o.handed_over, o.written_at, o.updated_at, o.sent_at, o.hold_reason, o.code, o.detail, o.seen, o.payload
  FROM outbox o JOIN cases c ON c.id = o.case_id JOIN messages m ON m.id = o.message_id`;

/** Our own writer filled these columns. */
function toEntry(row: SqlOutbox): OutboxEntry {
  return {
    id: row.id,
    uid: row.uid as OutboxId,
    caseId: row.case_id,
    caseUid: row.case_uid as CaseId,
    messageId: row.message_id,
    messageUid: row.message_uid as MessageId,
    agent: row.agent as AgentId | null,
    account: row.account_uid as AccountId,
    clientKey: row.client_key,
    state: row.state as OutboxState,
    sendAt: row.send_at as Instant,
    laterAt: row.later_at as Instant | null,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at as Instant | null,
    handedOver: row.handed_over === 1,
    writtenAt: row.written_at as Instant,
    updatedAt: row.updated_at as Instant,
    sentAt: row.sent_at as Instant | null,
    holdReason: row.hold_reason as HoldReason | null,
    code: row.code,
    detail: row.detail,
    seen: JSON.parse(row.seen) as ThreadGlance,
    payload: JSON.parse(row.payload) as OutboxPayload,
  };
}

export function insertOutbox(
  db: WriteDb,
  entry: Pick<OutboxEntry, 'uid' | 'caseId' | 'messageId' | 'account' | 'clientKey' | 'sendAt' | 'writtenAt' | 'seen' | 'payload'> & {
    readonly laterAt?: Instant | null;
  },
): void {
  db.run(
    `INSERT INTO outbox(uid, case_id, message_id, account_uid, client_key, state, send_at, later_at, written_at, updated_at, seen, payload)
     VALUES(@uid, @caseId, @messageId, @account, @clientKey, 'queued', @sendAt, @laterAt, @writtenAt, @writtenAt, @seen, @payload)`,
    { ...entry, laterAt: entry.laterAt ?? null, seen: JSON.stringify(entry.seen), payload: JSON.stringify(entry.payload) },
  );
}

export function outboxByUid(db: ReadDb, uid: OutboxId): OutboxEntry | undefined {
  const row = db.get<SqlOutbox>(`${SELECT} WHERE o.uid = @uid`, { uid });
  return row === undefined ? undefined : toEntry(row);
}

export function outboxOfCase(db: ReadDb, caseId: number): OutboxEntry[] {
  return db.all<SqlOutbox>(`${SELECT} WHERE o.case_id = @caseId ORDER BY o.id`, { caseId }).map(toEntry);
}

/** Takes back what the bot has not said yet. Returns the messages. */
export function cancelBotWords(db: WriteDb, caseUid: CaseId, at: Instant): MessageId[] {
  const waiting = db.all<{ id: number; messageId: MessageId }>(
    `SELECT o.id, m.uid AS messageId FROM outbox o JOIN cases c ON c.id = o.case_id JOIN messages m ON m.id = o.message_id
     WHERE c.uid = @caseUid AND o.state = 'queued' AND o.payload ->> '$.automatic.bot' IS NOT NULL ORDER BY o.id`,
    { caseUid },
  );
  for (const { id } of waiting) db.run("UPDATE outbox SET state = 'cancelled', updated_at = @at WHERE id = @id", { id, at });
  return waiting.map(({ messageId }) => messageId);
}

/** The words of the index `outbox_unsettled`, which is used for nothing else. */
const UNSETTLED = "state IN ('queued', 'sending', 'unknown', 'held', 'failed')";

/** Everything that still needs the network or a person, oldest first. Failed ones stay until a person has seen to them. */
export function openOutbox(db: ReadDb): OutboxEntry[] {
  return db.all<SqlOutbox>(`${SELECT} WHERE o.${UNSETTLED} ORDER BY o.id`).map(toEntry);
}

/** What waits for a channel that is not connected here any more. */
export function queuedOfRemoved(db: ReadDb): OutboxEntry[] {
  return db
    .all<SqlOutbox>(
      `${SELECT} WHERE o.${UNSETTLED} AND o.state = 'queued'
         AND EXISTS (SELECT 1 FROM accounts a WHERE a.uid = o.account_uid AND a.removed_at IS NOT NULL) ORDER BY o.id`,
    )
    .map(toEntry);
}

/**
 * An entry may not overtake an earlier one of its own case whose fate is open: the customer must read them in order. A
 * person waits for no machine, and the bot for itself alone: a question must not come behind the one that follows from it.
 * What leaves at a time of its own was not the next one, and is waited for only while it is its turn.
 */
const NOT_OVERTAKING = `NOT EXISTS (SELECT 1 FROM outbox p WHERE p.case_id = o.case_id AND p.id < o.id
  AND (p.state IN ('queued', 'sending', 'unknown', 'held') AND p.payload ->> '$.automatic' IS NULL
      AND (p.later_at IS NULL OR p.state IN ('sending', 'unknown') OR p.state = 'queued' AND p.later_at + @aheadMs <= @now)
    OR p.state IN ('queued', 'sending') AND p.payload ->> '$.automatic.bot' IS NOT NULL AND o.payload ->> '$.automatic.bot' IS NOT NULL))`;

/** By the clock here, when an entry may leave: what a person chose is true time. */
const DUE = `CASE WHEN o.later_at IS NULL THEN o.send_at ELSE o.later_at + @aheadMs END`;

/**
 * The oldest entry of an account that may leave at `now`. Other cases are not held up by one that waits for its retry.
 * @param now by the clock of this machine
 * @param aheadMs by how much that is ahead of true time
 */
export function nextDue(db: ReadDb, account: AccountId, now: Instant, aheadMs = 0): OutboxEntry | undefined {
  const row = db.get<SqlOutbox>(
    `${SELECT} WHERE o.account_uid = @account AND o.state = 'queued' AND ${DUE} <= @now AND coalesce(o.next_attempt_at, 0) <= @now AND ${NOT_OVERTAKING} ORDER BY o.id LIMIT 1`,
    { account, now, aheadMs },
  );
  return row === undefined ? undefined : toEntry(row);
}

/** When the next entry of an account may leave, by the clock of this machine, or null when none is queued. */
export function nextDueAt(db: ReadDb, account: AccountId, now: Instant, aheadMs = 0): Instant | null {
  const row = db.get<{ at: number | null }>(
    `SELECT min(max(${DUE}, coalesce(o.next_attempt_at, 0))) AS at FROM outbox o WHERE o.account_uid = @account AND o.state = 'queued' AND ${NOT_OVERTAKING}`,
    { account, now, aheadMs },
  );
  return (row?.at ?? null) as Instant | null;
}

/** What waits for a time that a person chose, here or anywhere in the team; the first to leave first. */
export function waitingForTime(db: ReadDb): OutboxEntry[] {
  return db.all<SqlOutbox>(`${SELECT} WHERE o.later_at IS NOT NULL AND o.state = 'queued' ORDER BY o.later_at, o.id`).map(toEntry);
}

/** Of whom one must know what time it is for them when a reply leaves. */
export function contactOfCase(
  db: ReadDb,
  caseId: number,
): { readonly contactName: string; readonly contactZone: string | null; readonly contactOffsetMinutes: number | null } {
  const row = db.get<{ name: string; address: string; zone: string | null; offset: number | null }>(
    'SELECT k.name, k.address, k.zone, k.offset_minutes AS offset FROM cases c JOIN contacts k ON k.id = c.contact_id WHERE c.id = @caseId',
    { caseId },
  );
  const { name = '', address = '', zone = null, offset = null } = row ?? {};
  return { contactName: name === '' ? address : name, contactZone: zone, contactOffsetMinutes: offset };
}

export function entriesInState(db: ReadDb, state: OutboxState): OutboxEntry[] {
  return db.all<SqlOutbox>(`${SELECT} WHERE o.state = @state ORDER BY o.id`, { state }).map(toEntry);
}

/** The code of a reply of unknown fate that a person wants sent again: where a team is, its log is told so first. */
export const SEND_AGAIN = 'send-again';

/** Replies of an account whose sending again the log of a team may not know of. */
export function entriesToSendAgain(db: ReadDb, account: AccountId): OutboxEntry[] {
  return db
    .all<SqlOutbox>(`${SELECT} WHERE o.account_uid = @account AND o.state = 'queued' AND o.code = '${SEND_AGAIN}' ORDER BY o.id`, {
      account,
    })
    .map(toEntry);
}

/** Where the log has it that a reply was queued, the last time somebody wanted it sent; and whether a wish of that kind waits for the log. */
export function queuedPlace(
  db: ReadDb,
  { uid, caseUid }: Pick<OutboxEntry, 'uid' | 'caseUid'>,
): { readonly sequence: number; readonly isPending: boolean } {
  const found = db.get<{ sequence: number | null; pending: number }>(
    `SELECT max(e.sequence) AS sequence, count(*) - count(e.sequence) AS pending FROM events e JOIN case_streams s ON s.stream = e.stream
     WHERE s.case_uid = @caseUid AND e.type = 'case.replyQueued' AND e.void IS NULL AND e.body ->> '$.outboxId' = @uid`,
    { uid, caseUid },
  );
  return { sequence: found?.sequence ?? 0, isPending: (found?.pending ?? 0) > 0 };
}

/** The newest event that wants a reply sent, what waits for the log last; `sendAt`: when it is to leave, null for at once. */
export function lastQueued(
  db: ReadDb,
  { uid, caseUid }: Pick<OutboxEntry, 'uid' | 'caseUid'>,
): { readonly eventId: string; readonly sendAt: Instant | null } | undefined {
  return db.get<{ eventId: string; sendAt: Instant | null }>(
    `SELECT e.id AS eventId, e.body ->> '$.sendAt' AS sendAt FROM events e JOIN case_streams s ON s.stream = e.stream
     WHERE s.case_uid = @caseUid AND e.type = 'case.replyQueued' AND e.void IS NULL AND e.body ->> '$.outboxId' = @uid
     ORDER BY e.sequence IS NULL DESC, e.sequence DESC, e.local_id DESC LIMIT 1`,
    { uid, caseUid },
  );
}

export interface OutboxChange {
  readonly state: OutboxState;
  readonly at: Instant;
  readonly attempts?: number;
  readonly nextAttemptAt?: Instant | null;
  readonly handedOver?: boolean;
  readonly sentAt?: Instant;
  readonly sendAt?: Instant;
  /** Null: it leaves at once. Left out: as before. */
  readonly laterAt?: Instant | null;
  readonly holdReason?: HoldReason | null;
  readonly code?: string | null;
  readonly detail?: string;
  readonly seen?: ThreadGlance;
}

export function changeOutbox(db: WriteDb, uid: OutboxId, change: OutboxChange): void {
  db.run(
    `UPDATE outbox SET state = @state, updated_at = @at, attempts = coalesce(@attempts, attempts), next_attempt_at = @nextAttemptAt,
       handed_over = coalesce(@handedOver, handed_over), sent_at = coalesce(@sentAt, sent_at), send_at = coalesce(@sendAt, send_at),
       later_at = CASE WHEN @hasLater = 1 THEN @laterAt ELSE later_at END,
       hold_reason = @holdReason, code = @code, detail = @detail, seen = coalesce(@seen, seen) WHERE uid = @uid`,
    {
      uid,
      state: change.state,
      at: change.at,
      attempts: change.attempts ?? null,
      nextAttemptAt: change.nextAttemptAt ?? null,
      handedOver: change.handedOver === undefined ? null : change.handedOver ? 1 : 0,
      sentAt: change.sentAt ?? null,
      sendAt: change.sendAt ?? null,
      hasLater: change.laterAt === undefined ? 0 : 1,
      laterAt: change.laterAt ?? null,
      holdReason: change.holdReason ?? null,
      code: change.code ?? null,
      detail: change.detail ?? '',
      seen: change.seen === undefined ? null : JSON.stringify(change.seen),
    },
  );
}

/** Nothing of a reply is another, but something was told of it: whoever sends looks at it again. */
export function touchOutbox(db: WriteDb, uid: OutboxId): void {
  db.run('UPDATE outbox SET detail = detail WHERE uid = @uid', { uid });
}

/**
 * Somebody changed owner or status of a case: no surprise for the replies of their own that wait in it. A case that is with
 * somebody else now is one: then the ownership that was seen stays, and the reply is held.
 */
export function noticeOwnChange(
  db: WriteDb,
  caseId: number,
  state: { readonly epoch: number; readonly status: string; readonly ownerId: AgentId | null },
  me: AgentId,
): void {
  db.run(
    `UPDATE outbox SET seen = json_set(seen, '$.status', @status, '$.epoch', CASE WHEN @isMine = 1 THEN @epoch ELSE seen ->> '$.epoch' END)
     WHERE case_id = @caseId AND state = 'queued' AND (SELECT agent FROM messages WHERE id = message_id) = @me`,
    { caseId, epoch: state.epoch, status: state.status, isMine: state.ownerId === me ? 1 : 0, me },
  );
}

/** The token by which the answer to a reply is known, when it is signed only where it leaves. */
export function saveThreadToken(db: WriteDb, uid: OutboxId, token: string): void {
  db.run("UPDATE outbox SET payload = json_set(payload, '$.threadToken', @token) WHERE uid = @uid", { uid, token });
}

/** Committed right before the last bytes are released: from here on a crash means `unknown`. */
export function markHandedOver(db: WriteDb, uid: OutboxId): void {
  db.run('UPDATE outbox SET handed_over = 1 WHERE uid = @uid', { uid });
}

/** True when a message was written here by the same person, or by a machine of ours: that it was sent is no surprise to them. */
export function isFromOutbox(db: ReadDb, messageUid: string, author: AgentId | null): boolean {
  return (
    db.get<{ one: number }>(
      'SELECT 1 AS one FROM messages m JOIN outbox o ON o.message_id = m.id WHERE m.uid = @messageUid AND (m.agent IS NULL OR m.agent IS @author)',
      { messageUid, author },
    ) !== undefined
  );
}

export function queuedByAccount(db: ReadDb): Map<AccountId, number> {
  const rows = db.all<{ account: string; count: number }>(
    `SELECT account_uid AS account, count(*) AS count FROM outbox
     WHERE ${UNSETTLED} AND state IN ('queued', 'sending') GROUP BY account_uid`,
  );
  return new Map(rows.map((row) => [row.account as AccountId, row.count]));
}
