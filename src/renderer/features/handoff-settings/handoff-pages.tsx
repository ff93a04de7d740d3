import { ArrowLeftRight, MailCheck } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import type { SettingsPage } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { AcknowledgementsPage } from './acknowledgements-page.tsx';
import { HandoffRulesPage } from './handoff-rules-page.tsx';

/** The lead's pages about handoffs and automatic answers, for the settings. */
export function useHandoffPages(): TabsProps<SettingsPage>['tabs'] {
  const t = useWords('handoffSettings');
  return [
    { value: 'handoffs', label: t('tabs.handoffs'), icon: <ArrowLeftRight aria-hidden="true" />, content: <HandoffRulesPage /> },
    {
      value: 'acknowledgements',
      label: t('tabs.acknowledgements'),
      icon: <MailCheck aria-hidden="true" />,
      content: <AcknowledgementsPage />,
    },
  ];
}
