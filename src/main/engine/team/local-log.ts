import type { Clock, Instant } from '../../../shared/domain/time.ts';
import { checkEntry } from './entry-limits.ts';
import { LogRefused, LogUnavailable, type Appended, type LogEntry, type LogIdentity, type NewEntry, type TeamLog } from './team-log.ts';

/** Where a local log keeps its entries. Every call is whole or not done at all, and `append` looks and stores without anybody in between. */
export interface LogTable {
  append(entry: NewEntry, storedAt: Instant): Appended;
  /** Sequence of the newest entry; 0 when there is none. */
  newest(): number;
  head(stream: string): LogEntry | null;
  at(sequence: number): LogEntry | null;
  read(after: number, limit: number): readonly LogEntry[];
  readStream(stream: string, after: number, limit: number): readonly LogEntry[];
}

/** The table's failures in the terms of the port. */
function failed(error: unknown): LogRefused | LogUnavailable {
  const detail = error instanceof Error ? error.message : String(error);
  const isFull = error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
  return isFull ? new LogRefused('full', detail, { cause: error }) : new LogUnavailable(detail, { cause: error });
}

async function ask<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    try {
      resolve(work());
    } catch (error) {
      reject(failed(error));
    }
  });
}

/** A log without a server: a table orders, and has stored an entry when its transaction is committed. */
export class LocalLog implements TeamLog {
  readonly kind = 'local';
  readonly #logId: string;
  readonly #table: LogTable;
  readonly #clock: Clock;
  readonly #listeners = new Set<(entry: LogEntry) => void>();

  /** @param logId another one whenever the table was made anew */
  constructor(logId: string, table: LogTable, clock: Clock) {
    this.#logId = logId;
    this.#table = table;
    this.#clock = clock;
  }

  async identity(): Promise<LogIdentity> {
    return ask(() => ({ logId: this.#logId, lastSequence: this.#table.newest() }));
  }

  async append(entry: NewEntry): Promise<Appended> {
    checkEntry(entry);
    const storedAt = this.#clock.now();
    const appended = await ask(() => this.#table.append(entry, storedAt));
    const needed = Math.max(entry.expected ?? 0, (entry.place ?? 1) - 1);
    if (appended.kind === 'moved' && this.#table.newest() < needed)
      throw new LogUnavailable(`the log knows less of ${entry.stream} than was expected`);
    if (appended.kind === 'stored') {
      const { id, stream, data } = entry;
      for (const listener of this.#listeners) listener({ sequence: appended.sequence, id, stream, storedAt, data });
    }
    return appended;
  }

  async head(stream: string): Promise<LogEntry | null> {
    return ask(() => this.#table.head(stream));
  }

  async at(sequence: number): Promise<LogEntry | null> {
    return ask(() => this.#table.at(sequence));
  }

  async readStream(stream: string, after: number, limit: number): Promise<readonly LogEntry[]> {
    return ask(() => this.#table.readStream(stream, after, limit));
  }

  async read(after: number, limit: number): Promise<readonly LogEntry[]> {
    return ask(() => this.#table.read(after, limit));
  }

  onEntry(listener: (entry: LogEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
