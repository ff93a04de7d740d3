/** What every adapter of the port behind the events must do. The same tests run against each. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_ENTRY_BYTES } from '../../src/main/engine/team/entry-limits.ts';
import {
  LogRefused,
  LogUnavailable,
  type Appended,
  type LogEntry,
  type NewEntry,
  type TeamLog,
} from '../../src/main/engine/team/team-log.ts';

/** One empty log for one test. */
export interface LogUnderTest extends AsyncDisposable {
  /** Another user's access to the same log, on a connection of its own where there are connections. Waits until it can be used. */
  open(): Promise<TeamLog>;
  /** A stream that the users of `open` may not write; null where everybody may write everything. */
  readonly forbidden: string | null;
}

const STORED = 'stored';
/** Claims of one case at the same time. */
const CONTENDERS = 50;

function entry(id: string, stream: string, rest: Partial<NewEntry> = {}): NewEntry {
  return { id, stream, data: `{"id":"${id}"}\nsignature of ${id}`, ...rest };
}

function sequenceOf(appended: Appended): number {
  if (appended.kind === 'moved') throw new Error('it was not stored');
  return appended.sequence;
}

/** Everything, as a workstation catches up. */
async function readAll(log: TeamLog, chunk = 7): Promise<readonly LogEntry[]> {
  const all: LogEntry[] = [];
  for (;;) {
    const entries = await log.read(all.at(-1)?.sequence ?? 0, chunk);
    all.push(...entries);
    if (entries.length < chunk) return all;
  }
}

function ids(entries: readonly LogEntry[]): readonly string[] {
  return entries.map(({ id }) => id);
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'it was taken';
  } catch (error) {
    return error instanceof LogRefused ? error.code : String(error);
  }
}

