import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { call, newOperationId } from '../bridge/client.ts';
import { errorText } from '../i18n/error-text.ts';
import { useActions } from '../shortcuts/registry.ts';
import { AlertDialog } from '../ui/dialog.tsx';
import { showToast } from '../ui/toast.tsx';

/** Offers, in the palette, to throw the sample workspace away and make it anew; asks before. */
export function ResetSample(): ReactNode {
  const t = useWords('settings');
  const tErrors = useWords('errors');
  const [isAsking, setAsking] = useState(false);
  useActions([
    { id: 'workspace.resetSample', area: 'general', label: t('sample.reset'), keys: [], onlyTyped: true, run: () => setAsking(true) },
  ]);
  const reset = async (): Promise<void> => {
    setAsking(false);
    const answer = await call('workspace.resetSample', { opId: newOperationId() });
    // The engine of this workspace stops as part of it, so that is no failure.
    if (answer.ok || answer.error.code === 'engine-stopped') return;
    showToast({ title: t('sample.resetFailed'), description: errorText(tErrors, answer.error.code), tone: 'problem' });
  };
  return (
    <AlertDialog
      open={isAsking}
      onOpenChange={setAsking}
      title={t('sample.resetTitle')}
      description={t('sample.resetText')}
      confirmLabel={t('sample.reset')}
      danger
      onConfirm={() => void reset()}
    />
  );
}
