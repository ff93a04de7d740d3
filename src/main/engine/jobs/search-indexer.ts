import type { Log } from '../log.ts';
import type { IndexedDay, SearchStore } from '../store/search.store.ts';
import {
  changedSources,
  dayOfMessageKey,
  forgetChanged,
  keysOfDay,
  messageUidAt,
  newestOfDays,
  sourcesOfDay,
} from '../store/search-source.store.ts';
import type { SearchSource } from '../store/search-source.store.ts';
import { storageFailure } from '../store/sql.ts';
import type { ReadDb, Store } from '../store/sql.ts';
import { indexTerms } from '../../../shared/domain/search-text.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** A slice ends when this is used up; with the message at hand and the commit it stays below 15 ms. */
const SLICE_MS = 7;
/** Between slices everybody else gets the thread. */
const PAUSE_MS = 4;
const BATCH = 100;
/** Messages read at a time: a slice that ends early has not read much in vain. */
const READ_AHEAD = 20;
/** Days looked at in one slice of the survey. */
const SURVEY_DAYS = 400;
/** Bursts of commits are answered with one survey. */
const SURVEY_EVERY_MS = 250;
const RETRY_MS = 30_000;
const NOTICE_EVERY_MS = 1_000;
/** A backlog worth a line in the log. */
const LARGE_BACKLOG = 1_000;
/** Of a longer text the beginning is indexed: one message must not hold up the thread. */
const MAX_TEXT = 50_000;

export interface SearchProgress {
  /** Messages that search does not find yet. */
  readonly remaining: number;
  /** True while the index can not be written (the disk is full); it is tried again by itself. */
  readonly stalled: boolean;
}

export interface SearchIndexer extends AsyncDisposable {
  progress(): SearchProgress;
  /** A message will say something else: nothing of what it said stays in the index. It is indexed again after the next commit. */
  forget(messageKey: number): void;
  /** Resolves when everything committed before the call is in the index, or the indexer was stopped. */
  settled(): Promise<void>;
}

export interface SearchIndexerDeps {
  readonly store: Store;
  readonly search: SearchStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Called at most once a second while the index grows, and when it is complete: searches can be asked again. */
  readonly onProgress?: () => void;
  /** How long to wait after a failed write, in milliseconds. */
  readonly retryMs?: number;
  /** How long a slice may take, and the pause between two, in milliseconds: where nobody else wants the thread. */
  readonly sliceMs?: number;
  readonly pauseMs?: number;
}

/**
 * Keeps the search index up to date with the main database. The two files are not atomic together, so nothing is remembered
 * about what was announced: a survey compares the newest message of each day with the index's mark for that day, at the
 * start and after commits. Within a day keys only grow, so a mark says all. The newest day that is behind is indexed first.
 */
export function createSearchIndexer(deps: SearchIndexerDeps): SearchIndexer {
  return new Indexer(deps);
}

interface Behind {
  /** The newest key of the day. */
  readonly newest: number;
  /** Indexed up to here. */
  done: number;
}

class Indexer implements SearchIndexer {
  private readonly deps: SearchIndexerDeps;
  private readonly sliceMs: number;
  private readonly pauseMs: number;
  private readonly stopListening: () => void;
  private readonly waiting = new Set<() => void>();
  private readonly behind = new Map<number, Behind>();
  private marks = new Map<number, IndexedDay>();
  private generation = -1;
  private isDirty = true;
  /** Texts of indexed messages may have changed since they were looked for. */
  private hasChanged = true;
  /** Where the running survey continues, or null. */
  private surveyBefore: number | null = null;
  private surveyedAt = -Infinity;
  private noticedAt = -Infinity;
  private hasNews = false;
  private stalled = false;
  /** Whether the log has heard of a failure that is not over. */
  private isTold = false;
  private backlog: { readonly since: Instant; readonly messages: number } | null = null;
  private stopped = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(deps: SearchIndexerDeps) {
    this.deps = deps;
    this.sliceMs = deps.sliceMs ?? SLICE_MS;
    this.pauseMs = deps.pauseMs ?? PAUSE_MS;
    this.stopListening = deps.store.onCommit((changes) => {
      if (!changes.has('messages')) return;
      this.isDirty = true;
      if (!this.stalled) this.wake(this.pauseMs);
    });
    this.wake(0);
  }

