// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';
import type { SlaBadge } from '../../../shared/contract/sla.contract.ts';
import type { CaseAction } from '../../../shared/domain/case-actions.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { listenForKeys } from '../../shortcuts/registry.ts';
import { openView, useSession } from '../../state/session.ts';
import { InboxScreen } from './inbox-screen.tsx';
import { useInbox } from './inbox-store.ts';

const NOW = Date.now();
const ME = makeId('agt', 'me');
const AGENT = { agentId: ME, name: 'Robin', hub: 'Lisbon', zone: 'Europe/Lisbon', languages: [], isMe: true };

function row(name: string, patch: Partial<CaseRow> = {}): CaseRow {
  return {
    caseId: makeId('case', name),
    subject: `Subject ${name}`,
    preview: `Preview ${name}`,
    channel: 'email',
    status: 'open',
    priority: 'normal',
    assigneeId: null,
    isOwnerPending: false,
    assigneeName: null,
    contactId: makeId('con', name),
    contactName: `Customer ${name}`,
    contactAddress: `${name}@example.org`,
    tier: 'standard',
    contactZone: null,
    contactOffsetMinutes: null,
    language: null,
    labels: [],
    bot: null,
    asked: null,
    waitingSince: instant(NOW - 2 * HOUR_MS),
    sla: null,
    raised: false,
    runway: null,
    handoff: null,
    nextPromise: null,
    snoozedUntil: null,
    snoozedFor: null,
    reminders: [],
    followUpAt: null,
    lastMessageAt: instant(NOW - 2 * HOUR_MS),
    lastDirection: 'in',
    messageCount: 1,
    unread: false,
    queuedReplies: 0,
    sendsAt: null,
    failedReplies: 0,
    hasDraft: false,
    hasAttachments: false,
    ...patch,
  };
}

const SOON: SlaBadge = {
  metric: 'first-reply',
  number: 1,
  startedAt: instant(NOW - 8 * HOUR_MS),
  state: 'running',
  dueAt: instant(NOW + 2 * HOUR_MS),
  endedAt: null,
  targetMs: 10 * HOUR_MS,
  countedFrom: instant(NOW - 8 * HOUR_MS),
  halfAt: instant(NOW - 3 * HOUR_MS),
  fourFifthsAt: instant(NOW),
  pauses: [],
  pausedAt: null,
  policyId: 'standard',
  policyVersion: 1,
  priority: 'normal',
  problem: null,
};

let rows: readonly CaseRow[];
/** What storing an action waits for: whether it can be. */
let applying: Promise<boolean> = Promise.resolve(true);
/** What the list of VIPs waits for. */
let slow: Promise<void> = Promise.resolve();
let engine: FakeEngine;
let stopKeys: () => void;
const applied = (): readonly { readonly caseIds: readonly CaseId[]; readonly action: CaseAction }[] =>
  engine.calls.filter((each) => each.name === 'cases.apply').map((each) => each.input as { caseIds: CaseId[]; action: CaseAction });
const ids = (...names: string[]): readonly CaseId[] => names.map((name) => makeId('case', name));

beforeAll(async () => {
  await startI18n('en');
  // happy-dom lays nothing out; the virtual list needs a height to draw rows in.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(500);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(500);
  stopKeys = listenForKeys(window);
});
afterAll(() => {
  stopKeys();
  vi.restoreAllMocks();
});

