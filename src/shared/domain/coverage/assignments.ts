import type { AbsenceId, AgentId, OverrideId, ShiftId } from '../ids.ts';
import { DAY_MS, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import { addDays } from '../time/local-time.ts';
import { startOfDay } from '../time/zone.ts';
import { bodyIn } from './draft.ts';
import type { Absence, Assignment, EmptyStretch, Override, Plan, PlanLayer, ShiftBody } from './plan.ts';
import type { AgentProfile, Roster } from './roster.ts';

/**
 * Who really works when. A shift is first divided among people by its overrides, then what its people can not do is
 * taken off: what lies outside their contract, their approved absences, the breaks. All spans are half-open.
 */

/** A stretch of a shift that one person has, whether they are there or not; breaks are still in it. */
export interface Stretch {
  readonly shiftId: ShiftId;
  readonly body: ShiftBody;
  /** Null: nobody has it. */
  readonly agentId: AgentId | null;
  readonly from: Instant;
  readonly to: Instant;
  /** The override that it comes from. */
  readonly override: Override | null;
  /** Why its person does not work it. */
  readonly away: 'absent' | 'left' | null;
  readonly absenceId: AbsenceId | null;
}

export interface Assignments {
  readonly assignments: readonly Assignment[];
  readonly empty: readonly EmptyStretch[];
}

/** Turns are followed for so long beyond the end of what is asked for. */
const TURN_HORIZON_MS = DAY_MS;

/**
 * Who works when in `[from, to)`, clipped to it, in order of time. A turn is what one person works without a gap, over
 * several shifts too; breaks are no gap. `turnEndsAt` may lie behind `to`: by a day and the shifts that begin in it.
 *
 * A shift that was taken over in part keeps its breaks for whoever is on then; an override that lies within one break is
 * cover for that break and is worked. Empty stretches are told whole, with their breaks.
 */
export function assignments(roster: Roster, plan: Plan, layer: PlanLayer, from: Instant, to: Instant, zoneData: string): Assignments {
  if (from >= to) return { assignments: [], empty: [] };
  const stretches = new PlanStretches(roster, plan).all(layer, from, instant(to + TURN_HORIZON_MS));
  const ends = turnEnds(stretches);
  const found: Assignment[] = [];
  const empty: EmptyStretch[] = [];
  for (const stretch of stretches) {
    const { shiftId, body, agentId, override } = stretch;
    if (stretch.from >= to || stretch.to <= from) continue;
    const hubId = body.hubId;
    if (agentId === null || stretch.away !== null) {
      const span = { from: later(stretch.from, from), to: earlier(stretch.to, to) };
      empty.push({ shiftId, agentId, hubId, ...span, reason: stretch.away ?? 'open' });
      continue;
    }
    const isStale = body.zoneData !== zoneData || (override !== null && override.zoneData !== zoneData);
    const turnEndsAt = ends.get(stretch) ?? stretch.to;
    for (const piece of workedPieces(stretch)) {
      const span = { from: later(piece.from, from), to: earlier(piece.to, to) };
      if (span.from >= span.to) continue;
      found.push({ agentId, ...span, shiftId, hubId, turnEndsAt, isOverride: override !== null, isStale });
    }
  }
  return { assignments: found.sort(byTime), empty: empty.sort(byTime) };
}

/** A stretch without its breaks. */
export function workedPieces(stretch: Stretch): readonly Span[] {
  const { body, override } = stretch;
  if (body.breaks.length === 0) return [stretch];
  const breaks = body.breaks.filter((each) => override === null || override.startAt < each.startAt || override.endAt > each.endAt);
  return without(
    { from: stretch.from, to: stretch.to },
    breaks.map((each) => ({ from: each.startAt, to: each.endAt })),
  );
}

/** The stretches of a plan's shifts, for as many questions as there are; made once for a plan. */
export class PlanStretches {
  readonly #plan: Plan;
  readonly #overrides = new Map<ShiftId, Override[]>();
  readonly #away = new Map<AgentId, readonly Away[]>();
  readonly #absences = new Map<AgentId, Absence[]>();
  readonly #agents: ReadonlyMap<AgentId, AgentProfile>;

  constructor(roster: Roster, plan: Plan) {
    this.#plan = plan;
    this.#agents = new Map(roster.agents.map((agent) => [agent.agentId, agent]));
    for (const override of plan.overrides) {
      if (!override.isCancelled) pushTo(this.#overrides, override.shiftId, override);
    }
    for (const list of this.#overrides.values()) list.sort(byDecision);
    for (const absence of plan.absences) {
      if (absence.state === 'approved') pushTo(this.#absences, absence.agentId, absence);
    }
  }

  /** Every stretch of the shifts that reach into `[from, to)`, whole and in no order. */
  all(layer: PlanLayer, from: Instant, to: Instant): readonly Stretch[] {
    const found: Stretch[] = [];
    for (const shift of this.#plan.shifts) {
      const body = bodyIn(shift, layer);
      if (body !== null && body.startAt < to && body.endAt > from) found.push(...this.of(shift.shiftId, body));
    }
    return found;
  }

  /** The stretches of one shift with this body, in order. They partition it. */
  of(shiftId: ShiftId, body: ShiftBody): readonly Stretch[] {
    const { startAt, endAt } = body;
    if (startAt >= endAt) return [];
    const overrides = this.#overrides.get(shiftId);
    // most shifts have none: there are thousands of them
    if (overrides === undefined) return this.#present(shiftId, body, body.agentId, startAt, endAt, null);
    return ownedBy(body, overrides).flatMap(({ from, to, override }) =>
      this.#present(shiftId, body, override === null ? body.agentId : override.agentIn, from, to, override),
    );
  }

  #present(
    shiftId: ShiftId,
    body: ShiftBody,
    agentId: AgentId | null,
    from: Instant,
    to: Instant,
    override: Override | null,
  ): readonly Stretch[] {
    const whole: Stretch = { shiftId, body, agentId, from, to, override, away: null, absenceId: null };
    return agentId === null ? [whole] : cutAway(whole, this.#awayOf(agentId));
  }

  /** When a person is not there, in order and apart from each other. */
  #awayOf(agentId: AgentId): readonly Away[] {
    const known = this.#away.get(agentId);
    if (known !== undefined) return known;
    const employed = employment(this.#agents.get(agentId));
    const left: Away[] = [
      { from: BEGIN, to: employed.from, away: 'left' as const, absenceId: null },
      { from: employed.to, to: END, away: 'left' as const, absenceId: null },
    ].filter((each) => each.from < each.to);
    const found = [...left];
    const absences = (this.#absences.get(agentId) ?? []).toSorted((a, b) => a.startAt - b.startAt || (a.absenceId < b.absenceId ? -1 : 1));
    let end = employed.from;
    for (const absence of absences) {
      const from = later(absence.startAt, end);
      const to = earlier(absence.endAt, employed.to);
      if (from >= to) continue;
      found.push({ from, to, away: 'absent', absenceId: absence.absenceId });
      end = to;
    }
    found.sort((a, b) => a.from - b.from);
    this.#away.set(agentId, found);
    return found;
  }
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

interface Owned extends Span {
  readonly override: Override | null;
}

interface Away extends Span {
  readonly away: 'absent' | 'left';
  readonly absenceId: AbsenceId | null;
}

/** Who has what of a shift, in order: each override takes its stretch from all that were decided before it. */
function ownedBy(body: ShiftBody, overrides: readonly Override[]): readonly Owned[] {
  let owned: Owned[] = [{ from: body.startAt, to: body.endAt, override: null }];
  for (const override of overrides) {
    const taken = { from: later(override.startAt, body.startAt), to: earlier(override.endAt, body.endAt) };
    if (taken.from >= taken.to) continue;
    owned = owned.flatMap((each) => without(each, [taken]).map((span) => ({ ...span, override: each.override })));
    owned.push({ ...taken, override });
  }
  return owned.sort((a, b) => a.from - b.from);
}

/** The ends of time, as far as dates go. */
const BEGIN = instant(-8.64e15);
const END = instant(8.64e15);

/**
 * The time in which a person belongs to the team, from the first to the last day of their contract by their own clocks.
 * Somebody who is no longer active and whose contract has no last day counts as never there: nobody knows until when.
 */
export function employment(agent: AgentProfile | undefined): Span {
  if (agent === undefined || (!agent.isActive && agent.contract.until === null)) return { from: END, to: END };
  const { from, until } = agent.contract;
  return {
    from: from === null ? BEGIN : startOfDay(agent.zone, from),
    to: until === null ? END : startOfDay(agent.zone, addDays(until, 1)),
  };
}

function cutAway(whole: Stretch, away: readonly Away[]): readonly Stretch[] {
  if (!away.some((each) => each.from < whole.to && each.to > whole.from)) return [whole];
  const found: Stretch[] = [];
  let { from } = whole;
  for (const each of away) {
    if (each.to <= from) continue;
    if (each.from >= whole.to) break;
    if (each.from > from) found.push({ ...whole, from, to: each.from });
    const to = earlier(each.to, whole.to);
    found.push({ ...whole, from: later(each.from, from), to, away: each.away, absenceId: each.absenceId });
    from = to;
  }
  if (from < whole.to) found.push({ ...whole, from });
  return found;
}

/** For each stretch that is worked: the end of the last that its person works on to without a gap. */
function turnEnds(stretches: readonly Stretch[]): ReadonlyMap<Stretch, Instant> {
  const byAgent = new Map<AgentId, Stretch[]>();
  for (const stretch of stretches) {
    if (stretch.agentId !== null && stretch.away === null) pushTo(byAgent, stretch.agentId, stretch);
  }
  const ends = new Map<Stretch, Instant>();
  for (const list of byAgent.values()) {
    list.sort((a, b) => a.from - b.from);
    for (const turn of turnsOf(list)) {
      for (const stretch of turn.stretches) ends.set(stretch, turn.to);
    }
  }
  return ends;
}

/** What one person works without a gap. */
export interface Turn extends Span {
  readonly stretches: readonly Stretch[];
}

/** The turns of one person's worked stretches, which are in order of their starts. */
export function turnsOf(sorted: readonly Stretch[]): readonly Turn[] {
  const turns: { from: Instant; to: Instant; stretches: Stretch[] }[] = [];
  for (const stretch of sorted) {
    const last = turns.at(-1);
    if (last === undefined || stretch.from > last.to) turns.push({ from: stretch.from, to: stretch.to, stretches: [stretch] });
    else {
      last.to = later(last.to, stretch.to);
      last.stretches.push(stretch);
    }
  }
  return turns;
}

/** What is left of a span, in order and without anything of no length. */
export function without(span: Span, cuts: readonly Span[]): readonly Span[] {
  let rest: readonly Span[] = [span];
  for (const cut of cuts) {
    if (cut.from >= cut.to) continue;
    rest = rest.flatMap((each) =>
      cut.to <= each.from || cut.from >= each.to
        ? [each]
        : [
            { from: each.from, to: cut.from },
            { from: cut.to, to: each.to },
          ].filter((part) => part.from < part.to),
    );
  }
  return rest;
}

/** Decisions in the order in which they count; made at one instant, by their ids. */
function byDecision(a: Override, b: Override): number {
  return a.at - b.at || compareText(a.overrideId, b.overrideId);
}

interface Timed extends Span {
  readonly agentId: AgentId | null;
  readonly shiftId: ShiftId;
}

function byTime(a: Timed, b: Timed): number {
  return a.from - b.from || a.to - b.to || compareText(a.agentId ?? '', b.agentId ?? '') || compareText(a.shiftId, b.shiftId);
}

function compareText(a: string | OverrideId, b: string | OverrideId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function pushTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}
