// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { lazyScreen } from '../screens/lazy-screen.tsx';
import { returnAfterReading } from '../state/read-anew.ts';
import { setPaletteOpen, useSession } from '../state/session.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { DialogsBoundary } from './dialogs-boundary.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';

const reload = vi.fn<() => void>();

/** Files of the app: gone, or there again. */
function fileOf(Component: () => ReactNode, isGone: boolean): ReturnType<typeof lazyScreen> {
  return lazyScreen(async () =>
    isGone ? Promise.reject(new TypeError('Failed to fetch dynamically imported module')) : Promise.resolve(Component),
  );
}

function Outbox(): ReactNode {
  return <p>what waits</p>;
}

function Palette(): ReactNode {
  return useSession((state) => state.isPaletteOpen) ? <p>all commands</p> : null;
}

beforeAll(async () => {
  await startI18n('en');
});
beforeEach(() => {
  useSession.setState({ isPaletteOpen: false, isHelpOpen: false });
  reload.mockClear();
  vi.spyOn(window.location, 'reload').mockImplementation(reload);
  // React reports what a boundary has caught
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function open(isGone: boolean): void {
  const outbox = fileOf(Outbox, isGone);
  render(
    <ScreenBoundary>
      <outbox.Screen />
    </ScreenBoundary>,
  );
}

test('a screen that can not be read says so; trying again reads the page anew, which comes back to the screen', async () => {
  useSession.setState({ route: 'outbox' });
  open(true);
  expect((await screen.findByRole('alert')).textContent).toContain('This screen could not be read');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(reload).toHaveBeenCalledTimes(1);

  cleanup();
  useSession.setState({ route: 'inbox' });
  returnAfterReading();
  expect(useSession.getState().route).toBe('outbox');
  open(false);
  expect(await screen.findByText('what waits')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();

  useSession.setState({ route: 'inbox' });
  returnAfterReading();
  expect(useSession.getState().route).toBe('inbox');
});

/** A page with dialogs over it, as the app has them. */
function Desk({ Dialogs }: { readonly Dialogs: () => ReactNode }): ReactNode {
  const isAsked = useSession((state) => state.isPaletteOpen);
  const [typed, setTyped] = useState('');
  return (
    <ToastRegion>
      <input aria-label="Reply" value={typed} onChange={(event) => setTyped(event.target.value)} />
      <DialogsBoundary isAsked={isAsked}>
        <Dialogs />
      </DialogsBoundary>
    </ToastRegion>
  );
}

test('dialogs that can not be read are told of, and the page goes on; trying again reads it anew', async () => {
  const dialogs = fileOf(Palette, true);
  render(<Desk Dialogs={() => <dialogs.Screen />} />);
  fireEvent.change(screen.getByLabelText('Reply'), { target: { value: 'Dear' } });
  expect((await screen.findAllByText('The command palette and other dialogs could not be read')).length).toBeGreaterThan(0);
  expect(screen.getByLabelText<HTMLInputElement>('Reply').value).toBe('Dear');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(reload).toHaveBeenCalledTimes(1);
});

test('who asks for dialogs that could not be read is told so each time', async () => {
  const dialogs = fileOf(Palette, true);
  render(<Desk Dialogs={() => <dialogs.Screen />} />);
  for (let time = 0; time < 2; time += 1) {
    fireEvent.click(await screen.findByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull());
    act(() => setPaletteOpen(true));
    expect(await screen.findByRole('button', { name: 'Dismiss' })).toBeTruthy();
    expect(useSession.getState().isPaletteOpen).toBe(false);
  }
});

test('a dialog with a defect leaves the page as it is', async () => {
  let isBroken = true;
  function Broken(): ReactNode {
    const isOpen = useSession((state) => state.isPaletteOpen);
    if (isOpen && isBroken) throw new Error('a defect');
    return <Palette />;
  }
  render(<Desk Dialogs={Broken} />);
  fireEvent.change(screen.getByLabelText('Reply'), { target: { value: 'Dear' } });
  act(() => setPaletteOpen(true));
  expect((await screen.findAllByText('Something went wrong in a dialog')).length).toBeGreaterThan(0);
  expect(screen.getByLabelText<HTMLInputElement>('Reply').value).toBe('Dear');
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  act(() => setPaletteOpen(true));
  expect(await screen.findByText('all commands')).toBeTruthy();
});
