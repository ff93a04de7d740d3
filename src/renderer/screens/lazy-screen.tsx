import { useSyncExternalStore } from 'react';
import type { ComponentType, ReactNode } from 'react';

/** A screen that is not shown first: its code comes when the page has time, or when it is asked for. */
export interface LazyScreen {
  /** Throws an `UnreadableScreen` where its code is wanted and can not be read: it belongs into a boundary that says so. */
  readonly Screen: ComponentType;
  /** Brings its code, which is then shown without any wait. Resolves when it is there, or can not be read. */
  load(): Promise<void>;
}

/** The code of a screen could not be read: a file of the app is gone, or its disk does not give it. */
export class UnreadableScreen extends Error {
  constructor(cause: unknown) {
    super('the code of a screen could not be read', { cause });
    this.name = 'UnreadableScreen';
  }
}

/** @param bring imports the screen */
export function lazyScreen(bring: () => Promise<ComponentType>): LazyScreen {
  let there: ComponentType | null = null;
  let failure: UnreadableScreen | null = null;
  let coming: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const fetchOnce = async (): Promise<void> => {
    try {
      there = await bring();
    } catch (error) {
      // once and for all: a page that has failed to import a module fails so for its whole life, and its styles it does not ask for again
      failure = new UnreadableScreen(error);
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
    const state = useSyncExternalStore(subscribe, () => there ?? failure);
    if (state instanceof UnreadableScreen) throw state;
    const Component = state;
    return Component === null ? null : <Component />;
  }
  return { Screen, load };
}
