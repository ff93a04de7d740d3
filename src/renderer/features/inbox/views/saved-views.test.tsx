// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { Input } from '../../../../shared/contract/contract.ts';
import type { ListedView } from '../../../../shared/contract/views.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { listenForKeys } from '../../../shortcuts/registry.ts';
import { undoLast } from '../../../state/undo.ts';
import { openView, useSession } from '../../../state/session.ts';
import { InboxScreen } from '../inbox-screen.tsx';

const named = (name: string, patch: Partial<ListedView> = {}): ListedView => ({
  viewId: makeId('view', name),
  name,
  conditions: [{ field: 'channel', not: false, values: ['email'] }],
  text: '',
  sort: 'due',
  hiddenColumns: [],
  grouping: 'none',
  isShared: false,
  ownerId: null,
  canChange: true,
  isMine: true,
  ...patch,
});

let views: readonly ListedView[];
let engine: FakeEngine;
let stopKeys: () => void;
const asked = <Name extends 'views.save' | 'views.order' | 'views.remove'>(name: Name): readonly Input<Name>[] =>
  engine.calls.filter((each) => each.name === name).map((each) => each.input as Input<Name>);

beforeAll(async () => {
  await startI18n('en');
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(500);
  stopKeys = listenForKeys(window);
});
afterAll(() => {
  stopKeys();
  vi.restoreAllMocks();
});
beforeEach(async () => {
  views = [named('One'), named('Two'), named('Theirs', { isShared: true, isMine: false, canChange: false, ownerId: makeId('agt', 'bo') })];
  engine = new FakeEngine({
    'cases.list': () => ({ ok: true, value: { rows: [], total: 0 } }),
    'cases.labels': () => ({ ok: true, value: [] }),
    'cases.countFilters': ({ filters }) => ({ ok: true, value: filters.map((_, index) => index + 3) }),
    'views.list': () => ({ ok: true, value: views }),
    'views.save': ({ view, isShared }) => {
      const kept = named(view.name, { ...view, isShared });
      views = [...views.filter((each) => each.viewId !== view.viewId), kept];
      void engine.changed('views.list');
      return { ok: true, value: null };
    },
    'views.remove': ({ viewId }) => {
      views = views.filter((each) => each.viewId !== viewId);
      void engine.changed('views.list');
      return { ok: true, value: null };
    },
    'views.order': () => ({ ok: true, value: null }),
  });
  transport.attach(engine.connect());
  openView('unassigned');
  render(<InboxScreen />);
  await screen.findByText('One');
});
afterEach(() => {
  cleanup();
  engine.stop();
});

const item = (name: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-saved-view="view_${name}"]`);
  if (found === null) throw new Error(`no ${name}`);
  return found;
};
const chips = (): readonly (string | null)[] => [...document.querySelectorAll('.ib-filter-edit')].map((each) => each.textContent);

it('lists views with their counts, one’s own apart from the team’s', async () => {
  await waitFor(() => expect(item('Two').textContent).toContain('4'));
  expect(within(screen.getByRole('list', { name: 'My views' })).getAllByRole('listitem')).toHaveLength(2);
  expect(within(screen.getByRole('list', { name: 'Team views' })).getAllByRole('listitem')).toHaveLength(1);
});

it('opens a view as a question in words and as chips, and says what it asks where it is empty', async () => {
  fireEvent.click(item('One'));
  await waitFor(() => expect(chips()).toEqual(['Channel: Email']));
  expect(useSession.getState().searchText).toBe('channel:email');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('One');
  expect(await screen.findByText('It shows cases with: Channel: Email')).toBeDefined();
  const listed = engine.begun.findLast((each) => each.name === 'cases.list')?.input;
  expect(listed).toMatchObject({ sort: 'due', view: 'all' });
  expect(screen.queryByText('Changed')).toBeNull();
});

it('says that a view was changed, and reverts or saves it', async () => {
  fireEvent.click(item('One'));
  await waitFor(() => expect(chips()).toHaveLength(1));
  useSession.setState({ searchText: 'channel:email priority:high' });
  await screen.findByText('Changed');
  fireEvent.click(screen.getByRole('button', { name: 'Revert' }));
  await waitFor(() => expect(screen.queryByText('Changed')).toBeNull());
  expect(useSession.getState().searchText).toBe('channel:email');
  useSession.setState({ searchText: 'channel:email -priority:high' });
  fireEvent.click(await screen.findByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByText('Changed')).toBeNull());
  expect(asked('views.save').at(-1)?.view.conditions).toEqual([
    { field: 'channel', not: false, values: ['email'] },
    { field: 'priority', not: true, values: ['high'] },
  ]);
});

it('begins a filter with what is unsolved, and a condition goes with its chip', async () => {
  fireEvent.keyDown(document.body, { key: 'f' });
  await waitFor(() => expect(chips()).toEqual(['Status: unsolved']));
  expect(await screen.findByRole('menu')).toBeDefined();
  fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' });
  useSession.setState({ searchText: 'status:open,pending,hold channel:email' });
  await waitFor(() => expect(chips()).toHaveLength(2));
  fireEvent.click(screen.getByRole('button', { name: 'Remove: Status: unsolved' }));
  await waitFor(() => expect(useSession.getState().searchText).toBe('channel:email'));
});

it('moves, and removes with a way back', async () => {
  fireEvent.keyDown(item('Two'), { key: 'ArrowUp', altKey: true });
  await waitFor(() =>
    expect(asked('views.order')[0]?.viewIds).toEqual([makeId('view', 'Two'), makeId('view', 'One'), makeId('view', 'Theirs')]),
  );
  fireEvent.keyDown(item('Theirs'), { key: 'Delete' });
  fireEvent.keyDown(item('One'), { key: 'Delete' });
  await waitFor(() => expect(document.querySelector('[data-saved-view="view_One"]')).toBeNull());
  expect(asked('views.remove').map((each) => each.viewId)).toEqual([makeId('view', 'One')]);
  await undoLast();
  expect(asked('views.save').at(-1)).toMatchObject({ view: { name: 'One', sort: 'due' }, isShared: false });
});

it('gives the focus of a view that goes to the one beside it, and keeps it on one that is shared', async () => {
  item('One').focus();
  fireEvent.keyDown(item('One'), { key: 'Delete' });
  await waitFor(() => expect(screen.queryByText('One')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(item('Two')));
  views = views.map((view) => (view.name === 'Two' ? { ...view, isShared: true } : view));
  void engine.changed('views.list');
  await waitFor(() => expect(screen.queryByRole('list', { name: 'My views' })).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(item('Two')));
  fireEvent.keyDown(item('Two'), { key: 'Delete' });
  await waitFor(() => expect(document.activeElement).toBe(item('Theirs')));
});
