import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { call, newOperationId } from '../bridge/client.ts';
import type { VaultStatus } from '../../shared/contract/shell.contract.ts';
import { errorText } from '../i18n/error-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import './vault-dialogs.css';

/** Shortest passphrase that the safe takes. */
const MIN_LENGTH = 10;

interface VaultDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The safe is open now. */
  readonly onReady?: (() => void) | undefined;
}

/** Opens the password safe for this run of the app. */
export function UnlockVaultDialog({ open, onOpenChange, onReady }: VaultDialogProps): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  const tErrors = useWords('errors');
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // React passes the event on to the form that the dialog was opened from; that one is not meant.
    event.stopPropagation();
    setBusy(true);
    const answer = await call('vault.unlock', { opId: newOperationId(), passphrase });
    setBusy(false);
    setCode(answer.ok ? null : answer.error.code);
    if (!answer.ok) return;
    setPassphrase('');
    onOpenChange(false);
    onReady?.();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={t('mailboxes.vault.unlockTitle')}
      description={t('mailboxes.vault.unlockText')}
    >
      <form className="vault-form" onSubmit={(event) => void unlock(event)}>
        <TextField
          type="password"
          autoComplete="current-password"
          label={t('mailboxes.vault.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          error={code === null ? undefined : errorText(tErrors, code)}
        />
        <div className="vault-buttons">
          <Button onClick={() => onOpenChange(false)}>{t('frame:common.cancel')}</Button>
          <Button type="submit" variant="primary" loading={isBusy} disabled={passphrase === ''}>
            {t('mailboxes.vault.unlock')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Makes the password safe, and says why this system needs one. */
export function CreateVaultDialog({
  open,
  onOpenChange,
  onReady,
  status,
}: VaultDialogProps & { readonly status: VaultStatus | null }): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  const tErrors = useWords('errors');
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isShort = [...passphrase].length < MIN_LENGTH;
  const why =
    status?.backend === 'passphrase' && status.reason === 'plain-text-keychain'
      ? t('mailboxes.vault.createPlainText')
      : t('mailboxes.vault.createNoKeychain');
  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    setTried(true);
    if (isShort || repeated !== passphrase) return;
    setBusy(true);
    const answer = await call('vault.create', { opId: newOperationId(), passphrase });
    setBusy(false);
    setCode(answer.ok ? null : answer.error.code);
    if (!answer.ok) return;
    setPassphrase('');
    setRepeated('');
    onOpenChange(false);
    onReady?.();
  };
  const error = code === null ? (isTried && isShort ? errorText(tErrors, 'too-short') : undefined) : errorText(tErrors, code);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="sm" title={t('mailboxes.vault.createTitle')} description={why}>
      <form className="vault-form" onSubmit={(event) => void create(event)}>
        <TextField
          type="password"
          autoComplete="new-password"
          label={t('mailboxes.vault.passphrase')}
          hint={t('mailboxes.vault.passphraseHint')}
          value={passphrase}
          onChange={setPassphrase}
          error={error}
        />
        <TextField
          type="password"
          autoComplete="new-password"
          label={t('mailboxes.vault.repeat')}
          value={repeated}
          onChange={setRepeated}
          error={isTried && repeated !== passphrase ? t('mailboxes.vault.repeatDiffers') : undefined}
        />
        <p className="muted">{t('mailboxes.vault.createForgotten')}</p>
        <div className="vault-buttons">
          <Button onClick={() => onOpenChange(false)}>{t('frame:common.cancel')}</Button>
          <Button type="submit" variant="primary" loading={isBusy}>
            {t('mailboxes.vault.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
