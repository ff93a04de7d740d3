import { IS_MAC } from '../ui/platform.ts';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> &
  Partial<Pick<KeyboardEvent, 'code' | 'getModifierState'>>;

const LATIN = /^\p{Script=Latin}$/u;
const LETTER = /^\p{L}$/u;

/**
 * A press as text: modifiers in a fixed order, then the key: `mod+k`, `shift+enter`, `?`, `g`.
 *
 * The key is the character that is on it, wherever it lies: on a Dvorak or AZERTY keyboard `a` is where `a` is written. A keyboard that
 * writes no Latin letters, such as a Russian or Greek one, can not write the keys at all; there the place of the key counts, as on the
 * American keyboard that such letters share a key with.
 */
export function pressOf(event: Press, isMac: boolean = IS_MAC): string {
  // AltGr looks like Ctrl with Alt, and writes characters: the character is meant.
  const isAltGr = !isMac && event.getModifierState?.('AltGraph') === true;
  const key = keyOf(event, isMac);
  const isMod = isMac ? event.metaKey : event.ctrlKey && !isAltGr;
  const isAlt = event.altKey && !isAltGr;
  // For a character the shift key is already in it: `?` is `?`, not `shift+/`.
  const isShift = event.shiftKey && (key.length > 1 || isMod || isAlt || LETTER.test(key));
  const held = { mod: isMod, super: isMac ? event.ctrlKey : event.metaKey, alt: isAlt, shift: isShift };
  return [...Object.entries(held).flatMap(([name, isHeld]) => (isHeld ? [name] : [])), key].join('+');
}

function keyOf(event: Press, isMac: boolean): string {
  const letterThere = /^Key(?<letter>[A-Z])$/u.exec(event.code ?? '')?.groups?.['letter'];
  // Option makes another character of a letter on a Mac, such as π of P: the key is meant.
  const isOption = isMac && event.altKey;
  const isOther = LETTER.test(event.key) && !LATIN.test(event.key);
  const letter = isOption || isOther ? letterThere : undefined;
  return event.key === ' ' ? 'space' : (letter ?? event.key).toLowerCase();
}

/** The digit that shares its key with another character, as on a French keyboard, where digits want Shift: `&` and 1. Null where there is none. */
export function digitOf(event: Press): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || LETTER.test(event.key)) return null;
  const digit = /^Digit(?<digit>[0-9])$/u.exec(event.code ?? '')?.groups?.['digit'];
  return digit === undefined || digit === event.key ? null : digit;
}

/** True while an input method makes characters of keys, as Chinese ones do: no such key is a command. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'key' | 'keyCode'>): boolean {
  // The first key of a composition is not marked as one of it; it has this number, and names no key.
  return event.isComposing || event.keyCode === 229 || event.key === 'Process' || event.key === 'Dead' || event.key === 'Unidentified';
}

/** True where keys write text, so that single-key shortcuts must stay silent. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || isLeaving(target)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range', 'submit'].includes(target.type);
}

/** What takes keys for itself. */
export const POPUPS = '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]';

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
