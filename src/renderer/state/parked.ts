import { useMemo } from 'react';
import type { TimelineItem } from '../../shared/contract/cases.contract.ts';
import type { AgentId, CaseId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { useLiveValue } from '../bridge/use-live.ts';

/** That a case stays with its owner over the end of their turn, and why. */
export interface Parked {
  readonly reason: string;
  readonly at: Instant;
  readonly by: AgentId | null;
}

/** Why a case is parked, as its events tell it; null when it is not, or was taken up again. */
export function parkedOf(timeline: readonly TimelineItem[]): Parked | null {
  const last = timeline.findLast(
    (item) => item.kind === 'event' && (item.body.type === 'case.parked' || item.body.type === 'case.unparked'),
  );
  if (last?.kind !== 'event' || last.body.type !== 'case.parked') return null;
  return { reason: last.body.reason, at: last.at, by: last.agentId };
}

/** Why a case is parked now; null when it is not, or nobody asks. */
export function useParked(caseId: CaseId | null): Parked | null {
  const timeline = useLiveValue('cases.timeline', caseId === null ? null : { caseId }, null);
  return useMemo(() => (timeline === null ? null : parkedOf(timeline)), [timeline]);
}
