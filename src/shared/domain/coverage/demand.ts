import type { AgentId } from '../ids.ts';
import { CHANNELS } from '../message.ts';
import type { Channel } from '../message.ts';
import { SECOND_MS, instant } from '../time.ts';
import type { ChannelStaffing, Demand, DemandBucket, StaffingSettings } from './coverage.ts';
import { agentsNeeded, scheduledFor } from './erlang.ts';
import type { LiveLoad, LiveTarget } from './erlang.ts';
import { bucketCount, forecast } from './forecast.ts';
import type { Arrival, Forecast, ForecastQuestion } from './forecast.ts';
import type { Assignment } from './plan.ts';
import { speaks } from './qualify.ts';
import { united } from './spans.ts';

/** What is assumed before a lead says otherwise. */
export const DEFAULT_STAFFING: StaffingSettings = {
  shrinkage: 0.3,
  maxOccupancy: 0.85,
  channels: {
    chat: { model: 'live', handleSeconds: 600, targetServiceLevel: 0.8, thresholdSeconds: 60, patienceSeconds: 300 },
    telegram: { model: 'live', handleSeconds: 600, targetServiceLevel: 0.8, thresholdSeconds: 120, patienceSeconds: null },
    email: { model: 'tickets', handleSeconds: 720, targetServiceLevel: 0.8, thresholdSeconds: 3_600, patienceSeconds: null },
    web: { model: 'tickets', handleSeconds: 600, targetServiceLevel: 0.8, thresholdSeconds: 3_600, patienceSeconds: null },
    x: { model: 'tickets', handleSeconds: 360, targetServiceLevel: 0.8, thresholdSeconds: 3_600, patienceSeconds: null },
    community: { model: 'tickets', handleSeconds: 480, targetServiceLevel: 0.8, thresholdSeconds: 3_600, patienceSeconds: null },
  },
};

export interface DemandQuestion extends ForecastQuestion {
  /** Null: all of them. */
  readonly channels: readonly Channel[] | null;
  /** Null: every language, and unknown ones. `pt` also means `pt-BR`. */
  readonly language: string | null;
}

/** The mean of one channel in one bucket, and how it is staffed. */
export interface ChannelLoad {
  readonly arrivals: number;
  readonly staffing: ChannelStaffing;
}

/** Arrivals that a question is about. */
export function arrivalsOf(
  arrivals: readonly Arrival[],
  { channels, language }: Pick<DemandQuestion, 'channels' | 'language'>,
): readonly Arrival[] {
  return arrivals.filter(
    (each) =>
      (channels === null || channels.includes(each.channel)) &&
      (language === null || (each.language !== null && speaks(each.language, language))),
  );
}

/**
 * Demand, required and scheduled people on one line of time.
 * @param assignments those who count as scheduled: of all, or of who speaks the language
 */
export function demand(
  arrivals: readonly Arrival[],
  assignments: readonly Assignment[],
  settings: StaffingSettings,
  question: DemandQuestion,
): Demand {
  const asked = arrivalsOf(arrivals, question);
  const all = forecast(asked, question);
  const channels = CHANNELS.filter((channel) =>
    question.channels === null ? asked.some((each) => each.channel === channel) : question.channels.includes(channel),
  );
  const perChannel = channels.flatMap((channel) => {
    const staffing = settings.channels[channel];
    const own = asked.filter((each) => each.channel === channel);
    return staffing === undefined ? [] : [{ staffing, forecast: forecast(own, question, asked) }];
  });
  const came = arrivedPerBucket(asked, question);
  const scheduled = scheduledPerBucket(assignments, question);
  const buckets = Array.from({ length: bucketCount(question) }, (_, index): DemandBucket => {
    const at = instant(question.from + index * question.bucketMs);
    const end = Math.min(at + question.bucketMs, question.to);
    return {
      at,
      forecast: all.buckets[index]?.mean ?? 0,
      p80: all.buckets[index]?.p80 ?? 0,
      actual: end <= question.now ? (came[index] ?? 0) : null,
      required: requiredPeople(loadsOf(perChannel, index), (end - at) / SECOND_MS, settings),
      scheduled: scheduled[index] ?? 0,
    };
  });
  return { from: question.from, bucketMs: question.bucketMs, buckets, weeks: all.weeks, channels };
}

