import { describe, expect, test } from 'vitest';
import {
  ZONE_DATA,
  ability,
  absence,
  agent,
  date,
  hour,
  pause,
  plan,
  requirement,
  roster,
  shift,
  utcSpan,
} from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { assignments } from './assignments.ts';
import type { Override, Plan, Shift, Swap } from './plan.ts';
import { EVERYBODY } from './roster.ts';
import type { AgentProfile, Requirement } from './roster.ts';
import { swapCheck, swapOverrides } from './swaps.ts';
import type { SwapTerms } from './swaps.ts';

const mei = agent('mei', { tiers: ['L2'], skills: [ability('kyc')] });
const tom = agent('tom', { tiers: ['L2'] });
const ada = agent('ada', { tiers: ['L1'] });
const l2 = requirement('l2', { selector: { ...EVERYBODY, tiers: ['L2'] } });

function rosterOf(requirements: readonly Requirement[], people: readonly AgentProfile[] = [mei, tom, ada]) {
  return roster({ agents: people, requirements });
}
function terms(part: Partial<SwapTerms> = {}): SwapTerms {
  return {
    shiftId: makeId('shf', 'early'),
    fromAt: hour(8),
    toAt: hour(16),
    fromAgent: mei.agentId,
    toAgent: tom.agentId,
    returnShiftId: null,
    ...part,
  };
}
const early = shift('early', mei, 8, 16);

interface Asked {
  readonly swap?: Partial<SwapTerms>;
  readonly plan?: Partial<Plan>;
  readonly requirements?: readonly Requirement[];
  readonly people?: readonly AgentProfile[];
  readonly now?: Instant;
}

function check({ swap = {}, plan: part = {}, requirements = [], people, now = hour(0) }: Asked) {
  return swapCheck(rosterOf(requirements, people), plan({ shifts: [early], ...part }), terms(swap), ZONE_DATA, now);
}
/** `busy tom` */
function refusals(asked: Asked): readonly string[] {
  return check(asked).refusals.map(({ code, agentId }) => (agentId === null ? code : `${code} ${agentId.slice(4)}`));
}

describe('a swap', () => {
  test('that nothing hinders has no refusals', () => {
    expect(check({ requirements: [l2] })).toEqual({ refusals: [], opened: [] });
  });

  test('is of a published shift', () => {
    expect(refusals({ swap: { shiftId: makeId('shf', 'nowhere') } })).toEqual(['unknown-shift']);
    const drafted: Shift = { ...early, published: null, draft: { kind: 'same' } };
    expect(refusals({ plan: { shifts: [drafted] } })).toEqual(['unknown-shift']);
    expect(refusals({ swap: { returnShiftId: makeId('shf', 'nowhere') } })).toEqual(['unknown-shift']);
  });

  test('is of a stretch within the shift', () => {
    expect(refusals({ swap: { fromAt: hour(7) } })).toEqual(['outside-shift']);
    expect(refusals({ swap: { toAt: hour(16.5) } })).toEqual(['outside-shift']);
    expect(refusals({ swap: { fromAt: hour(10), toAt: hour(10) } })).toEqual(['outside-shift']);
    expect(refusals({ swap: { fromAt: hour(10), toAt: hour(11) } })).toEqual([]);
  });

  test('is of one’s own shift, as it stands after earlier overrides', () => {
    expect(refusals({ swap: { fromAgent: ada.agentId } })).toEqual(['not-theirs ada']);
    const given = override(12, 16, ada);
    expect(refusals({ plan: { overrides: [given] } })).toEqual(['not-theirs mei']);
    expect(refusals({ plan: { overrides: [given] }, swap: { toAt: hour(12) } })).toEqual([]);
    expect(refusals({ plan: { overrides: [{ ...given, isCancelled: true }] } })).toEqual([]);
    expect(refusals({ plan: { overrides: [given] }, swap: { fromAgent: ada.agentId, fromAt: hour(12) } })).toEqual([]);
    expect(refusals({ swap: { toAgent: mei.agentId } })).toEqual(['same-person mei']);
  });

  test('can also give away what one is absent from', () => {
    expect(refusals({ plan: { absences: [absence(mei, 0, 24)] } })).toEqual([]);
  });

  test('is not of the past', () => {
    expect(refusals({ now: hour(8) })).toEqual([]);
    expect(refusals({ now: hour(9) })).toEqual(['in-the-past']);
    expect(refusals({ now: hour(9), swap: { fromAt: hour(12) } })).toEqual([]);
  });

  test('with nobody yet is looked at as a stretch only', () => {
    expect(check({ swap: { toAgent: null }, requirements: [l2] })).toEqual({ refusals: [], opened: [] });
    expect(refusals({ swap: { toAgent: null }, now: hour(9) })).toEqual(['in-the-past']);
  });
});

