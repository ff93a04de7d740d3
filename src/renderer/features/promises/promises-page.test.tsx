// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { RosterView } from '../../../shared/contract/coverage.contract.ts';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import { EMPTY_ROSTER } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { actionRegistry, listenForKeys } from '../../shortcuts/registry.ts';
import { useSession } from '../../state/session.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { PromisesPage } from './promises-page.tsx';
import { PROMISES_AT_FIRST, usePromises } from './promises.store.ts';

const ME = makeId('agt', 'me');
const ANA = makeId('agt', 'ana');
const HOUR = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const inHours = (hours: number): ReturnType<typeof instant> => instant(HOUR + hours * HOUR_MS);

const roster: RosterView = {
  roster: {
    ...EMPTY_ROSTER,
    agents: [
      ['me', 'Robin Vale'],
      ['ana', 'Ana Sousa'],
    ].map(([id, name]) => ({
      agentId: makeId('agt', id ?? ''),
      name: name ?? '',
      hubId: null,
      zone: 'Europe/Lisbon',
      contract: { hoursPerWeek: 40, from: null, until: null },
      skills: [],
      languages: [],
      tiers: [],
      pattern: {},
      isActive: true,
    })),
  },
  me: ME,
  canPlan: true,
  zoneData: '2026c',
  zoneNotice: null,
};

function row(id: string, hours: number, patch: Partial<CustomerPromise> = {}, feasibility: PromiseRow['feasibility'] = null): PromiseRow {
  const dueAt = inHours(hours);
  return {
    caseId: makeId('case', id),
    subject: `Subject ${id}`,
    contactName: 'Misaki Tanaka',
    feasibility,
    promise: {
      promiseId: makeId('prm', id),
      text: `promise ${id}`,
      zone: 'Asia/Tokyo',
      dueAt,
      dueLocal: toLocal('Asia/Tokyo', dueAt),
      madeAt: inHours(-20),
      madeBy: ANA,
      messageId: makeId('msg', id),
      source: 'detected',
      toldAt: inHours(-20),
      ownerId: ME,
      state: 'open',
      settlement: null,
      ...patch,
    },
  };
}

const offered = (hours: number): { at: ReturnType<typeof instant>; local: ReturnType<typeof toLocal> } => ({
  at: inHours(hours),
  local: toLocal('Asia/Tokyo', inHours(hours)),
});
const rows: readonly PromiseRow[] = [
  row('one', 2, {}, { kind: 'feasible', staffed: [{ from: inHours(1), to: inHours(2) }] }),
  row(
    'two',
    5,
    { toldAt: null },
    { kind: 'infeasible', unstaffed: { from: inHours(4.75), to: inHours(5) }, earlier: offered(3), later: offered(9) },
  ),
  row('theirs', 7, { ownerId: ANA }, { kind: 'unplanned', plannedUntil: inHours(1) }),
  row('kept', -3, {
    state: 'kept',
    settlement: { at: instant(inHours(-3) - 90 * MINUTE_MS), by: 'message', messageId: makeId('msg', 'k'), actor: ANA, reason: null },
  }),
  row('broken', -5, { state: 'broken', settlement: { at: inHours(-5), by: 'time', messageId: null, actor: null, reason: null } }),
];

let engine: FakeEngine;
let stopKeys: () => void;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ zone: 'UTC', locale: 'en', route: 'handoffs', handoffsTab: 'promises', selectedCaseId: null });
  usePromises.setState(PROMISES_AT_FIRST, true);
  engine = new FakeEngine({
    'roster.get': () => ({ ok: true, value: roster }),
    'promises.list': ({ owner, states, from, to, limit }) => {
      const found = rows.filter(
        ({ promise }) =>
          (owner === 'all' || promise.ownerId === ME) && states.includes(promise.state) && promise.dueAt >= from && promise.dueAt < to,
      );
      return { ok: true, value: { rows: found.slice(0, limit), total: found.length } };
    },
    'promises.counts': () => ({ ok: true, value: { open: 4, infeasible: 1, soon: 0 } }),
    'promises.keep': () => ({ ok: false, error: { code: 'settled', detail: '' } }),
    'promises.release': () => ({ ok: true, value: null }),
  });
  transport.attach(engine.connect());
  stopKeys = listenForKeys(window);
  render(
    <ToastRegion>
      <PromisesPage />
    </ToastRegion>,
  );
});
afterEach(() => {
  cleanup();
  stopKeys();
  engine.stop();
});

