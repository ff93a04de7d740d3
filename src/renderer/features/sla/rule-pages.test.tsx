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
  engine = new FakeEngine({ ...fakeRules('main', () => engine), 'cases.labels': () => ({ ok: true, value: [] }) });
  transport.attach(engine.connect());
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
  await within(dialog).findByText('143');
  expect(within(dialog).getByText(/^4 cases would be overdue/u)).toBeDefined();
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
