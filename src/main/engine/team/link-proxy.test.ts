import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { after, instant } from '../../../shared/domain/time.ts';
import type { LocalHubLink } from './create-hub-link.ts';
import { WrongContent } from './hub-files.ts';
import type { HubLease } from './hub-leases.ts';
import type { ChatNews, LinkState, Presence } from './hub-link.ts';
import { MOST_UNDERWAY } from './link-protocol.ts';
import { LinkProxy } from './link-proxy.ts';
import { serveHubLink } from './link-worker.ts';
import type { MachineMoment } from './machine-clock.ts';
import { LogRefused, LogUnavailable, type LogEntry, type NewEntry } from './team-log.ts';

const START = instant(1_700_000_000_000);
const ONLINE: LinkState = {
  state: 'online',
  since: START,
  code: null,
  detail: '',
  server: 'hub-1',
  address: 'tls://hub.example.test:4222',
  roundTripMs: 3,
  clockAheadMs: 5,
};

class HandClock {
  ms = 0;
  monotonicMs = (): number => this.ms;
  uptimeMs = (): number => this.ms;
}

type Settable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A link whose every part does what the test says. */
function fakeLink(): {
  readonly link: LocalHubLink;
  readonly say: (entry: LogEntry) => void;
  readonly tellLease: (lease: HubLease) => void;
  readonly tellHolder: (key: string) => void;
  readonly tellState: (state: LinkState) => void;
  readonly tellChat: (news: ChatNews) => void;
  readonly tellOthers: (others: readonly Presence[]) => void;
  readonly seen: {
    readonly appended: NewEntry[];
    readonly given: string[];
    readonly files: Uint8Array[];
    readonly snapshots: string[];
    readonly told: unknown[];
    nudges: number;
    isClosed: boolean;
  };
  answers: { append: () => Promise<{ kind: 'stored'; sequence: number }>; lease: Settable<HubLease> | null; file: Uint8Array | null };
} {
  const entryListeners = new Set<(entry: LogEntry) => void>();
  const heldListeners = new Set<(lease: HubLease) => void>();
  const holderListeners = new Set<(key: string) => void>();
  const stateListeners = new Set<(state: LinkState) => void>();
  const presenceListeners = new Set<() => void>();
  const chatListeners = new Set<(news: ChatNews) => void>();
  const listen =
    <T>(set: Set<T>) =>
    (listener: T) => {
      set.add(listener);
      return () => void set.delete(listener);
    };
  const seen = {
    appended: [] as NewEntry[],
    given: [] as string[],
    files: [] as Uint8Array[],
    snapshots: [] as string[],
    told: [] as unknown[],
    nudges: 0,
    isClosed: false,
  };
  let state = ONLINE;
  let others: readonly Presence[] = [];
  const answers = {
    append: async () => Promise.resolve({ kind: 'stored' as const, sequence: 7 }),
    lease: null as Settable<HubLease> | null,
    file: null as Uint8Array | null,
  };
  return {
    answers,
    seen,
    say: (entry: LogEntry) => {
      for (const each of entryListeners) each(entry);
    },
    tellLease: (lease: HubLease) => {
      for (const each of heldListeners) each(lease);
    },
    tellHolder: (key: string) => {
      for (const each of holderListeners) each(key);
    },
    tellState: (next: LinkState) => {
      state = next;
      for (const each of stateListeners) each(next);
    },
    tellChat: (news: ChatNews) => {
      for (const each of chatListeners) each(news);
    },
    tellOthers: (next: readonly Presence[]) => {
      others = next;
      for (const each of presenceListeners) each();
    },
    link: {
      log: {
        kind: 'nats',
        identity: async () => Promise.resolve({ logId: 'TEAM', lastSequence: 3 }),
        append: async (entry) => {
          seen.appended.push(entry);
          return answers.append();
        },
        head: async (stream) => Promise.resolve(entry(9, stream)),
        at: async (sequence) => Promise.resolve(sequence === 1 ? entry(1) : null),
        read: async (behind, limit) => Promise.resolve([entry(behind + 1), entry(behind + limit)]),
        readStream: async (stream, behind) => Promise.resolve([entry(behind + 1, stream)]),
        onEntry: listen(entryListeners),
      },
      leases: {
        acquire: async () => Promise.resolve(answers.lease),
        holder: (key) => ({ user: 'bo', workstation: 'ws_2', fence: 4, note: key }),
        held: () => [],
        onChange: listen(holderListeners),
        onHeld: listen(heldListeners),
        [Symbol.asyncDispose]: async () => Promise.resolve(),
      },
      presence: { tell: (own) => void seen.told.push(own), others: () => others, onChange: listen(presenceListeners) },
      files: {
        put: async (sha256, bytes, onProgress) => {
          if (sha256 === 'wrong') throw new WrongContent('not what it says');
          seen.files.push(bytes);
          onProgress?.(1, 2);
          return Promise.resolve();
        },
        get: async () => Promise.resolve(answers.file),
      },
      snapshots: {
        list: async () => Promise.resolve(['newest', 'oldest']),
        put: async (manifest, { sha256 }, file, onProgress) => {
          seen.snapshots.push(`${manifest} ${sha256} ${file}`);
          onProgress?.(1, 2);
          return Promise.resolve();
        },
        get: async ({ sha256 }) => Promise.resolve(sha256 === 'there'),
        keepOnly: async (hashes) => void seen.snapshots.push(`only ${hashes.join()}`),
      },
      directory: {
        users: () => [{ name: 'ana', role: 'lead', holdsChannels: true, agentId: null, keys: [] }],
        onChange: () => () => {},
        settings: () => ({ hubName: 'Night', onLeave: 'erase', leastVersion: null }),
      },
      chat: {
        identity: async () => Promise.resolve({ logId: 'CHAT', lastSequence: 4 }),
        publish: async ({ id }) => {
          if (id === 'gone') throw new LogUnavailable('no connection');
          return Promise.resolve({ sequence: 5, isRepeated: id === 'again' });
        },
        read: async (site, behind, limit) =>
          Promise.resolve([{ sequence: behind + limit, visitor: site, id: null, storedAt: START, data: 'sealed' }]),
        holds: async (_site, _visitor, id) => Promise.resolve(id === 'there'),
        listen: (_site, listener) => listen(chatListeners)(listener),
        tell: (...told) => void seen.told.push(told),
      },
      state: () => state,
      onState: listen(stateListeners),
      nudge: () => void (seen.nudges += 1),
      measure: async () => Promise.resolve([{ address: 'tls://a:1', roundTripMs: null }]),
      [Symbol.asyncDispose]: async () => {
        seen.isClosed = true;
        return Promise.resolve();
      },
    },
  };
}

