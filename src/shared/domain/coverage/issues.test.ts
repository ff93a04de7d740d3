import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ZONE_DATA,
  ability,
  agent,
  assignment,
  at,
  hour,
  pause,
  plan,
  requirement,
  roster,
  shift,
} from '../../../../test/coverage/team.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { WEEKDAYS } from '../time/local-time.ts';
import type { CoverageIssue } from './coverage.ts';
import { coverageIssues, issuesOf, openedShortfalls } from './issues.ts';
import type { Assignment } from './plan.ts';
import { qualifies } from './qualify.ts';
import { requirementCoverage, requirementWindows } from './requirement-coverage.ts';
import { EVERYBODY } from './roster.ts';
import type { AgentProfile, Requirement, Roster } from './roster.ts';

const mei = agent('mei', { tiers: ['L2'], languages: [ability('zh'), ability('de')] });
const tom = agent('tom', { tiers: ['L1'], languages: [ability('en')] });
const uli = agent('uli', { tiers: ['L1'], languages: [ability('de')] });
const TEAM = [mei, tom, uli];

const anybody = requirement('anybody');
const l2 = requirement('l2', { selector: { ...EVERYBODY, tiers: ['L2'] } });
const german = requirement('german', { selector: { ...EVERYBODY, languages: ['de'] }, severity: 'minor' });
const chinese = requirement('chinese', { selector: { ...EVERYBODY, languages: ['zh'] }, severity: 'major' });

function teamWith(...requirements: readonly Requirement[]): Roster {
  return roster({ agents: TEAM, requirements });
}

/** `0-8 gap l2 critical 0/1`, in hours. */
function words(issues: readonly CoverageIssue[]): readonly string[] {
  const hours = (when: number): string => String((when - hour(0)) / HOUR_MS);
  return issues.map(({ kind, requirementId, severity, from, to, have, want, rivals, shiftId, isBrief }) =>
    [
      `${hours(from)}-${hours(to)}`,
      kind,
      shiftId ?? requirementId?.slice(4),
      severity,
      `${String(have)}/${String(want)}`,
      ...rivals.map((rival) => rival.slice(4)),
      ...(isBrief ? ['brief'] : []),
    ].join(' '),
  );
}

function issuesIn(team: Roster, assignments: readonly Assignment[], from = 0, to = 24, options: { now?: number; wrapUpMs?: number } = {}) {
  return words(issuesOf(team, assignments, [], hour(from), hour(to), { now: hour(options.now ?? -100), wrapUpMs: options.wrapUpMs ?? 0 }));
}

describe('windows of a requirement', () => {
  test('run past midnight by the clocks of their zone, and have the repeated hour', () => {
    const night = requirement('night', {
      window: { zone: 'America/New_York', week: { sat: [{ openMinute: 22 * 60, closeMinute: 6 * 60 }] } },
    });
    const hours = (from: string, to: string): number =>
      requirementWindows(night, at(from), at(to)).reduce((sum, span) => sum + span.to - span.from, 0) / HOUR_MS;
    expect(hours('2026-03-07T00:00Z', '2026-03-09T00:00Z')).toBe(7);
    expect(hours('2026-06-06T00:00Z', '2026-06-08T00:00Z')).toBe(8);
    expect(hours('2026-10-31T00:00Z', '2026-11-02T00:00Z')).toBe(9);
  });

  test('are everything around the clock', () => {
    expect(requirementWindows(anybody, hour(1), hour(2))).toEqual([{ from: hour(1), to: hour(2) }]);
    expect(requirementWindows(anybody, hour(2), hour(2))).toEqual([]);
  });
});

