import { coalesced } from './coalesced.ts';
import { createTeamPush } from './team-push.ts';
import type { TeamSigner } from './team-push.ts';
import type { IdSource } from '../identity.ts';
import type { Log } from '../log.ts';
import { storageFailure } from '../store/sql.ts';
import type { Store } from '../store/sql.ts';
import { dirtyCount, forgetPlaces, hasLostPushes, logCursor, pendingSummary, wireTime } from '../store/team.store.ts';
import type { HubLink } from '../team/hub-link.ts';
import type { Timers } from '../team/machine-clock.ts';
import type { Appended, LogEntry, LogIdentity } from '../team/team-log.ts';
import { LogRefused, LogUnavailable } from '../team/team-log.ts';
import type { CaseLedger } from '../usecases/case-ledger.ts';
import { applyEntries, foldDirty, NO_NEWS } from '../usecases/team-apply.ts';
import type { AppliedNews } from '../usecases/team-apply.ts';
import { resyncAfterRewind } from '../usecases/team-rewind.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { compareLogs } from '../../../shared/domain/team/rewind.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

export interface TeamSyncDeps {
  readonly store: Store;
  readonly ledger: CaseLedger;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly link: HubLink;
  readonly timers: Timers;
  /** Does something once everything else that waits has had its turn; the runtime's unless a simulation orders everything. */
  readonly soon?: (work: () => void) => void;
  readonly signer: TeamSigner;
  /** Stores the files that an event speaks of, before it is pushed. Throws what the hub throws. */
  readonly shareFiles: (eventId: string) => Promise<void>;
  /** How large a stored file is; null when it is not here. */
  readonly sizeOf: (sha256: string) => number | null;
  /** Fills an empty workspace from a snapshot, so that only what came behind it is read; null when the log must be read from its begin. */
  readonly begin?: (identity: LogIdentity, onProgress: (done: number, total: number) => void) => Promise<ReadonlySet<CaseId> | null>;
  /** What the page shows of the team may be another now. */
  readonly onChange: () => void;
  /** Entries of others were applied: cases and facts may be others now. */
  readonly onApplied: (applied: AppliedNews) => void;
  readonly onCaughtUp: (behind: number) => void;
  readonly onRewound: (missing: number) => void;
  /** The disk is full: nothing more is applied until it is kicked again. */
  readonly onStorageFull: () => void;
  /** Takes secrets out of what an older Meridian has told. */
  readonly redact?: (text: string) => string;
}

/** How far the workstation is. */
export interface SyncStatus {
  readonly cursor: number;
  /** The newest entry that the log is known to have. */
  readonly lastSequence: number;
  readonly lastSyncAt: Instant | null;
  readonly progress: {
    readonly what: 'uploading' | 'snapshot' | 'reading' | 'folding';
    readonly done: number;
    readonly total: number;
    readonly startedAt: Instant;
  } | null;
  /** Why nothing is pushed although the hub answers; null when all is well. */
  readonly pushProblem: 'hub-full' | null;
  readonly isLive: boolean;
  /** The hub has another log than the one that was followed: nothing is read or written any more. */
  readonly isEstranged: boolean;
}

/** Keeps a workspace and its team's log together. */
export interface TeamSync extends AsyncDisposable {
  /** Something was written that waits for the log. Needs not be awaited. */
  push(): void;
  /** Resolves when everything is applied that the log had when it was called. Throws LogUnavailable. */
  catchUp(): Promise<void>;
  /** Adds an entry that is no event of this workspace's tables, such as a step of a reply's sending. */
  append(stream: string, type: string, body: Record<string, unknown>, expected: number): Promise<Appended>;
  status(): SyncStatus;
  /** Resolves when nothing is on its way that can be done now; for tests. */
  settled(): Promise<void>;
}

/** Entries read at once, and put into the tables in one transaction. */
const BATCH = 2_000;
/** Behind by more than so many entries, cases are folded once at the end and not with every entry. */
const FOLD_LATER = 500;
const FOLDED_AT_ONCE = 50;
/** Entries that came by themselves and are applied and folded in one transaction. */
const LIVE_BATCH = 200;
/** The only defence against a subscription that has died silently. */
const LOOK_EVERY_MS = 5_000;
const RETRY_MS = 1_000;

