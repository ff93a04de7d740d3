import type { AgentId, SwapId } from '../ids.ts';
import { DAY_MS, MINUTE_MS, after } from '../time.ts';
import type { Instant } from '../time.ts';
import { assignments, employment } from './assignments.ts';
import type { Fairness, FairnessRow } from './coverage.ts';
import { NOTICE_MS, toldAgents } from './draft.ts';
import type { Assignment, Override, Plan, Publication } from './plan.ts';
import type { AgentProfile, Roster } from './roster.ts';
import { UNSOCIAL_WEIGHTS, unsocialMinutes, weightedUnsocial } from './unsocial.ts';
import type { UnsocialMinutes } from './unsocial.ts';
import { SHORTEST_REST_MS } from './validate.ts';

/** A full contract, in hours a week. */
export const FULL_CONTRACT_HOURS = 40;

/**
 * What burdens weigh, in minutes of night. A minute of night or of weekend is 1, of a holiday 2 (a minute may be
 * several); a short rest is as bad as two hours of night, a late change or a swap for a colleague as one, a breach that
 * was another shift's as half of one.
 */
export const FAIRNESS_WEIGHTS = {
  ...UNSOCIAL_WEIGHTS,
  shortRest: 120,
  lateChange: 60,
  swapAbsorbed: 60,
  inheritedBreach: 30,
} as const;

/** Who has come so late that less is left of the window is measured as if they had been there for so long. */
const LEAST_EMPLOYED_MS = 7 * DAY_MS;
/** Who has no contract hours is measured as if they had one a week: a share of nothing has no measure. */
const LEAST_HOURS = 1;

/** What the plan itself does not know. */
export interface FairnessExtras {
  /** Publishings that may have been in the window. */
  readonly publications: readonly Publication[];
  /** Cases whose clocks had run out before the person took them over. */
  readonly inheritedBreaches: ReadonlyMap<AgentId, number>;
}

/** How much of unsocial times somebody has worked, for suggestions. */
export interface UnsocialLoad {
  /** Weighted minutes, as a full contract over all of the window would have had them. */
  readonly minutes: number;
  /** When they worked at such a time last; null when they did not. */
  readonly lastAt: Instant | null;
}

/**
 * Who bears what of `[from, to)`, usually twelve weeks: night, weekend and holiday by the clocks of each person, short
 * rests, late changes, swaps for others. Everybody who was employed in the window has a row, also without any shift.
 * The plan holds the shifts that reach into the window; the published side counts. `burden` is weighted by
 * `FAIRNESS_WEIGHTS` and made comparable: divided by the share of a full contract and the share of the window in which
 * the person was employed. `deviation` 0.5 is half as much again as the mean.
 */
export function fairness(roster: Roster, plan: Plan, from: Instant, to: Instant, extras: FairnessExtras): Fairness {
  const worked = byAgent(assignments(roster, plan, 'published', after(from, -DAY_MS), to, '').assignments);
  const lateChanges = lateChangesOf(plan, extras.publications, from, to);
  const swaps = absorbedSwaps(plan, from, to);
  const measured = roster.agents
    .filter((agent) => employedMs(agent, from, to) > 0)
    .map((agent) => {
      const id = agent.agentId;
      const own = worked.get(id) ?? [];
      const unsocial = unsocialOf(roster, agent, own, from, to).minutes;
      const counts = {
        shortRests: shortRests(own, from),
        lateChanges: lateChanges.get(id) ?? 0,
        swapsAbsorbed: swaps.get(id)?.size ?? 0,
        inheritedBreaches: extras.inheritedBreaches.get(id) ?? 0,
      };
      const weighted =
        weightedUnsocial(unsocial) +
        counts.shortRests * FAIRNESS_WEIGHTS.shortRest +
        counts.lateChanges * FAIRNESS_WEIGHTS.lateChange +
        counts.swapsAbsorbed * FAIRNESS_WEIGHTS.swapAbsorbed +
        counts.inheritedBreaches * FAIRNESS_WEIGHTS.inheritedBreach;
      return {
        agentId: id,
        contractShare: agent.contract.hoursPerWeek / FULL_CONTRACT_HOURS,
        scheduledMinutes: own.reduce((sum, each) => sum + lengthIn(each, from, to), 0) / MINUTE_MS,
        nightMinutes: unsocial.night,
        weekendMinutes: unsocial.weekend,
        holidayMinutes: unsocial.holiday,
        ...counts,
        burden: weighted / capacityShare(agent, from, to),
      };
    });
  const burdens = measured.map(({ burden }) => burden);
  const mean = burdens.reduce((sum, burden) => sum + burden, 0) / burdens.length;
  const rows: readonly FairnessRow[] = measured.map((row) => ({ ...row, deviation: mean === 0 ? 0 : row.burden / mean - 1 }));
  return { from, to, rows, jain: jainIndex(burdens) };
}

/** The unsocial load of everybody who was employed in `[from, to)`, from all assignments that reach into it. */
export function unsocialLoads(
  roster: Roster,
  worked: readonly Assignment[],
  from: Instant,
  to: Instant,
): ReadonlyMap<AgentId, UnsocialLoad> {
  const own = byAgent(worked);
  return new Map(
    roster.agents
      .filter((agent) => employedMs(agent, from, to) > 0)
      .map((agent) => {
        const { minutes, lastAt } = unsocialOf(roster, agent, own.get(agent.agentId) ?? [], from, to);
        return [agent.agentId, { minutes: weightedUnsocial(minutes) / capacityShare(agent, from, to), lastAt }];
      }),
  );
}

