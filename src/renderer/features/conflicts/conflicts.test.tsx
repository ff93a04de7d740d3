// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { fakeCase, LANES_ME } from '../../../../test/renderer/fake-lanes.ts';
import { fakeTeam } from '../../../../test/renderer/fake-team.ts';
import { fakeConflicts } from '../../../../test/renderer/fake-team-data.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { conflictsEn } from '../../i18n/conflicts-en.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { listenForKeys } from '../../shortcuts/registry.ts';
import { useSession } from '../../state/session.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { CONFLICT_FIELDS, DROPPED_REASONS, MERGED_REASONS, NEEDS_YOU_REASONS } from '../../../shared/domain/team/conflict.ts';
import { nextAfter, splitConflicts } from './conflict-groups.ts';
import { ConflictsScreen } from './conflicts-screen.tsx';

const ROWS = [fakeCase('a', { subject: 'Export stops' }), fakeCase('b', { subject: 'Invoice' }), fakeCase('c', { subject: 'Tax' })];
let engine: FakeEngine;
let stopKeys: () => void;

function show(query: string): void {
  engine = new FakeEngine({
    'workspace.get': () => ({
      ok: true,
      value: {
        workspace: 'main',
        hasProfile: true,
        me: { agentId: LANES_ME, name: 'Robin Vale', hub: '', zone: 'Europe/Lisbon', languages: [], isMe: true },
        agents: [{ agentId: makeId('agt', 'li'), name: '李雷', hub: '', zone: 'Asia/Shanghai', languages: [], isMe: false }],
        preparing: null,
        notice: null,
      },
    }),
    ...fakeTeam(ROWS, new URLSearchParams(query), () => engine),
  });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <ConflictsScreen />
    </ToastRegion>,
  );
}

const cards = async (): Promise<readonly HTMLElement[]> => screen.findAllByRole('article');
const current = (): string | null | undefined =>
  document.querySelector('[data-conflict-id][data-current]')?.getAttribute('data-conflict-id');
const press = (key: string, shiftKey = false): boolean => fireEvent.keyDown(document.body, { key, shiftKey });
const resolved = (): readonly unknown[] => engine.calls.filter((each) => each.name === 'conflicts.resolve').map((each) => each.input);

beforeAll(async () => {
  await startI18n('en');
  stopKeys = listenForKeys(window);
});
afterAll(() => stopKeys());
afterEach(cleanup);

describe('conflicts', () => {
  test('are by case, with why, and mine beside theirs', async () => {
    show('team=live');
    await cards();
    // The names come with the workspace.
    await waitFor(async () =>
      expect((await cards()).map((card) => card.getAttribute('aria-label'))).toEqual([
        '李雷 gave it another priority',
        '李雷 took the case before your claim arrived',
        'The customer wrote before yours arrived',
        '李雷 saved something else there',
        'It is too large for the hub',
      ]),
    );
    const [priority] = await cards();
    const [mine, theirs] = within(priority ?? document.body).getAllByRole('group');
    expect(mine?.textContent).toContain('Low (was Normal)');
    expect(theirs?.textContent).toContain('Urgent (was Normal)');
    expect(screen.getByRole('heading', { name: 'Export stops' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Of the team and its plan' })).toBeTruthy();
    expect(screen.getByText('08:00')).toBeTruthy();
  });

  test('are walked, kept, applied and opened by keys', async () => {
    show('team=live');
    await cards();
    expect(current()).toBe('evt_c');
    press('j');
    await waitFor(() => expect(current()).toBe('evt_a'));
    press('k');
    await waitFor(() => expect(current()).toBe('evt_c'));
    press('K', true);
    await waitFor(() => expect(current()).toBe('evt_a'));
    press('m');
    await waitFor(() => expect(current()).toBe('evt_b'));
    expect(resolved()).toMatchObject([
      { conflictId: 'evt_c', choice: 'keep-theirs' },
      { conflictId: 'evt_a', choice: 'apply-mine' },
    ]);
    press('Enter');
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: ROWS[1]?.caseId });
  });

  test('of what the hub takes from nobody can only be left', async () => {
    show('team=live');
    const card = (await cards()).at(-1) ?? document.body;
    expect(within(card).queryByRole('button', { name: /^Apply mine/u })).toBeNull();
    act(() => card.focus());
    await waitFor(() => expect(current()).toBe('evt_e'));
    press('m');
    expect(resolved()).toEqual([]);
    fireEvent.click(within(card).getByRole('button', { name: /^Understood/u }));
    await waitFor(() => expect(resolved()).toMatchObject([{ conflictId: 'evt_e', choice: 'keep-theirs' }]));
  });

  test('that need nothing are folded away, with what became of them', async () => {
    show('team=live');
    const summary = (await screen.findByText('Decided, merged and dropped')).closest('details');
    expect(summary?.open).toBe(false);
    // what an earlier engine said is shown until this one has answered
    for (const became of ['Merged', 'Theirs kept', 'Not needed'])
      await vi.waitFor(() => expect(within(summary ?? document.body).getByText(became)).toBeTruthy());
  });

  test('say so when there are none, and when there is no team', async () => {
    show('team=live&conflicts=0');
    expect(await screen.findByText('Nothing to decide')).toBeTruthy();
    cleanup();
    show('');
    expect(await screen.findByText('Conflicts are between people')).toBeTruthy();
  });

  test('split into what is open by case, and what is done', () => {
    const { groups, done } = splitConflicts(fakeConflicts(ROWS, instant(Date.now())));
    expect(groups.map((group) => group.rows.map((row) => row.conflict.id))).toEqual([['evt_c', 'evt_a'], ['evt_b'], ['evt_d'], ['evt_e']]);
    expect(done.map((row) => row.conflict.id)).toEqual(['evt_f', 'evt_g', 'evt_h']);
  });

  test('hand the keyboard on to the next one, at the end to the one before', () => {
    expect(nextAfter(['a', 'b', 'c'], 'b')).toBe('c');
    expect(nextAfter(['a', 'b', 'c'], 'c')).toBe('b');
    expect(nextAfter(['a'], 'a')).toBeNull();
  });

  test('have words for every reason and every field', () => {
    const reasons = [...NEEDS_YOU_REASONS, ...MERGED_REASONS, ...DROPPED_REASONS];
    expect(reasons.filter((reason) => !Object.hasOwn(conflictsEn.reason, reason))).toEqual([]);
    expect(CONFLICT_FIELDS.filter((field) => !Object.hasOwn(conflictsEn.field, field))).toEqual([]);
  });
});
