import i18next from 'i18next';
import type { CaseId, ReminderId } from '../../../../shared/domain/ids.ts';
import type { ReminderTerms } from '../../../../shared/domain/case-actions.ts';
import type { Reminder } from '../../../../shared/domain/reminder/reminders.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { formatsFor } from '../../../i18n/formats.ts';
import { useSession } from '../../../state/session.ts';
import { applyAction } from './apply-actions.ts';

const words = () => i18next.getFixedT(null, 'reminders');

/** Sets a reminder on each of these cases, or changes the one of this id. */
export async function setReminder(caseIds: readonly CaseId[], reminderId: ReminderId | null, terms: ReminderTerms): Promise<boolean> {
  const { locale, zone } = useSession.getState();
  const at = formatsFor(locale, zone).dateTime(terms.at);
  return applyAction(caseIds, { kind: 'remind', reminderId, ...terms }, (count) => words()('reminder.done', { count, at }));
}

/** The same reminder at another time. */
export async function moveReminder(caseId: CaseId, { reminderId, note, forId, isForSilence }: Reminder, at: Instant): Promise<boolean> {
  return setReminder([caseId], reminderId, { at, note, forId, isForSilence });
}

/** Without an id: the next one of each case. */
export async function clearReminder(caseIds: readonly CaseId[], reminderId: ReminderId | null, as: 'done' | 'cancelled'): Promise<boolean> {
  return applyAction(caseIds, { kind: 'clear-reminder', reminderId, as }, (count) =>
    words()(as === 'done' ? 'reminder.cleared' : 'reminder.cancelled', { count }),
  );
}
