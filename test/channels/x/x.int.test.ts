import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelConnector, ChannelEvent, ConnectorIo, Health, OutboundMessage } from '../../../src/main/engine/channels/connector.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { instant } from '../../../src/shared/domain/time.ts';
import { SCOPES } from './fake-x-sign-in.ts';
import type { FakeXUser } from './fake-x.ts';
import { startXPeer } from './x-peer.ts';
import type { XPeer } from './x-peer.ts';

const ACCOUNT = makeId('acc', 'x');
const never = new AbortController().signal;
let peer: XPeer;
let mei: FakeXUser;
let health: Health[] = [];
let logged: string[] = [];
let saved: string[] = [];
let now = 0;
let open: ChannelConnector[] = [];

const io = (more: Partial<ConnectorIo> = {}): ConnectorIo => ({
  clock: { now: () => instant(now) },
  log: (level, message, fields) => logged.push(JSON.stringify({ level, message, fields })),
  onHealth: (each) => health.push(each),
  saveSecret: async (secret) => {
    saved.push(secret);
    return Promise.resolve();
  },
  ...more,
});
function connect(about: Parameters<XPeer['connector']>[1] = {}, more: Partial<ConnectorIo> = {}): ChannelConnector {
  const connector = peer.connector(io(more), about);
  open.push(connector);
  return connector;
}

async function drain(
  connector: ChannelConnector,
  cursor: string | null,
  maxMessages = 50,
): Promise<{ events: ChannelEvent[]; cursor: string }> {
  const events: ChannelEvent[] = [];
  for (let at = cursor; ;) {
    const batch = await connector.pull(at, { maxMessages, signal: never });
    events.push(...batch.events);
    at = batch.cursor;
    if (!batch.more) return { events, cursor: at };
  }
}
const texts = (events: readonly ChannelEvent[]): string[] => events.flatMap((each) => (each.kind === 'message' ? [each.message.text] : []));

const answer = (more: Partial<OutboundMessage> = {}): OutboundMessage => ({
  outboxId: makeId('out', 'one'),
  clientKey: '<one@x>',
  subject: '',
  to: [],
  cc: [],
  text: 'We look at it. Please send the id by direct message.',
  parentKeys: [],
  threadToken: null,
  attachments: [],
  writtenAt: instant(now),
  ...more,
});
let handed = 0;
const hooks = { onHandover: () => (handed += 1), signal: never };

async function start(options: Parameters<typeof startXPeer>[1] = {}): Promise<void> {
  peer = await startXPeer(ACCOUNT, { now: () => now, ...options });
  mei = peer.x.addUser('mei_c', { name: 'Mei', verified_type: 'blue' });
}

beforeEach(async () => {
  now = Date.UTC(2026, 10, 20, 9);
  [health, logged, saved, open, handed] = [[], [], [], [], 0];
  await start();
});
afterEach(async () => {
  for (const each of open) await each[Symbol.asyncDispose]();
  await peer[Symbol.asyncDispose]();
});

describe.each(['posts', 'tweets'] as const)('reading X, which speaks of %s', (speaks) => {
  beforeEach(async () => {
    await peer[Symbol.asyncDispose]();
    await start({ speaks });
  });

  it('takes mentions and direct messages once each, over every seam', async () => {
    const jun = peer.x.addUser('jun');
    for (let at = 1; at <= 23; at += 1) {
      peer.x.write(mei, `@acme_help post ${String(at)}`);
      peer.x.direct(jun, peer.us, `direct ${String(at)}`);
    }
    peer.x.write(mei, 'nothing for anybody');
    peer.x.join(jun, `${peer.us.id}-${jun.id}`);
    const connector = connect();
    const first = await drain(connector, null, 5);
    const all = (kind: string, to: number): string[] => Array.from({ length: to }, (_, at) => `${kind} ${String(at + 1)}`);
    expect(texts(first.events).toSorted()).toEqual([...all('@acme_help post', 23), ...all('direct', 23)].toSorted());

    for (let at = 24; at <= 40; at += 1) {
      peer.x.write(mei, `@acme_help post ${String(at)}`);
      peer.x.direct(jun, peer.us, `direct ${String(at)}`);
    }
    const second = await drain(connector, first.cursor, 5);
    expect(texts(second.events)).toHaveLength(34);
    expect(new Set(texts(second.events)).size).toBe(34);
    expect((await drain(connector, second.cursor)).events).toEqual([]);
  });
});

