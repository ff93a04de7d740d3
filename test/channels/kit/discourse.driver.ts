import type { Customer, Driver, Peer, Said } from './peer.ts';
import type { FakePost } from '../discourse/fake-discourse.ts';
import { startForumPeer } from '../discourse/forum-peer.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
import { CAPABILITIES } from '../../../src/shared/domain/channel/capabilities.ts';
import { instant } from '../../../src/shared/domain/time.ts';

/** What a forum should never hand us, and what it may hand us in years to come. */
const HOSTILE: readonly unknown[] = [
  null,
  'a string',
  [],
  { id: 'x' },
  { id: 9_000_001 },
  { id: 9_000_002, topic_id: {}, post_number: [], cooked: ['<p>'], user_id: '1', username: 4 },
  { id: 9_000_003, topic_id: 1, post_number: 1, user_id: 1, username: 'mei', created_at: 'yesterday', cooked: '<p>time</p>' },
  {
    id: 9_000_004,
    topic_id: 1,
    post_number: 1,
    user_id: 1,
    username: 'mei',
    created_at: '2026-01-01T00:00:00Z',
    cooked: 'x'.repeat(1_000_001),
  },
];

async function startPeer(): Promise<Peer> {
  const uid = accountIdFor('discourse', 'support@kit');
  const forum = await startForumPeer(uid);
  const people = {
    mei: forum.forum.addUser('mei', { name: 'Mei' }),
    jun: forum.forum.addUser('jun', { name: 'Jun' }),
    // the forum's own: what it says is no person's word
    robot: forum.forum.addUser('system', { id: -1, name: 'system', admin: true }),
  } as const satisfies Readonly<Record<Customer, unknown>>;
  // one talks in public, the others by private message
  const topics = {
    mei: forum.forum.addTopic('A question'),
    jun: forum.forum.addTopic('A letter', { allowed: [people.jun, forum.support] }),
    robot: forum.forum.addTopic('A notice', { allowed: [people.robot, forum.support] }),
  };
  const posts = new Map<string, FakePost>();
  const secrets = [forum.key];
  const settings = { kind: 'discourse', server: forum.http.origin, username: 'support', name: 'Forum', categories: [] } as const;
  const said = (ref: string): FakePost => {
    const post = posts.get(ref);
    if (post === undefined) throw new Error(`nothing is called ${ref}`);
    return post;
  };

  return {
    account: {
      uid,
      kind: 'discourse',
      address: 'support@kit',
      name: settings.name,
      tokenKey: '00'.repeat(32),
      createdAt: instant(0),
      removedAt: null,
      settings: null,
      channel: settings,
    },
    get secret() {
      return forum.key;
    },
    secrets,
    connector: (io, { secret, timings } = {}) =>
      forum.connector(io, {
        ...(secret === undefined ? {} : { key: secret }),
        // what the service allows is not what is tried here
        ...(timings === 'production' ? { timings: { requestMs: 15_000, pollMs: 30_000, pingMs: 15_000, pingDeadlineMs: 8_000 } } : {}),
      }),
    inject: async ({ text, from = 'mei', at, files = [] }: Said) => {
      const links = files.map(
        ({ name, type, bytes }) => `<a class="attachment" href="${forum.forum.upload(name, Buffer.from(bytes), type)}">${name}</a>`,
      );
      const post = forum.forum.write(topics[from], people[from], text, {
        ...(at === undefined ? {} : { at }),
        ...(links.length === 0 ? {} : { cooked: `<p>${text}</p><p>${links.join(' ')}</p>` }),
      });
      posts.set(String(post.id), post);
      return Promise.resolve(String(post.id));
    },
    edit: async (ref, text) => Promise.resolve(forum.forum.edit(said(ref), text)),
    remove: async (ref) => Promise.resolve(forum.forum.remove(said(ref), 'author')),
    sent: async () =>
      Promise.resolve(
        [...forum.forum.topics.values()]
          .flatMap((topic) => topic.posts)
          .filter(({ user }) => user === forum.support)
          .toSorted((a, b) => a.id - b.id)
          .map(({ raw }) => ({ text: raw, files: forum.forum.filesIn(raw) })),
      ),
    requests: () => forum.http.requests(),
    dropTcp: () => forum.http.dropTcp(),
    blackHole: () => forum.http.blackHole(),
    restore: async () => forum.http.restore(),
    fault: (where, fault, count) => forum.http.fault(where, fault, count),
    cutNextSend: (stage) => forum.http.cutNextSend(stage),
    rotateAuth: async () => {
      forum.forum.revoke(forum.key);
      forum.key = forum.forum.key(forum.support);
      secrets.push(forum.key);
      return Promise.resolve(forum.key);
    },
    restart: async () => forum.http.restart(),
    hostile: async () => {
      forum.forum.poison(HOSTILE);
      return Promise.resolve(HOSTILE.length);
    },
    settled: async () => Promise.resolve(),
    [Symbol.asyncDispose]: async () => forum[Symbol.asyncDispose](),
  };
}

export const discourseDriver: Driver = {
  connector: 'discourse',
  peer: 'fake forum',
  kind: 'fake',
  channel: 'community',
  capabilities: CAPABILITIES.community,
  reasons: {
    resetCursorDomain: 'ids of posts are never given out again',
    repeat: 'its pages overlap at every look: each check repeats everything',
    bounce: 'a post that can not be shown is refused at once',
    readAll: 'a forum tells nobody who has read a post',
    type: 'a forum tells nobody who types but by its own push',
    sawTyping: 'a forum tells nobody who types but by its own push',
  },
  retryForms: ['seconds', 'date', 'json', 'none'],
  byCommand: ['C8', 'C9', 'C11'],
  obstacle: () => null,
  start: startPeer,
};
