import { CalendarRange } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../state/session.ts';
import type { CoverageTab } from '../../state/session.ts';
import { TabbedScreen } from '../../ui/tabbed-screen.tsx';
import type { TabsProps } from '../../ui/tabs.tsx';
import { PlannerScreen } from './planner/planner-screen.tsx';

export interface CoverageScreenProps {
  /** Tabs of other features, behind the plan. */
  readonly tabs?: TabsProps<CoverageTab>['tabs'] | undefined;
}

/** Who works when: the plan, and whatever else there is to see about it. */
export function CoverageScreen({ tabs = [] }: CoverageScreenProps): ReactNode {
  const t = useWords('plan');
  const tab = useSession((state) => state.coverageTab);
  const all: TabsProps<CoverageTab>['tabs'] = [
    { value: 'plan', label: t('tab'), icon: <CalendarRange aria-hidden="true" />, content: <PlannerScreen /> },
    ...tabs,
  ];
  return (
    <TabbedScreen<CoverageTab>
      title={t('title')}
      label={t('tabs')}
      value={tab}
      onChange={(coverageTab) => useSession.setState({ coverageTab })}
      tabs={all}
    />
  );
}
