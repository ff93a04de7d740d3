// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { EventBehind } from '../../../shared/contract/handoff.contract.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import { EMPTY_ROSTER } from '../../../shared/domain/coverage/roster.ts';
import type { HandoffMetrics } from '../../../shared/domain/handoff/metrics.ts';
import { EMPTY_PACKET } from '../../../shared/domain/handoff/packet.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { useSession } from '../../state/session.ts';
import { METRICS_AT_FIRST, useMetrics } from './metrics.store.ts';
import { MetricsPage } from './metrics-page.tsx';

const SIN = makeId('hub', 'sin');
const LIS = makeId('hub', 'lis');
const WEI = makeId('agt', 'wei');
const ANA = makeId('agt', 'ana');
const FIRST = makeId('hnd', 'first');
const OFFERED_AT = instant(Date.now() - 3 * DAY_MS);

const event = (id: string, minutes: number, actor: typeof WEI | null, body: CaseEventBody): EventBehind => ({
  id,
  at: instant(OFFERED_AT + minutes * MINUTE_MS),
  actor,
  caseId: makeId('case', 'c1'),
  subject: 'Export stops',
  body,
});
const events: readonly EventBehind[] = [
  event('evt_accept', 95, ANA, {
    type: 'handoff.accepted',
    handoffId: FIRST,
    packetVersion: 1,
    lastInboundId: null,
    readBack: null,
    hubId: LIS,
    isOnShift: true,
  }),
  event('evt_offer', 0, WEI, {
    type: 'handoff.offered',
    handoffId: FIRST,
    fromId: WEI,
    fromHubId: SIN,
    to: { kind: 'hub', hubId: LIS },
    reason: 'shift-end',
    packet: EMPTY_PACKET,
    expiresAt: OFFERED_AT,
    senderOffAt: null,
    teamHubs: [],
  }),
  event('evt_decline', 20, ANA, { type: 'handoff.declined', handoffId: makeId('hnd', 'second'), reason: 'On leave tomorrow' }),
];

const none = { value: null, part: [], whole: [] };
const nothing = { medianMs: null, p90Ms: null, totalMs: 0, samples: [] };
const took = {
  medianMs: 95 * MINUTE_MS,
  p90Ms: 2 * HOUR_MS,
  totalMs: 95 * MINUTE_MS,
  samples: [{ handoffId: FIRST, ms: 95 * MINUTE_MS, eventIds: ['evt_offer', 'evt_accept'] }],
};
const metrics: HandoffMetrics = {
  latency: took,
  onShiftLatency: took,
  exposure: nothing,
  bounced: none,
  declined: { value: 0.5, part: ['evt_decline'], whole: ['evt_offer', 'evt_decline'] },
  expired: { value: 0, part: [], whole: ['evt_offer', 'evt_decline'] },
  satellites: none,
  stalePromises: { value: 0.25, part: ['evt_offer'], whole: ['evt_offer', 'evt_accept', 'evt_decline'] },
  readBackMismatches: none,
  complete: none,
  meanParts: 4.66,
  matrix: [
    {
      from: SIN,
      to: LIS,
      offered: ['evt_offer', 'evt_decline'],
      accepted: { value: 0.5, part: ['evt_offer', 'evt_accept'], whole: ['evt_offer', 'evt_decline'] },
      declined: { value: 0.5, part: ['evt_decline'], whole: ['evt_offer', 'evt_decline'] },
      expired: { value: 0, part: [], whole: ['evt_offer', 'evt_decline'] },
      bounced: none,
      latency: took,
    },
    {
      from: LIS,
      to: LIS,
      offered: ['evt_offer'],
      accepted: { value: 0, part: [], whole: ['evt_offer'] },
      declined: none,
      expired: none,
      bounced: none,
      latency: nothing,
    },
  ],
};

const hub = (hubId: typeof SIN, name: string): (typeof EMPTY_ROSTER)['hubs'][number] => ({
  hubId,
  name,
  zone: 'UTC',
  position: null,
  weekend: [],
  holidays: [],
  isActive: true,
});
const agent = (agentId: typeof WEI, name: string): (typeof EMPTY_ROSTER)['agents'][number] => ({
  agentId,
  name,
  hubId: null,
  zone: 'UTC',
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  languages: [],
  tiers: [],
  pattern: {},
  isActive: true,
});

