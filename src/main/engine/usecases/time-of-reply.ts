import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { refusedNow } from './outbound-guard.ts';
import type { ReplyGuard } from './outbound-guard.ts';
import { writtenEpoch } from './reply-authorship.ts';
import { glance, obeyChannel, refuseTime, refuseUnderway } from './send-reply.ts';
import { caseByUid } from '../store/cases.store.ts';
import { attachmentsOfMessage } from '../store/messages.store.ts';
import { changeOutbox, outboxByUid } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { OperationId, OutboxId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** When a reply that has not left is to leave: now, or at another time. Whoever does it has seen the thread as it is, and wants it sent all the same. */

export interface TimeDeps extends UseCaseContext {
  readonly guard?: Pick<ReplyGuard, 'outbound'>;
}

/** Sends a queued reply at once, a held one as it is, or a failed one again. */
export function sendNow(deps: TimeDeps, input: { readonly opId: OperationId; readonly outboxId: OutboxId }): Result<null, CallError> {
  return once(deps, input.opId, 'outbox.sendNow', (tx) => {
    const entry = waitingEntry(tx, input.outboxId);
    refuseGuarded(deps, tx, entry);
    // whoever holds the channel must hear of it
    if (entry.state !== 'queued' || entry.laterAt !== null) tellQueued(deps, tx, entry, null);
    queueAs(deps, tx, entry, null);
    return { value: null };
  });
}

/**
 * Makes a reply that has not left leave at another time.
 * @returns when it was to leave before; null when that was at once, or is no question any more because it was held or had failed
 */
export function reschedule(
  deps: TimeDeps,
  input: { readonly opId: OperationId; readonly outboxId: OutboxId; readonly sendAt: Instant },
): Result<{ readonly before: Instant | null }, CallError> {
  return once(deps, input.opId, 'outbox.reschedule', (tx) => {
    const entry = waitingEntry(tx, input.outboxId);
    // what a machine says is true now or never
    if (entry.payload.automatic !== undefined) throw new CommandFailure('too-late', 'automatic');
    const { sendAt } = input;
    refuseTime(sendAt, deps.ledger.trueTime());
    refuseGuarded(deps, tx, entry);
    const saved = caseByUid(tx, entry.caseUid);
    if (saved === undefined) throw new CommandFailure('not-found', `case ${entry.caseUid}`);
    obeyChannel(tx, saved, { text: entry.payload.text, attachments: attachmentsOfMessage(tx, entry.messageId), now: sendAt });
    // the customer would read of a time that is over
    const over = deps.ledger
      .promises(tx, entry.caseUid)
      .find((each) => each.messageId === entry.messageUid && each.state === 'open' && each.dueAt <= sendAt);
    if (over !== undefined) throw new CommandFailure('promise-in-the-past', over.text);
    tellQueued(deps, tx, entry, sendAt);
    queueAs(deps, tx, entry, sendAt);
    return { value: { before: entry.state === 'queued' ? entry.laterAt : null } };
  });
}

/** Throws a CommandFailure for one that has left, or that another workstation has begun to send. */
function waitingEntry(db: ReadDb, outboxId: OutboxId): OutboxEntry {
  const entry = outboxByUid(db, outboxId);
  if (entry === undefined || caseByUid(db, entry.caseUid) === undefined) throw new CommandFailure('not-found', `outbox ${outboxId}`);
  if (entry.state !== 'queued' && entry.state !== 'held' && entry.state !== 'failed') throw new CommandFailure('too-late', entry.state);
  refuseUnderway(db, entry.uid);
  return entry;
}

/** What the guardrails refuse by now leaves only as a draft that somebody answers for. */
function refuseGuarded({ guard }: TimeDeps, db: ReadDb, entry: OutboxEntry): void {
  if (guard === undefined || entry.laterAt === null) return;
  const refusal = refusedNow(guard, db, entry);
  if (refusal !== null) throw new CommandFailure(refusal);
}

/** Tells that a reply is to be sent after all, or at another time: whoever holds the channel must hear of it. */
function tellQueued(deps: UseCaseContext, tx: WriteDb, { caseUid, messageUid, uid, payload }: OutboxEntry, sendAt: Instant | null): void {
  const preview = payload.text.trim().replaceAll(/\s+/gu, ' ').slice(0, 200);
  const auto =
    payload.automatic === undefined ? {} : { auto: payload.automatic.bot === undefined ? ('auto-reply' as const) : ('bot' as const) };
  const time = { ...(sendAt === null ? {} : { sendAt }), ...(payload.thenStatus === undefined ? {} : { thenStatus: payload.thenStatus }) };
  const body: CaseEventBody = { type: 'case.replyQueued', messageId: messageUid, outboxId: uid, preview, ...auto, ...time };
  deps.ledger.append(tx, caseUid, [body], { actor: requireMe(tx).agentId });
}

function queueAs(deps: UseCaseContext, tx: WriteDb, entry: OutboxEntry, laterAt: Instant | null): void {
  const now = deps.clock.now();
  const current = caseByUid(tx, entry.caseUid);
  if (current === undefined) throw new CommandFailure('not-found', `case ${entry.caseUid}`);
  changeOutbox(tx, entry.uid, {
    state: 'queued',
    at: now,
    sendAt: laterAt ?? now,
    laterAt,
    attempts: 0,
    handedOver: false,
    seen: { ...glance(current.state), writtenEpoch: writtenEpoch(entry, current.state) },
  });
}
