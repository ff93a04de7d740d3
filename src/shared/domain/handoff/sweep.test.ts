import { describe, expect, test } from 'vitest';
import { agent, assignment, hour, roster } from '../../../../test/coverage/team.ts';
import { handoffId } from '../../../../test/handoff/log.ts';
import { makeId } from '../ids.ts';
import type { CaseId } from '../ids.ts';
import { after, MINUTE_MS } from '../time.ts';
import { Duty } from './duty.ts';
import { DEFAULT_HANDOFF_RULES } from './offer.ts';
import { sunriseBrief, sunsetSweep } from './sweep.ts';
import type { BriefCase, SweepCase } from './sweep.ts';

const mei = agent('mei', { zone: 'Asia/Singapore' });
const DUTY = new Duty(roster({ agents: [mei] }), [assignment(mei, -24, -16), assignment(mei, 0, 8), assignment(mei, 24, 32)]);
const id = (name: string): CaseId => makeId('case', name);
const PLAIN: SweepCase = {
  caseId: id('plain'),
  nextPromiseAt: null,
  slaDueAt: null,
  isVip: false,
  isLiveChat: false,
  openHandoffId: null,
  parked: null,
  lastChangeAt: null,
};

describe('the sunset sweep', () => {
  function sweep(...cases: readonly SweepCase[]) {
    const found = sunsetSweep(mei.agentId, cases, DUTY, hour(7.5), DEFAULT_HANDOFF_RULES);
    if (found === null) throw new Error('not on shift');
    return found;
  }

  test('tells what can not stay until its owner is back, and why', () => {
    const { rows, backAt, beginsAt } = sweep(
      PLAIN,
      { ...PLAIN, caseId: id('later'), slaDueAt: hour(24) },
      { ...PLAIN, caseId: id('due'), slaDueAt: hour(23) },
      { ...PLAIN, caseId: id('promise'), nextPromiseAt: hour(40) },
      { ...PLAIN, caseId: id('all'), isVip: true, isLiveChat: true, nextPromiseAt: hour(9), slaDueAt: hour(10) },
    );
    expect(backAt).toBe(hour(24));
    expect(beginsAt).toBe(hour(7.25));
    expect(rows.map(({ caseId, state, reasons }) => [caseId.slice(5), state, reasons.join()])).toEqual([
      ['all', 'to-do', 'live-chat,promise,vip,due-before-back'],
      ['due', 'to-do', 'due-before-back'],
      ['promise', 'to-do', 'promise'],
      ['later', 'may-stay', ''],
      ['plain', 'may-stay', ''],
    ]);
  });

  test('is done when all of it is offered, or parked with a reason in this sweep and untouched since', () => {
    const vip = { ...PLAIN, isVip: true };
    const parked = { at: hour(7.4), reason: 'Waits for the bank until Monday' };
    const done = sweep({ ...vip, openHandoffId: handoffId('h') }, { ...vip, caseId: id('b'), parked });
    expect(done).toMatchObject({ left: 0, done: 2, isDone: true });
    const open = sweep(
      { ...vip, parked: { ...parked, at: hour(7) } },
      { ...vip, caseId: id('b'), parked: { ...parked, reason: ' ' } },
      { ...vip, caseId: id('c'), parked, lastChangeAt: hour(7.45) },
    );
    expect(open).toMatchObject({ left: 3, done: 0, isDone: false });
  });

  test('leaves nothing that is due with who does not know when they are back', () => {
    const last = sunsetSweep(mei.agentId, [{ ...PLAIN, slaDueAt: hour(900) }], DUTY, hour(31), DEFAULT_HANDOFF_RULES);
    expect(last).toMatchObject({ backAt: null, rows: [{ state: 'to-do', reasons: ['due-before-back'] }] });
    expect(sunsetSweep(mei.agentId, [], DUTY, hour(12), DEFAULT_HANDOFF_RULES)).toBeNull();
  });
});

describe('the sunrise brief', () => {
  const MINE: BriefCase = {
    caseId: id('mine'),
    ownerId: mei.agentId,
    offeredToMe: null,
    ownedSince: hour(-30),
    lastChangeAt: hour(-20),
    slaDueAt: null,
    promises: [],
  };
  const offer = { handoffId: handoffId('h'), expiresAt: hour(1), severity: 'stable' as const };

  test('tells what was handed over, what changed, what is due before noon and what was promised', () => {
    // the turn begins at 08:00 in Singapore, so noon is four hours later
    const cases: BriefCase[] = [
      { ...MINE, lastChangeAt: hour(-17) },
      { ...MINE, caseId: id('given'), ownedSince: hour(-3), lastChangeAt: hour(-2), slaDueAt: hour(5) },
      { ...MINE, caseId: id('offered'), ownerId: null, offeredToMe: offer, slaDueAt: hour(3) },
      { ...MINE, caseId: id('noon'), slaDueAt: hour(4) },
      {
        ...MINE,
        caseId: id('promised'),
        promises: [
          { dueAt: hour(2), madeAt: hour(-10), text: 'We call' },
          { dueAt: hour(9), madeAt: hour(-20), text: 'Older' },
        ],
      },
      { ...MINE, caseId: id('others'), ownerId: null, ownedSince: hour(-1), lastChangeAt: hour(-1), slaDueAt: hour(1) },
    ];
    const brief = sunriseBrief(mei.agentId, mei.zone, cases, DUTY, after(hour(0), MINUTE_MS));
    expect(brief).toMatchObject({ since: hour(-16), noonAt: hour(4), turn: { from: hour(0) } });
    expect(brief?.handedOver).toEqual([id('offered'), id('given')]);
    expect(brief?.changed).toEqual([id('given')]);
    expect(brief?.dueBeforeNoon).toEqual([id('promised'), id('offered')]);
    expect(brief?.promises).toEqual([{ caseId: id('promised'), dueAt: hour(2), text: 'We call' }]);
  });

  test('looks at the first half of a turn that begins after noon', () => {
    const evening = new Duty(roster({ agents: [mei] }), [assignment(mei, 10, 18)]);
    expect(sunriseBrief(mei.agentId, mei.zone, [], evening, hour(9))).toMatchObject({ since: null, noonAt: hour(14) });
    expect(sunriseBrief(mei.agentId, mei.zone, [], evening, hour(18))).toBeNull();
  });
});
