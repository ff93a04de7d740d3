import { IS_MAC } from '../ui/platform.ts';

/** A press as text: modifiers in a fixed order, then the key: `mod+k`, `shift+enter`, `?`, `g`. */
export function pressOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & Partial<Pick<KeyboardEvent, 'code'>>,
  isMac: boolean = IS_MAC,
): string {
  // Option makes another character of a letter on a Mac, such as π of P: the key is meant.
  const letter = isMac && event.altKey ? /^Key(?<letter>[A-Z])$/u.exec(event.code ?? '')?.groups?.['letter'] : undefined;
  const key = event.key === ' ' ? 'space' : (letter ?? event.key).toLowerCase();
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  const parts: string[] = [];
  if (isMod) parts.push('mod');
  if (isMac ? event.ctrlKey : event.metaKey) parts.push('super');
  if (event.altKey) parts.push('alt');
  // For a character the shift key is already in it: `?` is `?`, not `shift+/`.
  if (event.shiftKey && (key.length > 1 || isMod || event.altKey || /^\p{L}$/u.test(key))) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}

/** True where keys write text, so that single-key shortcuts must stay silent. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || isLeaving(target)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range', 'submit'].includes(target.type);
}

const POPUPS = '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]';

/**
 * True where keys belong to something else: inside a dialog, a menu, a list box, and anywhere while a dialog is open,
 * because what is typed before it has the focus is meant for it.
 */
export function isInsidePopup(target: EventTarget | null): boolean {
  if (document.querySelector('.m-dialog:not([data-closed])') !== null) return true;
  return target instanceof Element && !isLeaving(target) && target.closest(POPUPS) !== null;
}

/** Whether it is in a popup that is closed and only fades away: whoever is fast means what is behind it. */
function isLeaving(target: Element): boolean {
  return target.closest('[data-closed]') !== null;
}

/** True when a shortcut begins with a plain key; such shortcuts never fire while typing or in dialogs. */
export function isPlain(keys: string): boolean {
  const [first = ''] = keys.split(' ');
  return !/^(mod|alt|super)\+/u.test(first);
}

const RESERVED_KEYS = ['tab', 'mod+c', 'mod+v', 'mod+x', 'mod+a', 'mod+r', 'mod+w', 'mod+q'] as const;

/**
 * Shortcuts that could never be told apart: equal ones, one that is the beginning of another, and keys that every
 * person needs for something else. `areas` keeps actions apart that are never there together.
 */
export function conflicts(shortcuts: readonly { readonly id: string; readonly keys: string }[]): readonly string[] {
  const found: string[] = [];
  for (const [index, one] of shortcuts.entries()) {
    if (RESERVED_KEYS.some((reserved) => reserved === one.keys)) found.push(`${one.id} takes ${one.keys}`);
    for (const other of shortcuts.slice(index + 1)) {
      const isSame = one.keys === other.keys;
      const isBeginning = one.keys.startsWith(`${other.keys} `) || other.keys.startsWith(`${one.keys} `);
      if (one.id !== other.id && (isSame || isBeginning)) found.push(`${one.id} and ${other.id} share ${one.keys}`);
    }
  }
  return found;
}
