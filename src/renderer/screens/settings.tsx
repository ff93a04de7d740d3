import type { ReactNode } from 'react';
import { useChannelPages } from '../features/channels/channel-pages.tsx';
import { useHandoffPages } from '../features/handoff-settings/handoff-pages.tsx';
import { useIntakePage } from '../features/intake-settings/intake-page.tsx';
import { useKeysPage } from '../features/keys-settings/keys-page.tsx';
import { useKnowledgePage } from '../features/knowledge-settings/knowledge-page.tsx';
import { useMacrosPage } from '../features/macros-settings/macros-page.tsx';
import { useRoutingPage } from '../features/routing-settings/routing-page.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { HolidayImport } from '../features/sla/holiday-import.tsx';
import { useRulePages } from '../features/sla/rule-pages.tsx';
import { useTeamHubPages } from '../features/team-hub/team-hub-pages.tsx';
import { useTeamPages } from '../features/team/team-pages.tsx';

/** The pages of all features, in the order in which they stand. */
export function Settings(): ReactNode {
  const rules = useRulePages();
  const team = useTeamPages(HolidayImport);
  const handoffs = useHandoffPages();
  const teamHub = useTeamHubPages();
  const channels = useChannelPages();
  const routing = useRoutingPage();
  const macros = useMacrosPage();
  const intake = useIntakePage();
  const keys = useKeysPage();
  const knowledge = useKnowledgePage();
  return <SettingsScreen pages={[keys, ...channels, ...teamHub, ...team, routing, macros, intake, knowledge, ...rules, ...handoffs]} />;
}
