import type { AgentId, HubId } from '../ids.ts';
import { instant } from '../time.ts';
import type { Instant } from '../time.ts';
import type { Span } from '../time/calendar.ts';
import type { Assignment } from '../coverage/plan.ts';
import { agentNames, compareNames } from '../coverage/qualified-assignments.ts';
import { qualifies } from '../coverage/qualify.ts';
import { EVERYBODY } from '../coverage/roster.ts';
import type { AgentProfile, Roster, Selector } from '../coverage/roster.ts';
import { StaffedTime } from '../coverage/staffed-time.ts';

/** One unbroken turn of a person: who is at lunch is on shift. Half-open. */
export interface DutyTurn extends Span {
  readonly hubId: HubId | null;
}

const LEADS: Selector = { ...EVERYBODY, tiers: ['lead'] };

/** Who is on shift, as handoffs see it; made once for a plan. The assignments must reach a few days to both sides. */
export class Duty {
  readonly roster: Roster;
  readonly assignments: readonly Assignment[];
  readonly #turns = new Map<AgentId, readonly DutyTurn[]>();
  readonly #time = new Map<AgentId, StaffedTime>();
  readonly #names: ReadonlyMap<AgentId, string>;

  constructor(roster: Roster, assignments: readonly Assignment[]) {
    this.roster = roster;
    this.assignments = assignments;
    this.#names = agentNames(roster);
    const byAgent = new Map<AgentId, DutyTurn[]>();
    for (const each of [...assignments].sort((a, b) => a.from - b.from)) {
      const turns = byAgent.get(each.agentId) ?? [];
      const last = turns.at(-1);
      if (last === undefined || each.from > last.to) turns.push({ from: each.from, to: each.turnEndsAt, hubId: each.hubId });
      else if (each.turnEndsAt > last.to) turns[turns.length - 1] = { ...last, to: each.turnEndsAt };
      byAgent.set(each.agentId, turns);
    }
    for (const [agentId, turns] of byAgent) {
      this.#turns.set(agentId, turns);
      this.#time.set(agentId, new StaffedTime(turns));
    }
  }

  /** False while no shift of anybody is known: then being on shift is asked of nobody. */
  get hasPlan(): boolean {
    return this.#turns.size > 0;
  }

  /** The turn that somebody is on at `at`, or null. */
  turnAt(agentId: AgentId, at: Instant): DutyTurn | null {
    return this.turnsOf(agentId).find((turn) => turn.from <= at && at < turn.to) ?? null;
  }

  /** The first turn of somebody that begins after `at`, or null. */
  nextTurn(agentId: AgentId, at: Instant): DutyTurn | null {
    return this.turnsOf(agentId).find((turn) => turn.from > at) ?? null;
  }

  /** The last turn of somebody that was over by `at`, or null. */
  lastTurn(agentId: AgentId, at: Instant): DutyTurn | null {
    return this.turnsOf(agentId).findLast((turn) => turn.to <= at) ?? null;
  }

  /** In order. */
  turnsOf(agentId: AgentId): readonly DutyTurn[] {
    return this.#turns.get(agentId) ?? [];
  }

  isOnShift(agentId: AgentId, at: Instant): boolean {
    return this.turnAt(agentId, at) !== null;
  }

  /** Milliseconds of `[from, to)` in which somebody is on shift. */
  onShiftMs(agentId: AgentId, from: Instant, to: Instant): number {
    return this.#time.get(agentId)?.runway(from, to) ?? 0;
  }

  /** When somebody will have been on shift for so long, counted from `from`; null when the plan does not reach so far. */
  onShiftUntil(agentId: AgentId, from: Instant, ms: number): Instant | null {
    let left = ms;
    for (const turn of this.turnsOf(agentId)) {
      const begin = Math.max(turn.from, from);
      if (turn.to - begin >= left && turn.to > begin) return instant(begin + left);
      left -= Math.max(0, turn.to - begin);
    }
    return null;
  }

  /**
   * The lead who answers for a case that its owner can not answer for: the owner when they are one and on shift; who is on
   * shift (of the owner's hub before others, then who has most of their turn left, then by name); else, when the owner is
   * off shift, the one who comes next. Null when the owner must keep it.
   */
  leadFor(ownerId: AgentId, at: Instant): AgentId | null {
    const leads = this.roster.agents.filter((agent) => qualifies(agent, LEADS, at));
    const home = this.#profile(ownerId)?.hubId ?? null;
    const isHome = (agent: AgentProfile): number => Number(home !== null && agent.hubId === home);
    if (leads.some((agent) => agent.agentId === ownerId) && this.isOnShift(ownerId, at)) return ownerId;
    const [on] = leads
      .map((agent) => ({ agent, turn: this.turnAt(agent.agentId, at) }))
      .filter((each) => each.turn !== null)
      .sort(
        (a, b) =>
          isHome(b.agent) - isHome(a.agent) || (b.turn?.to ?? 0) - (a.turn?.to ?? 0) || this.compare(a.agent.agentId, b.agent.agentId),
      );
    if (on !== undefined) return on.agent.agentId;
    if (this.isOnShift(ownerId, at)) return null;
    const [next] = leads
      .map((agent) => ({ agentId: agent.agentId, turn: this.nextTurn(agent.agentId, at) }))
      .filter((each) => each.turn !== null)
      .sort((a, b) => (a.turn?.from ?? 0) - (b.turn?.from ?? 0) || this.compare(a.agentId, b.agentId));
    return next?.agentId ?? null;
  }

  /** When each lead comes next. */
  nextTurnsOfLeads(at: Instant): readonly Instant[] {
    const leads = this.roster.agents.filter((agent) => agent.isActive && agent.tiers.includes('lead'));
    return leads.map((agent) => this.nextTurn(agent.agentId, at)?.from ?? null).filter((from) => from !== null);
  }

  /** Orders people by name. */
  compare(one: AgentId, other: AgentId): number {
    return compareNames(this.#names, one, other);
  }

  #profile(agentId: AgentId): AgentProfile | undefined {
    return this.roster.agents.find((agent) => agent.agentId === agentId);
  }
}
