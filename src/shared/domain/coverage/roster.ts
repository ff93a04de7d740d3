import type { RoutingRules } from '../routing/rules.ts';
import type { AgentId, HubId, RequirementId, RotationId, TemplateId } from '../ids.ts';
import type { WallWindow, Week } from '../time/calendar.ts';
import type { LocalDate, Weekday } from '../time/local-time.ts';

/**
 * Who is in the team and what must be staffed: what leads set up before they plan. Dates are local: a hub's in the hub's
 * zone, an agent's in the agent's.
 */

export const AGENT_TIERS = ['L1', 'L2', 'lead'] as const;
/** What a person can stand in as. Who is L2 can do L1 work; a lead is one only where that is said. */
export type AgentTier = (typeof AGENT_TIERS)[number];

export const ABILITY_LEVELS = ['basic', 'good', 'expert'] as const;
/** How well somebody knows a skill or speaks a language; `expert` is a native speaker. */
export type AbilityLevel = (typeof ABILITY_LEVELS)[number];

/** A skill (`withdrawals`) or a language (BCP 47, `zh-Hans`) of a person. */
export interface Ability {
  readonly name: string;
  readonly level: AbilityLevel;
  /** First and last day on which it counts, both included; null for no limit. */
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
}

export interface Contract {
  /** Weekly hours; fairness is measured against them. */
  readonly hoursPerWeek: number;
  /** First and last day of employment, both included; null for no limit. */
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
}

/** A member of the team as leads plan with them. */
export interface AgentProfile {
  readonly agentId: AgentId;
  readonly name: string;
  readonly hubId: HubId | null;
  readonly zone: string;
  readonly contract: Contract;
  readonly skills: readonly Ability[];
  readonly languages: readonly Ability[];
  readonly tiers: readonly AgentTier[];
  /** When the person usually works, in their own zone; no window at all: whenever they are planned. */
  readonly pattern: Week;
  /** False once they have left the team; what they did stays theirs. */
  readonly isActive: boolean;
}

export interface Holiday {
  readonly date: LocalDate;
  readonly name: string;
}

/** A site of the team with its clocks, its weekend and its public holidays. */
export interface Hub {
  readonly hubId: HubId;
  readonly name: string;
  readonly zone: string;
  /** For daylight; degrees north and east. Null: of the zone's own city. */
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
  readonly weekend: readonly Weekday[];
  readonly holidays: readonly Holiday[];
  readonly isActive: boolean;
}

/**
 * Who can do something. In each list that is not empty one entry must fit, and all lists must: L2 and (Korean or
 * Japanese) and in Singapore. All lists empty: everybody. Of `also` all must fit.
 */
export interface Selector {
  readonly skills: readonly string[];
  /** `pt` is also fulfilled by who speaks `pt-BR`. */
  readonly languages: readonly string[];
  readonly tiers: readonly AgentTier[];
  readonly hubs: readonly HubId[];
  /** Skills of which all are needed. */
  readonly also?: readonly string[] | undefined;
}

export const EVERYBODY: Selector = { skills: [], languages: [], tiers: [], hubs: [] };

/** Times at which a requirement counts, told by the clocks of one zone. */
export interface RequirementWindow {
  readonly zone: string;
  readonly week: Week;
}

export const SEVERITIES = ['critical', 'major', 'minor'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How many people of a kind must be on, and when. */
export interface Requirement {
  readonly requirementId: RequirementId;
  readonly name: string;
  readonly selector: Selector;
  /** Null: around the clock. */
  readonly window: RequirementWindow | null;
  /** Fewer is thin, nobody a gap. At least 1. */
  readonly minimum: number;
  /** Fewer is low. At least `minimum`. */
  readonly target: number;
  readonly severity: Severity;
  /** Shorter shortfalls are told in the details only. Milliseconds. */
  readonly shortestMs: number;
  readonly isActive: boolean;
}

/** Shorter shortfalls are seams and no news, unless a requirement says otherwise. */
export const DEFAULT_SHORTEST_MS = 5 * 60_000;

/** A pattern in one zone that shifts are made from. Its end is a wall time of its own, never start plus length. */
export interface ShiftTemplate {
  readonly templateId: TemplateId;
  readonly name: string;
  readonly hubId: HubId | null;
  readonly zone: string;
  readonly days: readonly Weekday[];
  /** Minutes since local midnight, 0 to 1439. */
  readonly startMinute: number;
  /** Minutes since local midnight, 0 to 1440; at or before the start: on the next local day. */
  readonly endMinute: number;
  /** Every how many weeks, counted from `anchorDate` on, and in which of them (0 is the anchor's own). */
  readonly cycleWeeks: number;
  readonly activeWeeks: readonly number[];
  readonly anchorDate: LocalDate;
  /** First and last start date, both included; null for no limit. */
  readonly validFrom: LocalDate | null;
  readonly validUntil: LocalDate | null;
  /** Wall times within the shift in which the person is away; those before the start are on the next local day. */
  readonly breaks: readonly WallWindow[];
  /** What the person who takes such a shift must be able to do. */
  readonly needs: Selector;
  /** Whether shifts are made for public holidays of the hub. */
  readonly onHolidays: 'work' | 'skip';
  readonly isActive: boolean;
}

export const ROTATION_STEPS = ['shift', 'day', 'week'] as const;
/** When the turn passes on. Weeks are seven local days from the anchor, never 604,800 seconds. */
export type RotationStep = (typeof ROTATION_STEPS)[number];

/** Ordered people over templates. A started rotation is never changed: it is closed, and a new version goes on from it. */
export interface Rotation {
  readonly rotationId: RotationId;
  readonly name: string;
  readonly version: number;
  readonly supersedes: RotationId | null;
  readonly templateIds: readonly TemplateId[];
  readonly agentIds: readonly AgentId[];
  /** How many of them each shift takes, one after the other in their order; all of them when it is their number. */
  readonly seats: number;
  readonly step: RotationStep;
  readonly anchorDate: LocalDate;
  /** First and last start date, both included; null for no limit. */
  readonly from: LocalDate;
  readonly until: LocalDate | null;
  readonly isActive: boolean;
}

/** Everything that leads set up. */
export interface Roster {
  readonly hubs: readonly Hub[];
  readonly agents: readonly AgentProfile[];
  readonly templates: readonly ShiftTemplate[];
  readonly rotations: readonly Rotation[];
  readonly requirements: readonly Requirement[];
  /** What the team asks of people for its cases, besides what their language and labels say. */
  readonly routing?: RoutingRules | undefined;
}

export const EMPTY_ROSTER: Roster = { hubs: [], agents: [], templates: [], rotations: [], requirements: [] };
