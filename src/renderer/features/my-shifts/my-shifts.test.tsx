// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { MyShifts, RosterView } from '../../../shared/contract/coverage.contract.ts';
import type { SwapCheck } from '../../../shared/domain/coverage/swaps.ts';
import { EMPTY_PLAN } from '../../../shared/domain/coverage/plan.ts';
import { EMPTY_ROSTER } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { useSession } from '../../state/session.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { MyShiftsScreen } from './my-shifts-screen.tsx';
import { closeRequestDialog } from './my-shifts.store.ts';

const at = (iso: string): Instant => instant(Date.parse(iso));
const ME = makeId('agt', 'me');
const BEN = makeId('agt', 'ben');
const KOREAN = makeId('req', 'ko');
const ZONE = 'Europe/Lisbon';

const agent = (agentId: typeof ME, name: string): AgentProfile => ({
  agentId,
  name,
  hubId: null,
  zone: ZONE,
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  languages: [],
  tiers: [],
  pattern: {},
  isActive: true,
});
const roster: RosterView = {
  roster: {
    ...EMPTY_ROSTER,
    agents: [agent(ME, 'Robin Vale'), agent(BEN, 'Ben Ode')],
    requirements: [
      {
        requirementId: KOREAN,
        name: 'Korean',
        selector: { skills: [], languages: ['ko'], tiers: [], hubs: [] },
        window: null,
        minimum: 1,
        target: 1,
        severity: 'major',
        shortestMs: 0,
        isActive: true,
      },
    ],
  },
  me: ME,
  canPlan: false,
  zoneData: '2026c',
  zoneNotice: null,
};
// The Sunday on which the clocks go forward in Lisbon: 01:00 becomes 02:00.
const mine: MyShifts = {
  agentId: ME,
  zone: ZONE,
  turns: [
    {
      shiftId: makeId('shf', 'night'),
      from: at('2026-03-28T22:00Z'),
      to: at('2026-03-29T05:00Z'),
      hubId: null,
      isOverride: false,
      note: '',
    },
  ],
  absences: [],
  swaps: [
    {
      swapId: makeId('swp', 'offer'),
      shiftId: makeId('shf', 'bens'),
      fromAt: at('2026-03-30T08:00Z'),
      toAt: at('2026-03-30T16:00Z'),
      fromAgent: BEN,
      toAgent: ME,
      returnShiftId: null,
      state: 'asked',
      reason: 'Dentist',
      askedAt: at('2026-03-27T08:00Z'),
      decidedBy: null,
      canIAccept: true,
    },
  ],
  notices: [
    {
      agentId: ME,
      publicationId: makeId('pub', 'p'),
      at: at('2026-03-27T09:00Z'),
      byName: 'Dana',
      shifts: [
        {
          shiftId: makeId('shf', 'night'),
          kind: 'moved',
          isLate: true,
          before: { from: at('2026-03-28T20:00Z'), to: at('2026-03-29T03:00Z') },
          after: { from: at('2026-03-28T22:00Z'), to: at('2026-03-29T05:00Z') },
        },
      ],
    },
  ],
};
const OPENS: SwapCheck = {
  refusals: [
    { code: 'rest', agentId: BEN },
    { code: 'opens-gap', agentId: null },
  ],
  opened: [
    {
      kind: 'gap',
      requirementId: KOREAN,
      severity: 'major',
      from: at('2026-03-28T22:00Z'),
      to: at('2026-03-29T05:00Z'),
      have: 0,
      want: 1,
      rivals: [],
      shiftId: null,
      isBrief: false,
    },
  ],
};

