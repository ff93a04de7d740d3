import i18next from 'i18next';
import { readKeyMap } from '../../../shared/domain/desk/key-map.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { errorText } from '../../i18n/error-text.ts';
import { saveKeys } from '../../state/key-map.ts';
import { showToast } from '../../ui/toast.tsx';

/** No list of keys is longer than this. */
const MOST_BYTES = 200_000;

/** Writes this person's keys into a file that they choose. */
export async function exportKeys(): Promise<void> {
  const answer = await call('desk.exportKeys', { opId: newOperationId() });
  if (!answer.ok)
    showToast({
      title: i18next.t('keys:done.failed'),
      description: errorText(i18next.getFixedT(null, 'errors'), answer.error.code),
      tone: 'problem',
    });
  else if (answer.value !== null) showToast({ title: i18next.t('keys:done.exported'), description: answer.value.path, tone: 'ok' });
}

/** Takes the keys of a file in place of those of now; what can not be read in it is left out and said. */
export async function importKeys(file: File): Promise<void> {
  const value = file.size > MOST_BYTES ? undefined : parsed(await file.text());
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'keys')) {
    showToast({ title: i18next.t('keys:done.importFailed'), description: i18next.t('keys:done.importFailedHint'), tone: 'problem' });
    return;
  }
  const { keyMap, dropped } = readKeyMap(value);
  const label = dropped === 0 ? i18next.t('keys:done.imported') : i18next.t('keys:done.importedPart', { count: dropped });
  await saveKeys(keyMap, label);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
