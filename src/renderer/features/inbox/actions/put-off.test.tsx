// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import type { CaseDetail, CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { NextShift, ReminderRow } from '../../../../shared/contract/reminders.contract.ts';
import { EMPTY_ROSTER } from '../../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { listenForKeys } from '../../../shortcuts/registry.ts';
import { useSession } from '../../../state/session.ts';
import { PutOffStrips } from '../conversation/put-off-strips.tsx';
import { openPicker, openReminder, useInbox } from '../inbox-store.ts';
import { RemindersPage } from '../reminders/reminders-page.tsx';
import { CasePicker } from './case-picker.tsx';
import { NoReplyDialog } from './no-reply-dialog.tsx';
import { ReminderDialog } from './reminder-dialog.tsx';

/** A Saturday, 14:00 in Berlin; in the coming night its clocks are set back. */
const START = Date.UTC(2026, 9, 24, 12);
const ME = makeId('agt', 'me');
const at = (iso: string) => instant(Date.parse(iso));
const MEI: CaseRow = { ...fakeCase('mei'), contactZone: 'Asia/Shanghai' };
const reminder = (id: string, hours: number, more: Partial<ReminderRow> = {}): ReminderRow => ({
  reminderId: makeId('rem', id),
  at: instant(START + hours * HOUR_MS),
  note: `note ${id}`,
  forId: null,
  isForSilence: false,
  by: ME,
  quietSince: null,
  caseId: MEI.caseId,
  subject: 'Deposit',
  contactName: 'Mei',
  concerns: ME,
  isSolved: false,
  ...more,
});

let engine: FakeEngine;
let shifts: readonly NextShift[];
let listed: readonly ReminderRow[];
let stopKeys: () => void;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  useSession.setState({ zone: 'Europe/Berlin', locale: 'en' });
  useInbox.setState({ rows: [MEI], order: [MEI.caseId], snoozeQuestion: null, replyDays: 14 });
  shifts = [];
  listed = [];
  const me = { agentId: ME, name: 'Ana', hub: '', zone: 'Europe/Berlin', languages: [], isMe: true };
  engine = new FakeEngine({
    'roster.get': () => ({ ok: true, value: { roster: EMPTY_ROSTER, me: ME, canPlan: false, zoneData: '', zoneNotice: null } }),
    'workspace.get': () => ({
      ok: true,
      value: { workspace: 'main', hasProfile: true, me, agents: [me], preparing: null, notice: null },
    }),
    'cases.detail': () => ({ ok: true, value: null }),
    'cases.apply': () => ({ ok: true, value: { changed: 1, undoable: true } }),
    'reminders.nextShifts': () => ({ ok: true, value: shifts }),
    'reminders.list': () => ({ ok: true, value: { rows: listed, total: listed.length } }),
  });
  transport.attach(engine.connect());
  stopKeys = listenForKeys(window);
});
afterEach(() => {
  stopKeys();
  cleanup();
  engine.stop();
  useInbox.setState({ picker: null, reminding: null, noReplyCaseIds: null });
  vi.useRealTimers();
});

const applied = (): readonly unknown[] =>
  engine.calls.filter((each) => each.name === 'cases.apply').map(({ input }) => (input as { action: unknown }).action);
async function openSnooze(): Promise<HTMLElement> {
  render(<CasePicker />);
  openPicker('snooze', [MEI.caseId]);
  return screen.findByRole('dialog', { name: 'Snooze until' });
}
const option = (name: RegExp) => screen.findByRole('option', { name });

describe('snooze', () => {
  test('takes a time as it is typed, and shows the customer’s clock beside one’s own', async () => {
    const dialog = await openSnooze();
    const field = within(dialog).getByRole('combobox', { name: 'Snooze until' });
    fireEvent.change(field, { target: { value: 'mon 9' } });
    const typed = await option(/26 Oct, 09:00/u);
    // Berlin has set its clocks back by then
    expect(typed.textContent).toContain('Mon 16:00 for the customer');
    fireEvent.click(typed);
    await waitFor(() => expect(applied()).toEqual([{ kind: 'snooze', until: at('2026-10-26T08:00:00Z') }]));
  });

  test('says what is no time', async () => {
    const dialog = await openSnooze();
    fireEvent.change(within(dialog).getByRole('combobox', { name: 'Snooze until' }), { target: { value: 'yesterday' } });
    expect(await screen.findByText(/That is no time within the next two years/u)).toBeTruthy();
  });

  test('offers the customer’s next working morning', async () => {
    await openSnooze();
    fireEvent.click(await option(/The customer’s next working morning/u));
    await waitFor(() => expect(applied()).toEqual([{ kind: 'snooze', until: at('2026-10-26T01:00:00Z') }]));
  });

  test('asks which of two times is meant when the clocks show it twice', async () => {
    await openSnooze();
    fireEvent.change(screen.getByLabelText('Date and time on this clock'), { target: { value: '2026-10-25T02:30' } });
    fireEvent.click(screen.getByRole('button', { name: 'Snooze' }));
    expect(applied()).toEqual([]);
    fireEvent.click(await screen.findByRole('button', { name: /first/iu }));
    fireEvent.click(screen.getByRole('button', { name: 'Snooze' }));
    await waitFor(() => expect(applied()).toEqual([{ kind: 'snooze', until: at('2026-10-25T00:30:00Z') }]));
  });

  test('until the customer writes has a latest time, which can be another', async () => {
    useInbox.setState({ replyDays: 3 });
    await openSnooze();
    fireEvent.click(await option(/Until the customer writes/u));
    await waitFor(() => expect(applied()).toEqual([{ kind: 'snooze', until: START + 3 * DAY_MS, awaits: 'reply' }]));
  });

  test('until somebody comes says who and when, or that the plan knows nobody', async () => {
    await openSnooze();
    expect((await option(/Until somebody who can take it comes/u)).textContent).toContain('The published plan knows nobody');
    shifts = [{ caseId: MEI.caseId, agentId: ME, from: at('2026-10-25T08:00:00Z') }];
    await engine.changed('reminders.nextShifts');
    const shift = await option(/You, 25 Oct, 09:00/u);
    fireEvent.click(shift);
    await waitFor(() => expect(applied()).toEqual([{ kind: 'snooze-until-shift' }]));
  });

  test('asks before it sleeps through what is due', async () => {
    const due = instant(START + HOUR_MS);
    const sla = { metric: 'next-reply', dueAt: due, endedAt: null } as NonNullable<CaseRow['sla']>;
    useInbox.setState({ rows: [{ ...MEI, sla }] });
    await openSnooze();
    fireEvent.click(await option(/Until the customer writes/u));
    await waitFor(() => expect(useInbox.getState().snoozeQuestion).toMatchObject({ awaits: 'reply', dueAt: due, count: 1 }));
    expect(applied()).toEqual([]);
  });
});

