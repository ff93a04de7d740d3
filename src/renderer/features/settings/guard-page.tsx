import { Plus, ShieldCheck, ShieldX, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import type { GuardView, OfficialRegistrySettings } from '../../../shared/contract/guard.contract.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLive } from '../../bridge/use-live.ts';
import { errorText } from '../../i18n/error-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast } from '../../ui/toast.tsx';
import { AuditLog } from './audit-log.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

/** Who the team is, what customers are told, what is kept of secrets, and who looked at them. */
export function GuardPage(): ReactNode {
  const t = useWords('guard');
  const view = useLive('guard.view', {});
  return (
    <Page title={t('page.tab')} lead={t('page.lead')}>
      <Loaded live={view}>
        {(value) => (
          <>
            {value.vault !== 'ready' && (
              <p className="settings-guard-closed" role="status">
                <ShieldX aria-hidden="true" />
                {t('page.vaultClosed')}
              </p>
            )}
            {!value.canChange && <p className="muted">{t('page.onlyLeads')}</p>}
            <Rules view={value} />
            <Registry key={JSON.stringify(value.registry)} view={value} />
            <Codes view={value} />
          </>
        )}
      </Loaded>
      <AuditLog />
    </Page>
  );
}

function useSaved(): (answer: { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } }) => void {
  const t = useWords('guard');
  const tErrors = useWords('errors');
  return (answer) => {
    if (answer.ok) showToast({ title: t('page.saved'), tone: 'ok' });
    else showToast({ title: errorText(tErrors, answer.error.code), tone: 'problem' });
  };
}

function Rules({ view }: { readonly view: GuardView }): ReactNode {
  const t = useWords('guard');
  const saved = useSaved();
  const { rules, canChange } = view;
  const save = async (change: Partial<GuardView['rules']>): Promise<void> =>
    saved(await call('guard.saveRules', { opId: newOperationId(), rules: { ...rules, ...change } }));
  return (
    <section className="settings-form" aria-label={t('page.customers')}>
      <h3>{t('page.customers')}</h3>
      <Switch
        label={t('page.warns')}
        hint={t('page.warnsHint')}
        checked={rules.warnsCustomers}
        disabled={!canChange}
        onChange={(warnsCustomers) => void save({ warnsCustomers })}
      />
      <Switch
        label={t('page.neverFirst')}
        checked={rules.neverFirst.isOn}
        disabled={!canChange}
        onChange={(isOn) => void save({ neverFirst: { ...rules.neverFirst, isOn } })}
      />
      <NumberField
        label={t('page.retention')}
        hint={t('page.retentionHint')}
        value={view.retentionHours}
        least={0}
        greatest={720}
        isWhole
        disabled={!canChange}
        onChange={(hours) => {
          if (hours !== null && hours !== view.retentionHours)
            void call('guard.saveRetention', { opId: newOperationId(), hours }).then(saved);
        }}
      />
    </section>
  );
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function Registry({ view }: { readonly view: GuardView }): ReactNode {
  const { t } = useTranslation(['guard', 'inbox', 'frame']);
  const saved = useSaved();
  const [domains, setDomains] = useState(view.registry.domains.join('\n'));
  const [brands, setBrands] = useState(view.registry.brands.join('\n'));
  const [accounts, setAccounts] = useState(view.registry.accounts);
  const change = (index: number, part: Partial<OfficialRegistrySettings['accounts'][number]>): void =>
    setAccounts(accounts.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const registry = { accounts, domains: linesOf(domains), brands: linesOf(brands) };
    saved(await call('guard.saveRegistry', { opId: newOperationId(), registry }));
  };
  return (
    <form className="settings-form" aria-label={t('guard:page.registry')} onSubmit={(event) => void save(event)}>
      <h3>{t('guard:page.registry')}</h3>
      <p className="muted">{t('guard:page.registryHint')}</p>
      <TextArea label={t('guard:page.domains')} value={domains} onChange={setDomains} rows={3} disabled={!view.canChange} dir="ltr" />
      <TextArea label={t('guard:page.brands')} value={brands} onChange={setBrands} rows={3} disabled={!view.canChange} dir="auto" />
      <fieldset className="settings-form" disabled={!view.canChange}>
        <legend>{t('guard:page.accounts')}</legend>
        {accounts.map((account, index) => (
          <div key={index} className="settings-guard-account">
            <Select
              label={t('guard:page.channel')}
              value={account.channel}
              options={CHANNELS.map((value) => ({ value, label: t(`inbox:channel.${value}`) }))}
              onChange={(channel) => change(index, { channel })}
            />
            <TextField
              label={t('guard:page.nativeId')}
              value={account.nativeId}
              maxLength={200}
              onChange={(nativeId) => change(index, { nativeId })}
            />
            <TextField label={t('guard:page.name')} value={account.name} maxLength={200} onChange={(name) => change(index, { name })} />
            <TextField
              label={t('guard:page.handle')}
              value={account.handle}
              maxLength={200}
              onChange={(handle) => change(index, { handle })}
            />
            <IconButton
              label={t('guard:page.removeAccount', { name: account.name })}
              icon={<Trash2 aria-hidden="true" />}
              onClick={() => setAccounts(accounts.filter((_each, at) => at !== index))}
            />
          </div>
        ))}
        <div>
          <Button
            size="sm"
            icon={<Plus aria-hidden="true" />}
            onClick={() => setAccounts([...accounts, { channel: 'telegram', nativeId: '', name: '', handle: '' }])}
          >
            {t('guard:page.addAccount')}
          </Button>
        </div>
      </fieldset>
      <div>
        <Button type="submit" variant="primary" disabled={!view.canChange}>
          {t('frame:common.save')}
        </Button>
      </div>
    </form>
  );
}

function Codes({ view }: { readonly view: GuardView }): ReactNode {
  const t = useWords('guard');
  const saved = useSaved();
  const renew = async (): Promise<void> => saved(await call('authenticity.renew', { opId: newOperationId() }));
  return (
    <section className="settings-form" aria-label={t('page.codes')}>
      <h3>{t('page.codes')}</h3>
      <p>{view.hasAuthenticity ? t('page.codesOn') : t('page.codesOff')}</p>
      <div>
        <Button icon={<ShieldCheck aria-hidden="true" />} disabled={!view.canChange} onClick={() => void renew()}>
          {view.hasAuthenticity ? t('page.renew') : t('page.make')}
        </Button>
      </div>
    </section>
  );
}
