import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';

test('what few cases have is found without reading all of them', () => {
  using database = disposable(new Database(':memory:'));
  const { connection } = database;
  migrate(connection, 13);
  connection.exec("INSERT INTO contacts(id, uid, address, name, first_seen_at) VALUES(1, 'con_1', 'ana@example.org', 'Ana', 0)");
  const insert = connection.prepare(
    `INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, last_message_at, unread, subject, preview, state)
     VALUES(@uid, 1, 'acc', 'email', 3, 1, @at, @unread, 's', 'p', '{}')`,
  );
  for (let index = 0; index < 50; index += 1) insert.run({ uid: `case_${index}`, at: index, unread: index % 25 === 0 ? 1 : 0 });
  migrate(connection, 14);
  const answer = (condition: string): readonly [plan: string, uids: readonly unknown[]] => {
    const sql = `SELECT uid FROM cases WHERE ${condition} AND merged_into IS NULL ORDER BY last_message_at DESC, id DESC`;
    return [JSON.stringify(connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()), connection.prepare(sql).pluck().all()];
  };
  const [unread, uids] = answer('unread = 1');
  expect(unread).toContain('cases_unread');
  expect(unread).not.toContain('TEMP B-TREE');
  expect(uids).toEqual(['case_25', 'case_0']);
  expect(answer('next_promise IS NOT NULL')[0]).toContain('cases_promised');
  expect(answer('open_handoff IS NOT NULL')[0]).toContain('cases_offered');
  // a case that is read leaves the index, and one that is not comes into it
  connection.exec("UPDATE cases SET unread = CASE uid WHEN 'case_0' THEN 0 WHEN 'case_7' THEN 1 ELSE unread END");
  expect(answer('unread = 1')[1]).toEqual(['case_25', 'case_7']);
});

function disposable(connection: Database.Database): Disposable & { readonly connection: Database.Database } {
  return { connection, [Symbol.dispose]: () => void connection.close() };
}