describe('who takes it', () => {
  test('can do what the shift asks for, all the time', () => {
    const asks = shift('early', mei, 8, 16, { needs: { ...EVERYBODY, skills: ['kyc'] } });
    expect(refusals({ plan: { shifts: [asks] } })).toEqual(['not-qualified tom']);
    const since = { ...tom, skills: [ability('kyc', { from: date('2026-06-02') })] };
    const late = shift('early', mei, 20, 28, { needs: { ...EVERYBODY, skills: ['kyc'] } });
    expect(refusals({ plan: { shifts: [late] }, swap: { fromAt: hour(20), toAt: hour(28) }, people: [mei, since] })).toEqual([
      'not-qualified tom',
    ]);
    expect(refusals({ plan: { shifts: [late] }, swap: { fromAt: hour(24), toAt: hour(28) }, people: [mei, since] })).toEqual([]);
    expect(refusals({ people: [mei, { ...tom, isActive: false }] })).toEqual(['not-qualified tom']);
    expect(refusals({ people: [mei] })).toEqual(['not-qualified tom']);
  });

  test('is employed, there, and free', () => {
    const ends = { ...tom, contract: { ...tom.contract, until: date('2026-05-31') } };
    expect(refusals({ people: [mei, ends] })).toEqual(['outside-contract tom']);
    expect(refusals({ plan: { absences: [absence(tom, 15, 20)] } })).toEqual(['absent tom']);
    expect(refusals({ plan: { shifts: [early, shift('other', tom, 15, 20)] } })).toEqual(['busy tom']);
    expect(refusals({ plan: { shifts: [early, shift('other', tom, 6, 20, { breaks: [pause(8, 16)] })] } })).toEqual(['busy tom']);
  });

  test('is rested before and after', () => {
    expect(refusals({ plan: { shifts: [early, shift('late', tom, -8, -2)] } })).toEqual(['rest tom']);
    expect(refusals({ plan: { shifts: [early, shift('late', tom, -8, -3)] } })).toEqual([]);
    expect(refusals({ plan: { shifts: [early, shift('next', tom, 26, 30)] } })).toEqual(['rest tom']);
    expect(refusals({ plan: { shifts: [early, shift('next', tom, 27, 30)] } })).toEqual([]);
    // a turn that goes on is no rest
    expect(refusals({ plan: { shifts: [early, shift('next', tom, 16, 20)] } })).toEqual([]);
  });
});

describe('an exchange', () => {
  const late = shift('late', tom, 14, 22);
  const swap = { returnShiftId: late.shiftId };

  test('counts neither shift against who gives it away', () => {
    expect(refusals({ plan: { shifts: [early, late] } })).toEqual(['busy tom']);
    expect(refusals({ plan: { shifts: [early, late] }, swap })).toEqual([]);
  });

  test('is checked both ways', () => {
    const shifts = [early, shift('late', tom, 14, 22, { needs: { ...EVERYBODY, tiers: ['lead'] } }), shift('more', mei, 30, 34)];
    expect(refusals({ plan: { shifts, absences: [absence(mei, 21, 23)] }, swap })).toEqual(['not-qualified mei', 'absent mei', 'rest mei']);
    expect(
      refusals({ plan: { shifts: [early, { ...late, published: late.published && { ...late.published, agentId: ada.agentId } }] }, swap }),
    ).toEqual(['not-theirs tom']);
    expect(
      refusals({
        plan: { shifts: [shift('early', mei, 20, 28), shift('late', tom, 4, 12)] },
        swap: { ...swap, fromAt: hour(20), toAt: hour(28) },
        now: hour(5),
      }),
    ).toEqual(['in-the-past']);
  });

  test('opens gaps at both shifts, or at neither', () => {
    const kyc = requirement('kyc', { selector: { ...EVERYBODY, skills: ['kyc'] } });
    const { refusals: found, opened } = check({ plan: { shifts: [early, late] }, swap, requirements: [kyc, l2] });
    // only mei knows kyc: she leaves 8 to 14, and is there from 14 to 22 then
    expect(found).toEqual([{ code: 'opens-gap', agentId: null }]);
    expect(opened.map(({ kind, requirementId, from, to }) => [kind, requirementId, from, to])).toEqual([
      ['gap', kyc.requirementId, hour(8), hour(14)],
    ]);
  });
});

