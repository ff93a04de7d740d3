import { useMemo } from 'react';
import { EVERYBODY } from '../../../../shared/domain/coverage/roster.ts';
import type { Selector } from '../../../../shared/domain/coverage/roster.ts';
import type { OnNow } from '../../../../shared/domain/coverage/coverage.ts';
import type { AgentId, CaseId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';

/** What the plan says of a person now, best first: on and able, on but not able to take it, to come, not planned. */
export type ShiftState =
  | { readonly kind: 'on'; readonly until: Instant }
  | { readonly kind: 'unable'; readonly until: Instant }
  | { readonly kind: 'next'; readonly from: Instant }
  | { readonly kind: 'unplanned' };

const RANKS: Readonly<Record<ShiftState['kind'], number>> = { on: 0, next: 1, unable: 2, unplanned: 3 };

/** Orders people for a choice: who can take it soonest comes first. */
export function compareShifts(a: ShiftState, b: ShiftState): number {
  if (a.kind === 'next' && b.kind === 'next') return a.from - b.from;
  return RANKS[a.kind] - RANKS[b.kind];
}

/** What the plan says of somebody, from who is on for the case's need and who is on at all. */
export function shiftOf(agentId: AgentId, able: OnNow | null, all: OnNow | null): ShiftState {
  const on = able?.on.find((each) => each.agentId === agentId);
  if (on !== undefined) return { kind: 'on', until: on.until };
  const unable = all?.on.find((each) => each.agentId === agentId);
  // Before it is known what the case asks for, nobody is said to be unable.
  if (unable !== undefined) return { kind: able === null ? 'on' : 'unable', until: unable.until };
  const next = able?.next.find((each) => each.agentId === agentId);
  return next === undefined ? { kind: 'unplanned' } : { kind: 'next', from: next.from };
}

/** The shifts of the team, seen from one case, or from several of which none is asked about in particular. */
export function useShifts(caseIds: readonly CaseId[]): (agentId: AgentId) => ShiftState {
  const [caseId] = caseIds;
  const selector = useCaseSelector(caseIds.length === 1 && caseId !== undefined ? caseId : null);
  const able = useLiveValue('coverage.onNow', selector === null ? null : { selector, at: null }, null);
  const all = useLiveValue('coverage.onNow', { selector: EVERYBODY, at: null }, null);
  return useMemo(() => (agentId) => shiftOf(agentId, able, all), [able, all]);
}

/** What a case asks for; everybody for none; null while it is not known. */
export function useCaseSelector(caseId: CaseId | null): Selector | null {
  const runway = useLiveValue('coverage.runway', caseId === null ? null : { caseId }, null);
  return caseId === null ? EVERYBODY : (runway?.need.selector ?? null);
}