let engine: FakeEngine;
let shown: MyShifts | null = mine;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: at('2026-03-27T12:00Z') });
  useSession.setState({ zone: ZONE, locale: 'en', route: 'coverage' });
  closeRequestDialog();
  shown = mine;
  engine = new FakeEngine({
    'roster.get': () => ({ ok: true, value: roster }),
    'plan.mine': () => ({ ok: true, value: shown }),
    'plan.window': () => ({ ok: true, value: { ...EMPTY_PLAN, drafted: 0 } }),
    'coverage.candidates': () => ({ ok: true, value: [] }),
    'plan.checkSwap': ({ toAgent }) => ({ ok: true, value: toAgent === BEN ? OPENS : { refusals: [], opened: [] } }),
    'plan.askSwap': () => ({ ok: true, value: { swapId: makeId('swp', 'new') } }),
    'plan.answerSwap': () => ({ ok: true, value: null }),
    'plan.dismissNotices': () => ({ ok: true, value: null }),
    'plan.checkAbsence': () => ({ ok: true, value: { opened: OPENS.opened } }),
    'plan.requestAbsence': () => ({ ok: true, value: { absenceId: makeId('abs', 'new') } }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

function open(): void {
  render(
    <ToastRegion>
      <MyShiftsScreen />
    </ToastRegion>,
  );
}
/** The box's own click handling needs a browser; the input behind it does not. */
function tick(box: HTMLElement): void {
  const input = box.closest('label')?.querySelector('input');
  if (input instanceof HTMLInputElement) fireEvent.click(input);
}
const asked = (name: string): unknown => engine.calls.find((each) => each.name === name)?.input;

describe('my shifts', () => {
  test('tells when the next one is, how it was moved, and that the clocks change in it', async () => {
    open();
    await screen.findByText('Next shift in 1d 10h');
    expect(screen.getByRole('region', { name: 'Your shifts were changed' }).textContent).toContain(
      'Moved from Sat 28 Mar, 20:00–Sun 29 Mar 04:00 to Sat 28 Mar, 22:00–Sun 29 Mar 06:00less than 48 hours ahead',
    );
    expect(screen.getByText('clocks go forward 1h')).not.toBeNull();
    // From 22:00 to 06:00 on the clocks, but seven hours of work.
    expect(screen.getAllByText('7h').length).toBeGreaterThan(0);
    fireEvent.click(screen.getByRole('button', { name: 'I have seen it' }));
    await vi.waitFor(() => expect(asked('plan.dismissNotices')).toBeDefined());
  });

  test('a swap that is offered can be taken', async () => {
    open();
    const offers = await screen.findByRole('region', { name: 'Asked of you' });
    expect(within(offers).getByText('from Ben Ode')).not.toBeNull();
    fireEvent.click(within(offers).getByRole('button', { name: 'Take it' }));
    await vi.waitFor(() => expect(asked('plan.answerSwap')).toMatchObject({ swapId: 'swp_offer', answer: 'accept' }));
  });

  test('who is not in the team is told so', async () => {
    shown = null;
    open();
    expect((await screen.findByText('You are not in the team yet')).isConnected).toBe(true);
  });
});

describe('asking for a swap', () => {
  async function dialog(): Promise<HTMLElement> {
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Ask for a swap' }));
    return screen.findByRole('dialog');
  }

  test('a part of a shift is asked for by wall times, and those that the clocks skip are asked about', async () => {
    const form = await dialog();
    tick(within(form).getByRole('checkbox', { name: 'Only a part of it' }));
    const from = await within(form).findByLabelText('From');
    fireEvent.change(from, { target: { value: '2026-03-29T01:30' } });
    await within(form).findByText('The clocks of Europe/Lisbon skip this time.');
    const ask = within(form).getByRole('button', { name: 'Ask' });
    expect(ask.hasAttribute('disabled') || ask.getAttribute('aria-disabled') === 'true').toBe(true);
    fireEvent.click(within(form).getByRole('button', { name: 'Take 02:30' }));
    await within(form).findByText('This can be asked.');
    fireEvent.click(within(form).getByRole('button', { name: 'Ask' }));
    await vi.waitFor(() =>
      expect(asked('plan.askSwap')).toMatchObject({
        shiftId: 'shf_night',
        fromAt: at('2026-03-29T01:30Z'),
        toAt: at('2026-03-29T05:00Z'),
        toAgent: null,
      }),
    );
  });

  test('what would open a gap is refused with the reason, and can not be asked', async () => {
    const form = await dialog();
    const whom = within(form).getByRole('combobox', { name: 'Whom to ask' });
    fireEvent.focus(whom);
    fireEvent.keyDown(whom, { key: 'ArrowDown' });
    fireEvent.click(await screen.findByRole('option', { name: /Ben Ode/u }));
    await within(form).findByText('Too few people would be left:');
    expect(within(form).getByText('Korean: nobody on Sat 28 Mar, 22:00–Sun 29 Mar 06:00')).not.toBeNull();
    expect(within(form).getByText('Ben Ode would have less than 11 hours of rest.')).not.toBeNull();
    fireEvent.submit(within(form).getByRole('button', { name: 'Ask' }).closest('form') ?? form);
    expect(asked('plan.askSwap')).toBeUndefined();
  });
});

describe('asking for time off', () => {
  test('whole days run from midnight to midnight, and what they leave uncovered is shown', async () => {
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Ask for time off' }));
    const form = await screen.findByRole('dialog');
    await within(form).findByText('Without you there would be too few:');
    fireEvent.change(within(form).getByLabelText('First day'), { target: { value: '2026-03-30' } });
    fireEvent.change(within(form).getByLabelText('Last day'), { target: { value: '2026-03-31' } });
    fireEvent.click(within(form).getByRole('button', { name: 'Ask' }));
    await vi.waitFor(() =>
      expect(asked('plan.requestAbsence')).toMatchObject({
        agentId: ME,
        kind: 'pto',
        zone: ZONE,
        isApproved: false,
        startLocal: { year: 2026, month: 3, day: 30, hour: 0, minute: 0, second: 0 },
        endLocal: { year: 2026, month: 4, day: 1, hour: 0, minute: 0, second: 0 },
      }),
    );
  });
});