beforeEach(async () => {
  applying = Promise.resolve(true);
  rows = ['a', 'b', 'c', 'd', 'e'].map((name) => row(name));
  engine = new FakeEngine({
    'cases.list': async ({ view }) => {
      if (view === 'vip') await slow;
      return { ok: true, value: { rows, total: rows.length === 200 ? 1_000 : rows.length } };
    },
    'cases.labels': () => ({ ok: true, value: [] }),
    'cases.search': ({ text }) => ({
      ok: true,
      value: {
        hits: rows
          .filter((each) => each.subject.includes(text))
          .map((each) => ({
            row: each,
            snippet: `found ${text} here`,
            marks: [[6, 6 + text.length]],
            messageAt: each.lastMessageAt,
            foundIn: ['text'],
          })),
        notIndexed: 0,
        more: false,
        scope: { searched: 4, total: 4, since: null, next: null },
      },
    }),
    'cases.detail': () => ({ ok: true, value: null }),
    'cases.timeline': () => ({ ok: true, value: [] }),
    'workspace.get': () => ({
      ok: true,
      value: {
        workspace: 'main',
        hasProfile: true,
        me: AGENT,
        agents: [AGENT],
        preparing: null,
        notice: null,
      },
    }),
    'cases.apply': async ({ caseIds, action }) => {
      if (!(await applying)) return { ok: false, error: { code: 'disk-full', detail: '' } };
      if (action.kind === 'status' && action.to === 'solved') rows = rows.filter((each) => !caseIds.includes(each.caseId));
      void engine.changed('cases.list');
      return { ok: true, value: { changed: caseIds.length, undoable: true } };
    },
  });
  useSession.setState({ route: 'inbox', view: 'unassigned', selectedCaseId: null, checkedCaseIds: new Set(), searchText: '' });
  useInbox.setState({
    sorts: {},
    snoozeQuestion: null,
    cursorCaseId: null,
    cursorIndex: 0,
    anchorCaseId: null,
    picker: null,
    labelFilter: null,
    rows: [],
    order: [],
  });
  transport.attach(engine.connect());
  render(<InboxScreen />);
  await screen.findByText('Customer a');
});
afterEach(() => {
  cleanup();
  engine.stop();
});

function press(key: string, more: Partial<KeyboardEventInit> = {}): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
}
const currentRow = (): string | null => document.querySelector('[data-case-row][tabindex="0"]')?.getAttribute('data-case-id') ?? null;
const checkedRows = (): readonly (string | null)[] =>
  [...document.querySelectorAll('.ib-row-checked')].map((each) => each.getAttribute('data-case-id'));

describe('the list by keyboard', () => {
  it('is a grid that tells its rows and where the cursor is', () => {
    const grid = screen.getByRole('grid', { name: 'Cases' });
    expect(grid.getAttribute('aria-rowcount')).toBe('5');
    expect(within(grid).getAllByRole('row')).toHaveLength(5);
    // a case is a case wherever it came from, and one sees where that was
    expect(within(grid).getAllByRole('img', { name: 'Email' })).toHaveLength(5);
    expect(currentRow()).toBe('case_a');
  });

  it('moves with j, k and arrows and stops at the ends', () => {
    press('j');
    press('ArrowDown');
    expect(currentRow()).toBe('case_c');
    press('k');
    press('ArrowUp');
    press('ArrowUp');
    expect(currentRow()).toBe('case_a');
    expect(
      within(screen.getByRole('grid'))
        .getAllByRole('row')
        .filter((each) => each.getAttribute('aria-selected') === 'true'),
    ).toHaveLength(1);
  });

  it('goes to its ends and chooses all by keys of grids, also where nothing has the keyboard', () => {
    expect(document.activeElement).toBe(document.body);
    press('End');
    expect(currentRow()).toBe('case_e');
    press('a', { ctrlKey: true });
    expect(checkedRows()).toHaveLength(5);
    press('Home');
    expect(currentRow()).toBe('case_a');
  });

  it('leaves the keys of grids to a field, and to a conversation that is open', async () => {
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    press('End');
    field.remove();
    expect(currentRow()).toBe('case_a');
    press('Enter');
    await vi.waitFor(() => expect(document.querySelector('#conversation')).not.toBeNull());
    (document.activeElement as HTMLElement | null)?.blur();
    press('End');
    expect(currentRow()).toBe('case_a');
    press('Escape');
  });

  it('opens the case that one has moved to, also after a click on a view', async () => {
    const view = screen.getByRole('button', { name: /^Mine/u });
    act(() => view.focus());
    press('j');
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('data-case-id')).toBe('case_b'));
    press('Enter');
    await vi.waitFor(() => expect(useSession.getState().selectedCaseId).toBe('case_b'));
  });

  it('says how many there are when all that are in the list are chosen and there are more', async () => {
    press('x');
    expect(screen.getByText('1 selected')).toBeDefined();
    press('X', { shiftKey: true });
    expect(screen.getByText('5 selected')).toBeDefined();
    press('Escape');
    rows = Array.from({ length: 200 }, (_, index) => row(`many${String(index)}`));
    act(() => openView('all'));
    await screen.findByText('Customer many0');
    press('X', { shiftKey: true });
    expect(screen.getByText('200 of 1000 selected; scroll down for the others')).toBeDefined();
  });

  it('checks with x, extends with Shift, and Escape lets go', () => {
    press('x');
    press('j');
    press('ArrowDown', { shiftKey: true });
    expect(checkedRows()).toEqual(ids('a', 'b', 'c'));
    press('Escape');
    expect(checkedRows()).toEqual([]);
  });

  it('checks everything with Ctrl+A inside the grid', () => {
    const first = document.querySelector<HTMLElement>('[data-case-row][tabindex="0"]');
    first?.focus();
    press('a', { ctrlKey: true });
    expect(useSession.getState().checkedCaseIds.size).toBe(5);
  });
});

