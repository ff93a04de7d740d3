// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { transport } from '../../bridge/client.ts';
import { changeLanguage, startI18n } from '../../i18n/i18n.ts';
import { setPaletteOpen, useSession } from '../../state/session.ts';
import { CommandPalette } from './command-palette.tsx';

let engine: FakeEngine;

beforeAll(async () => startI18n('zh-CN'));
beforeEach(() => {
  useSession.setState({ locale: 'zh-CN', selectedCaseId: null, route: 'settings', recentCases: [] });
  engine = new FakeEngine({
    'cases.search': () => ({
      ok: true,
      value: { hits: [], notIndexed: 0, more: false, scope: { searched: 4, total: 4, since: null, next: null } },
    }),
  });
  transport.attach(engine.connect());
  setPaletteOpen(true);
});
afterEach(async () => {
  cleanup();
  engine.stop();
  await changeLanguage('zh-CN');
});

async function type(text: string): Promise<void> {
  fireEvent.input(await screen.findByRole('combobox'), { target: { value: text } });
}

test.each([
  ['>snooze', '推迟……'],
  ['>推迟', '推迟……'],
  ['>hand over', '交接'],
])('in Chinese, %s finds %s', async (typed, found) => {
  render(<CommandPalette />);
  await type(typed);
  expect(await screen.findByRole('option', { name: new RegExp(found, 'u') })).toBeDefined();
});

test('the standing views are found by their English names, too', async () => {
  render(<CommandPalette />);
  await type('unstaffed');
  expect(await screen.findByRole('option', { name: /无人当班/u })).toBeDefined();
});

test('in English a command is not found by words that it does not show', async () => {
  await changeLanguage('en');
  render(<CommandPalette />);
  await type('>推迟');
  await screen.findByText('No command matches.');
  expect(screen.queryAllByRole('option')).toHaveLength(0);
});
