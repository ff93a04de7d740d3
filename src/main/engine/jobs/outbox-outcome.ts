import type { SendGate, SendRefusal } from './send-gate.ts';
import type { ChannelConnector, SendResult } from '../channels/connector.ts';
import type { Log } from '../log.ts';
import { answerTarget } from '../store/conversations.store.ts';
import { setSentAt } from '../store/messages.store.ts';
import { changeOutbox, entriesInState, outboxByUid, queuedOfRemoved, SEND_AGAIN } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { linkRemoteRef } from '../store/remote-refs.store.ts';
import type { Store, WriteDb } from '../store/sql.ts';
import type { Acknowledger } from '../usecases/acknowledge.ts';
import type { CaseLedger } from '../usecases/case-ledger.ts';
import type { ReplyGuard } from '../usecases/outbound-guard.ts';
import type { Redactor } from '../usecases/redactor.ts';
import { recordSent } from '../usecases/record-sent.ts';
import { dropReply, likelySentAt } from '../usecases/settle-reply.ts';
import type { AccountId, OutboxId } from '../../../shared/domain/ids.ts';
import { MAX_ATTEMPTS, retryDelayMs } from '../../../shared/domain/outbox.ts';
import type { HoldReason } from '../../../shared/domain/outbox.ts';
import type { ClockJump } from '../../../shared/domain/send-later/send-later.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/domain/time.ts';

/** What writing down how a reply ended needs. */
export interface OutcomeDeps {
  readonly store: Store;
  readonly ledger: CaseLedger;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Writes what a machine answers, right before it leaves. */
  readonly acknowledger: Acknowledger;
  /** What the guardrails say of a reply that has waited for its time; its words are loaded before anything is judged. */
  readonly guard?: Pick<ReplyGuard, 'outbound'> & { readonly redactor?: Pick<Redactor, 'ready'> };
  /** A stretch that the clock of this machine jumped over; null when it goes as it should. */
  readonly clockJump?: () => ClockJump | null;
  /** A reply that waited for its time is held back now, whoever found that out. */
  readonly onHeld?: (entry: OutboxEntry, reason: HoldReason) => void;
  /** The connected connector of an account, or null while it is offline or gone. */
  readonly connectorOf: (account: AccountId) => ChannelConnector | null;
}

/** Writes down what the team's log says of a reply that ended elsewhere. */
export function settleByLog(
  deps: OutcomeDeps,
  tx: WriteDb,
  entry: OutboxEntry,
  fate: Extract<SendRefusal, { why: 'sent' | 'failed' | 'dropped' }>,
): void {
  const now = deps.clock.now();
  if (fate.why === 'sent') recordSent(deps.ledger, tx, entry, { at: fate.at ?? likelySentAt(tx, entry), now });
  else if (fate.why === 'failed') recordFailed(deps, tx, entry, { code: fate.code, detail: '' });
  else dropReply(deps, tx, entry, null);
}

/** So much longer than after failures is it gone on where the channel itself says when to come back. */
const TURNS = 10;

/** Whether a refusal is the end of a reply. */
export function isLast({ permanent, retryAt }: Extract<SendResult, { status: 'rejected' }>, attempts: number): boolean {
  // who is told when to come back has not failed: a busy group may have many that wait for their turn
  return permanent || attempts >= (retryAt === undefined ? MAX_ATTEMPTS : MAX_ATTEMPTS * TURNS);
}

/** Writes down what a channel answered. */
export function record(deps: OutcomeDeps, uid: OutboxId, attempts: number, result: SendResult): void {
  const now = deps.clock.now();
  deps.store.write((tx) => {
    // Read again: its case may have been merged into another one while it was being sent.
    const entry = outboxByUid(tx, uid);
    if (entry === undefined) return;
    switch (result.status) {
      case 'sent':
        setSentAt(tx, entry.messageId, result.at);
        for (const ref of result.refs ?? []) linkRemoteRef(tx, entry.account, ref, entry.messageId);
        recordSent(deps.ledger, tx, entry, {
          at: result.at,
          now,
          ...(result.refused.length === 0 ? {} : { code: 'some-refused', detail: result.refused.join(', ') }),
        });
        return;
      case 'unknown':
        changeOutbox(tx, entry.uid, { state: 'unknown', at: now, code: 'no-answer', detail: result.detail });
        return;
      case 'rejected': {
        if (isLast(result, attempts)) recordFailed(deps, tx, entry, result);
        else {
          changeOutbox(tx, entry.uid, {
            state: 'queued',
            at: now,
            handedOver: false,
            nextAttemptAt: after(now, Math.max(retryDelayMs(attempts, deps.random()), (result.retryAt ?? now) - now)),
            code: result.code,
            detail: result.detail,
          });
        }
      }
    }
  });
}

