// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { lazyScreen } from './lazy-screen.tsx';

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

test('what could not be read is asked for again', async () => {
  let isBroken = true;
  const screen = lazyScreen(async () => (isBroken ? Promise.reject(new Error('no such file')) : Promise.resolve(Outbox)));
  await screen.load();
  isBroken = false;
  await screen.load();
  expect(render(<screen.Screen />).container.textContent).toBe('what waits');
});
