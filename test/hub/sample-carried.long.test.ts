import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureRules } from '../../src/main/engine/usecases/sla-rules.ts';
import { recordUntold } from '../../src/main/engine/usecases/team-untold.ts';
import { makeSampleWorkspace } from '../../src/main/engine/sample/make-sample-workspace.ts';
import { hearAtOnce, picture, told } from '../engine/carry.ts';
import { openDesk } from '../engine/desk.ts';
import type { Desk } from '../engine/desk.ts';
import { after, DAY_MS } from '../../src/shared/domain/time.ts';

/** All of the sample: months of mail of all channels, a team with its plan, handoffs and promises. */

let desk: Desk;
let other: Desk;
beforeEach(() => {
  desk = openDesk();
  other = openDesk();
  for (const each of [desk, other]) {
    each.time.now = Date.UTC(2026, 10, 24, 12, 0, 0);
    each.store.write((tx) => {
      tx.run('DELETE FROM accounts');
      tx.run('DELETE FROM agents');
    });
  }
});
afterEach(() => {
  desk[Symbol.dispose]();
  other[Symbol.dispose]();
});

test('the sample workspace is the same at another workstation', async () => {
  ensureRules(desk, 'UTC', after(desk.clock.now(), -60 * DAY_MS));
  await makeSampleWorkspace(desk, { onProgress: () => undefined });
  desk.store.write((tx) => recordUntold(desk, tx, null));
  const refused = hearAtOnce(other, told(desk));
  expect(refused).toEqual([]);
  const [mine, theirs] = [picture(desk), picture(other)];
  for (const [name, rows] of Object.entries(mine)) {
    const expected = name === 'outbox' ? rows.map(withoutAttempts) : rows;
    const found = name === 'outbox' ? theirs[name]?.map(withoutAttempts) : theirs[name];
    expect({ [name]: found }).toEqual({ [name]: expected });
  }
});

/** How an attempt went that is not over is only known where it is made. */
function withoutAttempts(row: unknown): unknown {
  const { code, detail, ...rest } = row as { readonly state: string; readonly code: unknown; readonly detail: unknown };
  return rest.state === 'queued' || rest.state === 'unknown' ? rest : { ...rest, code, detail };
}
