import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CaseRunway } from './case-runway.ts';
import { CoverageBook } from './coverage-book.ts';
import { migrate } from '../store/migrate.ts';
import { readPlan, saveAbsence, saveOverride, saveShift, shiftByUid } from '../store/plan.store.ts';
import { savePublication, savePublishedChange } from '../store/publications.store.ts';
import { readRoster, saveHub, saveProfile } from '../store/roster.store.ts';
import { writeRoutingRules } from '../store/routing-rules.store.ts';
import { readNeeds } from '../store/runway.store.ts';
import { saveSettingValue } from '../store/settings.store.ts';
import { Store } from '../store/sql.ts';
import type { WriteDb } from '../store/sql.ts';
import { assignments } from '../../../shared/domain/coverage/assignments.ts';
import { selectorKey } from '../../../shared/domain/coverage/case-need.ts';
import type { Assignment, ShiftBody } from '../../../shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile, Selector } from '../../../shared/domain/coverage/roster.ts';
import { staffedTime } from '../../../shared/domain/coverage/staffed-time.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { UNKNOWN_CASE } from '../../../shared/domain/routing/rules.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';

/** A Wednesday noon. */
const NOW = instant(Date.UTC(2026, 10, 25, 12));
const ZONE_DATA = 'test';
let now: Instant = NOW;
const clock = { now: () => now };
let folder: string;
let store: Store;
let book: CoverageBook;

