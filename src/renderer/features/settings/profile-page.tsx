import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { AgentCard } from '../../../shared/contract/workspace.contract.ts';
import { errorText } from '../../i18n/error-text.ts';
import { machineZone } from '../../i18n/formats.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { LanguagePicker } from '../../ui/language-picker.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

export function ProfilePage(): ReactNode {
  const t = useWords('settings');
  const workspace = useLive('workspace.get', {});
  return (
    <Page title={t('profile.tab')} lead={t('profile.lead')}>
      <Loaded live={workspace}>{({ me }) => <ProfileForm key={me?.agentId} me={me} />}</Loaded>
    </Page>
  );
}

function ProfileForm({ me }: { readonly me: AgentCard | null }): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  const tErrors = useWords('errors');
  const [name, setName] = useState(me?.name ?? '');
  const [zone, setZone] = useState<string | null>(me?.zone ?? machineZone());
  const [languages, setLanguages] = useState<readonly string[]>(me?.languages ?? []);
  const [isBusy, setBusy] = useState(false);
  const isChanged = name.trim() !== me?.name || zone !== me.zone || languages.join() !== me.languages.join();
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (zone === null || name.trim() === '') return;
    setBusy(true);
    const answer = await call('workspace.setProfile', { opId: newOperationId(), name: name.trim(), zone, languages: [...languages] });
    setBusy(false);
    showToast(
      answer.ok
        ? { title: t('profile.saved'), tone: 'ok' }
        : { title: t('saveFailed'), description: errorText(tErrors, answer.error.code), tone: 'problem' },
    );
  };
  return (
    <form className="settings-form" onSubmit={(event) => void save(event)} noValidate>
      <TextField
        label={t('frame:welcome.name')}
        value={name}
        onChange={setName}
        maxLength={120}
        error={name.trim() === '' ? t('frame:welcome.nameMissing') : undefined}
      />
      <ZonePicker
        label={t('frame:welcome.zone')}
        value={zone}
        onChange={setZone}
        error={zone === null ? t('frame:welcome.zoneMissing') : undefined}
      />
      <LanguagePicker
        label={t('frame:welcome.languages')}
        hint={t('frame:welcome.languagesHint')}
        value={languages}
        onChange={setLanguages}
      />
      <div>
        <Button type="submit" variant="primary" loading={isBusy} disabled={!isChanged}>
          {t('frame:common.save')}
        </Button>
      </div>
    </form>
  );
}
