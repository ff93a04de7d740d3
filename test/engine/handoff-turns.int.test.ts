import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LISBON, shiftId, SINGAPORE } from './roster-team.ts';
import { ANA, at, KIM, LEA, MEI, SAM, startSunTeam, TOM } from './sun-team.ts';
import type { SunTeam } from './sun-team.ts';
import { op } from './workstation.ts';
import { CoverageBook } from '../../src/main/engine/usecases/coverage-book.ts';
import { PastCover } from '../../src/main/engine/usecases/plan-as-of.ts';
import { zoneDataInUse } from '../../src/main/engine/usecases/zone-data.ts';
import type { Input } from '../../src/shared/contract/contract.ts';
import type { SlaProposal } from '../../src/shared/contract/sla.contract.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import { EMPTY_PACKET } from '../../src/shared/domain/handoff/packet.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { toLocal } from '../../src/shared/domain/time/zone.ts';

/** The ends of turns, what was promised, and what the figures make of it all. */

let team: SunTeam;
beforeEach(async () => {
  team = await startSunTeam();
  await team.sit(MEI);
});
afterEach(() => team[Symbol.asyncDispose]());

/** Somebody promises the customer something by phone. */
async function promise(caseId: CaseId, dueAt: Instant, text = 'We call you back'): Promise<void> {
  const zone = 'Asia/Tokyo';
  await team.station.ask('promises.make', { opId: op(), caseId, promise: { text, zone, dueLocal: toLocal(zone, dueAt), source: 'typed' } });
}
function apply(caseId: CaseId, action: Input<'cases.apply'>['action']): Promise<unknown> {
  return team.station.ask('cases.apply', { opId: op(), caseIds: [caseId], action });
}
const told = (type: string): number => team.told.filter((each) => each.type === type).length;

describe('the sweep at the end of a turn', () => {
  test('names what can not stay, until it is offered or parked, and parking counts until something happens', async () => {
    const promised = await team.claimed('promised');
    await promise(promised, at(20));
    const chat = await team.claimed('chat', { channel: 'chat' });
    const quiet = await team.claimed('quiet');
    await apply(quiet, { kind: 'status', to: 'hold' });
    expect(await team.station.ask('handoffs.counts', {})).toMatchObject({ sweepLeft: 0, sweepBeginsAt: at(8.25) });
    const states = async (): Promise<Record<string, string>> => {
      const { rows } = await team.station.ask('handoffs.sweep', {});
      return Object.fromEntries(rows.map((each) => [each.case.subject, [each.row.state, ...each.row.reasons].join(' ')]));
    };
    expect(await states()).toMatchObject({ promised: 'to-do promise due-before-back', chat: 'to-do live-chat due-before-back' });
    expect(told('sunset')).toBe(0);
    await team.moveTo(8.25);
    expect(team.told.findLast((each) => each.type === 'sunset')).toMatchObject({ turnEndsAt: at(9) });
    await team.moveTo(8.3);
    expect(told('sunset')).toBe(1);
    const { sweepLeft } = await team.station.ask('handoffs.counts', {});
    expect(sweepLeft).toBeGreaterThanOrEqual(2);

    await team.offer(promised, ANA);
    await apply(chat, { kind: 'park', reason: 'The customer has left' });
    expect(await states()).toMatchObject({ promised: 'offered promise due-before-back', chat: 'parked live-chat due-before-back' });
    expect((await team.station.ask('handoffs.counts', {})).sweepLeft).toBe(sweepLeft - 2);
    const { rows } = await team.station.ask('handoffs.sweep', {});
    expect(rows.find((each) => each.case.subject === 'chat')).toMatchObject({ parkedReason: 'The customer has left', missing: [] });
    await team.write(chat, 'I am back');
    expect((await states())['chat']).toMatch(/^to-do/);
  });

  test('suggests somebody, and says what the packet lacks', async () => {
    const promised = await team.claimed('promised');
    await promise(promised, at(20));
    const { sweep, rows } = await team.station.ask('handoffs.sweep', {});
    expect(sweep).toMatchObject({ beginsAt: at(8.25), turnEndsAt: at(9), backAt: at(25) });
    expect(rows).toMatchObject([{ missing: [{ part: 'situation', field: 'if-then' }], row: { dueAt: at(16) } }]);
    expect(rows[0]?.suggested).not.toBeNull();
    const prepared = await team.station.ask('handoffs.prepare', { caseId: promised });
    const packet = { ...(prepared?.packet ?? EMPTY_PACKET), ifThen: [{ when: 'a', action: 'b' }] };
    await team.station.ask('handoffs.saveDraft', { opId: op(), caseId: promised, draft: { packet, to: null, reason: 'shift-end' } });
    expect((await team.station.ask('handoffs.sweep', {})).rows).toMatchObject([{ missing: [] }]);
  });

  test('is nobody’s who is not on shift, and a lead sees how far everybody is', async () => {
    await team.claimed('mine');
    await team.sit(KIM);
    expect(await team.station.ask('handoffs.sweep', {})).toEqual({ sweep: null, rows: [] });
    await team.sit(LEA);
    const status = await team.station.ask('handoffs.sweepStatus', {});
    expect(status.map((each) => [each.hubId, each.people.map((person) => [person.agentId, person.left])])).toEqual([
      [
        SINGAPORE.hubId,
        [
          [MEI.agentId, 1],
          [SAM.agentId, 0],
        ],
      ],
      [
        LISBON.hubId,
        [
          [ANA.agentId, 0],
          [TOM.agentId, 0],
          [LEA.agentId, 0],
        ],
      ],
    ]);
  });
});

