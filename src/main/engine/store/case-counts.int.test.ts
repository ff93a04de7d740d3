import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changesOf, watchCases } from './case-changes.store.ts';
import { keptCount } from './case-counts.store.ts';
import { compileConditions, NO_FILTER } from './case-filter.store.ts';
import { listCases, tablesOfRows } from './case-list.store.ts';
import { countedLabels, listLabels } from './label-counts.store.ts';
import { countedFilters, countedViews, countFilters, countViews } from './case-totals.store.ts';
import { viewFilter } from './case-views.store.ts';
import { migrate } from './migrate.ts';
import { Store } from './sql.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { CASE_STATES } from '../../../shared/domain/query/case-query.ts';
import type { Condition } from '../../../shared/domain/query/case-query.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';

const ME = makeId('agt', 'me');
const START = instant(Date.parse('2026-11-29T12:00:00Z'));
const NEVER = Number.MAX_SAFE_INTEGER;
const CASES = 60;
/** So few that the beginning of a test is too much to follow. */
const MANY = 40;

let folder = '';
let store: Store;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-counts-'));
  store = new Store(join(folder, 'main.db'));
  migrate(store.database);
  watchCases(store, MANY);
});
afterAll(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Columns of a case, chosen by a number. */
function columnsOf(seed: number): Readonly<Record<string, string | number | null>> {
  const pick = <Value>(place: number, values: readonly Value[]): Value => {
    const value = values[Math.floor(seed / place) % values.length];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  };
  const status = pick(1, [0, 1, 2, 3, 0, 3]);
  const hours = (place: number): number => START + pick(place, [-30, -3, -1, 0, 1, 2, 5, 40]) * HOUR_MS + (seed % 7) * 20 * MINUTE_MS;
  return {
    status,
    assignee: pick(2, ['', ME, 'agt_other']),
    vip: pick(3, [0, 0, 1]),
    unread: pick(4, [0, 1]),
    snoozed: pick(5, [0, 0, hours(3)]),
    waiting: pick(6, [NEVER, hours(5)]),
    due: status === 3 ? NEVER : pick(7, [NEVER, hours(2), hours(11)]),
    last: hours(13),
    opened: hours(17),
    lane: pick(9, [0, 1]),
    need: pick(10, [0, 1, 2]),
    channel: pick(11, ['email', 'chat']),
    language: pick(12, [null, 'en', 'zh-Hans']),
    subject: pick(13, ['Invoice 12', 'Refund']),
    contact: pick(14, [1, 2]),
    merged: pick(15, [null, null, null, null, 'case_0']),
  };
}

function addCase(tx: WriteDb, uid: string, seed: number): void {
  tx.run(
    `INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, assignee, vip, language, waiting_since, snoozed_until, last_message_at, unread,
       merged_into, subject, preview, state, lane, next_due_at, need, opened_at)
     VALUES(@uid, @contact, 'acc', @channel, @status, 1, @assignee, @vip, @language, @waiting, @snoozed, @last, @unread, @merged, @subject, '', '{"labels":[],"bot":null}', @lane, @due, @need, @opened)`,
    { uid, ...columnsOf(seed) },
  );
}

beforeEach(() => {
  store.write((tx) => {
    for (const table of ['drafts', 'case_labels', 'cases', 'coverage_needs', 'contacts']) tx.run(`DELETE FROM ${table}`);
    for (const id of [1, 2]) {
      tx.run(`INSERT INTO contacts(id, uid, address, name, first_seen_at, folded) VALUES(@id, 'con_' || @id, 'a', 'A', 0, 'ana ' || @id)`, {
        id,
      });
      tx.run(`INSERT INTO coverage_needs(id, key, base, since, opens_at, as_of, body) VALUES(@id, @id, 0, NULL, @opens, 0, '{}')`, {
        id,
        opens: START + id * 3 * HOUR_MS,
      });
    }
    for (let index = 0; index < CASES; index += 1) addCase(tx, `case_${index}`, index * 37 + 5);
  });
});

const CONDITIONS: readonly (readonly Condition[])[] = [
  [{ field: 'status', not: false, values: ['open', 'pending'] }],
  [{ field: 'is', not: false, values: ['overdue', 'unstaffed'] }],
  [{ field: 'is', not: true, values: ['unstaffed'] }],
  [{ field: 'label', not: false, values: ['kyc'] }],
  [{ field: 'label', not: true, values: ['kyc'] }],
  [{ field: 'from', not: false, values: ['ana 1', 'zoe'] }],
  [{ field: 'subject', not: false, values: ['invoice'] }],
  [{ field: 'has', not: false, values: ['draft'] }],
  [{ field: 'due', not: false, side: 'before', moment: { kind: 'offset', ms: 2 * HOUR_MS } }],
  [{ field: 'due', not: true, side: 'before', moment: { kind: 'offset', ms: 2 * HOUR_MS } }],
  [{ field: 'waiting', not: false, side: 'before', moment: { kind: 'offset', ms: -HOUR_MS } }],
  [
    { field: 'waiting', not: false, side: 'before', moment: { kind: 'offset', ms: -HOUR_MS } },
    { field: 'status', not: false, values: ['open'] },
  ],
  [{ field: 'updated', not: false, side: 'from', moment: { kind: 'offset', ms: -2 * HOUR_MS } }],
  [{ field: 'opened', not: false, side: 'before', moment: { kind: 'offset', ms: -HOUR_MS } }],
  [{ field: 'snoozed', not: false, side: 'before', moment: { kind: 'offset', ms: 3 * HOUR_MS } }],
  [
    { field: 'channel', not: false, values: ['chat'] },
    { field: 'updated', not: true, side: 'before', moment: { kind: 'day', days: 0 } },
  ],
  [],
];

class TakenBackError extends Error {
  override readonly name = 'TakenBackError';
}

/** What may happen: each does something to the database, or to the clock. */
interface World {
  now: number;
}
type Step = (world: World) => void;
const someCase = fc.integer({ min: 0, max: CASES - 1 });
const seed = fc.integer({ min: 0, max: 1_000_000 });
const inOne = (work: (tx: WriteDb) => void) => (): void => {
  store.write(work);
};
const SET = `UPDATE cases SET status = @status, assignee = @assignee, vip = @vip, unread = @unread, snoozed_until = @snoozed, waiting_since = @waiting,
  next_due_at = @due, last_message_at = @last, opened_at = @opened, lane = @lane, need = @need, channel = @channel, language = @language, subject = @subject,
  contact_id = @contact, merged_into = @merged WHERE uid = @uid`;
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(someCase, seed).map(([at, of]) => inOne((tx) => tx.run(SET, { uid: `case_${at}`, ...columnsOf(of) }))),
  fc.tuple(seed, seed).map(([uid, of]) => inOne((tx) => void (uid % 3 === 0 || addCase(tx, `case_new_${uid}_${of}`, of)))),
  someCase.map((at) =>
    inOne((tx) => {
      tx.run('DELETE FROM case_labels WHERE case_id = (SELECT id FROM cases WHERE uid = @uid)', { uid: `case_${at}` });
      tx.run('DELETE FROM cases WHERE uid = @uid', { uid: `case_${at}` });
    }),
  ),
  fc
    .tuple(someCase, fc.boolean())
    .map(([at, isOn]) =>
      inOne((tx) =>
        tx.run(
          isOn
            ? "INSERT OR IGNORE INTO case_labels(label, case_id) SELECT 'kyc', id FROM cases WHERE uid = @uid"
            : "DELETE FROM case_labels WHERE label = 'kyc' AND case_id = (SELECT id FROM cases WHERE uid = @uid)",
          { uid: `case_${at}` },
        ),
      ),
    ),
  fc
    .tuple(someCase, fc.boolean())
    .map(([at, isOn]) =>
      inOne((tx) =>
        tx.run(
          isOn
            ? "INSERT OR IGNORE INTO drafts(uid, case_uid, kind, saved_at, recipients, text) VALUES('d' || @uid, @uid, 'reply', 0, '{}', '')"
            : 'DELETE FROM drafts WHERE case_uid = @uid',
          { uid: `case_${at}` },
        ),
      ),
    ),
  fc
    .tuple(fc.constantFrom(1, 2), fc.constantFrom('ana 1', 'zoe', 'bo'))
    .map(([id, folded]) => inOne((tx) => tx.run('UPDATE contacts SET folded = @folded WHERE id = @id', { id, folded }))),
  fc
    .tuple(fc.constantFrom(1, 2), fc.integer({ min: -4, max: 40 }))
    .map(([id, hours]) =>
      inOne((tx) => tx.run('UPDATE coverage_needs SET opens_at = @opens WHERE id = @id', { id, opens: START + hours * HOUR_MS })),
    ),
  // taken back: nothing of it may be counted
  fc.tuple(someCase, seed).map(([at, of]) => () => {
    try {
      store.write((tx) => {
        tx.run(SET, { uid: `case_${at}`, ...columnsOf(of) });
        // whoever reads meanwhile sees what was before, and must not take the change for counted
        store.read((db) => countViews(db, { me: ME, now: START }));
        throw new TakenBackError();
      });
    } catch (error) {
      if (!(error instanceof TakenBackError)) throw error;
    }
  }),
  fc.tuple(someCase, seed, seed).map(
    ([at, of, other]) =>
      () =>
        store.write((tx) => {
          tx.run(SET, { uid: `case_${at}`, ...columnsOf(of) });
          store.read((db) => countViews(db, { me: ME, now: START }));
          tx.run(SET, { uid: `case_${(at + 1) % CASES}`, ...columnsOf(other) });
        }),
  ),
  // the clock goes on, and now and then back
  fc.integer({ min: -90, max: 400 }).map((minutes) => (world: World) => {
    world.now += minutes * MINUTE_MS;
  }),
);

