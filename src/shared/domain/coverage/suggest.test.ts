import { describe, expect, test } from 'vitest';
import { ZONE_DATA, ability, absence, agent, at, date, hour, hub, pause, plan, roster, shift } from '../../../../test/coverage/team.ts';
import type { AgentId } from '../ids.ts';
import { DAY_MS, HOUR_MS, instant } from '../time.ts';
import { WEEKDAYS } from '../time/local-time.ts';
import type { Candidate } from './coverage.ts';
import type { UnsocialLoad } from './fairness.ts';
import type { Plan } from './plan.ts';
import { EVERYBODY } from './roster.ts';
import type { AgentProfile } from './roster.ts';
import { canBeAsked, candidates } from './suggest.ts';

const NONE = new Map<AgentId, UnsocialLoad>();
const mei = agent('mei');

function ask(
  people: readonly AgentProfile[],
  plans: Plan,
  from: number,
  to: number,
  loads: ReadonlyMap<AgentId, UnsocialLoad> | null = NONE,
) {
  const team = roster({ agents: people });
  return candidates(team, plans, 'published', EVERYBODY, hour(from), hour(to), ZONE_DATA, ...(loads === null ? [] : [loads]));
}
function only(found: readonly Candidate[]): Candidate {
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${String(found.length)} candidates`);
  return first;
}
function refusals(plans: Plan, from: number, to: number, person: AgentProfile = mei): readonly string[] {
  return only(ask([person], plans, from, to)).refusals;
}

describe('who could cover a stretch', () => {
  test('are those who qualify all the time', () => {
    const kyc = { ...EVERYBODY, skills: ['kyc'] };
    const people = [
      agent('has', { skills: [ability('kyc')] }),
      agent('loses', { skills: [ability('kyc', { until: date('2026-06-01') })] }),
      agent('lacks'),
      agent('left', { skills: [ability('kyc')], isActive: false }),
    ];
    const found = candidates(roster({ agents: people }), plan({}), 'published', kyc, hour(20), hour(28), ZONE_DATA, NONE);
    expect(found.map((each) => each.agentId)).toEqual(['agt_has']);
    expect(ask([mei], plan({}), 4, 4)).toEqual([]);
  });

  test('can not be asked while they work, nor in a break of theirs', () => {
    const plans = plan({ shifts: [shift('own', mei, 8, 16, { breaks: [pause(12, 13)] })] });
    expect(refusals(plans, 15, 17)).toContain('busy');
    expect(refusals(plans, 12, 13)).toContain('busy');
    expect(refusals(plans, 6, 8)).toEqual([]);
    expect(refusals(plans, 16, 18)).toEqual([]);
  });

  test('can be asked when they were to work and no longer do', () => {
    const own = shift('own', mei, 8, 16);
    const draft = plan({ shifts: [{ ...own, draft: { kind: 'removed' } }] });
    const team = roster({ agents: [mei] });
    const refused = (layer: 'published' | 'draft') =>
      only(candidates(team, draft, layer, EVERYBODY, hour(8), hour(16), ZONE_DATA, NONE)).refusals;
    expect(refused('published')).toEqual(['busy']);
    expect(refused('draft')).toEqual([]);
  });

  test('can not be asked while they are away; a request is no absence yet', () => {
    expect(refusals(plan({ absences: [absence(mei, 9, 10)] }), 8, 16)).toEqual(['absent']);
    expect(refusals(plan({ absences: [absence(mei, 16, 20)] }), 8, 16)).toEqual([]);
    expect(refusals(plan({ absences: [absence(mei, 9, 10, { state: 'requested' })] }), 8, 16)).toEqual([]);
  });

  test('need eleven hours of rest, before and after', () => {
    const before = plan({ shifts: [shift('before', mei, 0, 8)] });
    const next = plan({ shifts: [shift('next', mei, 30, 38)] });
    expect(only(ask([mei], before, 18.99, 24))).toMatchObject({ refusals: ['rest'] });
    expect(only(ask([mei], before, 19, 24))).toMatchObject({ refusals: [], restMs: 11 * HOUR_MS });
    expect(only(ask([mei], next, 12, 19.5))).toMatchObject({ refusals: ['rest'], restMs: 10.5 * HOUR_MS });
    expect(only(ask([mei], next, 12, 19))).toMatchObject({ refusals: [], restMs: 11 * HOUR_MS });
    expect(only(ask([mei], plan({}), 12, 19))).toMatchObject({ restMs: null });
  });

  test('rest from the end of a turn, not from the break in it; what touches a turn makes it longer', () => {
    const shifts = [shift('long', mei, 0, 8, { breaks: [pause(4, 8)] }), shift('morning', mei, 30, 38)];
    expect(only(ask([mei], plan({ shifts }), 17, 19))).toMatchObject({ refusals: ['rest'], restMs: 9 * HOUR_MS });
    // from 8 on without a pause: only the next morning counts
    expect(only(ask([mei], plan({ shifts }), 8, 12))).toMatchObject({ refusals: [], restMs: 18 * HOUR_MS });
    expect(only(ask([mei], plan({ shifts }), 8, 20))).toMatchObject({ refusals: ['rest'], restMs: 10 * HOUR_MS });
  });

  test('must be employed, by their own days', () => {
    const kiri = agent('kiri', { zone: 'Pacific/Auckland', contract: { hoursPerWeek: 40, from: date('2026-06-02'), until: null } });
    // 2 June begins in Auckland on 1 June, 12:00 UTC
    expect(refusals(plan({}), 11, 13, kiri)).toEqual(['outside-contract']);
    expect(refusals(plan({}), 12, 13, kiri)).toEqual([]);
  });

  test('keep their weekly hours, in a week of their own clocks', () => {
    const shifts = [0, 1, 2, 3].map((day) =>
      shift(`day${String(day)}`, mei, day * 24 + 8, day * 24 + 17, { breaks: [pause(day * 24 + 12, day * 24 + 13)] }),
    );
    // 4 x 8 hours without the breaks: 8 are left until Sunday midnight
    expect(refusals(plan({ shifts }), 104, 112)).toEqual([]);
    expect(refusals(plan({ shifts }), 104, 112.5)).toEqual(['hours']);
    expect(refusals(plan({ shifts }), 160, 176)).toEqual([]);
    expect(refusals(plan({ shifts }), 159, 175)).toEqual(['hours']);
    const half = { ...mei, contract: { ...mei.contract, hoursPerWeek: 20 } };
    expect(refusals(plan({}), 0, 20, half)).toEqual([]);
    expect(refusals(plan({}), 0, 21, half)).toEqual(['hours']);
    // in Auckland this week began twelve hours earlier, so eight hours of that shift are in it
    const kiri = { ...half, zone: 'Pacific/Auckland' };
    const early = plan({ shifts: [shift('early', kiri, -20, -4)] });
    expect(refusals(early, 20, 32, kiri)).toEqual([]);
    expect(refusals(early, 20, 33, kiri)).toEqual(['hours']);
  });

  test('can be asked outside their usual hours, but last', () => {
    const office = Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [{ openMinute: 540, closeMinute: 1020 }]]));
    const berlin = agent('berlin', { zone: 'Europe/Berlin', pattern: office });
    const found = ask([berlin, agent('zoe'), agent('absent')], plan({ absences: [absence(agent('absent'), 0, 48)] }), 14, 16);
    expect(found.map((each) => [each.agentId, each.refusals])).toEqual([
      ['agt_zoe', []],
      ['agt_berlin', ['outside-pattern']],
      ['agt_absent', ['absent']],
    ]);
    expect(found.map(canBeAsked)).toEqual([true, true, false]);
    // 07:00 to 15:00 UTC is 9 to 17 in Berlin
    expect(refusals(plan({}), 7, 15, berlin)).toEqual([]);
  });

  test('are told everything that hinders them', () => {
    const plans = plan({ shifts: [shift('own', mei, 8, 16)], absences: [absence(mei, 9, 10)] });
    expect(refusals(plans, 8, 56)).toEqual(['busy', 'absent', 'hours']);
  });
});

describe('the order', () => {
  const load = (minutes: number, lastAt: number | null): UnsocialLoad => ({ minutes, lastAt: lastAt === null ? null : hour(lastAt) });

  test('is by unsocial minutes, then by how long ago the last were, then by name', () => {
    const names = ['heavy', 'recent', 'ago', 'never', 'abby', 'zora'];
    const people = names.map((name) => agent(name));
    const loads = new Map<AgentId, UnsocialLoad>(
      people.map((person) => [
        person.agentId,
        person.name === 'heavy'
          ? load(90, -900)
          : person.name === 'recent'
            ? load(60, -10)
            : person.name === 'ago'
              ? load(60, -500)
              : person.name === 'never'
                ? load(60, null)
                : load(0, null),
      ]),
    );
    expect(ask(people, plan({}), 8, 16, loads).map((each) => each.agentId)).toEqual([
      'agt_abby',
      'agt_zora',
      'agt_never',
      'agt_ago',
      'agt_recent',
      'agt_heavy',
    ]);
  });

  test('looks twelve weeks back in the plan, against the contract', () => {
    const full = agent('full');
    const half = agent('half', { contract: { hoursPerWeek: 20, from: null, until: null } });
    const old = agent('old');
    const weeks = 24 * 7;
    const plans = plan({
      shifts: [
        // two hours of night each; half a contract makes it four
        shift('f', full, -72 - 4, -72),
        shift('h', half, -48 - 4, -48),
        // more, but thirteen weeks ago
        shift('o', old, -13 * weeks, -13 * weeks + 6),
      ],
    });
    const found = ask([full, half, old], plans, 8, 16, null);
    expect(found.map(({ agentId, unsocialMinutes, lastUnsocialAt }) => [agentId, unsocialMinutes, lastUnsocialAt])).toEqual([
      ['agt_old', 0, null],
      ['agt_full', 120, instant(hour(0) - 3 * DAY_MS)],
      ['agt_half', 240, instant(hour(0) - 2 * DAY_MS)],
    ]);
  });

  test('tells how unsocial the stretch is where somebody lives', () => {
    const lisbon = hub('lisbon', 'Europe/Lisbon', { holidays: [{ date: date('2026-06-10'), name: 'Dia de Portugal' }] });
    const team = roster({ hubs: [lisbon], agents: [agent('ines', { zone: 'Europe/Lisbon', hubId: lisbon.hubId })] });
    const of = (from: string, to: string) =>
      only(candidates(team, plan({}), 'published', EVERYBODY, at(from), at(to), ZONE_DATA, NONE)).stretchUnsocialMinutes;
    expect(of('2026-06-09T20:00Z', '2026-06-09T22:00Z')).toBe(60);
    expect(of('2026-06-10T09:00Z', '2026-06-10T10:00Z')).toBe(120);
    expect(of('2026-06-09T09:00Z', '2026-06-09T10:00Z')).toBe(0);
  });
});