  progress(): SearchProgress {
    let remaining = 0;
    for (const day of this.behind.values()) remaining += day.newest - day.done;
    return { remaining, stalled: this.stalled };
  }

  forget(messageKey: number): void {
    const day = dayOfMessageKey(messageKey);
    const { from, until } = keysOfDay(day);
    this.deps.search.forgetDay(day, from, until);
    this.marks.delete(day);
    this.behind.delete(day);
    this.isDirty = true;
    if (!this.stalled) this.wake(this.pauseMs);
  }

  async settled(): Promise<void> {
    if (this.stopped || this.isSettled()) return;
    await new Promise<void>((resolve) => {
      this.waiting.add(resolve);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stopped = true;
    this.stopListening();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.release();
    // Slices are synchronous, so none is running here.
    await Promise.resolve();
  }

  private isSettled(): boolean {
    return !this.isDirty && !this.hasChanged && this.surveyBefore === null && this.behind.size === 0;
  }

  private release(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private wake(ms: number): void {
    if (this.stopped || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.run();
    }, ms);
  }

  private run(): void {
    try {
      this.slice();
      if (this.isSettled()) this.recovered();
    } catch (error) {
      this.fail(error);
      return;
    }
    this.noteRemaining();
    if (this.isSettled()) {
      this.notice(this.hasNews);
      this.release();
    } else {
      this.notice(false);
      const isOnlyWaiting = this.behind.size === 0 && this.surveyBefore === null && !this.hasChanged;
      this.wake(isOnlyWaiting ? Math.max(this.pauseMs, this.surveyedAt + SURVEY_EVERY_MS - performance.now()) : this.pauseMs);
    }
  }

  private noteRemaining(): void {
    const { search, log, clock } = this.deps;
    const { remaining } = this.progress();
    search.notIndexed = remaining;
    if (this.backlog === null && remaining >= LARGE_BACKLOG) this.backlog = { since: clock.now(), messages: remaining };
    if (this.backlog === null || remaining > 0) return;
    log('info', 'the search index has caught up', { messages: this.backlog.messages, ms: clock.now() - this.backlog.since });
    this.backlog = null;
  }

  private notice(now: boolean): void {
    if (!this.hasNews || (!now && performance.now() - this.noticedAt < NOTICE_EVERY_MS)) return;
    this.hasNews = false;
    this.noticedAt = performance.now();
    this.deps.onProgress?.();
  }

  /** Search is a convenience: its failures are told once and never reach anybody's work. */
  private fail(error: unknown): void {
    const failure = storageFailure(error);
    this.noteRemaining();
    this.surveyBefore = null;
    this.surveyedAt = -Infinity;
    this.isDirty = true;
    if (this.isTold) this.deps.log('debug', 'the search index can still not be written', { failure });
    else this.deps.log('warn', 'the search index could not be written', { failure, error });
    this.stalled = true;
    this.isTold = true;
    // A damaged index was replaced at once, and there is nothing to wait for.
    const isNew = this.generation !== this.deps.search.generation;
    this.wake(isNew ? this.pauseMs : (this.deps.retryMs ?? RETRY_MS));
  }

  /** Only now: on a nearly full disk small writes succeed between those that fail. */
  private recovered(): void {
    this.stalled = false;
    if (this.isTold) this.deps.log('info', 'the search index could be written again');
    this.isTold = false;
  }

  private slice(): void {
    const begun = performance.now();
    const { search } = this.deps;
    this.openIndex();
    if (this.generation !== search.generation) {
      if (search.replacedBecause !== null) this.deps.log('info', 'the search index is made anew', { reason: search.replacedBecause });
      this.marks = search.days();
      this.generation = search.generation;
      this.behind.clear();
      this.isDirty = true;
      this.surveyedAt = -Infinity;
    }
    if (this.isDirty && this.surveyBefore === null && begun - this.surveyedAt >= SURVEY_EVERY_MS) {
      this.isDirty = false;
      this.hasChanged = true;
      this.surveyedAt = begun;
      this.surveyBefore = Number.MAX_SAFE_INTEGER;
    }
    if (this.surveyBefore !== null) {
      this.surveyBefore = this.survey(this.surveyBefore);
      if (performance.now() - begun > this.sliceMs / 2) return;
    }
    const until = begun + this.sliceMs;
    if (this.hasChanged) this.indexChanged();
    // Days with few messages share a slice.
    while (this.behind.size > 0 && performance.now() < until) this.indexNewestDay(until);
  }

  /** Opens the file again if it could not be opened before. */
  private openIndex(): void {
    try {
      void this.deps.search.database;
    } catch (error) {
      // At least it is known how much is missing.
      if (this.generation < 0) for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null;) before = this.survey(before);
      throw error;
    }
  }

  /** Compares some days with their marks; returns where to go on, or null at the end. */
  private survey(before: number): number | null {
    const { store, search } = this.deps;
    return store.read((db) => {
      const days = newestOfDays(db, before, SURVEY_DAYS);
      for (const { id, uid } of days) {
        const day = dayOfMessageKey(id);
        let mark = this.marks.get(day);
        const isSame =
          mark === undefined || (mark.last === id ? mark.uid === uid : mark.last < id && messageUidAt(db, mark.last) === mark.uid);
        if (!isSame) {
          // The main database went back to a backup, or the day's last message was deleted and its key given again.
          const { from, until } = keysOfDay(day);
          search.forgetDay(day, from, until);
          this.marks.delete(day);
          mark = undefined;
        }
        const done = mark?.last ?? keysOfDay(day).from;
        if (done < id) this.behind.set(day, { newest: id, done });
      }
      const last = days.at(-1);
      return days.length < SURVEY_DAYS || last === undefined ? null : keysOfDay(dayOfMessageKey(last.id)).from;
    });
  }

  /**
   * Some messages that say something else than they did. One that is not in the index yet is read when its turn comes. The list is cut after
   * the index was written: after a crash between the two they are done once more.
   */
  private indexChanged(): void {
    const { store, search } = this.deps;
    const sources = store.read((db) => changedSources(db, READ_AHEAD));
    this.hasChanged = sources.length === READ_AHEAD;
    if (sources.length === 0) return;
    const indexed = sources.filter(({ id }) => id <= (this.marks.get(dayOfMessageKey(id))?.last ?? 0));
    if (indexed.length > 0) {
      search.replaceTerms(indexed.map((source) => ({ id: source.id, terms: this.terms(source) })));
      this.hasNews = true;
    }
    store.write((tx) =>
      forgetChanged(
        tx,
        sources.map(({ id }) => id),
      ),
    );
  }

  private indexNewestDay(until: number): void {
    let day = -1;
    for (const each of this.behind.keys()) day = Math.max(day, each);
    const entry = this.behind.get(day);
    if (entry === undefined) return;
    const mark = this.deps.store.read((db) => this.deps.search.add(day, this.entries(db, day, entry.done, until)));
    this.stalled = false;
    if (mark === null) {
      this.behind.delete(day);
      return;
    }
    this.hasNews = true;
    this.marks.set(day, mark);
    entry.done = mark.last;
    if (mark.last >= entry.newest) this.behind.delete(day);
  }

  /** The next messages of a day, until the batch is full or the time is up. */
  private *entries(
    db: ReadDb,
    day: number,
    above: number,
    until: number,
  ): Generator<{ readonly id: number; readonly uid: string; readonly terms: string }> {
    let last = above;
    for (let taken = 0; taken < BATCH;) {
      const sources = sourcesOfDay(db, day, last, READ_AHEAD);
      for (const source of sources) {
        yield { id: source.id, uid: source.uid, terms: this.terms(source) };
        last = source.id;
        taken += 1;
        if (performance.now() >= until) return;
      }
      if (sources.length < READ_AHEAD) return;
    }
  }

  private terms(source: SearchSource): string {
    try {
      return indexTerms(searchableText(source));
    } catch (error) {
      // One strange text must not keep all others from being found.
      this.deps.log('error', 'a message could not be indexed', { message: source.uid, error });
      return '';
    }
  }
}

/** The document of a message. Empty lines keep its parts from running into each other. */
export function searchableText(source: SearchSource): string {
  return `${source.subject}\n\n${source.people}\n\n${source.text.slice(0, MAX_TEXT)}\n\n${source.files}`;
}
