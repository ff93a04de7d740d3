import type { AgentId, CaseId, HandoffId, HubId, PromiseId } from '../ids.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Duty } from './duty.ts';
import { leadDecides } from './handoff.ts';
import type { Handoff, Ownership } from './handoff.ts';
import { completenessOf } from './packet.ts';
import { mismatches } from './read-back.ts';

/** How well cases change hands. Every figure names the events behind it. */

/** A share: `value` is part by whole, from 0 to 1; null when there is nothing to count. */
export interface Rate {
  readonly value: number | null;
  /** The events that make the part, and those that make the whole. */
  readonly part: readonly string[];
  readonly whole: readonly string[];
}

/** Lengths of time in milliseconds; null when there are none. */
export interface Durations {
  readonly medianMs: number | null;
  /** Nine of ten were no longer (nearest rank). */
  readonly p90Ms: number | null;
  readonly totalMs: number;
  /** The longest first. */
  readonly samples: readonly { readonly handoffId: HandoffId; readonly ms: number; readonly eventIds: readonly string[] }[];
}

export interface HubPair {
  /** Null: in no hub, or offered to nobody in particular and taken by nobody. */
  readonly from: HubId | null;
  readonly to: HubId | null;
  readonly offered: readonly string[];
  readonly accepted: Rate;
  readonly declined: Rate;
  readonly expired: Rate;
  readonly bounced: Rate;
  readonly latency: Durations;
}

export interface HandoffMetrics {
  /** From the offer to the accept; and of that, what the receiver was on shift for. */
  readonly latency: Durations;
  readonly onShiftLatency: Durations;
  /** From the end of the sender's shift until somebody who was there had it: the receiver or a lead. */
  readonly exposure: Durations;
  /** Accepted ones that were returned, or offered again within a day without having been worked on. */
  readonly bounced: Rate;
  readonly declined: Rate;
  readonly expired: Rate;
  /** Of the cases that were offered, those that have been around all hubs without anybody working on them. */
  readonly satellites: Rate;
  readonly stalePromises: Rate;
  /** Of what was read back, what did not fit. */
  readonly readBackMismatches: Rate;
  /** Of all offers, those whose packet was complete with its read-back; and how many of five parts on average. */
  readonly complete: Rate;
  readonly meanParts: number | null;
  /** Sorted by number of offers. */
  readonly matrix: readonly HubPair[];
}

/** A promise of the ledger with what is known of its cover. */
export interface PromiseFact {
  readonly promiseId: PromiseId;
  readonly caseId: CaseId;
  readonly dueAt: Instant;
  /** Who owned the case when it fell due, or owns it now. */
  readonly ownerId: AgentId | null;
  /** Whether somebody qualified was planned to be on before it fell due: when it was made, and when it fell due. */
  readonly isCoveredWhenMade: boolean;
  readonly isCoveredWhenDue: boolean;
  /** False when it was kept, or the customer let it go, before: then nobody had to be there at its due time. */
  readonly isOpenWhenDue: boolean;
  /** Null while it is open or when it was kept. */
  readonly brokenAt: Instant | null;
  /** Of its making (first), keeping and breaking. */
  readonly eventIds: readonly string[];
}

/** What the figures look at of a case. */
type Story = Pick<Ownership, 'handoffs' | 'bounces' | 'hubs'>;

export interface MetricsQuestion {
  readonly cases: readonly { readonly caseId: CaseId; readonly ownership: Story }[];
  readonly promises: readonly PromiseFact[];
  /** Offers that were made, and promises that fall due, in `[from, to)`. */
  readonly from: Instant;
  readonly to: Instant;
  /** What is not over yet counts up to now. */
  readonly now: Instant;
  readonly duty: Duty;
}

/** A promise that breaks so soon after a handoff is the handoff's. */
const BROKEN_AFTER_MS = 4 * HOUR_MS;

