import { makeId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { WEEKDAYS, localOfWall, parseLocalDate } from '../../src/shared/domain/time/local-time.ts';
import type { LocalDate } from '../../src/shared/domain/time/local-time.ts';
import { EMPTY_PLAN, SAME } from '../../src/shared/domain/coverage/plan.ts';
import type { Absence, Assignment, Plan, Shift, ShiftBody, ShiftBreak, WallSpan } from '../../src/shared/domain/coverage/plan.ts';
import { DEFAULT_SHORTEST_MS, EMPTY_ROSTER, EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import type { Ability, AgentProfile, Hub, Requirement, Roster, Rotation, ShiftTemplate } from '../../src/shared/domain/coverage/roster.ts';

/** Members of invented teams for the tests of coverage: everything that a test does not speak of is plain. */

export function date(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (parsed === null) throw new RangeError(`no date: ${text}`);
  return parsed;
}

export function ability(name: string, part: Partial<Ability> = {}): Ability {
  return { name, level: 'good', from: null, until: null, ...part };
}

export function agent(name: string, part: Partial<AgentProfile> = {}): AgentProfile {
  return {
    agentId: makeId('agt', name),
    name,
    hubId: null,
    zone: 'UTC',
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: [],
    tiers: ['L1'],
    pattern: {},
    isActive: true,
    ...part,
  };
}

export function hub(name: string, zone: string, part: Partial<Hub> = {}): Hub {
  return { hubId: makeId('hub', name), name, zone, position: null, weekend: ['sat', 'sun'], holidays: [], isActive: true, ...part };
}

export function requirement(name: string, part: Partial<Requirement> = {}): Requirement {
  return {
    requirementId: makeId('req', name),
    name,
    selector: EVERYBODY,
    window: null,
    minimum: 1,
    target: part.minimum ?? 1,
    severity: 'critical',
    shortestMs: DEFAULT_SHORTEST_MS,
    isActive: true,
    ...part,
  };
}

export function template(name: string, zone: string, part: Partial<ShiftTemplate> = {}): ShiftTemplate {
  return {
    templateId: makeId('tpl', name),
    name,
    hubId: null,
    zone,
    days: WEEKDAYS.slice(0, 5),
    startMinute: 9 * 60,
    endMinute: 17 * 60,
    cycleWeeks: 1,
    activeWeeks: [0],
    anchorDate: date('2025-01-06'),
    validFrom: null,
    validUntil: null,
    breaks: [],
    needs: EVERYBODY,
    onHolidays: 'skip',
    isActive: true,
    ...part,
  };
}

export function rotation(
  name: string,
  templates: readonly ShiftTemplate[],
  agents: readonly AgentProfile[],
  part: Partial<Rotation> = {},
): Rotation {
  return {
    rotationId: makeId('rot', name),
    name,
    version: 1,
    supersedes: null,
    templateIds: templates.map((each) => each.templateId),
    agentIds: agents.map((each) => each.agentId),
    seats: agents.length,
    step: 'week',
    anchorDate: date('2025-01-06'),
    from: date('2025-01-06'),
    until: null,
    isActive: true,
    ...part,
  };
}

/** An instant from its text in ISO 8601 with `Z`. */
export function at(text: string): Instant {
  return instant(Date.parse(text));
}

/** `hours` after the first of June 2026, a Monday, 00:00 UTC. */
export function hour(hours: number): Instant {
  return instant(Date.UTC(2026, 5, 1) + hours * HOUR_MS);
}

/** Somebody's assignment in hours, see `hour`; one turn of one shift. */
export function assignment(person: AgentProfile, from: number, to: number, part: Partial<Assignment> = {}): Assignment {
  return {
    agentId: person.agentId,
    from: hour(from),
    to: hour(to),
    shiftId: makeId('shf', `${person.name}-${String(from).replace('.', '-')}`),
    hubId: person.hubId,
    turnEndsAt: hour(to),
    isOverride: false,
    isStale: false,
    ...part,
  };
}

export function roster(part: Partial<Roster>): Roster {
  return { ...EMPTY_ROSTER, ...part };
}

export const ZONE_DATA = '2026d';

/** A stretch in hours, see `hour`, as UTC's clocks tell it. */
export function utcSpan(from: number, to: number): WallSpan {
  return {
    zone: 'UTC',
    startLocal: localOfWall(hour(from)),
    endLocal: localOfWall(hour(to)),
    startAt: hour(from),
    endAt: hour(to),
    zoneData: ZONE_DATA,
  };
}

/** A published shift in hours, see `hour`; on UTC's clocks. */
export function shift(name: string, person: AgentProfile | null, from: number, to: number, part: Partial<ShiftBody> = {}): Shift {
  const published: ShiftBody = {
    ...utcSpan(from, to),
    agentId: person?.agentId ?? null,
    hubId: person?.hubId ?? null,
    breaks: [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
    ...part,
  };
  return { shiftId: makeId('shf', name), revision: 1, published, cancelled: null, draft: SAME };
}

/** A break of such a shift. */
export function pause(from: number, to: number): ShiftBreak {
  return { startLocal: localOfWall(hour(from)), endLocal: localOfWall(hour(to)), startAt: hour(from), endAt: hour(to) };
}

/** An approved absence in hours, see `hour`. */
export function absence(person: AgentProfile, from: number, to: number, part: Partial<Absence> = {}): Absence {
  return {
    absenceId: makeId('abs', `${person.name}-${String(from).replace('.', '-')}`),
    agentId: person.agentId,
    kind: 'pto',
    state: 'approved',
    note: '',
    requestedAt: hour(-100),
    decidedBy: null,
    ...utcSpan(from, to),
    ...part,
  };
}

export function plan(part: Partial<Plan>): Plan {
  return { ...EMPTY_PLAN, ...part };
}
