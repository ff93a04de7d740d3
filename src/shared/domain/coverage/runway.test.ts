import { describe, expect, test } from 'vitest';
import { ability, agent, assignment, hour, roster } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import { HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Assignment } from './plan.ts';
import { EVERYBODY } from './roster.ts';
import { staffedRunway } from './runway.ts';

const mei = agent('mei', { languages: [ability('zh')] });
const lin = agent('lin', { languages: [ability('zh-Hans')] });
const tom = agent('tom', { languages: [ability('en')] });
const TEAM = roster({ agents: [tom, mei, lin] });
const caseId = makeId('case', 'one');
const need = { selector: { ...EVERYBODY, languages: ['zh-Hans'] }, unspoken: null };

function ask(now: Instant, dueAt: Instant | null, assignments: readonly Assignment[] | null) {
  return staffedRunway({ caseId, dueAt, need, now, roster: TEAM, assignments });
}

describe('the staffed runway', () => {
  test('of a case due in eight hours whose next qualified colleague starts in seven is one hour', () => {
    const found = ask(hour(0), hour(8), [assignment(tom, 0, 8), assignment(mei, 7, 15)]);
    expect(found.runwayMs).toBe(HOUR_MS);
    expect(found.leftMs).toBe(8 * HOUR_MS);
    expect(found.on).toEqual([{ agentId: mei.agentId, from: hour(7), to: hour(8) }]);
    expect(found.nextAfterDue).toBeNull();
  });

  test('is none when the first qualified colleague starts when it is due', () => {
    const found = ask(hour(0), hour(8), [assignment(tom, 0, 8), assignment(lin, 20, 21), assignment(mei, 8, 15)]);
    expect(found).toMatchObject({ runwayMs: 0, on: [], nextAfterDue: { agentId: mei.agentId, from: hour(8) } });
  });

  test('counts the time of two colleagues once, and names both in order', () => {
    const found = ask(hour(2), hour(10), [assignment(mei, 4, 12), assignment(lin, 0, 3), assignment(lin, 3, 5)]);
    expect(found.runwayMs).toBe(8 * HOUR_MS);
    expect(found.on).toEqual([
      { agentId: lin.agentId, from: hour(2), to: hour(5) },
      { agentId: mei.agentId, from: hour(4), to: hour(10) },
    ]);
  });

  test('of an overdue case is none; who is on says who could still take it', () => {
    expect(ask(hour(9), hour(8), [assignment(mei, 7, 15)])).toMatchObject({
      runwayMs: 0,
      leftMs: -HOUR_MS,
      on: [],
      nextAfterDue: { agentId: mei.agentId, from: hour(7) },
    });
    expect(ask(hour(9), hour(8), [assignment(mei, 7, 9)]).nextAfterDue).toBeNull();
  });

  test('is unknown without a due time, and while no shift was ever published', () => {
    expect(ask(hour(0), null, [])).toMatchObject({ runwayMs: null, leftMs: null });
    expect(ask(hour(0), hour(8), null)).toMatchObject({ runwayMs: null, leftMs: 8 * HOUR_MS });
    expect(ask(hour(0), hour(8), [])).toMatchObject({ runwayMs: 0, on: [], nextAfterDue: null });
  });
});
