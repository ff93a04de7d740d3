import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { countDrafted, deleteShift, draftedShifts, readPlan, saveShift, shiftByUid, shiftsIn, shiftText } from './plan.store.ts';
import { readProfiles, saveProfile } from './roster.store.ts';
import { saveAgent } from './settings.store.ts';
import { Store } from './sql.ts';
import { wallSpan } from '../../../shared/domain/coverage/derive.ts';
import { SAME } from '../../../shared/domain/coverage/plan.ts';
import type { DraftState, Shift, ShiftBody } from '../../../shared/domain/coverage/plan.ts';
import { EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS, HOUR_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { localOfWall } from '../../../shared/domain/time/local-time.ts';

const T0 = instant(Date.UTC(2026, 10, 23));
let folder = '';
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-plan-'));
  store = new Store(join(folder, 'main.db'));
  migrate(store.database);
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** A shift in UTC, so that walls and instants are the same. */
function body(from: number, hours: number): ShiftBody {
  const start = T0 + from * HOUR_MS;
  return {
    ...wallSpan('UTC', localOfWall(start), localOfWall(start + hours * HOUR_MS), 'test'),
    agentId: null,
    hubId: null,
    breaks: [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
  };
}
function changed(from: number, hours: number): DraftState {
  return { kind: 'changed', body: body(from, hours) };
}
function shift(slug: string, published: ShiftBody | null, draft: DraftState = SAME, cancelled: ShiftBody | null = null): Shift {
  return { shiftId: makeId('shf', slug), revision: 0, published, cancelled, draft };
}
function hour(hours: number): Instant {
  return after(T0, hours * HOUR_MS);
}

describe('a window of the plan', () => {
  const all = [
    shift('before', body(-10, 8)),
    shift('touches', body(-8, 8)),
    shift('reaches-in', body(-4, 8)),
    shift('within', body(6, 8)),
    shift('all-around', body(-30, 100)),
    shift('behind', body(24, 8)),
    shift('drafted-into-it', body(-90, 8), changed(4, 8)),
    shift('drafted-out-of-it', body(4, 8), changed(90, 8)),
    shift('only-drafted', null, changed(20, 8)),
    shift('taken-back', null, SAME, body(6, 8)),
    shift('drafted-away', body(2, 8), { kind: 'removed' }),
    shift('no-length', null, changed(12, 0)),
  ];
  beforeEach(() => {
    store.write((tx) => {
      for (const each of all) saveShift(tx, each);
    });
  });
  const names = (shifts: readonly Shift[]): string[] => shifts.map((each) => each.shiftId.slice(4)).sort();

  test('holds every shift of which any side reaches into it, half-open', () => {
    const window = { from: hour(0), to: hour(24) };
    const found = store.read((db) => shiftsIn(db, window));
    const expected = [
      'reaches-in',
      'within',
      'all-around',
      'drafted-into-it',
      'drafted-out-of-it',
      'only-drafted',
      'drafted-away',
      'no-length',
    ];
    expect(names(found)).toEqual(expected.sort());
    expect(names(store.read((db) => shiftsIn(db, window, true)))).toEqual([...expected, 'taken-back'].sort());
    for (const each of found) expect(each).toEqual(all.find((one) => one.shiftId === each.shiftId));
  });

  test('is a range of one index, bounded at both ends', () => {
    let asked = '';
    const spy = { all: (sql: string) => ((asked = sql), []), get: () => undefined };
    readPlanShifts(spy);
    const plan = store.database
      .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${asked}`)
      .all({ from: T0, to: T0 })
      .map((row) => row.detail)
      .join('\n');
    expect(plan).toContain('SEARCH shifts USING INDEX shifts_window (from_at>? AND from_at<?)');
    // The longest shift is the last entry of an index, not a look at all of them.
    expect(plan).toContain('SEARCH shifts USING INDEX shifts_length');
    expect(plan).not.toContain('SCAN');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('knows what is drafted without looking at the rest', () => {
    expect(store.read(countDrafted)).toBe(5);
    expect(names(store.read(draftedShifts))).toEqual(['drafted-away', 'drafted-into-it', 'drafted-out-of-it', 'no-length', 'only-drafted']);
    const plan = store.database
      .prepare<[], { detail: string }>('EXPLAIN QUERY PLAN SELECT count(*) AS count FROM shifts WHERE draft_kind > 0')
      .all();
    expect(plan[0]?.detail).toContain('shifts_drafted');
  });

  test('forgets a deleted shift', () => {
    store.write((tx) => deleteShift(tx, makeId('shf', 'all-around')));
    expect(store.read((db) => shiftByUid(db, makeId('shf', 'all-around')))).toBeUndefined();
    expect(names(store.read((db) => shiftsIn(db, { from: hour(40), to: hour(50) })))).toEqual(['drafted-out-of-it']);
  });
});

/** Asks for the shifts of a window from a database that only listens. */
function readPlanShifts(spy: object): void {
  shiftsIn(spy as never, { from: T0, to: after(T0, DAY_MS) });
}

test('overrides, absences and swaps are read as far as the shifts of the window reach', () => {
  const night = shift('night', body(-2, 8));
  const override = { ...body(-2, 1), overrideId: makeId('ovr', 'o'), shiftId: night.shiftId };
  const absence = { ...body(-3, 2), absenceId: makeId('abs', 'a'), agentId: makeId('agt', 'a') };
  store.write((tx) => {
    saveShift(tx, night);
    tx.run("INSERT INTO overrides(uid, shift_uid, from_at, to_at, body) VALUES('ovr_o', @shift, @from, @to, @body)", {
      shift: night.shiftId,
      from: override.startAt,
      to: override.endAt,
      body: JSON.stringify(override),
    });
    tx.run("INSERT INTO absences(uid, agent_uid, from_at, to_at, body) VALUES('abs_a', 'agt_a', @from, @to, @body)", {
      from: absence.startAt,
      to: absence.endAt,
      body: JSON.stringify(absence),
    });
  });
  const plan = store.read((db) => readPlan(db, { from: hour(0), to: hour(24) }));
  expect([plan.shifts.length, plan.overrides.length, plan.absences.length]).toEqual([1, 1, 1]);
  expect(store.read((db) => readPlan(db, { from: hour(8), to: hour(24) }))).toEqual({ shifts: [], overrides: [], absences: [], swaps: [] });
});

test('the text of a body is the same whatever order its keys came in', () => {
  const one = body(0, 8);
  const other = Object.fromEntries(Object.entries(one).reverse()) as unknown as ShiftBody;
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(one));
  expect(shiftText(other)).toBe(shiftText(one));
  expect(JSON.parse(shiftText(one))).toEqual(one);
});

test('who was in the team before there were profiles has one of the usual sort', () => {
  const agent = { agentId: makeId('agt', 'old'), name: 'Old Hand', hub: 'Oslo', zone: 'Europe/Oslo', languages: ['nb', 'en'], isMe: true };
  store.write((tx) => saveAgent(tx, agent));
  const [profile] = store.read(readProfiles);
  expect(profile).toMatchObject({
    name: 'Old Hand',
    hubId: null,
    zone: 'Europe/Oslo',
    contract: { hoursPerWeek: 40, from: null, until: null },
    languages: [{ name: 'nb', level: 'good' }, { name: 'en' }],
    tiers: ['L1'],
    isActive: true,
  });
  if (profile === undefined) throw new Error('no profile');
  store.write((tx) => saveProfile(tx, { ...profile, tiers: ['lead'] }, 'Oslo'));
  expect(store.read(readProfiles)).toEqual([{ ...profile, tiers: ['lead'] }]);
  expect(store.read((db) => db.all('SELECT is_me, hub FROM agents'))).toEqual([{ is_me: 1, hub: 'Oslo' }]);
});

test('migration 3 keeps what was there and makes strict tables', () => {
  const path = join(folder, 'older.db');
  const older = new Database(path);
  migrate(older, 2);
  older.exec(`INSERT INTO agents(uid, name, hub, zone, languages, is_me) VALUES('agt_a', 'A', 'Oslo', 'Europe/Oslo', '["en"]', 1);
    INSERT INTO contacts(uid, address, name, first_seen_at) VALUES('con_a', 'a@b', 'A', 0);
    INSERT INTO cases(uid, contact_id, account_uid, channel, status, priority, last_message_at, subject, preview, state) VALUES('case_a', 1, 'acc_a', 'email', 0, 1, 0, '', '', '{}')`);
  migrate(older, 3);
  expect(older.prepare('SELECT uid, name, is_me, hub_uid, profile FROM agents').all()).toEqual([
    { uid: 'agt_a', name: 'A', is_me: 1, hub_uid: null, profile: null },
  ]);
  expect(older.prepare('SELECT uid, need, staffed_due FROM cases').all()).toEqual([{ uid: 'case_a', need: 0, staffed_due: null }]);
  const loose = older
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND strict = 0")
    .all();
  expect(loose).toEqual([]);
  expect(older.pragma('user_version', { simple: true })).toBe(3);
  older.close();
});
