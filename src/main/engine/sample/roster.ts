import { HUB_NAMES, hubOf, sampleHub, sampleHubs } from './hubs.ts';
import type { HubName } from './hubs.ts';
import { crewOf, leadOf, SAMPLE_TEAM, toProfile } from './team.ts';
import { DEFAULT_SHORTEST_MS, EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { Requirement, Roster, Rotation, Selector, ShiftTemplate } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId, TemplateId } from '../../../shared/domain/ids.ts';
import type { Week } from '../../../shared/domain/time/calendar.ts';
import type { LocalDate, Weekday } from '../../../shared/domain/time/local-time.ts';

/** A Monday long ago: everybody's turn is counted from it, so that a date's shifts do not depend on when they are made. */
const ANCHOR: LocalDate = { year: 2024, month: 1, day: 1 };
const WORKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

interface Pattern {
  readonly slug: string;
  readonly name: string;
  readonly days: readonly Weekday[];
  /** `HH:MM`; an end at or before the start is on the next day. */
  readonly hours: readonly [start: string, end: string];
  readonly pause: readonly [start: string, end: string] | null;
  readonly onHolidays: 'work' | 'skip';
}

/** Somebody is there most of the time, but few at weekends. */
const PATTERNS: Readonly<Record<HubName, readonly Pattern[]>> = {
  Singapore: [
    { slug: 'sg-lead', name: 'Lead', days: WORKDAYS, hours: ['09:00', '18:00'], pause: null, onHolidays: 'skip' },
    { slug: 'sg-day', name: 'Day', days: WORKDAYS, hours: ['09:00', '18:00'], pause: ['12:30', '13:30'], onHolidays: 'skip' },
    {
      slug: 'sg-midday',
      name: 'Day, late lunch',
      days: WORKDAYS,
      hours: ['09:00', '18:00'],
      pause: ['14:00', '15:00'],
      onHolidays: 'skip',
    },
    {
      slug: 'sg-bridge',
      name: 'Bridge',
      days: ['wed', 'thu', 'fri'],
      hours: ['10:00', '19:00'],
      pause: ['13:30', '14:30'],
      onHolidays: 'skip',
    },
    { slug: 'sg-weekend', name: 'Weekend', days: ['sat', 'sun'], hours: ['09:00', '18:00'], pause: null, onHolidays: 'work' },
    { slug: 'sg-evening', name: 'Evening', days: WORKDAYS, hours: ['13:00', '22:00'], pause: ['17:00', '18:00'], onHolidays: 'work' },
  ],
  Lisbon: [
    { slug: 'lis-lead', name: 'Lead', days: WORKDAYS, hours: ['09:00', '18:00'], pause: null, onHolidays: 'skip' },
    { slug: 'lis-day', name: 'Day', days: WORKDAYS, hours: ['09:00', '18:00'], pause: ['13:00', '14:00'], onHolidays: 'skip' },
    {
      slug: 'lis-midday',
      name: 'Day, late lunch',
      days: WORKDAYS,
      hours: ['09:00', '18:00'],
      pause: ['14:30', '15:30'],
      onHolidays: 'skip',
    },
    {
      slug: 'lis-bridge',
      name: 'Bridge',
      days: ['wed', 'thu', 'fri'],
      hours: ['10:00', '19:00'],
      pause: ['12:00', '13:00'],
      onHolidays: 'skip',
    },
    { slug: 'lis-weekend', name: 'Weekend', days: ['sat', 'sun'], hours: ['09:00', '18:00'], pause: null, onHolidays: 'work' },
    {
      slug: 'lis-evening',
      name: 'Evening',
      days: ['mon', 'tue', 'wed'],
      hours: ['13:00', '22:00'],
      pause: ['17:00', '18:00'],
      onHolidays: 'work',
    },
    { slug: 'lis-night', name: 'Night', days: ['fri', 'sat'], hours: ['22:00', '06:00'], pause: ['02:00', '02:30'], onHolidays: 'work' },
  ],
  'San Francisco': [
    { slug: 'sf-lead', name: 'Lead', days: WORKDAYS, hours: ['08:30', '17:30'], pause: null, onHolidays: 'skip' },
    { slug: 'sf-day', name: 'Day', days: WORKDAYS, hours: ['08:30', '17:30'], pause: ['12:00', '13:00'], onHolidays: 'skip' },
    {
      slug: 'sf-midday',
      name: 'Day, late lunch',
      days: WORKDAYS,
      hours: ['08:30', '17:30'],
      pause: ['13:30', '14:30'],
      onHolidays: 'skip',
    },
    {
      slug: 'sf-bridge',
      name: 'Bridge',
      days: ['wed', 'thu', 'fri'],
      hours: ['09:30', '18:30'],
      pause: ['13:00', '14:00'],
      onHolidays: 'skip',
    },
    { slug: 'sf-weekend', name: 'Weekend', days: ['sat', 'sun'], hours: ['08:30', '17:30'], pause: null, onHolidays: 'work' },
    { slug: 'sf-evening', name: 'Evening', days: WORKDAYS, hours: ['13:00', '22:00'], pause: ['16:00', '17:00'], onHolidays: 'work' },
  ],
};

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}

function templateId(slug: string): TemplateId {
  return makeId('tpl', slug);
}

function templatesOf(hub: HubName): readonly ShiftTemplate[] {
  return PATTERNS[hub].map(({ slug, name, days, hours: [start, end], pause, onHolidays }) => ({
    templateId: templateId(slug),
    name: `${hub} · ${name}`,
    hubId: sampleHub(hub),
    zone: hubOf(hub).zone,
    days,
    startMinute: minuteOf(start),
    endMinute: minuteOf(end),
    cycleWeeks: 1,
    activeWeeks: [0],
    anchorDate: ANCHOR,
    validFrom: null,
    validUntil: null,
    breaks: pause === null ? [] : [{ openMinute: minuteOf(pause[0]), closeMinute: minuteOf(pause[1]) }],
    needs: slug.endsWith('-lead') ? { ...EVERYBODY, tiers: ['lead'] } : EVERYBODY,
    onHolidays,
    isActive: true,
  }));
}