/**
 * Jain's fairness index (Jain, Chiu and Hawe 1984): (Σx)² / (nΣx²). 1 when all have the same, 1/n when one has it all; 1
 * when nobody has anything, or nobody is there.
 */
export function jainIndex(values: readonly number[]): number {
  const sum = values.reduce((all, value) => all + value, 0);
  const squares = values.reduce((all, value) => all + value * value, 0);
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}

function unsocialOf(
  roster: Roster,
  agent: AgentProfile,
  worked: readonly Assignment[],
  from: Instant,
  to: Instant,
): { readonly minutes: UnsocialMinutes; readonly lastAt: Instant | null } {
  const hub = roster.hubs.find(({ hubId }) => hubId === agent.hubId) ?? null;
  const sum = { night: 0, weekend: 0, holiday: 0 };
  let lastAt: Instant | null = null;
  for (const each of worked) {
    if (lengthIn(each, from, to) === 0) continue;
    const end = each.to < to ? each.to : to;
    const { night, weekend, holiday } = unsocialMinutes(agent, hub, each.from > from ? each.from : from, end);
    sum.night += night;
    sum.weekend += weekend;
    sum.holiday += holiday;
    if (night + weekend + holiday > 0 && (lastAt === null || end > lastAt)) lastAt = end;
  }
  return { minutes: sum, lastAt };
}

/** Rests of one person that are shorter than they should be, counted with the turn after them; assignments in order of time. */
function shortRests(worked: readonly Assignment[], from: Instant): number {
  let count = 0;
  let turnEndsAt: Instant | null = null;
  for (const each of worked) {
    if (turnEndsAt !== null && each.from > turnEndsAt && each.from >= from && each.from - turnEndsAt < SHORTEST_REST_MS) count += 1;
    if (turnEndsAt === null || each.turnEndsAt > turnEndsAt) turnEndsAt = each.turnEndsAt;
  }
  return count;
}

/**
 * Changes that others made to somebody's time with less than 48 hours' notice, in `[from, to)`: shifts that were
 * published so, and stretches that were given to them or taken from them. A swap is none, they agreed to it.
 */
function lateChangesOf(plan: Plan, publications: readonly Publication[], from: Instant, to: Instant): ReadonlyMap<AgentId, number> {
  const counts = new Map<AgentId, number>();
  const count = (agentId: AgentId | null, by: AgentId | null): void => {
    if (agentId !== null && agentId !== by) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
  };
  for (const publication of publications) {
    if (publication.at < from || publication.at >= to) continue;
    for (const { agentId, shifts } of toldAgents(publication.changes, publication.at)) {
      for (const shift of shifts) if (shift.isLate) count(agentId, publication.by);
    }
  }
  const owners = new Map(plan.shifts.map((shift) => [shift.shiftId, shift.published?.agentId ?? null]));
  for (const override of plan.overrides) {
    const isCounted = !override.isCancelled && override.swapId === null && isWithin(override, from, to);
    if (!isCounted || override.startAt - override.at >= NOTICE_MS) continue;
    const owner = owners.get(override.shiftId) ?? null;
    count(override.agentIn, override.by);
    if (owner !== override.agentIn) count(owner, override.by);
  }
  return counts;
}

/** Swaps in which somebody took over a stretch without giving one away. */
function absorbedSwaps(plan: Plan, from: Instant, to: Instant): ReadonlyMap<AgentId, ReadonlySet<SwapId>> {
  const exchanges = new Set(plan.swaps.filter((swap) => swap.returnShiftId !== null).map((swap) => swap.swapId));
  const absorbed = new Map<AgentId, Set<SwapId>>();
  for (const override of plan.overrides) {
    const { agentIn, swapId } = override;
    if (agentIn === null || swapId === null || override.isCancelled || exchanges.has(swapId) || !isWithin(override, from, to)) continue;
    absorbed.set(agentIn, (absorbed.get(agentIn) ?? new Set()).add(swapId));
  }
  return absorbed;
}

function isWithin(override: Override, from: Instant, to: Instant): boolean {
  return override.at >= from && override.at < to;
}

/** The share of a full contract over all of the window that somebody had. */
function capacityShare(agent: AgentProfile, from: Instant, to: Instant): number {
  const hours = Math.max(agent.contract.hoursPerWeek, LEAST_HOURS);
  const employed = Math.max(employedMs(agent, from, to), Math.min(LEAST_EMPLOYED_MS, to - from));
  return (hours / FULL_CONTRACT_HOURS) * (employed / (to - from));
}

function employedMs(agent: AgentProfile, from: Instant, to: Instant): number {
  const span = employment(agent);
  return Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
}

function lengthIn({ from: begin, to: end }: Pick<Assignment, 'from' | 'to'>, from: Instant, to: Instant): number {
  return Math.max(0, Math.min(end, to) - Math.max(begin, from));
}

function byAgent(worked: readonly Assignment[]): ReadonlyMap<AgentId, readonly Assignment[]> {
  const found = new Map<AgentId, Assignment[]>();
  for (const each of worked) {
    const list = found.get(each.agentId);
    if (list === undefined) found.set(each.agentId, [each]);
    else list.push(each);
  }
  return found;
}
