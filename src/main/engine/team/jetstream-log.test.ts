import { MsgImpl, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HubWire } from './hub-wire.ts';
import { JetStreamLog } from './jetstream-log.ts';
import { LogUnavailable } from './team-log.ts';

/** What a real server is hard to bring to: a copy that lags, a hole, a batch that does not end. */

function message(headers: string, body: string): Msg {
  const head = Buffer.from(headers, 'latin1');
  const bytes = Buffer.concat([head, Buffer.from(body)]);
  const nobody = { publish: () => {} };
  return new MsgImpl(
    { subject: Buffer.from('x'), sid: 1, hdr: headers === '' ? -1 : head.length, size: bytes.length },
    bytes,
    nobody,
  ) as Msg;
}

function stored(sequence: number): Msg {
  return message(
    `NATS/1.0\r\nNats-Msg-Id: evt_${String(sequence)}\r\nNats-Subject: team.case.case_1\r\nNats-Sequence: ${String(sequence)}\r\nNats-Time-Stamp: 2026-01-01T00:00:00Z\r\n\r\n`,
    String(sequence),
  );
}

const END = message('NATS/1.0 204 EOB\r\n\r\n', '');
const NOTHING = message('NATS/1.0 404 Message Not Found\r\n\r\n', '');

interface Ack {
  readonly answer: object;
  /** What happens before it is given. */
  readonly meanwhile?: () => void;
}

interface Server {
  /** The newest entry of the leader, and of the copy that answers direct gets. */
  leader: number;
  copy: number;
  /** Entries that nobody has any more, and that the copy alone has not. */
  readonly lost: Set<number>;
  readonly missingInCopy: Set<number>;
  /** How a batch ends. */
  ending: 'well' | 'never' | 'connection' | 'status';
  asks: number;
  readonly onAsk: () => void;
  /** What is answered to appends, one after the other. */
  readonly acks: Ack[];
}

function serve(change: Partial<Server> = {}): { readonly log: JetStreamLog; readonly server: Server } {
  const server: Server = {
    leader: 10,
    copy: 10,
    lost: new Set(),
    missingInCopy: new Set(),
    ending: 'well',
    asks: 0,
    onAsk: () => {},
    acks: [],
    ...change,
  };
  const inboxes = new Map<string, { readonly callback: (error: Error | null, message: Msg) => void; readonly close: () => void }>();
  const batch = (inbox: string, query: { readonly seq: number; readonly batch: number }): void => {
    const listener = inboxes.get(inbox);
    if (listener === undefined) return;
    server.asks += 1;
    server.onAsk();
    let sent = 0;
    for (let sequence = query.seq; sequence <= server.copy && sent < query.batch; sequence += 1) {
      if (server.lost.has(sequence) || server.missingInCopy.has(sequence)) continue;
      listener.callback(null, stored(sequence));
      sent += 1;
    }
    if (server.ending === 'never') return;
    if (server.ending === 'connection') listener.close();
    else if (server.ending === 'status') listener.callback(null, message('NATS/1.0 413 Too Many Results\r\n\r\n', ''));
    else listener.callback(null, sent === 0 ? NOTHING : END);
  };
  const connection = {
    subscribe: (inbox: string, { callback }: { callback: (error: Error | null, message: Msg) => void }) => {
      const closed = new Promise<void>((resolve) => inboxes.set(inbox, { callback, close: resolve }));
      return { closed, unsubscribe: () => void inboxes.delete(inbox) };
    },
    publish: (_subject: string, payload: string, { reply }: { reply: string }) => {
      queueMicrotask(() => batch(reply, JSON.parse(payload) as { seq: number; batch: number }));
    },
    request: async (subject: string, payload: string) => {
      if (subject.includes('STREAM.INFO')) {
        const info = { created: '2026-01-01T00:00:00Z', ts: '2026-01-01T00:00:00Z', state: { last_seq: server.leader } };
        return Promise.resolve(message('', JSON.stringify(info)));
      }
      if (subject.startsWith('team.')) {
        const ack = server.acks.shift();
        ack?.meanwhile?.();
        return Promise.resolve(message('', JSON.stringify(ack?.answer ?? {})));
      }
      const { seq = server.leader } = JSON.parse(payload) as { seq?: number };
      const there = {
        message: {
          subject: 'team.case.case_1',
          seq,
          hdrs: Buffer.from(`NATS/1.0\r\nNats-Msg-Id: evt_${String(seq)}\r\n\r\n`).toString('base64'),
          data: Buffer.from(String(seq)).toString('base64'),
          time: '2026-01-01T00:00:00Z',
        },
      };
      const gone = { error: { err_code: 10_037, description: 'no message found' } };
      return Promise.resolve(message('', JSON.stringify(seq > server.leader || server.lost.has(seq) ? gone : there)));
    },
  };
  const wire: HubWire = {
    userName: 'bo',
    connection: () => connection as unknown as NatsConnection,
    subscribe: () => () => {},
    onConnect: () => () => {},
    doubt: () => {},
  };
  return { log: new JetStreamLog(wire), server };
}

