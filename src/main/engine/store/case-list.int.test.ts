import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countViews, listCases } from './case-list.store.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { Store } from './sql.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import { DUE_SOON_MS, SORTS, VIEWS } from '../../../shared/domain/views.ts';
import type { SortId, ViewId } from '../../../shared/domain/views.ts';

const ME = makeId('agt', 'me');
const NOW = instant(1_800_000_000_000);
const VIEWER = { me: ME, now: NOW };
const NOT_WAITING = Number.MAX_SAFE_INTEGER;
let folder = '';
let store: Store;

interface Facts {
  readonly status: number;
  readonly assignee: string;
  readonly snoozed: number;
  readonly vip: number;
  readonly waiting: number;
  readonly last: number;
  readonly lane: number;
  readonly due: number;
}
const facts: Facts[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-list-'));
  store = new Store(join(folder, 'main.db'));
  migrate(store.database);
  // Every combination of what the views look at, several times over.
  let n = 0;
  for (const status of [0, 1, 2, 3])
    for (const assignee of ['', ME, makeId('agt', 'other')])
      for (const snoozed of [0, 1_900_000_000_000])
        for (const vip of [0, 1])
          for (const waiting of [NOT_WAITING, 1_700_000_000_000])
            for (let copy = 0; copy < 3; copy += 1) {
              n += 1;
              facts.push({
                status,
                assignee,
                snoozed,
                vip,
                waiting: waiting === NOT_WAITING ? waiting : waiting + (n % 17),
                last: 1_700_000_000_000 + ((n * 7919) % 1_000),
                lane: n % 2,
                due:
                  [NOT_WAITING, NOW - 1_000 * (n % 13), NOW, NOW + 1_000 * (n % 13), NOW + DUE_SOON_MS, NOW + DUE_SOON_MS + 1][n % 6] ?? 0,
              });
            }
  store.write((tx) => {
    tx.run("INSERT INTO contacts(uid, address, name, first_seen_at) VALUES('con_a', 'a@b', 'A', 0)");
    facts.forEach((each, index) => {
      tx.run(
        `INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, assignee, vip, waiting_since, snoozed_until, last_message_at, unread, lane, next_due_at, merged_into, subject, preview, state)
         VALUES(@uid, 1, 'acc_a', 'email', @status, 1, @assignee, @vip, @waiting, @snoozed, @last, @unread, @lane, @due, NULL, @uid, '', '{"labels":[],"lastDirection":"in"}')`,
        { uid: `case_${index}`, ...each, unread: index % 2 },
      );
    });
    tx.run(
      "INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, last_message_at, merged_into, subject, preview, state) VALUES('case_gone', 1, 'acc_a', 'email', 0, 1, 0, 'case_0', '', '', '{}')",
    );
  });
});
afterAll(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** The views in plain words, written apart from the SQL. */
const BELONGS: Record<ViewId, (each: Facts) => boolean> = {
  mine: (each) => each.assignee === ME && each.status < 3 && each.snoozed === 0,
  unassigned: (each) => each.assignee === '' && each.status < 3 && each.snoozed === 0,
  vip: (each) => each.vip > 0 && each.status < 3 && each.snoozed === 0,
  'due-soon': (each) => each.status < 3 && each.snoozed === 0 && each.due > NOW && each.due <= NOW + DUE_SOON_MS,
  overdue: (each) => each.status < 3 && each.due <= NOW,
  'waiting-us': (each) => each.status === 0 && each.waiting < NOT_WAITING && each.snoozed === 0,
  'waiting-customer': (each) => (each.status === 1 || (each.status === 0 && each.waiting === NOT_WAITING)) && each.snoozed === 0,
  snoozed: (each) => each.snoozed > 0 && each.status < 3,
  solved: (each) => each.status === 3,
  all: () => true,
};
const ORDER: Record<SortId, (a: Facts, b: Facts) => number> = {
  due: (a, b) => a.lane - b.lane || a.due - b.due || b.last - a.last,
  waiting: (a, b) => a.waiting - b.waiting || b.last - a.last,
  newest: (a, b) => b.last - a.last,
  oldest: (a, b) => a.last - b.last,
};

function factsOf(caseId: string): Facts {
  const found = facts[Number(caseId.slice('case_'.length))];
  if (found === undefined) throw new Error(`no facts for ${caseId}`);
  return found;
}

describe.each(VIEWS)('%s', (view) => {
  test.each(SORTS)('sorted by %s', (sort) => {
    const expected = facts.filter(BELONGS[view]).sort(ORDER[sort]);
    const list = store.read((db) => listCases(db, { view, sort, limit: 1_000 }, VIEWER));
    expect(list.total).toBe(expected.length);
    const keys: Record<SortId, (each: Facts) => number[]> = {
      due: (each) => [each.lane, each.due, each.last],
      waiting: (each) => [each.waiting, each.last],
      newest: (each) => [each.last],
      oldest: (each) => [each.last],
    };
    expect(list.rows.map((row) => keys[sort](factsOf(row.caseId)))).toEqual(expected.map(keys[sort]));
    const page = store.read((db) => listCases(db, { view, sort, limit: 5 }, VIEWER));
    expect(page.rows.map((row) => row.caseId)).toEqual(list.rows.slice(0, 5).map((row) => row.caseId));
    expect(page.total).toBe(expected.length);
  });
  test('counted', () => {
    expect(store.read((db) => countViews(db, VIEWER))[view]).toBe(facts.filter(BELONGS[view]).length);
  });
});

test('nobody who has not said who they are owns the unassigned', () => {
  expect(store.read((db) => listCases(db, { view: 'mine', sort: 'newest', limit: 10 }, { me: null, now: NOW })).rows).toEqual([]);
});

describe('plans', () => {
  const plan = (sql: string): string =>
    store.database
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => row.detail)
      .join('\n');
  test('the queue is walked along its own index, without sorting', () => {
    const text = plan(
      "SELECT id FROM cases WHERE merged_into IS NULL AND assignee = '' AND status < 3 AND snoozed_until = 0 ORDER BY lane ASC, next_due_at ASC, last_message_at DESC, id DESC LIMIT 200",
    );
    expect(text).toContain('USING COVERING INDEX cases_due');
    expect(text).not.toContain('TEMP B-TREE');
  });
  test('the newest first view is walked along its own index, without sorting', () => {
    const text = plan('SELECT id FROM cases WHERE merged_into IS NULL AND 1 = 1 ORDER BY last_message_at DESC, id DESC LIMIT 200');
    expect(text).toContain('USING COVERING INDEX cases_newest');
    expect(text).not.toContain('TEMP B-TREE');
  });
  test('the counts are taken from one covering index', () => {
    const text = plan(
      "SELECT count(*) FILTER (WHERE assignee = '' AND snoozed_until = 0) FROM cases INDEXED BY cases_due WHERE status < 3 AND merged_into IS NULL",
    );
    expect(text).toContain('USING COVERING INDEX cases_due');
  });
  test('a thread is read along its index', () => {
    expect(plan('SELECT uid FROM messages WHERE case_id = 1 ORDER BY sent_at, id')).toContain('USING INDEX messages_case');
  });
});

test('migration 1 makes every table strict', () => {
  const tables = store.database
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  expect(tables.length).toBeGreaterThan(15);
  expect(tables.filter((table) => table.strict === 0)).toEqual([]);
  expect(store.database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
});
