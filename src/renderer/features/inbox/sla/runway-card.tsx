import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { create } from 'zustand';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { PointCard } from '../../../ui/point-card.tsx';
import { RunwayReasons } from './runway-reasons.tsx';

interface RunwayCardState {
  readonly shown: { readonly caseId: CaseId; readonly anchor: Element } | null;
}

/** A list has hundreds of badges and one card. */
const useRunwayCard = create<RunwayCardState>()(() => ({ shown: null }));

/** A pointer that only passes by asks nothing. */
const REST_MS = 350;
let waiting: ReturnType<typeof setTimeout> | null = null;

/** Shows who is on for a case once the pointer rests on its badge. */
export function showRunwayCard(caseId: CaseId, anchor: Element): void {
  if (waiting !== null) clearTimeout(waiting);
  waiting = setTimeout(() => useRunwayCard.setState({ shown: { caseId, anchor } }), REST_MS);
}

export function hideRunwayCard(): void {
  if (waiting !== null) clearTimeout(waiting);
  waiting = null;
  if (useRunwayCard.getState().shown !== null) useRunwayCard.setState({ shown: null });
}

/** The one card; stands beside the list. */
export function RunwayCard(): ReactNode {
  const shown = useRunwayCard((state) => state.shown);
  const anchor = useMemo(() => (shown === null ? null : { getBoundingClientRect: () => shown.anchor.getBoundingClientRect() }), [shown]);
  return (
    <PointCard open={shown !== null} onClose={hideRunwayCard} anchor={anchor}>
      {shown !== null && <RunwayReasons caseId={shown.caseId} />}
    </PointCard>
  );
}
