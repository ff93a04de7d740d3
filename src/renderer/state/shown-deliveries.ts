import { useMemo } from 'react';
import { useNow } from './clock-store.ts';
import type { DeliveryRow } from '../../shared/contract/cases.contract.ts';
import { stateAt, unknownFrom } from '../../shared/domain/team/send-settling.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** When a reply that is being sent elsewhere is of unknown fate; null when nothing about it changes by itself. */
function changesAt({ state, underwaySince }: DeliveryRow, now: Instant): Instant | null {
  const at = state === 'sending' && underwaySince !== null ? unknownFrom(underwaySince) : null;
  return at !== null && at > now ? at : null;
}

/** Replies as they are now: what another workstation has been sending for too long may or may not have arrived. */
export function useShownDeliveries<Row extends DeliveryRow>(rows: readonly Row[]): readonly Row[] {
  const now = useNow((current) =>
    rows.reduce<Instant | null>((first, row) => {
      const at = changesAt(row, current);
      return at !== null && (first === null || at < first) ? at : first;
    }, null),
  );
  return useMemo(() => rows.map((row) => (stateAt(row, now) === row.state ? row : { ...row, state: stateAt(row, now) })), [rows, now]);
}