/** The same connection to those who remember nothing. */
function forgetful(db: ReadDb): ReadDb {
  return { get: db.get.bind(db), all: db.all.bind(db) } as unknown as ReadDb;
}

const LISTS = [
  ['all', 'newest'],
  ['all', 'runway'],
  ['mine', 'runway'],
  ['unassigned', 'due'],
  ['unstaffed', 'newest'],
] as const;
const FEW = { view: 'all', sort: 'oldest', limit: 5 } as const;

interface Answers {
  readonly kept: readonly unknown[];
  readonly anew: readonly unknown[];
}

/** Everything that is remembered, and the same worked out anew. */
function answersAt(now: number): Answers {
  const viewer = { me: ME, now: instant(now) };
  const filters = CONDITIONS.map((conditions, index) => compileConditions(conditions, { ...viewer, zone: 'Europe/Lisbon' }, `f${index}x`));
  const lists = LISTS.map(([view, sort]) => ({ view, sort, limit: view === 'all' ? 40 : 5 }));
  const [, , , labelled = NO_FILTER] = filters;
  return store.read((db) => ({
    kept: [
      countFilters(db, filters),
      countViews(db, viewer),
      listLabels(db),
      ...lists.map((list) => listCases(db, list, viewer)),
      listCases(db, { ...FEW, filter: labelled }, viewer),
    ],
    anew: [
      countedFilters(db, filters),
      countedViews(db, viewer),
      countedLabels(db),
      ...lists.map((list) => listCases(forgetful(db), list, viewer)),
      listCases(forgetful(db), { ...FEW, filter: labelled }, viewer),
    ],
  }));
}

