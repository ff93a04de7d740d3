import type { Customer, Driver, Peer, Said } from './peer.ts';
import type { FakeXPost } from '../x/fake-x.ts';
import { startXPeer } from '../x/x-peer.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
import { CAPABILITIES } from '../../../src/shared/domain/channel/capabilities.ts';
import { instant } from '../../../src/shared/domain/time.ts';

/** What X should never hand us, and what it may hand us in years to come. */
const HOSTILE: readonly unknown[] = [
  null,
  7,
  [],
  { id: 12 },
  { id: '12; DROP TABLE', text: 'x' },
  { id: '13', text: { deep: [] }, author_id: [] },
  { id: '14', text: 'time', author_id: '1', created_at: 'yesterday' },
  { id: '15', text: 'x'.repeat(100_001), author_id: '1', created_at: '2026-01-01T00:00:00Z' },
  { id: '16', event_type: 'HologramCreate', sender_id: '1', dm_conversation_id: '../..', created_at: '2026-01-01T00:00:00Z' },
];

async function startPeer(): Promise<Peer> {
  const uid = accountIdFor('x', '1000000000');
  const peer = await startXPeer(uid);
  const people = {
    mei: peer.x.addUser('mei_c', { name: 'Mei' }),
    jun: peer.x.addUser('jun_w', { name: 'Jun', verified_type: 'blue' }),
    robot: peer.x.addUser('robot', { name: 'Robot' }),
  } as const satisfies Readonly<Record<Customer, unknown>>;
  const posts = new Map<string, FakeXPost>();
  /** The thread in which one of them talks with us in public; the others write in private. */
  let thread: FakeXPost | null = null;
  const secrets: string[] = [];
  const note = (secret: string): void => {
    const { accessToken, refreshToken } = JSON.parse(secret) as { readonly accessToken: string; readonly refreshToken: string };
    secrets.push(accessToken, refreshToken);
  };
  note(peer.secret);
  const settings = {
    kind: 'x',
    userId: peer.us.id,
    handle: peer.us.username,
    name: 'Acme Help',
    clientId: 'client-of-ours',
    mentions: true,
    directMessages: true,
    monthlyBudgetUsd: null,
    server: peer.http.origin,
  } as const;

  return {
    account: {
      uid,
      kind: 'x',
      address: peer.us.id,
      name: settings.name,
      tokenKey: '00'.repeat(32),
      createdAt: instant(0),
      removedAt: null,
      settings: null,
      channel: settings,
    },
    get secret() {
      return peer.secret;
    },
    secrets,
    connector: (io, { secret, timings } = {}) =>
      peer.connector(io, {
        ...(secret === undefined ? {} : { secret }),
        ...(timings === 'production' ? { timings: { requestMs: 15_000, pollMs: 90_000, pingMs: 15_000, pingDeadlineMs: 8_000 } } : {}),
      }),
    inject: async ({ text, from = 'mei', at }: Said) => {
      const when = at === undefined ? {} : { at };
      if (from !== 'mei') return Promise.resolve(peer.x.direct(people[from], peer.us, text, at).id);
      const post = peer.x.write(people.mei, `@acme_help ${text}`, { ...when, ...(thread === null ? {} : { answers: thread }) });
      thread ??= post;
      posts.set(post.id, post);
      return Promise.resolve(post.id);
    },
    edit: async (ref, text) => {
      const post = posts.get(ref);
      if (post === undefined) throw new Error(`nothing is called ${ref}`);
      posts.set(ref, peer.x.edit(post, `@acme_help ${text}`));
      return Promise.resolve();
    },
    sent: async () =>
      Promise.resolve(
        [...peer.x.posts.filter(({ author }) => author === peer.us), ...peer.x.events.filter(({ sender }) => sender === peer.us)]
          .toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)))
          .map(({ text }) => ({ text: text.replace(/^@mei_c /u, ''), files: [] })),
      ),
    requests: () => peer.http.requests(),
    dropTcp: () => peer.http.dropTcp(),
    blackHole: () => peer.http.blackHole(),
    restore: async () => peer.http.restore(),
    fault: (where, fault, count) => peer.http.fault(where, fault, count),
    cutNextSend: (stage) => peer.http.cutNextSend(stage),
    rotateAuth: async () => {
      peer.x.signIns.revokeAll();
      peer.secret = JSON.stringify(peer.x.signIns.grant(peer.us));
      note(peer.secret);
      return Promise.resolve(peer.secret);
    },
    restart: async () => peer.http.restart(),
    hostile: async () => {
      peer.x.poison(HOSTILE);
      return Promise.resolve(HOSTILE.length);
    },
    settled: async () => Promise.resolve(),
    [Symbol.asyncDispose]: async () => peer[Symbol.asyncDispose](),
  };
}

export const xDriver: Driver = {
  connector: 'x',
  peer: 'fake X API',
  kind: 'fake',
  channel: 'x',
  capabilities: CAPABILITIES.x,
  reasons: {
    resetCursorDomain: 'ids tell the time and are never given out again',
    repeat: 'the newest message is asked for at every look',
    bounce: 'what can not be delivered is refused at once',
    remove: 'the timeline of mentions leaves out what was deleted and does not say so',
    readAll: 'the programming interface tells nobody who has read',
    type: 'the programming interface tells nobody who types',
    sawTyping: 'the programming interface tells nobody who types',
  },
  // `json` stands for X's own way: the header x-rate-limit-reset
  retryForms: ['seconds', 'date', 'json', 'none'],
  byCommand: ['C8', 'C9', 'C11'],
  obstacle: () => null,
  start: startPeer,
};
