import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';

test('finds the newest timestamp given here, and filters of the past, in an index', () => {
  using database = disposable(new Database(':memory:'));
  const { connection } = database;
  migrate(connection, 11);
  const insert = connection.prepare(
    `INSERT INTO events(id, sequence, stream, type, version, actor, at, hlc, hash, body, signed_by)
     VALUES(@id, @sequence, 'case.case_1', 'case.claimed', 1, NULL, 0, @hlc, '', '{}', @signedBy)`,
  );
  insert.run({ id: 'evt_1', sequence: 1, hlc: '000000001-0000-here', signedBy: null });
  insert.run({ id: 'evt_2', sequence: 2, hlc: '000000009-0000-there', signedBy: 'bo' });
  const newest = 'SELECT max(hlc) FROM events WHERE signed_by IS NULL';
  const plan = (sql: string): string => JSON.stringify(connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
  expect(plan(newest)).not.toContain('events_own_time');
  migrate(connection, 12);
  expect(plan(newest)).toContain('USING INDEX events_own_time');
  expect(connection.prepare(newest).pluck().get()).toBe('000000001-0000-here');
  const past =
    "SELECT count(*) FROM cases c WHERE c.merged_into IS NULL AND c.channel = 'email' AND c.opened_at < 5 AND c.has_attachments = 1";
  expect(plan(past)).toContain('USING COVERING INDEX cases_newest');
});

function disposable(connection: Database.Database): Disposable & { readonly connection: Database.Database } {
  return { connection, [Symbol.dispose]: () => void connection.close() };
}
