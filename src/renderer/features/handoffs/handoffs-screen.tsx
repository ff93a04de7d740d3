import { ArrowLeftRight, Sunrise, Sunset } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useMe } from '../../state/roster.ts';
import { useSession } from '../../state/session.ts';
import type { HandoffsTab } from '../../state/session.ts';
import { TabbedScreen } from '../../ui/tabbed-screen.tsx';
import type { TabsProps } from '../../ui/tabs.tsx';
import { BriefTab } from './brief/brief-tab.tsx';
import { belongTo } from './handoffs.store.ts';
import { LanesTab } from './lanes/lanes-tab.tsx';
import { SweepTab } from './sweep/sweep-tab.tsx';

export interface HandoffsScreenProps {
  /** Tabs of other features, behind those of this one. */
  readonly tabs?: TabsProps<HandoffsTab>['tabs'] | undefined;
}

/** How cases change hands: what is offered, the end and the begin of a turn, and whatever else there is to see about it. */
export function HandoffsScreen({ tabs = [] }: HandoffsScreenProps): ReactNode {
  const t = useWords('lanes');
  const tab = useSession((state) => state.handoffsTab);
  const me = useMe()?.agentId ?? null;
  useEffect(() => {
    if (me !== null) belongTo(me);
  }, [me]);
  const all: TabsProps<HandoffsTab>['tabs'] = [
    { value: 'lanes', label: t('tab.lanes'), icon: <ArrowLeftRight aria-hidden="true" />, content: <LanesTab /> },
    { value: 'sweep', label: t('tab.sweep'), icon: <Sunset aria-hidden="true" />, content: <SweepTab /> },
    { value: 'brief', label: t('tab.brief'), icon: <Sunrise aria-hidden="true" />, content: <BriefTab /> },
    ...tabs,
  ];
  return (
    <TabbedScreen<HandoffsTab>
      title={t('title')}
      label={t('tabs')}
      value={tab}
      onChange={(handoffsTab) => useSession.setState({ handoffsTab })}
      tabs={all}
    />
  );
}
