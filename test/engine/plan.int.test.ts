import { afterEach, beforeEach, expect, test } from 'vitest';
import { op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { body, drafted, LISBON, setUp, shiftId, TOMAS } from './roster-team.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** A Tuesday noon in Lisbon. */
const NOW = instant(Date.UTC(2026, 10, 24, 12));
const WEEK = { from: instant(Date.UTC(2026, 10, 30)), to: instant(Date.UTC(2026, 11, 7)) };

let station: Workstation;
let now = NOW;
beforeEach(async () => {
  now = NOW;
  station = await startWorkstation({ clock: { now: () => now } });
});
afterEach(() => station[Symbol.asyncDispose]());

test('a shift is drafted, published and taken back', async () => {
  await setUp(station);
  const change = drafted('one', body(TOMAS.agentId, '2026-12-01T09:00', '2026-12-01T17:00'));
  const { inverse } = await station.ask('plan.edit', { opId: op(), changes: [change] });
  expect(inverse).toEqual([{ shiftId: shiftId('one'), draft: { kind: 'same' } }]);
  const window = await station.ask('plan.window', WEEK);
  expect(window.drafted).toBe(1);
  expect(window.shifts).toMatchObject([
    {
      revision: 0,
      published: null,
      draft: { kind: 'changed', body: { startAt: Date.UTC(2026, 11, 1, 9), endAt: Date.UTC(2026, 11, 1, 17), hubId: LISBON.hubId } },
    },
  ]);
  const published = await station.ask('plan.publish', { opId: op(), note: 'first' });
  expect(published.changed).toBe(1);
  expect(await station.ask('plan.window', WEEK)).toMatchObject({ drafted: 0, shifts: [{ revision: 1, draft: { kind: 'same' } }] });
  const reverted = await station.ask('plan.revert', { opId: op(), publicationId: published.publicationId });
  expect(reverted).toMatchObject({ changed: 1, conflicts: [] });
  expect(await station.ask('plan.window', WEEK)).toMatchObject({ drafted: 0, shifts: [] });
});
