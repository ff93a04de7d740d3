import { ConnectorError } from '../channels/connector.ts';
import type { ChannelConnector, Health, RateBudget } from '../channels/connector.ts';
import type { Log } from '../log.ts';
import { cursorOf } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { storageFailure } from '../store/sql.ts';
import type { Store } from '../store/sql.ts';
import { ingestBatch } from '../usecases/ingest-batch.ts';
import type { Arrival, IngestDeps } from '../usecases/ingest-batch.ts';
import type { Redactor } from '../usecases/redactor.ts';
import type { Slices } from '../usecases/write-in-slices.ts';
import type { SyncState } from '../../../shared/contract/workspace.contract.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';
import { after, DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';

/** How an account is doing, for the rail and the settings. */
export interface AccountStatus {
  readonly state: SyncState;
  readonly since: Instant;
  readonly code: string | null;
  readonly detail: string;
  readonly lastSyncAt: Instant | null;
  readonly nextAttemptAt: Instant | null;
  readonly backfill: { readonly done: number; readonly total: number } | null;
  /** How old the newest thing is that was not taken yet, in milliseconds; null when nothing is known to wait. */
  readonly lagMs: number | null;
  readonly budget: RateBudget | null;
}

export interface AccountSyncDeps extends IngestDeps {
  /** Never left out here: what comes from a channel is redacted. */
  readonly redactor: Redactor;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly onStatus: (status: AccountStatus) => void;
  readonly onArrivals: (arrivals: readonly Arrival[]) => void;
  /** The connection is up: queued replies may leave, unknown ones may be looked up. */
  readonly onOnline: () => void;
  readonly onStorage: (state: 'full' | 'ok') => void;
}

/** Keeps one account in step with its channel for as long as it lives; reconnects by itself. */
export interface AccountSync extends AsyncDisposable {
  readonly connector: ChannelConnector;
  /** True while the connection is up. */
  readonly online: boolean;
  status(): AccountStatus;
  /** Tries at once: the person asked, the machine woke up, the settings changed. */
  nudge(): void;
}

/** Messages asked of a channel at a time. */
const PULLED = 50;
/** How they are stored: whoever asks for something meanwhile waits for one slice and its commit at most. */
export const INGEST_SLICE_MS = 4;
const SLICES: Slices = { ms: INGEST_SLICE_MS, turn: async () => new Promise((resolve) => void setImmediate(resolve)) };
const STORAGE_RETRY_MS = 10 * SECOND_MS;

export function startAccountSync(
  deps: AccountSyncDeps,
  account: StoredAccount,
  connect: (onHealth: (health: Health) => void) => ChannelConnector,
): AccountSync {
  const stopping = new AbortController();
  let status: AccountStatus = {
    state: 'idle',
    since: deps.clock.now(),
    code: null,
    detail: '',
    lastSyncAt: null,
    nextAttemptAt: null,
    backfill: null,
    lagMs: null,
    budget: null,
  };
  let online = false;
  let wake: (() => void) | null = null;

  function set(change: Partial<AccountStatus>): void {
    const moved = change.state !== undefined && change.state !== status.state;
    status = { ...status, ...(moved ? { since: deps.clock.now(), code: null, detail: '', nextAttemptAt: null } : {}), ...change };
    deps.onStatus(status);
  }

  const connector = connect((health) => {
    if (health.budget !== undefined || health.lagMs !== undefined)
      set({
        ...(health.budget === undefined ? {} : { budget: health.budget }),
        ...(health.lagMs === undefined ? {} : { lagMs: health.lagMs }),
      });
    if (!online || health.state === 'connecting') return;
    if (health.state !== 'ok') set({ state: health.state === 'offline' ? 'offline' : 'problem', code: health.code, detail: health.detail });
    // What failed beside the watch (a look-up, a copy to file) works again.
    else if (status.state === 'offline' || status.state === 'problem') set({ state: 'live' });
  });

  /** Resolves after `ms`, or earlier when stopped, or when nudged and the service did not ask to be left alone until a later time. */
  function pause(ms: number, notBefore: Instant | null): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', done);
        wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      stopping.signal.addEventListener('abort', done, { once: true });
      wake = () => {
        if (notBefore === null || deps.clock.now() >= notBefore) done();
      };
    });
  }

  async function pullAll(signal: AbortSignal): Promise<void> {
    for (let more = true; more && !signal.aborted;) {
      const cursor = deps.store.read((db) => cursorOf(db, account.uid));
      const batch = await connector.pull(cursor, { maxMessages: PULLED, signal });
      const arrivals = await ingestBatch({ slices: SLICES, ...deps }, account, batch, account.uid);
      deps.onStorage('ok');
      await connector.commit?.(batch.cursor);
      deps.probe('ingest:cursor-acknowledged');
      if (arrivals.length > 0) deps.onArrivals(arrivals);
      more = batch.more;
      set({ backfill: batch.backfill, lastSyncAt: deps.clock.now() });
      // The person's own commands come between two slices.
      await SLICES.turn();
    }
  }

  async function session(): Promise<void> {
    set({ state: 'connecting' });
    await connector.connect(stopping.signal);
    online = true;
    deps.onOnline();
    set({ state: 'syncing' });
    const link = new AbortController();
    const signal = AbortSignal.any([stopping.signal, link.signal]);
    let due = true;
    let notice: (() => void) | null = null;
    const ring = (): void => {
      due = true;
      notice?.();
    };
    let watching: Promise<void> | null = null;
    const lost: Lost = { is: false, error: null };
    try {
      while (!signal.aborted && !lost.is) {
        if (due) {
          due = false;
          await pullAll(signal);
        }
        set({ state: 'live' });
        watching ??= watchUntilLost(connector, ring, signal, lost, () => {
          notice?.();
          // A pull that waits on the dead connection must not wait for its own, longer deadline.
          if (lost.error !== null) link.abort();
        });
        if (!due && !lost.is) {
          await new Promise<void>((resolve) => {
            notice = resolve;
            wake = ring;
            signal.addEventListener('abort', ring, { once: true });
          });
          // A session lasts for weeks and wakes thousands of times: nothing may be left behind on its signal.
          signal.removeEventListener('abort', ring);
          notice = null;
          wake = null;
        }
      }
    } catch (error) {
      rethrow(lost);
      throw error;
    } finally {
      online = false;
      link.abort();
      await watching;
    }
    rethrow(lost);
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted;) {
      const begun = deps.clock.now();
      try {
        await session();
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures = deps.clock.now() - begun > MINUTE_MS ? 1 : failures + 1;
        const waitMs = describe(error, failures);
        await pause(waitMs, error instanceof ConnectorError ? error.retryAt : null);
      }
    }
  }

  /** Shows what went wrong and says how long to wait. */
  function describe(error: unknown, failures: number): number {
    const waitMs = Math.round(Math.min(MINUTE_MS, SECOND_MS * 2 ** Math.min(failures, 6)) * (0.8 + 0.4 * deps.random()));
    const storage = storageFailure(error);
    if (storage === 'full') {
      deps.onStorage('full');
      set({ state: 'paused', code: 'storage-full', detail: String(error), nextAttemptAt: after(deps.clock.now(), STORAGE_RETRY_MS) });
      return STORAGE_RETRY_MS;
    }
    if (storage !== null) {
      deps.log('error', 'storing failed', { account: account.uid, error });
      set({ state: 'problem', code: `storage-${storage}`, detail: String(error), nextAttemptAt: after(deps.clock.now(), waitMs) });
      return waitMs;
    }
    if (error instanceof ConnectorError) {
      // A wrong password is not tried again and again: providers lock accounts for that.
      const delay = Math.max(
        error.retryable ? waitMs : 15 * MINUTE_MS,
        error.retryAt === null ? 0 : Math.min(DAY_MS, error.retryAt - deps.clock.now()),
      );
      set({
        state: error.health === 'offline' ? 'offline' : 'problem',
        code: error.code,
        detail: error.message,
        nextAttemptAt: after(deps.clock.now(), delay),
      });
      return delay;
    }
    deps.log('error', 'syncing failed', { account: account.uid, error });
    set({
      state: 'problem',
      code: 'internal',
      detail: error instanceof Error ? error.message : String(error),
      nextAttemptAt: after(deps.clock.now(), waitMs),
    });
    return waitMs;
  }

  const finished = run();
  return {
    connector,
    get online() {
      return online;
    },
    status: () => status,
    nudge: () => wake?.(),
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await finished;
      await connector[Symbol.asyncDispose]();
    },
  };
}

/** Whether the connection is gone, and why if not because we asked. */
interface Lost {
  is: boolean;
  error: Error | null;
}

async function watchUntilLost(
  connector: ChannelConnector,
  ring: () => void,
  signal: AbortSignal,
  lost: Lost,
  then: () => void,
): Promise<void> {
  try {
    await connector.watch(ring, signal);
  } catch (error) {
    lost.error = error instanceof Error ? error : new Error(String(error));
  }
  lost.is = true;
  then();
}

function rethrow(lost: Lost): void {
  if (lost.error !== null) throw lost.error;
}
