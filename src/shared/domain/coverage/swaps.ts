import { makeId } from '../ids.ts';
import type { AgentId, OverrideId, ShiftId } from '../ids.ts';
import { DAY_MS, after } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { agentTurns, fitOf } from './agent-turns.ts';
import { PlanStretches, assignments as assignmentsOf } from './assignments.ts';
import type { CoverageIssue } from './coverage.ts';
import { spanBetween } from './derive.ts';
import { coverageIssues, openedShortfalls } from './issues.ts';
import type { Override, Plan, ShiftBody, Swap } from './plan.ts';
import { ableSpans } from './qualify.ts';
import type { Roster } from './roster.ts';
import { lengthOf, overlaps } from './spans.ts';
import { isAbsent, isEmployedThroughout } from './suggest.ts';
import { SHORTEST_REST_MS } from './validate.ts';

/** Who gives what to whom, whatever has been decided about it. */
export type SwapTerms = Pick<Swap, 'shiftId' | 'fromAt' | 'toAt' | 'fromAgent' | 'toAgent' | 'returnShiftId'>;

export const SWAP_REFUSALS = [
  /** The shift, or the one that is given back, is not published. */
  'unknown-shift',
  /** The stretch has no length or is not within the shift. */
  'outside-shift',
  /** Somebody else has the stretch, or the shift that is given back. */
  'not-theirs',
  'same-person',
  'in-the-past',
  /** Can not do what the shift asks for, or is no longer in the team. */
  'not-qualified',
  'outside-contract',
  'busy',
  'absent',
  /** Less than eleven hours before or after. */
  'rest',
  /** A requirement would have a gap or a thin stretch that it does not have now; see `opened`. */
  'opens-gap',
] as const;
export type SwapRefusalCode = (typeof SWAP_REFUSALS)[number];

export interface SwapRefusal {
  readonly code: SwapRefusalCode;
  /** Whom it is about; null when it is about nobody in particular. */
  readonly agentId: AgentId | null;
}

/** Why a swap can not be; nothing hinders it when there are no refusals. */
export interface SwapCheck {
  readonly refusals: readonly SwapRefusal[];
  /** The gaps and thin stretches that it would open. */
  readonly opened: readonly CoverageIssue[];
}

/** Somebody takes a stretch of a shift. */
interface Takeover extends Span {
  readonly shiftId: ShiftId;
  readonly body: ShiftBody;
  readonly giver: AgentId;
  readonly taker: AgentId | null;
}

/** Turns further away do not matter to a rest. */
const AROUND_MS = 3 * DAY_MS;

/**
 * What is against a swap, before a lead approves it: whether who takes a stretch can do what the shift asks for, is free,
 * rested and there, both ways when a shift is given back; and whether any requirement would be worse off. While nobody
 * has said that they take it, only the stretch itself is looked at.
 * @param plan with the published shifts from three days before to three days after each of the shifts
 */
export function swapCheck(roster: Roster, plan: Plan, swap: SwapTerms, zoneData: string, now: Instant): SwapCheck {
  const takeovers = takeoversOf(plan, swap);
  if (takeovers === null) return { refusals: [{ code: 'unknown-shift', agentId: null }], opened: [] };
  const shape = takeovers.flatMap((each) => shapeRefusals(roster, plan, each, now));
  const isBroken = shape.some(({ code }) => code === 'outside-shift' || code === 'not-theirs' || code === 'same-person');
  if (isBroken || swap.toAgent === null) return { refusals: shape, opened: [] };
  // what everybody works when neither stretch is anybody's: what is given away hinders nobody
  const released = withOverrides(plan, takeovers, () => null, zoneData, now);
  const personal = takeovers.flatMap((each) => takerRefusals(roster, released, each, zoneData));
  const swapped = withOverrides(plan, takeovers, ({ taker }) => taker, zoneData, now);
  const opened = takeovers.flatMap(({ from, to }) => {
    const issues = (of: Plan): readonly CoverageIssue[] => coverageIssues(roster, of, 'published', from, to, { now, zoneData });
    return openedShortfalls(roster, issues(plan), issues(swapped));
  });
  return { refusals: [...shape, ...personal, ...(opened.length > 0 ? [{ code: 'opens-gap', agentId: null } as const] : [])], opened };
}

