import { useWords } from '../../../i18n/use-words.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useSession } from '../../../state/session.ts';
import { openHandoffs } from '../../../state/session.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { isComposerAwaited, openNoReply, openReminder, targetCaseIds, useInbox } from '../inbox-store.ts';
import { applyAction } from './apply-actions.ts';
import { clearReminder } from './reminder-actions.ts';

/** Reminders, and what needs no reply: for keyboard, palette and menus. */
export function usePutOffCommands(): readonly Action[] {
  const t = useWords('reminders');
  const isChosen = (): boolean => !isComposerAwaited() && useSession.getState().route === 'inbox' && targetCaseIds().length > 0;
  const rows = (): readonly CaseRow[] => {
    const ids = new Set(targetCaseIds());
    return useInbox.getState().rows.filter((row) => ids.has(row.caseId));
  };
  // a case that left the list is not known here; the engine knows what there is
  const some = (fits: (row: CaseRow) => boolean) => () => isChosen() && (rows().length === 0 || rows().some(fits));
  const command = (
    id: string,
    label: string,
    keys: readonly string[],
    work: (ids: readonly CaseId[]) => void,
    when = isChosen,
  ): Action => ({
    id,
    label,
    keys,
    area: 'case',
    when,
    run: () => work(targetCaseIds()),
  });
  const hasReminder = some((row) => row.reminders.length > 0);
  return [
    command('case.remind', t('reminder.command'), ['b'], (ids) => openReminder(ids)),
    command('case.reminderDone', t('reminder.doneCommand'), ['shift+d'], (ids) => void clearReminder(ids, null, 'done'), hasReminder),
    command(
      'case.reminderMove',
      t('reminder.moveCommand'),
      [],
      (ids) => {
        const [row] = rows();
        const [reminder] = row?.reminders ?? [];
        if (row !== undefined && reminder !== undefined && ids.length === 1) openReminder([row.caseId], reminder);
      },
      () => hasReminder() && targetCaseIds().length === 1 && rows().length === 1,
    ),
    command('case.reminderCancel', t('reminder.cancelCommand'), [], (ids) => void clearReminder(ids, null, 'cancelled'), hasReminder),
    command(
      'case.noReplyNeededFor',
      t('noReply.command'),
      [],
      openNoReply,
      some((row) => row.waitingSince !== null),
    ),
    command('case.replyNeeded', t('noReply.undo'), [], (ids) => {
      void applyAction(ids, { kind: 'reply-needed' }, (count) => t('noReply.undone', { count }));
    }),
    { id: 'go.reminders', label: t('page.go'), keys: ['g n'], area: 'navigation', run: () => openHandoffs('reminders') },
  ];
}
