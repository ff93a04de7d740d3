import { useEffect, useRef, useSyncExternalStore } from 'react';
import { keysOf, NO_KEY_MAP } from '../../shared/domain/desk/key-map.ts';
import type { KeyMap } from '../../shared/domain/desk/key-map.ts';
import { showKeys } from '../ui/shown-keys.ts';
import { digitOf, POPUPS, isComposing, isInsidePopup, isPlain, isTyping, pressOf } from './keys.ts';

export type ActionArea = 'general' | 'navigation' | 'inbox' | 'case' | 'compose' | 'handoff' | 'plan';

/** Something that the person can do, by key, palette or menu bar. */
export interface Action {
  /** Dotted and stable, such as `case.claim`; menu commands carry the same ids. */
  readonly id: string;
  /** Already translated. */
  readonly label: string;
  readonly area: ActionArea;
  /** `mod+k`, `g i`, `?`; several ways to do the same are separate entries. The first is shown. */
  readonly keys: readonly string[];
  /** Whether it can be done now; asked when a key is pressed and when a menu or the palette opens. */
  readonly when?: (() => boolean) | undefined;
  /** Why it can not be done now, in a sentence, for the palette; without it the palette says what is true of the whole area. */
  readonly whyNot?: (() => string | null) | undefined;
  /** Offered by the palette only once something is typed, such as one command for each colleague. */
  readonly onlyTyped?: boolean | undefined;
  /** Other words to find it by. */
  readonly keywords?: string | undefined;
  readonly run: () => void;
  /** Not offered in the palette, such as moving up and down. */
  readonly hidden?: boolean | undefined;
  /** Fires also while typing, although it begins with a plain key, such as Escape. */
  readonly whileTyping?: boolean | undefined;
}

/** How long the second key of a sequence may take. */
const SEQUENCE_MS = 1_200;

/** Every action there is at the moment, and the keyboard that runs them. Later registrations win over earlier ones. */
export class ActionRegistry {
  #groups: (readonly Action[])[] = [];
  /** As they were registered, and with the keys that this person gave them. */
  #registered: readonly Action[] = [];
  #flat: readonly Action[] = [];
  #keyMap: KeyMap = NO_KEY_MAP;
  readonly #listeners = new Set<() => void>();
  #pending: { readonly press: string; readonly at: number } | null = null;

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  /** All actions, with the keys that run them now. */
  readonly list = (): readonly Action[] => this.#flat;

  /** All actions, with the keys that they came with. */
  readonly registered = (): readonly Action[] => this.#registered;

  readonly keyMap = (): KeyMap => this.#keyMap;

  /** From now on these keys count. What is on screen follows. */
  setKeyMap(keyMap: KeyMap): void {
    this.#keyMap = keyMap;
    this.#changed();
  }

