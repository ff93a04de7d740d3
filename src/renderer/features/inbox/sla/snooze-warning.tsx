import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { clock } from '../../../state/clock-store.ts';
import { AlertDialog } from '../../../ui/dialog.tsx';
import { applySnooze } from '../actions/apply-actions.ts';
import { useInbox } from '../inbox-store.ts';
import type { SnoozeQuestion } from '../inbox-store.ts';

/** What a snooze until `until` would sleep through; null when no clock of these cases is due by then. */
export function dueBefore(rows: readonly CaseRow[], until: Instant): Pick<SnoozeQuestion, 'count' | 'dueAt' | 'metric'> | null {
  let first: { readonly dueAt: Instant; readonly metric: SnoozeQuestion['metric'] } | null = null;
  let count = 0;
  for (const { sla } of rows) {
    if (sla === null || sla.endedAt !== null || sla.dueAt === null || sla.dueAt >= until) continue;
    count += 1;
    if (first === null || sla.dueAt < first.dueAt) first = { dueAt: sla.dueAt, metric: sla.metric };
  }
  return first === null ? null : { count, ...first };
}

/** Asks before a case is put away past the time at which something is due. */
export function SnoozeWarning(): ReactNode {
  const { t } = useTranslation('inbox');
  const formats = useFormats();
  const asked = useInbox((state) => state.snoozeQuestion);
  const close = (): void => {
    useInbox.setState({ snoozeQuestion: null });
  };
  const text = (question: SnoozeQuestion): string => {
    const due = formats.dateTime(question.dueAt);
    const until = formats.dateTime(question.until);
    if (question.caseIds.length > 1) return t('snooze.pastDueMany', { count: question.count, due, until });
    const metric = t(`sla.metric.${question.metric}`);
    return question.dueAt <= clock.now() ? t('snooze.overdueOne', { metric, due }) : t('snooze.pastDueOne', { metric, due, until });
  };
  return (
    <AlertDialog
      open={asked !== null}
      onOpenChange={close}
      title={t('snooze.pastDueTitle')}
      description={asked === null ? '' : text(asked)}
      confirmLabel={t('snooze.anyway')}
      onConfirm={() => {
        close();
        if (asked !== null) void applySnooze(asked.caseIds, asked.until, formats.dateTime(asked.until));
      }}
    />
  );
}
