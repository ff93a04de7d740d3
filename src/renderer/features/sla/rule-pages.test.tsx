// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { fakeRules } from '../../../../test/renderer/preview/fake-rules.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { useSession } from '../../state/session.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { forgetReplay } from './replay.store.ts';
import { forgetRules } from './rules.store.ts';
import { useRulePages } from './rule-pages.tsx';

let engine: FakeEngine;

function Settings(): ReactNode {
  const page = useSession((state) => state.settingsPage);
  return <Tabs label="Pages" value={page} onChange={(settingsPage) => useSession.setState({ settingsPage })} tabs={useRulePages()} />;
}

function open(settingsPage: 'hours' | 'policies' | 'simulator'): void {
  useSession.setState({ settingsPage });
  render(<Settings />);
}

/** A fake engine whose rules are made up, with some answers of the test's own. */
function start(own: ConstructorParameters<typeof FakeEngine>[0]): void {
  engine = new FakeEngine({ ...fakeRules('main', () => engine), 'cases.labels': () => ({ ok: true, value: [] }), ...own });
  transport.attach(engine.connect());
}

/** As a person does, on the input behind the drawn box: happy-dom does not carry a click on the box into its label's input. */
function tick(box: HTMLElement | undefined): void {
  const input = box?.closest('label')?.querySelector('input');
  if (input instanceof HTMLInputElement) fireEvent.click(input);
}

const saves = (): readonly Input<'sla.save'>[] =>
  engine.calls.filter((each) => each.name === 'sla.save').map((each) => each.input as Input<'sla.save'>);

beforeAll(async () => {
  await startI18n('en');
});
beforeEach(() => {
  forgetRules();
  forgetReplay();
  start({});
});
afterEach(() => {
  cleanup();
  engine.stop();
});

test('a window of the week is moved, resized and deleted by key, and keeps the focus', async () => {
  open('hours');
  fireEvent.click(await screen.findByRole('button', { name: /^9-18/u }));
  const focused = (): string | null | undefined => document.activeElement?.getAttribute('aria-label');
  const press = (key: string, more: object = {}): void => {
    if (document.activeElement !== null) fireEvent.keyDown(document.activeElement, { key, ...more });
  };
  (await screen.findByRole('button', { name: 'Monday, 09:00–18:00' })).focus();
  press('ArrowRight');
  expect(focused()).toBe('Monday, 09:15–18:15');
  press('ArrowRight', { shiftKey: true });
  expect(focused()).toBe('Monday, 09:15–18:30');
  press('ArrowLeft', { altKey: true });
  expect(focused()).toBe('Monday, 09:00–18:30');
  press('ArrowUp');
  expect(focused()).toBe('Sunday, 09:00–18:30');
  for (let count = 0; count < 24; count += 1) press('ArrowRight', { shiftKey: true });
  expect(focused()).toBe('Sunday, 09:00–00:30 on the next day');
  press('Delete');
  expect(screen.queryByRole('button', { name: /^Sunday, 09/u })).toBeNull();
  expect(document.activeElement?.className).toBe('week-grid-days');
});

test('a calendar that never opens can not be saved, and says so at its week', async () => {
  open('hours');
  fireEvent.click(await screen.findByRole('button', { name: /^9-18/u }));
  for (const button of screen.getAllByRole('button', { name: /: remove 09:00 to 18:00$/u })) fireEvent.click(button);
  expect(screen.getByRole('alert').textContent).toContain('never open');
  expect(screen.queryByRole('button', { name: 'Preview and save …' })).toBeNull();
});

test('a policy is moved by the arrow keys of its handle and the order is announced', async () => {
  open('policies');
  const handle = await screen.findByRole('button', { name: /^Move Standard: place 2 of 2/u });
  fireEvent.keyDown(handle, { key: 'ArrowUp' });
  expect(screen.getByRole('button', { name: /^Move Standard: place 1 of 2/u })).toBe(handle);
  expect(screen.getByText('Standard is now at place 1 of 2')).toBeDefined();
  expect(screen.getByText('Never asked: Standard above it takes every case.')).toBeDefined();
});

