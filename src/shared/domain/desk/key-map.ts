/**
 * Which keys run which command, as one person changed them. A key is text: `mod+k`, `shift+enter`, `?`; two presses one after the other
 * have a space between them: `g i`. `mod` is Ctrl, and the command key on a Mac. Keys are characters, not places on the keyboard.
 */
export interface KeyMap {
  /** The keys of each command that was changed, in place of those it comes with; none for a command that has no key any more. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** No key that writes a character runs anything (WCAG 2.1.4). */
  readonly isWithoutCharacterKeys: boolean;
}

/** A command as far as its keys are concerned. */
export interface KeyedCommand {
  readonly id: string;
  /** The keys it comes with; several are several ways. */
  readonly keys: readonly string[];
  /** Where it is heard: `everywhere`, or a screen and a part of it, such as `handoffs.sweep`. */
  readonly place: string;
}

export const NO_KEY_MAP: KeyMap = { keys: {}, isWithoutCharacterKeys: false };
/** How many ways to one command, and how many changed commands, are kept. */
export const MAX_KEYS = 4;
export const MAX_REMAPPED = 500;

const NAMED =
  'enter|escape|space|tab|backspace|delete|insert|home|end|pageup|pagedown|arrowup|arrowdown|arrowleft|arrowright|contextmenu|f[1-9]|f1[0-9]|f2[0-4]';
const PRESS = new RegExp(`^(?:mod\\+)?(?:super\\+)?(?:alt\\+)?(?:shift\\+)?(?:${NAMED}|[^\\s\\p{Lu}\\p{C}])$`, 'u');
const MODIFIER = /^(?:mod|super|alt|shift)\+(?=.)/u;

/** A press as its modifiers and its key. */
export function partsOf(press: string): readonly string[] {
  const parts: string[] = [];
  let rest = press;
  for (let found = MODIFIER.exec(rest); found !== null; found = MODIFIER.exec(rest)) {
    parts.push(found[0].slice(0, -1));
    rest = rest.slice(found[0].length);
  }
  return [...parts, rest];
}

/** Whether it is one press or two, each of which a keyboard can make. Nothing can stand in front of two but a plain character. */
export function isKeys(keys: string): boolean {
  const presses = keys.split(' ');
  if (presses.length > 2 || !presses.every((press) => PRESS.test(press))) return false;
  return presses.length === 1 || presses.every((press) => isCharacter(press));
}

/** Whether a press writes a character: a letter, a digit, a sign or a space, without anything held but Shift. */
function isCharacter(press: string): boolean {
  const parts = partsOf(press);
  const key = parts.at(-1) ?? '';
  return (key === 'space' || [...key].length === 1) && parts.slice(0, -1).every((part) => part === 'shift');
}

/** Whether keys consist of nothing but characters, so that somebody who speaks to the machine, or slips, runs them by accident. */
export function isCharacterKeys(keys: string): boolean {
  return keys.split(' ').every(isCharacter);
}

/** The keys of a command as they are now. */
export function keysOf({ id, keys }: Pick<KeyedCommand, 'id' | 'keys'>, keyMap: KeyMap): readonly string[] {
  const own = Object.hasOwn(keyMap.keys, id) ? (keyMap.keys[id] ?? keys) : keys;
  return keyMap.isWithoutCharacterKeys ? own.filter((each) => !isCharacterKeys(each)) : own;
}

/**
 * Gives a command other keys. Those it comes with are not kept as a change.
 * @param takenFrom a command that loses these keys by it
 */
export function withKeys(
  keyMap: KeyMap,
  command: Pick<KeyedCommand, 'id' | 'keys'>,
  keys: readonly string[],
  takenFrom: readonly Pick<KeyedCommand, 'id' | 'keys'>[] = [],
): KeyMap {
  const next = new Map(Object.entries(keyMap.keys));
  const put = (each: Pick<KeyedCommand, 'id' | 'keys'>, wanted: readonly string[]): void => {
    if (wanted.length === each.keys.length && wanted.every((key, index) => key === each.keys[index])) next.delete(each.id);
    else next.set(each.id, [...new Set(wanted)].slice(0, MAX_KEYS));
  };
  for (const other of takenFrom) {
    const before = next.get(other.id) ?? other.keys;
    put(
      other,
      before.filter((key) => !keys.some((taken) => clashes(key, taken))),
    );
  }
  put(command, keys);
  return { ...keyMap, keys: Object.fromEntries(next) };
}