let engine: FakeEngine;
let shown = metrics;
let asked: { readonly from: number; readonly to: number }[] = [];

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ zone: 'UTC', locale: 'en', route: 'handoffs', selectedCaseId: null });
  useMetrics.setState(METRICS_AT_FIRST, true);
  shown = metrics;
  asked = [];
  engine = new FakeEngine({
    'roster.get': () => ({
      ok: true,
      value: {
        roster: {
          ...EMPTY_ROSTER,
          hubs: [hub(SIN, 'Singapore'), hub(LIS, 'Lisbon')],
          agents: [agent(WEI, 'Wei Ling'), agent(ANA, 'Ana Sousa')],
        },
        me: ANA,
        canPlan: true,
        zoneData: '2026c',
        zoneNotice: null,
      },
    }),
    'handoffs.metrics': ({ from, to }) => {
      asked.push({ from, to });
      return { ok: true, value: shown };
    },
    'handoffs.events': ({ ids }) => ({ ok: true, value: events.filter((each) => ids.includes(each.id)) }),
  });
  transport.attach(engine.connect());
  render(<MetricsPage />);
});
afterEach(() => {
  cleanup();
  engine.stop();
});

const open = async (name: RegExp): Promise<HTMLElement> => {
  fireEvent.click(await screen.findByRole('button', { name }));
  return screen.findByRole('dialog');
};

/** What a figure says below its number; a screen reader hears it as the description of the button. */
const detailsOf = async (figure: string): Promise<readonly string[]> => {
  const card = await waitFor(() => document.querySelector(`[data-figure='${figure}']`) ?? Promise.reject(new Error('no card yet')));
  const details = card.querySelector('.metrics-details');
  expect(card.querySelector('button')?.getAttribute('aria-describedby')?.split(' ')).toContain(details?.id);
  return [...(details?.children ?? [])].map((each) => each.textContent);
};

describe('figures', () => {
  test('a length of time opens what took the longest, offer before accept, in words; and leads to the case', async () => {
    expect(await detailsOf('latency')).toEqual(['9 of 10 within 2h', '1 handoff']);
    const dialog = await open(/^Offer to accept: 1h 35m median$/u);
    await within(dialog).findByText(/^Wei Ling offered the case to anybody in Lisbon/u);
    const lines = [...dialog.querySelectorAll('ol > li > span:last-child')].map((each) => each.textContent);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('Ana Sousa accepted the case together with others');
    expect(dialog.querySelector('.metrics-group-head')?.textContent).toContain('1h 35m');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Open the case: Export stops' }));
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: makeId('case', 'c1') });
  });

  test('a share opens what is counted, and on demand what it is counted out of', async () => {
    expect(await detailsOf('declined')).toEqual(['1 of 2']);
    const dialog = await open(/^Declined: 50%$/u);
    await within(dialog).findByText('Ana Sousa declined: On leave tomorrow');
    expect(within(dialog).getByText(/^1 event in 1 case/u)).not.toBeNull();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Out of 2' }));
    await within(dialog).findByText(/^Wei Ling offered the case to anybody in Lisbon/u);
  });

  test('how many promises are stale is not read off the number of their events', async () => {
    await screen.findByRole('button', { name: 'Stale promises: 25%' });
    expect(await detailsOf('stalePromises')).toEqual([]);
  });

  test('what has not happened is no zero, and says so', async () => {
    await screen.findByRole('button', { name: 'Bounced: –' });
    expect(await detailsOf('bounced')).toEqual(['none yet']);
    expect(await detailsOf('expired')).toEqual(['0 of 2']);
    const dialog = await open(/^Expired: 0%$/u);
    await within(dialog).findByText('No events');
  });
});

describe('hub to hub', () => {
  test('rows offer, columns receive; arrow keys walk over what is empty; a cell opens its events', async () => {
    const table = await screen.findByRole('table', { name: 'Hub to hub' });
    await within(table).findByRole('columnheader', { name: 'Singapore' });
    const row = within(table).getByRole('row', { name: /^Singapore/u });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.querySelector('button') === null),
    ).toEqual([true, false]);
    const cell = within(row).getByRole('button', {
      name: /^Singapore to Lisbon: 2 offers, median 1h 35m ?50% accepted ?, 1 declined$/u,
    });
    cell.focus();
    fireEvent.keyDown(cell, { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(cell);
    fireEvent.keyDown(cell, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toMatch(/^Lisbon to Lisbon: /u);
    fireEvent.click(cell);
    const dialog = await screen.findByRole('dialog', { name: 'Singapore to Lisbon' });
    await within(dialog).findByText('Ana Sousa declined: On leave tomorrow');
  });
});

test('the stretch that is counted is of whole days, and longer ones can be asked for', async () => {
  await screen.findByRole('button', { name: /^Declined/u });
  const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS;
  expect(asked.at(-1)).toEqual({ from: midnight - 30 * DAY_MS, to: midnight });
  shown = { ...metrics, matrix: [], stalePromises: none };
  await engine.changed('handoffs.metrics');
  fireEvent.click(await screen.findByRole('button', { name: 'Look at 90 days' }));
  await waitFor(() => expect(asked.at(-1)).toEqual({ from: midnight - 90 * DAY_MS, to: midnight }));
  await screen.findByText('No handoffs in this time');
  expect(screen.queryByRole('button', { name: 'Look at 90 days' })).toBeNull();
});