describe('a reminder', () => {
  test('takes what to think of behind the time, and is for oneself on a colleague’s case', async () => {
    useInbox.setState({ rows: [{ ...MEI, assigneeId: makeId('agt', 'bo') }] });
    render(<ReminderDialog />);
    openReminder([MEI.caseId]);
    const dialog = await screen.findByRole('dialog', { name: 'Reminder' });
    await waitFor(() => expect(within(dialog).getByRole<HTMLInputElement>('combobox', { name: 'Who is reminded' }).value).toBe('You'));
    // the page hears of the box by the field behind it
    fireEvent.click(dialog.querySelector('input[type="checkbox"]') ?? document.body);
    fireEvent.change(within(dialog).getByRole('combobox', { name: 'Reminder' }), { target: { value: '2h call the bank' } });
    fireEvent.click(await option(/call the bank/u));
    await waitFor(() =>
      expect(applied()).toEqual([
        { kind: 'remind', reminderId: null, at: START + 2 * HOUR_MS, note: 'call the bank', forId: ME, isForSilence: true },
      ]),
    );
  });

  test('is listed as due or coming; d says that it is done', async () => {
    listed = [reminder('a', -1), reminder('b', 2, { isForSilence: true }), reminder('c', 30, { forId: makeId('agt', 'bo') })];
    useSession.setState({ route: 'handoffs', handoffsTab: 'reminders' });
    const { container } = render(<RemindersPage />);
    const due = await screen.findByRole('region', { name: 'Due: 1 reminder' });
    expect(due.textContent).toContain('note a');
    expect(screen.getByRole('region', { name: 'Coming: 2 reminders' }).textContent).toContain('only if the customer does not write');
    const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
    fireEvent.keyDown(document.body, { key: 'd' });
    await waitFor(() => expect(applied()).toEqual([{ kind: 'clear-reminder', reminderId: makeId('rem', 'a'), as: 'done' }]));
  });

  test('without any the page says how to set one', async () => {
    render(<RemindersPage />);
    expect(await screen.findByText('No reminders')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Show everybody’s' })).toBeTruthy();
  });
});

test('a customer without news for a day is pointed out, and not a moment before', async () => {
  const detail = { ...MEI, waitingSince: instant(START - 26 * HOUR_MS), bot: null } as unknown as CaseDetail;
  const { container, rerender } = render(<PutOffStrips detail={{ ...detail, followUpAt: instant(START + 1) }} />);
  expect(container.textContent).toBe('');
  rerender(<PutOffStrips detail={{ ...detail, followUpAt: instant(START - 2 * HOUR_MS), asked: { count: 2, lastAt: instant(START) } }} />);
  expect(screen.getByRole('region', { name: 'Without news' }).textContent).toMatch(/heard nothing for 1d 2h.*asked again 2 times/u);
  rerender(<PutOffStrips detail={{ ...detail, status: 'solved', followUpAt: instant(START - 2 * HOUR_MS) }} />);
  expect(container.textContent).toBe('');
});

test('why no reply is needed is one of a few reasons, or words, and not nothing', async () => {
  render(<NoReplyDialog />);
  useInbox.setState({ noReplyCaseIds: [MEI.caseId] });
  const dialog = await screen.findByRole('dialog', { name: 'Why is no reply needed?' });
  fireEvent.click(within(dialog).getByRole('button', { name: 'No reply needed' }));
  expect(await screen.findByText('Say why, or choose one of these.')).toBeTruthy();
  expect(applied()).toEqual([]);
  fireEvent.click(within(dialog).getByRole('button', { name: 'A copy of another case' }));
  await waitFor(() => expect(applied()).toEqual([{ kind: 'no-reply-needed', reason: 'A copy of another case' }]));
});