const keptAt = (now: number): readonly unknown[] => answersAt(now).kept;
const anewAt = (now: number): readonly unknown[] => answersAt(now).anew;

test('what is counted by changes is what is counted by reading everything', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 8 }), (happened) => {
      const world: World = { now: START };
      expect(keptAt(world.now)).toEqual(anewAt(world.now));
      for (const step of happened) {
        step(world);
        expect(keptAt(world.now)).toEqual(anewAt(world.now));
      }
    }),
    { numRuns: 20 },
  );
});

/** Statements that a question needs, by a reader that counts them. */
function statementsOf(work: () => void): number {
  const { all } = Reflect.getPrototypeOf(store.read((db) => db)) as { all: (...given: readonly unknown[]) => unknown };
  let asked = 0;
  const reader = store.read((db) => db);
  Object.assign(reader, {
    all(...given: readonly unknown[]) {
      asked += 1;
      return all.apply(reader, [...given]);
    },
  });
  try {
    work();
  } finally {
    Reflect.deleteProperty(reader, 'all');
  }
  return asked;
}

test('a count is remembered, and only what has changed is looked at again', () => {
  const ask = (now = START): number => store.read((db) => keptCount(db, viewFilter('unassigned', { me: ME, now })) ?? -1);
  const before = ask();
  expect(statementsOf(ask)).toBe(0);
  store.write((tx) => {
    tx.run("UPDATE cases SET status = 0, assignee = '', snoozed_until = 0, merged_into = NULL");
    tx.run("UPDATE cases SET assignee = 'agt_other' WHERE uid = 'case_3'");
  });
  expect(before).not.toBe(CASES - 1);
  expect(ask()).toBe(CASES - 1);
  expect(statementsOf(ask)).toBe(0);
});

