import { Check, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiscourseSettings } from '../../../shared/contract/channels.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { Button } from '../../ui/button.tsx';
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

/** A forum: the person approves in the browser, and brings back what it showed; the key itself never comes to the page. */
export function DiscourseForm({ row, onBack, onDone }: ChannelFormProps): ReactNode {
  const { t } = useTranslation('channels');
  const { t: tFrame } = useTranslation('frame');
  const known = row?.settings?.kind === 'discourse' ? row.settings : null;
  const saving = useSaving(row);
  const [server, setServer] = useState(known?.server ?? '');
  const [categories, setCategories] = useState(known?.categories.join(', ') ?? '');
  const [payload, setPayload] = useState('');
  const [requestId, setRequestId] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [isBusy, setBusy] = useState(false);

  const begin = async (): Promise<void> => {
    setBusy(true);
    saving.clear();
    const answer = await call('channels.beginDiscourseKey', { opId: newOperationId(), server: rootOf(server) });
    setBusy(false);
    if (!answer.ok) saving.fail(answer.error.code, answer.error.detail);
    else if (!answer.value.ok) saving.fail(answer.value.code, answer.value.detail);
    else {
      setRequestId(answer.value.request.requestId);
      await call('app.openLink', { opId: newOperationId(), url: answer.value.request.url });
    }
  };
  const finish = async (): Promise<Found | null> => {
    if (found !== null || requestId === null) return found;
    const answer = await call('channels.finishDiscourseKey', { opId: newOperationId(), requestId, payload });
    if (!answer.ok) {
      saving.fail(answer.error.code, answer.error.detail);
      return null;
    }
    if (!answer.value.ok) {
      saving.fail(answer.value.code, answer.value.detail);
      return null;
    }
    const { username, name } = answer.value.account;
    const made = { requestId, username, name: name === '' ? username : name };
    setFound(made);
    return made;
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    setBusy(true);
    const account = known === null ? await finish() : null;
    setBusy(false);
    const settings = settingsOf(known, account, server, categories);
    if (settings !== null && (await saving.save(settings, account === null ? null : `request:${account.requestId}`))) onDone();
  };
  return (
    <form className="channel-form" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('discourse.server')}
        placeholder={t('discourse.serverPlaceholder')}
        value={server}
        disabled={known !== null || requestId !== null}
        onChange={setServer}
        error={isWrong(server) ? t('discourse.serverInvalid') : undefined}
      />
      {known === null && (
        <Approval
          canOpen={ADDRESS.test(server.trim())}
          isOpening={isBusy && requestId === null}
          isAsked={requestId !== null}
          payload={payload}
          onOpen={() => void begin()}
          onPayload={setPayload}
        />
      )}
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
          disabled={known === null && (requestId === null || payload.trim() === '')}
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
  readonly payload: string;
  readonly onOpen: () => void;
  readonly onPayload: (payload: string) => void;
}

/** To the browser, and back with what the forum showed there. */
function Approval({ canOpen, isOpening, isAsked, payload, onOpen, onPayload }: ApprovalProps): ReactNode {
  const { t } = useTranslation('channels');
  return (
    <>
      <p className="muted">{t('discourse.openHint')}</p>
      <Button icon={<ExternalLink aria-hidden="true" />} loading={isOpening} disabled={!canOpen} onClick={onOpen}>
        {t('discourse.open')}
      </Button>
      {isAsked && <TextArea rows={4} label={t('discourse.payload')} value={payload} onChange={onPayload} />}
    </>
  );
}
