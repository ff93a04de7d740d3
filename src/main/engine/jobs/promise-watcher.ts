import { createAlarm } from './alarm.ts';
import type { Log } from '../log.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import { isCopy } from '../store/membership.store.ts';
import { casesWithPastPromises, nextPromiseAfter, promisesDueWithin, promisesToKeep } from '../store/promise-list.store.ts';
import type { ListedPromise } from '../store/promise-list.store.ts';
import { me, readSettings } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import type { CoverageBook } from '../usecases/coverage-book.ts';
import { handoffRules } from '../usecases/handoff-rules.ts';
import { PromiseCover } from '../usecases/promise-cover.ts';
import { turn } from '../usecases/rule-runs.ts';
import { warnedPeople } from '../usecases/warned-people.ts';
import type { EngineEvent } from '../../../shared/contract/workspace.contract.ts';
import type { PromiseId } from '../../../shared/domain/ids.ts';
import { after, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface PromiseWatcherDeps {
  readonly context: UseCaseContext;
  readonly shell: ShellPort;
  readonly log: Log;
  readonly tell: (event: EngineEvent) => void;
  readonly book: CoverageBook;
}

/**
 * Sleeps until the next promise is due soon or broken, keeps the lists right, and tells those who answer for it. Does
 * nothing while nothing is owed.
 */
export interface PromiseWatcher extends AsyncDisposable {
  /** The machine woke up or its clock moved: look again. */
  kick(): void;
  /** Plan or roster may have changed, and what follows from them has been worked out: whoever can not keep something now is told. */
  followPlan(): void;
}

type Warning = Extract<EngineEvent, { type: 'promise' }>['what'];

/** What was passed longer ago is history: nobody is rung for the whole night at eight in the morning. */
const FRESH_MS = 5 * MINUTE_MS;
/** Timers can not wait for months. */
const LONGEST_SLEEP_MS = 12 * HOUR_MS;
/** Between so many promises everybody else gets a turn. */
const SLICE = 50;

/** The next promise is due, or soon will be; null when nothing is owed. */
function nextTime(db: ReadDb, now: Instant): Instant | null {
  const { preparationMs } = handoffRules(db);
  const dueAt = nextPromiseAfter(db, after(now, -1));
  const soonAt = nextPromiseAfter(db, after(now, preparationMs));
  const times = [...(dueAt === null ? [] : [after(dueAt, 1)]), ...(soonAt === null ? [] : [after(soonAt, -preparationMs)])];
  return times.length === 0 ? null : instant(Math.min(...times));
}

export function startPromiseWatcher(deps: PromiseWatcherDeps): PromiseWatcher {
  const { context, log, book } = deps;
  const { store, clock, ledger } = context;
  const stopping = new AbortController();
  const alarm = createAlarm({
    clock,
    log,
    what: 'the next promise',
    longestMs: LONGEST_SLEEP_MS,
    shortestMs: 1,
    onRing: () => sweep(),
    nextAt: (now) => store.read((db) => nextTime(db, now)),
  });
  /** Up to here it has been told what is due soon. */
  let lookedAt = after(clock.now(), -FRESH_MS);
  /** Whether nobody could keep a promise when it was looked at last; then it was told, or its maker was warned. */
  const isHopeless = new Map<PromiseId, boolean>();
  /** The newest promise that was looked at. */
  let lastId = 0;
  /** Of the plan that was looked at last; null before the first look. */
  let edition: number | null = null;
  let working: Promise<void> = Promise.resolve();

  function sweep(): void {
    if (stopping.signal.aborted) return;
    try {
      const now = clock.now();
      settlePast(now);
      // a clock that was set back has nothing new to tell
      const since = instant(Math.max(lookedAt, now - FRESH_MS));
      lookedAt = instant(Math.max(lookedAt, now));
      if (since < now && !store.read(isCopy)) tellWhatPassed(since, now);
    } catch (error) {
      ledger.forget();
      log('error', 'promises could not be looked at', { error });
    }
    alarm.set();
  }

  /** Only time has made something of these; the events are the same. */
  function settlePast(now: Instant): void {
    const past = store.read((db) => casesWithPastPromises(db, now));
    if (past.length === 0) return;
    store.write((tx) => {
      for (const uid of past) ledger.retime(tx, uid);
    });
  }

  /** What passed in `(since, now]`. Whoever wrote the rows, as any event of the case does, a broken promise is told once. */
  function tellWhatPassed(since: Instant, now: Instant): void {
    const { soon, broken } = store.read((db) => {
      const { preparationMs } = handoffRules(db);
      return {
        soon: promisesDueWithin(db, 'open', after(since, preparationMs), after(now, preparationMs)),
        // the due time itself is still in time
        broken: promisesDueWithin(db, 'broken', after(since, -1), after(now, -1)),
      };
    });
    for (const each of soon) warn(each, 'due-soon', now);
    for (const each of broken) warn(each, 'broken', now);
  }

  function warn({ promise, caseUid, subject, contactName }: ListedPromise, what: Warning, now: Instant): void {
    const { agent, settings, warned } = store.read((db) => ({
      agent: me(db),
      settings: readSettings(db),
      warned: warnedPeople(db, book, promise.ownerId, now),
    }));
    // Without a plan the owner is told, or everybody while there is none.
    const isNamed =
      warned === null ? promise.ownerId === null || promise.ownerId === agent?.agentId : agent !== null && warned.has(agent.agentId);
    // Who switched off by hand is not rung, whatever the plan says.
    if (!settings.onShift || !isNamed) return;
    deps.tell({ type: 'promise', what, promiseId: promise.promiseId, caseId: caseUid, subject, dueAt: promise.dueAt });
    if (!settings.notifications || what === 'infeasible') return;
    deps.shell
      .request('notify', { title: contactName, body: subject, caseId: caseUid })
      .catch((error: unknown) => log('warn', 'the shell did not answer', { error }));
  }

  /** Looks at what must be kept by the plan as it is now. The first look only learns how things stand. */
  async function checkPlan(): Promise<void> {
    const current = store.read((db) => book.edition(db));
    if (current === edition) return;
    const isFirst = edition === null;
    edition = current;
    const open = store.read((db) => promisesToKeep(db));
    const known = new Set(open.map((each) => each.promise.promiseId));
    for (const promiseId of isHopeless.keys()) if (!known.has(promiseId)) isHopeless.delete(promiseId);
    for (let start = 0; start < open.length && !stopping.signal.aborted; start += SLICE) {
      check(open.slice(start, start + SLICE), !isFirst);
      await turn();
    }
  }

  function check(promises: readonly ListedPromise[], isTold: boolean): void {
    const now = clock.now();
    const found = store.read((db) => {
      const cover = new PromiseCover(db, book, now);
      return promises.map((each) => ({ each, is: cover.of(each, each.promise)?.kind === 'infeasible' }));
    });
    for (const { each, is } of found) {
      const { promiseId } = each.promise;
      const was = isHopeless.get(promiseId) ?? false;
      isHopeless.set(promiseId, is);
      lastId = Math.max(lastId, each.id);
      if (is && !was && isTold) warn(each, 'infeasible', now);
    }
  }

  /** What is promised although nobody can keep it was promised with open eyes: the page has said so. */
  function learnNew(): void {
    if (edition === null) return;
    const unknown = store.read((db) => promisesToKeep(db, lastId));
    if (unknown.length > 0) check(unknown, false);
  }

  const stopListening = store.onCommit((changes) => {
    if (changes.has('promises')) learnNew();
    if (changes.has('promises') || changes.has('settings')) alarm.set();
  });
  sweep();
  return {
    kick: sweep,
    followPlan: () => {
      working = working.then(checkPlan).catch((error: unknown) => log('error', 'promises could not be checked', { error }));
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      stopListening();
      alarm.stop();
      await working;
    },
  };
}