test('more changes than are worth following are counted anew', () => {
  const ask = (): number => store.read((db) => keptCount(db, viewFilter('waiting-us', { me: ME, now: START })) ?? -1);
  ask();
  store.write((tx) => {
    for (let index = 0; index < 300; index += 1) addCase(tx, `case_many_${index}`, index * 31);
  });
  expect(keptAt(START)).toEqual(anewAt(START));
  store.write((tx) => tx.run('DELETE FROM cases WHERE id % 2 = 0'));
  expect(keptAt(START)).toEqual(anewAt(START));
  expect(ask()).toBe(store.read((db) => countedViews(db, { me: ME, now: START }))['waiting-us']);
});

test('a remembered answer depends on the same tables as a counted one', () => {
  const filter = compileConditions(CONDITIONS[3] ?? [], { me: ME, now: START, zone: 'UTC' });
  const first = store.readTracked((db) => keptCount(db, filter));
  const second = store.readTracked((db) => keptCount(db, filter));
  expect([...second.tables].toSorted()).toEqual(['case_labels', 'cases']);
  expect([...first.tables].toSorted()).toEqual([...second.tables].toSorted());
});

const UID = { uid: 'case_1' };
const ID = '(SELECT id FROM cases WHERE uid = @uid)';
test.each<readonly [string, Condition, string]>([
  ['a label is given', { field: 'label', not: false, values: ['kyc'] }, `INSERT INTO case_labels(label, case_id) VALUES('kyc', ${ID})`],
  ['a label is taken', { field: 'label', not: false, values: ['old'] }, `DELETE FROM case_labels WHERE label = 'old' AND case_id = ${ID}`],
  ['a label changes', { field: 'label', not: false, values: ['kyc'] }, `UPDATE case_labels SET label = 'kyc' WHERE case_id = ${ID}`],
  ['a draft is begun', { field: 'has', not: false, values: ['draft'] }, `UPDATE drafts SET case_uid = @uid`],
  ['a draft is dropped', { field: 'has', not: false, values: ['draft'] }, `DELETE FROM drafts WHERE @uid = @uid`],
  ['a contact is named', { field: 'from', not: false, values: ['ana 1'] }, `UPDATE contacts SET folded = 'bo ' || @uid WHERE id = 1`],
  ['somebody comes', { field: 'is', not: false, values: ['unstaffed'] }, `UPDATE coverage_needs SET opens_at = 0 WHERE @uid = @uid`],
  ['a plan ends', { field: 'is', not: false, values: ['unstaffed'] }, `DELETE FROM coverage_needs WHERE @uid = @uid`],
  ['a case is read', { field: 'is', not: false, values: ['unread'] }, 'UPDATE cases SET unread = 1 - unread WHERE uid = @uid'],
  [
    'a case goes',
    { field: 'is', not: true, values: ['offered'] },
    'DELETE FROM cases WHERE uid = @uid AND id NOT IN (SELECT case_id FROM case_labels)',
  ],
])('the count follows when %s', (_what, condition, change) => {
  const filter = compileConditions([condition], { me: ME, now: START, zone: 'UTC' });
  store.write((tx) => {
    tx.run('UPDATE cases SET status = 0, merged_into = NULL, next_due_at = @due, need = 1', { due: START + HOUR_MS });
    if (change.includes('case_labels WHERE') || change.startsWith('UPDATE case_labels'))
      tx.run(`INSERT INTO case_labels(label, case_id) VALUES('old', ${ID})`, UID);
    tx.run("INSERT INTO drafts(uid, case_uid, kind, saved_at, recipients, text) VALUES('d', 'case_gone', 'reply', 0, '{}', '')");
    if (change.startsWith('DELETE FROM drafts')) tx.run("UPDATE drafts SET case_uid = 'case_1'");
    if (change.startsWith('DELETE FROM cases')) tx.run('DELETE FROM case_labels');
  });
  const before = store.read((db) => keptCount(db, filter));
  store.write((tx) => tx.run(change, UID));
  const after = store.read((db) => keptCount(db, filter));
  expect(after).toBe(store.read((db) => countedFilters(db, [filter])[0]));
  expect(after).not.toBe(before);
});