function entry(sequence: number, stream = 'case.case_1'): LogEntry {
  return { sequence, id: `evt_${String(sequence)}`, stream, storedAt: START, data: 'x' };
}

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function joined(): ReturnType<typeof fakeLink> & {
  readonly proxy: LinkProxy;
  readonly machine: HandClock;
  readonly crossed: { to: number; from: number };
} {
  const fake = fakeLink();
  const machine = new HandClock();
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const crossed = { to: 0, from: 0 };
  port1.on('message', () => (crossed.to += 1));
  port2.on('message', (message: { t: string }) => (crossed.from += message.t === 'entries' ? 1 : 0));
  serveHubLink(port1, fake.link, { now: () => START }, () => {});
  // this workstation's engine has a clock that a test moved by an hour
  const proxy = new LinkProxy({ clock: { now: () => after(START, 3_600_000) }, log: () => {}, machine });
  proxy.attach(port2);
  return Object.assign(fake, { proxy, machine, crossed });
}

function leaseOf(fence: number, renewedAt: MachineMoment): Settable<HubLease> & { given: number } {
  const lease = {
    key: 'channel.acc_1',
    fence,
    safeMs: 12_000,
    renewedAt,
    isLost: false,
    given: 0,
    isHeld: () => true,
    [Symbol.asyncDispose]: async () => {
      lease.given += 1;
      return Promise.resolve();
    },
  };
  return lease;
}

