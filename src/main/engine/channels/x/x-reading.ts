import type { Instant } from '../../../../shared/domain/time.ts';
import { instantAt, listAt, objectAt, objectsIn, textAt } from '../json-reading.ts';
import type { JsonObject } from '../json-reading.ts';

/**
 * X renames tweets to posts in its description while its pages still show the old names. Asked by one, a server that knows only the other
 * answers 400: then the other is used.
 */
export type Dialect = 'posts' | 'tweets';

export const POST_QUERY: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  posts: {
    'post.fields': 'conversation_id,created_at,entities,lang,note_post,text',
    expansions: 'author_id',
    'user.fields': 'name,username,verified_type',
  },
  tweets: {
    'tweet.fields': 'author_id,conversation_id,created_at,edit_history_tweet_ids,entities,lang,note_tweet,referenced_tweets,text',
    expansions: 'author_id',
    'user.fields': 'name,username,verified_type',
  },
};

export const DM_QUERY: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  posts: {
    event_types: 'MessageCreate',
    'dm_event.fields': 'created_at,dm_conversation_id,entities,event_type,id,text',
    expansions: 'sender_id',
    'user.fields': 'name,username,verified_type',
  },
  tweets: {
    event_types: 'MessageCreate',
    'dm_event.fields': 'created_at,dm_conversation_id,entities,event_type,id,sender_id,text',
    expansions: 'sender_id',
    'user.fields': 'name,username,verified_type',
  },
};

export interface XUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly verifiedType: string | null;
}

export interface XPost {
  readonly id: string;
  /** The first version of a post that was edited; its own id otherwise. */
  readonly firstId: string;
  readonly isEdited: boolean;
  readonly authorId: string;
  readonly conversationId: string;
  readonly createdAt: Instant;
  readonly text: string;
  /** Accounts that are named in it, in lower case. */
  readonly mentions: readonly string[];
  readonly repliedTo: string | null;
}

export interface XDirect {
  readonly id: string;
  readonly senderId: string;
  readonly conversationId: string;
  readonly createdAt: Instant;
  readonly text: string;
}

export interface XPage<T> {
  readonly items: readonly T[];
  /** Ids of everything that was answered, also of what could not be read. */
  readonly ids: readonly string[];
  readonly users: ReadonlyMap<string, XUser>;
  readonly nextToken: string | null;
}

const ID = /^\d{1,19}$/u;
const LONGEST = 100_000;

function idAt(object: JsonObject, key: string): string | null {
  const id = textAt(object, key);
  return id !== null && ID.test(id) ? id : null;
}

/** Ids are numbers too large for JavaScript, and ordered by time. */
export function compareIds(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}

export function readPosts(answer: unknown): XPage<XPost> {
  return readPage(answer, readPost);
}

export function readDirects(answer: unknown): XPage<XDirect> {
  return readPage(answer, readDirect);
}

function readPage<T>(answer: unknown, read: (object: JsonObject) => T | null): XPage<T> {
  const objects = objectsIn(listAt(answer, 'data'));
  const users = new Map<string, XUser>();
  for (const user of objectsIn(listAt(answer, 'includes', 'users'))) {
    const id = idAt(user, 'id');
    if (id === null) continue;
    const verified = textAt(user, 'verified_type');
    users.set(id, {
      id,
      username: (textAt(user, 'username') ?? '').slice(0, 50),
      name: (textAt(user, 'name') ?? '').slice(0, 200),
      verifiedType: verified === null || verified === 'none' ? null : verified.slice(0, 30),
    });
  }
  return {
    items: objects.map(read).filter((each) => each !== null),
    ids: objects.map((each) => idAt(each, 'id')).filter((each) => each !== null),
    users,
    nextToken: textAt(objectAt(answer, 'meta'), 'next_token'),
  };
}

function readPost(post: JsonObject): XPost | null {
  const id = idAt(post, 'id');
  const authorId = idAt(post, 'author_id');
  const createdAt = instantAt(post, 'created_at');
  // posts beyond 280 characters are cut in `text`
  const long = textAt(objectAt(post, 'note_post'), 'text') ?? textAt(objectAt(post, 'note_tweet'), 'text');
  const text = long ?? textAt(post, 'text');
  if (id === null || authorId === null || createdAt === null || text === null || text.length > LONGEST) return null;
  const history = [...listAt(post, 'edit_history_post_ids'), ...listAt(post, 'edit_history_tweet_ids')];
  const versions = history.filter((each): each is string => typeof each === 'string' && ID.test(each)).toSorted(compareIds);
  const firstId = versions[0] ?? id;
  const references = objectsIn([...listAt(post, 'referenced_posts'), ...listAt(post, 'referenced_tweets')]);
  const replied = references.find((each) => textAt(each, 'type') === 'replied_to');
  return {
    id,
    firstId,
    isEdited: firstId !== id,
    authorId,
    conversationId: idAt(post, 'conversation_id') ?? firstId,
    createdAt,
    text: readable(text, post),
    mentions: objectsIn(listAt(post, 'entities', 'mentions')).map((each) => (textAt(each, 'username') ?? '').toLowerCase()),
    repliedTo: replied === undefined ? null : idAt(replied, 'id'),
  };
}

function readDirect(event: JsonObject): XDirect | null {
  const id = idAt(event, 'id');
  const senderId = idAt(event, 'sender_id');
  const conversationId = textAt(event, 'dm_conversation_id');
  const createdAt = instantAt(event, 'created_at');
  const text = textAt(event, 'text') ?? '';
  if (id === null || senderId === null || conversationId === null || createdAt === null) return null;
  if (textAt(event, 'event_type') !== 'MessageCreate' || !/^[\d-]{1,60}$/u.test(conversationId) || text.length > LONGEST) return null;
  return { id, senderId, conversationId, createdAt, text: readable(text, event) };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** What people see: links as they were written, and signs as they are. */
function readable(text: string, object: JsonObject): string {
  let shown = text;
  for (const link of objectsIn(listAt(object, 'entities', 'urls').slice(0, 100))) {
    const short = textAt(link, 'url');
    const whole = textAt(link, 'expanded_url');
    if (short !== null && short !== '' && whole !== null && whole.length < 4_000) shown = shown.replaceAll(short, () => whole);
  }
  return shown.replaceAll(/&(amp|lt|gt);/gu, (sign, key: string) => ENTITIES[key] ?? sign);
}
