import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';

test('keeps what was counted here, of which nobody knows yet', () => {
  using database = disposable(new Database(':memory:'));
  const { connection } = database;
  migrate(connection, 22);
  connection.exec("INSERT INTO macro_uses(macro_id, uses, last_used_at) VALUES('mac_1', 7, 1000)");
  migrate(connection, 23);
  expect(connection.prepare('SELECT * FROM macro_uses').all()).toEqual([
    { macro_id: 'mac_1', uses: 7, last_used_at: 1000, told: 0, told_at: 0 },
  ]);
  const insert = connection.prepare("INSERT INTO team_macro_uses(macro_id, agent, uses) VALUES('mac_1', @agent, 1)");
  insert.run({ agent: 'agt_ana' });
  insert.run({ agent: 'agt_bo' });
  expect(() => insert.run({ agent: 'agt_bo' })).toThrow(/UNIQUE/u);
});

function disposable(connection: Database.Database): Disposable & { readonly connection: Database.Database } {
  return { connection, [Symbol.dispose]: () => void connection.close() };
}
