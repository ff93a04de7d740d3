import type { CaseRow } from '../../../src/shared/contract/cases.contract.ts';
import type { EventBehind } from '../../../src/shared/contract/handoff.contract.ts';
import type { CaseEventBody } from '../../../src/shared/domain/case.ts';
import type { Durations, HandoffMetrics, Rate } from '../../../src/shared/domain/handoff/metrics.ts';
import { EMPTY_PACKET } from '../../../src/shared/domain/handoff/packet.ts';
import type { AgentId, HubId } from '../../../src/shared/domain/ids.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../src/shared/domain/time.ts';
import type { FakeEngine } from '../fake-engine.ts';

/** FAKE figures about handoffs, with the events behind them. */

const NOW = Date.now();
const PEOPLE = [
  ['wei', 'sin'],
  ['bina', 'ktm'],
  ['ana', 'lis'],
  ['theo', 'sfo'],
] as const;
const DECLINES = ['I am on leave from tomorrow', '我不熟悉开票系统', 'Two critical cases already'];

interface FakeHandoff {
  readonly id: string;
  readonly from: HubId;
  readonly to: HubId | null;
  readonly ms: number;
  readonly outcome: 'accepted' | 'declined' | 'expired' | 'bounced';
  readonly isComplete: boolean;
  readonly isMisread: boolean;
  readonly events: readonly EventBehind[];
}

function handoff(index: number, row: CaseRow): FakeHandoff {
  const [sender, fromHub] = PEOPLE[index % 4] ?? PEOPLE[0];
  const [receiver, toHub] = PEOPLE[(index + (index % 5 === 0 ? 2 : 1)) % 4] ?? PEOPLE[0];
  const outcome = index % 11 === 3 ? 'declined' : index % 13 === 5 ? 'expired' : index % 17 === 6 ? 'bounced' : 'accepted';
  const offeredAt = NOW - 29 * DAY_MS + index * 9 * HOUR_MS;
  const ms = (4 + ((index * 37) % 140)) * MINUTE_MS;
  const id = `h${String(index)}`;
  const event = (name: string, at: number, actor: AgentId | null, body: CaseEventBody): EventBehind => ({
    id: `evt_${id}${name}`,
    at: instant(at),
    actor,
    caseId: row.caseId,
    subject: row.subject,
    body,
  });
  const handoffId = makeId('hnd', id);
  const from = makeId('agt', sender);
  const to = makeId('agt', receiver);
  const events: EventBehind[] = [
    event('o', offeredAt, index % 9 === 4 ? makeId('agt', 'dana') : from, {
      type: 'handoff.offered',
      handoffId,
      fromId: from,
      fromHubId: makeId('hub', fromHub),
      to: index % 6 === 2 ? { kind: 'hub', hubId: makeId('hub', toHub) } : { kind: 'agent', agentId: to },
      reason: index % 4 === 1 ? 'expertise' : 'shift-end',
      packet: EMPTY_PACKET,
      expiresAt: instant(offeredAt + 2 * HOUR_MS),
      senderOffAt: instant(offeredAt + 40 * MINUTE_MS),
      teamHubs: [],
    }),
  ];
  if (outcome === 'declined')
    events.push(event('d', offeredAt + ms, to, { type: 'handoff.declined', handoffId, reason: DECLINES[index % 3] ?? '' }));
  else if (outcome === 'expired') {
    events.push(event('e', offeredAt + 2 * HOUR_MS, null, { type: 'handoff.expired', handoffId }));
    events.push(
      event('l', offeredAt + 2 * HOUR_MS, null, { type: 'handoff.escalated', handoffId, toId: makeId('agt', 'dana'), reason: 'expired' }),
    );
  } else {
    const readBack = index % 7 === 0 ? null : { firstAction: 'Call', nextPromise: null, contingency: null, question: null };
    events.push(
      event('a', offeredAt + ms, to, {
        type: 'handoff.accepted',
        handoffId,
        packetVersion: 1,
        lastInboundId: null,
        readBack,
        hubId: makeId('hub', toHub),
        isOnShift: index % 8 !== 0,
      }),
    );
    events.push(
      outcome === 'bounced'
        ? event('r', offeredAt + ms + HOUR_MS, to, { type: 'handoff.returned', handoffId, reason: 'The customer asked for Wei Ling' })
        : event('s', offeredAt + ms + 20 * MINUTE_MS, to, { type: 'handoff.settled', handoffId, how: index % 2 === 0 ? 'action' : 'time' }),
    );
  }
  return {
    id,
    from: makeId('hub', fromHub),
    to: outcome === 'expired' && index % 2 === 0 ? null : makeId('hub', toHub),
    ms,
    outcome,
    isComplete: index % 5 !== 0,
    isMisread: index % 9 === 2,
    events,
  };
}

