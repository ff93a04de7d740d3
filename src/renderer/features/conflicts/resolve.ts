import i18next from 'i18next';
import { call, newOperationId } from '../../bridge/client.ts';
import type { ConflictChoice } from '../../../shared/domain/team/conflict.ts';
import { errorText } from '../../i18n/error-text.ts';
import { showToast } from '../../ui/toast.tsx';

/** Decides a conflict, and says what came of it. Returns whether it was decided. */
export async function resolveConflict(conflictId: string, choice: ConflictChoice): Promise<boolean> {
  const t = i18next.getFixedT(null, 'conflicts');
  const answer = await call('conflicts.resolve', { opId: newOperationId(), conflictId, choice });
  if (answer.ok) {
    showToast({ title: t(`done.${choice}`), tone: 'ok' });
    return true;
  }
  const { code } = answer.error;
  const description =
    code === 'decided' || code === 'not-possible' ? t(`error.${code}`) : errorText(i18next.getFixedT(null, 'errors'), code);
  showToast({ title: t('failed'), description, tone: 'problem' });
  return false;
}
