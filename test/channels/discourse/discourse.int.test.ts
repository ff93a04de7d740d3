import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelConnector, ChannelEvent, ConnectorIo, Health, OutboundMessage } from '../../../src/main/engine/channels/connector.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { instant } from '../../../src/shared/domain/time.ts';
import type { ForumPeer } from './forum-peer.ts';
import { startForumPeer } from './forum-peer.ts';

const ACCOUNT = makeId('acc', 'forum');
const never = new AbortController().signal;
let peer: ForumPeer;
let health: Health[] = [];
let connectors: ChannelConnector[] = [];

const io = (): ConnectorIo => ({
  clock: { now: () => instant(Date.now()) },
  log: () => {},
  onHealth: (each) => health.push(each),
});

function connect(about: Parameters<ForumPeer['connector']>[1] = {}): ChannelConnector {
  const connector = peer.connector(io(), about);
  connectors.push(connector);
  return connector;
}

/** Pulls until there is no more; every message once, in the order in which it came. */
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
  clientKey: '<one@forum>',
  subject: '',
  to: [],
  cc: [],
  text: 'Please send us the transaction id.',
  parentKeys: [],
  threadToken: null,
  attachments: [],
  conversation: 'topic:1',
  writtenAt: instant(Date.now()),
  ...more,
});
const hooks = { onHandover: () => {}, signal: never };

beforeEach(async () => {
  peer = await startForumPeer(ACCOUNT);
  health = [];
  connectors = [];
});
afterEach(async () => {
  for (const connector of connectors) await connector[Symbol.asyncDispose]();
  await peer[Symbol.asyncDispose]();
});

describe.each(['posts', 'windows'] as const)('reading a forum that pages by %s', (paging) => {
  beforeEach(async () => {
    await peer[Symbol.asyncDispose]();
    peer = await startForumPeer(ACCOUNT, { paging });
  });

  it('takes what is there and what comes, each once, however wide the gap and whatever it may not see', async () => {
    const mei = peer.forum.addUser('mei');
    const topic = peer.forum.addTopic('Withdrawal stuck');
    const hidden = peer.forum.addTopic('Staff only', { allowed: [mei] });
    for (let at = 1; at <= 130; at += 1) peer.forum.write(at % 10 === 0 ? hidden : topic, mei, `old ${String(at)}`);
    const connector = connect();
    const first = await drain(connector, null, 20);
    const old = Array.from({ length: 130 }, (_, at) => at + 1).filter((at) => at % 10 !== 0);
    expect(texts(first.events).toSorted()).toEqual(old.map((at) => `old ${String(at)}`).toSorted());

    for (let at = 1; at <= 170; at += 1) peer.forum.write(at > 40 && at < 120 ? hidden : topic, mei, `new ${String(at)}`);
    const second = await drain(connector, first.cursor, 7);
    const fresh = Array.from({ length: 170 }, (_, at) => at + 1).filter((at) => at <= 40 || at >= 120);
    expect(texts(second.events)).toEqual(fresh.map((at) => `new ${String(at)}`));
    // and in steps as wide as the windows in which a gap is walked
    for (let at = 171; at <= 330; at += 1) peer.forum.write(topic, mei, `new ${String(at)}`);
    const third = await drain(connector, second.cursor, 60);
    expect(texts(third.events)).toEqual(Array.from({ length: 160 }, (_, at) => `new ${String(at + 171)}`));
    expect((await drain(connector, third.cursor)).events).toEqual([]);
  });
});

