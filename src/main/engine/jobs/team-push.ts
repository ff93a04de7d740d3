import { coalesced } from './coalesced.ts';
import type { SyncStatus, TeamSyncDeps } from './team-sync.ts';
import {
  carryEpoch,
  eventsToPush,
  caseOfStream,
  forgetPush,
  isSignedHere,
  knownPlace,
  logCursor,
  pendingEvent,
  savePush,
} from '../store/team.store.ts';
import type { PendingEvent } from '../store/team.store.ts';
import { LogRefused, LogUnavailable } from '../team/team-log.ts';
import type { Appended } from '../team/team-log.ts';
import { NO_NEWS } from '../usecases/team-apply.ts';
import { loggedEvent, wireEventOf } from '../usecases/team-outgoing.ts';
import { judgeTouched, refuse } from '../usecases/team-rebase.ts';
import { writeWire } from '../../../shared/contract/team-wire.ts';
import { isStrict, wireStream } from '../../../shared/domain/team/strictness.ts';

/** Who signs what this workstation adds to the log. */
export interface TeamSigner {
  readonly user: string;
  readonly workstation: string;
  /** Base64 of the Ed25519 signature of the text. */
  sign(text: string): string;
}

export interface TeamPushDeps extends TeamSyncDeps {
  readonly catchUp: () => Promise<void>;
  /** Whether the log of the connection that there is now is known to be the one that is followed. */
  readonly isTogether: () => boolean;
  readonly onProgress: (progress: SyncStatus['progress']) => void;
}

/** Puts what is pending into the log: in order within a stream, several streams at a time, each event at most once. */
export interface TeamPush extends AsyncDisposable {
  /** Resolves when everything was tried that was pending. Throws LogUnavailable. */
  run(): Promise<void>;
  kick(): void;
  append(stream: string, type: string, body: Record<string, unknown>, expected: number): Promise<Appended>;
  problem(): SyncStatus['pushProblem'];
  progress(): SyncStatus['progress'];
  settled(): Promise<void>;
}

const STREAMS_AT_ONCE = 16;
const EVENTS_AT_ONCE = 2_000;
/** Somebody else is faster again and again; the next round tries anew. */
const MOST_ATTEMPTS = 20;
/** What is not worth a bar. */
const SHOWN_FROM = 50;

