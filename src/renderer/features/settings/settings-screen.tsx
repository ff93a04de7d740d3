import { Bell, Info, Mailbox, Palette, PenLine, Send, ShieldCheck, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
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
  return (
    <div className="settings">
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
