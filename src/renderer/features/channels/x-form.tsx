import { Check, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { XSettings } from '../../../shared/contract/channels.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import { TextField } from '../../ui/field.tsx';
import type { ChannelFormProps } from './channel-dialog.tsx';
import { SavingState } from './form-parts.tsx';
import { useSaving } from './use-saving.ts';

interface Found {
  readonly requestId: string;
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

const NO_REDIRECTS: readonly string[] = [];
const NEW = { clientId: '', mentions: true, directMessages: true, monthlyBudgetUsd: null };

/** Null: no limit. Undefined: no amount, which must never be taken for no limit. */
function budgetFrom(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const amount = Number(text.trim().replace(',', '.'));
  return Number.isFinite(amount) && amount >= 0 && amount <= 100_000 ? amount : undefined;
}

/** An account on X: signed in by the browser; tokens stay in the engine. */
export function XForm({ row, onBack, onDone }: ChannelFormProps): ReactNode {
  const t = useWords('channels');
  const tFrame = useWords('frame');
  const known = row?.settings?.kind === 'x' ? row.settings : null;
  const start = known ?? NEW;
  const saving = useSaving(row);
  const redirects = useLiveValue('channels.xRedirects', {}, NO_REDIRECTS);
  const [clientId, setClientId] = useState(start.clientId);
  const [mentions, setMentions] = useState(start.mentions);
  const [directMessages, setDirectMessages] = useState(start.directMessages);
  const [budget, setBudget] = useState(start.monthlyBudgetUsd?.toString() ?? '');
  const [found, setFound] = useState<Found | null>(null);
  const [isWaiting, setWaiting] = useState(false);

  const signIn = async (): Promise<void> => {
    saving.clear();
    setWaiting(true);
    const begun = await call('channels.beginXSignIn', { opId: newOperationId(), clientId: clientId.trim(), server: known?.server ?? null });
    if (!begun.ok || !begun.value.ok) {
      setWaiting(false);
      const problem = begun.ok ? begun.value : { ok: false as const, ...begun.error };
      if (!problem.ok) saving.fail(problem.code, problem.detail);
      return;
    }
    const { requestId, url } = begun.value.request;
    await call('app.openLink', { opId: newOperationId(), url });
    const ended = await call('channels.waitXSignIn', { opId: newOperationId(), requestId });
    setWaiting(false);
    if (!ended.ok) saving.fail(ended.error.code, ended.error.detail);
    else if (!ended.value.ok) saving.fail(ended.value.code, ended.value.detail);
    else if (known !== null && ended.value.account.id !== known.userId) saving.fail('other-account', `@${ended.value.account.username}`);
    else setFound({ requestId, ...ended.value.account });
  };
  const monthlyBudgetUsd = budgetFrom(budget);
  const settings = (): XSettings | null => {
    if (monthlyBudgetUsd === undefined) return null;
    const own = { clientId: clientId.trim(), mentions, directMessages, monthlyBudgetUsd };
    if (known !== null) return { ...known, ...own };
    if (found === null) return null;
    return {
      kind: 'x',
      userId: found.id,
      handle: found.username,
      name: found.name === '' ? found.username : found.name,
      server: null,
      ...own,
    };
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    const wanted = settings();
    if (wanted === null) return;
    if (await saving.save(wanted, found === null ? null : `request:${found.requestId}`)) onDone();
  };
  return (
    <form className="channel-form" onSubmit={(event) => void submit(event)}>
      <TextField label={t('x.clientId')} hint={t('x.clientIdHint')} value={clientId} onChange={setClientId} />
      {redirects.length > 0 && (
        <>
          <p className="muted">{t('x.redirects')}</p>
          <pre className="channel-snippet">{redirects.join('\n')}</pre>
        </>
      )}
      <p className="muted">{t('x.signInHint')}</p>
      <Button
        icon={<ExternalLink aria-hidden="true" />}
        loading={isWaiting}
        disabled={clientId.trim() === ''}
        onClick={() => void signIn()}
      >
        {isWaiting ? t('x.waiting') : t('x.signIn')}
      </Button>
      {found !== null && (
        <p className="channel-found" role="status">
          <Check aria-hidden="true" />
          {t('x.found', { handle: found.username })}
        </p>
      )}
      <Switch label={t('x.mentions')} checked={mentions} onChange={setMentions} />
      <Switch label={t('x.directMessages')} checked={directMessages} onChange={setDirectMessages} />
      <TextField
        label={t('x.budget')}
        hint={t('x.budgetHint')}
        inputMode="decimal"
        value={budget}
        onChange={setBudget}
        error={monthlyBudgetUsd === undefined ? t('x.budgetInvalid') : undefined}
      />
      <SavingState saving={saving} onReady={() => void submit()} />
      <div className="channel-form-buttons">
        {onBack === null ? <span /> : <Button onClick={onBack}>{t('back')}</Button>}
        <Button onClick={onDone}>{tFrame('common.cancel')}</Button>
        <Button
          type="submit"
          variant="primary"
          loading={saving.isBusy}
          disabled={(known === null && found === null) || monthlyBudgetUsd === undefined}
        >
          {known === null ? t('connect') : t('save')}
        </Button>
      </div>
    </form>
  );
}