export function handoffMetrics({ cases, promises, from, to, now, duty }: MetricsQuestion): HandoffMetrics {
  const all = cases.flatMap(({ caseId, ownership }) => ownership.handoffs.map((handoff) => ({ caseId, ownership, handoff })));
  const made = all.filter(({ handoff }) => handoff.offeredAt >= from && handoff.offeredAt < to);
  const handoffs = made.map((each) => each.handoff);
  const passedOn = new Set(cases.flatMap(({ ownership }) => passedOnUnworked(ownership.handoffs)));
  const accepted = handoffs.filter((each) => each.acceptance !== null);
  const bounces = (list: readonly Handoff[]): Rate =>
    rate(
      list.filter((each) => each.acceptance !== null && (each.state === 'returned' || passedOn.has(each))),
      list.filter((each) => each.acceptance !== null),
    );
  const read = accepted.filter((each) => each.acceptance?.readBack !== null);
  const parts = handoffs.map((each) => completeness(each));
  return {
    latency: latencyOf(handoffs, (_, start, end) => end - start),
    onShiftLatency: latencyOf(handoffs, (receiver, start, end) => duty.onShiftMs(receiver, start, end)),
    exposure: durations(made.flatMap(({ handoff, ownership }) => exposureOf(handoff, nextOf(ownership, handoff), now))),
    bounced: bounces(handoffs),
    declined: rate(handoffs.filter(isDeclined), handoffs),
    expired: rate(handoffs.filter(isExpired), handoffs),
    satellites: satellites(made),
    stalePromises: stalePromises(
      promises.filter((each) => each.dueAt >= from && each.dueAt < to),
      all,
      duty,
    ),
    readBackMismatches: rate(read.filter(isMisread), read),
    complete: rate(
      handoffs.filter((_, index) => parts[index] === 5),
      handoffs,
    ),
    meanParts: parts.length === 0 ? null : parts.reduce((sum, each) => sum + each, 0) / parts.length,
    matrix: matrixOf(handoffs, duty, bounces),
  };
}

function passedOnUnworked(handoffs: readonly Handoff[]): readonly Handoff[] {
  return handoffs.filter(({ acceptance, steps }, index) => {
    const next = handoffs[index + 1];
    if (acceptance === null || next === undefined || steps.some((each) => each.kind === 'settled' && each.detail === 'action'))
      return false;
    return next.fromId === acceptance.agentId && next.offeredAt - acceptance.at <= DAY_MS;
  });
}

/** The events of a handoff that tell its story: offer, accept, declines and steps. */
export function eventsOf(handoff: Handoff): readonly string[] {
  const { eventId, acceptance, declines, steps } = handoff;
  return [
    eventId,
    ...(acceptance === null ? [] : [acceptance.eventId]),
    ...declines.map((each) => each.eventId),
    ...steps.map((each) => each.eventId),
  ];
}

function rate(part: readonly Handoff[], whole: readonly Handoff[]): Rate {
  return {
    value: whole.length === 0 ? null : part.length / whole.length,
    part: part.flatMap(eventsOf),
    whole: whole.map((each) => each.eventId),
  };
}

function durations(samples: Durations['samples']): Durations {
  const sorted = samples.toSorted((a, b) => b.ms - a.ms || (a.handoffId < b.handoffId ? -1 : 1));
  const lengths = sorted.map((each) => each.ms).reverse();
  const at = (share: number): number | null => lengths[Math.max(0, Math.ceil(share * lengths.length) - 1)] ?? null;
  return { medianMs: at(0.5), p90Ms: at(0.9), totalMs: lengths.reduce((sum, each) => sum + each, 0), samples: sorted };
}

function latencyOf(handoffs: readonly Handoff[], length: (receiver: AgentId, from: Instant, to: Instant) => number): Durations {
  return durations(
    handoffs.flatMap(({ handoffId, eventId, offeredAt, acceptance }) =>
      acceptance === null
        ? []
        : [{ handoffId, ms: Math.max(0, length(acceptance.agentId, offeredAt, acceptance.at)), eventIds: [eventId, acceptance.eventId] }],
    ),
  );
}

function nextOf({ handoffs }: Story, handoff: Handoff): Handoff | null {
  return handoffs[handoffs.indexOf(handoff) + 1] ?? null;
}

/** What ended the time in which the sender was gone and nobody else had the case. What was offered anew counts from there on. */
function exposureOf(handoff: Handoff, next: Handoff | null, now: Instant): Durations['samples'] {
  const { handoffId, eventId, senderOffAt, offeredAt, acceptance, steps } = handoff;
  if (senderOffAt === null) return [];
  const ends = steps.map(({ at, eventId: id }) => ({ at, id })).filter((each) => each.at >= offeredAt);
  if (acceptance !== null) ends.push({ at: acceptance.at, id: acceptance.eventId });
  if (next !== null) ends.push({ at: next.offeredAt, id: next.eventId });
  const expiries = new Set(steps.filter((each) => each.kind === 'expired').map((each) => each.eventId));
  const [first] = ends.filter((each) => !expiries.has(each.id)).sort((a, b) => a.at - b.at);
  const begin = Math.max(senderOffAt, offeredAt);
  const ms = (first?.at ?? now) - begin;
  return ms <= 0 ? [] : [{ handoffId, ms, eventIds: first === undefined ? [eventId] : [eventId, first.id] }];
}

