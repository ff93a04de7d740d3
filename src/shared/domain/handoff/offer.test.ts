import { describe, expect, test } from 'vitest';
import { ability, agent, assignment, hour, hub, roster } from '../../../../test/coverage/team.ts';
import { Desk, logged, offered, PACKET } from '../../../../test/handoff/log.ts';
import { makeId } from '../ids.ts';
import { after, HOUR_MS, MINUTE_MS } from '../time.ts';
import { EVERYBODY } from '../coverage/roster.ts';
import { Duty } from './duty.ts';
import { bulkRefusals, checkOffer, DEFAULT_HANDOFF_RULES, expiryOf } from './offer.ts';
import type { OfferQuestion } from './offer.ts';
import { foldOwnership } from './ownership-fold.ts';
import type { PacketPromise } from './packet.ts';
import { nextInTurn, receivers } from './receivers.ts';
import type { AgentId } from '../ids.ts';
import type { ReceiverQuestion } from './receivers.ts';

const rules = DEFAULT_HANDOFF_RULES;
const SINGAPORE = hub('singapore', 'Asia/Singapore');
const LISBON = hub('lisbon', 'Europe/Lisbon');
const mei = agent('mei', { hubId: SINGAPORE.hubId });
const ana = agent('ana', { hubId: LISBON.hubId, languages: [ability('ja', { level: 'basic' })], skills: [ability('refunds')] });
const rui = agent('rui', { hubId: LISBON.hubId, languages: [ability('ja', { level: 'expert' })], skills: [ability('refunds')] });
const tom = agent('tom', { hubId: LISBON.hubId });
const lea = agent('lea', { tiers: ['lead'] });
const TEAM = roster({ hubs: [SINGAPORE, LISBON], agents: [mei, ana, rui, tom, lea] });
const DUTY = new Duty(TEAM, [
  assignment(mei, 0, 8),
  assignment(ana, 7, 15),
  assignment(rui, 9, 17),
  assignment(tom, 7, 12),
  assignment(lea, 2, 10),
]);
const OWNED = foldOwnership(logged(new Desk('mei').event(hour(0), null, { type: 'case.claimed', agentId: mei.agentId }))).confirmed;
const promise = (at: number): PacketPromise => ({ promiseId: makeId('prm', 'p'), text: 'We call', dueAt: hour(at), zone: 'UTC' });

function ask(part: Partial<OfferQuestion> = {}): ReturnType<typeof checkOffer> {
  return checkOffer({
    ownership: OWNED,
    now: hour(7),
    fromId: mei.agentId,
    to: { kind: 'agent', agentId: ana.agentId },
    packet: PACKET,
    need: { selector: EVERYBODY, unspoken: null },
    slaDueAt: null,
    duty: DUTY,
    teamHubs: [],
    rules,
    ...part,
  });
}

describe('an offer', () => {
  test('stands until the earliest of three times, and warns at half', () => {
    const limits = { now: hour(7), senderOffAt: hour(8), nextPromiseAt: hour(10), slaDueAt: hour(12), rules };
    expect(expiryOf(limits)).toEqual({ expiresAt: hour(8.25), warnAt: hour(7.625), because: 'shift-end' });
    expect(expiryOf({ ...limits, nextPromiseAt: hour(8) })).toMatchObject({ expiresAt: hour(7.75), because: 'promise' });
    expect(expiryOf({ ...limits, slaDueAt: hour(8) })).toMatchObject({ expiresAt: hour(7.5), because: 'sla' });
    // what is overdue limits nothing; what soon will be leaves no time
    expect(expiryOf({ ...limits, slaDueAt: hour(6), nextPromiseAt: hour(6.5) })).toMatchObject({
      expiresAt: hour(8.25),
      because: 'shift-end',
    });
    expect(expiryOf({ ...limits, slaDueAt: hour(7.25) })).toMatchObject({ expiresAt: hour(6.75), because: 'sla' });
    const none = { ...limits, senderOffAt: null, nextPromiseAt: null, slaDueAt: null };
    expect(expiryOf(none)).toMatchObject({ expiresAt: hour(15), because: 'longest' });
  });

  test('to somebody who is on shift before it expires is made', () => {
    expect(ask()).toMatchObject({ ok: true, senderOffAt: hour(8), expiry: { expiresAt: hour(8.25) } });
    expect(ask({ to: { kind: 'hub', hubId: LISBON.hubId } }).ok).toBe(true);
    expect(ask({ to: { kind: 'queue' } }).ok).toBe(true);
  });

  test('to somebody who is not is refused, with the next who can', () => {
    expect(ask({ to: { kind: 'agent', agentId: rui.agentId } })).toMatchObject({
      ok: false,
      refusal: { kind: 'not-on-shift', comesAt: hour(9), next: { agentId: ana.agentId, from: hour(7) }, leadId: lea.agentId },
    });
    const japanese = { selector: { ...EVERYBODY, skills: ['refunds'] }, unspoken: null };
    const early = { now: hour(5), packet: { ...PACKET, promises: [promise(6)] }, need: japanese };
    expect(ask({ ...early, to: { kind: 'agent', agentId: rui.agentId } })).toMatchObject({
      refusal: { kind: 'not-on-shift', next: { agentId: lea.agentId } },
    });
    expect(ask({ now: hour(1), packet: { ...PACKET, promises: [promise(2)] } })).toMatchObject({
      refusal: { kind: 'not-on-shift', comesAt: hour(7), next: null, leadId: null },
    });
  });

  test('that would have expired is not made', () => {
    expect(ask({ packet: { ...PACKET, promises: [promise(7.25)] } })).toMatchObject({ refusal: { kind: 'no-time', leadId: lea.agentId } });
    expect(ask({ now: hour(8.25) })).toMatchObject({ refusal: { kind: 'no-time' } });
    expect(ask({ now: hour(8.2) }).ok).toBe(true);
  });

  test('is the owner’s, to somebody else, and once', () => {
    expect(ask({ fromId: ana.agentId })).toMatchObject({ refusal: { kind: 'not-owner' } });
    expect(ask({ to: { kind: 'agent', agentId: mei.agentId } })).toMatchObject({ refusal: { kind: 'to-oneself' } });
    const desk = new Desk('mei');
    const ownership = foldOwnership(
      logged(desk.event(hour(0), null, { type: 'case.claimed', agentId: mei.agentId }), desk.event(hour(6), 1, offered('h', 'mei', 'ana'))),
    ).confirmed;
    expect(ask({ ownership })).toMatchObject({ refusal: { kind: 'already-offered' } });
    expect(ask({ ownership: { ...OWNED, bounces: 2 } })).toMatchObject({
      refusal: { kind: 'goes-to-lead', reason: 'bounces', leadId: lea.agentId },
    });
  });

  test('asks for nobody’s shift in a team that plans none', () => {
    expect(ask({ duty: new Duty(TEAM, []) }).ok).toBe(true);
  });
});

