import { useMemo } from 'react';
import type { VisitRow } from '../../../shared/contract/desk.contract.ts';
import { habit } from '../../../shared/domain/desk/visit.ts';
import type { VisitKind } from '../../../shared/domain/desk/visit.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { clock } from '../../state/clock-store.ts';

const NO_VISITS: readonly VisitRow[] = [];

/** Where this person has been, the newest first. */
export function useVisits(): readonly VisitRow[] {
  return useLiveValue('desk.visits', {}, NO_VISITS);
}

/** How much of a habit things of one kind are, by what the page calls them. */
export function useHabits(): (kind: VisitKind, target: string) => number {
  const visits = useVisits();
  return useMemo(() => {
    const now = clock.now();
    const known = new Map(visits.map((visit) => [`${visit.kind} ${visit.target}`, habit(visit, now)]));
    return (kind, target) => known.get(`${kind} ${target}`) ?? 0;
  }, [visits]);
}
