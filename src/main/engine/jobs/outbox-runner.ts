import { attempt } from './outbox-attempt.ts';
import type { AttemptDeps } from './outbox-attempt.ts';
import { waitsForFiles } from './outbox-files.ts';
import type { OutboxFilesDeps } from './outbox-files.ts';
import { reconcileUnknown } from './outbox-outcome.ts';
import { refused, stillReady } from './outbox-ready.ts';
import { settleReplies } from './outbox-settlings.ts';
import { openGate } from './send-gate.ts';
import type { SendGate } from './send-gate.ts';
import type { ChannelConnector } from '../channels/connector.ts';
import { changeOutbox, entriesInState, entriesToSendAgain, nextDue, nextDueAt, outboxByUid, SEND_AGAIN } from '../store/outbox.store.ts';
import type { AccountId, OutboxId } from '../../../shared/domain/ids.ts';
import { afterCrash } from '../../../shared/domain/outbox.ts';

export interface OutboxRunnerDeps extends AttemptDeps, Pick<OutboxFilesDeps, 'wantFile'> {
  /** How far this machine's clock is ahead of the hub's, in milliseconds: what was planned leaves by true time. */
  readonly clockAheadMs?: () => number;
  /** In a team one workstation sends a reply, once. Every reply may leave when it is left out, as in a workspace of one. */
  readonly gate?: SendGate;
}

/** A hub that does not answer, or has not stored yet what waits, is asked again. */
const RETRY_HUB_MS = 3_000;
/** What the log says of replies of unknown fate is looked at again. */
const LOOK_AGAIN_MS = 60_000;

/** Sends what is queued: one at a time an account, in order within a case, each at most once. */
export interface OutboxRunner extends AsyncDisposable {
  /** Something may be due: a reply was queued, a connection came up, a person decided. */
  kick(account: AccountId): void;
  /** Asks the channel about every reply of unknown fate. */
  reconcile(account: AccountId): Promise<void>;
}

export function createOutboxRunner(deps: OutboxRunnerDeps): OutboxRunner {
  const running = new Map<AccountId, Promise<void>>();
  const again = new Set<AccountId>();
  const timers = new Map<AccountId, ReturnType<typeof setTimeout>>();
  const lookLater = new Map<AccountId, ReturnType<typeof setTimeout>>();
  const gate = deps.gate ?? openGate;
  const stopping = new AbortController();
  /** Decisions that were looked at: what comes of them stays the same. */
  const settled = new Set<string>();

  recoverAfterCrash(deps);

  function kick(account: AccountId): void {
    if (stopping.signal.aborted) return;
    if (running.has(account)) {
      again.add(account);
      return;
    }
    const run = drain(account)
      .catch((error: unknown) => {
        deps.ledger.forget();
        deps.log('error', 'the outbox stopped', { account, error });
        wakeLater(account, 10_000);
      })
      .finally(() => {
        running.delete(account);
        if (again.delete(account)) kick(account);
      });
    running.set(account, run);
  }

  function wakeLater(account: AccountId, delayMs: number): void {
    if (stopping.signal.aborted) return;
    clearTimeout(timers.get(account));
    timers.set(
      account,
      setTimeout(() => {
        timers.delete(account);
        kick(account);
      }, delayMs),
    );
  }

  async function drain(account: AccountId): Promise<void> {
    // Whoever queued the reply gets the answer first.
    await new Promise((resolve) => setImmediate(resolve));
    await tellDecisions(account);
    if (!(await settleReplies(deps, gate, account, settled)) && deps.connectorOf(account) !== null) wakeLater(account, RETRY_HUB_MS);
    while (!stopping.signal.aborted) {
      const connector = deps.connectorOf(account);
      if (connector === null) return;
      const now = deps.clock.now();
      const aheadMs = deps.clockAheadMs?.() ?? 0;
      const entry = deps.store.read((db) => nextDue(db, account, now, aheadMs));
      if (entry === undefined) {
        const at = deps.store.read((db) => nextDueAt(db, account, now, aheadMs));
        // At most a minute, so that a clock that jumps can not leave a reply lying.
        if (at !== null) wakeLater(account, Math.min(60_000, Math.max(10, at - now)));
        return;
      }
      deps.probe('outbox:picked');
      if (!(await sendOne(connector, entry.uid))) {
        wakeLater(account, RETRY_HUB_MS);
        return;
      }
    }
  }

  /** What a person decided here about replies that another workstation sends by now. */
  async function tellDecisions(account: AccountId): Promise<void> {
    if (gate === openGate) return;
    for (const entry of deps.store.read((db) => entriesToSendAgain(db, account))) {
      if (!(await gate.decided(entry))) continue;
      deps.store.write((tx) => {
        const current = outboxByUid(tx, entry.uid);
        if (current?.state === 'queued' && current.code === SEND_AGAIN)
          changeOutbox(tx, entry.uid, { state: 'queued', at: deps.clock.now() });
      });
    }
  }

  /** False when the account's replies can not leave now, or not from here. */
  async function sendOne(connector: ChannelConnector, uid: OutboxId): Promise<boolean> {
    await deps.guard?.redactor?.ready();
    const picked = deps.store.read((db) => outboxByUid(db, uid));
    if (picked === undefined) return true;
    if (waitsForFiles(deps, picked)) return true;
    const prepared = await gate.prepare(picked.account);
    if (!prepared.go) return false;
    const ready = stillReady(deps, uid);
    if (ready === null) return true;
    const begun = await gate.begin(ready.entry);
    if (!begun.go) return refused(deps, ready.entry, begun);
    // what colleagues did was applied meanwhile
    const now = stillReady(deps, uid);
    if (now === null) {
      await gate.ended(ready.entry, { status: 'rejected', permanent: false, code: 'held', detail: '' });
      return true;
    }
    await attempt(deps, gate, connector, now, stopping.signal);
    return true;
  }

  async function reconcile(account: AccountId): Promise<void> {
    const left = await reconcileUnknown(deps, gate, account, stopping.signal);
    if (left === 0 || stopping.signal.aborted || lookLater.has(account)) return;
    lookLater.set(
      account,
      setTimeout(() => {
        lookLater.delete(account);
        reconcile(account).catch((error: unknown) =>
          deps.log('error', 'replies of unknown fate could not be looked up', { account, error }),
        );
      }, LOOK_AGAIN_MS),
    );
  }

  return {
    kick,
    reconcile,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      for (const timer of [...timers.values(), ...lookLater.values()]) clearTimeout(timer);
      timers.clear();
      lookLater.clear();
      await Promise.allSettled(running.values());
    },
  };
}

/** What was being sent when the process ended: certain before the hand-over, unknown after it. */
function recoverAfterCrash(deps: OutboxRunnerDeps): void {
  for (const entry of deps.store.read((db) => entriesInState(db, 'sending'))) {
    const state = afterCrash(entry.handedOver);
    deps.store.write((tx) => {
      changeOutbox(tx, entry.uid, { state, at: deps.clock.now(), code: state === 'unknown' ? 'interrupted' : null });
    });
    deps.log('info', 'a reply was interrupted', { outbox: entry.uid, state });
  }
}
