import { expect, test } from 'vitest';
import { makeId } from '../../shared/domain/ids.ts';
import { UndoStack } from './undo-stack.ts';

const entry = (name: string): { readonly opId: ReturnType<typeof makeId<'op'>>; readonly label: string } => ({
  opId: makeId('op', name),
  label: name,
});

test('takes back the newest first and says when nothing is left', () => {
  const stack = new UndoStack();
  stack.push(entry('a'));
  stack.push(entry('b'));
  expect(stack.pop()?.label).toBe('b');
  expect(stack.pop()?.label).toBe('a');
  expect(stack.pop()).toBeNull();
});

test('the button of an older toast takes back what it stands for, once', () => {
  const stack = new UndoStack();
  stack.push(entry('a'));
  stack.push(entry('b'));
  expect(stack.take(makeId('op', 'a'))?.label).toBe('a');
  expect(stack.take(makeId('op', 'a'))).toBeNull();
  expect(stack.pop()?.label).toBe('b');
});

test('forgets the oldest beyond fifty', () => {
  const stack = new UndoStack();
  for (let index = 0; index < 60; index += 1) stack.push(entry(`o${index}`));
  expect(stack.size).toBe(50);
  expect(stack.take(makeId('op', 'o9'))).toBeNull();
  expect(stack.take(makeId('op', 'o10'))?.label).toBe('o10');
});
