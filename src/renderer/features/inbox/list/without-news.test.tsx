// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { setSearchText, useSession } from '../../../state/session.ts';
import { PutOffItems } from '../views/put-off-items.tsx';
import { FollowUpMark } from './put-off-marks.tsx';

/** What stands on the screen of a customer who comes to be without news while nobody touches anything. */

const START = Date.UTC(2026, 9, 24, 12);
const WAITS: CaseRow = fakeCase('mei', { followUpAt: instant(START + HOUR_MS), waitingSince: instant(START - 23 * HOUR_MS) });

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ zone: 'Europe/Berlin', locale: 'en', searchText: '' });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const stopClock = (): void => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: START });
const pass = async (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const mark = (): string | null => document.querySelector('.ib-mark')?.getAttribute('aria-label') ?? null;

test('the mark comes as the day ends, counts the hours, and goes with news', async () => {
  stopClock();
  const { rerender } = render(<FollowUpMark row={WAITS} />);
  await pass(HOUR_MS - 1);
  expect(mark()).toBeNull();
  await pass(1);
  expect(mark()).toBe('No news for the customer for 1d');
  await pass(HOUR_MS - MINUTE_MS);
  expect(mark()).toBe('No news for the customer for 1d');
  await pass(MINUTE_MS);
  expect(mark()).toBe('No news for the customer for 1d 1h');
  rerender(<FollowUpMark row={{ ...WAITS, followUpAt: null, waitingSince: null }} />);
  expect(mark()).toBeNull();
});

test.each([
  ['is solved', { status: 'solved' }],
  ['is with the bot', { bot: { kind: 'bot' } as never }],
] as const)('no mark comes on a case that %s', async (_what, change) => {
  stopClock();
  render(<FollowUpMark row={{ ...WAITS, ...change }} />);
  await pass(2 * HOUR_MS);
  expect(mark()).toBeNull();
});

test('the view comes with its count and goes with it, but not from under whoever looks at it', async () => {
  let count = 0;
  const engine = new FakeEngine({
    'cases.countFilters': () => ({ ok: true, value: [count] }),
    'reminders.counts': () => ({ ok: true, value: { open: 0, due: 0 } }),
  });
  transport.attach(engine.connect());
  const counted = async (now: number): Promise<void> => {
    count = now;
    await engine.changed('cases.countFilters');
  };
  const view = (): HTMLElement | null => screen.queryByRole('button', { name: /Without news/u });
  render(<PutOffItems />);
  await waitFor(() => expect(engine.begun).toHaveLength(2));
  expect(engine.begun.find(({ name }) => name === 'cases.countFilters')?.input).toMatchObject({
    filters: [[{ field: 'is', not: false, values: ['stale'] }]],
  });
  expect(view()).toBeNull();
  await counted(1);
  await waitFor(() => expect(view()?.textContent).toContain('1'));
  await counted(0);
  await waitFor(() => expect(view()).toBeNull());
  await counted(2);
  await waitFor(() => expect(view()?.textContent).toContain('2'));
  fireEvent.click(view() as HTMLElement);
  expect(useSession.getState().searchText).toBe('is:stale');
  await counted(0);
  await waitFor(() => expect(view()?.textContent).toContain('0'));
  expect(view()?.getAttribute('aria-current')).toBe('true');
  act(() => setSearchText(''));
  await waitFor(() => expect(view()).toBeNull());
  engine.stop();
});
