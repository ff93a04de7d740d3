import { expect, test } from 'vitest';
import { makeId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { UndoStack } from './undo-stack.ts';

const at = instant(Date.UTC(2026, 10, 29));
const opId = (name: string): ReturnType<typeof makeId<'op'>> => makeId('op', name);
const stackOf = (...names: readonly string[]): UndoStack => {
  const stack = new UndoStack();
  for (const name of names) stack.push({ opId: opId(name), label: name }, at);
  return stack;
};

test('takes back the newest first, and does them again in the opposite order', () => {
  const stack = stackOf('a', 'b');
  expect(stack.nextAgain).toBeNull();
  stack.undone(opId('b'), opId('undo-b'));
  expect(stack.next?.label).toBe('a');
  stack.undone(opId('a'), opId('undo-a'));
  expect(stack.next).toBeNull();
  expect(stack.nextAgain).toMatchObject({ label: 'a', lastOpId: opId('undo-a') });
  stack.doneAgain(opId('a'), opId('again-a'));
  expect(stack.nextAgain?.label).toBe('b');
  expect(stack.next).toMatchObject({ label: 'a', lastOpId: opId('again-a') });
});

test('out of order: what is taken back is passed over, and stays in the list', () => {
  const stack = stackOf('a', 'b', 'c');
  stack.undone(opId('b'), opId('undo-b'));
  stack.gone(opId('c'), 'because');
  expect(stack.next?.label).toBe('a');
  expect(stack.list().map(({ state, why }) => [state, why])).toEqual([
    ['done', ''],
    ['undone', ''],
    ['gone', 'because'],
  ]);
});

test('something new makes an end of what could be done again', () => {
  const stack = stackOf('a');
  stack.undone(opId('a'), opId('undo-a'));
  stack.push({ opId: opId('b'), label: 'b' }, at);
  expect(stack.nextAgain).toBeNull();
});

test('forgets the oldest beyond fifty, and everything when somebody else sits down', () => {
  const stack = stackOf(...Array.from({ length: 60 }, (_, index) => `o${index}`));
  expect(stack.size).toBe(50);
  expect(stack.find(opId('o9'))).toBeNull();
  expect(stack.find(opId('o10'))?.label).toBe('o10');
  let told = 0;
  stack.subscribe(() => (told += 1));
  stack.clear();
  expect([stack.size, stack.next, told]).toEqual([0, null, 1]);
});
