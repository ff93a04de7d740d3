import type { Output } from '../../../src/shared/contract/contract.ts';
import type { MyShifts, Ribbon } from '../../../src/shared/contract/coverage.contract.ts';
import type { CoverageIssue } from '../../../src/shared/domain/coverage/coverage.ts';
import { EVERYBODY, EMPTY_ROSTER } from '../../../src/shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Requirement } from '../../../src/shared/domain/coverage/roster.ts';
import type { AgentId } from '../../../src/shared/domain/ids.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import type { Span } from '../../../src/shared/domain/time/calendar.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../src/shared/domain/time.ts';
import type { Instant } from '../../../src/shared/domain/time.ts';
import { epochDayAt, instantOfWall } from '../../../src/shared/domain/time/zone.ts';
import type { FakeEngine } from '../fake-engine.ts';

/** A FAKE team and plan for looking at screens: every hub works from 8 to 16 by its own clocks, some longer than others. */

const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
const ME = makeId('agt', 'me');

const HUBS = [
  ['sin', 'Singapore', 'Asia/Singapore'],
  ['ktm', 'Kathmandu', 'Asia/Kathmandu'],
  ['lis', 'Lisbon', 'Europe/Lisbon'],
  ['sfo', 'San Francisco', 'America/Los_Angeles'],
] as const;
const TEAM = [
  ['me', 'Robin Vale', 'lis', ['en', 'pt'], ['L1', 'L2']],
  ['li', '李雷', 'sin', ['zh', 'en'], ['L1']],
  ['ana', 'Ana Sousa', 'lis', ['pt', 'es', 'en'], ['L2']],
  ['jin', 'Kim Min-jun', 'sin', ['ko', 'en'], ['L1', 'L2']],
  ['wei', 'Wei Ling Tan', 'sin', ['en', 'zh'], ['L2']],
  ['bina', 'Bina Gurung', 'ktm', ['en', 'ne'], ['L1']],
  ['theo', 'Theo Marsh', 'sfo', ['en', 'es'], ['L1', 'L2']],
  ['dana', 'Dana Ortiz', 'sfo', ['es', 'en'], ['lead', 'L2']],
] as const;

const hubs = HUBS.map(([id, name, zone]): Hub => ({
  hubId: makeId('hub', id),
  name,
  zone,
  position: null,
  weekend: ['sat', 'sun'],
  holidays: [],
  isActive: true,
}));
const zoneOf = (hub: string): string => HUBS.find(([id]) => id === hub)?.[2] ?? 'UTC';
const agents = TEAM.map(([id, name, hub, languages, tiers]): AgentProfile => ({
  agentId: makeId('agt', id),
  name,
  hubId: makeId('hub', hub),
  zone: zoneOf(hub),
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [{ name: 'billing', level: 'good', from: null, until: null }],
  languages: languages.map((language) => ({ name: language, level: 'good', from: null, until: null })),
  tiers: [...tiers],
  pattern: {},
  isActive: true,
}));
const requirement = (id: string, name: string): Requirement => ({
  requirementId: makeId('req', id),
  name,
  selector: EVERYBODY,
  window: null,
  minimum: 2,
  target: 3,
  severity: 'major',
  shortestMs: 5 * MINUTE_MS,
  isActive: true,
});
const requirements = [requirement('l2', 'L2 around the clock'), requirement('ko', 'Korean')];
export const fakeRoster = { ...EMPTY_ROSTER, hubs, agents, requirements };

interface Turn extends Span {
  readonly agentId: AgentId;
  readonly hub: string;
}

/** The n-th of a hub begins half an hour after the one before and stays half an hour longer. */
function turns(from: Instant, to: Instant): readonly Turn[] {
  const seen = new Map<string, number>();
  return TEAM.flatMap(([id, , hub]) => {
    const place = seen.get(hub) ?? 0;
    seen.set(hub, place + 1);
    const zone = zoneOf(hub);
    const all: Turn[] = [];
    for (let day = epochDayAt(zone, from) - 1; day <= epochDayAt(zone, to); day += 1) {
      const start = instantOfWall(zone, day * DAY_MS + 8 * HOUR_MS + place * 30 * MINUTE_MS);
      const end = instantOfWall(zone, day * DAY_MS + 16 * HOUR_MS + place * 60 * MINUTE_MS);
      if (end > from && start < to) all.push({ agentId: makeId('agt', id), hub, from: start, to: end });
    }
    return all;
  });
}