beforeEach(() => {
  now = NOW;
  folder = mkdtempSync(join(tmpdir(), 'meridian-book-'));
  store = new Store(join(folder, 'main.db'));
  migrate(store.database);
  book = new CoverageBook(ZONE_DATA);
  store.onCommit((changes) => book.note(changes));
  store.write((tx) => {
    const hub = { name: 'Here', zone: 'UTC', position: null, weekend: [], holidays: [], isActive: true };
    saveHub(tx, { hubId: makeId('hub', 'here'), ...hub });
    for (const agent of PEOPLE) saveProfile(tx, agent, 'Here');
    tx.run("INSERT INTO contacts(uid, address, name, first_seen_at) VALUES('con_a', 'a@b', 'A', 0)");
  });
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

function person(slug: string, languages: readonly string[], tiers: AgentProfile['tiers'] = ['L1']): AgentProfile {
  return {
    agentId: makeId('agt', slug),
    name: slug,
    hubId: makeId('hub', 'here'),
    zone: 'UTC',
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: languages.map((name) => ({ name, level: 'good', from: null, until: null })),
    tiers,
    pattern: {},
    isActive: true,
  };
}
const ANNA = person('anna', ['en']);
const BO = person('bo', ['en', 'ja'], ['L1', 'L2']);
const CIM = person('cim', ['ja']);
const PEOPLE = [ANNA, BO, CIM];
const JAPANESE: Selector = { ...EVERYBODY, languages: ['ja'] };
const L2: Selector = { ...EVERYBODY, tiers: ['L2'] };

/** Instants alone matter here: walls are the same in UTC. */
function shiftBody(agent: AgentProfile | null, fromHours: number, toHours: number, withBreak = false): ShiftBody {
  const span = { startAt: at(fromHours), endAt: at(toHours) };
  const pause = { startAt: at(fromHours + 0.5), endAt: at(fromHours + 0.75) };
  const local = ({ startAt, endAt }: typeof span) => ({
    startLocal: toLocal('UTC', startAt),
    endLocal: toLocal('UTC', endAt),
    startAt,
    endAt,
  });
  return {
    zone: 'UTC',
    ...local(span),
    zoneData: ZONE_DATA,
    agentId: agent?.agentId ?? null,
    hubId: makeId('hub', 'here'),
    breaks: withBreak ? [local(pause)] : [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
  };
}
function at(hours: number): Instant {
  return instant(NOW + hours * HOUR_MS);
}

let publications = 0;
function publish(tx: WriteDb, slug: string, body: ShiftBody | null): void {
  publications += 1;
  const publicationId = makeId('pub', `p${String(publications)}`);
  const shiftId = makeId('shf', slug);
  const before = shiftByUid(tx, shiftId)?.published ?? null;
  const revision = (shiftByUid(tx, shiftId)?.revision ?? 0) + 1;
  if (before === null && body === null) return;
  saveShift(tx, { shiftId, revision, published: body, cancelled: body === null ? before : null, draft: { kind: 'same' } });
  savePublishedChange(tx, publicationId, { shiftId, before, after: body });
  savePublication(tx, { publicationId, at: now, by: null, note: '', reverts: null, changed: 1 });
}

/** What the book tells, and what the rules make of everything that is stored, for the same stretch. */
function compare(from: Instant, to: Instant): void {
  // A turn is followed for a day at least; how much further depends on how much is asked for at once.
  const plain = (each: Assignment) => ({ ...each, turnEndsAt: instant(Math.min(each.turnEndsAt, each.to + DAY_MS)) });
  const [told, isSo, times] = store.read((db) => {
    const roster = readRoster(db);
    const plan = readPlan(db, { from: instant(from - 30 * DAY_MS), to: instant(to + 30 * DAY_MS) });
    const all = assignments(roster, plan, 'published', instant(from - 20 * DAY_MS), instant(to + 20 * DAY_MS), ZONE_DATA).assignments;
    const selectors = [EVERYBODY, JAPANESE, L2];
    return [
      book.assignments(db, from, to),
      assignments(roster, plan, 'published', from, to, ZONE_DATA).assignments,
      selectors.map((selector) => ({
        told: book.staffedTime(db, selectorKey(selector), selector, now),
        isSo: staffedTime(roster, all, selector),
      })),
    ] as const;
  });
  const order = (a: Assignment, b: Assignment): number =>
    a.from - b.from || a.to - b.to || (a.agentId < b.agentId ? -1 : 1) || (a.shiftId < b.shiftId ? -1 : 1);
  expect(told.map(plain).sort(order)).toEqual(isSo.map(plain).sort(order));
  for (const each of times) expect(each.told.spans(from, to)).toEqual(each.isSo.spans(from, to));
}

test('a change is worked out as everything anew would be, whatever came before', () => {
  expect.hasAssertions();
  const hour = fc.integer({ min: -8 * 24, max: 8 * 24 });
  const length = fc.integer({ min: 1, max: 40 });
  const who = fc.constantFrom<AgentProfile | null>(ANNA, BO, CIM, null);
  const change = fc.oneof(
    fc.record({ kind: fc.constant('publish' as const), slug: fc.integer({ min: 1, max: 6 }), who, hour, length, isTaken: fc.boolean() }),
    fc.record({
      kind: fc.constant('override' as const),
      slug: fc.integer({ min: 1, max: 6 }),
      who,
      hour,
      length,
      isCancelled: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('absence' as const), slug: fc.integer({ min: 1, max: 3 }), who, hour, length, isApproved: fc.boolean() }),
    fc.record({ kind: fc.constant('profile' as const), who: fc.constantFrom(ANNA, BO), isActive: fc.boolean(), speaks: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      for (const each of changes) {
        store.write((tx) => {
          switch (each.kind) {
            case 'publish':
              publish(tx, `s${String(each.slug)}`, each.isTaken ? null : shiftBody(each.who, each.hour, each.hour + each.length, true));
              return;
            case 'override': {
              const body = shiftBody(null, each.hour, each.hour + each.length);
              saveOverride(tx, {
                ...body,
                overrideId: makeId('ovr', `o${String(each.slug)}`),
                shiftId: makeId('shf', `s${String(each.slug)}`),
                agentIn: each.who?.agentId ?? null,
                reason: '',
                by: null,
                at: now,
                swapId: null,
                isCancelled: each.isCancelled,
              });
              return;
            }
            case 'absence': {
              const body = shiftBody(null, each.hour, each.hour + each.length);
              saveAbsence(tx, {
                ...body,
                absenceId: makeId('abs', `a${String(each.slug)}`),
                agentId: (each.who ?? ANNA).agentId,
                kind: 'pto',
                state: each.isApproved ? 'approved' : 'requested',
                note: '',
                requestedAt: now,
                decidedBy: null,
              });
              return;
            }
            case 'profile':
              saveProfile(
                tx,
                { ...person(each.who.name, each.speaks ? ['en', 'ja'] : ['en'], each.who.tiers), isActive: each.isActive },
                'Here',
              );
          }
        });
        compare(at(-6 * 24), at(6 * 24 + 5));
      }
    }),
    { numRuns: 25 },
  );
});

test('a draft is nobody’s plan, and nothing is worked out for it', () => {
  store.write((tx) => publish(tx, 'one', shiftBody(ANNA, 1, 3)));
  const before = store.read((db) => book.edition(db));
  store.write((tx) => {
    const shift = shiftByUid(tx, makeId('shf', 'one'));
    if (shift === undefined) throw new Error('no shift');
    saveShift(tx, { ...shift, draft: { kind: 'changed', body: shiftBody(BO, 5, 9) } });
  });
  expect(store.read((db) => book.edition(db))).toBe(before);
  compare(at(-24), at(24));
});

test('a plan that ended two weeks ago is none any more', () => {
  expect(store.read((db) => book.isPlanned(db, now))).toBe(false);
  store.write((tx) => publish(tx, 'one', shiftBody(ANNA, 1, 3)));
  expect(store.read((db) => book.isPlanned(db, now))).toBe(true);
  expect(store.read((db) => [book.nextEdge(db, now), book.nextEdge(db, at(1)), book.nextEdge(db, at(3))])).toEqual([at(1), at(3), null]);
  expect(store.read((db) => book.isPlanned(db, at(3 + 14 * 24)))).toBe(false);
  expect(store.read((db) => book.isPlanned(db, instant(at(3 + 14 * 24) - 1)))).toBe(true);
});

describe('the runway of cases in rows', () => {
  let runway: CaseRunway;
  const signal = new AbortController().signal;
  beforeEach(() => {
    runway = new CaseRunway(book, clock);
    store.write((tx) => {
      publish(tx, 'now', shiftBody(ANNA, -1, 1));
      publish(tx, 'later', shiftBody(BO, 3, 5));
      publish(tx, 'tomorrow', shiftBody(ANNA, 24, 32));
    });
  });

  function makeCase(id: number, dueHours: number | null, language: string, labels: readonly string[] = []): void {
    store.write((tx) => {
      tx.run(
        `INSERT INTO cases(id, uid, contact_id, account_uid, channel, status, priority, language, last_message_at, next_due_at, subject, preview, state)
         VALUES(@id, @uid, 1, 'acc_a', 'email', 0, 1, @language, 0, @due, '', '', '{}')`,
        { id, uid: `case_${String(id)}`, language, due: dueHours === null ? Number.MAX_SAFE_INTEGER : at(dueHours) },
      );
      for (const label of labels) tx.run('INSERT INTO case_labels(label, case_id) VALUES(@label, @id)', { label, id });
    });
  }
  /** Minutes of runway of each case by what is stored. */
  function stored(): readonly (number | null)[] {
    return store
      .read((db) =>
        db.all<{ staffed: number | null; base: number | null; since: number | null }>(
          'SELECT c.staffed_due AS staffed, n.base, n.since FROM cases c LEFT JOIN coverage_needs n ON n.id = c.need ORDER BY c.id',
        ),
      )
      .map(({ staffed, base, since }) =>
        staffed === null || base === null ? null : Math.max(0, staffed - base - (since === null ? 0 : now - since)) / MINUTE_MS,
      );
  }
  function count(): number {
    return store.read((db) => readNeeds(db)).length;
  }

  test('is worked out for all, and again only where it changes', async () => {
    makeCase(1, 0.5, 'en');
    makeCase(2, 4, 'ja');
    makeCase(3, 26, 'en', ['l2']);
    makeCase(4, null, 'en');
    makeCase(5, 30, 'en');
    expect(await runway.recountAll(store, signal)).toEqual({ cases: 5, written: 5 });
    expect(stored()).toEqual([30, 60, 120, null, 60 + 120 + 360]);
    expect(await runway.recountAll(store, signal)).toEqual({ cases: 5, written: 0 });
    // Only what is due after tomorrow's shift begins has another runway.
    store.write((tx) => publish(tx, 'tomorrow', shiftBody(ANNA, 25, 32)));
    expect(await runway.recountAll(store, signal)).toEqual({ cases: 5, written: 1 });
    expect(stored()).toEqual([30, 60, 120, null, 60 + 120 + 300]);
  });

  test('falls with time without a row being written, and its line changes at shift boundaries only', async () => {
    makeCase(1, 4.5, 'en');
    await runway.recountAll(store, signal);
    const steps: readonly (readonly [hours: number, minutes: number, isNew: boolean])[] = [
      [0, 150, false],
      [0.5, 120, false],
      [1, 90, true],
      [2.9, 90, false],
      [3, 90, true],
      [4, 30, false],
      [5, 0, true],
      [6, 0, false],
    ];
    for (const [hours, minutes, isNew] of steps) {
      now = at(hours);
      expect([hours, store.write((tx) => runway.settle(tx))]).toEqual([hours, isNew]);
      expect([hours, ...stored()]).toEqual([hours, minutes]);
    }
  });

  test('goes on from the stored line after a restart, over boundaries that nobody saw', async () => {
    store.write((tx) => {
      // Nearly two weeks ago: at the restart it is longer ago than staffed time is counted.
      publish(tx, 'old', shiftBody(ANNA, -330, -322));
      publish(tx, 'far', shiftBody(ANNA, 96, 98));
    });
    makeCase(1, 100, 'en');
    await runway.recountAll(store, signal);
    expect(stored()).toEqual([60 + 120 + 480 + 120]);
    now = at(60);
    const again = new CaseRunway(new CoverageBook(ZONE_DATA), clock);
    expect(await again.recountAll(store, signal)).toEqual({ cases: 1, written: 0 });
    expect(stored()).toEqual([120]);
  });

  test('a change of what has passed moves no runway', async () => {
    makeCase(1, 30, 'en');
    await runway.recountAll(store, signal);
    store.write((tx) => publish(tx, 'yesterday', shiftBody(BO, -30, -20)));
    expect(await runway.recountAll(store, signal)).toEqual({ cases: 1, written: 0 });
    expect(stored()).toEqual([60 + 120 + 360]);
  });

  test('a need that nobody has any more is forgotten, and its number is not given again', async () => {
    makeCase(1, 4, 'en');
    makeCase(2, 4, 'ja');
    await runway.recountAll(store, signal);
    const [english, japanese] = store.read((db) => readNeeds(db));
    store.write((tx) => tx.run('UPDATE cases SET status = 3 WHERE id = 2'));
    await runway.recountAll(store, signal);
    expect(store.read((db) => readNeeds(db)).map((need) => need.id)).toEqual([english?.id]);
    makeCase(3, 4, 'en', ['l2']);
    await runway.recountAll(store, signal);
    expect(store.read((db) => readNeeds(db)).at(-1)?.id).toBeGreaterThan(japanese?.id ?? Number.POSITIVE_INFINITY);
  });

  test('a rule of the team changes who can take a case, and its runway', async () => {
    const bo = { ...BO, skills: [{ name: 'Withdrawals', level: 'good', from: null, until: null } as const] };
    store.write((tx) => saveProfile(tx, bo, 'Here'));
    makeCase(1, 26, 'en', ['stuck']);
    makeCase(2, 26, 'en');
    await runway.recountAll(store, signal);
    expect(stored()).toEqual([60 + 120 + 120, 60 + 120 + 120]);
    const rule = {
      id: 'r',
      accountIds: [],
      channels: ['email'],
      labels: ['Stuck'],
      languages: [],
      tiers: [],
      skill: 'withdrawals',
      isLast: false,
    } as const;
    const save = (isActive: boolean): boolean => {
      store.write((tx) => writeRoutingRules(tx, { rules: [{ ...rule, isActive }] }));
      return store.read((db) => book.noteRules(db));
    };
    expect(save(true)).toBe(true);
    expect(await runway.recountAll(store, signal)).toEqual({ cases: 2, written: 1 });
    expect(stored()).toEqual([120, 60 + 120 + 120]);
    // other settings are written all the time
    store.write((tx) => saveSettingValue(tx, 'other', '1'));
    expect(store.read((db) => book.noteRules(db))).toBe(false);
    expect(save(false)).toBe(true);
    await runway.recountAll(store, signal);
    expect(stored()).toEqual([60 + 120 + 120, 60 + 120 + 120]);
  });

  test('what was rolled back with a new need is made again', () => {
    makeCase(1, 4, 'ja');
    expect(() =>
      store.write((tx) => {
        runway.of(tx, { ...UNKNOWN_CASE, language: 'ja' }, at(4));
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    runway.forget();
    expect(count()).toBe(0);
    store.write((tx) => runway.recount(tx, 1));
    expect(stored()).toEqual([60]);
    expect(count()).toBe(1);
  });

  test('without a plan every line goes', async () => {
    makeCase(1, 4, 'en');
    await runway.recountAll(store, signal);
    for (const slug of ['now', 'later', 'tomorrow']) store.write((tx) => publish(tx, slug, null));
    await runway.recountAll(store, signal);
    expect(count()).toBe(0);
    expect(stored()).toEqual([null]);
  });

  test('an unspoken language asks for nobody in particular until somebody speaks it', async () => {
    makeCase(1, 4, 'fi');
    await runway.recountAll(store, signal);
    expect(stored()).toEqual([120]);
    store.write((tx) => saveProfile(tx, person('anna', ['en', 'fi']), 'Here'));
    await runway.recountAll(store, signal);
    expect(stored()).toEqual([60]);
  });
});
