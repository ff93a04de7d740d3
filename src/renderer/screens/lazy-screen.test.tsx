// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { lazyScreen, UnreadableScreen } from './lazy-screen.tsx';

function Outbox(): ReactNode {
  return <p>what waits</p>;
}

afterEach(cleanup);

test('a screen that is there is drawn with the first frame; one that is not, as soon as it comes', async () => {
  let asked = 0;
  const screen = lazyScreen(async () => {
    asked += 1;
    return Promise.resolve(Outbox);
  });
  expect(asked).toBe(0);
  const first = render(<screen.Screen />);
  expect(first.container.textContent).toBe('');
  await act(async () => screen.load());
  expect(first.container.textContent).toBe('what waits');
  first.unmount();
  expect(render(<screen.Screen />).container.textContent).toBe('what waits');
  expect(asked).toBe(1);
});

test('what could not be read is asked for once: a page that has failed to import a module fails so for its whole life', async () => {
  let asked = 0;
  const screen = lazyScreen(async () => {
    asked += 1;
    return Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
  });
  await screen.load();
  await screen.load();
  expect(asked).toBe(1);
  const reported = vi.spyOn(console, 'error').mockReturnValue();
  expect(() => render(<screen.Screen />)).toThrow(UnreadableScreen);
  reported.mockRestore();
});
