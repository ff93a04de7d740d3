// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeMessage } from '../../../../../test/renderer/fake-message.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { useKeptAtEnd } from './kept-at-end.ts';

const ME = makeId('agt', 'me');
const MESSAGE_PX = 100;
const VIEW_PX = 250;
let count = 0;

function Shown({ items }: { readonly items: readonly TimelineItem[] }): ReactNode {
  const { scroller, hasNews, toEnd } = useKeptAtEnd(items, ME);
  return (
    <>
      <div ref={scroller} role="log" tabIndex={-1} />
      {hasNews && (
        <button type="button" onClick={toEnd}>
          news
        </button>
      )}
    </>
  );
}

const item = (index: number, agentId: typeof ME | null = null): TimelineItem =>
  fakeMessage(`m${index}`, { at: instant(index * 1_000), agentId, direction: agentId === null ? 'in' : 'out' });
const heard = (many: number): readonly TimelineItem[] => Array.from({ length: many }, (_, index) => item(index));
const top = (): number => screen.getByRole('log').scrollTop;
const endTop = (): number => count * MESSAGE_PX;

function show(items: readonly TimelineItem[]): (next: readonly TimelineItem[]) => void {
  count = items.length;
  const { rerender } = render(<Shown items={items} />);
  return (next) => {
    count = next.length;
    rerender(<Shown items={next} />);
  };
}

function scrollTo(to: number): void {
  screen.getByRole('log').scrollTop = to;
  fireEvent.scroll(screen.getByRole('log'));
}

beforeEach(() => {
  // happy-dom lays nothing out
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(endTop);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(VIEW_PX);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('who looks at the end sees what comes, and is told of nothing', () => {
  const change = show(heard(6));
  change(heard(7));
  expect(top()).toBe(endTop());
  expect(screen.queryByRole('button')).toBeNull();
});

test('who reads above keeps the place, and is told of what a customer wrote below, until they are there', () => {
  const change = show(heard(6));
  scrollTo(100);
  change(heard(7));
  expect(top()).toBe(100);
  fireEvent.click(screen.getByRole('button', { name: 'news' }));
  expect(top()).toBe(endTop());
  expect(screen.queryByRole('button')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('log'));
  // a browser tells of it
  scrollTo(endTop() - VIEW_PX);
  scrollTo(100);
  change(heard(8));
  expect(screen.getByRole('button', { name: 'news' })).toBeTruthy();
  scrollTo(endTop() - VIEW_PX);
  expect(screen.queryByRole('button')).toBeNull();
});

test('who reads above and writes sees what they wrote', () => {
  const change = show(heard(6));
  scrollTo(100);
  change([...heard(6), item(6, ME)]);
  expect(top()).toBe(endTop());
  expect(screen.queryByRole('button')).toBeNull();
});

test('what is taken back, and what happens beside the messages, is no news', () => {
  const change = show(heard(6));
  scrollTo(100);
  change(heard(5));
  change([...heard(5), { kind: 'event', id: 'e', at: instant(9_000), agentId: null, body: { type: 'case.claimed' } as never }]);
  expect(screen.queryByRole('button')).toBeNull();
  expect(top()).toBe(100);
});
