import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryShell, op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { ANYBODY, body, drafted, LISBON, local, LUCIA, setUp, shiftId, TOMAS } from './roster-team.ts';
import type { Input } from '../../src/shared/contract/contract.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** A Tuesday noon in Lisbon. */
const NOW = instant(Date.UTC(2026, 10, 24, 12));
const WEEK = { from: instant(Date.UTC(2026, 10, 30)), to: instant(Date.UTC(2026, 11, 7)) };

let folder = '';
let station: Workstation;
/** Where the dialog saves; null: the person cancels. */
let path: string | null = null;
let shell: ReturnType<typeof memoryShell>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-files-'));
  path = join(folder, 'saved');
  const memory = memoryShell();
  shell = {
    asked: memory.asked,
    request: async (name, input) => {
      const answer = await memory.request(name, input);
      return name === 'dialog.save' ? path : answer;
    },
  };
  station = await startWorkstation({ clock: { now: () => NOW }, shell });
  await setUp(station);
  await station.ask('plan.edit', {
    opId: op(),
    changes: [
      drafted('monday', body(TOMAS.agentId, '2026-11-30T09:00', '2026-11-30T17:00')),
      drafted('tuesday', body(LUCIA.agentId, '2026-12-01T09:00', '2026-12-01T17:00')),
      drafted('gone', body(TOMAS.agentId, '2026-12-02T09:00', '2026-12-02T17:00')),
    ],
  });
  await station.ask('plan.publish', { opId: op(), note: '' });
});
afterEach(async () => {
  await station[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const saved = (): string => readFileSync(path ?? '', 'utf8').replaceAll('\r\n ', '');
const suggested = (): unknown => shell.asked.findLast((each) => each.name === 'dialog.save')?.input ?? null;

describe('a calendar', () => {
  const calendar = (of: Input<'coverage.exportIcs'>['of']): ReturnType<typeof station.call<'coverage.exportIcs'>> =>
    station.call('coverage.exportIcs', { opId: op(), of, ...WEEK });

  test('holds somebody\u2019s shifts, and tells what was taken back or moved away', async () => {
    await station.ask('plan.edit', {
      opId: op(),
      changes: [
        { shiftId: shiftId('gone'), draft: { kind: 'removed' } },
        drafted('monday', body(TOMAS.agentId, '2027-01-04T09:00', '2027-01-04T17:00')),
        drafted('wednesday', body(TOMAS.agentId, '2026-12-02T10:00', '2026-12-02T18:00')),
      ],
    });
    await station.ask('plan.publish', { opId: op(), note: '' });
    expect(await calendar({ kind: 'agent', agentId: TOMAS.agentId })).toEqual({ ok: true, value: { path } });
    expect(suggested()).toMatchObject({ suggestedName: 'tomas.ics' });
    const events = saved().split('BEGIN:VEVENT').slice(1);
    const about = (slug: string): string => events.filter((event) => event.includes(`UID:shf_${slug}`)).join('');
    expect(about('wednesday')).toContain('DTSTART:20261202T100000Z');
    expect(about('gone')).toContain('STATUS:CANCELLED');
    expect(about('gone')).toContain('SEQUENCE:2');
    // It was in this calendar, so that it has moved out of the week must be told.
    expect(about('monday')).toContain('DTSTART:20270104T090000Z');
    expect(about('tuesday')).toBe('');
  });

  test('is made of a hub and of a requirement, too', async () => {
    await calendar({ kind: 'hub', hubId: LISBON.hubId });
    expect(saved().match(/STATUS:CONFIRMED/gu)).toHaveLength(3);
    await calendar({ kind: 'requirement', requirementId: ANYBODY.requirementId });
    // Of Mondays only, as far as the requirement counts.
    expect(saved().match(/DTSTART.*/gu)).toEqual(['DTSTART:20261130T090000Z']);
  });

  test('is not written where nobody wants it, or nobody can', async () => {
    expect(await calendar({ kind: 'agent', agentId: makeId('agt', 'nobody') })).toMatchObject({ error: { code: 'not-found' } });
    path = join(folder, 'no', 'such', 'folder');
    expect(await calendar({ kind: 'hub', hubId: LISBON.hubId })).toMatchObject({ error: { code: 'write-failed' } });
    path = null;
    expect(await calendar({ kind: 'hub', hubId: LISBON.hubId })).toEqual({ ok: true, value: null });
  });

  test('that was written is read again as the same shifts', async () => {
    await calendar({ kind: 'hub', hubId: LISBON.hubId });
    const { shifts, refused } = await station.ask('coverage.readIcs', {
      text: readFileSync(path ?? '', 'utf8'),
      floatingZone: null,
      ...WEEK,
    });
    expect(shifts.map((shift) => [shift.zone, shift.startLocal.day, shift.startLocal.hour])).toEqual([
      ['UTC', 30, 9],
      ['UTC', 1, 9],
      ['UTC', 2, 9],
    ]);
    expect(refused).toEqual([]);
    expect((await station.ask('coverage.readIcs', { text: 'no calendar', floatingZone: null, ...WEEK })).refused).toMatchObject([
      { reason: 'no-calendar' },
    ]);
  });
});

describe('the team as a table', () => {
  const read = (text: string): ReturnType<typeof station.ask<'roster.readAgentsCsv'>> => station.ask('roster.readAgentsCsv', { text });

  test('that was written is read again without a change', async () => {
    expect(await station.call('roster.exportAgentsCsv', { opId: op(), what: 'team' })).toEqual({ ok: true, value: { path } });
    const preview = await read(readFileSync(path ?? '', 'utf8'));
    expect(preview.problem).toBeNull();
    expect(preview.rows.map((row) => [row.name, row.status])).toEqual([
      ['Ana Reis', 'unchanged'],
      ['lucia', 'unchanged'],
      ['tomas', 'unchanged'],
      ['haruka', 'unchanged'],
    ]);
  });

  test('says row by row what it would change, and what is imported is then there', async () => {
    const text =
      'name,hub,zone,hours per week,languages\ntomas,Lisbon,Europe/Lisbon,20,pt:expert; en\nMina,Singapore,Asia/Singapore,40,ko:expert\nNobody,Atlantis,,40,\n';
    const preview = await read(text);
    expect(preview.rows.map((row) => [row.line, row.name, row.status, row.errors.map((error) => error.code)])).toEqual([
      [2, 'tomas', 'changed', []],
      [3, 'Mina', 'new', []],
      [4, 'Nobody', 'error', expect.arrayContaining(['unknown-hub'])],
    ]);
    // Looking changes nothing.
    expect((await station.ask('roster.get', {})).roster.agents.map((agent) => agent.name)).not.toContain('Mina');
    const changes = preview.rows.flatMap((row) => (row.agent === null ? [] : [{ kind: 'agent' as const, agent: row.agent }]));
    const { inverse } = await station.ask('roster.save', { opId: op(), changes });
    const { roster } = await station.ask('roster.get', {});
    expect(roster.agents.find((agent) => agent.agentId === TOMAS.agentId)).toMatchObject({
      contract: { hoursPerWeek: 20 },
      languages: [{ name: 'pt', level: 'expert' }, { name: 'en' }],
    });
    expect(roster.agents.find((agent) => agent.name === 'Mina')).toMatchObject({ zone: 'Asia/Singapore', isActive: true });
    expect((await read(text)).rows.map((row) => row.status)).toEqual(['unchanged', 'unchanged', 'error']);
    await station.ask('roster.save', { opId: op(), changes: inverse });
    expect((await station.ask('roster.get', {})).roster.agents.find((agent) => agent.agentId === TOMAS.agentId)).toEqual(TOMAS);
  });

  test('has an example to fill in that can be read', async () => {
    await station.ask('roster.exportAgentsCsv', { opId: op(), what: 'example' });
    const preview = await read(readFileSync(path ?? '', 'utf8'));
    expect(preview.rows.length).toBeGreaterThan(0);
    expect(preview.rows.every((row) => row.status === 'new')).toBe(true);
  });

  test('is not written where nobody can', async () => {
    path = join(folder, 'no', 'such', 'folder');
    expect(await station.call('roster.exportAgentsCsv', { opId: op(), what: 'team' })).toMatchObject({ error: { code: 'write-failed' } });
  });
});

describe('hours as a table', () => {
  const hours = (what: 'shifts' | 'hours', zone: string): ReturnType<typeof station.call<'coverage.exportHours'>> =>
    station.call('coverage.exportHours', { opId: op(), what, ...WEEK, zone });

  test('name the zone that they are told in, and leave out breaks and who is away', async () => {
    await station.ask('plan.requestAbsence', {
      opId: op(),
      agentId: TOMAS.agentId,
      kind: 'sick',
      zone: LISBON.zone,
      startLocal: local('2026-12-02T00:00'),
      endLocal: local('2026-12-03T00:00'),
      note: '',
      isApproved: true,
    });
    await hours('shifts', 'Asia/Tokyo');
    const [header, ...lines] = saved().trim().split(/\r?\n/u);
    expect(header).toContain('start (Asia/Tokyo)');
    expect(suggested()).toEqual({ suggestedName: 'shifts-2026-11-30-2026-12-07.csv' });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('2026-11-30T18:00');
    await hours('hours', 'Europe/Lisbon');
    const table = saved().trim().split(/\r?\n/u);
    expect(table[0]).toContain('week (Europe/Lisbon)');
    expect(table.find((line) => line.includes('tomas'))).toContain('8.00');
  });

  test('are told in no zone that nobody knows', async () => {
    expect(await hours('hours', 'Europe/Atlantis')).toMatchObject({ error: { code: 'unknown-zone' } });
    path = join(folder, 'no', 'such', 'folder');
    expect(await hours('hours', 'Europe/Lisbon')).toMatchObject({ error: { code: 'write-failed' } });
  });
});
