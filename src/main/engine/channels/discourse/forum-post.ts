import type { Instant } from '../../../../shared/domain/time.ts';
import { instantAt, isTrue, listAt, numberAt, objectAt, textAt, asObject } from '../json-reading.ts';
import type { JsonObject } from '../json-reading.ts';

/** Roles that a post names, the highest first. */
const STAFF = ['admin', 'moderator', 'staff'] as const;

/** A post as Discourse serialises it, reduced to what is used. */
export interface ForumPost {
  readonly id: number;
  readonly topicId: number;
  /** Its place in the topic, from 1. */
  readonly number: number;
  /** 1 a post, 2 an act of a moderator that says something, 3 a small act ("closed"), 4 a whisper among staff. */
  readonly type: number;
  readonly cooked: string;
  /** What its author typed, where the answer holds it. */
  readonly raw: string | null;
  readonly userId: number;
  readonly username: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly version: number;
  readonly title: string | null;
  readonly categoryId: number | null;
  readonly isOwn: boolean;
  readonly staff: (typeof STAFF)[number] | null;
  readonly trustLevel: number | null;
  /** Taken back by its author, or deleted by staff who may still see it. */
  readonly isGone: boolean;
  /** Flagged and hidden: `cooked` is a notice of the forum, and nobody's words. */
  readonly isNotice: boolean;
}

/** Longer than any forum lets anybody write, many times over. */
const LONGEST = 1_000_000;

/** Null for what is no post that can be shown: something else, or one without an id, an author or a time. */
export function readPost(value: unknown): ForumPost | null {
  const post = asObject(value);
  if (post === null) return null;
  const id = counted(post, 'id');
  const topicId = counted(post, 'topic_id');
  const number = counted(post, 'post_number');
  const userId = numberAt(post, 'user_id');
  const username = textAt(post, 'username');
  const createdAt = instantAt(post, 'created_at');
  const cooked = textAt(post, 'cooked');
  if (id === null || topicId === null || number === null) return null;
  if (userId === null || username === null || createdAt === null || cooked === null || cooked.length > LONGEST) return null;
  return {
    id,
    topicId,
    number,
    type: numberAt(post, 'post_type') ?? 1,
    cooked,
    raw: textAt(post, 'raw'),
    userId,
    username: username.slice(0, 100),
    name: (textAt(post, 'name') ?? '').slice(0, 300),
    createdAt,
    updatedAt: instantAt(post, 'updated_at') ?? createdAt,
    version: numberAt(post, 'version') ?? 1,
    title: textAt(post, 'topic_title'),
    categoryId: numberAt(post, 'category_id'),
    isOwn: isTrue(post, 'yours'),
    staff: STAFF.find((role) => isTrue(post, role)) ?? null,
    trustLevel: numberAt(post, 'trust_level'),
    isGone: isTrue(post, 'user_deleted') || textAt(post, 'deleted_at') !== null,
    isNotice: isTrue(post, 'cooked_hidden'),
  };
}

function counted(object: JsonObject, key: string): number | null {
  const number = numberAt(object, key);
  return number !== null && number > 0 ? number : null;
}

/** The posts of an answer by id, the lowest first, each once; and how many entries were no posts. */
export function readPosts(values: readonly unknown[]): { readonly posts: readonly ForumPost[]; readonly unreadable: number } {
  const posts = new Map<number, ForumPost>();
  let unreadable = 0;
  for (const value of values) {
    const post = readPost(value);
    if (post === null) unreadable += 1;
    else posts.set(post.id, post);
  }
  return { posts: [...posts.values()].toSorted((a, b) => a.id - b.id), unreadable };
}

/** A private topic in a list of them. */
export interface PrivateTopic {
  readonly id: number;
  readonly title: string;
  readonly highestNumber: number;
  readonly bumpedAt: Instant;
}

export function readPrivateTopics(answer: unknown): { readonly topics: readonly PrivateTopic[]; readonly hasMore: boolean } {
  const list = objectAt(answer, 'topic_list');
  const topics = listAt(list, 'topics').flatMap((value): readonly PrivateTopic[] => {
    const topic = asObject(value);
    if (topic === null || textAt(topic, 'archetype') !== 'private_message') return [];
    const id = numberAt(topic, 'id');
    const bumpedAt = instantAt(topic, 'bumped_at') ?? instantAt(topic, 'last_posted_at');
    const highestNumber = numberAt(topic, 'highest_post_number');
    if (id === null || id <= 0 || bumpedAt === null || highestNumber === null) return [];
    return [{ id, title: textAt(topic, 'title') ?? '', highestNumber, bumpedAt }];
  });
  return { topics, hasMore: textAt(list, 'more_topics_url') !== null };
}

/** A topic as it is shown: its first posts, and the ids of all of them in order. */
export interface ForumTopic {
  readonly id: number;
  readonly title: string;
  readonly isPrivate: boolean;
  readonly posts: readonly ForumPost[];
  readonly stream: readonly number[];
}

export function readTopic(answer: unknown): ForumTopic | null {
  const topic = asObject(answer);
  const id = topic === null ? null : numberAt(topic, 'id');
  if (topic === null || id === null) return null;
  return {
    id,
    title: textAt(topic, 'title') ?? '',
    isPrivate: textAt(topic, 'archetype') === 'private_message',
    posts: readPosts(listAt(topic, 'post_stream', 'posts')).posts,
    stream: listAt(topic, 'post_stream', 'stream').filter((each): each is number => Number.isSafeInteger(each) && Number(each) > 0),
  };
}
