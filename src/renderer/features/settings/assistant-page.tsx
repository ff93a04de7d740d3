import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useWords } from '../../i18n/use-words.ts';
import type { AssistantView } from '../../../shared/contract/bot.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLive, useLiveValue } from '../../bridge/use-live.ts';
import { CreateVaultDialog, UnlockVaultDialog } from '../../frame/vault-dialogs.tsx';
import { assistantError } from '../../i18n/assistant-error.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import { TextField } from '../../ui/field.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

/** How many messages leave at most; the engine decides it. */
const LAST_MESSAGES = 12;
/** As the contract has it: encrypted, or on this computer. */
const ADDRESS = /^(https:\/\/[^\s/@?#]+|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?)(\/[^\s@?#]*)?$/u;

/** The service that may draft replies: off until a lead has entered where it is. */
export function AssistantPage(): ReactNode {
  const t = useWords('assistant');
  const view = useLive('assistant.get', {});
  return (
    <Page title={t('page.title')} lead={t('page.lead')}>
      <Loaded live={view}>{(value) => <Form key={JSON.stringify(value)} view={value} />}</Loaded>
    </Page>
  );
}

/** The key is kept for the service that it was entered for, and for no other. */
function keyHint(t: TFunction<'assistant'>, { hasKey, settings }: AssistantView, address: string): string {
  if (!hasKey) return t('page.keyNone');
  return originOf(address) === originOf(settings.address) ? t('page.keyKept') : t('page.keyAgain');
}

function originOf(address: string): string {
  return URL.canParse(address.trim()) ? new URL(address.trim()).origin : '';
}

function Form({ view }: { readonly view: AssistantView }): ReactNode {
  const t = useWords('assistant');
  const [settings, setSettings] = useState(view.settings);
  const [key, setKey] = useState('');
  const [isSaving, setSaving] = useState(false);
  /** What the vault needs before the key can be kept; what was typed stays. */
  const [vault, setVault] = useState<'create' | 'unlock' | null>(null);
  const status = useLiveValue('vault.status', {}, null);
  const disabled = !view.canChange;
  const isBad = settings.address.trim() !== '' && !ADDRESS.test(settings.address.trim());

  const save = async (): Promise<void> => {
    setVault(null);
    setSaving(true);
    const answer = await call('assistant.save', { opId: newOperationId(), settings, key: key.trim() === '' ? null : key.trim() });
    setSaving(false);
    if (answer.ok) {
      setKey('');
      showToast({ title: t('page.saved'), tone: 'ok' });
    } else if (answer.error.code === 'vault-empty') setVault('create');
    else if (answer.error.code === 'vault-locked') setVault('unlock');
    else showToast({ title: assistantError(t, answer.error.code), tone: 'problem' });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  const closeVault = (open: boolean): void => {
    if (!open) setVault(null);
  };

  return (
    <>
      <form className="settings-form" aria-label={t('page.title')} onSubmit={submit}>
        <p className="muted">{t('page.leaves', { count: LAST_MESSAGES })}</p>
        {disabled && <p className="muted">{t('page.onlyLeads')}</p>}
        <Switch label={t('page.on')} checked={settings.isOn} disabled={disabled} onChange={(isOn) => setSettings({ ...settings, isOn })} />
        <TextField
          label={t('page.address')}
          hint={t('page.addressHint')}
          error={isBad ? t('page.addressBad') : null}
          value={settings.address}
          disabled={disabled}
          inputMode="url"
          spellCheck={false}
          onChange={(address) => setSettings({ ...settings, address })}
        />
        <TextField
          label={t('page.model')}
          value={settings.model}
          disabled={disabled}
          spellCheck={false}
          onChange={(model) => setSettings({ ...settings, model })}
        />
        <TextField
          label={t('page.key')}
          hint={keyHint(t, view, settings.address)}
          type="password"
          autoComplete="off"
          value={key}
          disabled={disabled}
          onChange={setKey}
        />
        <div>
          <Button type="submit" variant="primary" loading={isSaving} disabled={disabled || isBad}>
            {t('page.save')}
          </Button>
        </div>
      </form>
      <CreateVaultDialog open={vault === 'create'} onOpenChange={closeVault} onReady={() => void save()} status={status} />
      <UnlockVaultDialog open={vault === 'unlock'} onOpenChange={closeVault} onReady={() => void save()} />
    </>
  );
}
