import type { ReactNode } from 'react';
import { useState } from 'react';
import { useLiveValue } from '../bridge/use-live.ts';
import { UnlockVaultDialog } from './vault-dialogs.tsx';

/** Asks for the passphrase once after a start, when mailboxes can not sync without it. Cancel is respected. */
export function VaultPrompt(): ReactNode {
  const status = useLiveValue('vault.status', {}, null);
  const [isDismissed, setDismissed] = useState(false);
  const isLocked = status?.state === 'locked';
  return <UnlockVaultDialog open={isLocked && !isDismissed} onOpenChange={(open) => setDismissed(!open)} />;
}
