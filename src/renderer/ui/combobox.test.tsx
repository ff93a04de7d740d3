// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { Combobox, MultiCombobox } from './combobox.tsx';
import type { ComboboxOption } from './combobox.tsx';
import { Dialog } from './dialog.tsx';

beforeAll(async () => {
  await startI18n('en');
});
afterEach(cleanup);

/** The same zones a minute later: new objects with new times. */
function zones(time: string): readonly ComboboxOption[] {
  return [
    { value: 'Europe/Lisbon', label: 'Lisbon, Europe', detail: time },
    { value: 'Europe/Berlin', label: 'Berlin, Europe', detail: time },
  ];
}

test('what is being typed survives fresh options', () => {
  const view = render(<Combobox label="Zone" value="Europe/Lisbon" onChange={() => undefined} options={zones('12:00')} />);
  const input = screen.getByRole<HTMLInputElement>('combobox');
  expect(input.value).toBe('Lisbon, Europe');
  fireEvent.focus(input);
  fireEvent.click(input);
  fireEvent.input(input, { target: { value: 'ber' } });
  expect(input.value).toBe('ber');
  view.rerender(<Combobox label="Zone" value="Europe/Lisbon" onChange={() => undefined} options={zones('12:01')} />);
  expect(input.value).toBe('ber');
});

test('Escape closes the list and keeps what was chosen', () => {
  const onChange = vi.fn<(value: readonly string[]) => void>();
  render(<MultiCombobox label="Zones" value={['Europe/Berlin']} onChange={onChange} options={zones('12:00')} />);
  const input = screen.getByRole('combobox');
  fireEvent.focus(input);
  fireEvent.keyDown(input, { key: 'Escape' });
  fireEvent.keyDown(input, { key: 'Escape' });
  expect(onChange).not.toHaveBeenCalled();
  expect(screen.getByText('Berlin, Europe')).toBeTruthy();
});

test('Escape without a list goes on to what the field stands in', () => {
  const around = vi.fn<(key: string) => void>();
  const { container } = render(
    <MultiCombobox label="Zones" value={['Europe/Berlin']} onChange={() => undefined} options={zones('12:00')} />,
  );
  container.ownerDocument.body.addEventListener('keydown', ({ key }) => around(key));
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Escape' });
  expect(around).toHaveBeenCalledWith('Escape');
});

test('Escape with no list keeps the one that was chosen, and closes the dialog around it', async () => {
  const onChange = vi.fn<(value: string | null) => void>();
  const onOpenChange = vi.fn<(open: boolean) => void>();
  render(
    <Dialog open onOpenChange={onOpenChange} title="Hub">
      <Combobox label="Zone" value="Europe/Lisbon" onChange={onChange} options={zones('12:00')} />
    </Dialog>,
  );
  const input = await screen.findByRole<HTMLInputElement>('combobox');
  fireEvent.focus(input);
  fireEvent.keyDown(input, { key: 'ArrowDown' });
  expect(await screen.findByRole('listbox')).toBeTruthy();
  fireEvent.input(input, { target: { value: 'ber' } });
  // the first closes the list alone
  fireEvent.keyDown(input, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
  expect(onOpenChange).not.toHaveBeenCalled();
  fireEvent.keyDown(input, { key: 'Escape' });
  expect(onOpenChange).toHaveBeenCalledWith(false);
  expect(onChange).not.toHaveBeenCalled();
  expect(input.value).toBe('Lisbon, Europe');
});
