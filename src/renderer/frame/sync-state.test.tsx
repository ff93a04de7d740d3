// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-engine.ts';
import type { AccountRow } from '../../shared/contract/workspace.contract.ts';
import { makeId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { transport } from '../bridge/client.ts';
import { startI18n } from '../i18n/i18n.ts';
import { useSession } from '../state/session.ts';
import { SyncState } from './sync-state.tsx';

const BOT: AccountRow = {
  accountId: makeId('acc', 'bot'),
  kind: 'telegram',
  address: '7000001',
  name: 'Team Support',
  state: 'live',
  since: instant(Date.UTC(2026, 10, 30, 9)),
  code: null,
  detail: '',
  lastSyncAt: null,
  nextAttemptAt: null,
  backfill: null,
  queued: 0,
  setAside: 0,
  config: null,
};
const MAILBOX: AccountRow = { ...BOT, accountId: makeId('acc', 'mail'), kind: 'email', address: 'help@acme.example', name: 'Help' };

let engine: FakeEngine;
let accounts: readonly AccountRow[];

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ zone: 'UTC' });
  engine = new FakeEngine({ 'accounts.list': () => ({ ok: true, value: accounts }) });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
});

async function open(state: string, ...shown: readonly AccountRow[]): Promise<void> {
  accounts = shown;
  render(<SyncState />);
  fireEvent.click(await screen.findByRole('button', { name: `Sync: ${state}` }));
}

test('a channel is called by its name, and a mailbox by its address', async () => {
  await open('Online', BOT, MAILBOX);
  expect(await screen.findByRole('region', { name: 'Team Support' })).toBeTruthy();
  expect(screen.getByRole('region', { name: 'help@acme.example' })).toBeTruthy();
  expect(screen.queryByText('7000001')).toBeNull();
});

test('what is wrong with a channel is said in its words, and mended under Channels', async () => {
  await open('Needs attention', MAILBOX, { ...BOT, state: 'problem', code: 'wrong-token' });
  expect(await screen.findByText('Telegram does not know this token.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Fix in Settings' }));
  expect(useSession.getState().settingsPage).toBe('channels');
  // nothing lies over where it leads
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Team Support' })).toBeNull());
});

test('what is wrong with a mailbox is mended under Mailboxes', async () => {
  await open('Needs attention', BOT, { ...MAILBOX, state: 'problem', code: 'wrong-password' });
  fireEvent.click(await screen.findByRole('button', { name: 'Fix in Settings' }));
  expect(useSession.getState().settingsPage).toBe('mailboxes');
});

test('whoever is asked to go slower waits, and needs nobody', async () => {
  await open('Paused', { ...BOT, state: 'problem', code: 'rate-limited' });
  expect((await screen.findByText(/Meridian waits until it may ask again/u)).dataset['problem']).toBeUndefined();
  expect(screen.queryByRole('button', { name: 'Fix in Settings' })).toBeNull();
});
