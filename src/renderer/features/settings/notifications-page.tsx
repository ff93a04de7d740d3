import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import { saveSettings } from '../../state/save-settings.ts';
import { Switch } from '../../ui/check.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

export function NotificationsPage(): ReactNode {
  const t = useWords('settings');
  const settings = useLive('settings.get', {});
  return (
    <Page title={t('notifications.tab')} lead={t('notifications.lead')}>
      <Loaded live={settings}>
        {(value) => (
          <div className="settings-form">
            <Switch
              label={t('notifications.enable')}
              hint={t('notifications.enableHint')}
              checked={value.notifications}
              onChange={(notifications) => void saveSettings({ notifications })}
            />
            <Switch
              label={t('notifications.onShift')}
              hint={t('notifications.onShiftHint')}
              checked={value.onShift}
              onChange={(onShift) => void saveSettings({ onShift })}
            />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
