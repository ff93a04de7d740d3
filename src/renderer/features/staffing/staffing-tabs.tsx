import { CalendarSearch, ChartNoAxesCombined, Scale } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import type { CoverageTab } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { DemandPage } from './demand-page.tsx';
import { FairnessPage } from './fairness-page.tsx';
import './staffing.css';
import { YearPage } from './year-page.tsx';

/** What there is to see about the plan besides the plan, for the Coverage screen. */
export function useStaffingTabs(): TabsProps<CoverageTab>['tabs'] {
  const t = useWords('staffing');
  return [
    { value: 'year', label: t('tabs.year'), icon: <CalendarSearch aria-hidden="true" />, content: <YearPage /> },
    { value: 'demand', label: t('tabs.demand'), icon: <ChartNoAxesCombined aria-hidden="true" />, content: <DemandPage /> },
    { value: 'fairness', label: t('tabs.fairness'), icon: <Scale aria-hidden="true" />, content: <FairnessPage /> },
  ];
}
