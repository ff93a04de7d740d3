import type { Store, ReadDb } from './sql.ts';
import type { Appended, LogEntry, NewEntry } from '../team/team-log.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const COLUMNS = 'sequence, id, stream, stored_at AS storedAt, data';

function newestOf(db: ReadDb, stream: string): number {
  const row = db.get<{ newest: number | null }>('SELECT max(sequence) AS newest FROM team_log WHERE stream = @stream', { stream });
  return row?.newest ?? 0;
}

function newest(db: ReadDb): number {
  return db.get<{ newest: number | null }>('SELECT max(sequence) AS newest FROM team_log')?.newest ?? 0;
}

/** Where the entry is that stands in the way; null when there is none. */
function nextOf(db: ReadDb, stream: string, after: number): number | null {
  const row = db.get<{ next: number | null }>('SELECT min(sequence) AS next FROM team_log WHERE stream = @stream AND sequence > @after', {
    stream,
    after,
  });
  return row?.next ?? null;
}

function sequenceAt(db: ReadDb, place: number): number | null {
  return db.get<{ sequence: number }>('SELECT sequence FROM team_log WHERE sequence = @place', { place })?.sequence ?? null;
}

/** It is another one, or the same one that was stored before. */
function movedBy(db: ReadDb, id: string, inTheWay: number | null): Appended {
  const own = db.get<{ sequence: number }>('SELECT sequence FROM team_log WHERE id = @id', { id });
  return own !== undefined && own.sequence === inTheWay ? { kind: 'repeated', sequence: own.sequence } : { kind: 'moved' };
}

/**
 * The table behind a local log. An append looks and stores in one transaction. What is expected is looked at before the id, as a hub
 * does: a repetition is recognised when it is what stands behind the expectation.
 */
export function localLogTable(store: Store): {
  readonly append: (entry: NewEntry, storedAt: Instant) => Appended;
  readonly newest: () => number;
  readonly head: (stream: string) => LogEntry | null;
  readonly at: (sequence: number) => LogEntry | null;
  readonly read: (after: number, limit: number) => readonly LogEntry[];
  readonly readStream: (stream: string, after: number, limit: number) => readonly LogEntry[];
} {
  return {
    append: ({ id, stream, data, expected, place }, storedAt) =>
      store.write((db): Appended => {
        const sequence = newest(db) + 1;
        if (place !== undefined && sequence !== place) return movedBy(db, id, sequenceAt(db, place));
        if (expected !== undefined && newestOf(db, stream) !== expected) return movedBy(db, id, nextOf(db, stream, expected));
        const before = db.get<{ sequence: number }>('SELECT sequence FROM team_log WHERE id = @id', { id });
        if (before !== undefined) return { kind: 'repeated', sequence: before.sequence };
        db.run('INSERT INTO team_log(sequence, id, stream, stored_at, data) VALUES(@sequence, @id, @stream, @storedAt, @data)', {
          sequence,
          id,
          stream,
          storedAt,
          data,
        });
        return { kind: 'stored', sequence };
      }),
    newest: () => store.read(newest),
    head: (stream) =>
      store.read(
        (db) =>
          db.get<LogEntry>(`SELECT ${COLUMNS} FROM team_log WHERE stream = @stream ORDER BY sequence DESC LIMIT 1`, { stream }) ?? null,
      ),
    at: (sequence) =>
      store.read((db) => db.get<LogEntry>(`SELECT ${COLUMNS} FROM team_log WHERE sequence = @sequence`, { sequence }) ?? null),
    read: (after, limit) =>
      store.read((db) =>
        db.all<LogEntry>(`SELECT ${COLUMNS} FROM team_log WHERE sequence > @after ORDER BY sequence LIMIT @limit`, { after, limit }),
      ),
    readStream: (stream, after, limit) =>
      store.read((db) =>
        db.all<LogEntry>(`SELECT ${COLUMNS} FROM team_log WHERE stream = @stream AND sequence > @after ORDER BY sequence LIMIT @limit`, {
          stream,
          after,
          limit,
        }),
      ),
  };
}
