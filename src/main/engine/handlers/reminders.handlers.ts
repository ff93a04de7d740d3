import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { countReminders, listReminders } from '../store/reminders.store.ts';
import { me } from '../store/settings.store.ts';
import { nextShiftOf } from '../usecases/shift-snooze.ts';
import type { remindersContract } from '../../../shared/contract/reminders.contract.ts';

export function reminderHandlers({ context, book }: EngineServices): HandlersOf<keyof typeof remindersContract> {
  const now = () => context.clock.now();
  return {
    'reminders.list': sql((db, { of, limit }) => {
      const own = me(db)?.agentId ?? null;
      // who has not said who they are has none
      if (of === 'me' && own === null) return { rows: [], total: 0 };
      return listReminders(db, { me: of === 'me' ? own : null, limit });
    }),
    'reminders.counts': sql(
      (db) => {
        const own = me(db)?.agentId ?? null;
        return own === null ? { open: 0, due: 0 } : { open: countReminders(db, own, null), due: countReminders(db, own, now()) };
      },
      ['@clock'],
    ),
    'reminders.nextShifts': sql(
      (db, { caseIds }) => caseIds.flatMap((caseId) => nextShiftOf(db, book, caseId, now()) ?? []),
      ['@plan', '@shift'],
    ),
  };
}