describe('coverage of a requirement', () => {
  const office = requirement('office', {
    window: { zone: 'UTC', week: Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [{ openMinute: 540, closeMinute: 1020 }]])) },
    minimum: 1,
    target: 2,
  });

  test('is told within its window only', () => {
    const shifts = [assignment(mei, 0, 12), assignment(tom, 10, 30)];
    const { segments, totals } = requirementCoverage(office, teamWith(office), shifts, hour(0), hour(24 * 7));
    expect(
      segments.map(({ from, to, state }) => `${String((from - hour(0)) / HOUR_MS)}-${String((to - hour(0)) / HOUR_MS)} ${state}`),
    ).toEqual(['9-10 low', '10-12 ok', '12-17 low', '33-41 gap', '57-65 gap', '81-89 gap', '105-113 gap']);
    expect(totals).toEqual({ gap: 32 * HOUR_MS, thin: 0, low: 6 * HOUR_MS, ok: 2 * HOUR_MS });
  });

  test('counts only who qualifies', () => {
    const { totals } = requirementCoverage(l2, teamWith(l2), [assignment(tom, 0, 24), assignment(mei, 4, 6)], hour(0), hour(24));
    expect(totals).toEqual({ gap: 22 * HOUR_MS, thin: 0, low: 0, ok: 2 * HOUR_MS });
  });
});

describe('issues', () => {
  test('are as bad as the requirement is important', () => {
    const two = requirement('two', { minimum: 2, target: 3 });
    const shifts = [assignment(mei, 2, 20), assignment(tom, 4, 20), assignment(uli, 6, 12)];
    expect(issuesIn(teamWith(two), shifts)).toEqual([
      '0-2 gap two critical 0/2',
      '2-4 thin two major 1/2',
      '4-6 low two minor 2/3',
      '12-20 low two minor 2/3',
      '20-24 gap two critical 0/2',
    ]);
    expect(issuesIn(teamWith({ ...two, severity: 'major' }), shifts, 0, 4)).toEqual(['0-2 gap two major 0/2', '2-4 thin two minor 1/2']);
  });

  test('that touch and are of one kind are one, with the fewest there are', () => {
    const three = requirement('three', { minimum: 3, target: 3 });
    expect(issuesIn(teamWith(three), [assignment(mei, 0, 24), assignment(tom, 3, 6)])).toEqual(['0-24 thin three major 1/3']);
  });

  test('are not told of the past, and of what is not over yet as a whole', () => {
    expect(issuesIn(teamWith(anybody), [assignment(mei, 4, 10)], 0, 24, { now: 4 })).toEqual(['10-24 gap anybody critical 0/1']);
    expect(issuesIn(teamWith(anybody), [assignment(mei, 4, 10)], 0, 24, { now: 3 })).toEqual([
      '0-4 gap anybody critical 0/1',
      '10-24 gap anybody critical 0/1',
    ]);
  });

  test('shorter than the requirement’s shortest are brief, but not because the picture ends there', () => {
    const patient = { ...anybody, shortestMs: 10 * MINUTE_MS };
    const seam = [assignment(mei, 0, 8), assignment(tom, 8.15, 16), assignment(uli, 16.25, 23.95)];
    expect(issuesIn(teamWith(patient), seam)).toEqual([
      '8-8.15 gap anybody critical 0/1 brief',
      '16-16.25 gap anybody critical 0/1',
      '23.95-24 gap anybody critical 0/1',
    ]);
  });

  test('are not told of requirements that are out of use', () => {
    expect(issuesIn(teamWith({ ...anybody, isActive: false }), [])).toEqual([]);
  });

  test('of nobody planned at all are one gap', () => {
    expect(issuesIn(teamWith(anybody), [])).toEqual(['0-24 gap anybody critical 0/1']);
  });
});

