// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TeamEvent } from '../../shared/contract/team.contract.ts';
import { makeId } from '../../shared/domain/ids.ts';
import { startI18n } from '../i18n/i18n.ts';
import { useSession } from '../state/session.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { tellOfTeam } from './team-told.ts';

const ANA = makeId('agt', 'ana');
const lost = (id: string): TeamEvent => ({ type: 'team', what: 'claim-lost', caseId: makeId('case', id), subject: `Case ${id}`, by: ANA });
const tell = async (...events: readonly TeamEvent[]): Promise<void> => {
  for (const event of events) tellOfTeam(event, (agentId) => (agentId === ANA ? 'Ana' : null));
  await act(async () => vi.advanceTimersByTimeAsync(500));
};

/** Titles and descriptions; problems are read out from a place of their own as well. */
const toasts = (): readonly string[] =>
  [...document.querySelectorAll('.m-toast:not([data-ending-style])')].map(
    (each) =>
      `${each.querySelector('.m-toast-title')?.textContent ?? ''}: ${each.querySelector('.m-toast-description')?.textContent ?? ''}`,
  );

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  render(
    <ToastRegion>
      <span />
    </ToastRegion>,
  );
});
afterEach(async () => {
  // What is left on screen belongs to no other test.
  await act(async () => vi.advanceTimersByTimeAsync(60_000));
  cleanup();
  vi.useRealTimers();
});

describe('what is told of a team', () => {
  test('a claim that was lost names who was faster, and opens the case', async () => {
    await tell(lost('a'));
    expect(toasts()).toEqual(['Ana was faster: Case a is theirs. Your words are kept.']);
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: makeId('case', 'a') });
  });

  test('several of one moment are one toast, which leads to the conflicts', async () => {
    await tell(lost('b'), lost('c'), lost('d'));
    expect(toasts()).toEqual(['3 cases were taken by others first: ']);
    fireEvent.click(screen.getByRole('button', { name: 'Decide' }));
    expect(useSession.getState().route).toBe('conflicts');
  });

  test('a wrong clock says how wrong, and leads to what to do', async () => {
    await tell({ type: 'team', what: 'clock-wrong', aheadMs: -95_000 });
    expect(toasts()).toEqual(['The clock of this computer is wrong: The clock of this computer is 95 seconds behind the hub.']);
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(useSession.getState()).toMatchObject({ route: 'settings', settingsPage: 'team-hub' });
  });
});
