import type { ReactNode } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { FOLLOW_UP_AFTER_MS } from '../../../../shared/domain/reminder/follow-up.ts';
import { reminded } from '../../../../shared/domain/reminder/reminders.ts';
import type { Reminder } from '../../../../shared/domain/reminder/reminders.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { after, HOUR_MS } from '../../../../shared/domain/time.ts';
import type { Formats } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useNow } from '../../../state/clock-store.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { nextDayIn } from '../../../ui/date-range.ts';
import { Mark } from './mark.tsx';
import { rowIcons } from './row-icons.ts';

/** Until when, and for what, a case sleeps. */
export function useSnoozeText({ snoozedUntil, snoozedFor }: Pick<CaseRow, 'snoozedUntil' | 'snoozedFor'>): string {
  const t = useWords('reminders');
  const inboxText = useWords('inbox');
  const formats = useFormats();
  if (snoozedUntil === null) return '';
  const at = formats.dateTime(snoozedUntil);
  if (snoozedFor === null) return inboxText('flag.snoozed', { at });
  return t(snoozedFor === 'reply' ? 'snooze.untilReply' : 'snooze.untilShift', { at });
}

const SNOOZE_ICONS = {
  time: rowIcons.timer,
  reply: rowIcons.messageCircleReply,
  shift: rowIcons.users,
};

export function SnoozeMark({ row }: { readonly row: CaseRow }): ReactNode {
  const text = useSnoozeText(row);
  if (text === '') return null;
  return (
    <Mark text={text} tone="paused">
      {SNOOZE_ICONS[row.snoozedFor ?? 'time']}
    </Mark>
  );
}

/** The same in a few words for the eye, in front of what was written last; the mark says it to everybody else. */
export function WakesAt({ row }: { readonly row: CaseRow }): ReactNode {
  const t = useWords('reminders');
  const formats = useFormats();
  const { snoozedUntil, snoozedFor } = row;
  const now = useNow((from) => (snoozedUntil === null ? null : nextDayIn(formats.zone)(from)));
  if (snoozedUntil === null) return null;
  const key = ({ time: 'snooze.short', reply: 'snooze.shortReply', shift: 'snooze.shortShift' } as const)[snoozedFor ?? 'time'];
  return (
    <span className="ib-wakes tabular" aria-hidden="true">
      {t(key, { at: formats.soonTime(snoozedUntil, now) })} ·{' '}
    </span>
  );
}

/** What a reminder says of itself: when, for whom if not for the reader, and of what. */
export function useReminderText(): (reminder: Reminder) => string {
  const t = useWords('reminders');
  const formats = useFormats();
  const names = useTeamNames();
  return (reminder) => {
    const at = formats.dateTime(reminder.at);
    const mark =
      reminder.forId === null || reminder.forId === names.me
        ? t('reminder.mark', { at })
        : t('reminder.markFor', { at, name: names.agent(reminder.forId) });
    return reminder.note === '' ? mark : t('reminder.markNote', { mark, note: reminder.note });
  };
}

/** The next reminder of a case: mine before those of others. */
export function ReminderMark({ row }: { readonly row: CaseRow }): ReactNode {
  const { me } = useTeamNames();
  const text = useReminderText();
  const reminder = row.reminders.find((each) => reminded(each, row.assigneeId) === me) ?? row.reminders[0];
  const at = reminder?.at ?? null;
  const now = useNow((from) => (at !== null && at > from ? at : null));
  if (reminder === undefined) return null;
  return (
    <Mark text={text(reminder)} tone={reminder.at <= now ? 'breach' : 'accent'}>
      {rowIcons.alarmClock}
    </Mark>
  );
}

/** For how long the customer has heard nothing, in whole hours; null while that is less than a day. */
export function useSilence(row: Pick<CaseRow, 'followUpAt' | 'status' | 'bot'>): { readonly span: string; readonly since: Instant } | null {
  const formats = useFormats();
  const due = row.status === 'solved' || row.bot !== null ? null : row.followUpAt;
  const now = useNow((from) => (due === null ? null : nextHour(due, from)));
  if (due === null || due > now) return null;
  return { span: spanOf(formats, due, now), since: after(due, -FOLLOW_UP_AFTER_MS) };
}

function nextHour(due: Instant, from: Instant): Instant {
  return due > from ? due : after(due, (Math.floor((from - due) / HOUR_MS) + 1) * HOUR_MS);
}

function spanOf(formats: Formats, due: Instant, now: Instant): string {
  return formats.duration(FOLLOW_UP_AFTER_MS + Math.floor((now - due) / HOUR_MS) * HOUR_MS);
}

export function FollowUpMark({ row }: { readonly row: CaseRow }): ReactNode {
  const t = useWords('reminders');
  const silence = useSilence(row);
  if (silence === null) return null;
  return (
    <Mark text={t('followUp.mark', { span: silence.span })} tone="soon">
      {rowIcons.messageCircleWarning}
    </Mark>
  );
}
