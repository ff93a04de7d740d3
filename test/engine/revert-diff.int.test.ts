import { afterEach, beforeEach, expect, test } from 'vitest';
import { op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { body, drafted, LUCIA, setUp, shiftId, TOMAS } from './roster-team.ts';
import { instant } from '../../src/shared/domain/time.ts';

const NOW = instant(Date.UTC(2026, 10, 24, 12));
let station: Workstation;
beforeEach(async () => {
  station = await startWorkstation({ clock: { now: () => NOW } });
  await setUp(station);
});
afterEach(() => station[Symbol.asyncDispose]());

test('before a publishing is taken back one sees what goes back, and what was changed since', async () => {
  const one = drafted('one', body(TOMAS.agentId, '2026-12-01T09:00', '2026-12-01T17:00'));
  const two = drafted('two', body(LUCIA.agentId, '2026-12-02T09:00', '2026-12-02T17:00'));
  await station.ask('plan.edit', { opId: op(), changes: [one, two] });
  const { publicationId } = await station.ask('plan.publish', { opId: op(), note: '' });
  expect(await station.ask('plan.revertDiff', { publicationId })).toMatchObject({
    changes: [
      { shiftId: shiftId('one'), before: { agentId: TOMAS.agentId }, after: null },
      { shiftId: shiftId('two'), before: { agentId: LUCIA.agentId }, after: null },
    ],
    conflicts: [],
  });
  const other = drafted('one', body(LUCIA.agentId, '2026-12-01T09:00', '2026-12-01T17:00'));
  await station.ask('plan.edit', { opId: op(), changes: [other] });
  await station.ask('plan.publish', { opId: op(), note: '' });
  expect(await station.ask('plan.revertDiff', { publicationId })).toMatchObject({
    changes: [{ shiftId: shiftId('two'), after: null }],
    conflicts: [{ shiftId: shiftId('one'), before: { agentId: TOMAS.agentId }, after: { agentId: LUCIA.agentId } }],
  });
});