function isDeclined(handoff: Handoff): boolean {
  return handoff.state === 'declined' || (handoff.to.kind === 'agent' && handoff.declines.length > 0 && handoff.acceptance === null);
}

function isExpired(handoff: Handoff): boolean {
  return handoff.steps.some((each) => each.kind === 'expired');
}

function isMisread({ acceptance, versions }: Handoff): boolean {
  const version = versions.find((each) => each.version === acceptance?.packetVersion);
  return (
    acceptance !== null &&
    acceptance.readBack !== null &&
    version !== undefined &&
    mismatches(version.packet, acceptance.readBack).length > 0
  );
}

function completeness({ versions, acceptance }: Handoff): number {
  const last = versions.at(-1);
  return last === undefined ? 0 : completenessOf(last.packet, acceptance !== null && acceptance.readBack !== null).count;
}

interface OfCase {
  readonly caseId: CaseId;
  readonly ownership: Story;
  readonly handoff: Handoff;
}

function satellites(made: readonly OfCase[]): Rate {
  const firsts = made.filter((each, index) => made.findIndex((other) => other.caseId === each.caseId) === index);
  const isSatellite = ({ ownership }: OfCase): boolean =>
    ownership.handoffs.some((each) => each.steps.some((step) => step.kind === 'escalated' && step.detail === 'lap')) ||
    leadDecides(ownership, ownership.handoffs.at(-1)?.teamHubs ?? []) === 'lap';
  const around = firsts.filter(isSatellite);
  return {
    value: firsts.length === 0 ? null : around.length / firsts.length,
    part: around.flatMap((each) => each.ownership.handoffs.flatMap(eventsOf)),
    whole: firsts.map((each) => each.handoff.eventId),
  };
}

function stalePromises(promises: readonly PromiseFact[], all: readonly OfCase[], duty: Duty): Rate {
  const stale = promises.filter((each) => {
    const { caseId, dueAt, ownerId, brokenAt } = each;
    if (!each.isCoveredWhenMade) return true;
    if (!each.isOpenWhenDue) return false;
    if (!each.isCoveredWhenDue) return true;
    if (duty.hasPlan && (ownerId === null || !duty.isOnShift(ownerId, dueAt))) return true;
    return all.some(({ caseId: other, handoff }) => {
      const since = brokenAt === null || handoff.acceptance === null ? -1 : brokenAt - handoff.acceptance.at;
      return other === caseId && since >= 0 && since <= BROKEN_AFTER_MS;
    });
  });
  return {
    value: promises.length === 0 ? null : stale.length / promises.length,
    part: stale.flatMap((each) => each.eventIds),
    // one of each: they are counted
    whole: promises.flatMap((each) => each.eventIds.slice(0, 1)),
  };
}

function matrixOf(handoffs: readonly Handoff[], duty: Duty, bounces: (list: readonly Handoff[]) => Rate): readonly HubPair[] {
  const pairs = new Map<string, { from: HubId | null; to: HubId | null; list: Handoff[] }>();
  for (const handoff of handoffs) {
    const from = handoff.fromHubId;
    const to = receivingHub(handoff, duty);
    const key = `${from ?? ''} ${to ?? ''}`;
    const pair = pairs.get(key) ?? { from, to, list: [] };
    pair.list.push(handoff);
    pairs.set(key, pair);
  }
  return [...pairs.values()]
    .sort((a, b) => b.list.length - a.list.length || ((a.from ?? '') + (a.to ?? '') < (b.from ?? '') + (b.to ?? '') ? -1 : 1))
    .map(({ from, to, list }) => ({
      from,
      to,
      offered: list.map((each) => each.eventId),
      accepted: rate(
        list.filter((each) => each.acceptance !== null),
        list,
      ),
      declined: rate(list.filter(isDeclined), list),
      expired: rate(list.filter(isExpired), list),
      bounced: bounces(list),
      latency: latencyOf(list, (_, start, end) => end - start),
    }));
}

function receivingHub({ to, acceptance }: Handoff, duty: Duty): HubId | null {
  if (acceptance !== null && acceptance.hubId !== null) return acceptance.hubId;
  if (to.kind === 'hub') return to.hubId;
  if (to.kind === 'queue') return null;
  return duty.roster.agents.find((each) => each.agentId === to.agentId)?.hubId ?? null;
}
