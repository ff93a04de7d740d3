import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startHeadless } from './headless.ts';
import { op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { ANYBODY, body, date, drafted, HARUKA, LISBON, local, LUCIA, setUp, shiftId, TEAM, TOMAS, TURNS } from './roster-team.ts';
import { rebuildRoster } from '../../src/main/engine/usecases/rebuild-roster.ts';
import { zoneDataInUse } from '../../src/main/engine/usecases/zone-data.ts';
import type { RosterView } from '../../src/shared/contract/coverage.contract.ts';
import type { Plan } from '../../src/shared/domain/coverage/plan.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

/** A Tuesday noon in Lisbon. */
const NOW = instant(Date.UTC(2026, 10, 24, 12));
const MONTH = { from: instant(Date.UTC(2026, 10, 20)), to: instant(Date.UTC(2026, 11, 20)) };

let folder = '';
let station: Workstation;
let now: Instant = NOW;
async function open(): Promise<void> {
  station = await startWorkstation({ folder, clock: { now: () => now } });
}
beforeEach(async () => {
  now = NOW;
  folder = mkdtempSync(join(tmpdir(), 'meridian-plan-'));
  await open();
});
afterEach(async () => {
  await station.quit();
  rmSync(folder, { recursive: true, force: true });
});

/** A bit of everything that leads and agents do. */
async function live(): Promise<void> {
  const me = await setUp(station);
  const edit = async (...changes: readonly ReturnType<typeof drafted>[]): Promise<void> => {
    await station.ask('plan.edit', { opId: op(), changes });
  };
  const wall = (day: string, start: string, end: string): object => ({
    zone: LISBON.zone,
    startLocal: local(`${day}T${start}`),
    endLocal: local(`${day}T${end}`),
  });
  await edit(
    drafted('one', body(TOMAS.agentId, '2026-12-01T09:00', '2026-12-01T17:00')),
    drafted('two', body(LUCIA.agentId, '2026-12-02T09:00', '2026-12-02T17:00')),
    drafted('three', body(null, '2026-12-03T09:00', '2026-12-03T17:00')),
    drafted('gone', body(null, '2026-12-04T09:00', '2026-12-04T17:00')),
  );
  await station.ask('plan.edit', { opId: op(), changes: [{ shiftId: shiftId('gone'), draft: { kind: 'same' } }] });
  const { publicationId } = await station.ask('plan.publish', { opId: op(), note: 'December' });
  now = instant(now + HOUR_MS);
  await edit(drafted('two', body(LUCIA.agentId, '2026-12-02T10:00', '2026-12-02T18:00')));
  await station.ask('plan.edit', { opId: op(), changes: [{ shiftId: shiftId('three'), draft: { kind: 'removed' } }] });
  await station.ask('plan.publish', { opId: op(), note: '' });
  now = instant(now + HOUR_MS);
  await edit(
    drafted('one', body(LUCIA.agentId, '2026-12-01T09:00', '2026-12-01T17:00')),
    drafted('new', body(me, '2026-12-07T09:00', '2026-12-07T17:00')),
  );
  await station.ask('plan.revert', { opId: op(), publicationId });
  await station.ask('plan.generate', { opId: op(), rotationIds: [TURNS.rotationId], from: date('2026-12-07'), to: date('2026-12-11') });
  await station.ask('roster.save', {
    opId: op(),
    changes: [
      { kind: 'hub', hub: { ...LISBON, name: 'Porto' } },
      { kind: 'rotation', rotation: { ...TURNS, seats: 2, from: date('2026-12-14') } },
      { kind: 'requirement', requirement: { ...ANYBODY, isActive: false } },
    ],
  });
  await station.ask('plan.edit', { opId: op(), changes: [drafted('mine', body(me, '2026-12-08T12:00', '2026-12-08T20:00'))] });
  await station.ask('plan.discard', { opId: op() });
  await edit(
    drafted('mine', body(me, '2026-12-08T12:00', '2026-12-08T20:00')),
    drafted('left', body(HARUKA.agentId, '2026-12-09T12:00', '2026-12-09T20:00')),
  );
  await station.ask('plan.publish', { opId: op(), note: '' });
  const cover = await station.ask('plan.override', {
    opId: op(),
    shiftId: shiftId('mine'),
    agentIn: LUCIA.agentId,
    reason: '',
    ...wall('2026-12-08', '12:00', '13:00'),
  } as never);
  await station.ask('plan.cancelOverride', { opId: op(), overrideId: cover.overrideId });
  await station.ask('plan.override', {
    opId: op(),
    shiftId: shiftId('mine'),
    agentIn: null,
    reason: '',
    ...wall('2026-12-08', '13:00', '14:00'),
  } as never);
  for (const state of ['approved', 'declined'] as const) {
    const off = { opId: op(), agentId: TOMAS.agentId, kind: 'pto', note: '', isApproved: false, ...wall('2026-12-15', '00:00', '23:00') };
    const { absenceId } = await station.ask('plan.requestAbsence', off as never);
    await station.ask('plan.decideAbsence', { opId: op(), absenceId, state });
  }
  const proposal = { shiftId: shiftId('mine'), fromAt: instant(Date.UTC(2026, 11, 8, 15)), toAt: instant(Date.UTC(2026, 11, 8, 20)) };
  const swap = await station.ask('plan.askSwap', { opId: op(), ...proposal, toAgent: LUCIA.agentId, returnShiftId: null, reason: 'why' });
  await station.ask('plan.answerSwap', { opId: op(), swapId: swap.swapId, answer: 'withdraw' });
  await station.ask('plan.askSwap', { opId: op(), ...proposal, toAgent: null, returnShiftId: null, reason: 'because' });
  await station.ask('plan.dismissNotices', { opId: op() });
}

const PROJECTIONS = {
  hubs: 'SELECT id, uid, body FROM hubs ORDER BY id',
  agents: 'SELECT uid, name, hub, zone, languages, hub_uid, profile, is_me FROM agents ORDER BY uid',
  templates: 'SELECT id, uid, body FROM shift_templates ORDER BY id',
  rotations: 'SELECT id, uid, body FROM rotations ORDER BY id',
  requirements: 'SELECT id, uid, body FROM requirements ORDER BY id',
  shifts: 'SELECT uid, revision, from_at, to_at, length, draft_kind, published, cancelled, draft FROM shifts ORDER BY uid',
  overrides: 'SELECT id, uid, shift_uid, from_at, to_at, body FROM overrides ORDER BY id',
  absences: 'SELECT id, uid, agent_uid, from_at, to_at, body FROM absences ORDER BY id',
  swaps: 'SELECT id, uid, from_at, to_at, open, body FROM swaps ORDER BY id',
  publications: 'SELECT id, uid, at, actor, reverts, changed, note FROM publications ORDER BY id',
  changes: 'SELECT publication_uid, shift_uid, before, after FROM publication_changes ORDER BY 1, 2',
  notices: 'SELECT publication_uid, agent_uid, seen, body FROM notices ORDER BY 1, 2',
};
function rows(): Record<string, unknown[]> {
  return station.engine.store.read((db) => Object.fromEntries(Object.entries(PROJECTIONS).map(([name, sql]) => [name, db.all(sql)])));
}

describe('dropping the projections and folding the events again gives the same rows', () => {
  test('of everything', async () => {
    await live();
    const before = rows();
    for (const [name, list] of Object.entries(before)) expect([name, list.length > 0]).toEqual([name, true]);
    station.engine.store.write((tx) => {
      for (const table of ['hubs', 'shift_templates', 'rotations', 'requirements', 'shifts', 'overrides', 'absences', 'swaps'])
        tx.run(`DELETE FROM ${table}`);
      for (const table of ['publication_changes', 'notices', 'publications']) tx.run(`DELETE FROM ${table}`);
      tx.run('DELETE FROM agents WHERE is_me = 0');
      tx.run("UPDATE agents SET name = '', hub = '', zone = '', languages = '[]', hub_uid = NULL, profile = NULL");
    });
    expect(rows()).not.toEqual(before);
    station.engine.store.write(rebuildRoster);
    expect(rows()).toEqual(before);
  });

  test('also where they were not dropped', async () => {
    await live();
    const before = rows();
    station.engine.store.write(rebuildRoster);
    expect(rows()).toEqual(before);
  });

  test('and a row whose events were lost is kept', async () => {
    await live();
    const before = rows();
    station.engine.store.write((tx) => {
      tx.run("DELETE FROM events WHERE stream LIKE 'shift.%' OR stream LIKE 'hub.%'");
      rebuildRoster(tx);
    });
    expect(rows()).toEqual(before);
  });
});

test('a damaged file gives back the plan', async () => {
  await live();
  const before = rows();
  await station.quit();
  // The recovery starts from an empty file here: no backup, and what can be read of the old one.
  rmSync(join(folder, 'backup.db'), { force: true });
  const { readFileSync, writeFileSync } = await import('node:fs');
  const bytes = readFileSync(join(folder, 'main.db'));
  // The first page of a table is enough to make the check fail; here the one of the requirements.
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(join(folder, 'main.db'), { readonly: true });
  const root = database.prepare<[], { rootpage: number }>("SELECT rootpage FROM sqlite_schema WHERE name = 'requirements'").get()?.rootpage;
  database.close();
  if (root === undefined) throw new Error('no such table');
  bytes.fill(0xff, (root - 1) * 4_096, root * 4_096);
  writeFileSync(join(folder, 'main.db'), bytes);
  await open();
  expect((await station.ask('workspace.get', {})).notice?.code).toBe('rebuilt');
  expect(rows()).toEqual(before);
});

describe('SIGKILL', () => {
  test('between draft and publishing loses nothing, and neither does one right after it', async () => {
    await station.quit();
    let victim = await startHeadless({ folder });
    await victim.ask('workspace.setProfile', { opId: op(), name: 'Ana Reis', zone: 'Europe/Lisbon', languages: [] });
    await victim.ask('roster.save', { opId: op(), changes: TEAM });
    await victim.ask('plan.edit', { opId: op(), changes: [drafted('one', body(TOMAS.agentId, '2027-12-01T09:00', '2027-12-01T17:00'))] });
    const window = { from: instant(Date.UTC(2027, 10, 1)), to: instant(Date.UTC(2027, 11, 31)) };
    const before = await victim.ask('plan.window', window);
    await victim.kill();
    victim = await startHeadless({ folder });
    expect(await victim.ask('plan.window', window)).toEqual(before);
    const opId = op();
    const published = await victim.ask('plan.publish', { opId, note: '' });
    await victim.kill();
    victim = await startHeadless({ folder });
    // The answer was lost on the way: asked again, it is the same, and nothing is published twice.
    expect(await victim.ask('plan.publish', { opId, note: '' })).toEqual(published);
    expect(await victim.ask('plan.window', window)).toMatchObject({ drafted: 0, shifts: [{ revision: 1 }] });
    expect(await victim.ask('plan.publications', { limit: 10 })).toHaveLength(1);
    await victim.quit();
  });
});

describe('other time-zone data', () => {
  const notice = async (): Promise<RosterView['zoneNotice']> => (await station.ask('roster.get', {})).zoneNotice;
  const plan = async (): Promise<Plan> => {
    const { shifts, overrides, absences, swaps } = await station.ask('plan.window', MONTH);
    return { shifts, overrides, absences, swaps };
  };
  /** As an app with older data would have left the rows: an hour off, from `from` on. */
  function age(by: number): void {
    station.engine.store.write((tx) => {
      const moved = (column: string): string =>
        `json_set(${column}, '$.zoneData', '2019a', '$.startAt', json_extract(${column}, '$.startAt') + ${by}, '$.endAt', json_extract(${column}, '$.endAt') + ${by})`;
      tx.run(`UPDATE shifts SET published = ${moved('published')} WHERE published IS NOT NULL`);
      tx.run(`UPDATE shifts SET draft = ${moved('draft')} WHERE draft IS NOT NULL`);
      tx.run(`UPDATE overrides SET body = ${moved('body')}`);
      tx.run(`UPDATE absences SET body = ${moved('body')}`);
    });
  }

  test('moves what is still to come, tells the leads, and leaves the past alone', async () => {
    await live();
    now = instant(Date.UTC(2026, 11, 8, 10));
    const before = await plan();
    age(HOUR_MS);
    await station.quit();
    await open();
    const after = await plan();
    for (const shift of after.shifts) {
      const was = before.shifts.find((each) => each.shiftId === shift.shiftId);
      const isOver = (was?.published?.startAt ?? was?.cancelled?.startAt ?? Infinity) <= now;
      if (was === undefined || isOver) continue;
      // Calendars must hear of it, where people had seen it.
      expect(shift).toEqual({ ...was, revision: was.published === null ? was.revision : was.revision + 1 });
    }
    expect(after.overrides).toEqual(before.overrides);
    expect(after.absences).toEqual(before.absences);
    const moved = after.shifts.filter((shift) => shift.revision > 0 && (shift.published?.startAt ?? 0) > now).length;
    expect(moved).toBeGreaterThan(0);
    expect(await notice()).toEqual({ moved, was: '2019a', is: zoneDataInUse() });
    // Once is enough.
    await station.quit();
    await open();
    expect(await plan()).toEqual(after);
    expect((await notice())?.moved).toBe(moved);
    await station.ask('plan.dismissZoneNotice', { opId: op() });
    expect(await notice()).toBeNull();
  });

  test('is an event: folding gives what was derived again', async () => {
    await live();
    age(HOUR_MS);
    // What is over was aged behind the events' back; the rest is folded from them.
    const count = (): number => station.engine.store.read((db) => db.all("SELECT 1 FROM events WHERE type LIKE '%.rederived'")).length;
    expect(count()).toBe(0);
    await station.quit();
    await open();
    expect(count()).toBeGreaterThan(3);
    const before = rows();
    station.engine.store.write(rebuildRoster);
    expect([rows()['shifts'], rows()['overrides'], rows()['absences']]).toEqual([
      before['shifts'],
      before['overrides'],
      before['absences'],
    ]);
  });

  test('counts for what a publishing is taken back to', async () => {
    await setUp(station);
    const edit = async (start: string): Promise<ReturnType<typeof makeId<'pub'>>> => {
      await station.ask('plan.edit', {
        opId: op(),
        changes: [drafted('one', body(TOMAS.agentId, `2026-12-01T${start}`, '2026-12-01T17:00'))],
      });
      return (await station.ask('plan.publish', { opId: op(), note: '' })).publicationId;
    };
    await edit('09:00');
    const second = await edit('10:00');
    // What it was before was worked out by data that had the hour wrong.
    station.engine.store.write((tx) => {
      tx.run(
        "UPDATE publication_changes SET before = json_set(before, '$.zoneData', '2019a', '$.startAt', json_extract(before, '$.startAt') + 3600000) WHERE before IS NOT NULL",
      );
    });
    await station.ask('plan.revert', { opId: op(), publicationId: second });
    expect((await plan()).shifts).toMatchObject([
      { published: { startAt: Date.UTC(2026, 11, 1, 9), zoneData: zoneDataInUse(), startLocal: { hour: 9 } }, revision: 3 },
    ]);
  });

  test('that says the same of every shift is no news', async () => {
    await live();
    const before = await plan();
    age(0);
    await station.quit();
    await open();
    expect(await plan()).toEqual(before);
    expect(await notice()).toBeNull();
  });
});
