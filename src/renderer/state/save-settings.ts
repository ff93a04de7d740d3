import i18next from 'i18next';
import { call, newOperationId } from '../bridge/client.ts';
import type { Settings } from '../../shared/contract/workspace.contract.ts';
import { errorText } from '../i18n/error-text.ts';
import { changeLanguage } from '../i18n/i18n.ts';
import { showToast } from '../ui/toast.tsx';
import { useSession } from './session.ts';

/**
 * Keeps settings in the engine. What concerns the look is shown at once and put back if the engine could not keep it.
 */
export async function saveSettings(patch: Partial<Settings>): Promise<void> {
  const { theme, locale, density } = useSession.getState();
  const before = { theme, locale, density };
  useSession.setState({ theme: patch.theme ?? theme, locale: patch.locale ?? locale, density: patch.density ?? density });
  if (patch.locale !== undefined) await changeLanguage(patch.locale);
  const answer = await call('settings.set', { opId: newOperationId(), patch });
  if (answer.ok) return;
  useSession.setState(before);
  await changeLanguage(before.locale);
  showToast({
    title: i18next.t('settings:saveFailed'),
    description: errorText(i18next.getFixedT(null, 'errors'), answer.error.code),
    tone: 'problem',
  });
}
