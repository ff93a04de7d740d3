import { Bell, Info, Mailbox, Palette, PenLine, Send, ShieldCheck, UserRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useSession } from '../../state/session.ts';
import type { SettingsPage } from '../../state/session.ts';
import { Tabs } from '../../ui/tabs.tsx';
import type { TabsProps } from '../../ui/tabs.tsx';
import { AboutPage } from './about-page.tsx';
import { AppearancePage } from './appearance-page.tsx';
import { AssistantPage } from './assistant-page.tsx';
import { GuardPage } from './guard-page.tsx';
import { MailboxesPage } from './mailboxes/mailboxes-page.tsx';
import { NotificationsPage } from './notifications-page.tsx';
import { ProfilePage } from './profile-page.tsx';
import { SendingPage } from './sending-page.tsx';
import './settings.css';

export interface SettingsScreenProps {
  /** Pages of other features, shown before the last. */
  readonly pages?: TabsProps<SettingsPage>['tabs'] | undefined;
}

export function SettingsScreen({ pages = [] }: SettingsScreenProps): ReactNode {
  const t = useWords('settings');
  const tGuard = useWords('guard');
  const tAssistant = useWords('assistant');
  const page = useSession((state) => state.settingsPage);
  const place = useFocusOnPage(page);
  return (
    <div ref={place} className="settings">
      <h1 className="settings-title">{t('title')}</h1>
      <Tabs<SettingsPage>
        className="settings-tabs"
        orientation="vertical"
        label={t('pages')}
        value={page}
        onChange={(settingsPage) => useSession.setState({ settingsPage })}
        tabs={[
          { value: 'profile', label: t('profile.tab'), icon: <UserRound aria-hidden="true" />, content: <ProfilePage /> },
          { value: 'appearance', label: t('appearance.tab'), icon: <Palette aria-hidden="true" />, content: <AppearancePage /> },
          { value: 'mailboxes', label: t('mailboxes.tab'), icon: <Mailbox aria-hidden="true" />, content: <MailboxesPage /> },
          { value: 'sending', label: t('sending.tab'), icon: <Send aria-hidden="true" />, content: <SendingPage /> },
          { value: 'notifications', label: t('notifications.tab'), icon: <Bell aria-hidden="true" />, content: <NotificationsPage /> },
          { value: 'guard', label: tGuard('page.tab'), icon: <ShieldCheck aria-hidden="true" />, content: <GuardPage /> },
          { value: 'assistant', label: tAssistant('page.tab'), icon: <PenLine aria-hidden="true" />, content: <AssistantPage /> },
          ...pages,
          { value: 'about', label: t('about.tab'), icon: <Info aria-hidden="true" />, content: <AboutPage /> },
        ]}
      />
    </div>
  );
}

/** By then the palette is gone and has given the focus back, perhaps to what is gone as well. */
const TRIES = 10;
const TRY_EVERY_MS = 50;

/**
 * Who came by a key or by the palette, and has the focus nowhere, goes on from the name of the page: from the begin of the window it would be
 * twenty presses. Whoever holds the focus keeps it.
 */
function useFocusOnPage(page: SettingsPage): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const isPaletteOpen = useSession((state) => state.isPaletteOpen);
  useEffect(() => {
    if (isPaletteOpen) return undefined;
    let tries = 0;
    const timer = setInterval(() => {
      tries += 1;
      const isNowhere = document.activeElement === null || document.activeElement === document.body;
      // nothing takes it while the palette fades
      if (isNowhere) place.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
      if (tries === TRIES || place.current?.contains(document.activeElement) === true) clearInterval(timer);
    }, TRY_EVERY_MS);
    return () => clearInterval(timer);
  }, [page, isPaletteOpen]);
  return place;
}
