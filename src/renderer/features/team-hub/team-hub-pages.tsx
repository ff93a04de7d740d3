import { Waypoints } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import type { SettingsPage } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { TeamHubPage } from './team-hub-page.tsx';

/** The panel of the team on a hub, for the settings. */
export function useTeamHubPages(): TabsProps<SettingsPage>['tabs'] {
  const t = useWords('hub');
  return [{ value: 'team-hub', label: t('tab'), icon: <Waypoints aria-hidden="true" />, content: <TeamHubPage /> }];
}
