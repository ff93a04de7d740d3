import { Check, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { FORUM_KEY_LINK } from '../../../shared/domain/channel/account-kind.ts';
import type { DiscourseSettings, SignInEnded } from '../../../shared/contract/channels.contract.ts';
import type { CallResult } from '../../../shared/contract/define.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import type { ChannelFormProps } from './channel-dialog.tsx';
import { SavingState } from './form-parts.tsx';
import { useSaving } from './use-saving.ts';

const ADDRESS = /^https?:\/\/[^\s/@]+(\/[^\s@]*)?$/u;

function categoriesFrom(text: string): readonly number[] {
  return text
    .split(/[\s,]+/u)
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0);
}

interface Found {
  readonly requestId: string;
  readonly username: string;
  readonly name: string;
}

/** Whether a typed address can not become one any more. */
function isWrong(server: string): boolean {
  return server.includes('://') && server.length > 9 && !ADDRESS.test(server.trim());
}

function rootOf(server: string): string {
  return server.trim().replace(/\/+$/u, '');
}

/** What is to be stored; null while nobody has approved. */
function settingsOf(known: DiscourseSettings | null, account: Found | null, server: string, typed: string): DiscourseSettings | null {
  const categories = [...categoriesFrom(typed)];
  if (known !== null) return { ...known, categories };
  return account === null
    ? null
    : { kind: 'discourse', server: rootOf(server), username: account.username, name: account.name, categories };
}

/** A forum: the person approves in the browser, and what it showed comes back; the key itself never comes to the page. */
export function DiscourseForm({ row, onBack, onDone }: ChannelFormProps): ReactNode {
  const t = useWords('channels');
  const tFrame = useWords('frame');
  const known = row?.settings?.kind === 'discourse' ? row.settings : null;
  const saving = useSaving(row);
  const [server, setServer] = useState(known?.server ?? '');
  const [categories, setCategories] = useState(known?.categories.join(', ') ?? '');
  const [leadsBack, setLeadsBack] = useState(false);
  const [payload, setPayload] = useState('');
  const [requestId, setRequestId] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [isBusy, setBusy] = useState(false);

  const startOver = (): void => {
    setRequestId(null);
    setPayload('');
    setFound(null);
    saving.clear();
  };
  const took = (id: string, answer: CallResult<SignInEnded, string>): Found | null => {
    const problem = answer.ok ? (answer.value.ok ? null : answer.value) : answer.error;
    if (problem !== null || !answer.ok || !answer.value.ok) {
      saving.fail(problem?.code ?? '', problem?.detail ?? '');
      return null;
    }
    const { username, name } = answer.value.account;
    if (known !== null && username.toLowerCase() !== known.username.toLowerCase()) {
      saving.fail('other-account', username);
      return null;
    }
    const made = { requestId: id, username, name: name === '' ? username : name };
    saving.clear();
    setFound(made);
    return made;
  };
  const begin = async (): Promise<void> => {
    setBusy(true);
    startOver();
    const answer = await call('channels.beginDiscourseKey', { opId: newOperationId(), server: rootOf(server), leadsBack });
    setBusy(false);
    if (!answer.ok) saving.fail(answer.error.code, answer.error.detail);
    else if (!answer.value.ok) saving.fail(answer.value.code, answer.value.detail);
    else {
      const { requestId: id, url } = answer.value.request;
      setRequestId(id);
      await call('app.openLink', { opId: newOperationId(), url });
      if (!leadsBack) return;
      const ended = await call('channels.waitDiscourseKey', { opId: newOperationId(), requestId: id });
      // nobody has to hear that a request is over which was given up
      if (!ended.ok || ended.value.ok || ended.value.code !== 'expired') took(id, ended);
    }
  };
  const finish = async (): Promise<Found | null> => {
    if (found !== null || requestId === null || payload.trim() === '') return found;
    return took(requestId, await call('channels.finishDiscourseKey', { opId: newOperationId(), requestId, payload }));
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (isBusy || saving.isBusy) return;
    const isAsked = found === null && requestId !== null && payload.trim() !== '';
    setBusy(true);
    const account = await finish();
    setBusy(false);
    if (isAsked && account === null) return;
    const settings = settingsOf(known, account, server, categories);
    if (settings !== null && (await saving.save(settings, account === null ? null : `request:${account.requestId}`))) onDone();
  };
  return (
    <form className="channel-form" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('discourse.server')}
        placeholder={t('discourse.serverPlaceholder')}
        value={server}
        disabled={known !== null}
        onChange={(value) => {
          setServer(value);
          startOver();
        }}
        error={isWrong(server) ? t('discourse.serverInvalid') : undefined}
      />
      {known !== null && <p className="muted">{t('discourse.renew')}</p>}
      <Approval
        canOpen={ADDRESS.test(server.trim())}
        isOpening={isBusy && requestId === null}
        isAsked={requestId !== null && found === null}
        leadsBack={leadsBack}
        payload={payload}
        onLeadsBack={setLeadsBack}
        onOpen={() => void begin()}
        onPayload={setPayload}
      />
      {found !== null && (
        <p className="channel-found" role="status">
          <Check aria-hidden="true" />
          {t('discourse.found', { username: found.username, server })}
        </p>
      )}
      <TextField label={t('discourse.categories')} hint={t('discourse.categoriesHint')} value={categories} onChange={setCategories} />
      <SavingState saving={saving} onReady={() => void submit()} />
      <div className="channel-form-buttons">
        {onBack === null ? <span /> : <Button onClick={onBack}>{t('back')}</Button>}
        <Button onClick={onDone}>{tFrame('common.cancel')}</Button>
        <Button
          type="submit"
          variant="primary"
          loading={saving.isBusy || (isBusy && requestId !== null)}
          disabled={known === null && found === null && (requestId === null || payload.trim() === '')}
        >
          {known === null ? t('connect') : t('save')}
        </Button>
      </div>
    </form>
  );
}

interface ApprovalProps {
  readonly canOpen: boolean;
  readonly isOpening: boolean;
  readonly isAsked: boolean;
  readonly leadsBack: boolean;
  readonly payload: string;
  readonly onLeadsBack: (leadsBack: boolean) => void;
  readonly onOpen: () => void;
  readonly onPayload: (payload: string) => void;
}

/** To the browser, and back: by itself where the forum was told to, else with what it showed there. */
function Approval({ canOpen, isOpening, isAsked, leadsBack, payload, onLeadsBack, onOpen, onPayload }: ApprovalProps): ReactNode {
  const t = useWords('channels');
  return (
    <>
      <Switch
        label={t('discourse.leadsBack')}
        hint={t('discourse.leadsBackHint', { address: FORUM_KEY_LINK })}
        checked={leadsBack}
        onChange={onLeadsBack}
      />
      <p className="muted">{t('discourse.openHint')}</p>
      <Button icon={<ExternalLink aria-hidden="true" />} loading={isOpening} disabled={!canOpen} onClick={onOpen}>
        {t('discourse.open')}
      </Button>
      {isAsked && leadsBack && <p role="status">{t('discourse.waiting')}</p>}
      {isAsked && <TextArea rows={4} label={t('discourse.payload')} value={payload} onChange={onPayload} />}
    </>
  );
}