describe('reading a forum', () => {
  it('knows who wrote, where, and how much the forum vouches for them', async () => {
    const jun = peer.forum.addUser('jun', { name: 'Jun Mod', moderator: true, trustLevel: 3 });
    const topic = peer.forum.addTopic('Deposit missing');
    peer.forum.write(topic, jun, 'I wait for two days');
    const { events } = await drain(connect(), null);
    expect(events).toMatchObject([
      {
        kind: 'message',
        remoteRef: 'post:1',
        message: {
          channel: 'community',
          direction: 'in',
          subject: 'Deposit missing',
          text: 'I wait for two days',
          from: { name: 'Jun Mod', address: `${String(jun.id)}~127.0.0.1=3a=${new URL(peer.http.origin).port}@community` },
          thread: { ownKey: null, parentKeys: ['conv:topic:1'] },
          auto: 'none',
          origin: {
            conversation: 'topic:1',
            nativeKey: '1/1',
            isPrivate: false,
            author: { handle: '@jun', verification: 'platform', facts: { 'discourse.staff': 'moderator', 'discourse.trust-level': '3' } },
          },
        },
      },
    ]);
  });

  it('reads only the chosen categories, and private messages always', async () => {
    const mei = peer.forum.addUser('mei');
    peer.forum.write(peer.forum.addTopic('Chat', { categoryId: 9 }), mei, 'nothing for us');
    peer.forum.write(peer.forum.addTopic('Support', { categoryId: 5 }), mei, 'please help');
    const letter = peer.forum.addTopic('My account', { allowed: [mei, peer.support] });
    for (let at = 1; at <= 25; at += 1) peer.forum.write(letter, mei, `private ${String(at)}`);
    peer.forum.write(peer.forum.addTopic('Between others', { allowed: [mei] }), mei, 'not for us');
    const connector = connect({ categories: [5] });
    const first = await drain(connector, null, 10);
    expect(texts(first.events)).toEqual(['please help', ...Array.from({ length: 25 }, (_, at) => `private ${String(at + 1)}`)]);
    const last = first.events.at(-1);
    expect(last?.kind === 'message' ? last.message.origin : null).toMatchObject({ conversation: 'topic:3', isPrivate: true });

    peer.forum.write(letter, mei, 'and another thing');
    const second = await drain(connector, first.cursor);
    expect(texts(second.events)).toEqual(['and another thing']);
    expect((await drain(connector, second.cursor)).events).toEqual([]);
  });

  it('an administrator is not shown letters between others', async () => {
    const mei = peer.forum.addUser('mei');
    const jun = peer.forum.addUser('jun');
    const root = peer.forum.addUser('root', { admin: true });
    peer.forum.write(peer.forum.addTopic('Secret', { allowed: [mei, jun] }), mei, 'between us');
    peer.forum.write(peer.forum.addTopic('To root', { allowed: [mei, root] }), mei, 'to the administrator');
    peer.key = peer.forum.key(root);
    expect(texts((await drain(connect(), null)).events)).toEqual(['to the administrator']);
  });

  it('hears of edits and of what was taken back, in public and in private', async () => {
    const mei = peer.forum.addUser('mei');
    const topic = peer.forum.addTopic('Stuck');
    const letter = peer.forum.addTopic('Letter', { allowed: [mei, peer.support] });
    const [one, two, three] = [1, 2, 3].map((at) => peer.forum.write(topic, mei, `public ${String(at)}`));
    const [four, five] = [4, 5].map((at) => peer.forum.write(letter, mei, `private ${String(at)}`));
    if (one === undefined || two === undefined || three === undefined || four === undefined || five === undefined) throw new Error('posts');
    const connector = connect();
    let { cursor } = await drain(connector, null);
    peer.forum.edit(one, 'public, corrected');
    peer.forum.remove(two, 'author');
    peer.forum.remove(three, 'staff');
    peer.forum.edit(four, 'private, corrected');
    peer.forum.remove(five, 'staff');
    const events: ChannelEvent[] = [];
    // one topic is looked at again in each round
    for (let round = 0; round < 3; round += 1) {
      const step = await drain(connector, cursor);
      cursor = step.cursor;
      events.push(...step.events);
    }
    expect(
      events
        .map((each) => `${each.kind} ${'remoteRef' in each ? each.remoteRef : ''} ${each.kind === 'edited' ? each.text : ''}`)
        .toSorted(),
    ).toEqual([
      'edited post:1 public, corrected',
      'edited post:4 private, corrected',
      'removed post:2 ',
      'removed post:3 ',
      'removed post:5 ',
    ]);
    expect((await drain(connector, cursor)).events).toEqual([]);
  });

  it('brings small files along and leaves the others as links', async () => {
    const mei = peer.forum.addUser('mei');
    const topic = peer.forum.addTopic('Screenshot');
    const small = peer.forum.upload('shot.png', Buffer.from('png bytes'), 'image/png');
    const large = peer.forum.upload('film.bin', Buffer.alloc(5 * 1024 * 1024), 'application/octet-stream');
    peer.forum.write(topic, mei, 'see', {
      cooked: `<p>see <a class="attachment" href="${small}">shot.png</a> <a class="attachment" href="${large}">film.bin</a> <a class="attachment" href="http://127.0.0.1:1/x">inner.txt</a></p>`,
    });
    const [event] = (await drain(connect(), null)).events;
    expect(
      event?.kind === 'message' ? event.files?.map(({ name, type, bytes }) => [name, type, Buffer.from(bytes).toString()]) : null,
    ).toEqual([['shot.png', 'image/png', 'png bytes']]);
  });

  it('takes what is shown only after posts with higher numbers, once', async () => {
    const mei = peer.forum.addUser('mei');
    const topic = peer.forum.addTopic('Busy');
    const connector = connect();
    peer.forum.write(topic, mei, 'first');
    let { cursor } = await drain(connector, null);
    const slow = peer.forum.reserve();
    peer.forum.write(topic, mei, 'second');
    ({ cursor } = await drain(connector, cursor));
    peer.forum.write(topic, mei, 'written before the second', { id: slow });
    const late = await drain(connector, cursor);
    expect(texts(late.events)).toEqual(['written before the second']);
    expect((await drain(connector, late.cursor)).events).toEqual([]);
  });

  it('takes no notice for what was said: what is hidden is neither told nor changed, and comes when it is shown', async () => {
    const mei = peer.forum.addUser('mei');
    const topic = peer.forum.addTopic('Flagged');
    const before = peer.forum.write(topic, mei, 'known before it was flagged');
    const connector = connect();
    let { cursor } = await drain(connector, null);
    const fresh = peer.forum.write(topic, mei, 'flagged at once');
    peer.forum.hide(before, true);
    peer.forum.hide(fresh, true);
    const during = await drain(connector, cursor);
    ({ cursor } = during);
    expect(during.events).toEqual([]);
    expect((await drain(connector, cursor)).events).toEqual([]);
    peer.forum.hide(before, false);
    peer.forum.hide(fresh, false);
    const after = await drain(connector, cursor);
    expect(texts(after.events)).toEqual(['flagged at once']);
    expect(after.events.filter(({ kind }) => kind === 'removed')).toEqual([]);
  });

  it('loses no letter when reading the inbox is interrupted', async () => {
    const mei = peer.forum.addUser('mei');
    const begun = Date.now() - 100_000;
    for (let at = 1; at <= 70; at += 1)
      peer.forum.write(peer.forum.addTopic(`Letter ${String(at)}`, { allowed: [mei, peer.support] }), mei, `letter ${String(at)}`, {
        at: begun + at * 1_000,
      });
    let cursor: string | null = null;
    const found: string[] = [];
    // whoever reads is closed again and again: a laptop that is shut, a lease that moves
    for (const steps of [2, 31, 1, 40, 100]) {
      const connector = connect();
      for (let step = 0; step < steps; step += 1) {
        const batch: Awaited<ReturnType<ChannelConnector['pull']>> = await connector.pull(cursor, { maxMessages: 50, signal: never });
        found.push(...texts(batch.events));
        ({ cursor } = batch);
        if (!batch.more) break;
      }
      await connector[Symbol.asyncDispose]();
    }
    expect(found.toSorted()).toEqual(Array.from({ length: 70 }, (_, at) => `letter ${String(at + 1)}`).toSorted());
  });

  it('steps over whatever is no post', async () => {
    const mei = peer.forum.addUser('mei');
    const topic = peer.forum.addTopic('Odd');
    const connector = connect();
    const { cursor } = await drain(connector, null);
    peer.forum.write(topic, mei, 'good');
    peer.forum.poison([null, 7, [], { id: 'x' }, { id: 9_999_999 }, { id: 1e300, topic_id: {}, cooked: ['<p>'] }]);
    const next = await drain(connector, cursor);
    expect(texts(next.events)).toEqual(['good']);
  });
});

