import { useSyncExternalStore } from 'react';

/** Which keys a hint shows for those that a control names; undefined where none of them works any more. */
type ShownKeys = (keys: string) => string | undefined;

let current: ShownKeys = (keys) => keys;
const listeners = new Set<() => void>();

/** Tells the hints of buttons and menus which keys run what they name: people may change their keys. Whoever keeps the keys calls it. */
export function showKeys(next: ShownKeys): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The keys that now do what `keys` did when the app came. */
export function useShownKeys(keys: string | undefined): string | undefined {
  return useSyncExternalStore(subscribe, () => (keys === undefined ? undefined : current(keys)));
}
