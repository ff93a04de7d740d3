import type { Asked, Reply } from '../http-peer.ts';
import { createFakeSignIn } from './fake-x-sign-in.ts';
import type { FakeSignIn } from './fake-x-sign-in.ts';
import { eventOf, FIELDS, invalid, postOf, problem } from './fake-x-views.ts';
import { lengthIn } from '../../../src/shared/domain/channel/outbound-limits.ts';

/**
 * A FAKE of X's API v2, written by us from X's published description (xdevplatform/docs, openapi.json of autumn 2026, and its pages on
 * rate limits, sign-in, direct messages and self-serve restrictions). It keeps state, and refuses what X refuses: unknown parameters and
 * fields, missing scopes, pages out of range, answers to who has not named us, doubles, and too many requests.
 */
export interface FakeXOptions {
  readonly now: () => number;
  /** By which names it knows posts: X renames them. */
  readonly speaks?: 'posts' | 'tweets';
  readonly limits?: Readonly<Record<string, number>>;
}

export interface FakeXUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly verified_type: 'none' | 'blue' | 'business' | 'government';
}

export interface FakeXPost {
  readonly id: string;
  readonly author: FakeXUser;
  readonly text: string;
  readonly at: number;
  readonly conversation: string;
  readonly repliedTo: string | null;
  readonly history: readonly string[];
}

export interface FakeXEvent {
  readonly id: string;
  readonly sender: FakeXUser;
  readonly text: string;
  readonly at: number;
  readonly conversation: string;
  readonly type: 'MessageCreate' | 'ParticipantsJoin';
}

/** What X allows in 15 minutes, per user. */
const LIMITS: Readonly<Record<string, number>> = { me: 75, mentions: 300, own: 900, dms: 15, dm: 15, post: 100, send: 15 };
const WINDOW_MS = 15 * 60_000;

const PAGING = ['max_results', 'pagination_token'];
export interface FakeX {
  readonly posts: readonly FakeXPost[];
  readonly events: readonly FakeXEvent[];
  addUser(username: string, about?: Partial<FakeXUser>): FakeXUser;
  write(author: FakeXUser, text: string, options?: { readonly at?: number; readonly answers?: FakeXPost }): FakeXPost;
  edit(post: FakeXPost, text: string): FakeXPost;
  direct(sender: FakeXUser, to: FakeXUser, text: string, at?: number): FakeXEvent;
  join(user: FakeXUser, conversation: string): void;
  readonly signIns: FakeSignIn;
  /** Entries in front of the next page of what is asked. */
  poison(entries: readonly unknown[]): void;
  answer(asked: Asked): Reply;
}

