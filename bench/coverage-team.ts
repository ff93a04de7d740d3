import { makeId } from '../src/shared/domain/ids.ts';
import { DAY_MS, instant } from '../src/shared/domain/time.ts';
import type { Instant } from '../src/shared/domain/time.ts';
import { WEEKDAYS } from '../src/shared/domain/time/local-time.ts';
import { wallSpan } from '../src/shared/domain/coverage/derive.ts';
import type { Absence } from '../src/shared/domain/coverage/plan.ts';
import { DEFAULT_SHORTEST_MS, EVERYBODY } from '../src/shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Requirement, Roster, Rotation, ShiftTemplate } from '../src/shared/domain/coverage/roster.ts';
import { toLocal } from '../src/shared/domain/time/zone.ts';

/** A made-up team for measurements: 60 people in six hubs, 12 requirements. The same in every run. */

export const ZONE_DATA = 'bench';
/** The begin of the measured year: six weeks behind the last change of clocks in the north. */
export const YEAR_FROM = instant(Date.UTC(2026, 11, 1));

const HUBS = [
  ['singapore', 'Asia/Singapore', ['zh-Hans', 'en']],
  ['kathmandu', 'Asia/Kathmandu', ['ne', 'en']],
  ['lisbon', 'Europe/Lisbon', ['pt-PT', 'es']],
  ['berlin', 'Europe/Berlin', ['de', 'en']],
  ['new-york', 'America/New_York', ['en', 'es']],
  ['sydney', 'Australia/Sydney', ['en', 'ja']],
] as const;
const SKILLS = ['withdrawals', 'kyc', 'cards', 'api', 'fraud'] as const;
const PER_HUB = 10;

function always(name: string) {
  return { name, level: 'good', from: null, until: null } as const;
}

function agents(): readonly AgentProfile[] {
  return HUBS.flatMap(([hub, zone, languages]) =>
    Array.from({ length: PER_HUB }, (_unused, index): AgentProfile => ({
      agentId: makeId('agt', `${hub}-${String(index)}`),
      name: `${hub} ${String(index)}`,
      hubId: makeId('hub', hub),
      zone,
      contract: { hoursPerWeek: 40, from: null, until: null },
      skills: SKILLS.filter((_skill, place) => (index + place) % 3 === 0).map(always),
      languages: languages.filter((_language, place) => (index + place) % 2 === 0 || place === 0).map(always),
      tiers: index === 0 ? ['lead', 'L2'] : index < 5 ? ['L2'] : ['L1'],
      pattern: {},
      isActive: true,
    })),
  );
}

function templates(): readonly ShiftTemplate[] {
  return HUBS.flatMap(([hub, zone]) =>
    (
      [
        ['early', 7, 15],
        ['late', 12, 20],
      ] as const
    ).map(([name, start, end]): ShiftTemplate => ({
      templateId: makeId('tpl', `${hub}-${name}`),
      name: `${hub} ${name}`,
      hubId: makeId('hub', hub),
      zone,
      days: name === 'early' ? WEEKDAYS : WEEKDAYS.slice(0, 5),
      startMinute: start * 60,
      endMinute: end * 60,
      cycleWeeks: 1,
      activeWeeks: [0],
      anchorDate: { year: 2026, month: 1, day: 5 },
      validFrom: null,
      validUntil: null,
      breaks: [{ openMinute: (start + 4) * 60, closeMinute: (start + 4) * 60 + 30 }],
      needs: EVERYBODY,
      onHolidays: 'skip',
      isActive: true,
    })),
  );
}

function rotations(): readonly Rotation[] {
  return HUBS.flatMap(([hub]) =>
    (['early', 'late'] as const).map((name, half): Rotation => ({
      rotationId: makeId('rot', `${hub}-${name}`),
      name: `${hub} ${name}`,
      version: 1,
      supersedes: null,
      templateIds: [makeId('tpl', `${hub}-${name}`)],
      agentIds: Array.from({ length: PER_HUB / 2 }, (_unused, index) => makeId('agt', `${hub}-${String(2 * index + half)}`)),
      seats: PER_HUB / 2 - 1,
      step: 'week',
      anchorDate: { year: 2026, month: 1, day: 5 },
      from: { year: 2026, month: 1, day: 5 },
      until: null,
      isActive: true,
    })),
  );
}

function requirements(): readonly Requirement[] {
  const workweek = Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [{ openMinute: 8 * 60, closeMinute: 20 * 60 }]]));
  const of = (name: string, minimum: number, part: Partial<Requirement>): Requirement => ({
    requirementId: makeId('req', name),
    name,
    selector: EVERYBODY,
    window: null,
    minimum,
    target: minimum + 1,
    severity: 'major',
    shortestMs: DEFAULT_SHORTEST_MS,
    isActive: true,
    ...part,
  });
  return [
    of('anybody', 2, {}),
    of('l2', 1, { selector: { ...EVERYBODY, tiers: ['L2'] } }),
    of('lead', 1, { selector: { ...EVERYBODY, tiers: ['lead'] }, window: { zone: 'Europe/Berlin', week: workweek } }),
    ...SKILLS.map((skill) => of(skill, 1, { selector: { ...EVERYBODY, skills: [skill] } })),
    ...(
      [
        ['zh', 'Asia/Singapore'],
        ['de', 'Europe/Berlin'],
        ['pt', 'Europe/Lisbon'],
        ['es', 'America/New_York'],
      ] as const
    ).map(([language, zone]) => of(language, 1, { selector: { ...EVERYBODY, languages: [language] }, window: { zone, week: workweek } })),
  ];
}

export function benchRoster(): Roster {
  const hubs = HUBS.map(([hub, zone], place): Hub => ({
    hubId: makeId('hub', hub),
    name: hub,
    zone,
    position: null,
    weekend: ['sat', 'sun'],
    holidays: Array.from({ length: 12 }, (_unused, index) => ({
      date: { year: 2027, month: index + 1, day: 1 + ((place * 5 + index * 3) % 27) },
      name: `Holiday ${String(index)}`,
    })),
    isActive: true,
  }));
  return { hubs, agents: agents(), templates: templates(), rotations: rotations(), requirements: requirements() };
}

/** Two weeks off for everybody, at some time of the year. */
export function benchAbsences(roster: Roster, from: Instant): readonly Absence[] {
  return roster.agents.map((agent, index): Absence => {
    const begin = instant(from + ((index * 37) % 350) * DAY_MS);
    return {
      ...wallSpan(agent.zone, toLocal(agent.zone, begin), toLocal(agent.zone, instant(begin + 14 * DAY_MS)), ZONE_DATA),
      absenceId: makeId('abs', agent.agentId.slice(4)),
      agentId: agent.agentId,
      kind: 'pto',
      state: 'approved',
      note: '',
      requestedAt: from,
      decidedBy: null,
    };
  });
}