describe('reading X', () => {
  it('tells who wrote and how X vouches for them, and what was said in public and in private', async () => {
    const post = peer.x.write(mei, '@Acme_Help it costs <5 & is stuck');
    const reply = peer.x.write(mei, 'and @acme_help again', { answers: post });
    const event = peer.x.direct(mei, peer.us, 'my id is 7');
    const { events } = await drain(connect(), null);
    const author = { nativeId: mei.id, handle: '@mei_c', verification: 'platform', facts: { 'x.verified-type': 'blue' } };
    expect(events).toMatchObject([
      {
        remoteRef: `post:${post.id}`,
        message: {
          direction: 'in',
          text: '@Acme_Help it costs <5 & is stuck',
          from: { name: 'Mei', address: `${mei.id}@x` },
          thread: { ownKey: null, parentKeys: [`conv:post:${post.id}`] },
          origin: { conversation: `post:${post.id}`, nativeKey: post.id, author, isPrivate: false, isSummon: true },
        },
      },
      { remoteRef: `post:${reply.id}`, message: { origin: { conversation: `post:${post.id}`, nativeKey: reply.id, isSummon: true } } },
      {
        remoteRef: `dm:${event.id}`,
        message: { text: 'my id is 7', origin: { conversation: `dm:${event.conversation}`, author, isPrivate: true } },
      },
    ]);
  });

  it('an edited post is the same message, with what it says now', async () => {
    const post = peer.x.write(mei, '@acme_help helo');
    const connector = connect();
    const { cursor } = await drain(connector, null);
    peer.x.edit(post, '@acme_help hello');
    const { events } = await drain(connector, cursor);
    expect(events.map((each) => [each.kind, 'remoteRef' in each ? each.remoteRef : ''])).toEqual([
      ['message', `post:${post.id}`],
      ['edited', `post:${post.id}`],
    ]);
    expect(events[1]).toMatchObject({ text: '@acme_help hello' });
  });

  it('reads only what it is set to, a week back, and steps over what is no post', async () => {
    peer.x.write(mei, '@acme_help long ago', { at: now - 8 * 86_400_000 });
    peer.x.write(mei, '@acme_help lately');
    peer.x.direct(mei, peer.us, 'in private');
    peer.x.poison([null, { id: 'x' }, { id: '12', text: 5 }, [], { id: '13', text: 'x', author_id: '1', created_at: 'never' }]);
    expect(texts((await drain(connect({ directMessages: false }), null)).events)).toEqual(['@acme_help lately']);
    expect(texts((await drain(connect({ mentions: false }), null)).events)).toEqual(['in private']);
  });
});

describe('what X allows', () => {
  it('is never asked for more than its headers leave, and shows what is left', async () => {
    await peer[Symbol.asyncDispose]();
    await start({ limits: { mentions: 3 } });
    const connector = connect({ directMessages: false });
    let { cursor } = await drain(connector, null);
    for (let at = 0; at < 2; at += 1) ({ cursor } = await drain(connector, cursor));
    expect(health.at(-1)?.budget).toMatchObject({ left: 0, limit: 3 });
    const asked = peer.http.requests();
    await expect(drain(connector, cursor)).rejects.toMatchObject({ code: 'rate-limited', retryAt: expect.any(Number) as number });
    expect(peer.http.requests()).toBe(asked);
    now += 15 * 60_000;
    await expect(drain(connector, cursor)).resolves.toMatchObject({ events: [] });
  });

  it.each(['seconds', 'date', 'json', 'none'] as const)('waits as it is told (%s)', async (retryAfter) => {
    const connector = connect({ directMessages: false });
    const { cursor } = await drain(connector, null);
    peer.http.fault('pull', { kind: 'rate-limited', retryAfter, ms: 2_000 }, 1);
    const error: unknown = await drain(connector, cursor).catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'rate-limited', health: 'rate-limited' });
    const wait = error instanceof Error && 'retryAt' in error ? Number(error.retryAt) - now : 0;
    expect(wait).toBeGreaterThanOrEqual(retryAfter === 'none' ? 500 : 1_000);
    expect(wait).toBeLessThanOrEqual(3_000);
  });

  it('stops at the budget of the month, also over a restart, and goes on in the next', async () => {
    for (let at = 0; at < 10; at += 1) peer.x.write(mei, `@acme_help ${String(at)}`);
    const about = { directMessages: false, monthlyBudgetUsd: 0.07 };
    // ten posts and their author: 10 x 0.005 + 0.01
    const { cursor } = await drain(connect(about), null);
    expect(JSON.parse(cursor)).toMatchObject({ spent: { month: '2026-11', micro: 60_000 } });
    const again = connect(about);
    await drain(again, cursor);
    const post = peer.x.write(mei, '@acme_help more');
    const conversation = { conversation: `post:${post.id}`, inReplyTo: post.id, isSummoned: true };
    await expect(again.send(answer(conversation), hooks)).resolves.toMatchObject({ status: 'sent' });
    const asked = peer.http.requests();
    await expect(again.pull(cursor, { maxMessages: 50, signal: never })).rejects.toMatchObject({
      code: 'budget-used',
      health: 'rate-limited',
      retryAt: Date.UTC(2026, 11, 1),
    });
    await expect(again.send(answer({ ...conversation, text: 'More of it' }), hooks)).resolves.toMatchObject({
      status: 'rejected',
      permanent: false,
      code: 'budget-used',
    });
    expect(peer.http.requests()).toBe(asked);
    now = Date.UTC(2026, 11, 1);
    peer.secret = JSON.stringify(peer.x.signIns.grant(peer.us));
    await expect(drain(connect(about), cursor)).resolves.toMatchObject({ cursor: expect.stringContaining('2026-12') as string });
  });

  it('pays for the newest direct message once a day, however often it looks', async () => {
    peer.x.direct(mei, peer.us, 'hello');
    const connector = connect({ mentions: false });
    let { cursor } = await drain(connector, null);
    for (let at = 0; at < 5; at += 1) ({ cursor } = await drain(connector, cursor));
    expect(JSON.parse(cursor)).toMatchObject({ spent: { micro: 20_000 } });
  });
});