export function startTeamSync(deps: TeamSyncDeps): TeamSync {
  const { store, link, timers, soon: inTurn = setImmediate } = deps;
  const stopping = new AbortController();
  let lastSequence = store.read((db) => logCursor(db))?.sequence ?? 0;
  let lastSyncAt: Instant | null = null;
  let progress: SyncStatus['progress'] = null;
  let cancelLook: () => void = () => {};
  let behindSince = 0;
  let isLive = false;
  /** The log is another one than was followed: nothing is read or written until a person has decided. */
  let isEstranged = false;
  /** Counts connections: whenever one breaks, the hub may have been put back to an older copy before the next. */
  let connection = 0;
  /** The one on which the log was found to be the one that is followed; only then may anything be applied or written. */
  let together = -1;
  /** Entries that came by themselves, in the order in which they follow each other. */
  const arrived = new Map<number, LogEntry>();

  const looking = coalesced(look);
  const pushing = createTeamPush({ ...deps, catchUp: async () => looking.run(), isTogether, onProgress: showProgress });

  function showProgress(next: SyncStatus['progress']): void {
    progress = next;
    deps.onChange();
  }

  /** One look at the log: is it the same, what is new in it; then everything new is applied. */
  async function look(): Promise<void> {
    if (stopping.signal.aborted || isEstranged) return;
    const mine = connection;
    const identity = await link.log.identity();
    await stayTogether(identity);
    if (stopping.signal.aborted || isEstranged) return;
    stillOn(mine);
    together = mine;
    lastSequence = Math.max(lastSequence, identity.lastSequence);
    if (cursor() === 0 && identity.lastSequence > 0) await beginFromSnapshot(identity);
    if (stopping.signal.aborted) return;
    stillOn(mine);
    const behind = identity.lastSequence - cursor();
    if (behind > FOLD_LATER) behindSince = Math.max(behindSince, behind);
    await readTo(identity.lastSequence, behind > FOLD_LATER);
    doubt(identity.lastSequence);
    await fold();
    lastSyncAt = deps.clock.now();
    showProgress(null);
    const caughtUp = behindSince;
    const isNews = !isLive || caughtUp > 0;
    isLive = true;
    behindSince = 0;
    if (isNews) deps.onCaughtUp(caughtUp);
    // what came meanwhile follows now
    if (arrived.size > 0) flush();
  }

  /** What was read on a connection that has broken since may be of another log. */
  function stillOn(mine: number): void {
    if (mine !== connection) throw new LogUnavailable('the connection broke');
  }

  function isTogether(): boolean {
    return together === connection && !isEstranged && !stopping.signal.aborted;
  }

  /** Lets the page be answered between two transactions. */
  async function breath(): Promise<void> {
    await new Promise<void>((resolve) => {
      inTurn(resolve);
    });
  }

  async function beginFromSnapshot(identity: LogIdentity): Promise<void> {
    const startedAt = deps.clock.now();
    const cases = await deps.begin?.(identity, (done, total) => showProgress({ what: 'snapshot', done, total, startedAt }));
    if (cases === undefined || cases === null) return;
    behindSince = Math.max(behindSince, cursor());
    deps.onApplied({ ...NO_NEWS, cases, hasFacts: true, hasNewRules: true });
  }

  function cursor(): number {
    return store.read((db) => logCursor(db))?.sequence ?? 0;
  }

  async function readTo(target: number, isFoldedLater: boolean): Promise<void> {
    const total = target - cursor();
    const startedAt = deps.clock.now();
    const mine = connection;
    let next = isFoldedLater ? link.log.read(cursor(), BATCH) : null;
    for (let at = cursor(); at < target && !stopping.signal.aborted; at = cursor()) {
      const entries = await (next ?? link.log.read(at, BATCH));
      stillOn(mine);
      const newest = entries.at(-1)?.sequence ?? at;
      if (newest === at) throw new LogUnavailable(`the log names an entry ${target} and gives none behind ${at}`);
      // the next ones are on their way while these go into the tables
      next = newest < target ? link.log.read(newest, BATCH) : null;
      next?.catch(() => {});
      // what came by itself meanwhile was applied already
      const behind = cursor();
      const fresh = entries.filter(({ sequence }) => sequence > behind);
      if (fresh.length > 0) apply(fresh, isFoldedLater);
      if (isFoldedLater) showProgress({ what: 'reading', done: total - (target - newest), total, startedAt });
      await breath();
    }
  }

  /** The log said that it has stored something, and has it no more: it was put back to a copy from before. */
  function doubt(last: number): void {
    if (store.read((db) => hasLostPushes(db, cursor(), last))) written(() => store.write((tx) => forgetPlaces(tx, cursor(), last)));
  }

  async function fold(): Promise<void> {
    const total = store.read(dirtyCount);
    if (total === 0) return;
    const startedAt = deps.clock.now();
    for (let left = total; left > 0 && !stopping.signal.aborted; left = store.read(dirtyCount)) {
      showProgress({ what: 'folding', done: total - left, total, startedAt });
      const { folded, conflicts } = written(() => store.write((tx) => foldDirty(deps, tx, FOLDED_AT_ONCE)));
      deps.onApplied({ ...NO_NEWS, conflicts });
      if (folded === 0 || store.read(dirtyCount) >= left) return;
      await breath();
    }
  }

  function apply(entries: readonly LogEntry[], isFoldedLater: boolean): void {
    const applied = written(() => store.write((tx) => applyEntries(deps, tx, entries, isFoldedLater)));
    lastSequence = Math.max(lastSequence, entries.at(-1)?.sequence ?? 0);
    for (const { sequence, reason } of applied.voided) deps.log('warn', 'an entry of the log has no effect', { sequence, reason });
    deps.onApplied(applied);
  }

  /** A transaction that was rolled back leaves wrong folds in memory. */
  function written<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      deps.ledger.forget();
      if (storageFailure(error) === 'full') deps.onStorageFull();
      throw error;
    }
  }

  /** Whether this is the log that was followed so far. One that was put back to an old copy is given what it lost. */
  async function stayTogether(identity: LogIdentity): Promise<void> {
    const known = store.read((db) => logCursor(db));
    if (known === null) return;
    const there = known.sequence === 0 || known.sequence > identity.lastSequence ? null : await link.log.at(known.sequence);
    const verdict = compareLogs(
      { logId: known.logId, cursor: known.sequence, idAtCursor: known.id },
      { logId: identity.logId, lastSequence: identity.lastSequence, idAtCursor: there?.id ?? null },
    );
    if (verdict === 'other-log') {
      isEstranged = true;
      deps.log('error', 'the hub has another log than the one that was followed', { was: known.logId, is: identity.logId });
      return;
    }
    const storedAt = store.read((db) => wireTime(db, known.sequence));
    // the same entry, stored at another time: the log was put back, and somebody was faster in giving it what it lost
    const isGivenBack = there !== null && storedAt !== null && storedAt !== there.storedAt;
    if (verdict !== 'rewound' && !isGivenBack) return;
    together = -1;
    const missing = await resyncAfterRewind({ store, ledger: deps.ledger, log: link.log, lastSequence: identity.lastSequence });
    deps.log('warn', 'the hub was put back to an older copy', { missing });
    if (missing > 0) deps.onRewound(missing);
    deps.onApplied({ ...NO_NEWS, hasFacts: true, hasNewRules: true });
  }

  /** Applies what came by itself as far as it follows the cursor; a gap is read. */
  function flush(): void {
    if (!isTogether() || !isLive) return;
    try {
      const run: LogEntry[] = [];
      for (let at = cursor() + 1; run.length < LIVE_BATCH; at += 1) {
        const entry = arrived.get(at);
        if (entry === undefined) break;
        run.push(entry);
      }
      for (const { sequence } of run) arrived.delete(sequence);
      if (run.length > 0) apply(run, false);
      if (run.length > 0) lastSyncAt = deps.clock.now();
      const at = cursor();
      for (const sequence of arrived.keys()) if (sequence <= at) arrived.delete(sequence);
    } catch (error) {
      deps.log('error', 'an entry of the log could not be applied', { error });
      arrived.clear();
      soon(RETRY_MS);
      return;
    }
    // the page is answered between two transactions
    if (arrived.has(cursor() + 1)) flushSoon();
    else if (arrived.size > 0) void lookQuietly();
    deps.onChange();
  }

  let isFlushing = false;
  const stopHearing = link.log.onEntry((entry) => {
    lastSequence = Math.max(lastSequence, entry.sequence);
    // what is behind by much is read in batches anyhow
    if (arrived.size < BATCH) arrived.set(entry.sequence, entry);
    flushSoon();
  });

  function flushSoon(): void {
    if (isFlushing) return;
    isFlushing = true;
    inTurn(() => {
      isFlushing = false;
      flush();
    });
  }

  async function lookQuietly(): Promise<void> {
    try {
      await looking.run();
      if (isLive && isTogether()) await pushing.run();
      soon(LOOK_EVERY_MS);
    } catch (error) {
      // what was thrown belongs to the connection, whose state is told by itself
      if (!(error instanceof LogUnavailable) && !(error instanceof LogRefused))
        deps.log('error', 'the team could not be followed', { error });
      showProgress(null);
      soon(RETRY_MS);
    }
  }

  function soon(ms: number): void {
    cancelLook();
    if (stopping.signal.aborted) return;
    cancelLook = timers.after(ms, () => {
      if (link.state().state === 'online') void lookQuietly();
    });
  }

  const stopWatching = link.onState(({ state }) => {
    if (state !== 'online') {
      connection += 1;
      arrived.clear();
    }
    deps.onChange();
    if (state === 'online') void lookQuietly();
  });
  if (link.state().state === 'online') void lookQuietly();

  return {
    push: () => {
      if (isLive && isTogether() && link.state().state === 'online') pushing.kick();
      deps.onChange();
    },
    catchUp: async () => {
      await looking.run();
      if (isEstranged) throw new LogUnavailable('the hub has another log');
    },
    append: async (stream, type, body, expected) => pushing.append(stream, type, body, expected),
    status: () => ({
      cursor: cursor(),
      lastSequence: Math.max(lastSequence, cursor()),
      lastSyncAt,
      progress: progress ?? pushing.progress(),
      pushProblem: pushing.problem(),
      isLive,
      isEstranged,
    }),
    settled: async () => {
      for (;;) {
        await looking.settled();
        await pushing.settled();
        await breath();
        if (!isFlushing && store.read((db) => pendingSummary(db)).count >= 0) return;
      }
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      cancelLook();
      stopHearing();
      stopWatching();
      await looking.settled();
      await pushing[Symbol.asyncDispose]();
    },
  };
}
