// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-engine.ts';
import { makeId } from '../../shared/domain/ids.ts';
import { after, HOUR_MS, instant } from '../../shared/domain/time.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { transport } from '../bridge/client.ts';
import { startI18n } from '../i18n/i18n.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { changeTime } from './reply-times.ts';
import { redoLast, undoLast, undoStack } from './undo.ts';

const OUTBOX = makeId('out', 'a');
let engine: FakeEngine;
/** When the reply leaves, as the FAKE engine has it. */
let leavesAt: Instant;
/** Whether the page gets another port to the engine while its next command is under way. */
let isPortReplaced: boolean;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  undoStack.clear();
  isPortReplaced = false;
  leavesAt = after(instant(Date.now()), 9 * HOUR_MS);
  engine = new FakeEngine({
    'outbox.reschedule': ({ sendAt }) => {
      if (isPortReplaced) {
        // before the answer is heard
        isPortReplaced = false;
        transport.attach(engine.connect());
      }
      const before = leavesAt;
      leavesAt = sendAt;
      return { ok: true, value: { before } };
    },
  });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <span />
    </ToastRegion>,
  );
});
afterEach(() => {
  vi.useRealTimers();
  cleanup();
  engine.stop();
});

test('a changed time that was taken back can be done again from its message, which stays long enough to be read and reached', async () => {
  const [before, changed] = [leavesAt, after(leavesAt, -HOUR_MS)];
  await act(async () => changeTime(OUTBOX, changed, 'at eight'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  await act(async () => undoLast());
  expect(leavesAt).toBe(before);
  const offer = (): HTMLElement | null => screen.queryByRole('button', { name: /^Do again/u });
  expect(offer()).not.toBeNull();
  await act(async () => vi.advanceTimersByTimeAsync(9_000));
  expect(offer()?.closest('.m-toast')?.hasAttribute('data-ending-style')).toBe(false);
  await act(async () => vi.advanceTimersByTimeAsync(60_000));
  // when the message has gone the key still does it
  await act(async () => redoLast());
  expect(leavesAt).toBe(changed);
});

test('what was taken back while the page got another port to the engine is known to be, and can be done again', async () => {
  const before = leavesAt;
  await act(async () => changeTime(OUTBOX, after(leavesAt, -HOUR_MS), 'at eight'));
  isPortReplaced = true;
  await act(async () => undoLast());
  expect(leavesAt).toBe(before);
  expect(screen.getByRole('button', { name: /^Do again/u })).not.toBeNull();
  expect(undoStack.nextAgain).not.toBeNull();
});
