import i18next from 'i18next';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { SnoozedFor } from '../../../../shared/domain/case.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useInbox } from '../inbox-store.ts';
import { dueBefore } from '../sla/due-before.ts';
import { applyAction } from './apply-actions.ts';

export interface Snooze {
  /** When they wake at the latest. Of those that wait for a shift each wakes when that begins, none later. */
  readonly until: Instant;
  readonly awaits: SnoozedFor | null;
}

/** Puts cases away, and asks first when something is due before they come back. `at`: `until` as it is told. */
export function snooze(
  caseIds: readonly CaseId[],
  wanted: Snooze,
  of: { readonly rows: readonly CaseRow[]; readonly at: string; readonly untilOf?: (caseId: CaseId) => Instant | null },
): void {
  const { rows, at, untilOf } = of;
  const sleptThrough = dueBefore(rows, (row) => (untilOf === undefined ? wanted.until : untilOf(row.caseId)));
  if (sleptThrough === null) void snoozeNow(caseIds, wanted, at);
  else useInbox.setState({ snoozeQuestion: { caseIds, ...wanted, ...sleptThrough } });
}

export async function snoozeNow(caseIds: readonly CaseId[], { until, awaits }: Snooze, at: string): Promise<boolean> {
  if (awaits === 'shift') {
    const t = i18next.getFixedT(null, 'reminders');
    return applyAction(caseIds, { kind: 'snooze-until-shift' }, (count) => t('snooze.doneShift', { count }));
  }
  if (awaits === 'reply') {
    const t = i18next.getFixedT(null, 'reminders');
    return applyAction(caseIds, { kind: 'snooze', until, awaits }, (count) => t('snooze.doneReply', { count, at }));
  }
  return applyAction(caseIds, { kind: 'snooze', until }, (count) => i18next.t('inbox:done.snooze', { count, at }));
}