const isAccepted = (each: FakeHandoff): boolean => each.outcome === 'accepted' || each.outcome === 'bounced';
const ids = (list: readonly FakeHandoff[]): readonly string[] => list.flatMap((each) => each.events.map((event) => event.id));
const offers = (list: readonly FakeHandoff[]): readonly string[] => list.map((each) => each.events[0]?.id ?? '');

function rate(part: readonly FakeHandoff[], whole: readonly FakeHandoff[]): Rate {
  return { value: whole.length === 0 ? null : part.length / whole.length, part: ids(part), whole: offers(whole) };
}

function durations(list: readonly FakeHandoff[], factor: number): Durations {
  const samples = list
    .map((each) => ({
      handoffId: makeId('hnd', each.id),
      ms: each.ms * factor,
      eventIds: each.events.slice(0, 2).map((event) => event.id),
    }))
    .sort((a, b) => b.ms - a.ms);
  const at = (share: number): number | null => samples.toReversed()[Math.ceil(share * samples.length) - 1]?.ms ?? null;
  return { medianMs: at(0.5), p90Ms: at(0.9), totalMs: samples.reduce((sum, each) => sum + each.ms, 0), samples };
}

function metrics(list: readonly FakeHandoff[]): HandoffMetrics {
  const accepted = list.filter(isAccepted);
  const of = (outcome: FakeHandoff['outcome'], within = list): readonly FakeHandoff[] => within.filter((each) => each.outcome === outcome);
  const pairs = new Map<string, FakeHandoff[]>();
  for (const each of list) pairs.set(`${each.from} ${each.to ?? ''}`, [...(pairs.get(`${each.from} ${each.to ?? ''}`) ?? []), each]);
  return {
    latency: durations(accepted, 1),
    onShiftLatency: durations(accepted, 0.4),
    exposure: durations(of('expired'), 0.8),
    bounced: rate(of('bounced'), accepted),
    declined: rate(of('declined'), list),
    expired: rate(of('expired'), list),
    satellites: rate([], list),
    stalePromises: { ...rate(of('bounced'), list), value: 0.125 },
    readBackMismatches: rate(
      accepted.filter((each) => each.isMisread),
      accepted,
    ),
    complete: rate(
      list.filter((each) => each.isComplete),
      list,
    ),
    meanParts: list.length === 0 ? null : 4.62,
    matrix: [...pairs.values()].map((pair) => ({
      from: pair[0]?.from ?? null,
      to: pair[0]?.to ?? null,
      offered: offers(pair),
      accepted: rate(pair.filter(isAccepted), pair),
      declined: rate(of('declined', pair), pair),
      expired: rate(of('expired', pair), pair),
      bounced: rate(of('bounced', pair), pair.filter(isAccepted)),
      latency: durations(pair.filter(isAccepted), 1),
    })),
  };
}

/** The answers of the fake engine about how cases change hands. */
export function fakeMetrics(rows: readonly CaseRow[]): ConstructorParameters<typeof FakeEngine>[0] {
  const all = rows.slice(0, 78).map((row, index) => handoff(index, row));
  const events = new Map(all.flatMap((each) => each.events.map((event) => [event.id, event] as const)));
  return {
    'handoffs.metrics': ({ from, to }) =>
      ({
        ok: true,
        value: metrics(all.filter(({ events: [first] }) => first !== undefined && first.at >= from && first.at < to)),
      }) as const,
    'handoffs.events': (input) => ({ ok: true, value: input.ids.map((id) => events.get(id)).filter((event) => event !== undefined) }),
  };
}
