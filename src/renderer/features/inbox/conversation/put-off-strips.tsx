import { AlarmClock, ChevronDown, MessageCircleWarning } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { Reminder } from '../../../../shared/domain/reminder/reminders.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { clock, useNow } from '../../../state/clock-store.ts';
import { useSession } from '../../../state/session.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { clearReminder, moveReminder } from '../actions/reminder-actions.ts';
import { snoozeTimes } from '../actions/snooze-times.ts';
import { openReminder, startWriting } from '../inbox-store.ts';
import { useSilence } from '../list/put-off-marks.tsx';
import './put-off-strips.css';

const MOST_SHOWN = 4;

/** Above the reply: that the customer has heard nothing for a day, and what somebody is to think of. */
export function PutOffStrips({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('reminders');
  return (
    <>
      <FollowUp detail={detail} />
      {detail.reminders.length > 0 && (
        <ul className="ib-put-off" aria-label={t('reminder.label')}>
          {detail.reminders.slice(0, MOST_SHOWN).map((reminder) => (
            <ReminderLine key={reminder.reminderId} detail={detail} reminder={reminder} />
          ))}
        </ul>
      )}
    </>
  );
}

function FollowUp({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('reminders');
  const formats = useFormats();
  const silence = useSilence(detail);
  if (silence === null) return null;
  return (
    <section className="ib-put-off ib-put-off-line" data-tone="soon" aria-label={t('followUp.title')}>
      <MessageCircleWarning aria-hidden="true" />
      <p>
        {t('followUp.text', { since: formats.dateTime(detail.waitingSince ?? silence.since), span: silence.span })}{' '}
        {detail.asked !== null && t('followUp.asked', { count: detail.asked.count })}
      </p>
      <Button size="sm" shortcut="r" onClick={() => startWriting(detail.caseId, 'reply')}>
        {t('followUp.write')}
      </Button>
    </section>
  );
}

function ReminderLine({ detail: { caseId }, reminder }: { readonly detail: CaseDetail; readonly reminder: Reminder }): ReactNode {
  const t = useWords('reminders');
  const formats = useFormats();
  const names = useTeamNames();
  const now = useNow((from) => (reminder.at > from ? reminder.at : null));
  const isDue = reminder.at <= now;
  const what = reminder.note === '' ? t('reminder.noNote') : reminder.note;
  const at = formats.dateTime(reminder.at);
  const facts = [
    t(isDue ? 'reminder.due' : 'reminder.coming', { at }),
    reminder.forId === null ? '' : names.agent(reminder.forId),
    reminder.isForSilence ? t('reminder.ifSilent') : '',
  ];
  return (
    <li className="ib-put-off-line" data-tone={isDue ? 'breach' : undefined}>
      <AlarmClock aria-hidden="true" />
      <p>
        <strong dir="auto">{what}</strong> <span className="tabular">{facts.filter((each) => each !== '').join(' · ')}</span>
      </p>
      <Button size="sm" onClick={() => void clearReminder([caseId], reminder.reminderId, 'done')}>
        {t('reminder.doneButton')}
      </Button>
      <ReminderMenu caseId={caseId} reminder={reminder} what={what} />
    </li>
  );
}

/** Later, at another time, or never. */
export function ReminderMenu({
  caseId,
  reminder,
  what,
}: {
  readonly caseId: CaseDetail['caseId'];
  readonly reminder: Reminder;
  readonly what: string;
}): ReactNode {
  const t = useWords('reminders');
  const formats = useFormats();
  const zone = useSession((state) => state.zone);
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" aria-label={t('reminder.more', { what })}>
          {t('reminder.later')}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
    >
      {snoozeTimes(clock.now(), { zone }).map(({ preset, until }) => (
        <MenuItem key={preset} detail={formats.weekdayTimeIn(until, zone)} onSelect={() => void moveReminder(caseId, reminder, until)}>
          {t(`when.${preset}`)}
        </MenuItem>
      ))}
      <MenuItem onSelect={() => openReminder([caseId], reminder)}>{t('reminder.laterAt')}</MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={() => void clearReminder([caseId], reminder.reminderId, 'cancelled')}>
        {t('reminder.cancel')}
      </MenuItem>
    </Menu>
  );
}
