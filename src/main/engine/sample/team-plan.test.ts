import { describe, expect, test } from 'vitest';
import { agentOnDuty, isOnDuty, meAt, turnsOfTeam } from './duty.ts';
import { HUB_NAMES, sampleHub } from './hubs.ts';
import { seededRandom } from './random.ts';
import { sampleRoster } from './roster.ts';
import { SAMPLE_TEAM } from './team.ts';
import { planTeam } from './team-plan.ts';
import { assignments } from '../../../shared/domain/coverage/assignments.ts';
import { applyChanges } from '../../../shared/domain/coverage/draft.ts';
import { coverageIssues } from '../../../shared/domain/coverage/issues.ts';
import { SAME } from '../../../shared/domain/coverage/plan.ts';
import type { Plan, Shift } from '../../../shared/domain/coverage/plan.ts';
import { swapCheck } from '../../../shared/domain/coverage/swaps.ts';
import { draftProblems, ProblemFinder } from '../../../shared/domain/coverage/validate.ts';
import { after, DAY_MS, HOUR_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const ZONE_DATA = 'test';
/** All sorts of times at which somebody may make a sample workspace. */
const TIMES = ['2026-11-24T12:00', '2026-11-28T23:30', '2026-12-20T03:00', '2027-03-10T20:00', '2027-07-04T08:15', '2028-02-29T16:45'].map(
  (text) => instant(Date.parse(`${text}:00Z`)),
);

function planAt(now: Instant): Plan {
  const made = planTeam(now, ZONE_DATA);
  const rows = new Map<string, Shift>();
  for (const { shiftId, after: body } of made.publications.flatMap((each) => each.changes)) {
    const revision = (rows.get(shiftId)?.revision ?? 0) + 1;
    rows.set(shiftId, { shiftId, revision, published: body, cancelled: null, draft: SAME });
  }
  const { shifts } = applyChanges([...rows.values()], made.draft);
  return { shifts, overrides: made.overrides, absences: made.absences, swaps: made.swaps };
}
const yearOf = (at: Instant): number => new Date(at).getUTCFullYear();

describe('the sample team', () => {
  test('gives everybody one turn a week, and every turn in six weeks', () => {
    for (const hub of HUB_NAMES) {
      const roster = sampleRoster(2026);
      const crew = SAMPLE_TEAM.filter((agent) => agent.hub === hub && !agent.mayBeMe);
      const rotations = roster.rotations.filter((each) => crew.some((agent) => each.agentIds.includes(agent.agentId)));
      const seatsOf = (week: number): string[] =>
        rotations.flatMap(({ agentIds, seats }) =>
          Array.from({ length: seats }, (_seat, seat) => agentIds[(week * seats + seat) % agentIds.length] ?? ''),
        );
      for (let week = 0; week < 6; week += 1) expect(seatsOf(week).sort()).toEqual(crew.map((agent) => agent.agentId).sort());
      expect(rotations.every((each) => new Set(each.agentIds).size === crew.length)).toBe(true);
    }
  });

  test('has a lead and more than one L2 in every hub, and few who speak Korean', () => {
    const roster = sampleRoster(2026);
    for (const hub of HUB_NAMES) {
      const people = roster.agents.filter((agent) => agent.hubId === sampleHub(hub));
      expect(people.filter((agent) => agent.tiers.includes('lead'))).toHaveLength(1);
      expect(people.filter((agent) => agent.tiers.includes('L2')).length).toBeGreaterThanOrEqual(2);
      expect(people.filter((agent) => agent.languages.some((language) => language.name === 'ko')).length).toBeLessThanOrEqual(1);
    }
    const korean = roster.agents.filter((agent) => agent.languages.some((language) => language.name === 'ko'));
    expect(korean.length).toBeGreaterThanOrEqual(1);
    expect(korean.length).toBeLessThanOrEqual(2);
    expect(new Set(SAMPLE_TEAM.map((agent) => agent.agentId)).size).toBe(SAMPLE_TEAM.length);
  });

  test('keeps the weekend and the holidays of its hubs', () => {
    const [singapore, lisbon, francisco] = sampleRoster(2026).hubs;
    const namesOn = (hub: typeof singapore, year: number, month: number, day: number): string[] =>
      (hub?.holidays ?? []).filter(({ date }) => date.year === year && date.month === month && date.day === day).map((each) => each.name);
    expect(namesOn(singapore, 2026, 2, 17)).toEqual(['Chinese New Year']);
    // A Sunday; the Monday is kept.
    expect(namesOn(singapore, 2026, 8, 10)).toEqual(['National Day']);
    expect(namesOn(lisbon, 2026, 12, 1)).toEqual(['Restauração da Independência']);
    expect(namesOn(francisco, 2026, 11, 26)).toEqual(['Thanksgiving Day']);
  });
});

describe.each(TIMES.map((now) => [new Date(now).toISOString(), now] as const))('the plan of %s', (_name, now) => {
  const roster = sampleRoster(yearOf(now));
  const plan = planAt(now);
  const circumstances = { now, zoneData: ZONE_DATA };

  test('reaches from a quarter back to six weeks ahead, a night and a weekend now and then', () => {
    const starts = plan.shifts.flatMap((shift) => shift.published?.startAt ?? []);
    expect(Math.min(...starts)).toBeLessThan(now - 13 * 7 * DAY_MS + DAY_MS);
    expect(Math.max(...starts)).toBeGreaterThan(now + 6 * 7 * DAY_MS - 3 * DAY_MS);
    const overnight = plan.shifts.filter(({ published }) => published !== null && published.startLocal.day !== published.endLocal.day);
    expect(overnight.length).toBeGreaterThan(20);
  });

  test('makes nobody work two shifts at once or without rest, published and drafted', () => {
    const finder = new ProblemFinder(roster, { ...plan, absences: [], overrides: [] }, 'published', circumstances);
    const found = plan.shifts.flatMap(({ shiftId, published }) => (published === null ? [] : finder.problems(shiftId, published)));
    expect(
      found.filter(({ code }) => code === 'overlap' || code === 'no-length' || code === 'short-rest' || code === 'not-qualified'),
    ).toEqual([]);
    expect(draftProblems(roster, plan, circumstances).filter(({ problem }) => problem.severity === 'error')).toEqual([]);
    const drafted = plan.shifts.filter((shift) => shift.draft.kind !== 'same');
    expect(drafted.length).toBeGreaterThanOrEqual(2);
  });

  test('has something to put right in the weeks to come', () => {
    const kinds = new Set(
      coverageIssues(roster, plan, 'published', now, after(now, 14 * DAY_MS), circumstances).map((issue) => issue.kind),
    );
    expect([...kinds]).toEqual(expect.arrayContaining(['gap', 'thin', 'contended', 'empty']));
    const stretches = assignments(roster, plan, 'published', now, after(now, 14 * DAY_MS), ZONE_DATA);
    expect(stretches.assignments.length).toBeGreaterThan(100);
  });

  test('has time off, a cover and a swap on their way, which a lead can approve', () => {
    expect(plan.absences.map((absence) => absence.state)).toEqual(['approved', 'requested']);
    expect(plan.overrides).toHaveLength(1);
    expect(plan.swaps).toHaveLength(1);
    for (const override of plan.overrides) expect(override.startAt).toBeGreaterThan(now);
    for (const swap of plan.swaps) {
      expect(swap.state).toBe('accepted');
      expect(swapCheck(roster, plan, swap, ZONE_DATA, now).refusals.filter(({ code }) => code !== 'opens-gap')).toEqual([]);
    }
  });

  test('was published before it began', () => {
    const { publications } = planTeam(now, ZONE_DATA);
    const late = publications.flatMap(({ at, changes }) => changes.filter((change) => (change.after?.startAt ?? Infinity) <= at));
    expect(late).toEqual([]);
    expect(Math.max(...publications.map((publication) => publication.at))).toBeLessThan(now);
  });

  test('was changed late once, which people were told', () => {
    const late = planTeam(now, ZONE_DATA).publications.filter((each) => each.note !== '');
    expect(late.map((each) => each.changes.length)).toEqual([2]);
    expect(late.flatMap((each) => each.told).every((told) => told.shifts.every((shift) => shift.kind === 'moved' && shift.isLate))).toBe(
      true,
    );
  });

  test('seats a lead at the desk', () => {
    expect(roster.agents.find((agent) => agent.agentId === meAt(now).agentId)?.tiers).toContain('lead');
  });
});

test('who answers is on shift, or is the next to come where nobody is', () => {
  const random = seededRandom('duty');
  const from = instant(Date.UTC(2026, 8, 1));
  const turns = turnsOfTeam({ year: 2026, month: 8, day: 28 }, { year: 2026, month: 12, day: 2 }, ZONE_DATA);
  let alone = 0;
  for (let hours = 0; hours < 90 * 24; hours += 1) {
    const at = after(from, hours * HOUR_MS + 17 * 60_000);
    const agent = agentOnDuty(at, 'en', random);
    const on = turns.filter(({ body }) => body.startAt <= at && at < body.endAt);
    const next = Math.min(...turns.filter(({ body }) => body.startAt > at).map(({ body }) => body.startAt));
    const present = on.length > 0 ? on : turns.filter(({ body }) => body.startAt === next);
    expect(present.map(({ body }) => body.agentId)).toContain(agent.agentId);
    expect(isOnDuty(agent, at) || on.length === 0).toBe(true);
    alone += on.length === 0 ? 1 : 0;
  }
  // In summer nobody is there for half an hour before Singapore opens at weekends.
  expect(alone).toBeGreaterThan(0);
});