describe('receivers', () => {
  const selector = { ...EVERYBODY, languages: ['ja'] };
  const question: ReceiverQuestion = {
    duty: DUTY,
    need: { selector, unspoken: null },
    fromId: mei.agentId,
    now: hour(7),
    expiresAt: hour(10),
    load: new Map(),
  };
  const order = (part: Partial<ReceiverQuestion>): readonly string[] =>
    receivers({ ...question, ...part }).map((each) => each.agentId.slice(4));

  test('are those on shift before it expires, best first', () => {
    expect(order({})).toEqual(['rui', 'ana', 'tom', 'lea']);
    expect(order({ expiresAt: hour(9) })).toEqual(['ana', 'tom', 'lea']);
    expect(receivers(question)[0]).toMatchObject({ from: hour(9), leftMs: 8 * HOUR_MS, isQualified: true, language: 3, skill: 3 });
    expect(receivers(question)[2]).toMatchObject({ isQualified: false, language: 0 });
  });

  test('of several cases take turns, but only with those who are as good', () => {
    const need = { selector: EVERYBODY, unspoken: null };
    const given = new Map<AgentId, number>();
    const turns = Array.from({ length: 6 }, () => {
      const next = nextInTurn(receivers({ ...question, need }), given);
      if (next === null) throw new Error('nobody');
      given.set(next.agentId, (given.get(next.agentId) ?? 0) + 1);
      return next.agentId.slice(4);
    });
    // Lea leaves sooner than the others
    expect(turns).toEqual(['ana', 'rui', 'tom', 'ana', 'rui', 'tom']);
    // only one of them speaks Japanese as well
    expect(nextInTurn(receivers(question), new Map([[rui.agentId, 9]]))?.agentId).toBe(rui.agentId);
    expect(nextInTurn([], given)).toBeNull();
  });

  test('with as much skill and shift left are ordered by load', () => {
    const need = { selector: EVERYBODY, unspoken: null };
    expect(order({ need })).toEqual(['ana', 'rui', 'tom', 'lea']);
    expect(
      order({
        need,
        load: new Map([
          [ana.agentId, 9],
          [rui.agentId, 4],
        ]),
      }),
    ).toEqual(['tom', 'rui', 'ana', 'lea']);
  });
});

describe('accepting many at once', () => {
  const plain = { packet: PACKET, isVip: false, isChanged: false };

  test('is for what is stable, of nobody special, and promises nothing soon', () => {
    expect(bulkRefusals(plain, hour(8), rules)).toEqual([]);
    expect(bulkRefusals({ ...plain, packet: { ...PACKET, promises: [promise(12)] } }, hour(8), rules)).toEqual([]);
    const soon = { ...PACKET, promises: [{ ...promise(12), dueAt: after(hour(12), -MINUTE_MS) }] };
    expect(bulkRefusals({ ...plain, packet: soon }, hour(8), rules)).toEqual(['promise-soon']);
    const all = { packet: { ...soon, severity: 'watcher' as const }, isVip: true, isChanged: true };
    expect(bulkRefusals(all, hour(8), rules)).toEqual(['not-stable', 'vip', 'promise-soon', 'changed']);
  });
});

test('a turn goes on over breaks and adjoining shifts', () => {
  const split = new Duty(TEAM, [
    assignment(ana, 0, 3, { turnEndsAt: hour(8) }),
    assignment(ana, 4, 8),
    assignment(ana, 8, 9),
    assignment(ana, 20, 24),
  ]);
  expect(split.turnAt(ana.agentId, hour(3.5))).toMatchObject({ from: hour(0), to: hour(9) });
  expect(split.isOnShift(ana.agentId, hour(9))).toBe(false);
  expect(split.nextTurn(ana.agentId, hour(3))?.from).toBe(hour(20));
  expect(split.lastTurn(ana.agentId, hour(9))?.to).toBe(hour(9));
  expect(split.onShiftMs(ana.agentId, hour(8), hour(21))).toBe(2 * HOUR_MS);
  expect(split.onShiftUntil(ana.agentId, hour(8), 2 * HOUR_MS)).toBe(hour(21));
});
