import { describe, expect, test } from 'vitest';
import { agent, assignment, hour, hub, roster } from '../../../../test/coverage/team.ts';
import { accepted, Desk, handoffId, logged, minute, offered, PACKET } from '../../../../test/handoff/log.ts';
import { makeId } from '../ids.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { Duty } from './duty.ts';
import type { HandoffLogEvent } from './handoff-event.ts';
import { handoffMetrics } from './metrics.ts';
import type { MetricsQuestion, PromiseFact } from './metrics.ts';
import { foldOwnership } from './ownership-fold.ts';
import { readBackOf } from './read-back.ts';

const SINGAPORE = hub('singapore', 'Asia/Singapore');
const LISBON = hub('lisbon', 'Europe/Lisbon');
const mei = agent('mei', { hubId: SINGAPORE.hubId });
const ana = agent('ana', { hubId: LISBON.hubId });
const DUTY = new Duty(roster({ hubs: [SINGAPORE, LISBON], agents: [mei, ana] }), [assignment(mei, -7, 1), assignment(ana, 1.5, 9)]);
const [m, a, engine] = [new Desk('mei'), new Desk('ana'), new Desk(null)];
const hubs = { fromHubId: SINGAPORE.hubId, teamHubs: [SINGAPORE.hubId, LISBON.hubId] };
const CLAIM = m.event(minute(0), null, { type: 'case.claimed', agentId: mei.agentId });
const offer = (name: string, part: object = {}): HandoffLogEvent =>
  m.event(minute(30), 1, offered(name, 'mei', 'ana', { ...hubs, expiresAt: hour(3), senderOffAt: hour(1), ...part }));
const accept = (name: string, part: object = {}): HandoffLogEvent =>
  a.event(hour(2), 1, accepted(name, { hubId: LISBON.hubId, readBack: readBackOf(PACKET, 'Europe/Lisbon'), ...part }));

function measure(part: Partial<MetricsQuestion>, ...logs: readonly (readonly HandoffLogEvent[])[]) {
  const cases = logs.map((events, index) => ({
    caseId: makeId('case', String(index)),
    ownership: foldOwnership(logged(CLAIM, ...events)).confirmed,
  }));
  return handoffMetrics({ cases, promises: [], from: hour(0), to: hour(24), now: hour(24), duty: DUTY, ...part });
}

