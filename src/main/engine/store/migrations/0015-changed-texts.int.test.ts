import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';

test('remembers each message that says something else, once, and those that were edited before', () => {
  using database = disposable(new Database(':memory:'));
  const { connection } = database;
  migrate(connection, 14);
  connection.pragma('foreign_keys = ON');
  connection.exec(`
    INSERT INTO contacts(id, uid, address, name, first_seen_at) VALUES(1, 'con_1', 'ana@example.org', 'Ana', 0);
    INSERT INTO cases(id, uid, contact_id, account_uid, channel, status, priority, last_message_at, subject, preview, state)
      VALUES(1, 'case_1', 1, 'acc', 'email', 0, 1, 0, 's', 'p', '{}');
  `);
  const required = connection
    .prepare<[], { name: string; type: string }>(
      'SELECT name, type FROM pragma_table_info(\'messages\') WHERE "notnull" = 1 AND dflt_value IS NULL AND pk = 0',
    )
    .all();
  const insert = (id: number, editedAt: number | null): void => {
    const values: Record<string, string | number | null> = Object.fromEntries(
      required.map(({ name, type }) => [name, type === 'TEXT' ? 'x' : 0]),
    );
    const row: Record<string, string | number | null> = {
      ...values,
      id,
      uid: `msg_${id}`,
      case_id: 1,
      text: 'old',
      recipients: '{}',
      edited_at: editedAt,
    };
    const names = Object.keys(row);
    connection.prepare(`INSERT INTO messages(${names.join()}) VALUES(${names.map((name) => `@${name}`).join()})`).run(row);
  };
  insert(1, 5);
  insert(2, null);
  insert(3, null);
  insert(4, null);
  insert(5, null);
  migrate(connection, 15);
  const changed = (): unknown[] => connection.prepare('SELECT message_id FROM changed_texts ORDER BY 1').pluck().all();
  expect(changed()).toEqual([1]);
  connection.exec(
    "UPDATE messages SET subject = 'new' WHERE id = 2; UPDATE messages SET text = 'new' WHERE id = 2; UPDATE messages SET text = 'new' WHERE id = 4",
  );
  // the same words, and what nobody searches for
  connection.exec("UPDATE messages SET text = 'old', read_at = 9 WHERE id = 3");
  expect(changed()).toEqual([1, 2, 4]);
  connection.exec('UPDATE messages SET recipients = \'{"to":[]}\' WHERE id = 3');
  expect(changed()).toEqual([1, 2, 3, 4]);
  connection.exec("UPDATE messages SET subject = 'new' WHERE id = 5");
  expect(changed()).toEqual([1, 2, 3, 4, 5]);
  connection.exec('DELETE FROM messages WHERE id = 2');
  expect(changed()).toEqual([1, 3, 4, 5]);
});

function disposable(connection: Database.Database): Disposable & { readonly connection: Database.Database } {
  return { connection, [Symbol.dispose]: () => void connection.close() };
}