describe('writing on X', () => {
  it('answers who named us, and writes in private', async () => {
    const post = peer.x.write(mei, '@acme_help help');
    const event = peer.x.direct(mei, peer.us, 'hi');
    const connector = connect();
    await expect(
      connector.send(answer({ conversation: `post:${post.id}`, inReplyTo: post.id, isSummoned: true }), hooks),
    ).resolves.toMatchObject({ status: 'sent' });
    await expect(
      connector.send(
        answer({ clientKey: '<two@x>', conversation: `dm:${event.conversation}`, inReplyTo: event.id, text: 'ü'.repeat(10_000) }),
        hooks,
      ),
    ).resolves.toMatchObject({ status: 'sent' });
    expect(handed).toBe(2);
    expect(peer.x.posts.at(-1)).toMatchObject({ repliedTo: post.id, text: `@mei_c ${answer().text}` });
    // what we wrote comes back as ours, not as news
    const { events } = await drain(connector, null);
    const own = events.flatMap((each) => (each.kind === 'message' && each.message.direction === 'out' ? [each.message.thread.ownKey] : []));
    expect(own).toEqual(['<two@x>']);
  });

  it.each([
    ['280 light characters', 'x'.repeat(280), true],
    ['281 light characters', 'x'.repeat(281), false],
    ['140 heavy characters', '汉'.repeat(140), true],
    ['141 heavy characters', '汉'.repeat(141), false],
    ['a family, which counts two', `${'x'.repeat(278)}👨‍👩‍👧‍👦`, true],
  ])('%s: let through is %s', async (_what, text, isFine) => {
    const post = peer.x.write(mei, '@acme_help help');
    const result = await connect().send(answer({ text, conversation: `post:${post.id}`, inReplyTo: post.id, isSummoned: true }), hooks);
    expect(result.status).toBe(isFine ? 'sent' : 'rejected');
    expect(handed).toBe(isFine ? 1 : 0);
  });

  it('answers nobody who has not named us', async () => {
    const post = peer.x.write(mei, 'I am just talking');
    const connector = connect();
    const to = { conversation: `post:${post.id}`, inReplyTo: post.id };
    for (const more of [{}, { isSummoned: false }])
      await expect(connector.send(answer({ ...to, ...more }), hooks)).resolves.toMatchObject({
        status: 'rejected',
        permanent: true,
        code: 'not-summoned',
      });
    expect([peer.http.requests(), handed]).toEqual([0, 0]);
    // and believes X where our own book is wrong
    await expect(connector.send(answer({ ...to, isSummoned: true }), hooks)).resolves.toMatchObject({
      status: 'rejected',
      permanent: true,
      code: 'not-summoned',
    });
  });

  it.each([
    ['connect', 'thrown', 0, 'not-found'],
    ['body', 'unknown', 0, 'not-found'],
    ['answer', 'unknown', 1, 'sent'],
    ['half-answer', 'unknown', 1, 'sent'],
  ] as const)('cut off at "%s" it is never said to be sent without proof', async (stage, outcome, copies, found) => {
    const post = peer.x.write(mei, '@acme_help help');
    const event = peer.x.direct(mei, peer.us, 'hi');
    for (const to of [
      { conversation: `post:${post.id}`, inReplyTo: post.id, isSummoned: true },
      { conversation: `dm:${event.conversation}`, inReplyTo: event.id },
    ]) {
      const connector = connect();
      const before = peer.x.posts.length + peer.x.events.length;
      peer.http.cutNextSend(stage);
      const result = await connector.send(answer(to), hooks).then(
        ({ status }) => status,
        () => 'thrown',
      );
      await peer.http.restore();
      expect([result, peer.x.posts.length + peer.x.events.length - before]).toEqual([outcome, copies]);
      const fresh = connect();
      await expect(fresh.reconcile('<one@x>', never)).resolves.toBe('undecidable');
      await expect(fresh.reconcile('<one@x>', never, answer(to))).resolves.toBe(found);
    }
  });

  it('looks back to when it was written, however much we have written since', async () => {
    const acme = peer.x.posts.length;
    const post = peer.x.write(mei, '@acme_help help');
    const to = answer({ conversation: `post:${post.id}`, inReplyTo: post.id, isSummoned: true });
    const letter = peer.x.direct(mei, peer.us, 'help me');
    const direct = answer({ clientKey: '<two@x>', conversation: `dm:${letter.conversation}`, text: 'A letter back.' });
    for (const message of [to, direct]) {
      peer.http.cutNextSend('answer');
      await expect(connect().send(message, hooks)).resolves.toMatchObject({ status: 'unknown' });
      await peer.http.restore();
    }
    expect(peer.x.posts).toHaveLength(acme + 2);
    for (let at = 1; at <= 45; at += 1) {
      peer.x.write(peer.us, `Something else ${String(at)}`);
      peer.x.direct(mei, peer.us, `are you there ${String(at)}`);
    }
    await expect(connect().reconcile('<one@x>', never, to)).resolves.toBe('sent');
    await expect(connect().reconcile('<two@x>', never, direct)).resolves.toBe('sent');
  });

  it('a second copy of a lost answer is not made: X refuses it, and it is found', async () => {
    const post = peer.x.write(mei, '@acme_help help');
    const to = answer({ conversation: `post:${post.id}`, inReplyTo: post.id, isSummoned: true });
    peer.http.cutNextSend('answer');
    const connector = connect();
    await connector.send(to, hooks);
    await expect(connector.send(to, hooks)).resolves.toMatchObject({ status: 'sent' });
    await expect(connector.send({ ...to, clientKey: '<other@x>' }, hooks)).resolves.toMatchObject({
      permanent: true,
      code: 'message-repeated',
    });
    expect(peer.x.posts).toHaveLength(2);
  });
});

