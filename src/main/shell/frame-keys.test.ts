import { expect, test } from 'vitest';
import { keyForPage } from './frame-keys.ts';

const input = (key: string, more: object = {}): Parameters<typeof keyForPage>[0] => ({
  type: 'keyDown',
  key,
  code: `Key${key.toUpperCase()}`,
  control: false,
  meta: false,
  alt: false,
  shift: false,
  isAutoRepeat: false,
  isComposing: false,
  ...more,
});

test('commands reach the page from within a mail', () => {
  expect(keyForPage(input('j'))).toEqual({
    key: 'j',
    code: 'KeyJ',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    repeat: false,
  });
  expect(keyForPage(input('k', { control: true, isAutoRepeat: true }))).toMatchObject({ key: 'k', ctrlKey: true, repeat: true });
  expect(keyForPage(input('?', { shift: true }))).toMatchObject({ key: '?', shiftKey: true });
  for (const key of ['Escape', 'F3', 'F12', '#']) expect(keyForPage(input(key))).toMatchObject({ key });
});

test('what the browser does in a mail stays there', () => {
  for (const key of [' ', 'ArrowDown', 'PageUp', 'Home', 'End', 'Tab', 'Enter', 'Shift', 'F10', 'ContextMenu'])
    expect(keyForPage(input(key))).toBeNull();
  for (const key of ['c', 'A', 'x']) expect(keyForPage(input(key, { control: true }))).toBeNull();
  expect(keyForPage(input('c', { meta: true }))).toBeNull();
  expect(keyForPage(input('j', { type: 'keyUp' }))).toBeNull();
  expect(keyForPage(input('j', { isComposing: true }))).toBeNull();
});