  /**
   * The keys that now do what `keys` did when the app came, on the screen that is open; undefined when no key does. Keys that are no
   * action's, such as those of a field or a menu, stay what they are.
   */
  readonly shownKeys = (keys: string): string | undefined => {
    if (this.#flat === this.#registered) return keys;
    const action = this.#registered.findLast((each) => each.keys.includes(keys));
    if (action === undefined) return keys;
    const now = keysOf(action, this.#keyMap);
    return now.includes(keys) ? keys : (now[action.keys.indexOf(keys)] ?? now[0]);
  };

  register(actions: readonly Action[]): () => void {
    this.#groups = [...this.#groups, actions];
    this.#changed();
    return () => {
      this.#groups = this.#groups.filter((group) => group !== actions);
      this.#changed();
    };
  }

  /** Runs an action by its id, if it is there and can be done now. Returns whether it ran. */
  run(id: string): boolean {
    const action = this.#flat.findLast((each) => each.id === id && isPossible(each));
    action?.run();
    return action !== undefined;
  }

  /** Handles a key press; returns whether an action took it (or waits for its second key). */
  press(event: KeyboardEvent, nowMs: number, isInPopup = isInsidePopup(event.target)): boolean {
    if (isIgnored(event)) return false;
    const silent = isTyping(event.target) || isInPopup;
    const pending = this.#pending;
    if (this.#take(pressOf(event), silent, nowMs)) return true;
    const digit = digitOf(event);
    if (digit === null) return false;
    this.#pending = pending;
    return this.#take(digit, silent, nowMs);
  }

  #take(press: string, silent: boolean, nowMs: number): boolean {
    const waiting = this.#pending !== null && nowMs - this.#pending.at < SEQUENCE_MS ? `${this.#pending.press} ${press}` : null;
    this.#pending = null;
    if (waiting !== null && !silent && this.#fire(waiting, silent)) return true;
    if (this.#fire(press, silent)) return true;
    if (!silent && this.#flat.some((action) => isPossible(action) && action.keys.some((keys) => keys.startsWith(`${press} `)))) {
      this.#pending = { press, at: nowMs };
      return true;
    }
    return false;
  }

  #fire(keys: string, silent: boolean): boolean {
    const action = this.#flat.findLast(
      (each) => each.keys.includes(keys) && (!silent || !isPlain(keys) || each.whileTyping === true) && isPossible(each),
    );
    action?.run();
    return action !== undefined;
  }

  #changed(): void {
    this.#registered = this.#groups.flat();
    const isAsItComes = Object.keys(this.#keyMap.keys).length === 0 && !this.#keyMap.isWithoutCharacterKeys;
    this.#flat = isAsItComes ? this.#registered : this.#registered.map((action) => ({ ...action, keys: keysOf(action, this.#keyMap) }));
    for (const listener of this.#listeners) listener();
  }
}

/** Presses that are no command: taken already, part of an input method, a held key, a modifier alone. */
function isIgnored(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || isComposing(event)) return true;
  if (event.repeat && event.key.length > 1 && !event.key.startsWith('Arrow')) return true;
  return ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock'].includes(event.key);
}

export function isPossible(action: Action): boolean {
  return action.when?.() ?? true;
}

/** The actions of this window. */
export const actionRegistry = new ActionRegistry();
const tellHints = (): void => showKeys((keys) => actionRegistry.shownKeys(keys));
tellHints();
actionRegistry.subscribe(tellHints);

/**
 * Offers actions while the component is on screen. The list may be made anew on every render; actions are registered
 * again only when an id, a label or a key changes, and always run the newest `run`.
 */
export function useActions(actions: readonly Action[]): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const key = JSON.stringify(
    actions.map(({ id, label, area, keys, hidden, whileTyping, onlyTyped, keywords }) => [
      id,
      label,
      area,
      keys,
      hidden,
      whileTyping,
      onlyTyped,
      keywords,
    ]),
  );
  useEffect(() => {
    const find = (id: string): Action | undefined => latest.current.find((each) => each.id === id);
    const stable = latest.current.map((action) => ({
      ...action,
      when: () => {
        const current = find(action.id);
        return current !== undefined && isPossible(current);
      },
      whyNot: () => find(action.id)?.whyNot?.() ?? null,
      run: () => find(action.id)?.run(),
    }));
    return actionRegistry.register(stable);
    // `key` says everything about the list that others can see.
  }, [key]);
}

/** All actions on screen with the keys that run them now, for the palette and the help. */
export function useActionList(): readonly Action[] {
  return useSyncExternalStore(actionRegistry.subscribe, actionRegistry.list);
}

/** Listens for keys in this window; once, when the page starts. */
export function listenForKeys(page: Window): () => void {
  // Looked at before anybody acts on the key: the Escape that closes a popup is not meant for what is behind it.
  let isInPopup = false;
  const onFirst = (event: KeyboardEvent): void => {
    catchUpWithTyping(event);
    isInPopup = isInsidePopup(event.target);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (actionRegistry.press(event, performance.now(), isInPopup)) event.preventDefault();
  };
  page.addEventListener('keydown', onFirst, true);
  page.addEventListener('keydown', onKeyDown);
  return () => {
    page.removeEventListener('keydown', onFirst, true);
    page.removeEventListener('keydown', onKeyDown);
  };
}

/**
 * A dialog gets the focus a frame after it is there. Whoever knows it types without waiting: what is written in between belongs into its
 * first field, which would have the focus then.
 */
function catchUpWithTyping(event: KeyboardEvent): void {
  if ([...event.key].length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  const dialog = [...document.querySelectorAll('.m-dialog:not([data-closed])')].at(-1);
  const active = document.activeElement;
  if (dialog === undefined || dialog.contains(active) || (active !== null && active.closest(POPUPS) !== null)) return;
  dialog.querySelector<HTMLElement>('input:not([type="hidden"]):not([type="checkbox"]):not([type="radio"]), textarea')?.focus();
}
