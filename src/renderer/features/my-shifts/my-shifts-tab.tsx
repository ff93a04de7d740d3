import { CalendarHeart } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import type { CoverageTab } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { MyShiftsScreen } from './my-shifts-screen.tsx';

/** The tab of one's own shifts, for the Coverage screen; it counts what was changed and not seen yet. */
export function useMyShiftsTab(): TabsProps<CoverageTab>['tabs'][number] {
  const t = useWords('shifts');
  const notices = useLiveValue('plan.mine', {}, null)?.notices.length ?? 0;
  return {
    value: 'shifts',
    label: notices === 0 ? t('tab') : t('tabNotices', { count: notices }),
    icon: <CalendarHeart aria-hidden="true" />,
    content: <MyShiftsScreen />,
  };
}
