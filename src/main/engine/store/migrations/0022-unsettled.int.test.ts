import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../migrate.ts';
import { silentConversations } from '../bot.store.ts';
import { openOutbox, queuedByAccount } from '../outbox.store.ts';
import type { ReadDb } from '../sql.ts';
import { instant } from '../../../../shared/domain/time.ts';

/** The plans of what is asked. */
function plansOf(database: Database.Database, ask: (db: ReadDb) => unknown): string {
  const plans: string[] = [];
  const explain = (sql: string, values: object = {}): never[] => {
    const statement = database.prepare<[object], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
    plans.push(...statement.all(values).map(({ detail }) => detail));
    return [];
  };
  ask({ all: explain, get: explain } as unknown as ReadDb);
  return plans.join();
}

test('what is rare is found without reading everything', () => {
  const database = new Database(':memory:');
  migrate(database);
  expect(plansOf(database, openOutbox)).toContain('outbox_unsettled');
  expect(plansOf(database, queuedByAccount)).toContain('outbox_unsettled');
  expect(plansOf(database, (db) => silentConversations(db, instant(1)))).toContain('cases_with_bot');
  database.close();
});

test('the file of before it is carried on', () => {
  const database = new Database(':memory:');
  migrate(database, 21);
  migrate(database);
  expect(
    database.prepare("SELECT count(*) AS count FROM sqlite_master WHERE name IN ('outbox_unsettled', 'cases_with_bot')").get(),
  ).toEqual({
    count: 2,
  });
  database.close();
});