describe('what a swap opens', () => {
  test('is a gap where the only one who qualifies leaves', () => {
    const { refusals: found, opened } = check({ swap: { toAgent: ada.agentId, fromAt: hour(12) }, requirements: [l2] });
    expect(found).toEqual([{ code: 'opens-gap', agentId: null }]);
    expect(opened).toMatchObject([
      { kind: 'gap', requirementId: l2.requirementId, from: hour(12), to: hour(16), severity: 'critical', have: 0, want: 1 },
    ]);
  });

  test('is a thin stretch too, and nothing that was there before', () => {
    const two = { ...l2, minimum: 2, target: 2 };
    const shifts = [early, shift('other', tom, 10, 16)];
    const given = { toAgent: ada.agentId };
    expect(check({ plan: { shifts }, swap: given, requirements: [two] }).opened.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['gap', hour(8), hour(10)],
      ['thin', hour(10), hour(16)],
    ]);
    // of three that there should be two are thin, and so is one
    expect(check({ plan: { shifts }, swap: { ...given, fromAt: hour(10) }, requirements: [{ ...l2, minimum: 3, target: 3 }] })).toEqual({
      refusals: [],
      opened: [],
    });
  });

  test('closes a gap at best: who is absent gives it to somebody who is not', () => {
    expect(check({ plan: { absences: [absence(mei, 0, 24)] }, requirements: [l2] })).toEqual({ refusals: [], opened: [] });
  });

  test('is not what the draft says', () => {
    const removed: Shift = { ...shift('other', tom, 8, 16), draft: { kind: 'removed' } };
    expect(refusals({ plan: { shifts: [early, removed] }, swap: { toAgent: ada.agentId }, requirements: [l2] })).toEqual([]);
  });
});

describe('the overrides of an approved swap', () => {
  const late = shift('late', tom, 30, 38);
  const swap: Swap = {
    ...terms({ fromAt: hour(12), returnShiftId: late.shiftId }),
    swapId: makeId('swp', 'one'),
    state: 'accepted',
    reason: 'dentist',
    askedAt: hour(0),
    decidedBy: null,
  };

  test('give each what they take, and nothing else', () => {
    const plans = plan({ shifts: [early, late] });
    let count = 0;
    const overrides = swapOverrides(plans, swap, ZONE_DATA, { by: ada.agentId, at: hour(1) }, () => makeId('ovr', String((count += 1))));
    expect(overrides.map(({ swapId, by, at, reason }) => [swapId, by, at, reason])).toEqual([
      ['swp_one', 'agt_ada', hour(1), 'dentist'],
      ['swp_one', 'agt_ada', hour(1), 'dentist'],
    ]);
    const worked = assignments(rosterOf([]), { ...plans, overrides }, 'published', hour(0), hour(48), ZONE_DATA);
    expect(worked.assignments.map(({ agentId, from, to }) => [agentId, from, to])).toEqual([
      [mei.agentId, hour(8), hour(12)],
      [tom.agentId, hour(12), hour(16)],
      [mei.agentId, hour(30), hour(38)],
    ]);
  });
});

function override(from: number, to: number, person: AgentProfile): Override {
  return {
    ...utcSpan(from, to),
    overrideId: makeId('ovr', 'earlier'),
    shiftId: early.shiftId,
    agentIn: person.agentId,
    reason: '',
    by: null,
    at: hour(-1),
    swapId: null,
    isCancelled: false,
  };
}
