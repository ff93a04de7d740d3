import type { ReactNode } from 'react';
import './kbd.css';
import { IS_MAC } from './platform.ts';

const MAC_NAMES: Readonly<Record<string, string>> = {
  mod: '⌘',
  shift: '⇧',
  alt: '⌥',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  backspace: '⌫',
};
const OTHER_NAMES: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  backspace: 'Backspace',
};

/** The keycaps of a shortcut such as `mod+k`, `g i` or `?`, one list per press, named as on this platform. */
export function keyCaps(keys: string): readonly (readonly string[])[] {
  const names = IS_MAC ? MAC_NAMES : OTHER_NAMES;
  return keys.split(' ').map((press) => press.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)));
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
