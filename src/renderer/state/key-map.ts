import i18next from 'i18next';
import { useEffect } from 'react';
import type { KeyMap } from '../../shared/domain/desk/key-map.ts';
import { call, newOperationId } from '../bridge/client.ts';
import { useLive } from '../bridge/use-live.ts';
import { actionRegistry } from '../shortcuts/registry.ts';
import { showToast } from '../ui/toast.tsx';
import { offerUndo } from './undo.ts';
import { errorText } from '../i18n/error-text.ts';

/** Makes the keys of who sits here count, as soon as the engine tells them and whenever they change. */
export function useKeysFollowed(): void {
  const live = useLive('desk.keys', {});
  const keyMap = live.state === 'ready' ? live.value : null;
  useEffect(() => {
    if (keyMap !== null) actionRegistry.setKeyMap(keyMap);
  }, [keyMap]);
}

/** Keeps other keys and offers to take that back. They count at once; when they can not be kept, those of before come back. */
export async function saveKeys(next: KeyMap, label: string): Promise<boolean> {
  const before = actionRegistry.keyMap();
  const code = await put(next);
  if (code !== null) {
    showToast({ title: i18next.t('keys:done.failed'), description: errorText(i18next.getFixedT(null, 'errors'), code), tone: 'problem' });
    return false;
  }
  offerUndo({ opId: newOperationId(), label, takeBack: async () => put(before), doAgain: async () => put(next) });
  return true;
}

async function put(keyMap: KeyMap): Promise<string | null> {
  const before = actionRegistry.keyMap();
  actionRegistry.setKeyMap(keyMap);
  const { keys, isWithoutCharacterKeys } = keyMap;
  const answer = await call('desk.setKeys', { opId: newOperationId(), keyMap: { keys: mutable(keys), isWithoutCharacterKeys } });
  if (answer.ok) return null;
  actionRegistry.setKeyMap(before);
  return answer.error.code;
}

function mutable(keys: KeyMap['keys']): Record<string, readonly string[]> {
  return { ...keys };
}