describe('actions by key', () => {
  it('act on the current row', async () => {
    press('j');
    press('c');
    await vi.waitFor(() => expect(applied()).toEqual([expect.objectContaining({ caseIds: ids('b'), action: { kind: 'claim' } })]));
  });

  it('act on all checked rows as one operation', async () => {
    press('x');
    press('j');
    press('j');
    press('x');
    press('p');
    await vi.waitFor(() =>
      expect(applied()).toEqual([expect.objectContaining({ caseIds: ids('a', 'c'), action: { kind: 'status', to: 'pending' } })]),
    );
    await vi.waitFor(() => expect(checkedRows()).toEqual([]));
  });

  it('go on to the next case after solving one', async () => {
    press('j');
    press('e');
    await vi.waitFor(() => expect(currentRow()).toBe('case_c'));
    await vi.waitFor(() => expect(screen.queryByText('Customer b')).toBeNull());
  });

  it('keep the keyboard in the list when the row that has it goes', async () => {
    act(() => document.querySelector<HTMLElement>('[data-case-row][tabindex="0"]')?.focus());
    press('e');
    await vi.waitFor(() => expect(currentRow()).toBe('case_b'));
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('data-case-id')).toBe('case_b'));
  });

  it('open the found row that has the focus, and not the case that was open before', async () => {
    press('Enter');
    await vi.waitFor(() => expect(useSession.getState().selectedCaseId).toBe('case_a'));
    press('/');
    const box = await screen.findByRole('combobox', { name: 'Search cases' });
    act(() => {
      fireEvent.input(box, { target: { value: 'Subject d' } });
    });
    await vi.waitFor(() => expect(currentRow()).toBe('case_d'));
    act(() => document.querySelector<HTMLElement>('[data-case-row]')?.focus());
    press('Enter');
    await vi.waitFor(() => expect(useSession.getState().selectedCaseId).toBe('case_d'));
  });

  it('are silent while a search is typed, and the search finds', async () => {
    press('/');
    const box = await screen.findByRole('combobox', { name: 'Search cases' });
    await vi.waitFor(() => expect(document.activeElement).toBe(box));
    press('e');
    press('c');
    expect(applied()).toEqual([]);
    act(() => {
      fireEvent.input(box, { target: { value: 'Subject d' } });
    });
    await vi.waitFor(() => expect(document.querySelector('mark')?.textContent).toBe('Subject d'));
    expect(within(screen.getByRole('grid')).getAllByRole('row')).toHaveLength(1);
    fireEvent.keyDown(box, { key: 'Escape' });
    await vi.waitFor(() => expect(within(screen.getByRole('grid')).getAllByRole('row')).toHaveLength(5));
  });

  it('write operators: a suggestion by key, a question to the engine, and a word about what is no question', async () => {
    press('/');
    const box = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Search cases' });
    const type = (value: string): void => {
      act(() => {
        fireEvent.input(box, { target: { value } });
      });
    };
    const asked = (name: string): unknown => engine.begun.filter((each) => each.name === name).at(-1)?.input;
    type('stat');
    await screen.findByRole('option', { name: /status:/u });
    fireEvent.keyDown(box, { key: 'ArrowDown' });
    await vi.waitFor(() => expect(box.getAttribute('aria-activedescendant')).not.toBeNull());
    fireEvent.keyDown(box, { key: 'Enter' });
    await vi.waitFor(() => expect(box.value).toBe('status:'));
    type('status:solved');
    const filter = { conditions: [{ field: 'status', not: false, values: ['solved'] }] };
    await vi.waitFor(() => expect(asked('cases.list')).toMatchObject({ view: 'all', sort: 'newest', filter }));
    type('status:solved Subject d');
    await vi.waitFor(() => expect(asked('cases.search')).toMatchObject({ text: 'Subject d', filter }));
    type('status:solvd Subject e');
    expect((await screen.findByText(/“solvd”/u)).textContent).toContain('status');
    await vi.waitFor(() => expect(asked('cases.search')).toEqual({ text: 'Subject e', limit: 100, order: 'best' }));
  });
});