describe('contended', () => {
  test('is where one person is counted twice although each requirement alone looks fine', () => {
    expect(issuesIn(teamWith(german, l2), [assignment(mei, 0, 24), assignment(tom, 0, 24), assignment(uli, 8, 16)])).toEqual([
      '0-8 contended l2 major 1/2 german l2',
      '16-24 contended l2 major 1/2 german l2',
    ]);
  });

  test('counts minimums, and only where the windows of both are open', () => {
    const noon = requirement('noon', {
      selector: l2.selector,
      window: { zone: 'UTC', week: { mon: [{ openMinute: 720, closeMinute: 780 }] } },
    });
    const two = requirement('two', { minimum: 2 });
    expect(issuesIn(teamWith(two, noon), [assignment(mei, 0, 24), assignment(tom, 0, 24)])).toEqual([
      '12-13 contended two major 2/3 two noon',
    ]);
  });

  test('is not told where one of them is short anyway', () => {
    const two = requirement('two', { selector: german.selector, minimum: 2 });
    expect(issuesIn(teamWith(two, l2), [assignment(mei, 0, 24)])).toEqual(['0-24 thin two major 1/2']);
    // the other two still compete
    expect(issuesIn(teamWith(two, l2, chinese), [assignment(mei, 0, 24)])).toEqual([
      '0-24 contended l2 major 1/2 l2 chinese',
      '0-24 thin two major 1/2',
    ]);
  });

  test('goes on over a hand-over that changes nothing about it', () => {
    const lin = agent('lin', { tiers: ['L2'], languages: [ability('de')] });
    const team = roster({ agents: [...TEAM, lin], requirements: [german, l2] });
    expect(issuesIn(team, [assignment(mei, 0, 12), assignment(lin, 12, 24)])).toEqual(['0-24 contended l2 major 1/2 german l2']);
  });

  test('tells groups that have nobody in common apart', () => {
    const kai = agent('kai', { tiers: ['lead'], languages: [ability('ja')] });
    const lead = requirement('lead', { selector: { ...EVERYBODY, tiers: ['lead'] } });
    const japanese = requirement('japanese', { selector: { ...EVERYBODY, languages: ['ja'] }, severity: 'minor' });
    const team = roster({ agents: [...TEAM, kai], requirements: [german, japanese, l2, lead] });
    expect(issuesIn(team, [assignment(mei, 0, 24), assignment(kai, 0, 24)])).toEqual([
      '0-24 contended l2 major 1/2 german l2',
      '0-24 contended lead major 1/2 japanese lead',
    ]);
  });
});

describe('wrap-up', () => {
  const half = 30 * MINUTE_MS;

  test('is where all who are there are about to go', () => {
    const shifts = [assignment(mei, 0, 8), assignment(tom, 7.75, 24.25), assignment(uli, 12, 24.25)];
    expect(issuesIn(teamWith(anybody), shifts, 0, 24, { wrapUpMs: half })).toEqual([
      '7.5-7.75 wrap-up anybody minor 1/1',
      '23.75-24 wrap-up anybody minor 2/1',
    ]);
    expect(issuesIn(teamWith(anybody), shifts, 0, 24, { wrapUpMs: 0 })).toEqual([]);
  });

  test('looks at the end of the turn, not at a break or at the end of one shift of it', () => {
    const shifts = [assignment(mei, 0, 4, { turnEndsAt: hour(24) }), assignment(mei, 5, 24)];
    expect(issuesIn(teamWith(anybody), shifts, 0, 24, { wrapUpMs: half })).toEqual([
      '4-5 gap anybody critical 0/1',
      '23.5-24 wrap-up anybody minor 1/1',
    ]);
  });
});

describe('of a plan', () => {
  const team = teamWith(l2);

  test('empty and stale shifts are told apart from gaps', () => {
    const stale = shift('stale', mei, 0, 8, { zoneData: '2025a', breaks: [pause(3, 4)] });
    const open = shift('open', null, 8, 12);
    const found = coverageIssues(team, plan({ shifts: [stale, open] }), 'published', hour(0), hour(12), {
      now: hour(0),
      zoneData: ZONE_DATA,
    });
    expect(words(found)).toEqual([
      '0-8 stale-zone shf_stale major 1/1',
      '3-4 gap l2 critical 0/1',
      '7.5-8 wrap-up l2 minor 1/1',
      '8-12 gap l2 critical 0/1',
      '8-12 empty shf_open major 0/1',
    ]);
  });

  test('looks at the layer it is asked about', () => {
    const kept = shift('kept', mei, 0, 24);
    const plans = plan({ shifts: [{ ...kept, draft: { kind: 'removed' } }] });
    const options = { now: hour(0), zoneData: ZONE_DATA, wrapUpMs: 0 };
    expect(words(coverageIssues(team, plans, 'published', hour(0), hour(24), options))).toEqual([]);
    expect(words(coverageIssues(team, plans, 'draft', hour(0), hour(24), options))).toEqual(['0-24 gap l2 critical 0/1']);
  });
});

