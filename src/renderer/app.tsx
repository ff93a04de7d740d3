import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useConnectionState } from './bridge/client.ts';
import { useLive } from './bridge/use-live.ts';
import { CaseParts } from './features/handoff/case/case-parts.tsx';
import { InboxScreen } from './features/inbox/inbox-screen.tsx';
import { WelcomeScreen } from './features/welcome/welcome-screen.tsx';
import { DialogsBoundary } from './frame/dialogs-boundary.tsx';
import { EngineOverlay, StartScreen } from './frame/engine-state.tsx';
import { Frame } from './frame/frame.tsx';
import { ScreenBoundary } from './frame/screen-boundary.tsx';
import { useEngineEvents } from './frame/use-engine-events.ts';
import { useFrameActions } from './frame/use-frame-actions.ts';
import { useHistory } from './frame/use-history.ts';
import { useTellPresence } from './frame/use-tell-presence.ts';
import { changeLanguage } from './i18n/i18n.ts';
import { useKeysFollowed } from './state/key-map.ts';
import { whenIdle } from './screens/when-idle.ts';
import { bringScreens, conflicts, coverage, dialogs, handoffs, outbox, settings } from './screens/screens.ts';
import { followSettings, useSession } from './state/session.ts';
import { ToastRegion } from './ui/toast.tsx';

/** So long the first picture has the page to itself, if it is never idle. */
const LATER_MS = 1_500;

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
      <Later />
    </div>
  );
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
      {route === 'outbox' && <outbox.Screen />}
      {route === 'handoffs' && <handoffs.Screen />}
      {route === 'conflicts' && <conflicts.Screen />}
      {route === 'coverage' && <coverage.Screen />}
      {route === 'settings' && <settings.Screen />}
    </ScreenBoundary>
  );
}

/** The dialogs, as soon as the page has time for them or one of them is asked for; the other screens come behind. */
function Later(): ReactNode {
  const [isTime, setTime] = useState(false);
  const isAsked = useSession((state) => state.isPaletteOpen || state.isHelpOpen);
  useEffect(() => whenIdle(() => setTime(true), LATER_MS), []);
  useEffect(() => (isTime ? bringScreens() : undefined), [isTime]);
  return <DialogsBoundary isAsked={isAsked}>{(isTime || isAsked) && <dialogs.Screen />}</DialogsBoundary>;
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