describe('due times', () => {
  it('and the staffed time left are what the list is sorted by, and the menu says how', async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Sort' }));
    const byRunway = await screen.findByRole('menuitemradio', { name: 'By staffed time left' });
    expect(byRunway.getAttribute('aria-checked')).toBe('true');
    const hintOf = (item: HTMLElement): string => document.getElementById(item.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
    expect(hintOf(byRunway)).toMatch(/breaches before anyone who can take it starts.*Then VIPs/u);
    expect(hintOf(screen.getByRole('menuitemradio', { name: 'By due time' }))).toMatch(/VIPs first.*80% of its own time/u);
    fireEvent.click(screen.getByRole('menuitemradio', { name: 'Newest first' }));
    expect(useInbox.getState().sorts).toEqual({ unassigned: 'newest' });
  });

  it('a raised row says why it stands where it does', async () => {
    rows = [row('a', { sla: SOON, raised: true }), row('b', { sla: SOON })];
    await act(async () => engine.changed('cases.list'));
    const raised = (): string | undefined =>
      document.querySelector('[data-case-id="case_a"] .ib-raised')?.getAttribute('aria-label') ?? undefined;
    await vi.waitFor(() => expect(raised()).toBe('Raised: 80% of its target is used'));
    expect(document.querySelector('[data-case-id="case_b"] .ib-raised')).toBeNull();
  });

  it('are not slept through without a question', async () => {
    rows = [row('a', { sla: SOON }), row('b', { sla: { ...SOON, dueAt: instant(NOW + 300 * 24 * HOUR_MS) } })];
    await act(async () => engine.changed('cases.list'));
    const snooze = async (): Promise<void> => {
      press('s');
      fireEvent.click(await screen.findByText('In 3 hours'));
    };
    await snooze();
    const question = await screen.findByRole('alertdialog', { name: 'Snooze past the due time?' });
    expect(question.textContent).toContain('First reply is due');
    expect(applied()).toEqual([]);
    fireEvent.click(within(question).getByRole('button', { name: 'Snooze anyway' }));
    await vi.waitFor(() => expect(applied()).toEqual([expect.objectContaining({ caseIds: ids('a') })]));
    await vi.waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    useInbox.setState({ cursorCaseId: makeId('case', 'b') });
    await snooze();
    await vi.waitFor(() => expect(applied()).toHaveLength(2));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});

describe('waiting', () => {
  it('is told by a word and a duration, not by colour alone', async () => {
    const badge = (): Element | null => document.querySelector('[data-case-id="case_a"] .ib-waiting');
    await vi.waitFor(() => expect(badge()?.getAttribute('aria-label')).toBe('Waiting 2h'), { timeout: 15_000 });
    expect(badge()?.querySelector('svg')).not.toBeNull();
  });
});

/** Tells of everything that it is 900 pixels wide. */
class WideElements {
  readonly #onResize: ResizeObserverCallback;
  constructor(onResize: ResizeObserverCallback) {
    this.#onResize = onResize;
  }
  observe(target: Element): void {
    const contentRect = new DOMRect(0, 0, 900, 600);
    this.#onResize([{ target, contentRect, borderBoxSize: [], contentBoxSize: [], devicePixelContentBoxSize: [] }], this);
  }
  unobserve(): void {}
  disconnect(): void {}
}

describe('an action', () => {
  const assignee = (name: string): string | undefined =>
    document.querySelector(`[data-case-id="case_${name}"] .ib-assignee`)?.getAttribute('aria-label') ?? undefined;

  it('is seen before it is stored, and taken back when it can not be', async () => {
    let answer: (isDone: boolean) => void = () => undefined;
    applying = new Promise((resolve) => {
      answer = resolve;
    });
    expect(assignee('a')).toBe('Not assigned');
    press('c');
    await vi.waitFor(() => expect(applied()).toHaveLength(1));
    await vi.waitFor(() => expect(assignee('a')).not.toBe('Not assigned'));
    expect(assignee('b')).toBe('Not assigned');
    answer(false);
    await vi.waitFor(() => expect(assignee('a')).toBe('Not assigned'));
  });
});

describe('what is on the screen already', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('stays when a case is opened beside it', async () => {
    const [list, views] = [screen.getByRole('grid'), screen.getByRole('navigation')];
    press('Enter');
    await vi.waitFor(() => expect(document.querySelector('#conversation')).not.toBeNull());
    expect([screen.getByRole('grid'), screen.getByRole('navigation')]).toEqual([list, views]);
    press('Escape');
    await vi.waitFor(() => expect(document.querySelector('#conversation')).toBeNull());
    expect(screen.getByRole('grid')).toBe(list);
  });

  it('stays alone until the next list is there, and its rows are changed instead of made anew', async () => {
    // as wide as a table
    vi.stubGlobal('ResizeObserver', WideElements);
    cleanup();
    render(<InboxScreen />);
    await screen.findByRole('columnheader', { name: 'Subject' });
    const list = screen.getByRole('grid');
    const cells = [...list.querySelectorAll('[role="gridcell"]')];
    rows = ['v', 'w', 'x', 'y', 'z'].map((name) => row(name));
    let answer: () => void = () => undefined;
    slow = new Promise((resolve) => {
      answer = resolve;
    });
    const together: number[] = [];
    const observer = new MutationObserver(() => together.push(document.querySelectorAll('[role="grid"], .ib-skeleton').length));
    observer.observe(document.body, { childList: true, subtree: true });
    act(() => openView('vip'));
    expect(document.querySelector('[data-view="vip"]')?.getAttribute('aria-current')).toBe('true');
    answer();
    await screen.findByText('Customer v');
    observer.disconnect();
    expect(Math.max(...together)).toBe(1);
    expect(screen.getByRole('grid')).toBe(list);
    expect([...list.querySelectorAll('[role="gridcell"]')].filter((cell) => !cells.includes(cell))).toEqual([]);
  });

  it('asks for more rows where the end is seen, not where the current case is', async () => {
    rows = Array.from({ length: 200 }, (_, place) => row(`n${String(place)}`));
    act(() => {
      openView('overdue');
    });
    await screen.findByText('Customer n0');
    act(() => {
      useInbox.setState({ cursorCaseId: makeId('case', 'n195'), cursorIndex: 195 });
    });
    await act(async () => engine.changed('cases.list'));
    const limits = engine.begun.filter(({ name }) => name === 'cases.list').map(({ input }) => (input as { readonly limit: number }).limit);
    expect(new Set(limits)).toEqual(new Set([200]));
  });
});
