import type { TeamSession } from './team.ts';
import type { Log } from '../log.ts';
import { isEmptyForSnapshot } from '../store/snapshot/put-in-snapshot.ts';
import type { SnapshotFiles } from '../store/snapshot/snapshot-files.ts';
import type { SnapshotWork } from '../store/snapshot/snapshot-work.ts';
import { FOLD_VERSION } from '../store/snapshot/tables.ts';
import { storageFailure } from '../store/sql.ts';
import type { Store } from '../store/sql.ts';
import { logCursor, pruneWire } from '../store/team.store.ts';
import { SNAPSHOT_LEASE } from '../team/hub-link.ts';
import type { HubLink } from '../team/hub-link.ts';
import type { Timers } from '../team/machine-clock.ts';
import { LogRefused, LogUnavailable } from '../team/team-log.ts';
import type { LogIdentity } from '../team/team-log.ts';
import type { CaseLedger } from '../usecases/case-ledger.ts';
import { startFromSnapshot, usableSnapshot } from '../usecases/team-snapshot.ts';
import { writeManifest } from '../../../shared/contract/team-snapshot.ts';
import type { SnapshotManifest } from '../../../shared/contract/team-snapshot.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/domain/time.ts';

type Progress = (done: number, total: number) => void;

/** `not-permitted`: only leads and gateways may. `not-now`: something is under way that others could not start from. */
export type SnapshotOutcome = 'made' | 'not-joined' | 'not-permitted' | 'not-now' | 'busy';

/** Compacted states of the team: made for those who join, and what a joining workstation starts from. */
export interface TeamSnapshotsJob extends AsyncDisposable {
  /** Follows a session: makes a snapshot when one is due, and forgets what is covered by one. */
  follow(session: TeamSession | null): void;
  /**
   * Starts an empty workspace from the newest snapshot. Null: there is none that can be used, or the workspace is not empty, and the
   * log is read instead. Throws LogUnavailable; the next attempt goes on where this one ended.
   */
  begin(link: HubLink, identity: LogIdentity, onProgress: Progress): Promise<ReadonlySet<CaseId> | null>;
  /** Makes one now, whether or not one is due. */
  make(): Promise<SnapshotOutcome>;
  /** Looks whether one is due; for tests, which do not wait. */
  consider(): Promise<void>;
}

/** The log went on by so many entries since the last one, which is a day old: reading them takes a second, and a snapshot minutes. */
export const SNAPSHOT_AFTER = 20_000;
/** Bytes of so many entries are kept anyhow: a hub that was put back to an older copy can be given them. */
export const WIRE_KEPT = 100_000;
const LOOK_EVERY_MS = HOUR_MS;
/** The first look: not in the first minutes of a workstation that has just started. */
const FIRST_LOOK_MS = 10 * MINUTE_MS;
const PRUNED_AT_ONCE = 5_000;
/** The one before stays for those who are fetching it. */
const KEPT = 2;
/** Of fetching one snapshot; then the log is read. */
const MOST_ATTEMPTS = 5;

