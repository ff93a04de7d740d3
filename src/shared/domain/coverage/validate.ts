import type { AbsenceId, AgentId, HubId, ShiftId } from '../ids.ts';
import { DAY_MS, HOUR_MS, after, instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import { epochDayOf } from '../time/local-time.ts';
import type { LocalDateTime } from '../time/local-time.ts';
import { epochDayAt, resolveLocal, toLocal } from '../time/zone.ts';
import { PlanStretches, turnsOf } from './assignments.ts';
import type { Stretch, Turn } from './assignments.ts';
import { endEarlier, move, occurrences, shownTime, startLater, unassign, withLength } from './corrections.ts';
import type { Correction } from './corrections.ts';
import { bodyIn, sameBody } from './draft.ts';
import type { Plan, PlanLayer, Shift, ShiftBody } from './plan.ts';
import { outsidePattern } from './pattern.ts';
import { isAble } from './qualify.ts';
import { longTurns, shortRests } from './rest.ts';
import type { AgentProfile, Holiday, Roster } from './roster.ts';
import { WorkedStretches } from './worked-stretches.ts';

/** Shortest rest between two turns (Directive 2003/88/EC, article 3). */
export const SHORTEST_REST_MS = 11 * HOUR_MS;
/** Longest turn that is not remarked on. */
export const LONGEST_TURN_MS = 16 * HOUR_MS;

interface Common {
  /** An error keeps a shift from being published; a warning is the lead's to weigh. */
  readonly severity: 'error' | 'warning';
  /** Bodies that put it right, the least change first; none of them makes the person work two shifts at once. */
  readonly corrections: readonly Correction[];
}

type Kind =
  /** The person has another shift at that time. */
  | { readonly code: 'overlap'; readonly otherShiftId: ShiftId; readonly from: Instant; readonly to: Instant }
  /** Ends when it starts or before. */
  | { readonly code: 'no-length' }
  /** Less than 11 hours between the person's turn with this shift and the one before or after. */
  | { readonly code: 'short-rest'; readonly otherShiftId: ShiftId; readonly side: 'before' | 'after'; readonly restMs: number }
  /** The person works longer than 16 hours without a gap, this shift and those that touch it. */
  | { readonly code: 'too-long'; readonly lengthMs: number }
  /** The clocks are set forward over this time; the shift's start or end is at `shown` instead. */
  | { readonly code: 'start-skipped' | 'end-skipped'; readonly meant: LocalDateTime; readonly shown: LocalDateTime }
  /** The clocks are set back over this time; the shift has the first of the two. */
  | { readonly code: 'start-twice' | 'end-twice'; readonly meant: LocalDateTime; readonly first: Instant; readonly second: Instant }
  | { readonly code: 'absent'; readonly absenceId: AbsenceId; readonly from: Instant; readonly to: Instant }
  /** Before the first or after the last day of the contract, or the person is no longer in the team. */
  | { readonly code: 'outside-contract'; readonly from: Instant; readonly to: Instant }
  /** The first stretch outside the hours in which the person usually works, and how much there is of them. */
  | { readonly code: 'outside-pattern'; readonly from: Instant; readonly to: Instant; readonly outsideMs: number }
  /** The person can not do what the shift asks for at this time. */
  | { readonly code: 'not-qualified'; readonly at: Instant }
  /** Starts on a public holiday of its hub, or of the person's. */
  | { readonly code: 'holiday'; readonly hubId: HubId; readonly holiday: Holiday }
  /** Changes what has been already. */
  | { readonly code: 'in-the-past'; readonly from: Instant };

export type ShiftProblem = Kind & Common;
export type ShiftProblemCode = ShiftProblem['code'];

/** What problems depend on besides the plan. */
export interface Circumstances {
  readonly now: Instant;
  /** For the bodies of corrections. */
  readonly zoneData: string;
}

/** Everything that a lead should know about a shift with this body before it is published; errors first. */
export function shiftProblems(
  roster: Roster,
  plan: Plan,
  layer: PlanLayer,
  shiftId: ShiftId,
  body: ShiftBody,
  circumstances: Circumstances,
): readonly ShiftProblem[] {
  return new ProblemFinder(roster, plan, layer, circumstances).problems(shiftId, body);
}

/** The problems of every shift that the draft changes, in the order of the shifts. */
export function draftProblems(
  roster: Roster,
  plan: Plan,
  circumstances: Circumstances,
): readonly { readonly shiftId: ShiftId; readonly problem: ShiftProblem }[] {
  const finder = new ProblemFinder(roster, plan, 'draft', circumstances);
  return plan.shifts.flatMap(({ shiftId, draft }) =>
    draft.kind === 'changed' ? finder.problems(shiftId, draft.body).map((problem) => ({ shiftId, problem })) : [],
  );
}

/** Turns further away than this do not matter to a shift: it rests for 11 hours, and turns are followed for a day. */
const NEAR_MS = 2 * DAY_MS;

/** Finds the problems of shifts in one state of a plan; to be kept while a shift is dragged. */
export class ProblemFinder {
  readonly #roster: Roster;
  readonly #stretches: PlanStretches;
  readonly #circumstances: Circumstances;
  readonly #shifts: ReadonlyMap<ShiftId, Shift>;
  readonly #agents: ReadonlyMap<AgentId, AgentProfile>;
  /** What each person works, in order of time. */
  readonly #worked: ReadonlyMap<AgentId, WorkedStretches>;

  constructor(roster: Roster, plan: Plan, layer: PlanLayer, circumstances: Circumstances) {
    this.#roster = roster;
    this.#circumstances = circumstances;
    this.#stretches = new PlanStretches(roster, plan);
    this.#shifts = new Map(plan.shifts.map((shift) => [shift.shiftId, shift]));
    this.#agents = new Map(roster.agents.map((agent) => [agent.agentId, agent]));
    const worked = new Map<AgentId, Stretch[]>();
    for (const shift of plan.shifts) {
      const body = bodyIn(shift, layer);
      for (const stretch of body === null ? [] : this.#stretches.of(shift.shiftId, body)) {
        if (stretch.agentId === null || stretch.away !== null) continue;
        const list = worked.get(stretch.agentId);
        if (list === undefined) worked.set(stretch.agentId, [stretch]);
        else list.push(stretch);
      }
    }
    this.#worked = new Map([...worked].map(([agentId, list]) => [agentId, new WorkedStretches(list)]));
  }

  /** Everything about the shift with this body, whatever the plan says of it; errors first. */
  problems(shiftId: ShiftId, body: ShiftBody): readonly ShiftProblem[] {
    const found = [...this.#wallProblems(body), ...this.#pastProblems(shiftId, body), ...this.#holidayProblems(body)];
    if (body.startAt < body.endAt) {
      found.push(
        ...(body.agentId === null ? openLength(body, this.#circumstances.zoneData) : this.#personProblems(shiftId, body, body.agentId)),
      );
    }
    return found.sort((a, b) => rankOf(a) - rankOf(b));
  }

  #wallProblems(body: ShiftBody): ShiftProblem[] {
    const { zoneData } = this.#circumstances;
    const found: ShiftProblem[] = [];
    if (body.startAt >= body.endAt) found.push({ code: 'no-length', severity: 'error', corrections: withLength(body, zoneData) });
    for (const end of ['start', 'end'] as const) {
      const meant = end === 'start' ? body.startLocal : body.endLocal;
      const { kind, earlier, later } = resolveLocal(body.zone, meant);
      if (kind === 'gap') {
        const shown = toLocal(body.zone, later);
        found.push({ code: `${end}-skipped`, severity: 'warning', meant, shown, corrections: shownTime(body, end, zoneData) });
      } else if (kind === 'overlap') {
        const corrections = occurrences(body, end, zoneData);
        found.push({ code: `${end}-twice`, severity: 'warning', meant, first: earlier, second: later, corrections });
      }
    }
    return found;
  }

  #pastProblems(shiftId: ShiftId, body: ShiftBody): ShiftProblem[] {
    const from = firstChange(this.#shifts.get(shiftId)?.published ?? null, body);
    return from === null || from >= this.#circumstances.now ? [] : [{ code: 'in-the-past', severity: 'warning', from, corrections: [] }];
  }

  #holidayProblems(body: ShiftBody): ShiftProblem[] {
    const hubId = body.hubId ?? (body.agentId === null ? null : (this.#agents.get(body.agentId)?.hubId ?? null));
    const hub = this.#roster.hubs.find((each) => each.hubId === hubId);
    if (hub === undefined) return [];
    const template = this.#roster.templates.find((each) => each.templateId === body.templateId);
    if (template?.onHolidays === 'work') return [];
    const day = epochDayAt(hub.zone, body.startAt);
    const holiday = hub.holidays.find((each) => epochDayOf(each.date) === day);
    return holiday === undefined ? [] : [{ code: 'holiday', severity: 'warning', hubId: hub.hubId, holiday, corrections: [] }];
  }

  #personProblems(shiftId: ShiftId, body: ShiftBody, agentId: AgentId): ShiftProblem[] {
    const { zoneData } = this.#circumstances;
    const own = this.#stretches.of(shiftId, body).filter((each) => each.agentId === agentId);
    const worked = own.filter((each) => each.away === null);
    const others = this.#others(shiftId, body, agentId);
    const found: ShiftProblem[] = [];
    for (const { away, absenceId, from, to } of own) {
      const cuts = (): readonly Correction[] => [
        ...(from === body.startAt ? startLater(body, to, zoneData) : to === body.endAt ? endEarlier(body, from, zoneData) : []),
        ...unassign(body),
      ];
      if (absenceId !== null) found.push({ code: 'absent', severity: 'warning', absenceId, from, to, corrections: cuts() });
      else if (away === 'left') found.push({ code: 'outside-contract', severity: 'warning', from, to, corrections: cuts() });
    }
    found.push(...this.#overlaps(shiftId, body, worked, others));
    const turns = turnsOf([...worked, ...others].sort((a, b) => a.from - b.from));
    found.push(...this.#rests(shiftId, body, turns), ...this.#lengths(shiftId, body, turns));
    const agent = this.#agents.get(agentId);
    if (agent !== undefined) found.push(...abilityProblems(agent, body, worked), ...patternProblems(agent, worked));
    return found;
  }

  /** What the person works around the shift besides it. */
  #others(shiftId: ShiftId, body: ShiftBody, agentId: AgentId): readonly Stretch[] {
    const near = this.#worked.get(agentId)?.around(body.startAt - NEAR_MS, body.endAt + NEAR_MS) ?? [];
    return near.filter((each) => each.shiftId !== shiftId);
  }

  #overlaps(shiftId: ShiftId, body: ShiftBody, worked: readonly Stretch[], others: readonly Stretch[]): ShiftProblem[] {
    const { zoneData } = this.#circumstances;
    const common = new Map<ShiftId, Span>();
    for (const mine of worked) {
      for (const other of others) {
        const from = Math.max(mine.from, other.from);
        const to = Math.min(mine.to, other.to);
        if (from >= to) continue;
        const known = common.get(other.shiftId);
        common.set(other.shiftId, {
          from: instant(Math.min(from, known?.from ?? from)),
          to: instant(Math.max(to, known?.to ?? to)),
        });
      }
    }
    return [...common].map(([otherShiftId, { from, to }]) => {
      const theirs = others.filter((each) => each.shiftId === otherShiftId);
      const begin = instant(Math.min(...theirs.map((each) => each.from)));
      const end = instant(Math.max(...theirs.map((each) => each.to)));
      const corrections = [...startLater(body, end, zoneData), ...endEarlier(body, begin, zoneData), ...move(body, end, zoneData)];
      return {
        code: 'overlap',
        severity: 'error',
        otherShiftId,
        from,
        to,
        corrections: [...this.#free(shiftId, corrections), ...unassign(body)],
      };
    });
  }

  #rests(shiftId: ShiftId, body: ShiftBody, turns: readonly Turn[]): ShiftProblem[] {
    const { zoneData } = this.#circumstances;
    return shortRests(shiftId, turns, SHORTEST_REST_MS).map((rest) => {
      const { otherShiftId, side, restMs, limit } = rest;
      const tries =
        side === 'before' ? [...startLater(body, limit, zoneData), ...move(body, limit, zoneData)] : endEarlier(body, limit, zoneData);
      const corrections = this.#free(shiftId, tries).filter(
        (each) =>
          !shortRests(shiftId, this.#turns(shiftId, each.body), SHORTEST_REST_MS).some((left) => left.otherShiftId === otherShiftId),
      );
      return { code: 'short-rest', severity: 'warning', otherShiftId, side, restMs, corrections: [...corrections, ...unassign(body)] };
    });
  }

  #lengths(shiftId: ShiftId, body: ShiftBody, turns: readonly Turn[]): ShiftProblem[] {
    const { zoneData } = this.#circumstances;
    return longTurns(shiftId, turns, LONGEST_TURN_MS).map(({ from, to }) => {
      const tries = [
        ...endEarlier(body, after(from, LONGEST_TURN_MS), zoneData),
        ...startLater(body, after(to, -LONGEST_TURN_MS), zoneData),
      ];
      const isShort = (each: Correction): boolean =>
        longTurns(shiftId, this.#turns(shiftId, each.body), LONGEST_TURN_MS).length === 0 && openLength(each.body, zoneData).length === 0;
      const corrections = [...tries, ...unassign(body)].filter(isShort);
      return { code: 'too-long', severity: 'warning', lengthMs: to - from, corrections };
    });
  }

  /** What the shift's person works around it, if it were like this. */
  #turns(shiftId: ShiftId, body: ShiftBody): readonly Turn[] {
    const { agentId } = body;
    if (agentId === null) return [];
    const worked = this.#stretches.of(shiftId, body).filter((each) => each.agentId === agentId && each.away === null);
    return turnsOf([...worked, ...this.#others(shiftId, body, agentId)].sort((a, b) => a.from - b.from));
  }

  /** Those that do not make the person work two shifts at once. */
  #free(shiftId: ShiftId, corrections: readonly Correction[]): readonly Correction[] {
    return corrections.filter(({ body }) => {
      if (body.agentId === null) return true;
      const { agentId } = body;
      const own = this.#stretches.of(shiftId, body).filter((each) => each.agentId === agentId && each.away === null);
      const others = this.#others(shiftId, body, agentId);
      return !own.some((mine) => others.some((other) => mine.from < other.to && other.from < mine.to));
    });
  }
}

function openLength(body: ShiftBody, zoneData: string): readonly ShiftProblem[] {
  const lengthMs = body.endAt - body.startAt;
  if (lengthMs <= LONGEST_TURN_MS) return [];
  const corrections = endEarlier(body, after(body.startAt, LONGEST_TURN_MS), zoneData);
  return [{ code: 'too-long', severity: 'warning', lengthMs, corrections }];
}

function abilityProblems(agent: AgentProfile, body: ShiftBody, worked: readonly Stretch[]): readonly ShiftProblem[] {
  // Abilities begin and end at midnight; a shift meets few of them.
  const at = worked.flatMap(({ from, to }) => [from, after(to, -1)]).find((each) => !isAble(agent, body.needs, each));
  return at === undefined ? [] : [{ code: 'not-qualified', severity: 'warning', at, corrections: unassign(body) }];
}

function patternProblems(agent: AgentProfile, worked: readonly Stretch[]): readonly ShiftProblem[] {
  const outside = outsidePattern(agent, worked);
  const [first] = outside;
  if (first === undefined) return [];
  const outsideMs = outside.reduce((sum, { from, to }) => sum + to - from, 0);
  return [{ code: 'outside-pattern', severity: 'warning', from: first.from, to: first.to, outsideMs, corrections: [] }];
}

/** From when on people would see another plan than was published; null when at no time. */
function firstChange(published: ShiftBody | null, body: ShiftBody): Instant | null {
  if (published === null) return body.startAt;
  if (sameBody(published, body)) return null;
  const isExtent = published.agentId === body.agentId && published.hubId === body.hubId && published.startAt === body.startAt;
  const [a, b] = isExtent && published.endAt !== body.endAt ? [published.endAt, body.endAt] : [published.startAt, body.startAt];
  return a < b ? a : b;
}

const ORDER: readonly ShiftProblemCode[] = [
  'no-length',
  'overlap',
  'in-the-past',
  'outside-contract',
  'absent',
  'short-rest',
  'too-long',
  'not-qualified',
  'start-skipped',
  'end-skipped',
  'start-twice',
  'end-twice',
  'holiday',
  'outside-pattern',
];

function rankOf(problem: ShiftProblem): number {
  return ORDER.indexOf(problem.code);
}