/** The overrides that an approved swap becomes; none when its shifts are not published. */
export function swapOverrides(
  plan: Plan,
  swap: Swap,
  zoneData: string,
  decision: Pick<Override, 'by' | 'at'>,
  newId: () => OverrideId,
): readonly Override[] {
  return (takeoversOf(plan, swap) ?? []).map((each) => ({
    ...stretchOf(each, zoneData),
    overrideId: newId(),
    shiftId: each.shiftId,
    agentIn: each.taker,
    reason: swap.reason,
    swapId: swap.swapId,
    isCancelled: false,
    ...decision,
  }));
}

/** The stretch that is given away, and the whole of the shift that is given back. Null when one is not published. */
function takeoversOf(plan: Plan, { shiftId, fromAt, toAt, fromAgent, toAgent, returnShiftId }: SwapTerms): readonly Takeover[] | null {
  const bodyOf = (id: ShiftId): ShiftBody | null => plan.shifts.find((shift) => shift.shiftId === id)?.published ?? null;
  const body = bodyOf(shiftId);
  if (body === null) return null;
  const given: Takeover = { shiftId, body, from: fromAt, to: toAt, giver: fromAgent, taker: toAgent };
  if (returnShiftId === null || toAgent === null) return [given];
  const back = bodyOf(returnShiftId);
  if (back === null) return null;
  return [given, { shiftId: returnShiftId, body: back, from: back.startAt, to: back.endAt, giver: toAgent, taker: fromAgent }];
}

function shapeRefusals(roster: Roster, plan: Plan, takeover: Takeover, now: Instant): readonly SwapRefusal[] {
  const { shiftId, body, from, to, giver, taker } = takeover;
  const refusals: SwapRefusal[] = [];
  if (from >= to || from < body.startAt || to > body.endAt) refusals.push({ code: 'outside-shift', agentId: null });
  const owners = new PlanStretches(roster, plan).of(shiftId, body).filter((stretch) => overlaps(stretch, takeover));
  if (owners.some((stretch) => stretch.agentId !== giver)) refusals.push({ code: 'not-theirs', agentId: giver });
  if (taker === giver) refusals.push({ code: 'same-person', agentId: giver });
  if (from < now) refusals.push({ code: 'in-the-past', agentId: null });
  return refusals;
}

function takerRefusals(roster: Roster, released: Plan, takeover: Takeover, zoneData: string): readonly SwapRefusal[] {
  const { body, from, to, taker } = takeover;
  const agent = roster.agents.find((each) => each.agentId === taker);
  if (agent === undefined || !agent.isActive) return [{ code: 'not-qualified', agentId: taker }];
  const { assignments } = assignmentsOf(roster, released, 'published', after(from, -AROUND_MS), after(to, AROUND_MS), zoneData);
  const { isBusy, restMs } = fitOf(agentTurns(assignments).get(agent.agentId) ?? [], takeover);
  const codes: SwapRefusalCode[] = [];
  if (lengthOf(ableSpans(agent, body.needs, from, to)) < to - from) codes.push('not-qualified');
  if (!isEmployedThroughout(agent, takeover)) codes.push('outside-contract');
  if (isBusy) codes.push('busy');
  if (isAbsent(released, agent.agentId, takeover)) codes.push('absent');
  if (restMs !== null && restMs < SHORTEST_REST_MS) codes.push('rest');
  return codes.map((code) => ({ code, agentId: agent.agentId }));
}

/** The plan as it would be. Later decisions count, so these are the last. */
function withOverrides(
  plan: Plan,
  takeovers: readonly Takeover[],
  agentIn: (takeover: Takeover) => AgentId | null,
  zoneData: string,
  now: Instant,
): Plan {
  const at = plan.overrides.reduce((latest, each) => (each.at >= latest ? after(each.at, 1) : latest), now);
  const overrides = takeovers.map((each, index) => ({
    ...stretchOf(each, zoneData),
    overrideId: makeId('ovr', `would-be-${String(index)}`),
    shiftId: each.shiftId,
    agentIn: agentIn(each),
    reason: '',
    by: null,
    at,
    swapId: null,
    isCancelled: false,
  }));
  return { ...plan, overrides: [...plan.overrides, ...overrides] };
}

/** As clocks tell it where the shift is; of a whole shift as the shift itself was meant. */
function stretchOf(
  { body, from, to }: Takeover,
  zoneData: string,
): Pick<Override, 'zone' | 'startLocal' | 'endLocal' | 'startAt' | 'endAt' | 'zoneData'> {
  if (from !== body.startAt || to !== body.endAt) return spanBetween(body.zone, from, to, zoneData);
  const { zone, startLocal, endLocal, startAt, endAt } = body;
  return { zone, startLocal, endLocal, startAt, endAt, zoneData: body.zoneData };
}