test('saving shows the preview first, and applies to open cases only when that is ticked', async () => {
  open('policies');
  const target = await screen.findByRole('textbox', { name: 'First reply, Urgent' });
  fireEvent.change(target, { target: { value: 'soon' } });
  expect(screen.queryByRole('button', { name: 'Preview and save …' })).toBeNull();
  fireEvent.change(target, { target: { value: '20 min' } });
  fireEvent.click(screen.getByRole('button', { name: 'Preview and save …' }));
  const dialog = await screen.findByRole('dialog');
  const effect = await within(dialog).findByRole('table', { name: '143 open cases' });
  const cells = within(effect)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
  expect(cells).toEqual(['12', '0', '31', '4']);
  expect(within(dialog).getByText(/^4 cases have used up their new target/u)).toBeDefined();
  expect(within(dialog).getByText('VIP: new version')).toBeDefined();
  expect(saves()).toEqual([]);
  tick(within(dialog).getByRole('checkbox'));
  await act(async () => {
    fireEvent.click(within(dialog).getByRole('button', { name: 'Save rules' }));
  });
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Unsaved rules' })).toBeNull());
  expect(saves()).toHaveLength(1);
  expect(saves()[0]).toMatchObject({ applyToOpen: true });
  expect(saves()[0]?.proposal.policies[0]?.targets.urgent['first-reply']).toBe(20 * 60_000);
});

test('of the holidays only those that were ticked are added', async () => {
  open('hours');
  fireEvent.click(await screen.findByRole('button', { name: /^9-18/u }));
  fireEvent.click(screen.getByRole('button', { name: 'Import holidays …' }));
  const dialog = await screen.findByRole('dialog');
  const ticks = await within(dialog).findAllByRole('checkbox');
  expect(ticks.every((tick) => tick.getAttribute('aria-checked') === 'false')).toBe(true);
  tick(ticks.at(-1));
  fireEvent.click(await within(dialog).findByRole('button', { name: 'Add 1 date' }));
  await waitFor(() => expect(screen.getAllByRole('textbox', { name: 'Name' })).toHaveLength(2));
});

test('the simulator sends the edits, saves nothing, and compares', async () => {
  open('simulator');
  fireEvent.click(await screen.findByRole('button', { name: 'Try it on the last 90 days' }));
  const table = await screen.findByRole('table', { name: 'Clocks before and after' });
  expect(within(table).getByText('902 → 861')).toBeDefined();
  expect(engine.calls.map((each) => each.name)).toContain('sla.simulate');
  expect(saves()).toEqual([]);
});

test('a calendar that is promised can not be taken out of use; another can, and be put back before it is saved', async () => {
  open('hours');
  const retire = await screen.findByRole('button', { name: 'Take out of use' });
  expect(retire).toHaveProperty('disabled', true);
  expect(screen.getByText('VIP and Standard promise these hours. Choose other hours there first.')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: /^9-18/u }));
  fireEvent.click(screen.getByRole('button', { name: 'Take out of use' }));
  expect(screen.queryByRole('button', { name: /^9-18/u })).toBeNull();
  const leaving = screen.getByRole('region', { name: 'Out of use when you save' });
  expect(within(leaving).getByText('9-18')).toBeDefined();
  fireEvent.click(within(leaving).getByRole('button', { name: 'Put back 9-18' }));
  expect(screen.getByRole('button', { name: /^9-18/u })).toBeDefined();
  expect(screen.queryByRole('region', { name: 'Unsaved rules' })).toBeNull();
});

test('a replay shows how far it is, can be cancelled, and is still there after a look elsewhere', async () => {
  let finish: () => void = () => undefined;
  const made = fakeRules('main', () => engine)['sla.simulate'];
  let progress: { readonly done: number; readonly total: number } | null = { done: 400, total: 1_284 };
  start({
    'sla.progress': () => ({ ok: true, value: progress }),
    'sla.simulate': async (input) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return made?.(input) ?? { ok: true, value: null };
    },
  });
  open('simulator');
  fireEvent.click(await screen.findByRole('button', { name: 'Try it on the last 90 days' }));
  await screen.findByText('400 of 1,284');
  progress = { done: 800, total: 1_284 };
  await act(async () => engine.changed('sla.progress'));
  await screen.findByText('800 of 1,284');
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(screen.getByText('See it before you save it')).toBeDefined();
  const named = (name: string): readonly unknown[] =>
    engine.calls.filter((each) => each.name === name).map((each) => (each.input as { readonly run: string }).run);
  await waitFor(() => expect(named('sla.cancel')).toEqual(named('sla.simulate')));
  finish();
  fireEvent.click(screen.getByRole('button', { name: 'Try it on the last 90 days' }));
  await screen.findByText('800 of 1,284');
  await act(async () => useSession.setState({ settingsPage: 'hours' }));
  await waitFor(() => expect(screen.queryByText('800 of 1,284')).toBeNull());
  await act(async () => finish());
  await act(async () => useSession.setState({ settingsPage: 'simulator' }));
  await screen.findByRole('table', { name: 'Clocks before and after' });
});
