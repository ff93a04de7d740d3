import { AlarmClock } from 'lucide-react';
import { useWords } from '../../../i18n/use-words.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import type { HandoffsTab } from '../../../state/session.ts';
import type { TabsProps } from '../../../ui/tabs.tsx';
import { RemindersPage } from './reminders-page.tsx';

/** The tab of what is to be thought of, for the Handoffs screen; it counts what is due for me. */
export function useRemindersTab(): TabsProps<HandoffsTab>['tabs'][number] {
  const t = useWords('reminders');
  const due = useLiveValue('reminders.counts', {}, null)?.due ?? 0;
  return {
    value: 'reminders',
    label: due === 0 ? t('page.tab') : t('page.tabDue', { count: due }),
    icon: <AlarmClock aria-hidden="true" />,
    content: <RemindersPage />,
  };
}
