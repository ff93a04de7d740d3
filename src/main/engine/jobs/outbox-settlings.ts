import { settleByLog } from './outbox-outcome.ts';
import type { OutcomeDeps } from './outbox-outcome.ts';
import type { SendGate } from './send-gate.ts';
import { outboxByUid } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { repliesWithSettlings, settlingsOf } from '../store/told-sends.store.ts';
import type { ToldSettling } from '../store/told-sends.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { carryOut } from '../usecases/settle-reply.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { SendState } from '../../../shared/domain/team/send-fold.ts';

interface Decided {
  readonly entry: OutboxEntry;
  readonly settling: ToldSettling;
}

/**
 * Whoever holds a channel carries out what people have decided, anywhere in the team, about replies of unknown fate.
 * @param seen ids of decisions that need not be looked at any more; what is done is added
 * @returns false when some of it is to be done later, because the log can not be asked or has not stored it
 */
export async function settleReplies(deps: OutcomeDeps, gate: SendGate, account: AccountId, seen: Set<string>): Promise<boolean> {
  if (decisions(deps, account, seen).length === 0) return true;
  const prepared = await gate.prepare(account);
  if (!prepared.go) return prepared.why === 'not-holder';
  let isDone = true;
  for (const { entry, settling } of decisions(deps, account, seen)) {
    // nothing is decided about what was never begun
    if (settling.attempt === 0 && entry.state !== 'unknown') continue;
    try {
      const outcome = settling.sequence === null ? null : await gate.settle(entry, settling);
      if (outcome === null) isDone = false;
      else {
        deps.store.write((tx) => {
          writeDown(deps, tx, { entry, settling }, outcome);
        });
        seen.add(settling.eventId);
        deps.log('info', 'somebody decided about a reply of unknown fate', { outbox: entry.uid, ...outcome.state, ...settling });
      }
    } catch (error) {
      deps.ledger.forget();
      deps.log('warn', 'a decision about a reply could not be carried out', { outbox: entry.uid, error });
      isDone = false;
    }
  }
  return isDone;
}

function decisions({ store }: OutcomeDeps, account: AccountId, seen: ReadonlySet<string>): readonly Decided[] {
  return store.read((db) =>
    repliesWithSettlings(db, account).flatMap((uid) => {
      const entry = outboxByUid(db, uid);
      return entry === undefined
        ? []
        : settlingsOf(db, entry).flatMap((settling) => (seen.has(settling.eventId) ? [] : [{ entry, settling }]));
    }),
  );
}

/** What is stored here follows what the log has, also when that was written before a crash. */
function writeDown(
  deps: OutcomeDeps,
  tx: WriteDb,
  { entry: { uid }, settling }: Decided,
  { isApplied, state }: { readonly isApplied: boolean; readonly state: SendState },
): void {
  const entry = outboxByUid(tx, uid);
  if (entry === undefined || (entry.state !== 'queued' && entry.state !== 'unknown' && entry.state !== 'held')) return;
  switch (state.kind) {
    case 'sent':
      settleByLog(deps, tx, entry, { go: false, why: 'sent', at: state.at });
      return;
    case 'dropped':
      settleByLog(deps, tx, entry, { go: false, why: 'dropped' });
      return;
    case 'failed':
      if (entry.state === 'unknown') settleByLog(deps, tx, entry, { go: false, why: 'failed', code: state.code });
      return;
    case 'idle':
      // what goes by itself meanwhile keeps the time of its next attempt
      if (isApplied || entry.state === 'unknown') carryOut(deps, tx, entry, { ...settling, as: 'again', actor: null });
      return;
    case 'underway':
  }
}
