import { attachmentsOfMessage } from './messages.store.ts';
import type { StoredAttachment } from './messages.store.ts';
import { parseOrigin } from './conversations.store.ts';
import type { ReadDb } from './sql.ts';
import type { AccountId, AgentId, CaseId } from '../../../shared/domain/ids.ts';
import type { AutoKind, MessageOrigin } from '../../../shared/domain/message.ts';
import type { OutboxState } from '../../../shared/domain/outbox.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What somebody who waits in a conversation may be told of it. */

/** A message of the case of a conversation, and to which conversation it belongs. */
export interface ConversationMessage {
  readonly id: number;
  readonly isOurs: boolean;
  /** The address of its sender. */
  readonly from: string;
  readonly at: Instant;
  readonly text: string;
  readonly agent: AgentId | null;
  readonly auto: AutoKind;
  /** Our own id of it, without brackets; null where it has none. */
  readonly ownKey: string | null;
  /** As it was sent, with brackets; null where it was sent from another workstation and is not in the outbox here. */
  readonly clientKey: string | null;
  readonly state: OutboxState | null;
  /** Answers that our bot offered with it. */
  readonly options: readonly string[];
  readonly origin: MessageOrigin | null;
}

interface SqlMessage {
  readonly id: number;
  readonly kind: number;
  readonly from_address: string;
  readonly sent_at: number;
  readonly text: string;
  readonly agent: string | null;
  readonly auto: string;
  readonly own_key: string | null;
  readonly client_key: string | null;
  readonly state: string | null;
  readonly options: string | null;
  readonly origin: string | null;
}

/** Longer conversations are told from here on. */
const NEWEST = 300;

/** The newest messages of a case with customers, the oldest of them first; notes are none. */
export function conversationMessages(db: ReadDb, caseId: number): readonly ConversationMessage[] {
  return db
    .all<SqlMessage>(
      `SELECT m.id, m.kind, m.from_address, m.sent_at, m.text, m.agent, m.auto, m.own_key, o.client_key, o.state, o.payload -> '$.automatic.bot.options' AS options, m.origin
       FROM messages m LEFT JOIN outbox o ON o.message_id = m.id
       WHERE m.case_id = @caseId AND m.kind IN (0, 1) AND m.removed = 0 ORDER BY m.sent_at DESC, m.id DESC LIMIT ${String(NEWEST)}`,
      { caseId },
    )
    .toReversed()
    .map((row) => ({
      id: row.id,
      isOurs: row.kind === 1,
      from: row.from_address,
      at: row.sent_at as Instant,
      text: row.text,
      agent: row.agent as AgentId | null,
      auto: row.auto as AutoKind,
      ownKey: row.own_key,
      clientKey: row.client_key,
      state: row.state as OutboxState | null,
      options: row.options === null ? [] : (JSON.parse(row.options) as string[]),
      origin: row.origin === null ? null : parseOrigin(row.origin),
    }));
}

/** Up to when the case was read at this workstation. */
export function caseReadUntil(db: ReadDb, caseId: number): Instant {
  const row = db.get<{ read_until: number }>('SELECT read_until FROM cases WHERE id = @caseId', { caseId });
  return (row?.read_until ?? 0) as Instant;
}

/** Files that go out with a message. */
export function filesOfMessage(db: ReadDb, messageId: number): readonly StoredAttachment[] {
  return attachmentsOfMessage(db, messageId).filter(({ inline }) => !inline);
}

/** A case of the account in which somebody waits; null when the conversation has none. */
export function waitingCase(db: ReadDb, account: AccountId, conversation: string): CaseId | null {
  const row = db.get<{ uid: string }>(
    'SELECT c.uid FROM conversations v JOIN cases c ON c.id = v.case_id WHERE v.account_uid = @account AND v.conversation = @conversation',
    { account, conversation },
  );
  return row === undefined ? null : (row.uid as CaseId);
}
