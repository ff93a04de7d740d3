import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelConnector, ConnectorIo, Health, OutboundMessage } from '../../../src/main/engine/channels/connector.ts';
import { checkDiscourse } from '../../../src/main/engine/channels/discourse/check-discourse.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { instant } from '../../../src/shared/domain/time.ts';
import type { FakeTopic } from './fake-discourse.ts';
import { startForumPeer } from './forum-peer.ts';
import type { ForumPeer } from './forum-peer.ts';

const never = new AbortController().signal;
let peer: ForumPeer;
let health: Health[] = [];
let logged: string[] = [];
let topic: FakeTopic;
let connector: ChannelConnector;

const io = (): ConnectorIo => ({
  clock: { now: () => instant(Date.now()) },
  log: (level, message, fields) => logged.push(JSON.stringify({ level, message, fields })),
  onHealth: (each) => health.push(each),
});
const answer = (more: Partial<OutboundMessage> = {}): OutboundMessage => ({
  outboxId: makeId('out', 'one'),
  clientKey: '<one@forum>',
  subject: '',
  to: [],
  cc: [],
  text: 'Please send us the transaction id.\n\nThank you 🙏',
  parentKeys: [],
  threadToken: null,
  attachments: [],
  conversation: 'topic:1',
  inReplyTo: '2/2',
  writtenAt: instant(Date.now()),
  ...more,
});
let handed = 0;
const hooks = { onHandover: () => (handed += 1), signal: never };
const posted = (): string[] => topic.posts.filter(({ user }) => user === peer.support).map(({ raw }) => raw);

beforeEach(async () => {
  peer = await startForumPeer(makeId('acc', 'forum'));
  [health, logged, handed] = [[], [], 0];
  const mei = peer.forum.addUser('mei');
  topic = peer.forum.addTopic('Stuck');
  peer.forum.write(topic, mei, 'help');
  peer.forum.write(topic, mei, 'anybody?');
  connector = peer.connector(io());
});
afterEach(async () => {
  await connector[Symbol.asyncDispose]();
  await peer[Symbol.asyncDispose]();
});