describe('what a change opens', () => {
  const team = teamWith(anybody, l2);
  const issues = (...shifts: readonly Assignment[]) => issuesOf(team, shifts, [], hour(0), hour(24), { now: hour(0), wrapUpMs: 0 });

  test('is what was no shortfall, or a less bad one', () => {
    const was = issues(assignment(mei, 0, 20), assignment(tom, 0, 24));
    const is = issues(assignment(mei, 4, 18), assignment(tom, 0, 22));
    expect(words(openedShortfalls(team, was, is))).toEqual([
      '0-4 gap l2 critical 0/1',
      '18-20 gap l2 critical 0/1',
      '22-24 gap anybody critical 0/1',
    ]);
    expect(openedShortfalls(team, is, was)).toEqual([]);
    expect(openedShortfalls(team, was, was)).toEqual([]);
  });

  test('knows that nobody is worse than too few', () => {
    const two = teamWith(requirement('two', { minimum: 2 }));
    const of = (...shifts: readonly Assignment[]) => issuesOf(two, shifts, [], hour(0), hour(24), { now: hour(0), wrapUpMs: 0 });
    expect(words(openedShortfalls(two, of(assignment(mei, 0, 24)), of()))).toEqual(['0-24 gap two critical 0/2']);
    expect(openedShortfalls(two, of(), of(assignment(mei, 0, 24)))).toEqual([]);
  });

  test('is not a seam', () => {
    expect(openedShortfalls(team, issues(assignment(mei, 0, 24)), issues(assignment(mei, 0, 12), assignment(mei, 12.05, 24)))).toEqual([]);
  });
});

/** The most slots that distinct people can fill, by trying everything. */
function most(slots: readonly (readonly AgentProfile[])[], taken: ReadonlySet<AgentProfile> = new Set()): number {
  const [first, ...rest] = slots;
  if (first === undefined) return 0;
  const tries = first.filter((person) => !taken.has(person)).map((person) => 1 + most(rest, new Set([...taken, person])));
  return Math.max(most(rest, taken), ...tries);
}

test('any plan: every quarter of an hour is what it is by itself', () => {
  const people = fc.array(
    fc.record({ person: fc.constantFrom(...TEAM), start: fc.integer({ min: -8, max: 40 }), length: fc.integer({ min: 0, max: 24 }) }),
    { maxLength: 8 },
  );
  const wanted = fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 }));
  fc.assert(
    fc.property(people, wanted, (drawn, [first, second, third]) => {
      const team = teamWith(
        { ...l2, minimum: first, target: first },
        { ...german, minimum: second, target: second },
        { ...anybody, minimum: third, target: 3 },
      );
      const shifts = drawn.map(({ person, start, length }) => assignment(person, start / 4, (start + length) / 4));
      const found = issuesOf(team, shifts, [], hour(0), hour(10), { now: hour(0), wrapUpMs: 0 });
      for (let quarter = 0; quarter < 40; quarter += 1) {
        const now = hour(quarter / 4);
        const there = TEAM.filter((person) => shifts.some((each) => each.agentId === person.agentId && each.from <= now && now < each.to));
        const here = found.filter((issue) => issue.from <= now && now < issue.to);
        const slots = team.requirements.flatMap((each) => {
          const able = there.filter((person) => qualifies(person, each.selector, now));
          const state = able.length === 0 ? 'gap' : able.length < each.minimum ? 'thin' : able.length < each.target ? 'low' : 'ok';
          const told = here.find((issue) => issue.requirementId === each.requirementId && issue.kind !== 'contended');
          expect(told?.kind ?? 'ok').toBe(state);
          return state === 'gap' || state === 'thin' ? [] : Array.from({ length: each.minimum }, () => able);
        });
        const contended = here.filter((issue) => issue.kind === 'contended');
        // what stays unfilled of all groups is what stays unfilled of all needs; a longer stretch tells its worst
        expect(contended.length > 0).toBe(most(slots) < slots.length);
        expect(contended.reduce((sum, issue) => sum + issue.want - issue.have, 0)).toBeGreaterThanOrEqual(slots.length - most(slots));
      }
    }),
    { numRuns: 300 },
  );
});
