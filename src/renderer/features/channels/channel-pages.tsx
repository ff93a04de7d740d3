import { MessagesSquare } from 'lucide-react';
import { useWords } from '../../i18n/use-words.ts';
import type { SettingsPage } from '../../state/session.ts';
import type { TabsProps } from '../../ui/tabs.tsx';
import { ChannelsPage } from './channels-page.tsx';

/** Settings pages of channels beside mail. */
export function useChannelPages(): TabsProps<SettingsPage>['tabs'] {
  const t = useWords('channels');
  return [{ value: 'channels', label: t('tab'), icon: <MessagesSquare aria-hidden="true" />, content: <ChannelsPage /> }];
}
