// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';
import { digitOf, pressOf } from './keys.ts';
import { ActionRegistry, actionRegistry, listenForKeys } from './registry.ts';
import type { Action } from './registry.ts';

let registry: ActionRegistry;
let ran: string[];
let nowMs: number;

function action(id: string, keys: readonly string[], more: Partial<Action> = {}): Action {
  return { id, label: id, area: 'general', keys, run: () => ran.push(id), ...more };
}

function press(key: string, target: Element = document.body, modifiers: Partial<KeyboardEventInit> = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers });
  let isTaken = false;
  const listen = (heard: Event): void => {
    isTaken = registry.press(heard as KeyboardEvent, nowMs);
  };
  document.addEventListener('keydown', listen, { once: true });
  target.dispatchEvent(event);
  return isTaken;
}

function added<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, parent: Element = document.body): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  parent.append(element);
  return element;
}

beforeEach(() => {
  registry = new ActionRegistry();
  ran = [];
  nowMs = 0;
  document.body.replaceChildren();
});

describe('single keys', () => {
  test('run their action', () => {
    registry.register([action('case.claim', ['c'])]);
    expect(press('c')).toBe(true);
    expect(ran).toEqual(['case.claim']);
  });

  test('are silent in fields, in editable text and in dialogs, where Ctrl+K still works', () => {
    registry.register([action('case.claim', ['c']), action('app.palette', ['mod+k'])]);
    const dialog = added('div');
    dialog.setAttribute('role', 'dialog');
    const editable = added('div');
    editable.setAttribute('contenteditable', 'true');
    for (const target of [added('input'), added('textarea'), editable, added('button', dialog)]) {
      expect(press('c', target)).toBe(false);
      expect(press('k', target, { ctrlKey: true })).toBe(true);
    }
    expect(ran).toEqual(['app.palette', 'app.palette', 'app.palette', 'app.palette']);
  });

  test('work at once behind a dialog that is closed and only fades away', () => {
    registry.register([action('case.claim', ['c'])]);
    const dialog = added('div');
    dialog.setAttribute('role', 'dialog');
    const field = added('input', dialog);
    expect(press('c', field)).toBe(false);
    // Base UI marks it so.
    dialog.setAttribute('data-closed', '');
    expect(press('c', field)).toBe(true);
    expect(press('c', dialog)).toBe(true);
  });

  test('wait while a dialog is open that has not got the focus yet', () => {
    registry.register([action('case.claim', ['c'])]);
    const dialog = added('div');
    dialog.className = 'm-dialog';
    expect(press('c')).toBe(false);
    dialog.setAttribute('data-closed', '');
    expect(press('c')).toBe(true);
  });

  test('a checkbox is no place for text', () => {
    registry.register([action('case.claim', ['c'])]);
    const box = added('input');
    box.type = 'checkbox';
    expect(press('c', box)).toBe(true);
  });

  test('leave an input method alone', () => {
    registry.register([action('case.claim', ['c'])]);
    expect(press('c', document.body, { isComposing: true })).toBe(false);
  });

  test('respect `when`, and the latest registration wins', () => {
    let isPossible = false;
    registry.register([action('old', ['c'])]);
    const remove = registry.register([action('new', ['c'], { when: () => isPossible })]);
    press('c');
    isPossible = true;
    press('c');
    remove();
    press('c');
    expect(ran).toEqual(['old', 'new', 'old']);
  });
});

describe('sequences', () => {
  beforeEach(() => {
    registry.register([action('go.inbox', ['g i']), action('label', ['i'])]);
  });

  test('run on the second key', () => {
    expect(press('g')).toBe(true);
    expect(press('i')).toBe(true);
    expect(ran).toEqual(['go.inbox']);
  });

  test('are forgotten when the second key comes late or is another one', () => {
    press('g');
    nowMs = 5_000;
    press('i');
    press('g');
    press('x');
    press('i');
    expect(ran).toEqual(['label', 'label']);
  });
});

test('a menu command runs the action of the same id only when it can be done', () => {
  registry.register([action('app.help', ['?']), action('case.reply', ['r'], { when: () => false })]);
  expect(registry.run('app.help')).toBe(true);
  expect(registry.run('case.reply')).toBe(false);
  expect(registry.run('nothing')).toBe(false);
  expect(ran).toEqual(['app.help']);
});

describe('presses', () => {
  const event = (key: string, modifiers: Partial<KeyboardEvent> = {}): Parameters<typeof pressOf>[0] => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...modifiers,
  });

  test('the command key is the modifier on a Mac, Ctrl elsewhere', () => {
    expect(pressOf(event('k', { metaKey: true }), true)).toBe('mod+k');
    expect(pressOf(event('k', { ctrlKey: true }), false)).toBe('mod+k');
    expect(pressOf(event('k', { ctrlKey: true }), true)).toBe('super+k');
  });

  test('shift is named with letters and named keys, and part of the character otherwise', () => {
    expect(pressOf(event('?', { shiftKey: true }), false)).toBe('?');
    expect(pressOf(event('R', { shiftKey: true }), false)).toBe('shift+r');
    expect(pressOf(event('Enter', { shiftKey: true }), false)).toBe('shift+enter');
  });

  test('with Option the key counts and not the character that a Mac makes of it', () => {
    expect(pressOf(event('π', { altKey: true, code: 'KeyP' }), true)).toBe('alt+p');
    expect(pressOf(event('p', { altKey: true, code: 'KeyP' }), false)).toBe('alt+p');
  });
});

