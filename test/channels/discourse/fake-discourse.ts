import { constants, publicEncrypt, randomBytes } from 'node:crypto';
import type { Asked, Reply } from '../http-peer.ts';
import { cook, createPost, error, forbidden, missing, takeUpload } from './fake-posting.ts';
import { page, postOf, topicListOf, topicOf } from './fake-serializers.ts';

/**
 * A FAKE forum, written by us from Discourse's published API description (discourse_api_docs, openapi.json of 2026-08) and, where that is
 * silent (keys of users, limits, paging, refusals), from its published source. It keeps state, and refuses what Discourse refuses; beyond
 * that it refuses parameters and fields that the description does not name, which the real one ignores.
 */
export interface FakeForumOptions {
  readonly now: () => number;
  /** How `before` pages: fifty posts below an id (today), or a window of fifty ids (before 2026). */
  readonly paging?: 'posts' | 'windows';
  readonly perMinute?: number;
  readonly perDay?: number;
  readonly minPostLength?: number;
  readonly uniquePostsMinutes?: number;
}

export interface FakeUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly admin: boolean;
  readonly moderator: boolean;
  readonly trustLevel: number;
}

export interface FakePost {
  readonly id: number;
  readonly topicId: number;
  readonly number: number;
  readonly type: number;
  readonly user: FakeUser;
  readonly createdAt: number;
  readonly replyTo: number | null;
  raw: string;
  cooked: string;
  updatedAt: number;
  version: number;
  isDeleted: boolean;
  isUserDeleted: boolean;
  /** Flagged by others until somebody has looked at it: everybody but staff is shown a notice in its place (BasicPostSerializer). */
  isHidden: boolean;
}

export interface FakeTopic {
  readonly id: number;
  readonly title: string;
  readonly categoryId: number | null;
  /** Null for a public topic. */
  readonly allowed: readonly number[] | null;
  readonly posts: FakePost[];
  isClosed: boolean;
  isDeleted: boolean;
}

interface FakeKey {
  readonly user: FakeUser;
  readonly scopes: readonly string[];
  isRevoked: boolean;
  asked: number[];
}

export interface FakeForum {
  readonly users: Map<string, FakeUser>;
  addUser(username: string, about?: Partial<FakeUser>): FakeUser;
  addTopic(title: string, options?: { readonly categoryId?: number; readonly allowed?: readonly FakeUser[] }): FakeTopic;
  /** A post as people write it on the page: none of the API's limits. `cooked` is made of the text unless it is given. */
  write(
    topic: FakeTopic,
    user: FakeUser,
    raw: string,
    options?: { readonly at?: number; readonly cooked?: string; readonly type?: number; readonly id?: number },
  ): FakePost;
  /** The number of a post that is being written, and is seen after others with higher ones. */
  reserve(): number;
  hide(post: FakePost, isHidden: boolean): void;
  edit(post: FakePost, raw: string): void;
  /** `author`: as its author takes it back; `staff`: gone for everybody else. */
  remove(post: FakePost, by: 'author' | 'staff'): void;
  upload(name: string, bytes: Buffer, type: string): string;
  /** Uploads that a post names. */
  filesIn(raw: string): readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** A key that was handed out before. */
  key(user: FakeUser, scopes?: readonly string[]): string;
  revoke(key: string): void;
  /** What a browser is shown by `/user-api-key/new` once its user has agreed: the payload, encrypted for whoever asked. */
  approve(address: string, user: FakeUser): { readonly payload: string; readonly redirect: string | null };
  /** Entries that no client may stumble over, in front of the next answer about public posts. */
  poison(entries: readonly unknown[]): void;
  readonly topics: Map<number, FakeTopic>;
  answer(asked: Asked): Reply;
}

const WRITING: ReadonlySet<string> = new Set(['POST', 'PUT', 'DELETE', 'PATCH']);

