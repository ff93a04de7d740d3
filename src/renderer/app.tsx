import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useConnectionState } from './bridge/client.ts';
import { useLive } from './bridge/use-live.ts';
import { ConflictsScreen } from './features/conflicts/conflicts-screen.tsx';
import { CoverageScreen } from './features/coverage/coverage-screen.tsx';
import { CaseParts } from './features/handoff/case/case-parts.tsx';
import { PacketDialog } from './features/handoff/packet/packet-dialog.tsx';
import { useMetricsTab } from './features/handoff-metrics/metrics-tab.tsx';
import { useChannelPages } from './features/channels/channel-pages.tsx';
import { useKnowledgePage } from './features/knowledge-settings/knowledge-page.tsx';
import { useKeysPage } from './features/keys-settings/keys-page.tsx';
import { useIntakePage } from './features/intake-settings/intake-page.tsx';
import { useMacrosPage } from './features/macros-settings/macros-page.tsx';
import { useRoutingPage } from './features/routing-settings/routing-page.tsx';
import { useHandoffPages } from './features/handoff-settings/handoff-pages.tsx';
import { HandoffsScreen } from './features/handoffs/handoffs-screen.tsx';
import { InboxScreen } from './features/inbox/inbox-screen.tsx';
import { useRemindersTab } from './features/inbox/reminders/reminders-tab.tsx';
import { useMyShiftsTab } from './features/my-shifts/my-shifts-tab.tsx';
import { ChangeTimeDialog } from './features/outbox/change-time-dialog.tsx';
import { OutboxScreen } from './features/outbox/outbox-screen.tsx';
import { CommandPalette } from './features/palette/command-palette.tsx';
import { usePromisesTab } from './features/promises/promises-tab.tsx';
import { SettingsScreen } from './features/settings/settings-screen.tsx';
import { HolidayImport } from './features/sla/holiday-import.tsx';
import { useRulePages } from './features/sla/rule-pages.tsx';
import { useStaffingTabs } from './features/staffing/staffing-tabs.tsx';
import { JoinDialog } from './features/team-hub/join/join-dialog.tsx';
import { useTeamHubPages } from './features/team-hub/team-hub-pages.tsx';
import { useTeamPages } from './features/team/team-pages.tsx';
import { WelcomeScreen } from './features/welcome/welcome-screen.tsx';
import { EngineOverlay, StartScreen } from './frame/engine-state.tsx';
import { Frame } from './frame/frame.tsx';
import { DoneList } from './frame/done-list.tsx';
import { HelpDialog } from './frame/help-dialog.tsx';
import { ScreenBoundary } from './frame/screen-boundary.tsx';
import { SwitchPerson } from './frame/switch-person.tsx';
import { useEngineEvents } from './frame/use-engine-events.ts';
import { useFrameActions } from './frame/use-frame-actions.ts';
import { useHistory } from './frame/use-history.ts';
import { useTellPresence } from './frame/use-tell-presence.ts';
import { VaultPrompt } from './frame/vault-prompt.tsx';
import { changeLanguage } from './i18n/i18n.ts';
import { useKeysFollowed } from './state/key-map.ts';
import { usePacketDialog } from './state/packet-dialog.ts';
import { followSettings, useSession } from './state/session.ts';
import { useWriters } from './state/writers.ts';
import { WritersDialog } from './ui/team/writers-dialog.tsx';
import { ToastRegion } from './ui/toast.tsx';

/** The whole page. */
export function App(): ReactNode {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={450}>
        <ToastRegion>
          <Desk />
          <EngineOverlay />
        </ToastRegion>
      </Tooltip.Provider>
    </CSPProvider>
  );
}

/** Start, first run, or the frame with its screens: whatever the workspace is ready for. */
function Desk(): ReactNode {
  const workspace = useLive('workspace.get', {});
  const connection = useConnectionState();
  useSettingsFollowed();
  useEngineEvents();
  if (workspace.state === 'error') return <StartScreen error={workspace.error} />;
  if (workspace.state === 'loading') return <StartScreen error={null} />;
  if (workspace.value.preparing !== null) return <StartScreen error={null} preparing={workspace.value.preparing} />;
  if (!workspace.value.hasProfile) return <WelcomeScreen />;
  return (
    <div className="app-desk" inert={connection === 'stopped'}>
      <Frame workspace={workspace.value}>
        <Screen />
      </Frame>
      <FrameActions workspace={workspace.value.workspace} />
      <CommandPalette />
      <HelpDialog />
      <DoneList />
      <ChangeTimeDialog />
      <PacketDialog />
      <WritersQuestion />
      <JoinDialog />
      <SwitchPerson />
      <VaultPrompt />
    </div>
  );
}

/** Asked while the packet dialog is open, it stands in that. */
function WritersQuestion(): ReactNode {
  const question = useWriters((state) => state.question);
  const isInPacket = usePacketDialog((state) => state.open !== null);
  return <WritersDialog question={isInPacket ? null : question} />;
}

function FrameActions({ workspace }: { readonly workspace: 'main' | 'sample' }): ReactNode {
  useFrameActions(workspace);
  useTellPresence();
  useKeysFollowed();
  useHistory();
  return null;
}

function Screen(): ReactNode {
  const route = useSession((state) => state.route);
  return (
    <ScreenBoundary key={route}>
      {route === 'inbox' && <InboxScreen CaseParts={CaseParts} />}
      {route === 'outbox' && <OutboxScreen />}
      {route === 'handoffs' && <Handoffs />}
      {route === 'conflicts' && <ConflictsScreen />}
      {route === 'coverage' && <Coverage />}
      {route === 'settings' && <Settings />}
    </ScreenBoundary>
  );
}

/** The ledger and the figures stand behind the lanes. */
function Handoffs(): ReactNode {
  const promises = usePromisesTab();
  const reminders = useRemindersTab();
  const metrics = useMetricsTab();
  return <HandoffsScreen tabs={[promises, reminders, metrics]} />;
}

/** Tabs of other features stand behind the plan. */
function Coverage(): ReactNode {
  const staffing = useStaffingTabs();
  const shifts = useMyShiftsTab();
  return <CoverageScreen tabs={[...staffing, shifts]} />;
}

function Settings(): ReactNode {
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

/** Theme, language, density and zone come from the engine and are shown as soon as they change there. */
function useSettingsFollowed(): void {
  const settings = useLive('settings.get', {});
  const workspace = useLive('workspace.get', {});
  const value = settings.state === 'ready' ? settings.value : null;
  const zone = workspace.state === 'ready' ? (workspace.value.me?.zone ?? null) : null;
  const locale = useSession((state) => state.locale);
  useEffect(() => {
    if (value !== null) followSettings(value, zone);
  }, [value, zone]);
  useEffect(() => void changeLanguage(locale), [locale]);
}
