// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-engine.ts';
import { makeId } from '../../shared/domain/ids.ts';
import { transport } from '../bridge/client.ts';
import { startI18n } from '../i18n/i18n.ts';
import * as toasts from '../ui/toast.tsx';
import { sendReplyNow } from './reply-times.ts';
import { offerUndoSend } from './undo-send.ts';

const [FIRST, SECOND] = [makeId('out', '1'), makeId('out', '2')];
let engine: FakeEngine;
let closed: string[];

beforeEach(async () => {
  await startI18n('en');
  closed = [];
  vi.spyOn(toasts, 'showToast').mockImplementation(({ title }) => ({ update: () => undefined, close: () => void closed.push(title) }));
  engine = new FakeEngine({
    'outbox.sendNow': ({ outboxId }) =>
      outboxId === FIRST ? { ok: true, value: null } : { ok: false, error: { code: 'too-late', detail: 'underway' } },
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  engine.stop();
  vi.restoreAllMocks();
});

it('offers to take a reply back until somebody lets it leave', async () => {
  for (const outboxId of [FIRST, SECOND]) offerUndoSend(outboxId, { title: outboxId, waitsMs: 10_000 });
  await sendReplyNow(FIRST);
  expect(closed).toEqual([FIRST]);
  await sendReplyNow(SECOND);
  await sendReplyNow(FIRST);
  expect(closed).toEqual([FIRST]);
});
