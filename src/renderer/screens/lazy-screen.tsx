import { useSyncExternalStore } from 'react';
import type { ComponentType, ReactNode } from 'react';

/** A screen that is not shown first: its code comes when the page has time, or when it is asked for. */
export interface LazyScreen {
  readonly Screen: ComponentType;
  /** Brings its code, which is then shown without any wait. Resolves when it is there; a file that can not be read is tried again later. */
  load(): Promise<void>;
}

/** @param bring imports the screen */
export function lazyScreen(bring: () => Promise<ComponentType>): LazyScreen {
  let there: ComponentType | null = null;
  let coming: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const fetchOnce = async (): Promise<void> => {
    try {
      there = await bring();
    } catch {
      coming = null;
      return;
    }
    for (const listener of listeners) listener();
  };
  const load = async (): Promise<void> => {
    coming ??= fetchOnce();
    return coming;
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    void load();
    return () => listeners.delete(listener);
  };
  function Screen(): ReactNode {
    // without suspense: what is there already is drawn with the first frame, as any other component
    const Component = useSyncExternalStore(subscribe, () => there);
    return Component === null ? null : <Component />;
  }
  return { Screen, load };
}
