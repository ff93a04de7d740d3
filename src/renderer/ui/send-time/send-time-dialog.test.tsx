// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { after, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { SendTimeDialog } from './send-time-dialog.tsx';
import type { SendTimePickerProps } from './send-time-picker.tsx';

/** Friday, 20 November 2026, 16:00 UTC: Saturday, 00:00 in Shanghai. */
const NOW = instant(Date.UTC(2026, 10, 20, 16));
const MEI = { name: 'Mei', zone: 'Asia/Shanghai', offsetMinutes: 480 };

let chosen: Instant[];
let sentNow: number;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  [chosen, sentNow] = [[], 0];
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function show(change: Partial<Omit<SendTimePickerProps, 'field'>> = {}): void {
  render(
    <SendTimeDialog
      open
      onClose={() => undefined}
      isChange={false}
      customer={MEI}
      current={null}
      isTeam={false}
      problem={null}
      isBusy={false}
      onChoose={(at) => chosen.push(at)}
      onSendNow={() => {
        sentNow += 1;
      }}
      {...change}
    />,
  );
}
const texts = (): (string | null)[] => screen.getAllByRole('option').map((option) => option.textContent);

test('the customer’s next working morning comes first, on both clocks', async () => {
  show();
  expect(texts()).toEqual([
    'At the customer’s morningMon 09:00 in Shanghai (Mon 01:00 yours)',
    // today for both
    'In an hour01:00 in Shanghai (17:00 yours)',
    'Tomorrow morning, their timeSun 09:00 in Shanghai (Sun 01:00 yours)',
    'Tomorrow morning, my timeSat 17:00 in Shanghai (Sat 09:00 yours)',
  ]);
  // Enter in the field means the first of them, and no button beside it
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Choose a time' })));
  fireEvent.click(screen.getAllByRole('option')[0] as HTMLElement);
  expect(chosen).toEqual([instant(Date.UTC(2026, 10, 23, 1))]);
});

test('asks what the case becomes when it has left, one Tab behind the times', async () => {
  const wanted: (string | null)[] = [];
  show({ afterwards: { status: null, onChange: (status) => wanted.push(status) } });
  const choice = screen.getByRole('combobox', { name: 'When it has left' });
  expect(choice.textContent).toBe('The case stays what it is');
  fireEvent.click(choice);
  const option = await screen.findByRole('option', { name: 'Solved' });
  // chosen by pointer: it is under it first
  fireEvent.pointerMove(option, { pointerType: 'mouse' });
  fireEvent.mouseMove(option);
  fireEvent.pointerDown(option, { pointerType: 'mouse' });
  fireEvent.click(option);
  await vi.waitFor(() => expect(wanted).toEqual(['solved']));
  expect(chosen).toEqual([]);
  cleanup();
  show({ afterwards: { status: 'pending', onChange: (status) => wanted.push(status) } });
  expect(screen.getByRole('combobox', { name: 'When it has left' }).textContent).toBe('Pending');
  cleanup();
  show();
  expect(screen.queryByRole('combobox', { name: 'When it has left' })).toBeNull();
});

test('what is due before says so, and leads to sending now', () => {
  show({ due: { metric: 'next-reply', dueAt: after(NOW, 30 * MINUTE_MS) } });
  const notice = screen.getByText(/is due 16:30. The clock goes on until the reply has really left/u);
  expect(notice.textContent).toMatch(/^Next reply/u);
  expect(texts().every((text) => text?.endsWith('after it is due') === true)).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Send now' }));
  expect([sentNow, chosen]).toEqual([1, []]);
});

test('a channel that closes before then says so', () => {
  show({ windowEnd: after(NOW, 2 * HOUR_MS) });
  screen.getByText(/lets nobody answer after/u);
  expect(texts().map((text) => text?.includes('after the channel closes'))).toEqual([true, false, true, true]);
});

test('of a customer of whom nothing is known one is asked whose clock counts', () => {
  show({ customer: { name: 'Unknown', zone: null, offsetMinutes: null } });
  screen.getByText(/Nobody knows where Unknown is/u);
  expect(texts()[0]).toBe('In an hour17:00 your time');
});

test('a time of one’s own is by the clock that is named, still to come, and not far', () => {
  show();
  const form = screen.getByRole('form', { name: 'Another time' });
  const field = within(form).getByLabelText('Date and time in Shanghai');
  const then = (): void => {
    fireEvent.click(within(form).getByRole('button', { name: 'Send then' }));
  };
  fireEvent.change(field, { target: { value: '2026-11-20T10:00' } });
  then();
  within(form).getByText('Choose a time that is still to come.');
  fireEvent.change(field, { target: { value: '2029-11-20T10:00' } });
  then();
  within(form).getByText('Choose a time within a year.');
  expect(chosen).toEqual([]);
  fireEvent.change(field, { target: { value: '2026-11-25T10:30' } });
  within(form).getByText('Wed 10:30 in Shanghai (Wed 02:30 yours)');
  then();
  expect(chosen).toEqual([instant(Date.UTC(2026, 10, 25, 2, 30))]);
});

test('an hour that the clocks skip or show twice is asked about', () => {
  vi.setSystemTime(Date.UTC(2026, 2, 7, 16));
  show({ customer: { name: 'Ann', zone: 'America/New_York', offsetMinutes: null } });
  const form = screen.getByRole('form', { name: 'Another time' });
  fireEvent.change(within(form).getByLabelText('Date and time in New York'), { target: { value: '2026-03-08T02:30' } });
  expect(within(form).getByRole<HTMLButtonElement>('button', { name: 'Send then' }).disabled).toBe(true);
  fireEvent.click(within(form).getByRole('button', { name: /03:30/u }));
  fireEvent.click(within(form).getByRole('button', { name: 'Send then' }));
  expect(chosen).toEqual([instant(Date.UTC(2026, 2, 8, 7, 30))]);
});