const rowOf = async (id: string): Promise<HTMLElement> => {
  const found = (await screen.findByText(`promise ${id}`)).closest('tr');
  if (found === null) throw new Error('no row');
  return found;
};
const callsOf = (name: string): readonly unknown[] => engine.calls.filter((each) => each.name === name).map((each) => each.input);
const press = (key: string): void => void fireEvent.keyDown(document.activeElement ?? document.body, { key });

describe('the ledger', () => {
  test('tells both clocks, who is on for it, and what could be promised instead on the customer’s clock', async () => {
    const two = await rowOf('two');
    const due = new Date(inHours(5));
    const theirs = new Date(due.getTime() + 9 * HOUR_MS);
    const clock = (date: Date): string => date.toISOString().slice(11, 16);
    expect(two.querySelector('.promises-due')?.textContent).toContain(clock(theirs));
    expect(two.querySelector('.promises-due')?.textContent).toContain('Tokyo');
    expect(two.querySelector('.promises-due .promises-second')?.textContent).toContain(`${clock(due)} your time`);
    expect(two.textContent).toMatch(new RegExp(`Nobody on (\\w+ )?${clock(new Date(inHours(4.75)))}–${clock(due)}`, 'u'));
    expect(two.querySelector('.promises-instead')?.textContent).toContain(clock(new Date(inHours(3 + 9))));
    expect(two.querySelector('.promises-instead')?.textContent).toContain(clock(new Date(inHours(9 + 9))));
    expect(two.textContent).toContain('has not left yet');
    expect((await rowOf('one')).textContent).toContain('Covered');
    // Two of my four are due outside of these dates, and nobody is on for one: both are said.
    expect(screen.getByText('2 more open promises of yours are due outside of these dates.')).not.toBeNull();
    expect(screen.getByText(/^1 of your open promises can not be kept/u)).not.toBeNull();
  });

  test('is narrowed to those that nobody can keep, to everybody’s, and to what came of them', async () => {
    await rowOf('one');
    fireEvent.click(screen.getByRole('button', { name: 'Show them' }));
    await waitFor(() => expect(screen.queryByText('promise one')).toBeNull());
    await rowOf('two');
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(screen.queryByText('promise theirs')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Everybody’s' }));
    expect((await rowOf('theirs')).textContent).toContain('Not planned that far');
    fireEvent.click(screen.getByRole('button', { name: 'Kept 1' }));
    const kept = await rowOf('kept');
    expect(kept.textContent).toContain('Kept 1h 30m early');
    expect(kept.textContent).toMatch(/by a reply, \d/u);
    expect(screen.queryByText('promise one')).toBeNull();
  });

  test('by key: J and K walk, Enter opens the case, M says that it was kept, and a refusal is told', async () => {
    await rowOf('two');
    press('j');
    press('j');
    expect(document.activeElement?.textContent).toContain('promise two');
    press('k');
    expect(document.activeElement?.textContent).toContain('promise one');
    press('m');
    const dialog = await screen.findByRole('dialog', { name: 'Was it kept?' });
    // Under the dialog nothing moves.
    expect(actionRegistry.run('promise.next')).toBe(false);
    fireEvent.click(within(dialog).getByRole('button', { name: 'It was kept' }));
    expect((await screen.findAllByText('It was settled in the meantime.')).length).toBeGreaterThan(0);
    expect(callsOf('promises.keep')).toMatchObject([{ caseId: makeId('case', 'one'), promiseId: makeId('prm', 'one') }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: /^promise two/u }));
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: makeId('case', 'two') });
  });

  test('is released with a reason; a broken one can only be corrected', async () => {
    fireEvent.click(within(await rowOf('one')).getByRole('button', { name: 'Release… promise one' }));
    const dialog = await screen.findByRole('dialog', { name: 'Release the promise' });
    expect(within(dialog).getAllByRole('radio')).toHaveLength(3);
    fireEvent.click(within(dialog).getByRole('radio', { name: /^A later promise/u }));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Release it' }));
    await screen.findByText('The promise is released');
    expect(callsOf('promises.release')).toMatchObject([{ promiseId: makeId('prm', 'one'), reason: 'replaced' }]);
    fireEvent.click(screen.getByRole('button', { name: 'Broken 1' }));
    fireEvent.click(within(await rowOf('broken')).getByRole('button', { name: 'Correct… promise broken' }));
    expect(within(await screen.findByRole('dialog', { name: 'Was it a promise?' })).getAllByRole('radio')).toHaveLength(1);
  });
});
