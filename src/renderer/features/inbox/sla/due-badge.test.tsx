// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { CaseClocksView, SlaBadge, SlaConfig } from '../../../../shared/contract/sla.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import type { Instance } from '../../../../shared/domain/sla/clock.ts';
import { defaultRules } from '../../../../shared/domain/sla/default-rules.ts';
import { evaluate } from '../../../../shared/domain/sla/evaluate.ts';
import type { SlaEvent } from '../../../../shared/domain/sla/sla-event.ts';
import { HOUR_MS, instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { useSession } from '../../../state/session.ts';
import { openWhy } from '../inbox-store.ts';
import { DueBadge } from './due-badge.tsx';
import { WhyDialog } from './why-dialog.tsx';

// Friday, 16:00 in Lisbon; offices close at 18:00.
const START = Date.UTC(2026, 10, 20, 16);
const CASE = makeId('case', 'c1');
const rules = defaultRules('Europe/Lisbon', instant(0));
const [vip, standard] = rules.policies;
if (vip === undefined || standard === undefined) throw new Error('the rules have two policies');
const target = (ms: number) => ({
  low: { 'first-reply': ms },
  normal: { 'first-reply': ms },
  high: { 'first-reply': ms / 2 },
  urgent: { 'first-reply': ms },
});
const config: SlaConfig = {
  calendars: rules.calendars,
  policies: [
    { ...standard, conditions: {}, position: 1, targets: target(10 * HOUR_MS) },
    {
      ...standard,
      id: 'office',
      name: 'Office',
      conditions: { labels: ['office'] },
      position: 0,
      promise: { kind: 'calendars', calendarIds: ['office-hours'] },
      targets: target(24 * HOUR_MS),
    },
  ],
};

function clocks(labels: readonly string[], more: readonly SlaEvent[] = []): readonly Instance[] {
  const attributes = { channel: 'email' as const, tier: 'standard' as const, priority: null, language: null, team: null, labels };
  const events: readonly SlaEvent[] = [
    { id: 'e1', sequence: 1, at: instant(START), body: { type: 'opened', isHeldByBot: false, attributes } },
    { id: 'e2', sequence: 2, at: instant(START), body: { type: 'customer-message' } },
    ...more,
  ];
  return evaluate(events, config.policies, config.calendars, more.at(-1)?.at ?? instant(START));
}

let engine: FakeEngine;
let view: CaseClocksView = { instances: [], causes: {} };

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: START });
  useSession.setState({ zone: 'UTC', locale: 'en' });
  engine = new FakeEngine({
    'sla.config': () => ({ ok: true, value: config }),
    'sla.clocks': () => ({ ok: true, value: view }),
    'cases.detail': () => ({ ok: true, value: null }),
    'workspace.get': () => ({
      ok: true,
      value: { workspace: 'main', hasProfile: true, me: null, agents: [], preparing: null, notice: null },
    }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

/** The words of the badge without its icon. */
const shown = (): string => document.querySelector('.ib-due')?.textContent ?? '';
const pass = (hours: number): void => act(() => void vi.advanceTimersByTime(hours * HOUR_MS));
async function show(badge: SlaBadge | null, until: RegExp): Promise<void> {
  render(<DueBadge badge={badge} place={{ zone: 'Asia/Tokyo' }} />);
  await vi.waitFor(() => expect(shown()).toMatch(until));
  // What the badge does after it was drawn, such as setting its timer, is done once React has had a turn.
  await act(async () => new Promise((resolve) => setImmediate(resolve)));
  vi.setSystemTime(START);
}

describe('the badge', () => {
  test('goes through its states by itself, also after the engine has gone', async () => {
    const [badge = null] = clocks([]);
    await show(badge, /^On track(?:10h|9h)$/u);
    engine.stop();
    pass(3);
    expect(shown()).toBe('On track7h');
    pass(2);
    expect(shown()).toBe('Soon5h');
    pass(3.5);
    expect(shown()).toBe('Urgent1h 30m');
    pass(1);
    expect(shown()).toBe('Urgent30m');
    pass(0.75);
    expect(shown()).toBe('Overdue15m');
    expect(document.querySelector('.ib-due svg')).not.toBeNull();
  });

  test('says when it is due here and there, and what is left, on hover', async () => {
    const [badge = null] = clocks([]);
    await show(badge, /^On track\d/u);
    const title = document.querySelector('.ib-due')?.getAttribute('title') ?? '';
    expect(title).toContain('First reply');
    expect(title).toContain('due 21 Nov, 02:00');
    expect(title).toContain('Sat 11:00 for the customer');
  });

  test('24 office hours are 24 hours and no days, and a weekend takes none of them', async () => {
    const [badge = null] = clocks(['office']);
    await show(badge, /^On track2[34]h$/u);
    pass(40);
    expect(shown()).toBe('On track22h');
  });

  test('a paused clock keeps its time, a broken promise says so, and nothing promised says so too', async () => {
    const [badge] = clocks([]);
    if (badge === undefined) throw new Error('no clock');
    await show(
      { ...badge, state: 'paused', dueAt: null, pausedAt: instant(START + 3 * HOUR_MS), halfAt: null, fourFifthsAt: null },
      /^Paused7h$/u,
    );
    pass(100);
    expect(shown()).toBe('Paused7h');
    cleanup();
    await show({ ...badge, dueAt: null, problem: 'never-opens' }, /^Hours missing$/u);
    expect(document.querySelector('.ib-due')?.getAttribute('title')).toMatch(/never opens/u);
    cleanup();
    await show(null, /^Nothing due$/u);
  });

  test('costs no timer while nothing changes by itself', async () => {
    const [badge] = clocks(['office']);
    if (badge === undefined) throw new Error('no clock');
    await show(badge, /^On track2[34]h$/u);
    // Friday 18:30: closed until Monday 9:00, 62.5 hours away.
    pass(2.5);
    const before = shown();
    const woken = vi.spyOn(globalThis, 'setTimeout');
    pass(10);
    expect([woken.mock.calls.length, shown()]).toEqual([0, before]);
    woken.mockRestore();
  });
});

describe('why this timer', () => {
  test('tells each step with its event, the promise behind it, and folds what is past', async () => {
    const instances = clocks(
      [],
      [
        { id: 'e3', sequence: 3, at: instant(START + HOUR_MS), body: { type: 'attributes-changed', to: { priority: 'high' } } },
        { id: 'e4', sequence: 4, at: instant(START + 2 * HOUR_MS), body: { type: 'our-message', by: 'human' } },
      ],
    );
    const [running] = clocks([]);
    if (running === undefined) throw new Error('no clock');
    view = {
      instances: [...instances, { ...running, metric: 'next-reply' }],
      causes: {
        e2: { at: instant(START), actor: null, type: 'case.messageReceived' },
        e3: { at: instant(START + HOUR_MS), actor: null, type: 'case.priorityChanged' },
        e4: { at: instant(START + 2 * HOUR_MS), actor: null, type: 'case.replySent' },
      },
    };
    render(<WhyDialog />);
    act(() => openWhy(CASE));
    const dialog = await vi.waitFor(() => screen.getByRole('dialog', { name: 'Why this timer' }));
    await vi.waitFor(() => within(dialog).getByText('Next reply'));
    await vi.waitFor(() => expect(dialog.textContent).toContain('Standard, version 1'));
    expect(dialog.textContent).toContain('24/7 (UTC)');
    expect(dialog.textContent).toContain('10h of open time, priority Normal');
    const past = dialog.querySelector('details');
    expect(past?.open).toBe(false);
    const steps = [...(past?.querySelectorAll('li') ?? [])].map((each) => each.querySelector('span')?.textContent);
    expect(steps).toEqual([
      'Started · the customer wrote',
      'Target is now 5h · Meridian changed the priority',
      'Kept in time · Meridian replied, and the channel accepted it',
    ]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
