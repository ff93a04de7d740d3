import { Handshake } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import type { HandoffsTab } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { PromisesPage } from './promises-page.tsx';

/** The tab of the promise ledger, for the Handoffs screen; it counts what I owe. */
export function usePromisesTab(): TabsProps<HandoffsTab>['tabs'][number] {
  const t = useWords('promises');
  const open = useLiveValue('promises.counts', {}, null)?.open ?? 0;
  return {
    value: 'promises',
    label: open === 0 ? t('tab') : t('tabOpen', { count: open }),
    icon: <Handshake aria-hidden="true" />,
    content: <PromisesPage />,
  };
}
