import { Gauge } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import type { HandoffsTab } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { MetricsPage } from './metrics-page.tsx';

/** The tab of the figures about handoffs, for the Handoffs screen. */
export function useMetricsTab(): TabsProps<HandoffsTab>['tabs'][number] {
  const t = useWords('metrics');
  return { value: 'metrics', label: t('tab'), icon: <Gauge aria-hidden="true" />, content: <MetricsPage /> };
}