describe('layouts', () => {
  const event = (key: string, more: Partial<KeyboardEvent> = {}): Parameters<typeof pressOf>[0] => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  });

  test('a key is the character on it, wherever it lies', () => {
    // Dvorak writes c where the American keyboard has i; AZERTY writes a where it has q
    expect(pressOf(event('c', { code: 'KeyI' }), false)).toBe('c');
    expect(pressOf(event('a', { code: 'KeyQ' }), false)).toBe('a');
    expect(pressOf(event('é', { code: 'Digit2' }), false)).toBe('é');
  });

  test('letters of other scripts stand for the Latin one on their key', () => {
    expect(pressOf(event('с', { code: 'KeyC' }), false)).toBe('c');
    expect(pressOf(event('С', { code: 'KeyC', shiftKey: true }), false)).toBe('shift+c');
    expect(pressOf(event('κ', { code: 'KeyK', ctrlKey: true }), false)).toBe('mod+k');
  });

  test('AltGr writes a character and is no Ctrl with Alt', () => {
    const altGr = { ctrlKey: true, altKey: true, getModifierState: (name: string) => name === 'AltGraph' };
    expect(pressOf(event('@', altGr), false)).toBe('@');
    expect(pressOf(event('q', { ctrlKey: true, altKey: true, getModifierState: () => false }), false)).toBe('mod+alt+q');
  });

  test('digits need no Shift where they share their key with a sign', () => {
    expect(digitOf(event('&', { code: 'Digit1' }))).toBe('1');
    expect(digitOf(event('1', { code: 'Digit1' }))).toBeNull();
    expect(digitOf(event('!', { code: 'Digit1', shiftKey: true }))).toBeNull();
    registry.register([action('go.first', ['g 1'])]);
    press('g');
    expect(press('&', document.body, { code: 'Digit1' })).toBe(true);
    expect(ran).toEqual(['go.first']);
  });

  test.each([{ isComposing: true }, { keyCode: 229 }, { key: 'Process' }, { key: 'Dead' }])('an input method keeps %j', (more) => {
    registry.register([action('any', ['c', 'process', 'dead'])]);
    expect(press('c', document.body, more)).toBe(false);
    expect(ran).toEqual([]);
  });
});

describe('keys that a person changed', () => {
  beforeEach(() => {
    registry.register([action('case.claim', ['c']), action('go.inbox', ['g i']), action('app.palette', ['mod+k'])]);
  });

  test('run in place of those it came with, and hints show them', () => {
    registry.setKeyMap({ keys: { 'case.claim': ['b', 'x y'] }, isWithoutCharacterKeys: false });
    expect(press('c')).toBe(false);
    press('b');
    press('x');
    press('y');
    expect(ran).toEqual(['case.claim', 'case.claim']);
    expect(registry.shownKeys('c')).toBe('b');
    expect(registry.shownKeys('enter')).toBe('enter');
    expect(registry.list()[0]?.keys).toEqual(['b', 'x y']);
    expect(registry.registered()[0]?.keys).toEqual(['c']);
  });

  test('none is silent without characters but those with Ctrl', () => {
    registry.setKeyMap({ keys: {}, isWithoutCharacterKeys: true });
    expect([press('c'), press('g'), press('i')]).toEqual([false, false, false]);
    expect(press('k', document.body, { ctrlKey: true })).toBe(true);
    expect(ran).toEqual(['app.palette']);
    expect([registry.shownKeys('c'), registry.shownKeys('mod+k')]).toEqual([undefined, 'mod+k']);
  });

  test('hold for what is registered later, too', () => {
    registry.setKeyMap({ keys: { late: ['z'] }, isWithoutCharacterKeys: false });
    registry.register([action('late', ['l'])]);
    press('z');
    expect(ran).toEqual(['late']);
  });
});

test('the Escape that closes a popup is not meant for what is behind it, and the next one is', () => {
  const stop = listenForKeys(window);
  const remove = actionRegistry.register([action('behind', ['escape'])]);
  const popup = added('div');
  popup.setAttribute('role', 'dialog');
  const field = added('input', popup);
  // closes at once, while the key is still on its way up
  field.addEventListener('keydown', () => popup.setAttribute('data-closed', ''));
  const escape = (): boolean => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  escape();
  expect(ran).toEqual([]);
  escape();
  expect(ran).toEqual(['behind']);
  remove();
  stop();
});