export function createTeamPush(deps: TeamPushDeps): TeamPush {
  const { store, link } = deps;
  const stopping = new AbortController();
  let problem: SyncStatus['pushProblem'] = null;
  let progress: SyncStatus['progress'] = null;

  const running = coalesced(drain);

  async function drain(): Promise<void> {
    const startedAt = deps.clock.now();
    let done = 0;
    for (;;) {
      const waiting = store.read((db) => eventsToPush(db, EVENTS_AT_ONCE));
      if (waiting.length === 0 || stopping.signal.aborted) break;
      // what somebody does counts from when the log knows who they are
      const joining = waiting.filter(({ type }) => type === 'agent.joined');
      const streams = byStream(joining.length > 0 ? joining : waiting);
      const total = done + waiting.length;
      let moved = 0;
      const work = async (): Promise<void> => {
        for (let events = streams.shift(); events !== undefined && !stopping.signal.aborted; events = streams.shift()) {
          moved += await pushStream(events, () => {
            done += 1;
            if (total < SHOWN_FROM) return;
            progress = { what: 'uploading', done, total, startedAt };
            deps.onChange();
          });
        }
      };
      try {
        await all(Array.from({ length: STREAMS_AT_ONCE }, work));
      } finally {
        progress = null;
      }
      // nothing went on: what stands in the way does not go by trying again at once
      if (moved === 0) break;
    }
    deps.onChange();
  }

  /** @returns how many were settled */
  async function pushStream(events: readonly PendingEvent[], onDone: () => void): Promise<number> {
    let settled = 0;
    for (const { id, stream } of events) {
      if (stopping.signal.aborted || !(await pushOne(id, stream))) return settled;
      settled += 1;
      onDone();
    }
    return settled;
  }

  /** True when the next event of the stream may follow: this one is stored, or is none any more. */
  async function pushOne(id: string, stream: string): Promise<boolean> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS && !stopping.signal.aborted; attempt += 1) {
      if (!deps.isTogether()) throw new LogUnavailable('the log was not looked at since the connection broke');
      const known = current(id);
      if (known === undefined || known.push?.state === 'stored') return true;
      if (known.push !== null) {
        // handed over before, and nobody knows what became of it: first look, then act
        const found = await find(known);
        if (found !== null) {
          stored(id, found);
          return true;
        }
        if (attempt === 0 && (await judgedAnew(known))) continue;
      }
      await deps.shareFiles(id);
      if (!deps.isTogether()) continue;
      const ready = prepare(id, stream);
      if (ready === null) return true;
      try {
        const appended = await link.log.append(ready);
        if (appended.kind !== 'moved') {
          problem = null;
          stored(id, appended.sequence);
          return true;
        }
      } catch (error) {
        if (!(error instanceof LogRefused)) throw error;
        return refused(id, error);
      }
      const found = await find(known);
      if (found !== null) {
        stored(id, found);
        return true;
      }
      // it is not there and the stream has gone on
      await judgedAnew(known);
    }
    return false;
  }

  /**
   * What the log has not is judged on top of what it has, as if it had never been handed over: while that was not known nothing held it
   * back. True when that was possible: the bytes of what others signed are kept as they are.
   */
  async function judgedAnew({ id, stream }: PendingEvent): Promise<boolean> {
    await deps.catchUp();
    const conflicts = store.write((tx) => {
      if (!isSignedHere(tx, id)) return null;
      forgetPush(tx, id);
      const caseUid = caseOfStream(tx, stream);
      return judgeTouched(deps, tx, { cases: caseUid === null ? [] : [caseUid], facts: caseUid === null ? [stream] : [], confirmed: [] });
    });
    if (conflicts !== null && conflicts.length > 0) deps.onApplied({ ...NO_NEWS, conflicts });
    return conflicts !== null;
  }

  function current(id: string): PendingEvent | undefined {
    return store.read((db) => pendingEvent(db, id));
  }

  /** Signs the event and notes that it was handed over, before it is. */
  function prepare(id: string, stream: string): { id: string; stream: string; data: string; expected?: number } | null {
    return store.write((tx) => {
      const event = pendingEvent(tx, id);
      if (event === undefined) return null;
      const attempts = (event.push?.attempts ?? 0) + 1;
      const data = event.push?.data ?? writeWire(wireEventOf(tx, event, deps.signer, deps.sizeOf), (text) => deps.signer.sign(text));
      savePush(tx, id, { state: 'sent', sequence: null, attempts, data });
      const expected = isStrict(event.type) ? knownPlace(tx, stream) : undefined;
      return { id, stream: wireStream(stream), data, ...(expected === undefined ? {} : { expected }) };
    });
  }

  function stored(id: string, sequence: number): void {
    store.write((tx) => {
      const event = pendingEvent(tx, id);
      // the log's own entry may have come before its answer
      if (event?.push === undefined || event.push === null) return;
      savePush(tx, id, { ...event.push, state: 'stored', sequence });
      // what follows in the stream names the ownership by the place that it has now
      carryEpoch(tx, event.localId, sequence);
    });
  }

  /** Where the log has the event; null when it has not. */
  async function find(event: PendingEvent): Promise<number | null> {
    // were it further in front, it had been applied and would not wait
    let behind = store.read(logCursor)?.sequence ?? 0;
    for (;;) {
      const entries = await link.log.readStream(wireStream(event.stream), behind, 500);
      const own = entries.find((entry) => entry.id === event.id);
      if (own !== undefined) return own.sequence;
      const last = entries.at(-1);
      if (last === undefined) return null;
      behind = last.sequence;
    }
  }

  function refused(id: string, error: LogRefused): boolean {
    if (error.code === 'full') {
      problem = 'hub-full';
      store.write((tx) => {
        forgetPush(tx, id);
      });
      throw new LogUnavailable('the hub is full', { cause: error });
    }
    deps.log('warn', 'the hub refused an event', { event: id, code: error.code, detail: error.message });
    const conflicts = store.write((tx) => refuse(deps, tx, id, error.code === 'too-large' ? 'too-large' : 'not-permitted'));
    deps.onApplied({ ...NO_NEWS, hasFacts: true, conflicts });
    return true;
  }

  return {
    run: async () => running.run(),
    kick: () => {
      running.run().catch((error: unknown) => {
        if (!(error instanceof LogUnavailable)) deps.log('error', 'what waits for the hub could not be pushed', { error });
      });
    },
    append: async (stream, type, body, expected) => {
      const event = store.read((db) => loggedEvent(deps, db, { stream, type, body, base: expected }, deps.signer));
      return link.log.append({
        id: event.id,
        stream: wireStream(stream),
        data: writeWire(event, (text) => deps.signer.sign(text)),
        expected,
      });
    },
    problem: () => problem,
    progress: () => progress,
    settled: async () => running.settled(),
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await running.settled();
    },
  };
}

function byStream(events: readonly PendingEvent[]): PendingEvent[][] {
  const streams = new Map<string, PendingEvent[]>();
  for (const event of events) {
    const known = streams.get(event.stream);
    if (known === undefined) streams.set(event.stream, [event]);
    else known.push(event);
  }
  return [...streams.values()];
}

/** Waits for all, so that nothing goes on behind the back of who called, then throws the first failure. */
async function all(works: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works)) if (outcome.status === 'rejected') throw outcome.reason;
}