function stretches(of: readonly Turn[], from: Instant, to: Instant): Ribbon['lanes'][number]['shifts'] {
  const edges = [...new Set(of.flatMap((turn) => [turn.from, turn.to]))].sort((a, b) => a - b);
  return edges.flatMap((start, index) => {
    const end = edges[index + 1];
    const agentIds = of.filter((turn) => turn.from <= start && start < turn.to).map((turn) => turn.agentId);
    if (end === undefined || agentIds.length === 0 || end <= from || start >= to) return [];
    return [{ from: start, to: end, agentIds }];
  });
}

function issue(kind: 'gap' | 'thin', id: string, from: number, to: number): CoverageIssue {
  return {
    kind,
    requirementId: makeId('req', id),
    severity: 'major',
    from: instant(from),
    to: instant(to),
    have: kind === 'gap' ? 0 : 1,
    want: 2,
    rivals: [],
    shiftId: null,
    isBrief: false,
  };
}

/** The ribbon of the fake plan for a stretch. */
export function fakeRibbon(from: Instant, to: Instant): Ribbon {
  const all = turns(from, to);
  const middle = (from + to) / 2;
  const due = (hours: number, count: number, unstaffed: number): Ribbon['due'][number] => ({
    at: instant(middle + hours * HOUR_MS),
    count,
    caseIds: [],
    unstaffed,
  });
  const promised = (hours: number, count: number, infeasible: number): Ribbon['promises'][number] => ({
    at: instant(middle + hours * HOUR_MS),
    count,
    caseIds: [makeId('case', 'c0'), makeId('case', 'c3')],
    infeasible,
  });
  return {
    lanes: HUBS.map(([id, name, zone]) => ({
      hubId: makeId('hub', id),
      name,
      zone,
      shifts: stretches(
        all.filter((turn) => turn.hub === id),
        from,
        to,
      ),
      daylight: [-1, 0, 1, 2].flatMap((offset) => {
        const day = (epochDayAt(zone, from) + offset) * DAY_MS;
        const span = { from: instantOfWall(zone, day + 6.5 * HOUR_MS), to: instantOfWall(zone, day + 18.5 * HOUR_MS) };
        return span.to > from && span.from < to ? [span] : [];
      }),
    })),
    issues: [
      issue('gap', 'ko', middle + 3 * HOUR_MS, middle + 4.5 * HOUR_MS),
      issue('thin', 'l2', middle + 7 * HOUR_MS, middle + 9.25 * HOUR_MS),
    ],
    due: [due(-4, 1, 0), due(0.75, 2, 0), due(1.25, 3, 0), due(3.5, 4, 2), due(8, 12, 0), due(8.25, 1, 1), due(10.5, 1, 0)],
    promises: [promised(1.5, 1, 0), promised(3.75, 2, 1), promised(6, 1, 0), promised(9.5, 1, 1)],
    hasPlan: true,
  };
}

