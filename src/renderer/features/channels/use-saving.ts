import { useState } from 'react';
import type { ChannelRow, ChannelSettings } from '../../../shared/contract/channels.contract.ts';
import { call, newOperationId } from '../../bridge/client.ts';

export interface Saving {
  readonly isBusy: boolean;
  /** A closed code of what went wrong, with what the service said; null while nothing did. */
  readonly problem: { readonly code: string; readonly detail: string } | null;
  /** The safe for secrets must be made or opened first. */
  readonly vault: 'create' | 'unlock' | null;
  closeVault(): void;
  readonly fail: (code: string, detail: string) => void;
  clear(): void;
  /** Stores the account. `secret` null keeps the one that is stored. @returns whether it is stored */
  save(settings: ChannelSettings, secret: string | null): Promise<boolean>;
}

/** Adds an account, or changes the one of `row`; asks for the safe where that is needed. */
export function useSaving(row: ChannelRow | null): Saving {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Saving['problem']>(null);
  const [vault, setVault] = useState<Saving['vault']>(null);
  const isEdit = row !== null && row.settings !== null;
  return {
    isBusy,
    problem,
    vault,
    closeVault: () => setVault(null),
    fail: (code, detail) => setProblem({ code, detail }),
    clear: () => setProblem(null),
    save: async (settings, secret) => {
      setBusy(true);
      setProblem(null);
      const opId = newOperationId();
      const answer = isEdit
        ? await call('channels.update', { opId, accountId: row.accountId, settings, secret })
        : await call('channels.add', { opId, settings, secret: secret ?? '' });
      setBusy(false);
      if (answer.ok) return true;
      if (answer.error.code === 'vault-empty') setVault('create');
      else if (answer.error.code === 'vault-locked') setVault('unlock');
      else setProblem({ code: answer.error.code, detail: answer.error.detail });
      return false;
    },
  };
}
