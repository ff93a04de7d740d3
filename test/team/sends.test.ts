import { expect, test } from 'vitest';
import { runSenders, type ProviderMode } from './send-model.ts';
import { seededRandom } from './seeded-random.ts';
import { sendEvents, sendStream } from '../../src/main/engine/jobs/send-gate.ts';
import type { SendTeam } from '../../src/main/engine/jobs/send-gate.ts';
import { LogUnavailable, type LogEntry } from '../../src/main/engine/team/team-log.ts';
import { writeWire, type WireEvent } from '../../src/shared/contract/team-wire.ts';
import type { OutboxId } from '../../src/shared/domain/ids.ts';
import type { SendEvent } from '../../src/shared/domain/team/send-fold.ts';
import { instant } from '../../src/shared/domain/time.ts';

const REPLIES = 120;
const SEED = 6;
const SEEDS = 2;

/** A FAKE of a log: one order and compare-and-set; requests and answers get lost. What is lost may be stored later. */
function lossyLog(
  random: () => number,
  loss: number,
): { readonly teamOf: (name: string) => Omit<SendTeam, 'catchUp'>; readonly logOf: (uid: OutboxId) => readonly SendEvent[] } {
  const streams = new Map<string, LogEntry[]>();
  let sequence = 0;
  let made = 0;
  const store = (stream: string, data: string, id: string, expected: number): { kind: 'moved' } | { kind: 'stored'; sequence: number } => {
    const entries = streams.get(stream) ?? [];
    if ((entries.at(-1)?.sequence ?? 0) !== expected) return { kind: 'moved' };
    sequence += 1;
    streams.set(stream, [...entries, { sequence, id, stream, storedAt: instant(0), data }]);
    return { kind: 'stored', sequence };
  };
  const late: (() => void)[] = [];
  const logOf = (uid: OutboxId): readonly SendEvent[] => sendEvents(streams.get(sendStream(uid)) ?? []);
  const teamOf = (name: string): Omit<SendTeam, 'catchUp'> => ({
    workstation: `desk-${name}`,
    read: async (stream) => {
      if (random() < loss) throw new LogUnavailable('lost');
      return Promise.resolve(streams.get(stream) ?? []);
    },
    append: async (stream, type, body, expected) => {
      if (late.length > 0 && random() < 0.3) late.shift()?.();
      made += 1;
      const event: WireEvent = {
        v: 1,
        id: `evt_${String(made)}`,
        stream,
        type,
        sv: 1,
        user: name,
        workstation: `desk-${name}`,
        actor: null,
        hlc: '000000000-0000-x',
        at: instant(0),
        base: expected,
        epoch: null,
        body,
      };
      const data = writeWire(event, () => 'unsigned');
      const luck = random();
      if (luck < loss) throw new LogUnavailable('the request was lost');
      if (luck < 2 * loss) {
        late.push(() => store(stream, data, event.id, expected));
        throw new LogUnavailable('the request is late');
      }
      const stored = store(stream, data, event.id, expected);
      if (luck < 3 * loss) throw new LogUnavailable('the answer was lost');
      return Promise.resolve(stored);
    },
  });
  return { teamOf, logOf };
}

async function breathe(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

async function run(mode: ProviderMode, { isNaive = false, hasPeople = false, seed = SEED } = {}): ReturnType<typeof runSenders> {
  const random = seededRandom(seed);
  const faults = { random, crash: 0.03, pause: 0.01 };
  const { teamOf, logOf } = lossyLog(random, 0.03);
  return runSenders({ mode, replies: REPLIES, faults, teamOf, isNaive, people: hasPeople ? logOf : null, breathe });
}

test.each(['idempotent', 'look-up', 'neither'] as const)(
  '120 replies, three senders, crashes and pauses, a provider that is %s: nobody gets two',
  async (mode) => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { twice, never, unknown, sent, minutes } = await run(mode, { seed });
      console.log(
        `${mode}, seed ${String(seed)}: ${String(sent)} sent, ${String(unknown)} for a person to decide, ${String(never)} not arrived, ${String(twice)} twice, in ${String(minutes)} min`,
      );
      expect(twice).toBe(0);
      expect(sent + unknown).toBe(REPLIES);
      // what did not arrive is among those that a person decides
      expect(never).toBeLessThanOrEqual(unknown);
      // a provider that refuses doubles can be asked to send again
      expect([never, unknown].every((count) => count === 0) || mode !== 'idempotent').toBe(true);
    }
  },
);

test.each(['idempotent', 'look-up', 'neither'] as const)(
  'people anywhere decide in any order about what is unknown, at a provider that is %s: nobody gets more than somebody wanted, and nothing stays open',
  async (mode) => {
    const { twice, unknown, sent, decided, again, dropped } = await run(mode, { hasPeople: true });
    console.log(
      `${mode}: ${String(decided)} decisions, ${String(again)} sent again, ${String(dropped)} dropped, ${String(sent)} settled, ${String(twice)} too often`,
    );
    expect(twice).toBe(0);
    expect([sent, unknown]).toEqual([REPLIES, 0]);
    expect(decided).toBeGreaterThan(again + dropped);
  },
);

test('the control: without the gate the same crashes and pauses give customers two answers', async () => {
  expect((await run('neither', { isNaive: true })).twice).toBeGreaterThan(0);
});