const at = (ms: number): MachineMoment => ({ monotonicMs: ms, uptimeMs: ms });

test('every question of the log arrives and is answered', async () => {
  const { proxy, seen } = joined();
  expect(await proxy.log.identity()).toEqual({ logId: 'TEAM', lastSequence: 3 });
  const written = { id: 'a', stream: 'case.case_1', data: 'x', expected: 4 };
  expect(await proxy.log.append(written)).toEqual({ kind: 'stored', sequence: 7 });
  expect(seen.appended).toEqual([written]);
  expect(await proxy.log.head('case.case_5')).toMatchObject({ sequence: 9, stream: 'case.case_5' });
  expect([await proxy.log.at(1), await proxy.log.at(2)]).toEqual([entry(1), null]);
  expect(await proxy.log.read(10, 5)).toEqual([entry(11), entry(15)]);
  expect(await proxy.log.readStream('case.case_2', 3, 5)).toEqual([entry(4, 'case.case_2')]);
  expect(await proxy.measure()).toEqual([{ address: 'tls://a:1', roundTripMs: null }]);
});

test('errors keep their class and code', async () => {
  const fake = joined();
  const { proxy, answers } = fake;
  const written = { id: 'a', stream: 'case.case_1', data: 'x' };
  for (const error of [new LogUnavailable('gone'), new LogRefused('full', 'no room'), new RangeError('no'), new Error('bug')]) {
    answers.append = async () => Promise.reject(error);
    await expect(proxy.log.append(written)).rejects.toEqual(error);
    const told: unknown = await proxy.log.append(written).catch((caught: unknown) => caught);
    expect(told).toBeInstanceOf(error.constructor);
    expect(told instanceof LogRefused ? told.code : null).toBe(error instanceof LogRefused ? 'full' : null);
  }
  await expect(proxy.files.put('wrong', new Uint8Array(1))).rejects.toThrow(WrongContent);
});

test('what is asked without waiting is answered from what was told', async () => {
  const { proxy, tellState, tellOthers, tellHolder, seen } = joined();
  expect(proxy.state().state).toBe('connecting');
  const states: string[] = [];
  proxy.onState(({ state }) => void states.push(state));
  await expect.poll(() => proxy.state().state).toBe('online');
  // by the engine's clock, which is an hour ahead of the thread's
  expect(proxy.state()).toEqual({ ...ONLINE, since: START + 3_600_000, clockAheadMs: 3_600_005 });
  await expect.poll(() => proxy.directory.users().length).toBe(1);
  expect(proxy.directory.settings()).toEqual({ hubName: 'Night', onLeave: 'erase', leastVersion: null });
  expect(proxy.leases.holder('channel.acc_1')).toBeNull();
  tellHolder('channel.acc_1');
  await expect
    .poll(() => proxy.leases.holder('channel.acc_1'))
    .toEqual({ user: 'bo', workstation: 'ws_2', fence: 4, note: 'channel.acc_1' });
  const somebody: Presence = {
    user: 'bo',
    workstation: 'w',
    agentId: null,
    onShift: true,
    viewing: null,
    writing: false,
    claim: { turn: 1, since: 5 },
    address: null,
    roundTripMs: null,
  };
  let changes = 0;
  proxy.presence.onChange(() => (changes += 1));
  tellOthers([somebody]);
  await expect.poll(() => proxy.presence.others()).toEqual([somebody]);
  expect(changes).toBeGreaterThan(0);
  proxy.presence.tell({ agentId: 'agt_1', onShift: true, viewing: null, writing: false, claim: null });
  proxy.nudge();
  await expect.poll(() => [seen.told.length, seen.nudges]).toEqual([1, 1]);
  tellState({ ...ONLINE, state: 'refused', code: 'revoked' });
  await expect.poll(() => states.at(-1)).toBe('refused');
});

