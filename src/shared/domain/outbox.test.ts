import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterCrash, holdReason, retryDelayMs } from './outbox.ts';
import type { ThreadGlance } from './outbox.ts';

const seen: ThreadGlance = { lastInboundId: 'in1', lastOutboundId: 'out1', epoch: 3, status: 'open' };
const nobody = () => false;

describe('a queued reply is held when the thread changed under it', () => {
  test.each([
    [{ lastInboundId: 'in2' }, 'customer-wrote'],
    [{ lastOutboundId: 'out2' }, 'colleague-replied'],
    [{ epoch: 4 }, 'owner-changed'],
    [{ status: 'solved' }, 'status-changed'],
  ] as const)('%j', (change, reason) => {
    expect(holdReason(seen, { ...seen, ...change }, nobody)).toBe(reason);
  });
  test('but not by an earlier reply of the same outbox', () => {
    expect(holdReason(seen, { ...seen, lastOutboundId: 'out2' }, (id) => id === 'out2')).toBeNull();
  });
  test('and not when nothing changed', () => {
    expect(holdReason(seen, seen, nobody)).toBeNull();
  });
});

test('retries wait longer each time, up to a quarter of an hour and a fifth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, spread) => {
      const delay = retryDelayMs(attempt, spread);
      expect(delay).toBeGreaterThanOrEqual(5_000);
      expect(delay).toBeLessThanOrEqual(15 * 60_000 * 1.2);
      expect(retryDelayMs(attempt + 1, 0)).toBeGreaterThanOrEqual(retryDelayMs(attempt, 0));
    }),
  );
});

test('after a crash only what was handed over is of unknown fate', () => {
  expect(afterCrash(false)).toBe('queued');
  expect(afterCrash(true)).toBe('unknown');
});
