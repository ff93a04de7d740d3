import { settleByLog } from './outbox-outcome.ts';
import type { OutcomeDeps } from './outbox-outcome.ts';
import type { SendRefusal } from './send-gate.ts';
import { caseByUid } from '../store/cases.store.ts';
import { changeOutbox, isFromOutbox, outboxByUid, SEND_AGAIN } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { caseOwnership } from '../usecases/case-ownership.ts';
import { refusedNow } from '../usecases/outbound-guard.ts';
import { glance } from '../usecases/send-reply.ts';
import { outboundHold } from '../../../shared/domain/handoff/handoff.ts';
import type { OutboxId } from '../../../shared/domain/ids.ts';
import { holdReason } from '../../../shared/domain/outbox.ts';
import type { HoldReason } from '../../../shared/domain/outbox.ts';
import { judgeSendTime } from '../../../shared/domain/send-later/send-later.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What may leave now, and until when what it says is true. */
export interface Ready {
  readonly entry: OutboxEntry;
  readonly isTrueAt: (at: Instant) => boolean;
}

/** A reply as it may leave now; null when it may not any more: it was taken back, is held, or was sent elsewhere. */
export function stillReady(deps: OutcomeDeps, uid: OutboxId): Ready | null {
  const entry = deps.store.read((db) => outboxByUid(db, uid));
  if (entry?.state !== 'queued') return null;
  // somebody chose another time meanwhile
  if (entry.laterAt !== null && entry.laterAt > deps.ledger.trueTime()) return null;
  const { automatic } = entry.payload;
  if (automatic?.isWarning === true) return { entry, isTrueAt: () => true };
  return automatic === undefined ? unlessChanged(deps, entry) : prepared(deps, entry);
}

/** Writes down what the team's log says of a reply that may not leave from here. False when nothing may leave now. */
export function refused(deps: OutcomeDeps, entry: OutboxEntry, refusal: SendRefusal): boolean {
  switch (refusal.why) {
    case 'not-holder':
    case 'no-hub':
    case 'behind':
      return false;
    case 'other-began':
      deps.store.write((tx) => {
        changeOutbox(tx, entry.uid, { state: 'unknown', at: deps.clock.now(), code: 'interrupted' });
      });
      return true;
    case 'sent':
    case 'failed':
    case 'dropped':
      deps.store.write((tx) => settleByLog(deps, tx, entry, refusal));
      return true;
  }
}

/** What a person wrote, unless the thread has changed under it: then it is held. */
function unlessChanged(deps: OutcomeDeps, entry: OutboxEntry): Ready | null {
  return holdIfChanged(deps, entry) ? null : { entry, isTrueAt: () => true };
}

/** What a machine answers, as it must read now; null when it has been dropped. */
function prepared(deps: OutcomeDeps, entry: OutboxEntry): Ready | null {
  return deps.store.write((tx) => deps.acknowledger.prepare(tx, entry));
}

export type HoldDeps = Pick<OutcomeDeps, 'store' | 'ledger' | 'clock' | 'guard' | 'clockJump' | 'onHeld'>;

/** Holds a reply whose thread is another than its writer saw, or whose time has passed. True when it is held now. */
export function holdIfChanged(deps: HoldDeps, entry: OutboxEntry): boolean {
  const reason = deps.store.write((tx) => {
    const saved = caseByUid(tx, entry.caseUid);
    if (saved === undefined) return null;
    const ownership = caseOwnership(deps.ledger, tx, entry.caseUid);
    const { agent, seen } = entry;
    // what the log has not confirmed is no ownership yet; a machine owns nothing
    const now = { ...glance(saved.state), epoch: agent === null ? seen.epoch : ownership.confirmed.epoch };
    const hold = agent === null ? null : outboundHold(ownership, { authorId: agent, epoch: seen.epoch });
    // until it leaves an accept may be confirmed
    const early = entry.laterAt !== null && entry.laterAt > deps.ledger.trueTime() && hold === 'accept-pending';
    const found = holdReason(seen, now, (id) => isFromOutbox(tx, id, agent), early ? null : hold) ?? laterHold(deps, tx, entry);
    if (found === null) return null;
    changeOutbox(tx, entry.uid, { state: 'held', at: deps.clock.now(), holdReason: found });
    return found;
  });
  if (reason !== null && entry.laterAt !== null) deps.onHeld?.(entry, reason);
  return reason !== null;
}

/** Why what was to leave at a time of its own may not, whatever the thread says. */
function laterHold({ ledger, guard, clockJump }: HoldDeps, db: ReadDb, entry: OutboxEntry): HoldReason | null {
  const { laterAt, sendAt, code } = entry;
  // what may have arrived is sent again for that reason, and not because its time has come
  if (laterAt === null || code === SEND_AGAIN) return null;
  // somebody decided later than its time that it is to leave
  const wanted = sendAt > laterAt ? sendAt : laterAt;
  const verdict = judgeSendTime(wanted, ledger.trueTime(), clockJump?.() ?? null);
  if (verdict === 'time-missed' || verdict === 'clock-moved') return verdict;
  return guard === undefined || refusedNow(guard, db, entry) === null ? null : 'guard';
}
