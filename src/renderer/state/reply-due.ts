import type { CaseId } from '../../shared/domain/ids.ts';
import type { Metric } from '../../shared/domain/sla/policy.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { useLiveValue } from '../bridge/use-live.ts';

/** The clocks that only a reply ends. */
const OF_REPLIES: ReadonlySet<Metric> = new Set<Metric>(['first-reply', 'next-reply']);

/** By when the customer of a case must have a reply; null when no such clock runs, or no case is asked about. */
export function useReplyDue(caseId: CaseId | null): { readonly metric: Metric; readonly dueAt: Instant } | null {
  const clocks = useLiveValue('sla.clocks', caseId === null ? null : { caseId }, null);
  let first: { readonly metric: Metric; readonly dueAt: Instant } | null = null;
  for (const { metric, dueAt, endedAt } of clocks?.instances ?? [])
    if (OF_REPLIES.has(metric) && endedAt === null && dueAt !== null && (first === null || dueAt < first.dueAt)) first = { metric, dueAt };
  return first;
}
