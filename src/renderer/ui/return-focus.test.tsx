// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { startI18n } from '../i18n/i18n.ts';
import { Dialog } from './dialog.tsx';
import { ContextMenu, MenuItem } from './menu.tsx';

beforeAll(async () => {
  await startI18n('en');
});
afterEach(cleanup);

/** A field, a list, and a dialog; what the dialog is about leaves the list with it. */
function Desk(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [current, setCurrent] = useState(0);
  return (
    <>
      <input aria-label="Search" />
      <ContextMenu
        items={
          <>
            <MenuItem onSelect={() => setCurrent(1)}>Solve</MenuItem>
            <MenuItem onSelect={() => setOpen(true)}>Choose …</MenuItem>
          </>
        }
      >
        <div role="grid" tabIndex={-1}>
          {['first', 'second'].map((name, index) => (
            <div key={name} role="row" tabIndex={index === current ? 0 : -1} aria-label={name}>
              <input type="checkbox" aria-label={`Choose ${name}`} />
            </div>
          ))}
        </div>
      </ContextMenu>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <Dialog open={isOpen} onOpenChange={setOpen} title="A choice">
        <button
          type="button"
          onClick={() => {
            setOpen(false);
            setCurrent(1);
          }}
        >
          Take it
        </button>
      </Dialog>
    </>
  );
}

const dialog = (): HTMLElement | null => screen.queryByRole('dialog', { name: 'A choice' });
/** Opens the dialog by a command, whatever has the keyboard. */
function open(): void {
  fireEvent.click(screen.getByText('Open'));
}
async function opened(): Promise<void> {
  await waitFor(() => expect(dialog()?.contains(document.activeElement)).toBe(true));
}
async function closed(): Promise<void> {
  await waitFor(() => expect(dialog()).toBeNull());
}

test('what had the keyboard has it again', async () => {
  render(<Desk />);
  const field = screen.getByRole('textbox', { name: 'Search' });
  field.focus();
  open();
  await opened();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  await closed();
  await waitFor(() => expect(document.activeElement).toBe(field));
});

test('where nothing had it, a field that had it before does not get it', async () => {
  render(<Desk />);
  const field = screen.getByRole('textbox', { name: 'Search' });
  field.focus();
  open();
  await opened();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  await closed();
  await waitFor(() => expect(document.activeElement).toBe(field));
  field.blur();
  open();
  await opened();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  await closed();
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(document.activeElement).toBe(document.body);
});

test('of a list the row that is current by then has it, and no box in the one that was', async () => {
  render(<Desk />);
  screen.getByRole('row', { name: 'first' }).focus();
  open();
  await opened();
  fireEvent.click(screen.getByRole('button', { name: 'Take it' }));
  await closed();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('row', { name: 'second' })));
});

test('so it is when it was chosen in the menu of the row', async () => {
  render(<Desk />);
  const row = screen.getByRole('row', { name: 'first' });
  row.focus();
  fireEvent.contextMenu(row);
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Solve' }));
  await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('row', { name: 'second' })));
});

test('so it is when the menu of the row led to a dialog', async () => {
  render(<Desk />);
  const row = screen.getByRole('row', { name: 'first' });
  row.focus();
  fireEvent.contextMenu(row);
  const item = await screen.findByRole('menuitem', { name: 'Choose …' });
  item.focus();
  fireEvent.click(item);
  await opened();
  fireEvent.click(screen.getByRole('button', { name: 'Take it' }));
  await closed();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('row', { name: 'second' })));
});
