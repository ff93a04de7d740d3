import { beforeEach, expect, test } from 'vitest';
import { EMPTY_ROSTER, EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Requirement } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { isLockedOut, teamFaults } from './team-problems.ts';
import { addPart, editPart, forgetEdits, useTeam, withEdits } from './team.store.ts';

const lisbon: Hub = {
  hubId: makeId('hub', 'lis'),
  name: 'Lisbon',
  zone: 'Europe/Lisbon',
  position: null,
  weekend: ['sat', 'sun'],
  holidays: [],
  isActive: true,
};
const ines: AgentProfile = {
  agentId: makeId('agt', 'ines'),
  name: 'Inês',
  hubId: lisbon.hubId,
  zone: 'Europe/Lisbon',
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  languages: [],
  tiers: ['L1'],
  pattern: {},
  isActive: true,
};
const l2: Requirement = {
  requirementId: makeId('req', 'l2'),
  name: 'L2',
  selector: EVERYBODY,
  window: null,
  minimum: 1,
  target: 1,
  severity: 'major',
  shortestMs: 0,
  isActive: true,
};
const roster = { ...EMPTY_ROSTER, hubs: [lisbon], agents: [ines], requirements: [l2] };

beforeEach(() => forgetEdits());

test('two hubs may not have one name, two people may', () => {
  const twin = { ...lisbon, hubId: makeId('hub', 'twin'), name: ' lisbon ' };
  const team = { ...withEdits(roster, {}), hubs: [lisbon, twin] };
  expect(teamFaults({ kind: 'hub', hub: twin }, team)).toEqual(['name-taken']);
  expect(teamFaults({ kind: 'agent', agent: { ...ines, agentId: makeId('agt', 'other') } }, team)).toEqual([]);
});

test('dates that end before they begin, unknown zones and unnamed skills are faults', () => {
  const team = withEdits(roster, {});
  const day = (number: number): { year: number; month: number; day: number } => ({ year: 2026, month: 3, day: number });
  expect(teamFaults({ kind: 'agent', agent: { ...ines, zone: '' } }, team)).toEqual(['zone-missing']);
  const contract = { hoursPerWeek: 40, from: day(2), until: day(1) };
  expect(teamFaults({ kind: 'agent', agent: { ...ines, contract } }, team)).toEqual(['dates-turned']);
  const skills = [{ name: '', level: 'good', from: null, until: null }] as const;
  expect(teamFaults({ kind: 'agent', agent: { ...ines, skills } }, team)).toEqual(['ability-unnamed']);
  const holidays = [
    { date: day(1), name: 'A' },
    { date: day(1), name: 'B' },
  ];
  expect(teamFaults({ kind: 'hub', hub: { ...lisbon, holidays } }, team)).toEqual(['holiday-twice']);
});

test('a requirement needs hours that open and a target that is not below the minimum', () => {
  const team = withEdits(roster, {});
  expect(teamFaults({ kind: 'requirement', requirement: { ...l2, minimum: 3 } }, team)).toEqual(['target-low']);
  const window = { zone: 'Asia/Tokyo', week: { mon: [] } };
  expect(teamFaults({ kind: 'requirement', requirement: { ...l2, window } }, team)).toEqual(['hours-empty']);
});

test('an edit that comes back to what is saved is no edit any more', () => {
  editPart(roster, { kind: 'hub', hub: { ...lisbon, name: 'Porto' } });
  expect(Object.keys(useTeam.getState().edits)).toEqual([lisbon.hubId]);
  expect(withEdits(roster, useTeam.getState().edits).hubs[0]?.name).toBe('Porto');
  editPart(roster, { kind: 'hub', hub: lisbon });
  expect(useTeam.getState().edits).toEqual({});
});

test('what is new stands behind what is saved, and is shown', () => {
  const tokyo = { ...lisbon, hubId: makeId('hub', 'tyo'), name: 'Tokyo', zone: 'Asia/Tokyo' };
  addPart({ kind: 'hub', hub: tokyo });
  expect(withEdits(roster, useTeam.getState().edits).hubs.map((hub) => hub.name)).toEqual(['Lisbon', 'Tokyo']);
  expect(useTeam.getState().shown.hub).toBe(tokyo.hubId);
});

test('who makes others leads and is none themselves could not plan any more', () => {
  const me = makeId('agt', 'me');
  const mine: AgentProfile = { ...ines, agentId: me };
  const lead: AgentProfile = { ...ines, tiers: ['L1', 'lead'] };
  expect(isLockedOut([ines, mine], me)).toBe(false);
  expect(isLockedOut([lead, mine], me)).toBe(true);
  expect(isLockedOut([lead, mine], null)).toBe(true);
  expect(isLockedOut([{ ...lead, isActive: false }, mine], me)).toBe(false);
  expect(isLockedOut([lead, { ...mine, tiers: ['lead'] }], me)).toBe(false);
  expect(isLockedOut([lead, { ...mine, tiers: ['lead'], isActive: false }], me)).toBe(true);
});