test('a change of everything that a row is made of is noted, or no row would be remembered', () => {
  const unseen = store.read((db) => tablesOfRows(db).filter((table) => changesOf(db)?.watches([table]) !== true));
  expect(unseen).toEqual([]);
});

test.each([
  [
    'the name of an agent',
    "INSERT INTO agents(uid, name, hub, zone, languages, is_me) VALUES('agt_other', 'Zoe', '', 'UTC', '[]', 0) ON CONFLICT(uid) DO UPDATE SET name = 'Zoe 2'",
  ],
  ['the zone of a contact', "UPDATE contacts SET zone = 'Asia/Tokyo'"],
  ['the line of a need', 'UPDATE coverage_needs SET base = base + 5'],
  ['a draft', "INSERT INTO drafts(uid, case_uid, kind, saved_at, recipients, text) SELECT uid, uid, 'reply', 0, '{}', '' FROM cases"],
  ['a preview', "UPDATE cases SET preview = 'other'"],
])('a remembered row follows %s', (_what, change) => {
  const ask = () => store.read((db) => listCases(db, { view: 'all', sort: 'newest', limit: 20 }, { me: ME, now: START }).rows);
  store.write((tx) => tx.run("UPDATE cases SET assignee = 'agt_other', need = 1, staffed_due = 7, merged_into = NULL"));
  const before = ask();
  expect(statementsOf(ask)).toBe(1);
  store.write((tx) => tx.run(change));
  expect(ask()).not.toEqual(before);
  expect(keptAt(START)).toEqual(anewAt(START));
});

test('every condition says when it asks for the time, or its count could not be kept', () => {
  for (const value of CASE_STATES)
    expect([value, compileConditions([{ field: 'is', not: false, values: [value] }], { me: ME, now: START, zone: 'UTC' }).key]).toEqual([
      value,
      expect.any(String),
    ]);
});
