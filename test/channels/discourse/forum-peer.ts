import type { AccountId } from '../../../src/shared/domain/ids.ts';
import { createDiscourseConnector } from '../../../src/main/engine/channels/discourse/discourse-connector.ts';
import type { ForumTimings } from '../../../src/main/engine/channels/discourse/forum-account.ts';
import type { ChannelConnector, ConnectorIo } from '../../../src/main/engine/channels/connector.ts';
import { startHttpPeer } from '../http-peer.ts';
import type { HttpPeer } from '../http-peer.ts';
import { createFakeForum } from './fake-discourse.ts';
import type { FakeForum, FakeForumOptions, FakeUser } from './fake-discourse.ts';

export const QUICK_FORUM: Partial<ForumTimings> = {
  requestMs: 4_000,
  pollMs: 150,
  pingMs: 100,
  pingDeadlineMs: 1_000,
  recheckMs: 0,
  unnamedWaitMs: 500,
  limits: { perMinute: 10_000, perDay: 1_000_000, reserve: 0.2 },
};

/** A FAKE forum on a port of this machine, with the account `support` and its key. */
export interface ForumPeer extends AsyncDisposable {
  readonly http: HttpPeer;
  readonly forum: FakeForum;
  readonly support: FakeUser;
  key: string;
  connector(
    io: ConnectorIo,
    about?: { readonly key?: string; readonly categories?: readonly number[]; readonly timings?: Partial<ForumTimings> },
  ): ChannelConnector;
}

export async function startForumPeer(accountId: AccountId, options: Partial<FakeForumOptions> = {}): Promise<ForumPeer> {
  const forum = createFakeForum({ now: Date.now, perMinute: 10_000, perDay: 1_000_000, minPostLength: 1, ...options });
  const support = forum.addUser('support', { name: 'Team Support', trustLevel: 4 });
  const http = await startHttpPeer({
    answer: (asked) => forum.answer(asked),
    areaOf: ({ method, path }) =>
      method === 'POST' && path === '/posts.json' ? 'send' : /^\/(posts|t|topics)\b/u.test(path) && method === 'GET' ? 'pull' : null,
    rateLimited: ({ retryAfter, ms }) => {
      const seconds = Math.ceil(ms / 1000);
      const now = Date.now();
      return {
        status: 429,
        headers:
          retryAfter === 'seconds'
            ? { 'retry-after': String(seconds) }
            : retryAfter === 'date'
              ? { 'retry-after': new Date(Math.ceil((now + ms) / 1000) * 1000).toUTCString(), date: new Date(now).toUTCString() }
              : {},
        body: {
          errors: ['You’ve performed this action too many times.'],
          error_type: 'rate_limit',
          ...(retryAfter === 'json' ? { extras: { wait_seconds: seconds } } : {}),
        },
      };
    },
  });
  const peer: ForumPeer = {
    http,
    forum,
    support,
    key: forum.key(support),
    connector: (io, { key = peer.key, categories = [], timings = {} } = {}) =>
      createDiscourseConnector(
        { accountId, server: http.origin, username: 'support', categories, key },
        { ...io, timings: { ...QUICK_FORUM, ...timings } },
      ),
    [Symbol.asyncDispose]: async () => http[Symbol.asyncDispose](),
  };
  return peer;
}