/** Defines the tests; call it inside a `describe`. */
export function teamLogConformance(make: () => Promise<LogUnderTest>): void {
  let made: LogUnderTest;
  let log: TeamLog;
  beforeEach(async () => {
    made = await make();
    log = await made.open();
  });
  afterEach(async () => {
    await made[Symbol.asyncDispose]();
  });

  test('an empty log has no entries and an identity that stays', async () => {
    const { logId, lastSequence } = await log.identity();
    expect(logId).not.toBe('');
    expect(lastSequence).toBe(0);
    expect(await log.read(0, 10)).toEqual([]);
    expect(await log.at(1)).toBeNull();
    expect(await log.head('case.case_1')).toBeNull();
    expect(await log.readStream('case.case_1', 0, 10)).toEqual([]);
    await log.append(entry('a', 'case.case_1'));
    expect(await (await made.open()).identity()).toEqual({ logId, lastSequence: 1 });
  });

  test('what was stored is read in order, without gaps, as it was', async () => {
    const stored: NewEntry[] = [];
    const data = ['plain', '{"text":"夜班 ü 😀\u2028 \u0000"}\nAAAA', '', 'x'.repeat(MAX_ENTRY_BYTES), '\ufeffwith a mark'];
    for (let index = 0; index < 20; index += 1) {
      const id = `evt_${String(index)}`;
      const one = entry(id, `case.case_${String(index % 3)}`, index < data.length ? { data: data[index] ?? '' } : {});
      stored.push(one);
      expect(await log.append(one)).toEqual({ kind: STORED, sequence: index + 1 });
    }
    const all = await readAll(log);
    expect(all.map(({ sequence }) => sequence)).toEqual(stored.map((_each, index) => index + 1));
    expect(all.map(({ id, stream, data }) => ({ id, stream, data }))).toEqual(stored);
    for (let index = 1; index < all.length; index += 1) {
      expect(all[index]?.storedAt ?? 0).toBeGreaterThanOrEqual(all[index - 1]?.storedAt ?? Number.MAX_SAFE_INTEGER);
    }
  });

  test('a part is what was asked for: by place, by number, by stream', async () => {
    for (let index = 1; index <= 12; index += 1) await log.append(entry(`evt_${String(index)}`, `case.case_${String(index % 2)}`));
    expect(ids(await log.read(4, 3))).toEqual(['evt_5', 'evt_6', 'evt_7']);
    expect(ids(await log.read(10, 100))).toEqual(['evt_11', 'evt_12']);
    expect(await log.read(12, 100)).toEqual([]);
    expect(await log.read(500, 100)).toEqual([]);
    expect(ids(await log.readStream('case.case_1', 0, 100))).toEqual(['evt_1', 'evt_3', 'evt_5', 'evt_7', 'evt_9', 'evt_11']);
    expect(ids(await log.readStream('case.case_1', 3, 2))).toEqual(['evt_5', 'evt_7']);
    expect(await log.readStream('case.case_1', 11, 2)).toEqual([]);
    expect(await log.at(6)).toMatchObject({ sequence: 6, id: 'evt_6', stream: 'case.case_0' });
    expect(await log.at(0)).toBeNull();
    expect(await log.at(13)).toBeNull();
    expect(await log.head('case.case_0')).toMatchObject({ sequence: 12, id: 'evt_12' });
    expect(await log.head('case.case_1')).toEqual(await log.at(11));
    // a stream whose name begins like another's is another one
    expect(await log.head('case.case')).toBeNull();
  });

  test('an expectation holds only while the stream has moved no further', async () => {
    const first = sequenceOf(await log.append(entry('b', 'case.case_1', { expected: 0 })));
    await log.append(entry('c', 'case.case_2'));
    // what others did elsewhere does not matter
    const second = sequenceOf(await log.append(entry('d', 'case.case_1', { expected: first })));
    expect(await log.append(entry('e', 'case.case_1', { expected: first }))).toEqual({ kind: 'moved' });
    expect(await log.append(entry('f', 'case.case_1', { expected: 0 }))).toEqual({ kind: 'moved' });
    await log.append(entry('g', 'case.case_1'));
    expect(await log.append(entry('h', 'case.case_1', { expected: second }))).toEqual({ kind: 'moved' });
    // what is expected is an entry of another stream
    expect(await log.append(entry('i', 'case.case_3', { expected: first }))).toEqual({ kind: 'moved' });
    expect(ids(await readAll(log))).toEqual(['b', 'c', 'd', 'g']);
  });

  test('an entry can be given back to its place, and to no other', async () => {
    await log.append(entry('a', 'case.case_1'));
    expect(await log.append(entry('b', 'case.case_2', { place: 1 }))).toEqual({ kind: 'moved' });
    expect(await log.append(entry('b', 'case.case_2', { place: 2 }))).toEqual({ kind: STORED, sequence: 2 });
    expect(await log.append(entry('b', 'case.case_2', { place: 2 }))).toEqual({ kind: 'repeated', sequence: 2 });
    expect(await log.append(entry('c', 'case.case_3', { place: 2 }))).toEqual({ kind: 'moved' });
    expect(ids(await readAll(log))).toEqual(['a', 'b']);
  });

  test('whoever has seen more than the log knows is told to wait, and nothing is stored', async () => {
    await log.append(entry('a', 'case.case_1'));
    await expect(log.append(entry('b', 'case.case_1', { expected: 5 }))).rejects.toThrow(LogUnavailable);
    await expect(log.append(entry('b', 'case.case_2', { place: 7 }))).rejects.toThrow(LogUnavailable);
    expect(ids(await readAll(log))).toEqual(['a']);
  });

  test('the same id is stored once', async () => {
    const first = await log.append(entry('a', 'case.case_1'));
    await log.append(entry('b', 'case.case_1'));
    expect(await log.append(entry('a', 'case.case_1'))).toEqual({ kind: 'repeated', sequence: sequenceOf(first) });
    expect(await (await made.open()).append(entry('a', 'case.case_1'))).toEqual({ kind: 'repeated', sequence: sequenceOf(first) });
    // also when it is repeated with what it had expected, which is no longer so
    expect(await log.append(entry('a', 'case.case_1', { expected: 0 }))).toEqual({ kind: 'repeated', sequence: sequenceOf(first) });
    // expected to be somewhere else than it is: whoever sees that looks for its own entry first
    expect(await log.append(entry('b', 'case.case_1', { expected: 0 }))).toEqual({ kind: 'moved' });
    expect(ids(await log.readStream('case.case_1', 0, 10))).toEqual(['a', 'b']);
  });

  test('of two with the same id at once one is stored, and the other is told or told to ask again', async () => {
    const other = await made.open();
    for (let round = 0; round < 20; round += 1) {
      const same = entry(`same_${String(round)}`, 'case.case_1');
      const results = await Promise.allSettled([log.append(same), other.append(same)]);
      const kinds = results.map((result) => (result.status === 'fulfilled' ? result.value.kind : String(result.reason)));
      expect(kinds.filter((kind) => kind === STORED)).toHaveLength(1);
      expect(await log.append(same)).toMatchObject({ kind: 'repeated', sequence: round + 1 });
    }
    expect((await readAll(log)).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_unused, index) => index + 1));
  });

  test('of fifty claims of one case one is stored, and the log holds that one', async () => {
    const accesses = await Promise.all(Array.from({ length: 5 }, async () => made.open()));
    for (let round = 0; round < 10; round += 1) {
      const stream = `case.case_race-${String(round)}`;
      const base = sequenceOf(await log.append(entry(`opened_${String(round)}`, stream, { expected: 0 })));
      const claims = Array.from({ length: CONTENDERS }, async (_unused, at) => {
        const access = accesses[at % accesses.length] ?? log;
        return access.append(entry(`claim_${String(round)}_${String(at)}`, stream, { expected: base }));
      });
      const results = await Promise.all(claims);
      const winners = results.flatMap((result, at) => (result.kind === STORED ? [`claim_${String(round)}_${String(at)}`] : []));
      expect(winners).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'moved')).toHaveLength(CONTENDERS - 1);
      expect(ids(await log.readStream(stream, base, 100))).toEqual(winners);
    }
  });

  test('what several write at once is all there, once, and every acknowledgement names its place', async () => {
    const accesses = await Promise.all(Array.from({ length: 4 }, async () => made.open()));
    const acknowledged = new Map<string, number>();
    await Promise.all(
      accesses.map(async (access, writer) => {
        for (let index = 0; index < 50; index += 1) {
          const id = `w${String(writer)}_${String(index)}`;
          acknowledged.set(id, sequenceOf(await access.append(entry(id, `case.case_${String(index % 5)}`))));
        }
      }),
    );
    const all = await readAll(log, 64);
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_each, index) => index + 1));
    expect(new Map(all.map(({ id, sequence }) => [id, sequence]))).toEqual(acknowledged);
    // each writer's own order is kept
    for (const writer of accesses.keys()) {
      const own = ids(all).filter((id) => id.startsWith(`w${String(writer)}_`));
      expect(own).toEqual(Array.from({ length: 50 }, (_unused, index) => `w${String(writer)}_${String(index)}`));
    }
  });

  test('whoever listens hears everything that reading gives, also of others', async () => {
    const other = await made.open();
    const heard = new Map<number, LogEntry>();
    const stop = other.onEntry((each) => void heard.set(each.sequence, each));
    const late: LogEntry[] = [];
    // by now the listener is in its place, wherever that is
    await other.identity();
    for (let index = 0; index < 30; index += 1) await (index % 2 === 0 ? log : other).append(entry(`evt_${String(index)}`, 'case.case_1'));
    await expect.poll(() => heard.size).toBe(30);
    expect([...heard.values()].toSorted((a, b) => a.sequence - b.sequence)).toEqual(await readAll(log));
    stop();
    const stopLate = other.onEntry((each) => void late.push(each));
    await other.identity();
    await log.append(entry('last', 'case.case_1'));
    await expect.poll(() => ids(late)).toEqual(['last']);
    expect(heard.size).toBe(30);
    stopLate();
  });

  test('a listener hears neither what was not stored nor what was stored before', async () => {
    const first = sequenceOf(await log.append(entry('a', 'case.case_1')));
    const heard: string[] = [];
    log.onEntry(({ id }) => void heard.push(id));
    await log.identity();
    await log.append(entry('a', 'case.case_1'));
    await log.append(entry('b', 'case.case_1', { expected: 0 }));
    await log.append(entry('c', 'case.case_1', { expected: first }));
    await expect.poll(() => heard).toEqual(['c']);
  });

  test('an entry that is too large, or is none, is refused and leaves nothing', async () => {
    expect(await refusal(log.append(entry('a', 'case.case_1', { data: 'x'.repeat(MAX_ENTRY_BYTES + 1) })))).toBe('too-large');
    // bytes count, not letters
    expect(await refusal(log.append(entry('b', 'case.case_1', { data: '夜'.repeat(MAX_ENTRY_BYTES / 2) })))).toBe('too-large');
    for (const stream of ['', 'case', 'case.', 'case.*', 'case.>', 'case.a.b', 'case.a b', '.a', 'case.a\r\n']) {
      expect(await refusal(log.append(entry('c', stream)))).toBe('malformed');
    }
    for (const id of ['', 'a b', 'a\r\nNats-Rollup: all', 'ä', 'x'.repeat(101)]) {
      expect(await refusal(log.append(entry(id, 'case.case_1')))).toBe('malformed');
    }
    for (const number of [-1, 1.5, Number.NaN]) {
      expect(await refusal(log.append(entry('d', 'case.case_1', { expected: number })))).toBe('malformed');
      expect(await refusal(log.append(entry('d', 'case.case_1', { place: number })))).toBe('malformed');
    }
    expect(await log.identity()).toMatchObject({ lastSequence: 0 });
  });

  test('what somebody may not write is refused and leaves nothing', async () => {
    const { forbidden } = made;
    const outcome = forbidden === null ? null : await refusal(log.append(entry('a', forbidden)));
    expect(outcome).toBe(forbidden === null ? null : 'not-permitted');
    expect(await log.identity()).toMatchObject({ lastSequence: 0 });
    expect(await log.append(entry('b', 'case.case_1'))).toEqual({ kind: STORED, sequence: 1 });
  });
}