describe('the sign-in', () => {
  it('is renewed once for all who wait, and kept before it is used', async () => {
    const old = JSON.parse(peer.secret) as { accessToken: string };
    peer.x.signIns.expire(old.accessToken);
    let isKept = false;
    const connector = connect(
      {},
      {
        saveSecret: async (secret) => {
          expect(peer.http.requests()).toBe(3);
          saved.push(secret);
          await new Promise((resolve) => setImmediate(resolve));
          isKept = true;
        },
      },
    );
    await Promise.all([connector.connect(never), connector.pull(null, { maxMessages: 5, signal: never })]);
    expect([isKept, peer.x.signIns.refreshes(), saved.length]).toEqual([true, 1, 1]);
    // what was kept works without the first
    const next = connect({ secret: saved[0] ?? '' });
    await next.connect(never);
    now += 7_150_000;
    await next.connect(never);
    expect(peer.x.signIns.refreshes()).toBe(2);
  });

  it('that could not be kept is not used, and not asked for again', async () => {
    now += 7_190_000;
    let isFull = true;
    const connector = connect(
      {},
      {
        saveSecret: async (secret) => {
          if (isFull) throw new Error('the vault is locked');
          saved.push(secret);
          return Promise.resolve();
        },
      },
    );
    await expect(connector.connect(never)).rejects.toThrow('the vault is locked');
    isFull = false;
    await connector.connect(never);
    expect([peer.x.signIns.refreshes(), saved.length]).toEqual([1, 1]);
  });

  it('that was taken back stops the channel and knocks no more', async () => {
    const connector = connect();
    await connector.connect(never);
    peer.x.signIns.revokeAll();
    await expect(connector.pull(null, { maxMessages: 5, signal: never })).rejects.toMatchObject({
      code: 'sign-in-expired',
      health: 'auth',
      retryable: false,
    });
    const asked = peer.http.requests();
    for (let at = 0; at < 5; at += 1) await expect(connector.connect(never)).rejects.toMatchObject({ code: 'sign-in-expired' });
    expect(peer.http.requests()).toBe(asked);
    const { accessToken, refreshToken } = JSON.parse(peer.secret) as { accessToken: string; refreshToken: string };
    for (const secret of [accessToken, refreshToken]) expect(JSON.stringify([health, logged])).not.toContain(secret);
  });

  it('without leave to write in private says so', async () => {
    const event = peer.x.direct(mei, peer.us, 'hi');
    const connector = connect({
      secret: JSON.stringify(
        peer.x.signIns.grant(
          peer.us,
          SCOPES.filter((each) => each !== 'dm.write'),
        ),
      ),
    });
    await expect(connector.send(answer({ conversation: `dm:${event.conversation}` }), hooks)).resolves.toMatchObject({
      permanent: true,
      code: 'not-permitted',
    });
  });
});
