import { makeId } from '../../src/shared/domain/ids.ts';
import { WEEKDAYS, parseLocalDate } from '../../src/shared/domain/time/local-time.ts';
import type { LocalDate } from '../../src/shared/domain/time/local-time.ts';
import { DEFAULT_SHORTEST_MS, EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import type { Ability, AgentProfile, Hub, Requirement, Rotation, ShiftTemplate } from '../../src/shared/domain/coverage/roster.ts';

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