describe('the figures of handoffs', () => {
  test('tell how long acceptance took, in all and on shift, and how long nobody was there', () => {
    const [offering, accepting] = [offer('h'), accept('h')];
    const found = measure({}, [offering, accepting]);
    expect(found.latency).toEqual({
      medianMs: 90 * MINUTE_MS,
      p90Ms: 90 * MINUTE_MS,
      totalMs: 90 * MINUTE_MS,
      samples: [{ handoffId: handoffId('h'), ms: 90 * MINUTE_MS, eventIds: [offering.id, accepting.id] }],
    });
    expect(found.onShiftLatency.totalMs).toBe(30 * MINUTE_MS);
    expect(found.exposure).toMatchObject({ totalMs: HOUR_MS, samples: [{ eventIds: [offering.id, accepting.id] }] });
  });

  test('end an exposure when a lead takes over, and not when the offer expires', () => {
    const taken = engine.event(minute(70), 1, {
      type: 'handoff.escalated',
      handoffId: handoffId('h'),
      toId: makeId('agt', 'lea'),
      reason: 'sender-off-shift',
    });
    expect(measure({}, [offer('h'), taken]).exposure.totalMs).toBe(10 * MINUTE_MS);
    const expired = engine.event(hour(3), 1, { type: 'handoff.expired', handoffId: handoffId('h') });
    expect(measure({ now: hour(4) }, [offer('h'), expired]).exposure.totalMs).toBe(3 * HOUR_MS);
  });

  test('count what was offered anew from there on', () => {
    const declined = a.event(minute(40), 1, { type: 'handoff.declined', handoffId: handoffId('h'), reason: '' });
    const again = m.event(minute(80), 1, offered('h2', 'mei', 'ana', { ...hubs, expiresAt: hour(3), senderOffAt: hour(1) }));
    const taken = a.event(hour(2), 1, accepted('h2', { hubId: LISBON.hubId }));
    expect(measure({}, [offer('h'), declined, again, taken]).exposure.samples.map((each) => each.ms)).toEqual([
      40 * MINUTE_MS,
      20 * MINUTE_MS,
    ]);
  });

  test('take the nearest rank', () => {
    const all = [10, 20, 30, 40].map((each, index) => [
      offer(`h${String(index)}`),
      a.event(minute(30 + each), 1, accepted(`h${String(index)}`, { hubId: LISBON.hubId })),
    ]);
    expect(measure({}, ...all).latency).toMatchObject({ medianMs: 20 * MINUTE_MS, p90Ms: 40 * MINUTE_MS, totalMs: 100 * MINUTE_MS });
  });

  test('count by pair of hubs, and name the events', () => {
    const refusing = a.event(minute(40), 1, { type: 'handoff.declined', handoffId: handoffId('b'), reason: 'No time' });
    const expiring = engine.event(hour(3), 1, { type: 'handoff.expired', handoffId: handoffId('c') });
    const back = a.event(hour(2.1), 3, { type: 'handoff.returned', handoffId: handoffId('d'), reason: 'No' });
    const found = measure({}, [offer('a'), accept('a')], [offer('b'), refusing], [offer('c'), expiring], [offer('d'), accept('d'), back]);
    expect(found.matrix).toHaveLength(1);
    const [pair] = found.matrix;
    expect(pair).toMatchObject({
      from: SINGAPORE.hubId,
      to: LISBON.hubId,
      accepted: { value: 0.5 },
      declined: { value: 0.25 },
      expired: { value: 0.25 },
    });
    expect(pair?.offered).toHaveLength(4);
    expect(found.declined.part).toContain(refusing.id);
    expect(found.expired.part).toContain(expiring.id);
    expect(found.bounced).toMatchObject({ value: 0.5 });
    expect(found.bounced.part).toContain(back.id);
  });

  test('call a case a bounce that was passed on untouched within a day, and a satellite that went round', () => {
    const onward = (at: number): HandoffLogEvent =>
      a.event(
        hour(at),
        3,
        offered('h2', 'ana', 'mei', { ...hubs, fromHubId: LISBON.hubId, teamHubs: [], expiresAt: hour(40), senderOffAt: null }),
      );
    const round = measure({}, [offer('h'), accept('h'), onward(8)], [offer('i')]);
    expect(round.bounced.value).toBe(1);
    const worked = a.event(hour(2.1), 3, { type: 'handoff.settled', handoffId: handoffId('h'), how: 'action' });
    expect(measure({}, [offer('h'), accept('h'), worked, onward(8)]).bounced.value).toBe(0);
    expect(measure({ to: hour(1) }, [offer('h'), accept('h'), onward(27)]).bounced.value).toBe(0);
    expect(measure({}, [offer('h'), accept('h')], [offer('i')]).satellites).toMatchObject({ value: 0.5 });
    expect(measure({}, [offer('h'), accept('h'), worked], [offer('i')]).satellites.value).toBe(0);
  });

  test('tell what was read back wrongly, and how complete packets were', () => {
    const wrong = accept('b', { readBack: { ...readBackOf(PACKET, 'UTC'), firstAction: 'Sleep' } });
    const bulk = accept('c', { readBack: null });
    const found = measure({}, [offer('a'), accept('a')], [offer('b'), wrong], [offer('c'), bulk]);
    expect(found.readBackMismatches).toMatchObject({ value: 0.5 });
    expect(found.readBackMismatches.part).toContain(wrong.id);
    expect(found.complete.value).toBeCloseTo(2 / 3);
    expect(found.meanParts).toBeCloseTo(14 / 3);
  });

  test('tell promises that nobody could keep, or that broke soon after a handoff', () => {
    const kept: PromiseFact = {
      promiseId: makeId('prm', 'kept'),
      caseId: makeId('case', '0'),
      dueAt: hour(5),
      ownerId: ana.agentId,
      isCoveredWhenMade: true,
      isCoveredWhenDue: true,
      isOpenWhenDue: true,
      brokenAt: null,
      eventIds: ['evt_kept'],
    };
    const promises = [
      kept,
      { ...kept, isCoveredWhenMade: false, eventIds: ['evt_uncovered'] },
      { ...kept, dueAt: hour(10), eventIds: ['evt_off'] },
      // kept before it fell due: that nobody was there then does not matter
      { ...kept, dueAt: hour(10), isOpenWhenDue: false, isCoveredWhenDue: false, eventIds: ['evt_early'] },
      { ...kept, brokenAt: hour(6), eventIds: ['evt_soon'] },
      { ...kept, brokenAt: hour(6.5), eventIds: ['evt_late'] },
      { ...kept, dueAt: hour(30), isCoveredWhenDue: false, eventIds: ['evt_later'] },
    ];
    const { stalePromises } = measure({ promises }, [offer('h'), accept('h')]);
    expect(stalePromises).toMatchObject({ value: 0.5, part: ['evt_uncovered', 'evt_off', 'evt_soon'] });
  });

  test('are none when nothing was offered in that time', () => {
    const found = measure({ from: hour(10) }, [offer('h'), accept('h')]);
    expect(found.latency.medianMs).toBeNull();
    expect(found.declined).toEqual({ value: null, part: [], whole: [] });
    expect(found.meanParts).toBeNull();
    expect(found.matrix).toEqual([]);
  });
});