async function sequencesOf(log: JetStreamLog, after: number, limit: number): Promise<readonly number[]> {
  return (await log.read(after, limit)).map(({ sequence }) => sequence);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const TO_TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test('what a copy does not have yet is waited for: the log ends where its leader says', async () => {
  const { log, server } = serve({
    copy: 4,
    onAsk: () => {
      if (server.asks > 3) server.copy = 10;
    },
  });
  const reading = sequencesOf(log, 0, 100);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await reading).toEqual(TO_TEN);
});

test('a copy that stays behind is passed over, and the leader asked for what it lacks', async () => {
  const { log } = serve({ copy: 8 });
  const reading = sequencesOf(log, 0, 100);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await reading).toEqual(TO_TEN);
});

test('what a copy has lost comes from the leader, and nothing behind the hole is given before', async () => {
  const { log } = serve({ missingInCopy: new Set([5]) });
  const reading = sequencesOf(log, 0, 100);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await reading).toEqual(TO_TEN);
});

test('an entry that the hub itself has lost stops the reading there, and is said', async () => {
  const { log } = serve({ lost: new Set([5]) });
  const reading = log.read(0, 100).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await reading).toEqual(new LogUnavailable('the hub has lost its entry 5'));
});

test.each(['never', 'connection', 'status'] as const)('a batch that ends wrongly (%s) is no end of the log', async (ending) => {
  const { log } = serve({ ending });
  const reading = log.read(0, 100).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await reading).toBeInstanceOf(LogUnavailable);
});

const MOVED = { error: { code: 400, err_code: 10_071, description: 'wrong last sequence: 8' } };

async function appended(log: JetStreamLog, id: string, expected: number): Promise<unknown> {
  const appending = log.append({ id, stream: 'case.case_1', data: 'x', expected }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10_000);
  return appending;
}

test('what a leader says that does not know of its successor is not believed: the log decides', async () => {
  // the successor stores it at the same time
  const { log, server } = serve({
    acks: [
      {
        answer: MOVED,
        meanwhile: () => {
          server.leader = 11;
          server.copy = 11;
        },
      },
    ],
  });
  expect(await appended(log, 'evt_11', 10)).toEqual({ kind: 'repeated', sequence: 11 });
  // or has not yet: it is asked again
  server.acks.push({ answer: MOVED }, { answer: MOVED }, { answer: { stream: 'TEAM', seq: 12 } });
  expect(await appended(log, 'evt_12', 11)).toEqual({ kind: 'stored', sequence: 12 });
});

test('a defeat is one when somebody else stands behind what was expected', async () => {
  const { log, server } = serve({ acks: [{ answer: MOVED }] });
  expect(await appended(log, 'late', 9)).toEqual({ kind: 'moved' });
  expect(server.acks).toEqual([]);
});

test('when nobody does, however often it is asked, nothing is known', async () => {
  const { log } = serve({ acks: Array.from({ length: 20 }, () => ({ answer: MOVED })) });
  expect(await appended(log, 'evt_11', 10)).toBeInstanceOf(LogUnavailable);
});
