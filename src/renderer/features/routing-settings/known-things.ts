import { useMemo } from 'react';
import type { AccountRow } from '../../../shared/contract/workspace.contract.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { useRoster } from '../../state/roster.ts';
import type { ComboboxOption } from '../../ui/combobox.tsx';

const NO_ACCOUNTS: readonly AccountRow[] = [];
const NO_LABELS: readonly { readonly label: string }[] = [];

/** What rules can name. */
export interface KnownThings {
  readonly accounts: readonly ComboboxOption[];
  readonly accountNames: ReadonlyMap<AccountId, string>;
  readonly labels: readonly string[];
  readonly skills: readonly string[];
}

export function useKnownThings(): KnownThings {
  const accounts = useLiveValue('accounts.list', {}, NO_ACCOUNTS);
  const labels = useLiveValue('cases.labels', {}, NO_LABELS);
  const { agents } = useRoster();
  return useMemo(() => {
    const names = new Map(accounts.map(({ accountId, name, address }) => [accountId, name === '' ? address : name]));
    const skills = new Map(agents.flatMap((agent) => agent.skills.map(({ name }) => [name.trim().toLowerCase(), name.trim()] as const)));
    return {
      accounts: accounts.map(({ accountId, name, address }) => ({
        value: accountId,
        label: name === '' ? address : name,
        detail: name === '' ? undefined : address,
      })),
      accountNames: names,
      labels: labels.map(({ label }) => label),
      skills: [...skills.values()].sort((one, other) => one.localeCompare(other)),
    };
  }, [accounts, labels, agents]);
}
