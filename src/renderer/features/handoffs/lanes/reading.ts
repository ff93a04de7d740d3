import type { ChangedSinceRead } from '../../../../shared/domain/handoff/handoff.ts';
import { changeOf, useHandoffs } from '../handoffs.store.ts';
import type { Read } from '../handoffs.store.ts';
import type { Placed } from './lanes-model.ts';

/** What of a handoff was read, and what has come since; no change: it is as it was read. */
export interface Reading {
  readonly read: Read | undefined;
  readonly change: ChangedSinceRead | null;
}

/** What was read at the accept that counts; null before. */
function acceptedRead({ row }: Placed): Read | null {
  const { acceptance } = row.handoff;
  return acceptance === null ? null : { packetVersion: acceptance.packetVersion, lastInboundId: acceptance.lastInboundId };
}

/**
 * @param onScreen what was on screen last, as this workstation remembers it
 */
export function readingOf(placed: Placed, onScreen: Read | undefined): Reading {
  const { lane, row } = placed;
  const accepted = lane === 'accepted' ? acceptedRead(placed) : null;
  const isLookedAt = onScreen !== undefined && changeOf(row, onScreen) === null;
  const read = accepted === null || isLookedAt ? onScreen : accepted;
  return { read, change: changeOf(row, read) };
}

export function useReading(placed: Placed | null): Reading {
  const onScreen = useHandoffs((state) => (placed === null ? undefined : state.reads[placed.row.handoff.handoffId]));
  return placed === null ? { read: undefined, change: null } : readingOf(placed, onScreen);
}

/** Whether what was read back at the accept is not what the packet says now. */
export function isReadBackOutdated(placed: Placed): boolean {
  const accepted = placed.lane === 'accepted' ? acceptedRead(placed) : null;
  return accepted !== null && (changeOf(placed.row, accepted)?.isReadBackDue ?? false);
}