describe('answering on a forum', () => {
  it('posts into the topic, and knows the post again', async () => {
    await expect(connector.send(answer(), hooks)).resolves.toMatchObject({ status: 'sent', refused: [] });
    expect(handed).toBe(1);
    expect(posted()).toEqual([answer().text]);
    const { events } = await connector.pull(null, { maxMessages: 50, signal: never });
    const own = events.flatMap((each) => (each.kind === 'message' && each.message.direction === 'out' ? [each.message] : []));
    expect(own).toMatchObject([{ thread: { ownKey: '<one@forum>' }, text: answer().text }]);
    await expect(connector.reconcile('<one@forum>', never, answer())).resolves.toBe('sent');
  });

  it('puts files beside the words', async () => {
    const bytes = Buffer.from('%PDF-1');
    await connector.send(answer({ attachments: [{ name: 'how "to".pdf', type: 'application/pdf', bytes }] }), hooks);
    expect(posted()[0]).toMatch(/Thank you 🙏\n\n\[how _to_\.pdf\|attachment\]\(upload:\/\/[0-9a-f]{16}\.pdf\)$/u);
    // found again by its words, although there is more in the post
    await expect(connector.reconcile('<one@forum>', never, answer())).resolves.toBe('sent');
  });

  it.each([
    ['too long', { text: 'ü'.repeat(32_001) }, 'text-too-long'],
    ['a file too large', { attachments: [{ name: 'a', type: 'a/b', bytes: new Uint8Array(4 * 1024 * 1024 + 1) }] }, 'file-too-large'],
    ['nowhere', { conversation: 'chat:1' }, 'no-conversation'],
  ] as const)('refuses what is %s before the wire', async (_what, more, code) => {
    await expect(connector.send(answer(more), hooks)).resolves.toMatchObject({ status: 'rejected', permanent: true, code });
    expect([peer.http.requests(), handed]).toEqual([0, 0]);
    await expect(connector.send(answer({ text: 'ü'.repeat(32_000) }), hooks)).resolves.toMatchObject({ status: 'sent' });
  });

  it('tells what the forum says: repeated, closed, gone, not ours', async () => {
    await connector.send(answer(), hooks);
    await using other = peer.connector(io());
    // somebody who did not see the first one sent cannot tell it from this one: it is there
    await expect(other.send(answer({ clientKey: '<two@forum>' }), hooks)).resolves.toMatchObject({ status: 'sent' });
    await expect(connector.send(answer({ clientKey: '<three@forum>' }), hooks)).resolves.toMatchObject({
      status: 'rejected',
      permanent: true,
      code: 'message-repeated',
      detail: 'Body is too similar to what you recently posted',
    });
    expect(posted()).toHaveLength(1);
    topic.isClosed = true;
    await expect(connector.send(answer({ text: 'Something else' }), hooks)).resolves.toMatchObject({
      permanent: true,
      code: 'not-permitted',
    });
    topic.isDeleted = true;
    await expect(connector.send(answer({ text: 'Something else' }), hooks)).resolves.toMatchObject({ permanent: true, code: 'not-found' });
  });

  it.each([
    ['connect', 'thrown', 0, 'undecided'],
    ['body', 'unknown', 0, 'not-found'],
    ['answer', 'unknown', 1, 'sent'],
    ['half-answer', 'unknown', 1, 'sent'],
  ] as const)('cut off at "%s" it is never said to be sent without proof', async (stage, outcome, copies, found) => {
    peer.http.cutNextSend(stage);
    const result = await connector.send(answer(), hooks).then(
      ({ status }) => status,
      () => 'thrown',
    );
    await peer.http.restore();
    expect([result, posted().length]).toEqual([outcome, copies]);
    expect(handed).toBe(stage === 'connect' ? 0 : 1);
    if (found === 'undecided') return;
    await expect(connector.reconcile('<one@forum>', never)).resolves.toBe(found);
    // after a crash nothing is remembered but what the engine stored
    await using fresh = peer.connector(io());
    await expect(fresh.reconcile('<one@forum>', never)).resolves.toBe('undecidable');
    await expect(fresh.reconcile('<one@forum>', never, answer())).resolves.toBe(found);
    // somebody else's identical words prove nothing
    const mei = peer.forum.users.get('mei');
    if (mei !== undefined) peer.forum.write(topic, mei, 'Words of two people');
    await expect(fresh.reconcile('<x@forum>', never, answer({ text: 'Words of two people' }))).resolves.toBe('not-found');
  });

  it('looks back to when it was written, however busy the topic was since', async () => {
    const mei = peer.forum.users.get('mei');
    if (mei === undefined) throw new Error('mei');
    peer.http.cutNextSend('answer');
    await expect(connector.send(answer(), hooks)).resolves.toMatchObject({ status: 'unknown' });
    await peer.http.restore();
    for (let at = 1; at <= 45; at += 1) peer.forum.write(topic, mei, `me too ${String(at)}`);
    await using fresh = peer.connector(io());
    await expect(fresh.reconcile('<one@forum>', never, answer())).resolves.toBe('sent');
    // what can not be looked at is not said to be missing
    for (let at = 1; at <= 200; at += 1) peer.forum.write(topic, mei, `and me ${String(at)}`);
    await using later = peer.connector(io());
    await expect(later.reconcile('<one@forum>', never, answer())).resolves.toBe('undecidable');
  });

  it('a gateway that gives up may have lost a good answer', async () => {
    peer.http.fault('send', { kind: 'server-error' }, 1);
    await expect(connector.send(answer(), hooks)).resolves.toMatchObject({ status: 'unknown' });
    peer.http.fault('send', { kind: 'slow', ms: 600 }, 1);
    await using hasty = peer.connector(io(), { timings: { requestMs: 200 } });
    await expect(hasty.send(answer(), hooks)).resolves.toMatchObject({ status: 'unknown' });
  });

  it('a key that was revoked stops the channel and is not told', async () => {
    await connector.connect(never);
    peer.forum.revoke(peer.key);
    await expect(connector.pull(null, { maxMessages: 5, signal: never })).rejects.toMatchObject({
      code: 'not-permitted',
      health: 'auth',
      retryable: false,
    });
    await expect(connector.connect(never)).rejects.toMatchObject({ code: 'sign-in-expired', health: 'auth', retryable: false });
    await expect(connector.send(answer(), hooks)).resolves.toMatchObject({ status: 'rejected', permanent: false, code: 'sign-in-expired' });
    expect(JSON.stringify([health, logged])).not.toContain(peer.key);
    const settings = { kind: 'discourse', server: `${peer.http.origin}/`, username: 'x', name: 'Forum', categories: [] } as const;
    await expect(checkDiscourse(settings, peer.key, never)).resolves.toMatchObject({ ok: false, code: 'sign-in-expired' });
    const key = peer.forum.key(peer.support);
    await expect(checkDiscourse(settings, key, never)).resolves.toEqual({
      ok: true,
      settings: { ...settings, server: peer.http.origin, username: 'support' },
    });
  });

  it('a key that may only read can not answer', async () => {
    await using reader = peer.connector(io(), { key: peer.forum.key(peer.support, ['read']) });
    await expect(reader.pull(null, { maxMessages: 5, signal: never })).resolves.toMatchObject({ more: true });
    await expect(reader.send(answer(), hooks)).resolves.toMatchObject({ status: 'rejected', permanent: true, code: 'not-permitted' });
  });
});

describe('a forum that can not be reached', () => {
  it('is noticed while waiting, and wakes the engine when there may be news', async () => {
    let woken = 0;
    const watching = connector.watch(() => (woken += 1), never);
    await expect.poll(() => woken).toBeGreaterThan(1);
    peer.http.blackHole();
    await expect(watching).rejects.toMatchObject({ code: 'timeout', health: 'offline' });
    expect(health.at(-1)).toMatchObject({ state: 'offline', code: 'timeout' });
    await peer.http.restore();
    await connector.connect(never);
    expect(health.at(-1)).toMatchObject({ state: 'ok' });
    peer.http.dropTcp();
    await expect(connector.pull(null, { maxMessages: 5, signal: never })).resolves.toMatchObject({ more: true });
  });

  it('ends at once when it is closed, whatever it waits for', async () => {
    peer.http.blackHole();
    const open = [
      connector.connect(never),
      connector.pull(null, { maxMessages: 5, signal: never }),
      connector.reconcile('<one@forum>', never, answer()),
      connector.send(answer(), hooks),
      connector.watch(() => {}, never),
    ].map(async (work) =>
      work.then(
        () => 'done',
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : 'error'),
      ),
    );
    const started = Date.now();
    await connector[Symbol.asyncDispose]();
    expect(await Promise.all(open)).toEqual(['cancelled', 'cancelled', 'cancelled', expect.stringMatching(/done|cancelled/u), 'done']);
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});
