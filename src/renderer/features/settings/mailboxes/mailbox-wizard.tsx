import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { AccountRow } from '../../../../shared/contract/workspace.contract.ts';
import { CreateVaultDialog, UnlockVaultDialog } from '../../../frame/vault-dialogs.tsx';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { AddressStep } from './address-step.tsx';
import { DoneStep } from './done-step.tsx';
import { FoldersStep } from './folders-step.tsx';
import { ServersStep } from './servers-step.tsx';
import { useWizard } from './use-wizard.ts';
import type { WizardStep } from './use-wizard.ts';
import { domainOf } from './wizard-form.ts';

const STEPS: readonly WizardStep[] = ['address', 'servers', 'folders', 'done'];

/** Connects a mailbox step by step, or changes one. Nothing is saved before the servers have accepted it. */
export function MailboxWizard({ account, onClose }: { readonly account: AccountRow | null; readonly onClose: () => void }): ReactNode {
  const t = useWords('settings');
  const tErrors = useWords('errors');
  const wizard = useWizard(account, onClose);
  const vault = useLiveValue('vault.status', {}, null);
  const { draft, step, busy } = wizard;
  const steps = account === null ? STEPS : STEPS.slice(1, 3);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      title={account === null ? t('mailboxes.wizard.addTitle') : t('mailboxes.wizard.editTitle', { address: account.address })}
    >
      <div className="wizard">
        <ol className="wizard-steps">
          {steps.map((each) => (
            <li
              key={each}
              aria-current={each === step ? 'step' : undefined}
              data-done={STEPS.indexOf(each) < STEPS.indexOf(step) || undefined}
            >
              {t(`mailboxes.wizard.steps.${each}`)}
            </li>
          ))}
        </ol>
        {busy === 'finding' && (
          <p className="wizard-busy" role="status">
            <Spinner /> {t('mailboxes.wizard.finding', { domain: domainOf(draft.address) })}
          </p>
        )}
        {step === 'address' && busy !== 'finding' && <AddressStep wizard={wizard} />}
        {step === 'servers' && <ServersStep wizard={wizard} isNew={account === null} />}
        {step === 'folders' && <FoldersStep wizard={wizard} isNew={account === null} />}
        {step === 'done' && <DoneStep address={draft.address} accountId={wizard.accountId} onClose={onClose} />}
        {wizard.code !== null && (
          <p className="m-field-error" role="alert">
            {errorText(tErrors, wizard.code)}
          </p>
        )}
      </div>
      <CreateVaultDialog open={wizard.vault === 'create'} onOpenChange={wizard.closeVault} onReady={wizard.save} status={vault} />
      <UnlockVaultDialog open={wizard.vault === 'unlock'} onOpenChange={wizard.closeVault} onReady={wizard.save} />
    </Dialog>
  );
}
