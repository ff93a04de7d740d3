import { useState } from 'react';
import { call, newOperationId } from '../../../bridge/client.ts';
import type { AccountRow, ConnectionTest, DiscoveredSettings } from '../../../../shared/contract/workspace.contract.ts';
import type { AccountId } from '../../../../shared/domain/ids.ts';
import { draftFrom, EMPTY_DRAFT, settingsFrom, withDiscovered, withFolders } from './wizard-form.ts';
import type { WizardDraft } from './wizard-form.ts';

export type WizardStep = 'address' | 'servers' | 'folders' | 'done';

export interface Wizard {
  readonly step: WizardStep;
  readonly draft: WizardDraft;
  readonly busy: 'finding' | 'testing' | 'saving' | null;
  /** What was found for the domain, best first; null before it was looked for. */
  readonly found: readonly DiscoveredSettings[] | null;
  readonly test: ConnectionTest | null;
  /** Why the last step could not be done. */
  readonly code: string | null;
  readonly vault: 'create' | 'unlock' | null;
  readonly accountId: AccountId | null;
  readonly change: (patch: Partial<WizardDraft>) => void;
  readonly choose: (found: DiscoveredSettings) => void;
  readonly find: () => void;
  readonly runTest: () => void;
  readonly save: () => void;
  readonly back: () => void;
  readonly closeVault: (open: boolean) => void;
}

/** The course of the wizard: find the servers, test them, choose folders, connect. */
export function useWizard(account: AccountRow | null, onClose: () => void): Wizard {
  const [step, setStep] = useState<WizardStep>(account === null ? 'address' : 'servers');
  const [draft, setDraft] = useState<WizardDraft>(account?.config ? draftFrom(account.config) : EMPTY_DRAFT);
  const [busy, setBusy] = useState<Wizard['busy']>(null);
  const [found, setFound] = useState<readonly DiscoveredSettings[] | null>(null);
  const [test, setTest] = useState<ConnectionTest | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [vault, setVault] = useState<Wizard['vault']>(null);
  const [accountId, setAccountId] = useState<AccountId | null>(account?.accountId ?? null);

  const begin = (work: NonNullable<Wizard['busy']>): void => {
    setBusy(work);
    setCode(null);
  };
  const find = async (): Promise<void> => {
    begin('finding');
    const answer = await call('accounts.discover', { address: draft.address.trim() });
    setBusy(null);
    const best = answer.ok ? answer.value : [];
    setFound(best);
    setDraft(best[0] === undefined ? { ...draft, user: draft.address.trim() } : withDiscovered(draft, best[0]));
    setTest(null);
    setStep('servers');
  };
  const runTest = async (): Promise<void> => {
    begin('testing');
    setTest(null);
    const password = draft.password === '' ? null : draft.password;
    const answer = await call('accounts.test', { settings: settingsFrom(draft), password, accountId: account?.accountId ?? null });
    setBusy(null);
    if (!answer.ok) {
      setCode(answer.error.code);
      return;
    }
    setTest(answer.value);
    if (!answer.value.imap.ok || !answer.value.smtp.ok) return;
    setDraft(withFolders(draft, answer.value.folders));
    setStep('folders');
  };
  const save = async (): Promise<void> => {
    begin('saving');
    const settings = settingsFrom(draft);
    const opId = newOperationId();
    const answer =
      account === null
        ? await call('accounts.add', { opId, settings, password: draft.password })
        : await call('accounts.update', {
            opId,
            accountId: account.accountId,
            settings,
            password: draft.password === '' ? null : draft.password,
          });
    setBusy(null);
    if (!answer.ok) {
      const needsVault = answer.error.code === 'vault-empty' ? 'create' : answer.error.code === 'vault-locked' ? 'unlock' : null;
      setVault(needsVault);
      setCode(needsVault === null ? answer.error.code : null);
      return;
    }
    if (answer.value === null) {
      onClose();
      return;
    }
    setAccountId(answer.value.accountId);
    setStep('done');
  };
  return {
    step,
    draft,
    busy,
    found,
    test,
    code,
    vault,
    accountId,
    change: (patch) => {
      setDraft((before) => ({ ...before, ...patch }));
      setCode(null);
    },
    choose: (chosen) => setDraft((before) => withDiscovered(before, chosen)),
    find: () => void find(),
    runTest: () => void runTest(),
    save: () => void save(),
    back: () => {
      setCode(null);
      setStep(step === 'folders' ? 'servers' : 'address');
    },
    closeVault: (open) => {
      if (!open) setVault(null);
    },
  };
}