test('a lease is held as long as its last renewal is young, by this side’s clock', async () => {
  const { proxy, machine, answers, tellLease } = joined();
  const lease = leaseOf(4, at(1_000));
  answers.lease = lease;
  machine.ms = 1_500;
  const held = await proxy.leases.acquire('channel.acc_1', 'note');
  expect(held).toMatchObject({ key: 'channel.acc_1', fence: 4 });
  expect(held?.isHeld()).toBe(true);
  machine.ms = 12_999;
  expect(held?.isHeld()).toBe(true);
  // the thread hangs and renews nothing
  machine.ms = 13_000;
  expect(held?.isHeld()).toBe(false);
  lease.renewedAt = at(10_000);
  tellLease(lease);
  await expect.poll(() => held?.isHeld()).toBe(true);
  lease.isLost = true;
  tellLease(lease);
  await expect.poll(() => held?.isHeld()).toBe(false);
  // one that follows has nothing to do with it
  answers.lease = leaseOf(9, at(13_000));
  const next = await proxy.leases.acquire('channel.acc_1', 'note');
  expect([held?.isHeld(), next?.isHeld()]).toEqual([false, true]);
});

test('a lease that was given back is not held from that moment on, whatever is told of it', async () => {
  const { proxy, answers, tellLease } = joined();
  const lease = leaseOf(4, at(0));
  answers.lease = lease;
  const held = await proxy.leases.acquire('channel.acc_1', 'note');
  const giving = held?.[Symbol.asyncDispose]();
  expect(held?.isHeld()).toBe(false);
  tellLease(lease);
  await giving;
  await proxy.log.identity();
  expect(held?.isHeld()).toBe(false);
  expect(lease.given).toBe(1);
});

test('when the thread is gone nothing is held, nothing waits for ever, and another one takes over', async () => {
  const { proxy, answers, say } = joined();
  answers.lease = leaseOf(4, at(0));
  const held = await proxy.leases.acquire('channel.acc_1', 'note');
  answers.append = async () => new Promise(() => {});
  const waiting = proxy.log.append({ id: 'a', stream: 'case.case_1', data: 'x' });
  const heard: number[] = [];
  proxy.log.onEntry(({ sequence }) => void heard.push(sequence));
  proxy.presence.tell({ agentId: null, onShift: true, viewing: 'case_1', writing: false, claim: null });
  proxy.detach('it ended');
  await expect(waiting).rejects.toThrow(LogUnavailable);
  await expect(proxy.log.identity()).rejects.toThrow(LogUnavailable);
  expect(held?.isHeld()).toBe(false);
  expect(proxy.state()).toMatchObject({ state: 'offline', code: 'unreachable' });
  const second = fakeLink();
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveHubLink(port1, second.link, { now: () => START }, () => {});
  proxy.attach(port2);
  expect(await proxy.log.identity()).toEqual({ logId: 'TEAM', lastSequence: 3 });
  expect(second.seen.told).toEqual([{ agentId: null, onShift: true, viewing: 'case_1', writing: false, claim: null }]);
  say(entry(1));
  second.say(entry(2));
  await expect.poll(() => heard).toEqual([2]);
  expect(held?.isHeld()).toBe(false);
  await proxy[Symbol.asyncDispose]();
  expect(second.seen.isClosed).toBe(true);
});

