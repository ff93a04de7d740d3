import { CalendarClock, FlaskConical, Timer } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import type { SettingsPage } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { HoursPage } from './hours-page.tsx';
import { PoliciesPage } from './policies-page.tsx';
import { SimulatorPage } from './simulator-page.tsx';

/** The lead's pages about promises, for the settings. */
export function useRulePages(): TabsProps<SettingsPage>['tabs'] {
  const t = useWords('rules');
  return [
    { value: 'hours', label: t('tabs.hours'), icon: <CalendarClock aria-hidden="true" />, content: <HoursPage /> },
    { value: 'policies', label: t('tabs.policies'), icon: <Timer aria-hidden="true" />, content: <PoliciesPage /> },
    { value: 'simulator', label: t('tabs.simulator'), icon: <FlaskConical aria-hidden="true" />, content: <SimulatorPage /> },
  ];
}
