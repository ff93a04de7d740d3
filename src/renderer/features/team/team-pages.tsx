import { MapPin, ShieldCheck, Users } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import type { SettingsPage } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { HubsPage } from './hubs-page.tsx';
import type { HolidayImportDialog } from './hubs-page.tsx';
import { PeoplePage } from './people-page.tsx';
import { RequirementsPage } from './requirements-page.tsx';

/** The lead's pages about the team, for the settings. */
export function useTeamPages(importDialog: HolidayImportDialog): TabsProps<SettingsPage>['tabs'] {
  const t = useWords('team');
  return [
    { value: 'hubs', label: t('tabs.hubs'), icon: <MapPin aria-hidden="true" />, content: <HubsPage importDialog={importDialog} /> },
    { value: 'people', label: t('tabs.people'), icon: <Users aria-hidden="true" />, content: <PeoplePage /> },
    {
      value: 'requirements',
      label: t('tabs.requirements'),
      icon: <ShieldCheck aria-hidden="true" />,
      content: <RequirementsPage />,
    },
  ];
}