describe('the brief at the begin of a turn', () => {
  test('tells what was handed over, what changed, and what was promised, until it was read', async () => {
    const [offered, given] = [await team.claimed('offered'), await team.claimed('given')];
    await promise(offered, at(11));
    await promise(given, at(11.5), 'We send the form');
    await team.offer(offered, ANA);
    const handoffId = await team.offer(given, ANA);
    await team.sit(ANA);
    await team.accept(handoffId);
    await team.write(given, 'Any news?');
    const { brief, cases, readAt } = await team.station.ask('handoffs.brief', {});
    expect(brief).toMatchObject({
      turn: { from: at(8), to: at(16) },
      since: null,
      noonAt: at(12),
      handedOver: [offered, given],
      changed: [given],
      dueBeforeNoon: [offered, given],
      promises: [
        { caseId: offered, dueAt: at(11), text: 'We call you back' },
        { caseId: given, dueAt: at(11.5), text: 'We send the form' },
      ],
    });
    expect(Object.keys(cases).toSorted()).toEqual([offered, given].toSorted());
    expect(readAt).toBeNull();
    await team.station.ask('handoffs.briefRead', { opId: op() });
    expect((await team.station.ask('handoffs.brief', {})).readAt).toBe(team.now());
    // the next turn has a brief of its own
    await team.moveTo(32);
    expect(await team.station.ask('handoffs.brief', {})).toMatchObject({ readAt: null, brief: { turn: { from: at(32) }, since: at(16) } });
  });

  test('is announced once, and not to who has read it', async () => {
    await team.sit(KIM);
    await team.moveTo(14.9);
    // nobody but Mei has sat here, long after her turn began
    expect(told('sunrise')).toBe(0);
    await team.moveTo(15);
    expect(told('sunrise')).toBe(1);
    await team.moveTo(15.5);
    expect(team.told.filter((each) => each.type === 'sunrise')).toEqual([{ type: 'sunrise', turnEndsAt: at(23) }]);
    await team.sit(ANA);
    await team.moveTo(30);
    await team.station.ask('handoffs.briefRead', { opId: op() });
    await team.moveTo(32);
    expect(told('sunrise')).toBe(1);
    await team.reopen();
    expect(told('sunrise')).toBe(0);
  });
});

describe('the clock of acceptance', () => {
  test('runs from the offer to the answer, and breaches when nobody answers', async () => {
    const { policies, calendars } = await team.station.ask('sla.config', {});
    const proposal: SlaProposal = {
      policies: policies
        .filter((each) => each.isActive)
        .sort((a, b) => a.position - b.position)
        .map(({ version: _v, position: _p, effectiveFrom: _e, isActive: _a, ...rest }) => ({
          ...rest,
          targets: Object.fromEntries(
            Object.entries(rest.targets).map(([priority, targets]) => [priority, { ...targets, 'handoff-acceptance': 30 * MINUTE_MS }]),
          ) as typeof rest.targets,
        })),
      calendars: calendars.map(({ id, name, versions }) => {
        const last = versions.at(-1);
        if (last === undefined) throw new Error('a calendar without a version');
        return { id, name, ...last };
      }),
    };
    await team.sit(LEA);
    const saved = await team.station.call('sla.save', { opId: op(), proposal, applyToOpen: true });
    expect(saved.ok).toBe(true);
    await team.sit(MEI);
    const acceptance = async (caseId: CaseId): Promise<unknown> =>
      (await team.station.ask('sla.clocks', { caseId })).instances
        .filter((each) => each.metric === 'handoff-acceptance')
        .map((each) => [each.state, each.startedAt, each.dueAt]);
    const [taken, left] = [await team.claimed('taken'), await team.claimed('left')];
    const [first] = [await team.offer(taken, ANA), await team.offer(left, ANA)];
    expect(await acceptance(taken)).toEqual([['running', at(8), at(8.5)]]);
    // the row shows what is due first; the work on the case is due later
    expect((await team.row(first)).row.sla).toMatchObject({ metric: 'handoff-acceptance', dueAt: at(8.5) });
    expect((await team.row(first)).dueAt).toBe(at(16));
    await team.moveTo(8.4);
    await team.sit(ANA);
    await team.accept(first);
    expect(await acceptance(taken)).toEqual([['met', at(8), at(8.5)]]);
    await team.moveTo(9.3);
    expect(await acceptance(left)).toEqual([['breached', at(8), at(8.5)]]);
  });
});