test('chats of web sites go over, and are listened to again after the thread was another', async () => {
  const { proxy, seen, tellChat } = joined();
  expect(await proxy.chat.identity()).toEqual({ logId: 'CHAT', lastSequence: 4 });
  const entry = { site: 'shop', visitor: 'v', id: 'again', data: 'sealed' };
  expect(await proxy.chat.publish(entry)).toEqual({ sequence: 5, isRepeated: true });
  await expect(proxy.chat.publish({ ...entry, id: 'gone' })).rejects.toThrow(LogUnavailable);
  expect(await proxy.chat.read('shop', 7, 2)).toMatchObject([{ sequence: 9, visitor: 'shop' }]);
  expect(await proxy.chat.holds('shop', 'v', 'there')).toBe(true);
  const heard: ChatNews[] = [];
  const stop = proxy.chat.listen('shop', (news) => void heard.push(news));
  proxy.chat.tell('shop', 'v', 'typing');
  await proxy.chat.identity();
  expect(seen.told).toEqual([['shop', 'v', 'typing']]);
  tellChat({ t: 'stored' });
  await expect.poll(() => heard).toEqual([{ t: 'stored' }]);
  const second = fakeLink();
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveHubLink(port1, second.link, { now: () => START }, () => {});
  proxy.attach(port2);
  await proxy.chat.identity();
  second.tellChat({ t: 'live', visitor: 'v', data: 'x' });
  await expect.poll(() => heard).toHaveLength(2);
  stop();
  await proxy.chat.identity();
  second.tellChat({ t: 'stored' });
  await proxy.chat.identity();
  expect(heard).toHaveLength(2);
});

test('a listener that is slow gets what fits and then the newest, never a flood', async () => {
  const { proxy, say, crossed } = joined();
  const heard: number[] = [];
  const stop = proxy.log.onEntry(({ sequence }) => void heard.push(sequence));
  await proxy.log.identity();
  for (let sequence = 1; sequence <= 10 * MOST_UNDERWAY; sequence += 1) say(entry(sequence));
  await expect.poll(() => heard.at(-1)).toBe(10 * MOST_UNDERWAY);
  expect(heard.length).toBeLessThanOrEqual(3 * MOST_UNDERWAY);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  expect(crossed.from).toBeLessThan(10);
  stop();
  say(entry(99_999));
  await proxy.log.identity();
  expect(heard).not.toContain(99_999);
});

test('a file goes over whole; its owner keeps the bytes', async () => {
  const { proxy, seen, answers } = joined();
  const bytes = new Uint8Array([1, 2, 3]);
  const progress: string[] = [];
  await proxy.files.put('a', bytes, (done, total) => void progress.push(`${String(done)}/${String(total)}`));
  expect([...bytes]).toEqual([1, 2, 3]);
  expect(seen.files.map((each) => [...each])).toEqual([[1, 2, 3]]);
  expect(progress).toEqual(['1/2']);
  const whole = new Uint8Array([4, 5, 6]);
  answers.file = whole;
  expect([...((await proxy.files.get('a', ['bo'])) ?? [])]).toEqual([4, 5, 6]);
  // it was handed over, not copied
  expect(whole.byteLength).toBe(0);
  const all = new Uint8Array([7, 8, 9]);
  answers.file = all.subarray(1);
  expect([...((await proxy.files.get('a', ['bo'])) ?? [])]).toEqual([8, 9]);
  expect(all.byteLength).toBe(3);
  answers.file = null;
  expect(await proxy.files.get('a', [])).toBeNull();
});

test('snapshots are named, and their bytes stay in the files', async () => {
  const { proxy, seen } = joined();
  const progress: string[] = [];
  await proxy.snapshots.put(
    'signed',
    { sha256: 'aa', size: 5 },
    '/there',
    (done, total) => void progress.push(`${String(done)}/${String(total)}`),
  );
  await proxy.snapshots.keepOnly(['aa', 'bb']);
  expect(seen.snapshots).toEqual(['signed aa /there', 'only aa,bb']);
  expect(progress).toEqual(['1/2']);
  expect(await proxy.snapshots.list()).toEqual(['newest', 'oldest']);
  expect(await proxy.snapshots.get({ sha256: 'there', size: 5 }, '/here')).toBe(true);
  expect(await proxy.snapshots.get({ sha256: 'gone', size: 5 }, '/here')).toBe(false);
});