export function createFakeForum(options: FakeForumOptions): FakeForum {
  const users = new Map<string, FakeUser>();
  const topics = new Map<number, FakeTopic>();
  const keys = new Map<string, FakeKey>();
  const files = new Map<string, { readonly bytes: Buffer; readonly type: string }>();
  let poisoned: readonly unknown[] = [];
  let nextPost = 1;
  let nextTopic = 1;

  const maySee = (topic: FakeTopic, user: FakeUser): boolean =>
    !topic.isDeleted && (topic.allowed === null || topic.allowed.includes(user.id));
  const visible = (topic: FakeTopic): readonly FakePost[] => topic.posts.filter(({ isDeleted }) => !isDeleted);

  function limited(key: FakeKey): Reply | null {
    const now = options.now();
    key.asked = key.asked.filter((at) => at > now - 86_400_000);
    const [minute, day] = [options.perMinute ?? 20, options.perDay ?? 2_880];
    const lastMinute = key.asked.filter((at) => at > now - 60_000);
    const blocking =
      key.asked.length >= day ? (key.asked[0] ?? 0) + 86_400_000 : lastMinute.length >= minute ? (lastMinute[0] ?? 0) + 60_000 : 0;
    if (blocking === 0) {
      key.asked.push(now);
      return null;
    }
    const seconds = Math.max(1, Math.ceil((blocking - now) / 1000));
    return {
      ...error(
        429,
        `You've performed this action too many times. Please wait ${String(seconds)} seconds before trying again.`,
        'rate_limit',
        {
          extras: { wait_seconds: seconds, time_left: `${String(seconds)} seconds` },
        },
      ),
      headers: { 'retry-after': String(seconds) },
    };
  }

  function signedIn(asked: Asked): { readonly user: FakeUser } | Reply {
    const given = asked.headers['user-api-key'];
    if (typeof given !== 'string') return error(403, 'You need to be logged in to do that.', 'not_logged_in');
    const key = keys.get(given);
    if (key === undefined || key.isRevoked) return forbidden();
    const refused = limited(key);
    if (refused !== null) return refused;
    const isAllowed = key.scopes.includes('write') || (key.scopes.includes('read') && !WRITING.has(asked.method));
    return isAllowed ? { user: key.user } : forbidden();
  }

  function unknownParameter(asked: Asked, known: readonly string[]): Reply | null {
    const wrong = [...asked.query.keys()].find((name) => !known.includes(name));
    return wrong === undefined ? null : error(400, `unknown parameter ${wrong}`, 'invalid_parameters');
  }

  function latestPosts(asked: Asked, user: FakeUser): Reply {
    const before = Number(asked.query.get('before') ?? 0);
    const all = [...topics.values()]
      .filter((topic) => topic.allowed === null && maySee(topic, user))
      .flatMap((topic) => visible(topic).map((post) => ({ topic, post })))
      .filter(({ post }) => post.type === 1)
      .toSorted((a, b) => b.post.id - a.post.id);
    const last = before > 0 ? before : nextPost - 1;
    const shown =
      options.paging === 'windows'
        ? all.filter(({ post }) => post.id <= last && post.id > last - page)
        : all.filter(({ post }) => before <= 0 || post.id < before).slice(0, page);
    const first = poisoned;
    poisoned = [];
    return {
      status: 200,
      body: {
        latest_posts: [
          ...first,
          ...shown.map(({ topic, post }) => ({ ...postOf(post, user, true), topic_title: topic.title, category_id: topic.categoryId })),
        ],
      },
    };
  }

  function inbox(asked: Asked, user: FakeUser, username: string, onlySent: boolean): Reply {
    if (username.toLowerCase() !== user.username.toLowerCase() && !user.admin) return forbidden();
    const at = Number(asked.query.get('page') ?? 0);
    const all = [...topics.values()]
      .filter((topic) => topic.allowed !== null && maySee(topic, user))
      .filter(({ posts }) => posts.every((post) => post.user.id === user.id) === onlySent)
      .toSorted((a, b) => (b.posts.at(-1)?.createdAt ?? 0) - (a.posts.at(-1)?.createdAt ?? 0));
    return {
      status: 200,
      body: topicListOf(
        all.slice(at * 30, at * 30 + 30),
        all.length > at * 30 + 30 ? `/topics/private-messages/${username}?page=${String(at + 1)}` : null,
      ),
    };
  }

  function routed(asked: Asked, user: FakeUser): Reply {
    switch (`${asked.method} ${asked.path}`) {
      case 'GET /session/current.json': {
        const { id, username, name, admin, moderator } = user;
        return { status: 200, body: { current_user: { id, username, name, admin, moderator } } };
      }
      case 'GET /posts.json':
        return unknownParameter(asked, ['before']) ?? latestPosts(asked, user);
      case 'POST /posts.json':
        return createPost(forum, options, asked, user);
      case 'POST /uploads.json':
        return takeUpload(forum, asked);
    }
    if (asked.method !== 'GET') return missing();
    const [, sent, username] = /^\/topics\/private-messages(-sent)?\/([^/]+)\.json$/u.exec(asked.path) ?? [];
    if (username !== undefined)
      return unknownParameter(asked, ['page']) ?? inbox(asked, user, decodeURIComponent(username), sent !== undefined);
    return topicRoute(asked, user);
  }

  function topicRoute(asked: Asked, user: FakeUser): Reply {
    const [, topicId, isPosts] = /^\/t\/(\d+)(\/posts)?\.json$/u.exec(asked.path) ?? [];
    const topic = topics.get(Number(topicId));
    if (topicId === undefined || topic === undefined || topic.isDeleted) return missing();
    if (!maySee(topic, user)) return forbidden();
    if (isPosts === undefined) return unknownParameter(asked, []) ?? { status: 200, body: topicOf(topic, visible(topic), user) };
    const wrong = unknownParameter(asked, ['post_ids[]', 'include_raw']);
    if (wrong !== null) return wrong;
    const ids = asked.query.getAll('post_ids[]').map(Number);
    const withRaw = asked.query.get('include_raw') === 'true';
    const chosen = visible(topic).filter(({ id }) => ids.includes(id));
    return { status: 200, body: { post_stream: { posts: chosen.map((post) => postOf(post, user, withRaw)) }, id: topic.id } };
  }

  const forum: FakeForum = {
    users,
    topics,
    addUser: (username, about = {}) => {
      const user: FakeUser = {
        id: about.id ?? users.size + 1,
        username,
        name: '',
        admin: false,
        moderator: false,
        trustLevel: 1,
        ...about,
      };
      users.set(username, user);
      return user;
    },
    addTopic: (title, { categoryId, allowed } = {}) => {
      const topic: FakeTopic = {
        id: nextTopic,
        title,
        categoryId: allowed === undefined ? (categoryId ?? 5) : null,
        allowed: allowed?.map(({ id }) => id) ?? null,
        posts: [],
        isClosed: false,
        isDeleted: false,
      };
      nextTopic += 1;
      topics.set(topic.id, topic);
      return topic;
    },
    write: (topic, user, raw, { at = options.now(), cooked = cook(raw), type = 1, id = forum.reserve() } = {}) => {
      const post: FakePost = {
        id,
        topicId: topic.id,
        number: topic.posts.length + 1,
        type,
        user,
        createdAt: at,
        replyTo: null,
        raw,
        cooked,
        updatedAt: at,
        version: 1,
        isDeleted: false,
        isUserDeleted: false,
        isHidden: false,
      };
      topic.posts.push(post);
      return post;
    },
    reserve: () => {
      nextPost += 1;
      return nextPost - 1;
    },
    hide: (post, isHidden) => {
      post.isHidden = isHidden;
      post.updatedAt = Math.max(options.now(), post.updatedAt + 1);
    },
    edit: (post, raw) => {
      post.raw = raw;
      post.cooked = cook(raw);
      post.updatedAt = Math.max(options.now(), post.updatedAt + 1);
      post.version += 1;
    },
    remove: (post, by) => {
      if (by === 'staff') post.isDeleted = true;
      else {
        post.isUserDeleted = true;
        forum.edit(post, '(post deleted by author)');
      }
    },
    upload: (name, bytes, type) => {
      const path = `/uploads/short-url/${randomBytes(8).toString('hex')}.${name.split('.').at(-1) ?? 'bin'}`;
      files.set(path, { bytes, type });
      return path;
    },
    filesIn: (raw) =>
      [...raw.matchAll(/\[([^\]|]+)[^\]]*\]\(upload:\/\/([^)]+)\)/gu)].flatMap(([, name = '', path = '']) => {
        const file = files.get(`/uploads/short-url/${path}`);
        return file === undefined ? [] : [{ name, bytes: file.bytes }];
      }),
    key: (user, scopes = ['read', 'write']) => {
      const key = randomBytes(16).toString('hex');
      keys.set(key, { user, scopes, isRevoked: false, asked: [] });
      return key;
    },
    revoke: (key) => {
      const known = keys.get(key);
      if (known !== undefined) known.isRevoked = true;
    },
    approve: (address, user) => {
      const { pathname, searchParams } = new URL(address);
      const given = (name: string): string => {
        const value = searchParams.get(name) ?? '';
        if (value === '') throw new Error(`param is missing or the value is empty: ${name}`);
        return value;
      };
      if (pathname !== '/user-api-key/new') throw new Error('404');
      const [nonce, scopes, publicKey] = [given('nonce'), given('scopes').split(','), given('public_key')];
      given('client_id');
      given('application_name');
      if (
        scopes.some(
          (scope) => !['read', 'write', 'message_bus', 'push', 'notifications', 'session_info', 'one_time_password'].includes(scope),
        )
      )
        throw new Error('invalid access');
      const padding = searchParams.get('padding') === 'oaep' ? constants.RSA_PKCS1_OAEP_PADDING : constants.RSA_PKCS1_PADDING;
      const clear = JSON.stringify({ key: forum.key(user, scopes), nonce, push: false, api: 4 });
      const base64 = publicEncrypt({ key: publicKey, padding }, Buffer.from(clear)).toString('base64');
      // as Ruby's Base64.encode64 breaks lines
      const payload = base64.replaceAll(/.{60}/gu, '$&\n') + (base64.length % 60 === 0 ? '' : '\n');
      const redirect = searchParams.get('auth_redirect');
      return { payload, redirect: redirect === null ? null : `${redirect}?payload=${encodeURIComponent(payload)}` };
    },
    poison: (entries) => {
      poisoned = entries;
    },
    answer: (asked) => {
      if (asked.path === '/srv/status') return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('ok') };
      const file = files.get(asked.path);
      if (file !== undefined) return { status: 200, headers: { 'content-type': file.type }, body: file.bytes };
      const me = signedIn(asked);
      return 'user' in me ? routed(asked, me.user) : me;
    },
  };
  return forum;
}