describe('the figures', () => {
  test('count handoffs by pair of hubs, and name the events behind them', async () => {
    const cases = [await team.claimed('taken'), await team.claimed('declined'), await team.claimed('left')] as const;
    const [taken, declined] = [await team.offer(cases[0], ANA), await team.offer(cases[1], TOM), await team.offer(cases[2], SAM)];
    await team.moveTo(8.2);
    await team.sit(ANA);
    await team.accept(taken, { readBack: { firstAction: 'Something else', nextPromise: null, contingency: null, question: null } });
    await team.sit(TOM);
    await team.station.ask('handoffs.decline', { opId: op(), handoffId: declined, reason: 'No' });
    await team.moveTo(9);
    await team.moveTo(9.3);
    const figures = await team.station.ask('handoffs.metrics', { from: at(0), to: at(24) });
    expect(figures.latency).toMatchObject({ medianMs: 0.2 * HOUR_MS, samples: [{ handoffId: taken }] });
    expect(figures.matrix.map((each) => [each.from, each.to, each.offered.length, each.accepted.value])).toEqual([
      [SINGAPORE.hubId, LISBON.hubId, 2, 0.5],
      [SINGAPORE.hubId, SINGAPORE.hubId, 1, 0],
    ]);
    expect(figures.declined.value).toBeCloseTo(1 / 3);
    expect(figures.expired.value).toBeCloseTo(1 / 3);
    expect(figures.readBackMismatches.value).toBe(1);
    // she went at nine, and the lead had it at once
    expect(figures.exposure.totalMs).toBe(0);
    const behind = await team.station.ask('handoffs.events', { ids: [...figures.expired.part] });
    expect(behind.map((each) => [each.subject, each.body.type, each.actor])).toEqual([
      ['left', 'handoff.offered', MEI.agentId],
      ['left', 'handoff.escalated', null],
      ['left', 'handoff.expired', null],
      ['left', 'handoff.escalated', null],
    ]);
    expect(await team.station.ask('handoffs.metrics', { from: at(24), to: at(48) })).toMatchObject({
      matrix: [],
      latency: { medianMs: null },
    });
  });

  test('call a promise stale that nobody was planned to keep, by the plan when it was made or when it fell due', async () => {
    const caseId = await team.claimed('promised');
    await promise(caseId, at(10), 'in time');
    await promise(caseId, at(23.9), 'nobody is there');
    await promise(caseId, at(12), 'somebody was taken off');
    await team.sit(LEA);
    // everybody of Lisbon is away from eleven to one
    await team.moveTo(8.1);
    for (const agent of [ANA, TOM, LEA])
      await team.station.ask('plan.requestAbsence', {
        opId: op(),
        agentId: agent.agentId,
        kind: 'sick',
        zone: 'UTC',
        startLocal: toLocal('UTC', at(11)),
        endLocal: toLocal('UTC', at(13)),
        note: '',
        isApproved: true,
      });
    await team.sit(MEI);
    await apply(caseId, { kind: 'status', to: 'pending' });
    // by ten the case is with her still, whose turn has ended: that is stale, too
    const { stalePromises } = await team.station.ask('handoffs.metrics', { from: at(8), to: at(24) });
    expect(stalePromises.value).toBe(1);
    const [, , ...none] = stalePromises.whole;
    expect(none).toHaveLength(1);
    const behind = await team.station.ask('handoffs.events', { ids: [...stalePromises.whole] });
    expect(behind.map((each) => each.body.type)).toEqual(['promise.made', 'promise.made', 'promise.made']);
    await apply(caseId, { kind: 'assign', agentId: ANA.agentId });
    const after = await team.station.ask('handoffs.metrics', { from: at(8), to: at(24) });
    expect(after.stalePromises.part).toHaveLength(2);
  });
});

test('what was planned at an earlier time is known when it has been taken back since', async () => {
  await team.sit(LEA);
  const cover = (asOf: Instant): boolean =>
    team.station.engine.store.read((db) => {
      const past = new PastCover(db, new CoverageBook(zoneDataInUse()));
      return past.isCovered({ ...EVERYBODY, hubs: [LISBON.hubId] }, at(36), 15 * MINUTE_MS, asOf);
    });
  expect(cover(at(8))).toBe(true);
  await team.moveTo(8.1);
  const removed = [ANA, TOM, LEA].map((agent) => ({ shiftId: shiftId(`${agent.name}-2026-11-25`), draft: { kind: 'removed' } as const }));
  await team.station.ask('plan.edit', { opId: op(), changes: removed });
  await team.station.ask('plan.publish', { opId: op(), note: '' });
  expect(cover(at(8.05))).toBe(true);
  expect(cover(at(8.1))).toBe(false);
  // before anything was planned nobody could say so
  expect(cover(at(7))).toBe(true);
});

test('nobody is named who is not there', async () => {
  expect(await team.station.ask('handoffs.get', { handoffId: makeId('hnd', 'none') })).toBeNull();
  expect(await team.station.ask('handoffs.prepare', { caseId: makeId('case', 'none') })).toBeNull();
  expect(await team.station.ask('handoffs.ofCase', { caseId: makeId('case', 'none') })).toBeNull();
  expect(await team.station.call('handoffs.ask', { opId: op(), handoffId: makeId('hnd', 'none'), text: 'x' })).toMatchObject({
    error: { code: 'not-found' },
  });
});