function recordFailed(
  deps: OutcomeDeps,
  tx: WriteDb,
  entry: OutboxEntry,
  { code, detail }: { readonly code: string; readonly detail: string },
): void {
  if (entry.payload.automatic !== undefined) {
    deps.acknowledger.failed(tx, entry, code, detail);
    return;
  }
  changeOutbox(tx, entry.uid, { state: 'failed', at: deps.clock.now(), code, detail });
  deps.ledger.append(tx, entry.caseUid, [{ type: 'case.replyFailed', messageId: entry.messageUid, reason: code }], { actor: null });
}

/**
 * Replies that wait for a channel that somebody has disconnected would wait for ever: they have failed, and whoever wrote them is told. What leaves at
 * a time of its own is told now, and not when its time comes. Connected again, they can be sent again.
 */
export function failRepliesOfRemoved(deps: OutcomeDeps): void {
  if (deps.store.read(queuedOfRemoved).length === 0) return;
  deps.store.write((tx) => {
    for (const entry of queuedOfRemoved(tx)) recordFailed(deps, tx, entry, { code: 'channel-removed', detail: '' });
  });
}

/** @returns how many are of unknown fate still, of which the log of a team may say more */
export async function reconcileUnknown(deps: OutcomeDeps, gate: SendGate, account: AccountId, signal: AbortSignal): Promise<number> {
  const connector = deps.connectorOf(account);
  if (connector === null) return 0;
  let left = 0;
  for (const entry of deps.store.read((db) => entriesInState(db, 'unknown'))) {
    if (entry.account !== account || signal.aborted) continue;
    const told = await settledByLog(deps, gate, entry);
    if (told === 'settled') continue;
    await reconcileOne(deps, gate, connector, entry, signal);
    if (told === 'open') left += 1;
  }
  return left;
}

/** Whether whoever began it elsewhere has said how it ended; `alone`: there is nobody else. */
async function settledByLog(deps: OutcomeDeps, gate: SendGate, entry: OutboxEntry): Promise<'settled' | 'open' | 'alone'> {
  try {
    const fate = await gate.fate(entry);
    if (fate === null) return 'alone';
    if (fate === 'underway') return 'open';
    deps.store.write((tx) => {
      const current = outboxByUid(tx, entry.uid);
      if (current?.state !== 'unknown') return;
      if (fate === 'again')
        changeOutbox(tx, entry.uid, { state: 'queued', at: deps.clock.now(), sendAt: deps.clock.now(), handedOver: false });
      else settleByLog(deps, tx, current, fate);
    });
    return 'settled';
  } catch (error) {
    deps.ledger.forget();
    deps.log('warn', 'the log could not be asked about a reply', { outbox: entry.uid, error });
    return 'open';
  }
}

/** A channel that keeps one of two with the same key is told again: nobody has to decide, and the customer sees one of them. */
function sendAgain(deps: OutcomeDeps, { uid }: OutboxEntry): void {
  deps.store.write((tx) => {
    const current = outboxByUid(tx, uid);
    if (current?.state === 'unknown' && current.attempts < MAX_ATTEMPTS)
      changeOutbox(tx, uid, { state: 'queued', at: deps.clock.now(), handedOver: false, code: SEND_AGAIN });
  });
}

/** Looks the message up by its own id. Only a find proves anything: a copy that is not there may still be on its way. */
export async function reconcileOne(
  deps: OutcomeDeps,
  gate: SendGate,
  connector: ChannelConnector,
  entry: OutboxEntry,
  signal: AbortSignal,
): Promise<void> {
  try {
    const target = deps.store.read((db) => answerTarget(db, entry.caseId));
    const hint = {
      text: entry.payload.text,
      writtenAt: entry.writtenAt,
      ...(target === null ? {} : { conversation: target.conversation }),
    };
    const found = await connector.reconcile(entry.clientKey, signal, hint);
    if (found === 'not-found' && connector.capabilities().sendIdempotency === 'key') sendAgain(deps, entry);
    if (found !== 'sent') return;
  } catch (error) {
    deps.log('warn', 'a reply could not be looked up', { outbox: entry.uid, error });
    return;
  }
  const now = deps.clock.now();
  try {
    deps.store.write((tx) => {
      // A person may have settled it meanwhile, and its case may have been merged into another one.
      const current = outboxByUid(tx, entry.uid);
      if (current?.state !== 'unknown') return;
      recordSent(deps.ledger, tx, current, { at: now, now });
    });
    await gate.ended(entry, { status: 'sent', at: now, refused: [] });
  } catch (error) {
    // It stays of unknown fate and is looked up again.
    deps.ledger.forget();
    deps.log('error', 'a reply was found, which could not be stored', { outbox: entry.uid, error });
  }
}
