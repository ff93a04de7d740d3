// @vitest-environment happy-dom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { fakeMessage } from '../../../../../test/renderer/fake-message.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { firstOpen, useOpenUnasked } from './open-messages.ts';

const heard = (...names: string[]) => names.map((name) => fakeMessage(name));
const said = (name: string) => fakeMessage(name, { direction: 'out' });
const ids = (...names: string[]) => new Set(names.map((name) => makeId('msg', name)));

afterEach(cleanup);

test('the newest messages are open; in a chat all that the customer said since our last word', () => {
  const items = [said('a'), ...heard('b', 'c', 'd', 'e', 'f')];
  expect(firstOpen(items, false)).toBe(makeId('msg', 'd'));
  expect(firstOpen(items, true)).toBe(makeId('msg', 'b'));
  expect(firstOpen([...items, said('g')], true)).toBe(makeId('msg', 'e'));
  expect(firstOpen([], true)).toBeNull();
});

test('what is open stays open, whatever comes while it is read', () => {
  const { result, rerender } = renderHook(({ items }) => useOpenUnasked(items, true), {
    initialProps: { items: [...heard('a'), said('b'), ...heard('c', 'd')] as readonly TimelineItem[] },
  });
  expect(result.current).toEqual(ids('b', 'c', 'd'));
  rerender({ items: [...heard('a'), said('b'), ...heard('c', 'd', 'e', 'f', 'g', 'h')] });
  expect(result.current).toEqual(ids('b', 'c', 'd', 'e', 'f', 'g', 'h'));
});

test('where nothing was said when it was opened, all that comes is open', () => {
  const { result, rerender } = renderHook(({ items }) => useOpenUnasked(items, true), {
    initialProps: { items: [] as readonly TimelineItem[] },
  });
  rerender({ items: heard('a', 'b', 'c', 'd') });
  expect(result.current).toEqual(ids('a', 'b', 'c', 'd'));
});
