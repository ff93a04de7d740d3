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

/**
 * The table behind a local log. An append looks and stores in one transaction. What is expected is looked at before the id, as a hub
 * does: a repetition with an expectation that is no longer so is `moved`.
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
        if (expected !== undefined && newestOf(db, stream) !== expected) return { kind: 'moved' };
        const sequence = newest(db) + 1;
        if (place !== undefined && sequence !== place) return { kind: 'moved' };
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
