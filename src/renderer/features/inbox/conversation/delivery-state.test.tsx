// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { DeliveryRow } from '../../../../shared/contract/cases.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { channelsEn } from '../../../i18n/channels-en.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { DeliveryState } from './delivery-state.tsx';

const FAILED: DeliveryRow = {
  outboxId: makeId('out', 'a'),
  state: 'failed',
  attempt: 1,
  underwaySince: null,
  settling: null,
  sendAt: instant(1),
  laterAt: null,
  thenStatus: null,
  attempts: 1,
  nextAttemptAt: null,
  holdReason: null,
  code: null,
  detail: '',
  bounced: null,
};

beforeAll(async () => {
  await startI18n('en');
  transport.attach(
    new FakeEngine({ 'workspace.get': () => ({ ok: false, error: { code: 'offline', detail: '', retryable: false } }) }).connect(),
  );
});
afterEach(cleanup);

const show = (over: Partial<DeliveryRow>): string => {
  const { container } = render(<DeliveryState delivery={{ ...FAILED, ...over }} caseId={makeId('case', 'a')} />);
  return container.textContent;
};

test.each(Object.entries(channelsEn.refusal))('a channel that says %s is not said to be a fault of ours', (code, words) => {
  expect(show({ code })).toContain(words);
  expect(screen.queryByText(/inside Meridian/u)).toBeNull();
});

test('a reply that waits because of its channel says why; what mail says stays as it was', () => {
  expect(show({ state: 'queued', code: 'rate-limited' })).toContain(channelsEn.refusal['rate-limited']);
  cleanup();
  expect(show({ code: 'wrong-password', detail: '535 no' })).toMatch(/password.* 535 no/u);
});
