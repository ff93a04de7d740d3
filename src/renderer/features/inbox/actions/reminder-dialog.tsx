import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { isId } from '../../../../shared/domain/ids.ts';
import type { Reminder } from '../../../../shared/domain/reminder/reminders.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useRosterIndex } from '../../../state/roster.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Checkbox } from '../../../ui/check.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useInbox } from '../inbox-store.ts';
import './case-picker.css';
import { setReminder } from './reminder-actions.ts';
import { useRowsOf } from './rows-of.ts';
import { useClocks } from './use-clocks.ts';
import { WhenList } from './when-list.tsx';

const LONGEST_NOTE = 500;
const OWNER = 'owner';

function close(): void {
  useInbox.setState({ reminding: null });
}

/** When somebody is to be reminded of a case, of what, and who. */
export function ReminderDialog(): ReactNode {
  const t = useWords('reminders');
  const asked = useInbox((state) => state.reminding);
  const count = asked?.caseIds.length ?? 0;
  const title =
    asked !== null && asked.reminder !== null ? t('reminder.change') : count > 1 ? t('reminder.titleMany', { count }) : t('reminder.title');
  return (
    <Dialog open={asked !== null} onOpenChange={close} size="md" title={title}>
      {asked !== null && <ReminderForm key={asked.reminder?.reminderId ?? 'new'} caseIds={asked.caseIds} reminder={asked.reminder} />}
    </Dialog>
  );
}

function ReminderForm({ caseIds, reminder }: { readonly caseIds: readonly CaseId[]; readonly reminder: Reminder | null }): ReactNode {
  const t = useWords('reminders');
  const rows = useRowsOf(caseIds);
  const clocks = useClocks(rows);
  const { agents } = useRosterIndex();
  const { me } = useTeamNames();
  const [note, setNote] = useState(reminder?.note ?? '');
  const [chosen, setWho] = useState<string | null>(reminder === null ? null : (reminder.forId ?? OWNER));
  // of a colleague's case whoever sets it means themselves; of one's own, or of one that may become anybody's, it goes along
  const isOthers = me !== null && rows.some((row) => row.assigneeId !== null && row.assigneeId !== me);
  const who = chosen ?? (isOthers ? me : OWNER);
  const [isForSilence, setForSilence] = useState(reminder?.isForSilence ?? false);
  const colleagues = [...agents.values()]
    .filter((agent) => agent.isActive && agent.agentId !== me)
    .sort((a, b) => a.name.localeCompare(b.name));
  const people = [
    { value: OWNER, label: t('reminder.owner') },
    ...(me === null ? [] : [{ value: me, label: t('reminder.me') }]),
    ...colleagues.map((agent) => ({ value: agent.agentId, label: agent.name })),
  ];
  const pick = (at: Instant, typed: string): void => {
    close();
    const forId = isId('agt', who) ? who : null;
    void setReminder(caseIds, reminder?.reminderId ?? null, { at, note: (typed === '' ? note : typed).trim(), forId, isForSilence });
  };
  return (
    <WhenList
      clocks={clocks}
      label={t('reminder.title')}
      submit={reminder === null ? t('reminder.set') : t('reminder.save')}
      startAt={reminder?.at}
      takesNote
      onPick={pick}
    >
      <div className="ib-reminder-fields">
        <TextField
          label={t('reminder.note')}
          placeholder={t('reminder.notePlaceholder')}
          dir="auto"
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={setNote}
        />
        <Combobox label={t('reminder.who')} value={who} onChange={(next) => setWho(next ?? OWNER)} options={people} />
        <Checkbox label={t('reminder.silence')} checked={isForSilence} onChange={setForSilence} />
      </div>
    </WhenList>
  );
}
