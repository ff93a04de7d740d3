import type { Workstation } from './workstation.ts';
import { op } from './workstation.ts';
import type { RosterChange } from '../../src/shared/contract/coverage.contract.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Requirement, Rotation, ShiftTemplate } from '../../src/shared/domain/coverage/roster.ts';
import type { ShiftBody, ShiftChange } from '../../src/shared/domain/coverage/plan.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, ShiftId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { parseLocalDate, parseLocalDateTime } from '../../src/shared/domain/time/local-time.ts';
import type { LocalDate, LocalDateTime } from '../../src/shared/domain/time/local-time.ts';

/** A small team for tests of the engine: two hubs, five people besides whoever sits at the desk. */

export function date(text: string): LocalDate {
  const found = parseLocalDate(text);
  if (found === null) throw new Error(`no date: ${text}`);
  return found;
}
export function local(text: string): LocalDateTime {
  const found = parseLocalDateTime(text);
  if (found === null) throw new Error(`no wall time: ${text}`);
  return found;
}

export const LISBON: Hub = {
  hubId: makeId('hub', 'lisbon'),
  name: 'Lisbon',
  zone: 'Europe/Lisbon',
  position: null,
  weekend: ['sat', 'sun'],
  holidays: [{ date: date('2026-12-25'), name: 'Natal' }],
  isActive: true,
};
export const SINGAPORE: Hub = { ...LISBON, hubId: makeId('hub', 'singapore'), name: 'Singapore', zone: 'Asia/Singapore', holidays: [] };

export function person(slug: string, hub: Hub | null, change: Partial<AgentProfile> = {}): AgentProfile {
  return {
    agentId: makeId('agt', slug),
    name: slug,
    hubId: hub?.hubId ?? null,
    zone: hub?.zone ?? 'UTC',
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: [{ name: 'en', level: 'expert', from: null, until: null }],
    tiers: ['L1'],
    pattern: {},
    isActive: true,
    ...change,
  };
}
export const TOMAS = person('tomas', LISBON);
export const LUCIA = person('lucia', LISBON, { tiers: ['L1', 'L2'] });
export const HARUKA = person('haruka', SINGAPORE, { languages: [{ name: 'ja', level: 'expert', from: null, until: null }] });
export const PEOPLE = [TOMAS, LUCIA, HARUKA];

export const EARLY: ShiftTemplate = {
  templateId: makeId('tpl', 'lisbon-early'),
  name: 'Lisbon early',
  hubId: LISBON.hubId,
  zone: LISBON.zone,
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  startMinute: 7 * 60,
  endMinute: 15 * 60,
  cycleWeeks: 1,
  activeWeeks: [0],
  anchorDate: date('2026-01-05'),
  validFrom: null,
  validUntil: null,
  breaks: [{ openMinute: 11 * 60, closeMinute: 11 * 60 + 30 }],
  needs: EVERYBODY,
  onHolidays: 'skip',
  isActive: true,
};
export const TURNS: Rotation = {
  rotationId: makeId('rot', 'lisbon-turns'),
  name: 'Lisbon in turns',
  version: 1,
  supersedes: null,
  templateIds: [EARLY.templateId],
  agentIds: [TOMAS.agentId, LUCIA.agentId],
  seats: 1,
  step: 'week',
  anchorDate: date('2026-01-05'),
  from: date('2026-01-05'),
  until: null,
  isActive: true,
};
export const ANYBODY: Requirement = {
  requirementId: makeId('req', 'anybody'),
  name: 'Somebody in Lisbon',
  selector: { ...EVERYBODY, hubs: [LISBON.hubId] },
  window: { zone: LISBON.zone, week: { mon: [{ openMinute: 9 * 60, closeMinute: 17 * 60 }] } },
  minimum: 1,
  target: 2,
  severity: 'major',
  shortestMs: 0,
  isActive: true,
};

export const TEAM: readonly RosterChange[] = [
  { kind: 'hub', hub: LISBON },
  { kind: 'hub', hub: SINGAPORE },
  ...PEOPLE.map((agent): RosterChange => ({ kind: 'agent', agent })),
  { kind: 'template', template: EARLY },
  { kind: 'rotation', rotation: TURNS },
  { kind: 'requirement', requirement: ANYBODY },
];

/** A shift as a page would send it: its instants are wrong on purpose. */
export function body(agentId: AgentId | null, start: string, end: string, change: Partial<ShiftBody> = {}): ShiftBody {
  return {
    zone: LISBON.zone,
    startLocal: local(start),
    endLocal: local(end),
    startAt: instant(1_000_000_000_000),
    endAt: instant(1_000_000_000_001),
    zoneData: 'nonsense',
    agentId,
    hubId: LISBON.hubId,
    breaks: [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
    ...change,
  };
}
export function shiftId(slug: string): ShiftId {
  return makeId('shf', slug);
}
export function drafted(slug: string, shift: ShiftBody): ShiftChange {
  return { shiftId: shiftId(slug), draft: { kind: 'changed', body: shift } };
}

/** Somebody at the desk, and the team. While nobody is a lead, they may plan. */
export async function setUp(station: Workstation): Promise<AgentId> {
  const me = await station.ask('workspace.setProfile', { opId: op(), name: 'Ana Reis', zone: 'Europe/Lisbon', languages: ['en'] });
  await station.ask('roster.save', { opId: op(), changes: TEAM });
  return me.agentId;
}