export function createFakeX(options: FakeXOptions): FakeX {
  const speaks = options.speaks ?? 'posts';
  const users = new Map<string, FakeXUser>();
  const posts: FakeXPost[] = [];
  const events: FakeXEvent[] = [];
  const signIns = createFakeSignIn(options.now);
  const used = new Map<string, { count: number; resetAt: number }>();
  let poisoned: readonly unknown[] = [];
  let next = 1_900_000_000_000_000_000n;
  const nextId = (): string => String((next += 1_000n));

  /** Counts the request; `x-rate-limit-*` are in every answer. */
  function limited(kind: string): { readonly headers: Record<string, string>; readonly refusal: Reply | null } {
    const now = options.now();
    const limit = options.limits?.[kind] ?? LIMITS[kind] ?? 100;
    const known = used.get(kind);
    const window = known === undefined || known.resetAt <= now ? { count: 0, resetAt: now + WINDOW_MS } : known;
    window.count += 1;
    used.set(kind, window);
    const headers = {
      'x-rate-limit-limit': String(limit),
      'x-rate-limit-remaining': String(Math.max(0, limit - window.count)),
      'x-rate-limit-reset': String(Math.ceil(window.resetAt / 1000)),
      date: new Date(now).toUTCString(),
    };
    const refusal = window.count > limit ? { ...problem(429, 'about:blank', 'Too Many Requests', 'Too Many Requests'), headers } : null;
    return { headers, refusal };
  }

  function checked(asked: Asked, known: readonly string[], expansions: readonly string[]): Reply | null {
    for (const [name, value] of asked.query) {
      if (!known.includes(name)) return invalid(`The query parameter [${name}] is not one of [${known.join(',')}]`);
      const allowed = name === 'expansions' ? expansions : (FIELDS[speaks][name] ?? null);
      const wrong = allowed === null ? undefined : value.split(',').find((each) => !allowed.includes(each));
      if (wrong !== undefined)
        return invalid(`The \`${name}\` query parameter value [${wrong}] is not one of [${(allowed ?? []).join(',')}]`);
    }
    return null;
  }

  function sized(asked: Asked, least: number, usual: number): number | Reply {
    const size = Number(asked.query.get('max_results') ?? usual);
    return Number.isInteger(size) && size >= least && size <= 100
      ? size
      : invalid(`The \`max_results\` query parameter value [${String(size)}] is not between ${String(least)} and 100`);
  }

  /** A page of what is there, newest first, as of the first page: tokens stand for an id. */
  function paged<T extends { readonly id: string }>(
    asked: Asked,
    all: readonly T[],
    size: number,
  ): { readonly page: readonly T[]; readonly meta: Record<string, unknown> } | Reply {
    const given = asked.query.get('pagination_token');
    const below = given === null ? null : /^7140w([0-9a-v]+)$/u.exec(given)?.[1];
    if (below === undefined) return invalid('The `pagination_token` query parameter value is invalid');
    const rest = all.toReversed().filter(({ id }) => below === null || BigInt(id) < parseBase32(below));
    const page = rest.slice(0, size);
    const last = page.at(-1);
    return {
      page,
      meta: {
        result_count: page.length,
        ...(page[0] === undefined ? {} : { newest_id: page[0].id, oldest_id: last?.id }),
        ...(rest.length > size && last !== undefined ? { next_token: `7140w${BigInt(last.id).toString(32)}` } : {}),
      },
    };
  }

  function included(asked: Asked, expansion: string, ids: readonly string[]): Record<string, unknown> {
    if (!(asked.query.get('expansions') ?? '').split(',').includes(expansion) || ids.length === 0) return {};
    return { includes: { users: [...new Set(ids)].flatMap((id) => users.get(id) ?? []) } };
  }

  function timeline(asked: Asked, all: readonly FakeXPost[]): Reply {
    const names = [
      ...PAGING,
      'start_time',
      'end_time',
      'since_id',
      'until_id',
      speaks === 'posts' ? 'post.fields' : 'tweet.fields',
      'expansions',
      'user.fields',
    ];
    const wrong = checked(asked, names, FIELDS[speaks]['post'] ?? []);
    if (wrong !== null) return wrong;
    const size = sized(asked, 5, 10);
    if (typeof size !== 'number') return size;
    const [since, until] = [asked.query.get('since_id'), asked.query.get('until_id')];
    if (since !== null && until !== null && BigInt(since) >= BigInt(until)) return invalid('`since_id` must be less than `until_id`');
    const from = Date.parse(asked.query.get('start_time') ?? '');
    const replaced = new Set(posts.flatMap(({ id, history }) => history.filter((each) => each !== id)));
    const chosen = all.filter(
      ({ id, at }) =>
        !replaced.has(id) &&
        (since === null || BigInt(id) > BigInt(since)) &&
        (until === null || BigInt(id) < BigInt(until)) &&
        (Number.isNaN(from) || at >= from),
    );
    const found = paged(asked, chosen, size);
    if ('status' in found) return found;
    const first = poisoned;
    poisoned = [];
    const data = [...first, ...found.page.map((post) => postOf(post, asked, speaks))];
    return {
      status: 200,
      body: {
        ...(data.length === 0 ? {} : { data }),
        ...included(
          asked,
          'author_id',
          found.page.map(({ author }) => author.id),
        ),
        meta: found.meta,
      },
    };
  }

  function directs(asked: Asked, me: FakeXUser, conversation: string | null): Reply {
    const wrong = checked(asked, [...PAGING, 'event_types', 'dm_event.fields', 'expansions', 'user.fields'], FIELDS[speaks]['dm'] ?? []);
    if (wrong !== null) return wrong;
    const size = sized(asked, 1, 100);
    if (typeof size !== 'number') return size;
    const types = asked.query.get('event_types')?.split(',') ?? ['MessageCreate', 'ParticipantsJoin', 'ParticipantsLeave'];
    const all = events.filter(
      ({ at, type, conversation: own }) =>
        at > options.now() - 30 * 86_400_000 &&
        types.includes(type) &&
        (conversation === null ? own.split('-').includes(me.id) : own === conversation),
    );
    const found = paged(asked, all, size);
    if ('status' in found) return found;
    const first = poisoned;
    poisoned = [];
    const data = [...first, ...found.page.map((event) => eventOf(event, asked))];
    return {
      status: 200,
      body: {
        ...(data.length === 0 ? {} : { data }),
        ...included(
          asked,
          'sender_id',
          found.page.map(({ sender }) => sender.id),
        ),
        meta: found.meta,
      },
    };
  }

  function create(asked: Asked, me: FakeXUser): Reply {
    const body = readBody(asked);
    const wrong = Object.keys(body).find(
      (name) => !['text', 'reply', 'quote_tweet_id', 'reply_settings', 'media', 'poll', 'made_with_ai'].includes(name),
    );
    if (wrong !== undefined) return invalid(`$.${wrong}: is not defined in the schema and the schema does not allow additional properties`);
    const text = typeof body['text'] === 'string' ? body['text'] : '';
    if (text === '') return invalid('$.text: is missing but it is required');
    const reply = body['reply'];
    const id = typeof reply === 'object' && reply !== null && 'in_reply_to_tweet_id' in reply ? reply.in_reply_to_tweet_id : null;
    const answered = id === null ? undefined : posts.find((each) => each.id === id);
    const forbidden = (detail: string): Reply => problem(403, 'about:blank', 'Forbidden', detail);
    if (lengthIn('weighted', text) > 280) return forbidden('You are not permitted to perform this action.');
    if ((text.match(/\$[A-Z]{1,6}\b/gu)?.length ?? 0) > 1) return forbidden('Posts may have at most one cashtag.');
    if (id !== null && answered === undefined) return invalid('You attempted to reply to a Post that is deleted or not visible to you.');
    if (answered !== undefined && !new RegExp(`@${me.username}\\b`, 'iu').test(answered.text))
      return forbidden(
        'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
      );
    const shown = answered === undefined ? text : `@${answered.author.username} ${text}`;
    if (posts.some((each) => each.author.id === me.id && each.text === shown && each.at > options.now() - 86_400_000))
      return forbidden('You are not allowed to create a Tweet with duplicate content.');
    const post = fake.write(me, shown, answered === undefined ? {} : { answers: answered });
    return { status: 201, body: { data: { id: post.id, text: post.text, edit_history_tweet_ids: [post.id] } } };
  }

  function send(asked: Asked, me: FakeXUser, conversation: string): Reply {
    const body = readBody(asked);
    const wrong = Object.keys(body).find((name) => !['text', 'attachments'].includes(name));
    if (wrong !== undefined) return invalid(`$.${wrong}: is not defined in the schema and the schema does not allow additional properties`);
    const text = typeof body['text'] === 'string' ? body['text'] : '';
    if (text === '') return invalid('$.text: is missing but it is required');
    if (Array.from(text).length > 10_000) return invalid('The text of your Direct Message is over the maximum character limit.');
    const other = users.get(conversation.split('-').find((id) => id !== me.id) ?? '');
    if (!conversation.split('-').includes(me.id) || other === undefined)
      return problem(403, 'about:blank', 'Forbidden', 'You are not a participant of this conversation.');
    const event = fake.direct(me, other, text);
    return { status: 201, body: { data: { dm_conversation_id: conversation, dm_event_id: event.id } } };
  }

  function route(
    asked: Asked,
    me: FakeXUser,
  ): { readonly kind: string; readonly scopes: readonly string[]; readonly run: () => Reply } | null {
    const name = `${asked.method} ${asked.path.replace(/^\/2\/users\/\d+\//u, '/2/users/ID/')}`;
    const reading = ['tweet.read', 'users.read'];
    const own = asked.path.startsWith(`/2/users/${me.id}/`);
    if (name === 'GET /2/users/me')
      return {
        kind: 'me',
        scopes: reading,
        run: () => ({ status: 200, body: { data: { id: me.id, username: me.username, name: me.name } } }),
      };
    if (name === 'GET /2/users/ID/mentions' && own)
      return {
        kind: 'mentions',
        scopes: reading,
        run: () =>
          timeline(
            asked,
            posts.filter(({ text, author }) => author.id !== me.id && new RegExp(`@${me.username}\\b`, 'iu').test(text)),
          ),
      };
    if (name === 'GET /2/users/ID/tweets' && own)
      return {
        kind: 'own',
        scopes: reading,
        run: () =>
          timeline(
            asked,
            posts.filter(({ author }) => author.id === me.id),
          ),
      };
    if (name === 'GET /2/dm_events') return { kind: 'dms', scopes: ['dm.read', ...reading], run: () => directs(asked, me, null) };
    if (name === 'POST /2/tweets') return { kind: 'post', scopes: ['tweet.write', ...reading], run: () => create(asked, me) };
    const [, conversation, what] = /^\/2\/dm_conversations\/([\d-]+)\/(dm_events|messages)$/u.exec(asked.path) ?? [];
    if (conversation !== undefined && what === 'dm_events' && asked.method === 'GET')
      return { kind: 'dm', scopes: ['dm.read', ...reading], run: () => directs(asked, me, conversation) };
    if (conversation !== undefined && what === 'messages' && asked.method === 'POST')
      return { kind: 'send', scopes: ['dm.write', 'dm.read', ...reading], run: () => send(asked, me, conversation) };
    return null;
  }

  const fake: FakeX = {
    posts,
    events,
    addUser: (username, about = {}) => {
      const user: FakeXUser = { id: String(1_000_000_000 + users.size), username, name: username, verified_type: 'none', ...about };
      users.set(user.id, user);
      return user;
    },
    write: (author, text, { at = options.now(), answers } = {}) => {
      const id = nextId();
      const post: FakeXPost = {
        id,
        author,
        text,
        at,
        conversation: answers?.conversation ?? id,
        repliedTo: answers?.id ?? null,
        history: [id],
      };
      posts.push(post);
      return post;
    },
    edit: (post, text) => {
      const id = nextId();
      const edited: FakeXPost = { ...post, id, text, at: options.now(), history: [...post.history, id] };
      posts.push(edited);
      return edited;
    },
    direct: (sender, to, text, at = options.now()) => {
      const conversation = [sender.id, to.id].toSorted((a, b) => Number(BigInt(a) - BigInt(b))).join('-');
      const event: FakeXEvent = { id: nextId(), sender, text, at, conversation, type: 'MessageCreate' };
      events.push(event);
      return event;
    },
    join: (user, conversation) => {
      events.push({ id: nextId(), sender: user, text: '', at: options.now(), conversation, type: 'ParticipantsJoin' });
    },
    signIns,
    poison: (entries) => {
      poisoned = entries;
    },
    answer: (asked) => {
      if (asked.path === '/2/oauth2/token') return signIns.token(asked);
      const session = signIns.session(asked);
      if (session === null) return problem(401, 'about:blank', 'Unauthorized', 'Unauthorized');
      const found = route(asked, session.user);
      if (found === null) return problem(404, 'resource-not-found', 'Not Found', 'Not Found');
      const { headers, refusal } = limited(found.kind);
      if (refusal !== null) return refusal;
      if (found.scopes.some((scope) => !session.scopes.includes(scope)))
        return {
          ...problem(
            403,
            'client-forbidden',
            'Forbidden',
            'Your client app is not configured with the appropriate oauth2 app permissions for this endpoint.',
          ),
          headers,
        };
      const reply = found.run();
      return { ...reply, headers: { ...reply.headers, ...headers } };
    },
  };
  return fake;
}

function parseBase32(text: string): bigint {
  return [...text].reduce((sum, digit) => sum * 32n + BigInt(Number.parseInt(digit, 32)), 0n);
}

function readBody(asked: Asked): Record<string, unknown> {
  if (asked.headers['content-type'] !== 'application/json') return {};
  const parsed: unknown = JSON.parse(asked.body.toString());
  return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
}