/**
 * Six people take turns by the week, in pairs: one pair has the day, one the day with a late lunch, and of the third one
 * has the bridge and the weekend, the other the evening and the nights. In six weeks everybody has had every turn.
 */
const DAY_ORDER = [0, 1, 2, 3, 4, 5];
const MIDDAY_ORDER = [2, 3, 4, 5, 0, 1];
const WEEKEND_ORDER = [4, 0, 2, 5, 1, 3];
const EVENING_ORDER = [5, 1, 3, 4, 0, 2];

function rotationsOf(hub: HubName): readonly Rotation[] {
  const crew = crewOf(hub);
  const slugs = PATTERNS[hub].map((pattern) => pattern.slug);
  const inOrder = (order: readonly number[]): AgentId[] => order.flatMap((index) => crew[index]?.agentId ?? []);
  const rotation = (kind: string, kinds: readonly string[], agentIds: readonly AgentId[], seats: number): Rotation => ({
    rotationId: makeId('rot', slugs.find((slug) => slug.endsWith(`-${kind}`)) ?? kind),
    name: `${hub} · ${kind}`,
    version: 1,
    supersedes: null,
    templateIds: slugs.filter((slug) => kinds.some((each) => slug.endsWith(`-${each}`))).map(templateId),
    agentIds,
    seats,
    step: 'week',
    anchorDate: ANCHOR,
    from: ANCHOR,
    until: null,
    isActive: true,
  });
  return [
    rotation('lead', ['lead'], [leadOf(hub).agentId], 1),
    rotation('day', ['day'], inOrder(DAY_ORDER), 2),
    rotation('midday', ['midday'], inOrder(MIDDAY_ORDER), 2),
    rotation('weekend', ['bridge', 'weekend'], inOrder(WEEKEND_ORDER), 1),
    rotation('evening', ['evening', 'night'], inOrder(EVENING_ORDER), 1),
  ];
}

function week(days: readonly Weekday[], start: string, end: string): Week {
  const windows = [{ openMinute: minuteOf(start), closeMinute: minuteOf(end) }];
  return Object.fromEntries(days.map((day) => [day, windows]));
}

function requirement(
  slug: string,
  name: string,
  selector: Partial<Selector>,
  facts: Pick<Requirement, 'window' | 'minimum' | 'target' | 'severity'>,
): Requirement {
  return {
    requirementId: makeId('req', slug),
    name,
    selector: { ...EVERYBODY, ...selector },
    shortestMs: DEFAULT_SHORTEST_MS,
    isActive: true,
    ...facts,
  };
}

const REQUIREMENTS: readonly Requirement[] = [
  requirement('l1', 'First line', { tiers: ['L1'] }, { window: null, minimum: 1, target: 3, severity: 'critical' }),
  requirement('l2', 'Escalations', { tiers: ['L2'] }, { window: null, minimum: 1, target: 2, severity: 'critical' }),
  requirement(
    'japanese',
    'Japanese',
    { languages: ['ja'] },
    { window: { zone: 'Asia/Tokyo', week: week(WORKDAYS, '10:00', '21:00') }, minimum: 1, target: 1, severity: 'major' },
  ),
  requirement(
    'korean',
    'Korean',
    { languages: ['ko'] },
    {
      window: { zone: 'Asia/Seoul', week: { ...week(WORKDAYS, '10:00', '19:00'), ...week(['sat'], '10:00', '16:00') } },
      minimum: 1,
      target: 1,
      severity: 'major',
    },
  ),
  requirement(
    'chinese',
    'Chinese',
    { languages: ['zh-Hans'] },
    {
      window: { zone: 'Asia/Shanghai', week: week([...WORKDAYS, 'sat', 'sun'], '09:00', '18:00') },
      minimum: 1,
      target: 2,
      severity: 'major',
    },
  ),
  requirement(
    'iberian',
    'Portuguese or Spanish',
    { languages: ['pt', 'es'] },
    { window: { zone: 'America/Sao_Paulo', week: week(WORKDAYS, '08:00', '20:00') }, minimum: 1, target: 2, severity: 'major' },
  ),
  requirement(
    'withdrawals',
    'Withdrawals',
    { skills: ['withdrawals'] },
    { window: { zone: 'Europe/Lisbon', week: week(WORKDAYS, '09:00', '17:00') }, minimum: 1, target: 2, severity: 'minor' },
  ),
  requirement(
    'weekend',
    'Weekends',
    {},
    { window: { zone: 'UTC', week: week(['sat', 'sun'], '00:00', '24:00') }, minimum: 2, target: 2, severity: 'minor' },
  ),
  requirement(
    'lead',
    'Lead on duty',
    { tiers: ['lead'] },
    { window: { zone: 'UTC', week: week(WORKDAYS, '00:00', '24:00') }, minimum: 1, target: 1, severity: 'minor' },
  ),
];

const rosters = new Map<number, Roster>();

/** What the sample team was set up with, by its leads, as it is in a year. */
export function sampleRoster(year: number): Roster {
  const known = rosters.get(year);
  if (known !== undefined) return known;
  const made: Roster = {
    hubs: sampleHubs(year),
    agents: SAMPLE_TEAM.map(toProfile),
    templates: HUB_NAMES.flatMap(templatesOf),
    rotations: HUB_NAMES.flatMap(rotationsOf),
    requirements: REQUIREMENTS,
  };
  rosters.set(year, made);
  return made;
}
