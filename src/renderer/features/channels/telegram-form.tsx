import { Check } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TelegramSettings } from '../../../shared/contract/channels.contract.ts';
import { call } from '../../bridge/client.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import type { ChannelFormProps } from './channel-dialog.tsx';
import { PlaybookField, SavingState } from './form-parts.tsx';
import { usePlaybooks } from './use-playbooks.ts';
import { useSaving } from './use-saving.ts';

const TOKEN = /^(\d{3,20}):[A-Za-z0-9_-]{20,100}$/u;
const GROUPS: readonly TelegramSettings['groups'][] = ['addressed', 'all', 'none'];

/** A Telegram bot: its token says whose it is, and Telegram is asked before anything is stored. */
export function TelegramForm({ row, onBack, onDone }: ChannelFormProps): ReactNode {
  const { t } = useTranslation('channels');
  const { t: tFrame } = useTranslation('frame');
  const known = row?.settings?.kind === 'telegram' ? row.settings : null;
  const playbooks = usePlaybooks();
  const saving = useSaving(row);
  const [token, setToken] = useState('');
  const [server, setServer] = useState(known?.server ?? '');
  const [groups, setGroups] = useState<TelegramSettings['groups']>(known?.groups ?? 'addressed');
  const [playbook, setPlaybook] = useState(known?.playbook ?? null);
  const [found, setFound] = useState<TelegramSettings | null>(known);
  const [isChecking, setChecking] = useState(false);

  const check = async (): Promise<TelegramSettings | null> => {
    const botId = TOKEN.exec(token.trim())?.[1];
    if (botId === undefined) {
      saving.fail('not-a-token', '');
      return null;
    }
    setChecking(true);
    saving.clear();
    const asked: TelegramSettings = {
      kind: 'telegram',
      botId,
      username: '',
      name: '-',
      groups,
      server: server.trim() === '' ? null : server.trim(),
      playbook,
    };
    const answer = await call('channels.check', { settings: asked, secret: token.trim() });
    setChecking(false);
    if (!answer.ok) {
      saving.fail(answer.error.code, answer.error.detail);
      return null;
    }
    if (!answer.value.ok) {
      saving.fail(answer.value.code, answer.value.detail);
      return null;
    }
    const { settings } = answer.value;
    if (settings.kind !== 'telegram') return null;
    setFound(settings);
    return settings;
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    const settings = token.trim() === '' ? found : await check();
    if (settings === null) {
      if (token.trim() === '') saving.fail('not-a-token', '');
      return;
    }
    const isSaved = await saving.save(
      { ...settings, groups, playbook, server: server.trim() === '' ? null : server.trim() },
      token.trim() === '' ? null : token.trim(),
    );
    if (isSaved) onDone();
  };
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
      <TextField label={t('telegram.server')} hint={t('telegram.serverHint')} value={server} onChange={setServer} />
      <SavingState saving={saving} onReady={() => void submit()} />
      <div className="channel-form-buttons">
        {onBack === null ? <span /> : <Button onClick={onBack}>{t('back')}</Button>}
        <Button onClick={onDone}>{tFrame('common.cancel')}</Button>
        <Button loading={isChecking} disabled={token.trim() === ''} onClick={() => void check()}>
          {t('check')}
        </Button>
        <Button type="submit" variant="primary" loading={saving.isBusy}>
          {known === null ? t('connect') : t('save')}
        </Button>
      </div>
    </form>
  );
}
