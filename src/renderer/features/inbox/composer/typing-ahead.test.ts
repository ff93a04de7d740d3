// @vitest-environment happy-dom
import { fireEvent } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { beginTypingAhead, endTypingAhead, macroAhead } from './typing-ahead.ts';

afterEach(() => void endTypingAhead());

function insert(text: string): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement)) throw new Error('nothing takes words');
  fireEvent.input(field, { target: { value: text } });
}

test('keeps keys and words that come without one in the order in which they came', () => {
  beginTypingAhead('Text of the reply');
  for (const key of ['H', 'i', 'x', 'Backspace', ' ']) fireEvent.keyDown(document.activeElement ?? document.body, { key });
  insert('您好');
  fireEvent.keyDown(document.activeElement ?? document.body, { key: '!' });
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Enter' });
  expect(endTypingAhead()).toBe('Hi 您好!\n');
});

test('is asked for twice and ended once, and leaves nothing behind', () => {
  beginTypingAhead('Text of the reply');
  beginTypingAhead('Text of the reply');
  expect(document.querySelectorAll('textarea')).toHaveLength(1);
  endTypingAhead();
  expect(document.querySelector('textarea')).toBeNull();
  fireEvent.keyDown(document.body, { key: 'a' });
  expect(endTypingAhead()).toBe('');
});

test('leaves shortcuts with a modifier to whom they belong', () => {
  beginTypingAhead('Text of the reply');
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'k', ctrlKey: true });
  expect(endTypingAhead()).toBe('');
});

test.each([
  ['#', '', ''],
  ['#kyc', '', 'kyc'],
  ['Hi #ky', 'Hi ', 'ky'],
  ['您好 #退款', '您好 ', '退款'],
  ['Case #12 is', 'Case #12 is', null],
  ['C#', 'C#', null],
  ['##', '##', null],
  ['Hi', 'Hi', null],
])('a macro begun while the composer was fetched is one: %s', (typed, text, macro) => {
  expect(macroAhead(typed)).toEqual({ text, macro });
});