export function createTeamSnapshots(deps: {
  readonly store: Store;
  readonly ledger: CaseLedger;
  readonly clock: Clock;
  readonly log: Log;
  readonly timers: Timers;
  readonly files: SnapshotFiles;
  readonly work: SnapshotWork;
}): TeamSnapshotsJob {
  const { store, log, files } = deps;
  let session: TeamSession | null = null;
  let cancel: () => void = () => {};
  let running: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  const attempts = new Map<string, number>();

  function cursor(): number {
    return store.read(logCursor)?.sequence ?? 0;
  }

  /** Newest usable manifests first. */
  async function newest(link: HubLink, identity: LogIdentity, onRefused: (reason: string) => void): Promise<SnapshotManifest | null> {
    return usableSnapshot(await link.snapshots.list(), { users: link.directory.users(), identity }, link.log, onRefused);
  }

  async function begin(link: HubLink, identity: LogIdentity, onProgress: Progress): Promise<ReadonlySet<CaseId> | null> {
    if (!store.read(isEmptyForSnapshot)) {
      log('info', 'the log is read from its begin: this workspace has a history of its own');
      return null;
    }
    const manifest = await newest(link, identity, (reason) => log('warn', 'a snapshot was refused', { reason }));
    if (manifest === null) return null;
    const { sha256, size, user, through } = manifest;
    const tries = (attempts.get(sha256) ?? 0) + 1;
    attempts.set(sha256, tries);
    if (tries > MOST_ATTEMPTS) return null;
    const startedAt = performance.now();
    try {
      files.clear(sha256);
      const file = files.fetched(sha256);
      onProgress(0, size);
      if (!(await link.snapshots.get({ sha256, size }, file, onProgress))) throw new Error('it is not there as a whole');
      await deps.work.unpack({ ...manifest, from: file, to: files.unpacked });
      const cases = startFromSnapshot(deps, files.unpacked, manifest);
      files.clear();
      log('info', 'started from a snapshot', { through, user, cases: cases.size, ms: Math.round(performance.now() - startedAt) });
      return cases;
    } catch (error) {
      if (error instanceof LogUnavailable || storageFailure(error) === 'full') throw error;
      log('warn', 'a snapshot could not be used, and the log is read', { user, through, error });
      files.clear();
      return null;
    }
  }

  function maker(): TeamSession | null {
    const role = session?.membership.user.role;
    return role === 'lead' || role === 'gateway' ? session : null;
  }

  /** One at a time, here and in the whole team. */
  async function make(isWanted: (newest: SnapshotManifest | null, last: number) => boolean): Promise<SnapshotOutcome> {
    const mine = maker();
    if (mine === null) return session === null ? 'not-joined' : 'not-permitted';
    if (isBusy) return 'busy';
    const { link, sync } = mine;
    const { isLive, progress } = sync.status();
    if (!isLive || progress !== null || link.state().state !== 'online') return 'not-now';
    isBusy = true;
    try {
      await using lease = await link.leases.acquire(SNAPSHOT_LEASE, 'snapshot');
      if (lease === null) return 'busy';
      const identity = await link.log.identity();
      // somebody may have made one while this one waited
      const known = await newest(link, identity, () => {});
      if (!isWanted(known, identity.lastSequence)) return 'not-now';
      files.clear();
      const startedAt = performance.now();
      const made = await deps.work.make({ from: store.path, to: files.made, user: mine.membership.user.name });
      const { sha256, size, unpackedSize, through, idThere, logId, schema } = made;
      const manifest: SnapshotManifest = {
        v: 1,
        format: 'sqlite-brotli-1',
        through,
        idThere,
        logId,
        schema,
        foldVersion: FOLD_VERSION,
        sha256,
        size,
        unpackedSize,
        user: mine.membership.user.name,
        madeAt: deps.clock.now(),
      };
      await link.snapshots.put(
        writeManifest(manifest, (text) => mine.signer.sign(text)),
        { sha256, size },
        files.made,
      );
      await link.snapshots.keepOnly([sha256, ...(known === null ? [] : [known.sha256])].slice(0, KEPT));
      log('info', 'made a snapshot for those who join', { through, size, unpackedSize, ms: Math.round(performance.now() - startedAt) });
      return 'made';
    } catch (error) {
      if (error instanceof Error && error.name === 'NotNow') return 'not-now';
      if (error instanceof LogRefused && error.code === 'not-permitted') return 'not-permitted';
      throw error;
    } finally {
      isBusy = false;
      files.clear();
    }
  }

  function isDue(known: SnapshotManifest | null, last: number): boolean {
    if (last - (known?.through ?? 0) <= SNAPSHOT_AFTER) return false;
    return known === null || deps.clock.now() - known.madeAt >= DAY_MS;
  }

  async function consider(): Promise<void> {
    const followed = session;
    if (followed === null || followed.link.state().state !== 'online') return;
    if (maker() !== null) await make(isDue);
    const { link } = followed;
    const known = await newest(link, await link.log.identity(), () => {});
    if (known !== null) await prune(followed, Math.min(known.through, cursor() - WIRE_KEPT));
  }

  /** A snapshot covers them, so nobody has to be given them again. */
  async function prune(followed: TeamSession, upTo: number): Promise<void> {
    const isFollowed = (): boolean => session === followed;
    if (upTo <= 0) return;
    while (isFollowed()) {
      if (store.write((tx) => pruneWire(tx, upTo, PRUNED_AT_ONCE)) < PRUNED_AT_ONCE) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function considered(): Promise<void> {
    running = running.then(consider, consider);
    await running;
  }

  function soon(ms: number): void {
    cancel();
    cancel = deps.timers.after(ms, () => {
      considered()
        .catch((error: unknown) => {
          if (!(error instanceof LogUnavailable)) log('warn', 'no snapshot', { error });
        })
        .finally(() => {
          if (session !== null) soon(LOOK_EVERY_MS);
        });
    });
  }

  return {
    follow: (next) => {
      session = next;
      cancel();
      if (next !== null) soon(FIRST_LOOK_MS);
    },
    begin,
    make: async () => {
      const made = make(() => true);
      running = Promise.allSettled([running, made]);
      return made;
    },
    consider: considered,
    [Symbol.asyncDispose]: async () => {
      session = null;
      cancel();
      await Promise.allSettled([running]);
    },
  };
}
