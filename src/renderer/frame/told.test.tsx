// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeId } from '../../shared/domain/ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../shared/domain/time.ts';
import { startI18n } from '../i18n/i18n.ts';
import { useSession } from '../state/session.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { tell } from './told.ts';
import type { ToldEvent } from './told.ts';

const NOW = Date.UTC(2026, 10, 20, 16);
const ANA = makeId('agt', 'ana');
const handoff = (id: string, what: Extract<ToldEvent, { type: 'handoff' }>['what'], subject = `Case ${id}`): ToldEvent => ({
  type: 'handoff',
  what,
  handoffId: makeId('hnd', id),
  caseId: makeId('case', id),
  subject,
  by: ANA,
  expiresAt: instant(NOW + 2 * HOUR_MS),
});
const promise = (id: string, what: Extract<ToldEvent, { type: 'promise' }>['what']): ToldEvent => ({
  type: 'promise',
  what,
  promiseId: makeId('prm', id),
  caseId: makeId('case', id),
  subject: `Case ${id}`,
  dueAt: instant(NOW + HOUR_MS),
});

beforeAll(async () => startI18n('en'));
let at = NOW;
beforeEach(() => {
  // Each test is long after the one before: what was told there is joined with nothing here.
  at += HOUR_MS;
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: at });
  useSession.setState({ zone: 'UTC', locale: 'en', route: 'settings', handoffsTab: 'lanes', selectedCaseId: null });
  render(<ToastRegion>{null}</ToastRegion>);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function told(...events: readonly ToldEvent[]): Promise<void> {
  await act(async () => {
    for (const event of events) tell(event, (agentId) => (agentId === ANA ? 'Ana Sousa' : null));
    await vi.advanceTimersByTimeAsync(300);
  });
}
const titles = (): readonly string[] =>
  [...document.querySelectorAll('.m-toast:not([data-ending-style]) .m-toast-title')]
    .map((each) => each.textContent)
    .sort((a, b) => a.localeCompare(b));

describe('what the engine tells', () => {
  test('forty offers at once are one toast that counts them and leads to the lanes', async () => {
    await told(...Array.from({ length: 40 }, (_, index) => handoff(`h${String(index)}`, 'offered')));
    expect(titles()).toEqual(['40 cases are offered to you']);
    const title = screen.getByText('40 cases are offered to you');
    expect(title.closest('[aria-live="polite"]')).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(useSession.getState()).toMatchObject({ route: 'handoffs', handoffsTab: 'lanes' });
  });

  test('one that follows soon is counted with those before; the same one is not counted twice', async () => {
    await told(handoff('a', 'offered'));
    expect(screen.getByText(/^Case a · until 18:00/u)).not.toBeNull();
    await told(handoff('b', 'offered'), handoff('a', 'offered'));
    expect(titles()).toContain('2 cases are offered to you');
    await act(async () => vi.advanceTimersByTimeAsync(MINUTE_MS));
    await told(handoff('c', 'offered'));
    expect(titles()).toEqual(['A case is offered to you']);
  });

  test('kinds are told apart; what was decided names the person, and an accepted case opens', async () => {
    await told(handoff('a', 'declined', ''), handoff('b', 'accepted'));
    expect(titles()).toEqual(['Your offer was accepted', 'Your offer was declined']);
    expect(screen.getByText('no subject · Ana Sousa')).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: makeId('case', 'b') });
  });

  test('one promise opens its case, several the ledger', async () => {
    await told(promise('a', 'broken'), promise('b', 'infeasible'), promise('c', 'infeasible'));
    expect(titles()).toEqual(['A promise was broken', 'Nobody is on in time to keep 2 promises']);
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: makeId('case', 'a') });
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(useSession.getState()).toMatchObject({ route: 'handoffs', handoffsTab: 'promises' });
  });

  test('the end of a turn leads to the sweep, its begin to the brief', async () => {
    await told({ type: 'sunset', turnEndsAt: instant(at + 45 * MINUTE_MS), left: 7 });
    expect(screen.getByText('7 cases are left to hand over or park')).not.toBeNull();
    expect(titles()[0]).toMatch(/^Your turn ends in 4[45]m$/u);
    fireEvent.click(screen.getByRole('button', { name: 'Start the sweep' }));
    expect(useSession.getState()).toMatchObject({ route: 'handoffs', handoffsTab: 'sweep' });
    await told({ type: 'sunrise', turnEndsAt: instant(at + 8 * HOUR_MS) });
    fireEvent.click(screen.getByRole('button', { name: 'Read the brief' }));
    expect(useSession.getState()).toMatchObject({ route: 'handoffs', handoffsTab: 'brief' });
  });
});
