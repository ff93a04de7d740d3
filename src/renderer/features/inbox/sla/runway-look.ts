import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { HOUR_MS, instant } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { shownOpenMs } from './sla-look.ts';

/** none: nothing is due or planned, or it is overdue; short: less than an hour; unstaffed: it breaches before anyone starts. */
export type RunwayLevel = 'none' | 'staffed' | 'short' | 'unstaffed';

export interface RunwayLook {
  readonly level: RunwayLevel;
  /** Milliseconds with somebody on shift who can take it, until it is due. */
  readonly ms: number;
}

type Row = Pick<CaseRow, 'runway' | 'sla'>;

const NONE: RunwayLook = { level: 'none', ms: 0 };

/** How the runway of a case is shown at `now`. Holds until the next shift boundary, at which the engine answers anew. */
export function runwayLook({ runway, sla }: Row, now: Instant): RunwayLook {
  const dueAt = sla === null || sla.endedAt !== null ? null : sla.dueAt;
  if (runway === null || dueAt === null || dueAt <= now) return NONE;
  const gone = runway.since === null ? 0 : now - runway.since;
  const ms = Math.max(0, runway.staffedAtDue - runway.base - gone);
  return { level: ms === 0 ? 'unstaffed' : ms < HOUR_MS ? 'short' : 'staffed', ms };
}

/** When what is shown of a runway changes next after `now`; null when it stays. While nobody is on it does not run. */
export function nextRunwayChange(row: Row, now: Instant): Instant | null {
  const { level, ms } = runwayLook(row, now);
  const dueAt = row.sla?.dueAt ?? null;
  if (level === 'none' || dueAt === null) return null;
  if (level === 'unstaffed' || row.runway?.since === null) return dueAt;
  // Just below what is shown the text changes; at nothing, when nothing is left.
  const shown = shownOpenMs(ms);
  return instant(Math.min(dueAt, now + Math.max(1, shown === 0 ? ms : ms - shown + 1)));
}
