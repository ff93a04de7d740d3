import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { PlaybookRow } from '../../../shared/contract/bot.contract.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { CreateVaultDialog, UnlockVaultDialog } from '../../frame/vault-dialogs.tsx';
import { channelProblemText } from '../../i18n/channel-problem.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Select } from '../../ui/select.tsx';
import type { Saving } from './use-saving.ts';

/** What went wrong, and the safe for secrets where it must be made or opened first. */
export function SavingState({ saving, onReady }: { readonly saving: Saving; readonly onReady: () => void }): ReactNode {
  const t = useWords('channels');
  const tErrors = useWords('errors');
  const status = useLiveValue('vault.status', {}, null);
  const close = (open: boolean): void => {
    if (!open) saving.closeVault();
  };
  return (
    <>
      {saving.problem !== null && (
        <p className="channel-problem" role="alert">
          {channelProblemText(t, tErrors, saving.problem.code)}
          {saving.problem.detail !== '' && ` ${saving.problem.detail}`}
        </p>
      )}
      <CreateVaultDialog open={saving.vault === 'create'} onOpenChange={close} onReady={onReady} status={status} />
      <UnlockVaultDialog open={saving.vault === 'unlock'} onOpenChange={close} onReady={onReady} />
    </>
  );
}

const PEOPLE = '';

/** Who answers first: people, or the bot with one of the playbooks that there are. */
export function PlaybookField({
  value,
  playbooks,
  onChange,
}: {
  readonly value: string | null;
  readonly playbooks: readonly PlaybookRow[];
  readonly onChange: (value: string | null) => void;
}): ReactNode {
  const t = useWords('channels');
  const { locale } = useFormats();
  const nameOf = (id: string): string => {
    const { name = {} } = playbooks.find((each) => each.id === id) ?? {};
    return name[locale] ?? name['en'] ?? id;
  };
  const sound = playbooks.filter(({ problems }) => problems.length === 0).map(({ id }) => id);
  const names = value === null || sound.includes(value) ? sound : [...sound, value];
  const problems = playbooks.find(({ id }) => id === value)?.problems ?? [];
  return (
    <Select
      label={t('playbook')}
      hint={problems.map(({ file, line, column, message }) => `${file}:${String(line)}:${String(column)} ${message}`).join('\n')}
      value={value ?? PEOPLE}
      onChange={(next) => onChange(next === PEOPLE ? null : next)}
      options={[
        { value: PEOPLE, label: t('playbookNone') },
        ...names.map((name) => ({ value: name, label: t('playbookBot', { name: nameOf(name) }) })),
      ]}
    />
  );
}
