import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import type { SearchOrder } from '../../../../shared/domain/search-rank.ts';

/** How many searches are kept of each person. */
export const MOST_RECENT = 12;
/** Shorter ones are on their way to something longer. */
const SHORTEST = 2;

interface SearchState {
  readonly order: SearchOrder;
  /** What was searched for lately, the newest first, by whoever sat here. */
  readonly recent: Readonly<Record<string, readonly string[]>>;
}

/** What is kept of searching on this computer. */
export const useSearch = create<SearchState>()(
  persist((): SearchState => ({ order: 'best', recent: {} }), {
    name: 'meridian.search',
    version: 1,
    partialize: ({ order, recent }) => ({ order, recent }),
  }),
);

export function setSearchOrder(order: SearchOrder): void {
  useSearch.setState({ order });
}

function keyOf(agentId: AgentId | null): string {
  return agentId ?? '';
}

const NONE: readonly string[] = [];

export function recentOf(state: SearchState, agentId: AgentId | null): readonly string[] {
  return state.recent[keyOf(agentId)] ?? NONE;
}

/** Keeps a search that somebody meant: what differs in case and white space alone is the same, and the newest spelling stays. */
export function rememberSearch(agentId: AgentId | null, typed: string): void {
  const text = typed.trim();
  if (text.length < SHORTEST && !/[^\p{ASCII}]/u.test(text)) return;
  change(agentId, (before) => [text, ...before.filter((each) => sameSearch(each) !== sameSearch(text))].slice(0, MOST_RECENT));
}

export function forgetSearch(agentId: AgentId | null, typed: string): void {
  change(agentId, (before) => before.filter((each) => each !== typed));
}

export function forgetSearches(agentId: AgentId | null): void {
  change(agentId, () => []);
}

function change(agentId: AgentId | null, next: (before: readonly string[]) => readonly string[]): void {
  useSearch.setState((state) => ({ recent: { ...state.recent, [keyOf(agentId)]: next(recentOf(state, agentId)) } }));
}

function sameSearch(typed: string): string {
  return typed.trim().toLowerCase().replaceAll(/\s+/gu, ' ');
}