/** The answers of the fake engine about team, plan and coverage. */
export function fakeCoverage(scenario: string, _engine: () => FakeEngine): ConstructorParameters<typeof FakeEngine>[0] {
  const isEmpty = scenario === 'empty' || scenario === 'first-run';
  return {
    'roster.get': (): { readonly ok: true; readonly value: Output<'roster.get'> } =>
      ok({ roster: isEmpty ? EMPTY_ROSTER : fakeRoster, me: ME, canPlan: true, zoneData: '2026c', zoneNotice: null }),
    'coverage.ribbon': ({ from, to }) =>
      ok(isEmpty ? { lanes: [], issues: [], due: [], promises: [], hasPlan: false } : fakeRibbon(from, to)),
    'plan.mine': (): { readonly ok: true; readonly value: MyShifts | null } => ok(isEmpty ? null : fakeMine()),
    'plan.checkSwap': ({ toAt }) =>
      ok(
        toAt < Date.now() + 3 * DAY_MS
          ? { refusals: [{ code: 'opens-gap', agentId: null }], opened: [issue('gap', 'ko', toAt - HOUR_MS, toAt)] }
          : { refusals: [], opened: [] },
      ),
    'plan.askSwap': () => ok({ swapId: makeId('swp', 'new') }),
    'plan.answerSwap': () => ok(null),
    'plan.checkAbsence': () => ok({ opened: [] }),
    'plan.requestAbsence': () => ok({ absenceId: makeId('abs', 'new') }),
    'plan.decideAbsence': () => ok(null),
    'plan.dismissNotices': () => ok(null),
    'coverage.candidates': () =>
      ok(
        TEAM.map(([id], index) => ({
          agentId: makeId('agt', id),
          refusals: index % 3 === 1 ? (['busy'] as const) : index % 3 === 2 ? (['rest', 'hours'] as const) : [],
          restMs: null,
          unsocialMinutes: 0,
          stretchUnsocialMinutes: 0,
          lastUnsocialAt: null,
        })),
      ),
    'coverage.exportIcs': () => ok({ path: '/home/robin/shifts.ics' }),
  };
}

/** My own turns, one of them over a change of the clocks if there is one, and a request of every kind. */
function fakeMine(): MyShifts {
  const now = Date.now();
  const mine = turns(instant(now), instant(now + 28 * DAY_MS)).filter((turn) => turn.agentId === ME);
  const [first, second, third] = mine;
  const wall = { zone: 'Europe/Lisbon', zoneData: '2026c' };
  const day = (offset: number): { readonly startAt: Instant; readonly endAt: Instant } => {
    const start = instantOfWall('Europe/Lisbon', (epochDayAt('Europe/Lisbon', instant(now)) + offset) * DAY_MS);
    return { startAt: start, endAt: instant(start + DAY_MS) };
  };
  const local = { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  const swap = (
    id: string,
    state: MyShifts['swaps'][number]['state'],
    from: Turn | undefined,
    isMine: boolean,
  ): MyShifts['swaps'][number] => ({
    swapId: makeId('swp', id),
    shiftId: makeId('shf', id),
    fromAt: from?.from ?? instant(now),
    toAt: from?.to ?? instant(now),
    fromAgent: isMine ? ME : makeId('agt', 'ana'),
    toAgent: isMine ? makeId('agt', 'theo') : null,
    returnShiftId: isMine ? makeId('shf', 'back') : null,
    state,
    reason: isMine ? 'School play' : 'Dentist',
    askedAt: instant(now - HOUR_MS),
    decidedBy: null,
    canIAccept: !isMine,
  });
  return {
    agentId: ME,
    zone: 'Europe/Lisbon',
    turns: mine.map((turn, index) => ({
      shiftId: makeId('shf', `t${index}`),
      from: turn.from,
      to: turn.to,
      hubId: makeId('hub', 'lis'),
      isOverride: index === 2,
      note: index === 1 ? 'Training in the afternoon' : '',
    })),
    absences: [
      {
        ...wall,
        ...day(9),
        startLocal: local,
        endLocal: local,
        absenceId: makeId('abs', 'a'),
        agentId: ME,
        kind: 'pto',
        state: 'requested',
        note: '',
        requestedAt: instant(now),
        decidedBy: null,
      },
    ],
    swaps: [swap('offer', 'asked', second, false), swap('mine', 'accepted', third, true)],
    notices: [
      {
        agentId: ME,
        publicationId: makeId('pub', 'p'),
        at: instant(now - 2 * HOUR_MS),
        byName: 'Dana Ortiz',
        shifts: [
          {
            shiftId: makeId('shf', 't0'),
            kind: 'moved',
            isLate: true,
            before: first === undefined ? null : { from: instant(first.from - 2 * HOUR_MS), to: instant(first.to - 2 * HOUR_MS) },
            after: first ?? null,
          },
        ],
      },
    ],
  };
}
