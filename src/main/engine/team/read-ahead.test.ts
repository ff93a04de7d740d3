import { expect, test } from 'vitest';
import { instant } from '../../../shared/domain/time.ts';
import { withReadAhead } from './read-ahead.ts';
import { LogUnavailable, type LogEntry, type TeamLog } from './team-log.ts';

function logOf(state: { last: number; fails: boolean }): { readonly log: TeamLog; readonly asked: string[] } {
  const asked: string[] = [];
  const read = async (after: number, limit: number): Promise<readonly LogEntry[]> => {
    asked.push(`${String(after)}+${String(limit)}`);
    await Promise.resolve();
    if (state.fails) throw new LogUnavailable('gone');
    return Array.from({ length: Math.max(0, Math.min(limit, state.last - after)) }, (_unused, index) => ({
      sequence: after + index + 1,
      id: `evt_${String(after + index + 1)}`,
      stream: 'case.case_1',
      storedAt: instant(0),
      data: '',
    }));
  };
  const never = async (): Promise<never> => Promise.reject(new Error('not asked for here'));
  return {
    log: { kind: 'nats', identity: never, append: never, head: never, at: never, readStream: never, onEntry: () => () => {}, read },
    asked,
  };
}

const sequences = (entries: readonly LogEntry[]): readonly number[] => entries.map(({ sequence }) => sequence);

test('who takes all gets the next at once, and everything once', async () => {
  const { log, asked } = logOf({ last: 10, fails: false });
  const ahead = withReadAhead(log, () => {});
  const all: number[] = [];
  for (;;) {
    const entries = await ahead.read(all.length, 4);
    all.push(...sequences(entries));
    if (entries.length < 4) break;
  }
  expect(all).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  // what came short early was asked for again
  expect(asked).toEqual(['0+4', '4+4', '8+4', '8+4']);
});

test('what came short early may have grown; what failed early is asked for again; what is dropped is not used', async () => {
  const state = { last: 4, fails: false };
  const { log, asked } = logOf(state);
  let drop = (): void => {};
  const ahead = withReadAhead(log, (own) => {
    drop = own;
  });
  await ahead.read(0, 4);
  state.last = 6;
  expect(sequences(await ahead.read(4, 4))).toEqual([5, 6]);
  state.fails = true;
  state.last = 20;
  await expect(ahead.read(6, 4)).rejects.toThrow(LogUnavailable);
  state.fails = false;
  expect(sequences(await ahead.read(6, 4))).toEqual([7, 8, 9, 10]);
  asked.length = 0;
  drop();
  expect(sequences(await ahead.read(10, 4))).toEqual([11, 12, 13, 14]);
  expect(asked).toEqual(['10+4', '14+4']);
  // somebody who asks for something else gets that
  expect(sequences(await ahead.read(2, 3))).toEqual([3, 4, 5]);
});
