import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { HubSocket } from '../../../resources/widget/src/hub-socket.ts';
import type { HubState, SocketLike } from '../../../resources/widget/src/hub-socket.ts';
import { NatsParser, publication } from '../../../resources/widget/src/nats-protocol.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);

const STREAM = [
  'INFO {"server_id":"x","max_payload":1048576}\r\n',
  'PING\r\n',
  '+OK\r\n',
  'MSG chat.out.shop.v 2 11\r\nhello\r\nyou!\r\n',
  'MSG a.b 2 reply.to 6\r\n你好\r\n',
  'HMSG _INBOX.1 1 16 16\r\nNATS/1.0 503\r\n\r\n\r\n',
  'HMSG _INBOX.2 1 12 15\r\nNATS/1.0\r\n\r\nabc\r\n',
  "-ERR 'Authorization Violation'\r\n",
  'PONG\r\n',
].join('');

describe('what a server says', () => {
  test('is read the same however it comes in pieces', () => {
    const whole = new NatsParser().push(bytes(STREAM));
    expect(whole.map(({ op }) => op)).toEqual(['info', 'ping', 'message', 'message', 'message', 'message', 'error', 'pong']);
    const messages = whole.flatMap((said) => (said.op === 'message' ? [said.message] : []));
    expect(messages.map(({ payload }) => text(payload))).toEqual(['hello\r\nyou!', '你好', '', 'abc']);
    expect(messages.map(({ status }) => status)).toEqual([null, null, 503, null]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (sizes) => {
        const parser = new NatsParser();
        const all = bytes(STREAM);
        const said = [];
        let at = 0;
        for (const size of [...sizes, all.length]) {
          said.push(...parser.push(all.subarray(at, at + size)));
          at += size;
        }
        expect(said).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  test('what no server says ends it', () => {
    for (const wrong of ['HTTP/1.1 200 OK\r\n', 'MSG a 1\r\n', 'MSG a 1 -3\r\n', 'HMSG a 1 20 10\r\n', 'MSG a 1 9999999999\r\n']) {
      expect(() => new NatsParser().push(bytes(wrong))).toThrow(/no server says|without a size/u);
    }
  });

  test('what is published has its headers and its sizes in bytes', () => {
    expect(text(publication('a.b', null, null, '你'))).toBe('PUB a.b 3\r\n你\r\n');
    const head = 'NATS/1.0\r\nNats-Msg-Id: v.1\r\n\r\n';
    expect(text(publication('a.b', 'in.box', 'v.1', '你'))).toBe(`HPUB a.b in.box ${head.length} ${head.length + 3}\r\n${head}你\r\n`);
  });
});

/** A fake WebSocket: what the server says is put in by hand. */
class FakeSocket implements SocketLike {
  binaryType = '';
  sent = '';
  isClosed = false;
  readonly #heard = new Map<string, (event: unknown) => void>();

  addEventListener(type: string, heard: (event: unknown) => void): void {
    this.#heard.set(type, heard);
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    this.sent += typeof data === 'string' ? data : text(data);
  }

  close(): void {
    this.isClosed = true;
  }

  says(line: string): void {
    this.#heard.get('message')?.({ data: bytes(line).buffer });
  }

  breaks(): void {
    this.#heard.get('close')?.({});
  }
}

function opened(): { hub: HubSocket; sockets: FakeSocket[]; states: HubState[] } {
  const sockets: FakeSocket[] = [];
  const states: HubState[] = [];
  const hub = new HubSocket({
    url: 'wss://hub',
    user: 'shop',
    password: 'pw',
    random: () => 0.5,
    onState: (state) => states.push(state),
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
  });
  hub.listen('chat.out.shop.v', () => {});
  hub.start();
  return { hub, sockets, states };
}

function inboxOf(sent: string): string {
  return /HPUB \S+ (\S+) /u.exec(sent.slice(sent.lastIndexOf('HPUB')))?.[1] ?? '';
}

describe('the connection', () => {
  test('signs in once, listens, and is there when the server answers', () => {
    const { hub, sockets, states } = opened();
    sockets[0]?.says('INFO {}\r\n');
    sockets[0]?.says('INFO {}\r\n');
    expect(sockets[0]?.sent.match(/CONNECT/gu)).toHaveLength(1);
    expect(sockets[0]?.sent).toContain('"user":"shop","pass":"pw"');
    expect(sockets[0]?.sent).toMatch(/SUB _INBOX_shop\.\w{16}\.\* 1\r\nSUB chat\.out\.shop\.v 2\r\nPING\r\n$/u);
    sockets[0]?.says('PONG\r\n');
    expect(states).toEqual(['connecting', 'online']);
    sockets[0]?.says('PING\r\n');
    expect(sockets[0]?.sent.endsWith('PONG\r\n')).toBe(true);
    hub.stop();
  });

  test('an entry is stored when the stream says so; an error and silence are told apart', async () => {
    const { hub, sockets } = opened();
    const [socket] = sockets;
    socket?.says('INFO {}\r\nPONG\r\n');
    const answer = (body: string): void => socket?.says(`MSG ${inboxOf(socket.sent)} 1 ${body.length}\r\n${body}\r\n`);
    const good = hub.store('chat.in.shop.v', 'x', 'v.1');
    answer('{"stream":"CHAT","seq":7,"duplicate":true}');
    await expect(good).resolves.toBeUndefined();
    const bad = hub.store('chat.in.shop.v', 'x', 'v.2');
    answer('{"error":{"code":400,"description":"too large"},"stream":"CHAT","seq":0}');
    await expect(bad).rejects.toMatchObject({ code: 'refused' });
    const nobody = hub.store('chat.in.shop.v', 'x', 'v.3');
    socket?.says(`HMSG ${inboxOf(socket.sent)} 1 16 16\r\nNATS/1.0 503\r\n\r\n\r\n`);
    await expect(nobody).rejects.toMatchObject({ code: 'silent' });
    const lost = hub.store('chat.in.shop.v', 'x', 'v.4');
    socket?.breaks();
    await expect(lost).rejects.toMatchObject({ code: 'offline' });
    await expect(hub.store('chat.in.shop.v', 'x', 'v.5')).rejects.toMatchObject({ code: 'offline' });
    hub.stop();
  });

  test('comes back after pauses that grow, at once when it is told to, and seldom when it was refused', () => {
    vi.useFakeTimers();
    try {
      const { hub, sockets, states } = opened();
      const pauses: number[] = [];
      for (let attempt = 1; attempt <= 9; attempt += 1) {
        const before = Date.now();
        sockets.at(-1)?.breaks();
        while (sockets.length === attempt) vi.advanceTimersByTime(125);
        pauses.push(Date.now() - before);
      }
      // three quarters of half a second, of one ... of half a minute
      expect(pauses).toEqual([375, 750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500]);
      expect(states).toEqual(['connecting', 'offline']);
      sockets.at(-1)?.breaks();
      const count = sockets.length;
      hub.nudge();
      expect(sockets).toHaveLength(count + 1);
      sockets.at(-1)?.says("INFO {}\r\n-ERR 'Authorization Violation'\r\n");
      sockets.at(-1)?.breaks();
      expect(states.at(-1)).toBe('refused');
      vi.advanceTimersByTime(44_000);
      expect(sockets).toHaveLength(count + 1);
      vi.advanceTimersByTime(1_000);
      expect(sockets).toHaveLength(count + 2);
      hub.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  test('a server that says nothing is left', () => {
    vi.useFakeTimers();
    try {
      const { hub, sockets, states } = opened();
      sockets[0]?.says('INFO {}\r\nPONG\r\n');
      vi.advanceTimersByTime(20_000);
      expect(sockets[0]?.sent.endsWith('PING\r\n')).toBe(true);
      vi.advanceTimersByTime(10_000);
      expect([states.at(-1), sockets[0]?.isClosed]).toEqual(['offline', true]);
      hub.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});
