import { Check } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ChannelCheck, ChannelRow, TelegramSettings } from '../../../shared/contract/channels.contract.ts';
import type { CallResult } from '../../../shared/contract/define.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { Button } from '../../ui/button.tsx';
import { AlertDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import type { ChannelFormProps } from './channel-dialog.tsx';
import { PlaybookField, SavingState } from './form-parts.tsx';
import { usePlaybooks } from './use-playbooks.ts';
import { useSaving } from './use-saving.ts';
import type { Saving } from './use-saving.ts';

const TOKEN = /^(\d{3,20}):[A-Za-z0-9_-]{20,100}$/u;
const ADDRESS = /^https?:\/\/[^\s/@]+(\/[^\s@]*)?$/u;
const GROUPS: readonly TelegramSettings['groups'][] = ['addressed', 'all', 'none'];

/** What the form begins with; a bot without a name is called what Telegram calls it. */
function startOf(
  known: TelegramSettings | null,
): Pick<TelegramSettings, 'username' | 'name' | 'groups' | 'playbook'> & { readonly server: string } {
  if (known === null) return { username: '', name: '-', groups: 'addressed', playbook: null, server: '' };
  return { ...known, server: known.server ?? '' };
}

/** The host to which a webhook leads, by what was just asked or else by how the channel is; null when none is known. */
function webhookOf(problem: Saving['problem'], row: ChannelRow | null): string | null {
  if (problem !== null) return problem.code === 'webhook-set' ? problem.detail : null;
  return row?.code === 'webhook-set' ? row.detail : null;
}

/** A Telegram bot: its token says whose it is, and Telegram is asked before anything is stored. */
export function TelegramForm({ row, onBack, onDone }: ChannelFormProps): ReactNode {
  const t = useWords('channels');
  const tFrame = useWords('frame');
  const known = row?.settings?.kind === 'telegram' ? row.settings : null;
  const start = startOf(known);
  const playbooks = usePlaybooks();
  const saving = useSaving(row);
  const [token, setToken] = useState('');
  const [server, setServer] = useState(start.server);
  const [groups, setGroups] = useState<TelegramSettings['groups']>(start.groups);
  const [playbook, setPlaybook] = useState(start.playbook);
  const [found, setFound] = useState<TelegramSettings | null>(known);
  const [isChecking, setChecking] = useState(false);
  /** The webhook was taken away here: the row tells so only when the account has started anew. */
  const [isFreed, setFreed] = useState(false);

  const isWrongServer = server.trim() !== '' && !ADDRESS.test(server.trim());
  const own = { groups, playbook, server: server.trim() === '' ? null : server.trim() };
  const took = (answer: CallResult<ChannelCheck, string>): TelegramSettings | null => {
    setChecking(false);
    const problem = answer.ok ? (answer.value.ok ? null : answer.value) : answer.error;
    if (problem !== null) saving.fail(problem.code, problem.detail);
    if (!answer.ok || !answer.value.ok || answer.value.settings.kind !== 'telegram') return null;
    if (known !== null && answer.value.settings.botId !== known.botId) {
      saving.fail('other-bot', `@${answer.value.settings.username}`);
      return null;
    }
    setFound(answer.value.settings);
    return answer.value.settings;
  };
  const check = async (): Promise<TelegramSettings | null> => {
    const botId = TOKEN.exec(token.trim())?.[1];
    if (botId === undefined) {
      saving.fail('not-a-token', '');
      return null;
    }
    setChecking(true);
    saving.clear();
    return took(
      await call('channels.check', {
        settings: { kind: 'telegram', botId, username: '', name: start.name, ...own },
        secret: token.trim(),
      }),
    );
  };
  const takeOver = async (): Promise<void> => {
    const botId = TOKEN.exec(token.trim())?.[1] ?? known?.botId;
    if (botId === undefined) return;
    setChecking(true);
    saving.clear();
    const settings: TelegramSettings = { kind: 'telegram', botId, username: start.username, name: start.name, ...own };
    const secret = token.trim() === '' ? null : token.trim();
    if (took(await call('channels.removeWebhook', { opId: newOperationId(), settings, secret })) === null) return;
    setFreed(true);
    if (row !== null) await call('accounts.syncNow', { opId: newOperationId(), accountId: row.accountId });
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (isChecking || saving.isBusy || isWrongServer) return;
    const settings = token.trim() === '' ? found : await check();
    if (settings === null) {
      if (token.trim() === '') saving.fail('not-a-token', '');
      return;
    }
    if (await saving.save({ ...settings, ...own }, token.trim() === '' ? null : token.trim())) onDone();
  };
  const webhook = webhookOf(saving.problem, isFreed ? null : row);
  return (
    <form className="channel-form" onSubmit={(event) => void submit(event)}>
      <TextField
        type="password"
        autoComplete="off"
        label={t('telegram.token')}
        hint={known === null ? t('telegram.tokenHint') : t('telegram.tokenKeep')}
        value={token}
        onChange={(value) => {
          setToken(value);
          saving.clear();
        }}
      />
      {found !== null && (
        <p className="channel-found" role="status">
          <Check aria-hidden="true" />
          {t('telegram.found', { username: found.username, name: found.name })}
        </p>
      )}
      <Select
        label={t('telegram.groups')}
        hint={t('telegram.groupsHint')}
        value={groups}
        onChange={setGroups}
        options={GROUPS.map((value) => ({ value, label: t(`telegram.group.${value}`) }))}
      />
      <PlaybookField value={playbook} playbooks={playbooks} onChange={setPlaybook} />
      <TextField
        label={t('telegram.server')}
        hint={t('telegram.serverHint')}
        value={server}
        onChange={setServer}
        error={isWrongServer ? t('discourse.serverInvalid') : undefined}
      />
      <SavingState saving={saving} onReady={() => void submit()} />
      {webhook !== null && <Webhook host={webhook} onRemove={() => void takeOver()} />}
      <div className="channel-form-buttons">
        {onBack === null ? <span /> : <Button onClick={onBack}>{t('back')}</Button>}
        <Button onClick={onDone}>{tFrame('common.cancel')}</Button>
        <Button loading={isChecking} disabled={token.trim() === '' || isWrongServer} onClick={() => void check()}>
          {t('check')}
        </Button>
        <Button type="submit" variant="primary" loading={saving.isBusy}>
          {known === null ? t('connect') : t('save')}
        </Button>
      </div>
    </form>
  );
}

/** Somebody else receives what is written to the bot: said in words, and taken over only when a person confirms that. */
function Webhook({ host, onRemove }: { readonly host: string; readonly onRemove: () => void }): ReactNode {
  const t = useWords('channels');
  const [isAsking, setAsking] = useState(false);
  const where = host === '' ? t('telegram.webhook.unknown') : host;
  return (
    <div className="channel-webhook">
      <p>{t('telegram.webhook.where', { host: where })}</p>
      <Button onClick={() => setAsking(true)}>{t('telegram.webhook.remove')}</Button>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('telegram.webhook.title')}
        description={t('telegram.webhook.text', { host: where })}
        confirmLabel={t('telegram.webhook.confirm')}
        danger
        onConfirm={() => {
          setAsking(false);
          onRemove();
        }}
      />
    </div>
  );
}