function loadsOf(
  perChannel: readonly { readonly staffing: ChannelStaffing; readonly forecast: Forecast }[],
  index: number,
): readonly ChannelLoad[] {
  return perChannel.map(({ staffing, forecast: of }) => ({ staffing, arrivals: of.buckets[index]?.mean ?? 0 }));
}

/**
 * People that must be planned for what arrives in `seconds`. Live channels are one queue, because the same people answer
 * them: their handling times are averaged by arrivals, and the strictest of their targets and the shortest patience
 * count. Of the other channels the work that comes in is done as it comes, nobody busier than the greatest occupancy.
 * Both together with shrinkage, in whole people. Throws a RangeError for settings that can not be.
 */
export function requiredPeople(loads: readonly ChannelLoad[], seconds: number, { shrinkage, maxOccupancy }: StaffingSettings): number {
  const live = loads.filter(({ staffing, arrivals }) => staffing.model === 'live' && arrivals > 0);
  const ticketSeconds = loads
    .filter(({ staffing }) => staffing.model === 'tickets')
    .reduce((sum, { staffing, arrivals }) => sum + arrivals * staffing.handleSeconds, 0);
  const onTickets = ticketSeconds / seconds / maxOccupancy;
  const queue = pooled(live, seconds, maxOccupancy);
  return scheduledFor((queue === null ? 0 : agentsNeeded(queue.load, queue.target)) + onTickets, shrinkage);
}

/** Several live channels as one queue; null when nothing arrives. */
export function pooled(
  live: readonly ChannelLoad[],
  seconds: number,
  maxOccupancy: number,
): { readonly load: LiveLoad; readonly target: LiveTarget } | null {
  const arrivals = live.reduce((sum, each) => sum + each.arrivals, 0);
  if (arrivals === 0) return null;
  const patience = live.map(({ staffing }) => staffing.patienceSeconds).filter((each) => each !== null);
  return {
    load: {
      arrivals,
      periodSeconds: seconds,
      handleSeconds: live.reduce((sum, each) => sum + each.arrivals * each.staffing.handleSeconds, 0) / arrivals,
      thresholdSeconds: Math.min(...live.map(({ staffing }) => staffing.thresholdSeconds)),
      patienceSeconds: patience.length === 0 ? null : Math.min(...patience),
    },
    target: { serviceLevel: Math.max(...live.map(({ staffing }) => staffing.targetServiceLevel)), maxOccupancy, maxAbandoned: null },
  };
}

function arrivedPerBucket(asked: readonly Arrival[], question: DemandQuestion): readonly number[] {
  const counts = Array.from({ length: bucketCount(question) }, () => 0);
  for (const { at } of asked) {
    if (at < question.from || at >= question.to) continue;
    const index = Math.floor((at - question.from) / question.bucketMs);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** Distinct people on shift in each bucket, on average over the bucket: half an hour of one person in an hour is 0.5. */
function scheduledPerBucket(assignments: readonly Assignment[], question: DemandQuestion): readonly number[] {
  const { from, to, bucketMs } = question;
  const counts = Array.from({ length: bucketCount(question) }, () => 0);
  const byAgent = new Map<AgentId, Assignment[]>();
  for (const each of assignments) byAgent.set(each.agentId, [...(byAgent.get(each.agentId) ?? []), each]);
  for (const list of byAgent.values()) {
    for (const span of united(list)) {
      const begin = Math.max(span.from, from);
      const end = Math.min(span.to, to);
      for (let index = Math.floor((begin - from) / bucketMs); from + index * bucketMs < end; index += 1) {
        const bucketBegin = from + index * bucketMs;
        const bucketEnd = Math.min(bucketBegin + bucketMs, to);
        const share = (Math.min(end, bucketEnd) - Math.max(begin, bucketBegin)) / (bucketEnd - bucketBegin);
        if (share > 0) counts[index] = (counts[index] ?? 0) + share;
      }
    }
  }
  return counts;
}
