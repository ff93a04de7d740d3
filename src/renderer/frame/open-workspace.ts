import i18next from 'i18next';
import { call, newOperationId } from '../bridge/client.ts';
import { errorText } from '../i18n/error-text.ts';
import { showToast } from '../ui/toast.tsx';

/** Reopens the window on the other workspace; says so when that is not possible. */
export async function openWorkspace(workspace: 'main' | 'sample'): Promise<void> {
  const answer = await call('workspace.open', { opId: newOperationId(), workspace });
  // The engine of this workspace stops as part of it, so that is no failure.
  if (answer.ok || answer.error.code === 'engine-stopped') return;
  showToast({
    title: i18next.t('frame:common.openFailed'),
    description: errorText(i18next.getFixedT(null, 'errors'), answer.error.code),
    tone: 'problem',
  });
}
