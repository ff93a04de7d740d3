import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idsSql, listCases } from './case-list.store.ts';
import { countViews } from './case-totals.store.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { dueCases } from './due-cases.store.ts';
import { dropNeeds } from './runway.store.ts';
import { laneSql } from './runway-order.store.ts';
import { Store, withoutPeeking } from './sql.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant } from '../../../shared/domain/time.ts';
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
  /** 0: not worked out yet. */
  readonly need: number;
}
const facts: Facts[] = [];

/** When somebody is on for each need, in hours from now: somebody now, somebody later, nobody ever. */
const STAFFED: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [],
  [
    [-1, 1],
    [5, 9],
  ],
  [[3, 4]],
  [],
];
const MUCH = 5_000_000_000;
/** Staffed time from long ago to an instant, counted from some number. */
function staffedUntil(need: number, at: number): number {
  const spans = STAFFED[need] ?? [];
  return spans.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(at, NOW + to * HOUR_MS) - (NOW + from * HOUR_MS)), MUCH * need);
}
function runwayOf({ need, due }: Facts): number {
  return need === 0 || due === NOT_WAITING ? Number.POSITIVE_INFINITY : staffedUntil(need, Math.max(due, NOW)) - staffedUntil(need, NOW);
}

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
                  [
                    NOT_WAITING,
                    NOW - 1_000 * (n % 13),
                    NOW,
                    NOW + 1_000 * (n % 13),
                    NOW + DUE_SOON_MS,
                    NOW + DUE_SOON_MS + 1,
                    NOW + 3 * HOUR_MS,
                    NOW + 3 * HOUR_MS + 1,
                    NOW + 6 * HOUR_MS,
                  ][(n * 5) % 9] ?? 0,
                need: (n * 3 + Math.floor(n / 4)) % 4,
              });
            }
  store.write((tx) => {
    const line =
      'INSERT INTO coverage_needs(id, key, base, since, opens_at, as_of, body) VALUES(@id, @key, @base, @since, @opens, 0, @body)';
    tx.run(line, { id: 1, key: 'now', base: MUCH, since: NOW - HOUR_MS, opens: 0, body: '{}' });
    tx.run(line, { id: 2, key: 'later', base: 2 * MUCH, since: null, opens: NOW + 3 * HOUR_MS, body: '{}' });
    tx.run(line, { id: 3, key: 'never', base: 3 * MUCH, since: null, opens: NOT_WAITING - 1, body: '{}' });
    tx.run("INSERT INTO contacts(uid, address, name, first_seen_at) VALUES('con_a', 'a@b', 'A', 0)");
    facts.forEach((each, index) => {
      tx.run(
        `INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, assignee, vip, waiting_since, snoozed_until, last_message_at, unread, lane, next_due_at, need, staffed_due, merged_into, subject, preview, state)
         VALUES(@uid, 1, 'acc_a', 'email', @status, 1, @assignee, @vip, @waiting, @snoozed, @last, @unread, @lane, @due, @need, @staffed, NULL, @uid, '', '{"labels":[],"lastDirection":"in","bot":null}')`,
        {
          uid: `case_${index}`,
          ...each,
          unread: index % 2,
          staffed: each.need === 0 || each.due === NOT_WAITING ? null : staffedUntil(each.need, each.due),
        },
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
  unstaffed: (each) => each.status < 3 && each.snoozed === 0 && each.due > NOW && runwayOf(each) === 0,
  'waiting-us': (each) => each.status === 0 && each.waiting < NOT_WAITING && each.snoozed === 0,
  'waiting-customer': (each) => (each.status === 1 || (each.status === 0 && each.waiting === NOT_WAITING)) && each.snoozed === 0,
  snoozed: (each) => each.snoozed > 0 && each.status < 3,
  solved: (each) => each.status === 3,
  all: () => true,
};
/** Numbers that sort by runway, in plain words; written apart from the merge. */
function runwayKey(each: Facts): number[] {
  const { MAX_VALUE } = Number;
  if (each.status === 3) return [9, 0, 0, -each.last];
  if (each.due <= NOW || runwayOf(each) === 0) return [0, 0, each.due, -each.last];
  return [1 + each.lane, Math.min(MAX_VALUE, runwayOf(each)), each.due, -each.last];
}
const ORDER: Record<SortId, (a: Facts, b: Facts) => number> = {
  runway: (a, b) => {
    const [left, right] = [runwayKey(a), runwayKey(b)];
    return left.map((value, index) => value - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  },
  due: (a, b) => a.lane - b.lane || a.due - b.due || b.last - a.last,
  waiting: (a, b) => a.waiting - b.waiting || b.last - a.last,
  newest: (a, b) => b.last - a.last,
  oldest: (a, b) => a.last - b.last,
  waking: (a, b) => Number(a.snoozed === 0) - Number(b.snoozed === 0) || a.snoozed - b.snoozed || b.last - a.last,
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
      runway: runwayKey,
      due: (each) => [each.lane, each.due, each.last],
      waiting: (each) => [each.waiting, each.last],
      newest: (each) => [each.last],
      oldest: (each) => [each.last],
      waking: (each) => [each.snoozed === 0 ? 1 : 0, each.snoozed, each.last],
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

test('a row tells what its runway is worked out from', () => {
  const rows = store.read((db) => listCases(db, { view: 'all', sort: 'runway', limit: 1_000 }, VIEWER)).rows;
  for (const row of rows) {
    const each = factsOf(row.caseId);
    const told =
      row.runway === null
        ? Number.POSITIVE_INFINITY
        : Math.max(0, row.runway.staffedAtDue - row.runway.base - (row.runway.since === null ? 0 : NOW - row.runway.since));
    expect(told).toBe(runwayOf(each));
  }
});

test('cases that name a need which is gone are still there, as cases of which nothing is known', () => {
  const kept = store.read((db) => db.get<Record<string, number | string | null>>('SELECT * FROM coverage_needs WHERE id = 2')) ?? {};
  store.write((tx) => tx.run('DELETE FROM coverage_needs WHERE id = 2'));
  const { rows } = store.read((db) => listCases(db, { view: 'all', sort: 'runway', limit: 1_000 }, VIEWER));
  const due = store.read((db) => dueCases(db, 'all', { from: instant(NOW - DAY_MS), to: instant(NOW + DAY_MS) }, VIEWER));
  store.write((tx) =>
    tx.run(
      'INSERT INTO coverage_needs(id, key, base, since, opens_at, as_of, body) VALUES(@id, @key, @base, @since, @opens_at, @as_of, @body)',
      kept,
    ),
  );
  expect(rows).toHaveLength(facts.length);
  const isOpen = (each: Facts): boolean => each.status < 3 && each.due !== NOT_WAITING;
  expect(due).toHaveLength(facts.filter(isOpen).length);
  const ofGone = rows.filter((row) => factsOf(row.caseId).need === 2);
  expect(ofGone.length).toBeGreaterThan(0);
  expect(ofGone.every((row) => row.runway === null)).toBe(true);
});

test('without a plan the runway is unknown and cases go by due time', () => {
  const order = (sort: SortId): readonly string[] =>
    store.read((db) => listCases(db, { view: 'unassigned', sort, limit: 1_000 }, VIEWER)).rows.map((row) => row.caseId);
  const kept = store.read((db) => db.all<Record<string, number | string | null>>('SELECT * FROM coverage_needs'));
  store.write((tx) => dropNeeds(tx));
  const rows = store.read((db) => listCases(db, { view: 'all', sort: 'runway', limit: 1_000 }, VIEWER)).rows;
  expect(rows.every((row) => row.runway === null)).toBe(true);
  expect(rows.map((row) => factsOf(row.caseId).status === 3)).toEqual([
    ...facts.filter((each) => each.status < 3).map(() => false),
    ...facts.filter((each) => each.status === 3).map(() => true),
  ]);
  expect(order('runway')).toEqual(order('due'));
  store.write((tx) => {
    for (const row of kept) {
      tx.run(
        'INSERT INTO coverage_needs(id, key, base, since, opens_at, as_of, body) VALUES(@id, @key, @base, @since, @opens_at, @as_of, @body)',
        row,
      );
    }
  });
});

describe('plans', () => {
  const plan = (sql: string): string => {
    const statement = store.database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${withoutPeeking(sql)}`);
    const names = [...new Set(sql.match(/(?<=@)[a-z]+/gu) ?? [])];
    const rows = names.length === 0 ? statement.all() : statement.all(Object.fromEntries(names.map((name) => [name, 1])));
    return rows.map((row) => row.detail).join('\n');
  };
  test.each(VIEWS.filter((view) => !['solved', 'all', 'unstaffed'].includes(view)))(
    'by due time %s is walked along its own index, without sorting',
    (view) => {
      const text = plan(idsSql(view, 'due'));
      // What is due in a stretch of time is a short range of another index.
      if (view === 'due-soon' || view === 'overdue' || view === 'snoozed') return;
      expect(text).toContain('USING COVERING INDEX cases_due');
      expect(text).not.toContain('TEMP B-TREE');
    },
  );
  test.each(VIEWS.filter((view) => view !== 'solved'))(
    'by runway the lanes of %s are walked along their own index, without sorting',
    (view) => {
      const text = plan(laneSql(view));
      expect(text).toContain('USING COVERING INDEX cases_runway (need=? AND lane=?');
      expect(text).not.toContain('TEMP B-TREE');
    },
  );
  test('what breaches before anyone starts is a range of due times in each need', () => {
    const count = idsSql('unstaffed', 'newest')
      .replace(/^SELECT c.id/u, 'SELECT count(*)')
      .replace(/ORDER BY.*$/u, '');
    expect(plan(count)).toContain('SEARCH c USING COVERING INDEX cases_runway (need=? AND lane=? AND next_due_at>? AND next_due_at<?)');
  });
  test('the newest first view is walked along its own index, without sorting', () => {
    const text = plan(idsSql('all', 'newest'));
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
