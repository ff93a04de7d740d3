import type { ReactNode } from 'react';
import './kbd.css';
import { IS_MAC } from './platform.ts';
import { useShownKeys } from './shown-keys.ts';

const NAMES: Readonly<Record<string, string>> = {
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  insert: 'Ins',
  delete: 'Del',
  tab: 'Tab',
  space: 'Space',
};
const MAC_NAMES: Readonly<Record<string, string>> = {
  ...NAMES,
  mod: '⌘',
  super: '⌃',
  shift: '⇧',
  alt: '⌥',
  enter: '↵',
  backspace: '⌫',
};
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ...NAMES,
  mod: 'Ctrl',
  super: 'Super',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  backspace: 'Backspace',
};

/** `mod++` is Ctrl and the plus sign. */
const BETWEEN_KEYS = /(?<=[^+])\+/u;

/** The keycaps of a shortcut such as `mod+k`, `g i` or `?`, one list per press, named as on this platform. */
export function keyCaps(keys: string): readonly (readonly string[])[] {
  const names = IS_MAC ? MAC_NAMES : OTHER_NAMES;
  return keys
    .split(' ')
    .map((press) =>
      press.split(BETWEEN_KEYS).map((key) => names[key] ?? (key.length === 1 || /^f\d+$/u.test(key) ? key.toUpperCase() : key)),
    );
}

/** A shortcut as readable text, for titles and screen readers: `Ctrl+K`, `G I`. */
export function keyText(keys: string): string {
  return keyCaps(keys)
    .map((press) => press.join('+'))
    .join(' ');
}

/** Shows a shortcut as keycaps. Decorative where the control already names it, so it is hidden from screen readers. */
export function Kbd({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className="m-kbd" aria-hidden="true">
      {keyCaps(keys).map((press, index) => (
        <span className="m-kbd-press" key={index}>
          {press.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** The same for keys that the app came with: shows those that do it now, and nothing where no key does. */
export function KeyHint({ keys }: { readonly keys: string }): ReactNode {
  const shown = useShownKeys(keys);
  return shown === undefined ? null : <Kbd keys={shown} />;
}
