import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { SnoozeQuestion } from '../inbox-store.ts';

/**
 * What a snooze would sleep through; null when no clock of these cases is due before they come back.
 * @param untilOf when a case wakes; null for one that is not put to sleep
 */
export function dueBefore(
  rows: readonly CaseRow[],
  untilOf: (row: CaseRow) => Instant | null,
): Pick<SnoozeQuestion, 'count' | 'dueAt' | 'metric'> | null {
  let first: { readonly dueAt: Instant; readonly metric: SnoozeQuestion['metric'] } | null = null;
  let count = 0;
  for (const row of rows) {
    const { sla } = row;
    const until = untilOf(row);
    if (until === null || sla === null || sla.endedAt !== null || sla.dueAt === null || sla.dueAt >= until) continue;
    count += 1;
    if (first === null || sla.dueAt < first.dueAt) first = { dueAt: sla.dueAt, metric: sla.metric };
  }
  return first === null ? null : { count, ...first };
}
