// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { OutboxRow } from '../../../shared/contract/outbox.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { changeLanguage, startI18n } from '../../i18n/i18n.ts';
import { useReplyTimes } from '../../state/reply-times.ts';
import { OutboxScreen } from './outbox-screen.tsx';

const START = Date.UTC(2026, 10, 20, 16);
const BO = makeId('agt', 'bo');
const OUTBOX = makeId('out', 'one');
const BEGUN: OutboxRow = {
  outboxId: OUTBOX,
  state: 'sending',
  attempt: 3,
  underwaySince: instant(START - MINUTE_MS),
  settling: null,
  sendAt: instant(START - MINUTE_MS),
  laterAt: null,
  thenStatus: null,
  attempts: 0,
  nextAttemptAt: null,
  holdReason: null,
  code: null,
  detail: '',
  bounced: null,
  caseId: makeId('case', 'c1'),
  subject: 'Coins',
  to: [{ address: 'mei@customer.test', name: 'Mei' }],
  preview: 'They are here.',
  writtenAt: instant(START - 2 * MINUTE_MS),
  agentId: null,
  contactName: 'Mei',
  contactZone: 'Asia/Shanghai',
  contactOffsetMinutes: 480,
};

let engine: FakeEngine;
let row: OutboxRow;

beforeAll(async () => startI18n('en'));
beforeEach(async () => {
  await changeLanguage('en');
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  row = BEGUN;
  engine = new FakeEngine({
    'outbox.list': () => ({ ok: true, value: [row] }),
    'outbox.settle': () => ({ ok: true, value: null }),
    'outbox.sendNow': () => ({ ok: true, value: null }),
    'workspace.get': () => ({
      ok: true,
      value: {
        kind: 'main',
        me: null,
        hasProfile: true,
        accounts: 1,
        agents: [{ agentId: BO, name: 'Bo', hub: '', zone: 'Europe/Lisbon', languages: ['en'], isMe: false }],
      } as never,
    }),
    'roster.get': () => ({ ok: false, error: { code: 'internal', detail: '' } }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

/** Time passes while nobody looks, and then somebody does. */
function passes(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}
async function show(): Promise<void> {
  render(<OutboxScreen />);
  await engine.changed('outbox.list');
  await screen.findByRole('article');
}
const settled = (): readonly unknown[] => engine.calls.filter(({ name }) => name === 'outbox.settle').map(({ input }) => input);

test('what another workstation is sending may have been sent when two minutes are over, by itself', async () => {
  await show();
  const waiting = await screen.findByRole('region', { name: 'On their way' });
  within(waiting).getByText('Sending');
  expect(screen.queryByRole('group')).toBeNull();
  passes(MINUTE_MS + 1_000);
  const entry = await screen.findByRole('region', { name: 'Needs your decision' });
  within(entry).getByText('Unclear');
  within(entry).getByText(/may have been sent/u);
  fireEvent.click(within(entry).getByRole('button', { name: 'It arrived' }));
  await vi.waitFor(() => expect(settled()).toMatchObject([{ outboxId: OUTBOX, as: 'sent', attempt: 3 }]));
});

test.each([
  ['Send again', 'again', /gets it twice/u],
  ['Drop it', 'dropped', /not sent any more/u],
] as const)('“%s” is asked about first, and can be left with the keyboard', async (name, as, words) => {
  row = { ...BEGUN, underwaySince: instant(START - 3 * MINUTE_MS) };
  await show();
  const entry = await screen.findByRole('region', { name: 'Needs your decision' });
  fireEvent.click(await within(entry).findByRole('button', { name }));
  const dialog = await screen.findByRole('alertdialog');
  expect(dialog.textContent).toMatch(words);
  fireEvent.keyDown(dialog, { key: 'Escape' });
  await vi.waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(settled()).toEqual([]);
  fireEvent.click(within(entry).getByRole('button', { name }));
  fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name }));
  await vi.waitFor(() => expect(settled()).toMatchObject([{ as, attempt: 3 }]));
});

test('what somebody has decided is said, and nobody is asked again', async () => {
  row = { ...BEGUN, underwaySince: instant(START - 3 * MINUTE_MS), settling: { as: 'again', by: BO, at: instant(START) } };
  await show();
  const entry = await screen.findByRole('region', { name: 'Needs your decision' });
  await within(entry).findByText('Bo wants it sent again.');
  expect(within(entry).queryByRole('button', { name: 'It arrived' })).toBeNull();
  await act(async () => changeLanguage('zh-CN'));
  await within(entry).findByText('Bo要求再次发送。');
});

test('a reply for later says when it leaves on both clocks, and can get another time or leave now', async () => {
  // Monday, 09:00 in Shanghai, 01:00 in UTC
  const laterAt = instant(Date.UTC(2026, 10, 23, 1));
  row = { ...BEGUN, state: 'queued', underwaySince: null, sendAt: laterAt, laterAt, thenStatus: 'solved', agentId: BO };
  await show();
  const entry = await screen.findByRole('region', { name: 'At a time of their own' });
  within(entry).getByText('Leaves Mon 09:00 in Shanghai (Mon 01:00 yours)');
  within(entry).getByText('The case becomes “Solved” only when it has left.');
  within(entry).getByText(/Written by Bo/u);
  expect(screen.queryByRole('region', { name: 'On their way' })).toBeNull();
  fireEvent.click(within(entry).getByRole('button', { name: 'Change time' }));
  expect(useReplyTimes.getState().asked).toEqual({ outboxId: OUTBOX, caseId: BEGUN.caseId, laterAt });
  fireEvent.click(within(entry).getByRole('button', { name: 'Send now' }));
  await vi.waitFor(() => expect(engine.calls.some(({ name }) => name === 'outbox.sendNow')).toBe(true));
  await act(async () => changeLanguage('zh-CN'));
  await within(entry).findByText(/^Shanghai时间 .*09:00（您的时间 .*01:00）发出$/u);
});

test('what the guardrails refuse by its time can only be taken back', async () => {
  const laterAt = instant(START - MINUTE_MS);
  row = { ...BEGUN, state: 'held', holdReason: 'guard', underwaySince: null, laterAt };
  await show();
  const entry = await screen.findByRole('region', { name: 'Needs your decision' });
  await within(entry).findByRole('button', { name: 'Take back and edit' });
  for (const name of ['Send as it is', 'Change time', 'Send now']) expect(within(entry).queryByRole('button', { name })).toBeNull();
});
