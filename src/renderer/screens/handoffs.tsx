import type { ReactNode } from 'react';
import { useMetricsTab } from '../features/handoff-metrics/metrics-tab.tsx';
import { HandoffsScreen } from '../features/handoffs/handoffs-screen.tsx';
import { useRemindersTab } from '../features/inbox/reminders/reminders-tab.tsx';
import { usePromisesTab } from '../features/promises/promises-tab.tsx';

/** The ledger and the figures stand behind the lanes. */
export function Handoffs(): ReactNode {
  const promises = usePromisesTab();
  const reminders = useRemindersTab();
  const metrics = useMetricsTab();
  return <HandoffsScreen tabs={[promises, reminders, metrics]} />;
}