/** Whether two keys can not be told apart: they are equal, or one begins the other. */
export function clashes(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

/** Whether two commands can be heard at the same time. */
export function isTogether(one: string, other: string): boolean {
  return one === other || one === 'everywhere' || other === 'everywhere' || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

export interface KeyConflict {
  readonly keys: string;
  readonly one: string;
  readonly other: string;
}

/**
 * The commands that would be in the way if `command` had these keys. Two that come with one key are made for it: where both can be
 * heard, the nearer one hears it.
 */
export function inTheWay<Other extends KeyedCommand>(
  command: KeyedCommand,
  keys: string,
  all: readonly Other[],
  keyMap: KeyMap,
): readonly Other[] {
  return all.filter(
    (other) =>
      other.id !== command.id &&
      isTogether(command.place, other.place) &&
      keysOf(other, keyMap).some((key) => clashes(key, keys) && !(command.keys.includes(keys) && other.keys.includes(key))),
  );
}

/** All pairs of commands that can not be told apart, each once, in the order of the list. */
export function conflictsIn(all: readonly KeyedCommand[], keyMap: KeyMap): readonly KeyConflict[] {
  return all.flatMap((one, index) =>
    keysOf(one, keyMap).flatMap((keys) =>
      inTheWay(one, keys, all.slice(index + 1), keyMap).map((other) => ({ keys, one: one.id, other: other.id })),
    ),
  );
}

/** Why keys can not be given to a command. */
export type KeyRefusal = 'not-keys' | 'focus' | 'editing' | 'window' | 'menu-bar' | 'context-menu' | 'system' | 'writes' | 'controls';

const FOCUS = /(?:^|\+)tab$/u;
const EDITING = ['mod+c', 'mod+v', 'mod+x', 'mod+a', 'mod+shift+v'];
const WINDOW = ['mod+q', 'mod+w', 'mod+r', 'mod+shift+r', 'mod+shift+i', 'alt+f4', 'f11'];
const MENU_BAR = ['mod+f', 'mod+shift+y', 'mod+0', 'mod+=', 'mod++', 'mod+-', 'mod+shift+=', 'mod+shift++'];
const CONTROLS = /^(?:shift\+)?(?:enter|escape|space|backspace|delete|home|end|pageup|pagedown|arrow(?:up|down|left|right))$/u;

/**
 * Why a command can not have these keys: everybody needs them for something else. What a command comes with it may always have.
 * @param isMac there Option writes characters; elsewhere Ctrl with Alt does, as AltGr
 */
export function refusalOf(command: Pick<KeyedCommand, 'keys'>, keys: string, isMac: boolean): KeyRefusal | null {
  if (!isKeys(keys)) return 'not-keys';
  if (command.keys.includes(keys)) return null;
  for (const press of keys.split(' ')) {
    const parts = partsOf(press);
    const key = parts.at(-1) ?? '';
    if (FOCUS.test(press)) return 'focus';
    if (EDITING.includes(press)) return 'editing';
    if (WINDOW.includes(press)) return 'window';
    if (MENU_BAR.includes(press)) return 'menu-bar';
    if (press === 'contextmenu' || press === 'shift+f10') return 'context-menu';
    if (parts.includes('super')) return 'system';
    const writes = isMac ? parts.includes('alt') && !parts.includes('mod') : parts.includes('alt') && parts.includes('mod');
    if (writes && [...key].length === 1) return 'writes';
    if (CONTROLS.test(press)) return 'controls';
  }
  return null;
}

/**
 * What was kept, or comes from a file, as a key map. Nothing in it is fatal: what can not be read is left out, and counted. Commands
 * that are not known stay: a newer version, or the next one, may know them.
 */
export function readKeyMap(value: unknown): { readonly keyMap: KeyMap; readonly dropped: number } {
  if (!isRecord(value)) return { keyMap: NO_KEY_MAP, dropped: value === null || value === undefined ? 0 : 1 };
  let dropped = 0;
  const keys: [string, readonly string[]][] = [];
  if (value['keys'] !== undefined && !isRecord(value['keys'])) dropped += 1;
  for (const [id, wanted] of Object.entries(isRecord(value['keys']) ? value['keys'] : {})) {
    if (!Array.isArray(wanted) || id === '' || id.length > 80 || id === '__proto__' || keys.length >= MAX_REMAPPED) {
      dropped += 1;
      continue;
    }
    const good = [...new Set(wanted.filter((each): each is string => typeof each === 'string' && each.length <= 60 && isKeys(each)))].slice(
      0,
      MAX_KEYS,
    );
    dropped += wanted.length - good.length;
    // keys that were all unreadable are no wish to have none
    if (good.length > 0 || wanted.length === 0) keys.push([id, good]);
  }
  return { keyMap: { keys: Object.fromEntries(keys), isWithoutCharacterKeys: value['isWithoutCharacterKeys'] === true }, dropped };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
