import { create } from 'zustand';
import type { RosterChange } from '../../../shared/contract/coverage.contract.ts';
import type { AgentProfile, Hub, Requirement, Roster } from '../../../shared/domain/coverage/roster.ts';
import { stableJson } from '../../bridge/live-queries.ts';

/** What is edited on these pages; shifts and their patterns have a place of their own. */
export type TeamPart = Extract<RosterChange, { kind: 'hub' | 'agent' | 'requirement' }>;
export type PartKind = TeamPart['kind'];

export interface TeamState {
  /** Edits that are not saved, by id. They stay while one looks at another page. */
  readonly edits: Readonly<Record<string, TeamPart>>;
  /** What each page shows. */
  readonly shown: { readonly [Kind in PartKind]: string | null };
}

export const useTeam = create<TeamState>()(() => ({ edits: {}, shown: { hub: null, agent: null, requirement: null } }));

export function idOf(part: TeamPart): string {
  if (part.kind === 'hub') return part.hub.hubId;
  return part.kind === 'agent' ? part.agent.agentId : part.requirement.requirementId;
}

export function nameOf(part: TeamPart): string {
  if (part.kind === 'hub') return part.hub.name;
  return part.kind === 'agent' ? part.agent.name : part.requirement.name;
}

export function savedPart(roster: Roster, part: TeamPart): TeamPart | null {
  const id = idOf(part);
  if (part.kind === 'hub') {
    const hub = roster.hubs.find((each) => each.hubId === id);
    return hub === undefined ? null : { kind: 'hub', hub };
  }
  if (part.kind === 'agent') {
    const agent = roster.agents.find((each) => each.agentId === id);
    return agent === undefined ? null : { kind: 'agent', agent };
  }
  const requirement = roster.requirements.find((each) => each.requirementId === id);
  return requirement === undefined ? null : { kind: 'requirement', requirement };
}

/** Keeps an edit, or forgets it when it is what is saved. */
export function editPart(roster: Roster, part: TeamPart): void {
  const saved = savedPart(roster, part);
  useTeam.setState(({ edits }) => {
    const { [idOf(part)]: _old, ...others } = edits;
    return { edits: saved !== null && stableJson(saved) === stableJson(part) ? others : { ...others, [idOf(part)]: part } };
  });
}

/** Begins something new and shows it. */
export function addPart(part: TeamPart): void {
  useTeam.setState(({ edits, shown }) => ({
    edits: { ...edits, [idOf(part)]: part },
    shown: { ...shown, [part.kind]: idOf(part) },
  }));
}

export function showPart(kind: PartKind, id: string): void {
  useTeam.setState(({ shown }) => ({ shown: { ...shown, [kind]: id } }));
}

export function forgetEdits(ids: readonly string[] | null = null): void {
  useTeam.setState(({ edits }) => ({
    edits: ids === null ? {} : Object.fromEntries(Object.entries(edits).filter(([id]) => !ids.includes(id))),
  }));
}

/** The roster as it would be with the edits, what is new last. */
export interface EditedTeam {
  readonly hubs: readonly Hub[];
  readonly agents: readonly AgentProfile[];
  readonly requirements: readonly Requirement[];
}

export function withEdits(roster: Roster, edits: TeamState['edits']): EditedTeam {
  const parts = Object.values(edits);
  const hubs = parts.flatMap((part) => (part.kind === 'hub' ? [part.hub] : []));
  const agents = parts.flatMap((part) => (part.kind === 'agent' ? [part.agent] : []));
  const requirements = parts.flatMap((part) => (part.kind === 'requirement' ? [part.requirement] : []));
  return {
    hubs: merged(roster.hubs, hubs, (hub) => hub.hubId),
    agents: merged(roster.agents, agents, (agent) => agent.agentId),
    requirements: merged(roster.requirements, requirements, (requirement) => requirement.requirementId),
  };
}

function merged<Each>(saved: readonly Each[], edited: readonly Each[], key: (each: Each) => string): readonly Each[] {
  const byId = new Map(edited.map((each) => [key(each), each]));
  const known = new Set(saved.map(key));
  return [...saved.map((each) => byId.get(key(each)) ?? each), ...edited.filter((each) => !known.has(key(each)))];
}
