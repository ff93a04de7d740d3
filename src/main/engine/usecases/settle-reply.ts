import type { CaseLedger } from './case-ledger.ts';
import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { promisesTakenBack } from './promise-commands.ts';
import { recordSent } from './record-sent.ts';
import { writtenEpoch } from './reply-authorship.ts';
import { glance } from './send-reply.ts';
import { settleDecision } from '../store/acknowledgements.store.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { membership } from '../store/membership.store.ts';
import { changeOutbox, outboxByUid, touchOutbox } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { begunAt, settlingsOf, toldEvents } from '../store/told-sends.store.ts';
import { projectCase } from '../../../shared/domain/case.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { AgentId, OperationId, OutboxId } from '../../../shared/domain/ids.ts';
import { DROPPED } from '../../../shared/domain/outbox.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { attemptsOf, foldSend } from '../../../shared/domain/team/send-fold.ts';
import { judgeSettling, outcomeOf, unknownFrom } from '../../../shared/domain/team/send-settling.ts';
import type { SettledAs } from '../../../shared/domain/team/send-settling.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/**
 * A person decides about a reply of unknown fate. In a team it is told in the case, and whoever holds the channel carries it out
 * (jobs/outbox-settlings.ts); alone it is carried out at once.
 */
export function settleReply(
  deps: UseCaseContext,
  input: { readonly opId: OperationId; readonly outboxId: OutboxId; readonly as: SettledAs; readonly attempt?: number | undefined },
): Result<null, CallError> {
  return once(deps, input.opId, 'outbox.settle', (tx) => {
    const entry = outboxByUid(tx, input.outboxId);
    if (entry === undefined) throw new CommandFailure('not-found', `outbox ${input.outboxId}`);
    const here = membership(tx);
    const actor = requireMe(tx).agentId;
    const attempt = here === null ? entry.attempts : attemptToSettle(deps, tx, entry, input, here.workstation);
    if (here === null && entry.state !== 'unknown') throw new CommandFailure('too-late', entry.state);
    const { uid: outboxId, messageUid: messageId } = entry;
    const body = { type: 'case.replySettled', messageId, outboxId, as: input.as, attempt } as const;
    const { eventIds } = deps.ledger.append(tx, entry.caseUid, [body], { actor });
    if (here === null) carryOut(deps, tx, entry, { as: input.as, eventId: eventIds[0] ?? '', actor });
    // whoever sends from here looks at it
    else touchOutbox(tx, entry.uid);
    return { value: null };
  });
}

/** The attempt that is decided about. Throws when nothing is to be decided, or something else than the person saw. */
function attemptToSettle(
  { clock }: UseCaseContext,
  db: ReadDb,
  entry: OutboxEntry,
  { as, attempt: seen }: { readonly as: SettledAs; readonly attempt?: number | undefined },
  here: string,
): number {
  const events = toldEvents(db, entry.uid);
  const log = foldSend(events);
  const attempt = attemptsOf(log);
  const since = begunAt(events);
  const isSentElsewhere = log.kind === 'underway' && log.attempt.workstation !== here;
  const isUnknown =
    entry.state === 'unknown'
      ? judgeSettling(log, { as, attempt }) === 'apply'
      : isSentElsewhere && entry.state !== 'sent' && entry.state !== 'cancelled';
  if (!isUnknown) throw new CommandFailure('too-late', entry.state);
  if (isSentElsewhere && since !== null && clock.now() < unknownFrom(since)) throw new CommandFailure('too-late', 'sending');
  if (seen !== undefined && seen !== attempt) throw new CommandFailure('too-late', 'another attempt');
  if (settlingsOf(db, entry).some((each) => outcomeOf(events, each) === 'waits')) throw new CommandFailure('too-late', 'settled');
  return attempt;
}

export interface SettlingDeps {
  readonly ledger: CaseLedger;
  readonly clock: Clock;
}

/** What of a decision says how it is carried out here. */
export interface CarriedOut {
  readonly as: SettledAs;
  readonly eventId: string;
  /** Who tells of what comes of it: nobody where it is carried out for somebody else. */
  readonly actor: AgentId | null;
}

/** Makes of a decision what it means for the reply. */
export function carryOut(deps: SettlingDeps, tx: WriteDb, entry: OutboxEntry, { as, eventId, actor }: CarriedOut): void {
  const now = deps.clock.now();
  switch (as) {
    case 'sent':
      recordSent(deps.ledger, tx, entry, { at: likelySentAt(tx, entry), now });
      return;
    case 'dropped':
      dropReply(deps, tx, entry, actor);
      return;
    case 'again': {
      // whoever decided has seen the case as it was then; what came later holds the reply back
      const then = stateWhen(tx, entry, eventId);
      changeOutbox(tx, entry.uid, {
        state: 'queued',
        at: now,
        sendAt: now,
        attempts: 0,
        handedOver: false,
        ...(then === null ? {} : { seen: { ...glance(then), writtenEpoch: writtenEpoch(entry, then) } }),
      });
    }
  }
}

/** It is not sent any more. It may have arrived, so its text stays in the conversation, and is nobody's draft. */
export function dropReply(deps: SettlingDeps, tx: WriteDb, entry: OutboxEntry, actor: AgentId | null): void {
  const at = deps.clock.now();
  changeOutbox(tx, entry.uid, { state: 'cancelled', at, code: DROPPED });
  const takenBack = promisesTakenBack(deps.ledger.promises(tx, entry.caseUid), entry.messageUid);
  deps.ledger.append(tx, entry.caseUid, [{ type: 'case.replyCancelled', messageId: entry.messageUid }, ...takenBack], { actor });
  if (entry.payload.automatic !== undefined)
    settleDecision(tx, entry.messageUid, { at, kind: 'failed', reasons: [], text: entry.payload.text });
}

/**
 * When a reply of unknown fate reached the channel, if it did: when its last attempt was begun, as the log of a team tells, or when its
 * fate became unknown. What the customer wrote after that is not answered by it.
 */
export function likelySentAt(db: ReadDb, entry: Pick<OutboxEntry, 'uid' | 'updatedAt'>): Instant {
  return begunAt(toldEvents(db, entry.uid)) ?? entry.updatedAt;
}

/** The case as it was after one of its events. */
function stateWhen(db: ReadDb, { caseUid }: OutboxEntry, eventId: string): ReturnType<typeof projectCase> {
  const events = eventsOfCase(db, caseUid);
  return projectCase(events.slice(0, events.findIndex(({ id }) => id === eventId) + 1));
}
