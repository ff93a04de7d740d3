// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { fakeRoster } from '../../../../test/renderer/preview/fake-coverage.ts';
import { EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { changeLanguage, startI18n } from '../../i18n/i18n.ts';
import { setPaletteOpen, useSession } from '../../state/session.ts';
import { CommandPalette } from './command-palette.tsx';

// A Friday, 16:00 in London.
const START = Date.UTC(2026, 10, 20, 16);
const JIN = makeId('agt', 'jin');
const ANA = makeId('agt', 'ana');
const shiftId = makeId('shf', 's');

let engine: FakeEngine;
const asked = (): readonly unknown[] => subscribed.filter(({ name }) => name === 'coverage.onNow').map(({ input }) => input);
const subscribed: { readonly name: string; readonly input: unknown }[] = [];

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  subscribed.length = 0;
  useSession.setState({ zone: 'Europe/London', locale: 'en', selectedCaseId: null, route: 'inbox', recentCases: [] });
  engine = new FakeEngine({
    'roster.get': () => ({ ok: true, value: { roster: fakeRoster, me: null, canPlan: false, zoneData: '', zoneNotice: null } }),
    'cases.search': () => ({
      ok: true,
      value: { hits: [], notIndexed: 0, more: false, scope: { searched: 4, total: 4, since: null, next: null } },
    }),
    'coverage.onNow': (input) => {
      subscribed.push({ name: 'coverage.onNow', input });
      return {
        ok: true,
        value: {
          at: instant(START),
          on: [{ agentId: ANA, until: instant(START + 2 * HOUR_MS), shiftId }],
          next: [{ agentId: JIN, from: instant(START + 8 * HOUR_MS), until: instant(START + 16 * HOUR_MS), shiftId }],
        },
      };
    },
  });
  transport.attach(engine.connect());
  setPaletteOpen(true);
});
afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

async function type(text: string): Promise<void> {
  fireEvent.input(await screen.findByRole('combobox'), { target: { value: text } });
}

test('any words name the people, and the palette itself says who is on and who is next', async () => {
  render(<CommandPalette />);
  await type('L2 korean');
  fireEvent.click(await screen.findByRole('option', { name: 'Who is on: L2 · Korean' }));
  const on = await screen.findByRole('option', { name: /Ana Sousa/u });
  expect(on.textContent).toContain('until 18:00 · Lisbon Fri 16:00');
  // Midnight in London is eight in the morning in Singapore.
  expect(screen.getByRole('option', { name: /Kim Min-jun/u }).textContent).toContain('from Sat 00:00 · Singapore Sat 08:00');
  expect(asked()).toEqual([{ selector: { ...EVERYBODY, tiers: ['L2'], languages: ['ko'] }, at: null }]);
  expect(useSession.getState().isPaletteOpen).toBe(true);
  fireEvent.click(screen.getByRole('option', { name: /Kim Min-jun/u }));
  expect(useSession.getState()).toMatchObject({
    route: 'coverage',
    coverageTab: 'plan',
    coverageAt: START + 8 * HOUR_MS,
    isPaletteOpen: false,
  });
});

test('the question alone comes first and offers everybody; Backspace takes the answer back', async () => {
  render(<CommandPalette />);
  await type('who');
  const [first] = await screen.findAllByRole('option');
  expect(first?.textContent).toBe('Who is on: everybody');
  fireEvent.click(screen.getByRole('option', { name: 'Who is on: everybody' }));
  await screen.findByRole('option', { name: /Ana Sousa/u });
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Backspace' });
  await vi.waitFor(() => expect(screen.queryByRole('option', { name: /Ana Sousa/u })).toBeNull());
});

test('one person is answered alone, and the question works in Chinese', async () => {
  render(<CommandPalette />);
  await type('kim');
  fireEvent.click(await screen.findByRole('option', { name: 'When is Kim Min-jun on' }));
  await screen.findByRole('option', { name: /from Sat 00:00/u });
  expect(screen.queryByRole('option', { name: /Ana Sousa/u })).toBeNull();
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Backspace' });
  useSession.setState({ locale: 'zh-CN' });
  await changeLanguage('zh-CN');
  await type('谁在班 韩语');
  expect((await screen.findByRole('option', { name: '谁在班：韩语' })).isConnected).toBe(true);
  await changeLanguage('en');
});