describe('the limits of a key', () => {
  it('keeps to them by itself, leaves room for answers, and shows what is left', async () => {
    await peer[Symbol.asyncDispose]();
    peer = await startForumPeer(ACCOUNT, { perMinute: 20, perDay: 2_880 });
    const mei = peer.forum.addUser('mei');
    peer.forum.write(peer.forum.addTopic('Busy'), mei, 'hello');
    let now = Date.now();
    const connector = peer.connector(
      { ...io(), clock: { now: () => instant(now) } },
      { timings: { limits: { perMinute: 20, perDay: 2_880, reserve: 0.2 } } },
    );
    connectors.push(connector);
    const abort = new AbortController();
    let { cursor } = await drain(connector, null);
    const before = peer.http.requests();
    // as long as it asks, and a while in which it could ask on
    const stopped = (async () => {
      await expect.poll(() => peer.http.requests(), { timeout: 20_000 }).toBeGreaterThanOrEqual(16);
      await new Promise((resolve) => setTimeout(resolve, 200));
      abort.abort();
    })();
    const forever = async (): Promise<never> => {
      for (;;) ({ cursor } = await connector.pull(cursor, { maxMessages: 50, signal: abort.signal }));
    };
    await expect(forever()).rejects.toMatchObject({ code: 'cancelled' });
    await stopped;
    expect(peer.http.requests()).toBe(16);
    expect(before).toBeLessThan(16);
    expect(health.at(-1)?.budget).toMatchObject({ limit: 20, left: 4 });
    // an answer is let through
    await expect(connector.send(answer(), hooks)).resolves.toMatchObject({ status: 'sent' });
    now += 61_000;
    await connector.pull(cursor, { maxMessages: 50, signal: never });
    expect(peer.http.requests()).toBeGreaterThan(17);
  });

  it.each(['seconds', 'date', 'json', 'none'] as const)('comes back when it is told to (%s), and not before', async (retryAfter) => {
    const connector = connect();
    const { cursor } = await drain(connector, null);
    peer.http.fault('pull', { kind: 'rate-limited', retryAfter, ms: 1_000 }, 1);
    const started = Date.now();
    const error: unknown = await connector.pull(cursor, { maxMessages: 50, signal: never }).catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'rate-limited', health: 'rate-limited' });
    const retryAt = error instanceof Error && 'retryAt' in error ? Number(error.retryAt) : 0;
    expect(retryAt - started).toBeGreaterThanOrEqual(retryAfter === 'none' ? 450 : 950);
    const asked = peer.http.requests();
    await expect(connector.pull(cursor, { maxMessages: 50, signal: never })).rejects.toMatchObject({ code: 'rate-limited' });
    await expect(connector.send(answer(), hooks)).resolves.toMatchObject({
      status: 'rejected',
      permanent: false,
      code: 'rate-limited',
      retryAt,
    });
    expect(peer.http.requests()).toBe(asked);
  });
});
