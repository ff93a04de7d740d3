import type { AgentId, HubId } from '../ids.ts';
import { HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';
import type { CaseNeed } from '../coverage/coverage.ts';
import { isEmployed, isSameName, qualifies, speaks } from '../coverage/qualify.ts';
import { ABILITY_LEVELS, EVERYBODY } from '../coverage/roster.ts';
import type { Ability, AgentProfile } from '../coverage/roster.ts';
import type { Duty } from './duty.ts';

/** Somebody a case can be offered to. */
export interface Receiver {
  readonly agentId: AgentId;
  readonly hubId: HubId | null;
  /** Theirs: their local time is shown. */
  readonly zone: string;
  /** When they can look at it: now, or when they come. */
  readonly from: Instant;
  readonly turnEndsAt: Instant;
  /** Milliseconds of their turn from then on. */
  readonly leftMs: number;
  /** Whether they can all that the case asks for. */
  readonly isQualified: boolean;
  /** 0: not at all; 1 to 3: basic, good, expert. 3 when nothing is asked for. */
  readonly skill: number;
  readonly language: number;
  /** Open cases that they own, and offers that wait for them. */
  readonly load: number;
}

export interface ReceiverQuestion {
  readonly duty: Duty;
  readonly need: CaseNeed;
  readonly fromId: AgentId;
  readonly now: Instant;
  /** Who is not on shift before is no receiver. */
  readonly expiresAt: Instant;
  readonly load: ReadonlyMap<AgentId, number>;
}

/** More of a turn than this is no better: everybody has time enough then. */
const ENOUGH_HOURS = 4;

/**
 * Everybody who is on shift before the offer expires, best first: who can all that is asked for; then by skill, language,
 * whole hours of the shift left (up to four), load; then the time left to the millisecond and the name.
 */
export function receivers({ duty, need, fromId, now, expiresAt, load }: ReceiverQuestion): readonly Receiver[] {
  return duty.roster.agents
    .flatMap((agent): Receiver[] => {
      const { agentId } = agent;
      const turn = duty.turnAt(agentId, now) ?? duty.nextTurn(agentId, now);
      if (agentId === fromId || turn === null || turn.from >= expiresAt) return [];
      const from = turn.from > now ? turn.from : now;
      if (!agent.isActive || !isEmployed(agent, from)) return [];
      return [
        {
          agentId,
          hubId: turn.hubId ?? agent.hubId,
          zone: agent.zone,
          from,
          turnEndsAt: turn.to,
          leftMs: turn.to - from,
          isQualified: qualifies(agent, need.selector, from),
          ...levels(agent, need, from),
          load: load.get(agentId) ?? 0,
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(b.isQualified) - Number(a.isQualified) ||
        b.skill - a.skill ||
        b.language - a.language ||
        hoursLeft(b) - hoursLeft(a) ||
        a.load - b.load ||
        b.leftMs - a.leftMs ||
        duty.compare(a.agentId, b.agentId),
    );
}

/**
 * Whom the next of several cases is suggested for, so that not all of them go to one person: of those who are as good as
 * the first, whoever has least with what they have been suggested for already.
 * @param receivers in the order of `receivers`
 * @param given how many cases each has been suggested for
 */
export function nextInTurn(found: readonly Receiver[], given: ReadonlyMap<AgentId, number>): Receiver | null {
  const [first] = found;
  if (first === undefined) return null;
  const load = (each: Receiver): number => each.load + (given.get(each.agentId) ?? 0);
  const isAsGood = (each: Receiver): boolean =>
    each.isQualified === first.isQualified &&
    each.skill === first.skill &&
    each.language === first.language &&
    hoursLeft(each) === hoursLeft(first);
  return found.filter(isAsGood).reduce((least, each) => (load(each) < load(least) ? each : least), first);
}

function hoursLeft({ leftMs }: Receiver): number {
  return Math.min(ENOUGH_HOURS, Math.floor(leftMs / HOUR_MS));
}

function levels(agent: AgentProfile, { selector }: CaseNeed, at: Instant): { readonly skill: number; readonly language: number } {
  const best = (asked: readonly string[], abilities: readonly Ability[], kind: 'skills' | 'languages'): number => {
    if (asked.length === 0) return ABILITY_LEVELS.length;
    const fits = kind === 'skills' ? isSameName : speaks;
    const known = abilities
      .filter(({ name }) => asked.some((each) => fits(name, each)))
      // an ability counts within its dates only; `qualifies` knows
      .filter(({ name }) => qualifies(agent, { ...EVERYBODY, [kind]: [name] }, at));
    return Math.max(0, ...known.map(({ level }) => ABILITY_LEVELS.indexOf(level) + 1));
  };
  return {
    skill: best([...selector.skills, ...(selector.also ?? [])], agent.skills, 'skills'),
    language: best(selector.languages, agent.languages, 'languages'),
  };
}
