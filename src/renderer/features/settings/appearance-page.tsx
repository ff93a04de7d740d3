import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { LOCALES } from '../../i18n/i18n.ts';
import { saveSettings } from '../../state/save-settings.ts';
import { useSession } from '../../state/session.ts';
import { Select } from '../../ui/select.tsx';
import { Page } from '../../ui/page.tsx';

const THEMES = ['system', 'light', 'dark'] as const;
const DENSITIES = ['comfortable', 'compact'] as const;

export function AppearancePage(): ReactNode {
  const t = useWords('settings');
  const theme = useSession((state) => state.theme);
  const locale = useSession((state) => state.locale);
  const density = useSession((state) => state.density);
  return (
    <Page title={t('appearance.tab')} lead={t('appearance.lead')}>
      <div className="settings-form">
        <Select
          label={t('appearance.theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`appearance.themes.${value}`) }))}
          onChange={(next) => void saveSettings({ theme: next })}
        />
        <Select
          label={t('appearance.language')}
          value={locale}
          options={LOCALES}
          onChange={(next) => void saveSettings({ locale: next })}
        />
        <Select
          label={t('appearance.density')}
          hint={t('appearance.densityHint')}
          value={density}
          options={DENSITIES.map((value) => ({ value, label: t(`appearance.densities.${value}`) }))}
          onChange={(next) => void saveSettings({ density: next })}
        />
      </div>
    </Page>
  );
}
