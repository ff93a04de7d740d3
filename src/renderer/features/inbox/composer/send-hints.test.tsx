// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { AccountRow } from '../../../../shared/contract/workspace.contract.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { clock } from '../../../state/clock-store.ts';
import { SendHints } from './send-hints.tsx';

let accounts: readonly AccountRow[] = [];

beforeAll(async () => {
  await startI18n('en');
  transport.attach(new FakeEngine({ 'accounts.list': () => ({ ok: true, value: accounts }) }).connect());
});
afterEach(cleanup);

/** A case of somebody for whom it is two in the morning, and who wrote so long ago. */
function atNight(agoMs: number | null): CaseDetail {
  const now = clock.now();
  const utcMinutes = Math.floor(now / MINUTE_MS) % 1_440;
  const there = 2 * 60 - utcMinutes;
  return {
    ...fakeCase('a'),
    contactZone: null,
    contactOffsetMinutes: there < -720 ? there + 1_440 : there,
    lastInboundAt: agoMs === null ? null : now - agoMs,
  } as unknown as CaseDetail;
}

test('whoever has just written is not said to be asleep', () => {
  const { rerender } = render(<SendHints detail={atNight(2 * MINUTE_MS)} />);
  expect(screen.getByText(/^02:0\d for Customer a$/u)).toBeTruthy();
  rerender(<SendHints detail={atNight(5 * HOUR_MS)} />);
  expect(screen.getByText(/night/u)).toBeTruthy();
  rerender(<SendHints detail={atNight(null)} />);
  expect(screen.getByText(/night/u)).toBeTruthy();
});

const BOT = '7000001';

function showWhile(state: AccountRow['state'], code: string | null): void {
  accounts = [{ address: BOT, kind: 'telegram', state, code } as unknown as AccountRow];
  const detail = { ...fakeCase('a'), accountAddress: BOT, contactZone: 'Etc/UTC', lastInboundAt: null } as unknown as CaseDetail;
  render(<SendHints detail={detail} />);
}

test('a channel that does not work is not called a network that is away, and says what is to be mended', async () => {
  showWhile('problem', 'wrong-token');
  expect(await screen.findByText('Telegram does not know this token. It will be sent when that is mended.')).toBeTruthy();
  expect(screen.queryByText(/You are offline/u)).toBeNull();
});

test('without a network it is said so', async () => {
  showWhile('offline', null);
  expect(await screen.findByText('You are offline: it will be sent when you are back online.')).toBeTruthy();
});
