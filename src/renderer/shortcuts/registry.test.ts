// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';
import { conflicts, pressOf } from './keys.ts';
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

test('conflicts are equal keys and keys that begin another sequence', () => {
  expect(
    conflicts([
      { id: 'a', keys: 'g' },
      { id: 'b', keys: 'g i' },
    ]),
  ).toEqual(['a and b share g']);
  expect(
    conflicts([
      { id: 'a', keys: 'c' },
      { id: 'b', keys: 'c' },
    ]),
  ).toHaveLength(1);
  expect(conflicts([{ id: 'a', keys: 'mod+c' }])).toEqual(['a takes mod+c']);
  expect(
    conflicts([
      { id: 'a', keys: 'g i' },
      { id: 'b', keys: 'g o' },
    ]),
  ).toEqual([]);
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
