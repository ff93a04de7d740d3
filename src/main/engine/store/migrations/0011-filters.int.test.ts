import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';

test('fills in what older cases and contacts did not have', () => {
  using database = disposable(new Database(':memory:'));
  const { connection } = database;
  migrate(connection, 10);
  connection.exec(`
    INSERT INTO contacts(id, uid, address, name, first_seen_at) VALUES(1, 'con_1', 'ana@example.org', 'ANA Çelik', 0);
    INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, last_message_at, subject, preview, state)
      VALUES('case_1', 1, 'acc', 'email', 0, 1, 2000, 's', 'p', '{"openedAt":1000}'), ('case_2', 1, 'acc', 'email', 0, 1, 3000, 's', 'p', '{}');
  `);
  migrate(connection, 11);
  expect(connection.prepare('SELECT opened_at FROM cases ORDER BY uid').pluck().all()).toEqual([1000, 3000]);
  expect(connection.prepare('SELECT folded FROM contacts').pluck().get()).toBe('ana celik\nana@example.org');
});

function disposable(connection: Database.Database): Disposable & { readonly connection: Database.Database } {
  return { connection, [Symbol.dispose]: () => void connection.close() };
}
