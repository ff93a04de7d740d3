import type { Clock } from '../../../../shared/domain/time.ts';
import { DAY_MS } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import type { ForumApi } from './forum-api.ts';
import type { ForumTimings } from './forum-account.ts';
import type { ForumCursor, TopicMark, WatchedPost } from './forum-cursor.ts';
import { MAX_TOPICS, MAX_WATCHED } from './forum-cursor.ts';
import { readPosts, readPrivateTopics, readTopic } from './forum-post.ts';
import type { ForumPost, PrivateTopic } from './forum-post.ts';
import { listAt } from '../json-reading.ts';

/** Posts that an answer of `/posts.json` holds at most. */
export const PAGE = 50;
/** Posts that Discourse's own page asks for by id at once. */
const IDS_AT_ONCE = 20;
/** Days for which a post is looked at again. */
const WATCH_MS = 3 * DAY_MS;

/** A post that was found, and where. */
export interface Found {
  readonly post: ForumPost;
  readonly isPrivate: boolean;
  readonly title: string;
}

/** What has become of posts that were taken before. */
export interface Changes {
  readonly edited: readonly ForumPost[];
  readonly gone: readonly number[];
}

/** A step of reading: what was found, and where reading stands then. */
export interface Step {
  readonly found: readonly Found[];
  readonly changes: Changes;
  readonly cursor: ForumCursor;
  /** Whether the same step has more to give. */
  readonly more: boolean;
  /** Topics in which something seems to be missing. */
  readonly suspects?: readonly number[];
}

export interface FeedContext {
  readonly api: Pick<ForumApi, 'get'>;
  readonly clock: Clock;
  readonly username: string;
  readonly categories: readonly number[];
  readonly timings: Pick<ForumTimings, 'backfillMs'>;
}

const NO_CHANGES: Changes = { edited: [], gone: [] };

async function latest(context: FeedContext, before: number | null, signal: AbortSignal): Promise<readonly ForumPost[]> {
  const answer = await context.api.get(before === null ? '/posts.json' : `/posts.json?before=${String(before)}`, signal);
  return readPosts(listAt(answer, 'latest_posts')).posts;
}

function wanted(context: FeedContext, posts: readonly ForumPost[]): readonly Found[] {
  return posts
    .filter((post) => context.categories.length === 0 || (post.categoryId !== null && context.categories.includes(post.categoryId)))
    .filter(({ isGone, isNotice }) => !isGone && !isNotice)
    .map((post) => ({ post, isPrivate: false, title: post.title ?? '' }));
}

/** Adds posts to those that are followed. */
export function watching(cursor: ForumCursor, posts: readonly ForumPost[], now: number): ForumCursor {
  const watched = new Map<number, WatchedPost>(cursor.watched.map((each) => [each.postId, each]));
  for (const { id, topicId, updatedAt, createdAt } of posts)
    if (createdAt > now - WATCH_MS) watched.set(id, { postId: id, topicId, updatedAt, createdAt });
  const kept = [...watched.values()].filter((each) => each.createdAt > now - WATCH_MS).toSorted((a, b) => a.postId - b.postId);
  return { ...cursor, watched: kept.slice(-MAX_WATCHED) };
}

/** The first look at a forum: its newest posts. What lies below is read afterwards. */
export async function beginForum(context: FeedContext, maxPosts: number, signal: AbortSignal): Promise<Step> {
  const page = await latest(context, null, signal);
  const newest = page.slice(-maxPosts);
  const [first] = newest;
  const cursor: ForumCursor = {
    seen: page.at(-1)?.id ?? 0,
    low: first?.id ?? 0,
    done: newest.length,
    isWindowed: false,
    isInboxOpen: false,
    topics: [],
    watched: [],
    used: [],
  };
  const found = wanted(context, newest);
  return { found, changes: NO_CHANGES, cursor: watching(cursor, posts(found), context.clock.now()), more: false };
}

/**
 * New public posts, oldest first. One question tells whether there are any; when more have come than it shows, the gap is walked upwards
 * in windows of 49 ids, which old and new forums answer alike: the cursor then never has to remember a hole.
 */
export async function readPublic(context: FeedContext, cursor: ForumCursor, maxPosts: number, signal: AbortSignal): Promise<Step> {
  const page = await latest(context, null, signal);
  const changes = changesIn(cursor, page);
  const newest = page.at(-1)?.id ?? 0;
  const left = cursor.watched.filter(({ postId }) => !changes.gone.includes(postId));
  const base = watching({ ...cursor, watched: left }, changes.edited, context.clock.now());
  const suspects = suspectTopics(base, page);
  const late = shownLate(context, cursor, page).slice(0, maxPosts);
  const withLate = watching(base, posts(late), context.clock.now());
  if (newest <= cursor.seen) return { found: late, changes, cursor: withLate, more: false, suspects };
  const [first] = page;
  const isGap = (first?.id ?? 0) > cursor.seen;
  const upTo = isGap ? Math.min(cursor.seen + PAGE - 1, newest) : newest;
  const window = isGap ? await latest(context, cursor.seen + PAGE, signal) : page;
  const fresh = window.filter(({ id }) => id > cursor.seen && id <= upTo);
  const taken = fresh.slice(0, maxPosts - late.length);
  const seen = taken.length < fresh.length ? (taken.at(-1)?.id ?? cursor.seen) : upTo;
  const found = [...late, ...wanted(context, taken)];
  return { found, changes, cursor: watching({ ...withLate, seen }, posts(found), context.clock.now()), more: seen < newest, suspects };
}

/**
 * Posts on the newest page that were passed without being there: whoever writes gets a number before the post can be seen, so that one
 * with a lower number may come to light later; and what was hidden may be shown again.
 */
function shownLate(context: FeedContext, cursor: ForumCursor, page: readonly ForumPost[]): readonly Found[] {
  const known = new Set(cursor.watched.map(({ postId }) => postId));
  const since = context.clock.now() - WATCH_MS;
  return wanted(
    context,
    page.filter(({ id, createdAt }) => id <= cursor.seen && id >= cursor.low && createdAt > since && !known.has(id)),
  );
}

/** Followed posts that the page shows changed. What is missing in it may have been moved: that is asked for one by one. */
function changesIn(cursor: ForumCursor, page: readonly ForumPost[]): Changes {
  const known = new Map(cursor.watched.map((each) => [each.postId, each]));
  const changed = page.filter((post) => {
    const before = known.get(post.id);
    return before !== undefined && !post.isNotice && (before.updatedAt !== post.updatedAt || post.isGone);
  });
  return { edited: changed.filter(({ isGone }) => !isGone), gone: changed.filter(({ isGone }) => isGone).map(({ id }) => id) };
}

/** Topics of followed posts that should be on the newest page and are not there: deleted, or moved where we do not read. */
function suspectTopics(cursor: ForumCursor, page: readonly ForumPost[]): readonly number[] {
  const shown = new Set(page.map(({ id }) => id));
  const lowest = Math.min(...shown);
  const isPrivate = new Set(cursor.topics.map(({ topicId }) => topicId));
  const missing = cursor.watched.filter(({ postId, topicId }) => postId > lowest && !shown.has(postId) && !isPrivate.has(topicId));
  return [...new Set(missing.map(({ topicId }) => topicId))];
}

/** The next older page, until the time that a new account reads back. */
export async function readOlder(context: FeedContext, cursor: ForumCursor, maxPosts: number, signal: AbortSignal): Promise<Step> {
  const page = await latest(context, cursor.low, signal);
  const older = page.filter(({ id }) => id < cursor.low);
  // only an old forum gives the very post that we named, and only it may have more below an empty answer
  const isWindowed = cursor.isWindowed || page.some(({ id }) => id >= cursor.low);
  const taken = older.slice(-maxPosts);
  const oldest = context.clock.now() - context.timings.backfillMs;
  const inTime = taken.filter(({ createdAt }) => createdAt >= oldest);
  const [first] = taken;
  const isOver = first === undefined ? !isWindowed : inTime.length < taken.length;
  const low = isOver ? 0 : Math.max(0, first?.id ?? cursor.low - PAGE);
  const found = wanted(context, inTime);
  const next = { ...cursor, low, isWindowed, done: cursor.done + inTime.length };
  return { found, changes: NO_CHANGES, cursor: watching(next, posts(found), context.clock.now()), more: low > 0 };
}

/** Private topics of a page of the inbox in which something was written that was not read. */
export async function dueTopics(
  context: FeedContext,
  cursor: ForumCursor,
  page: number,
  signal: AbortSignal,
): Promise<{ readonly due: readonly PrivateTopic[]; readonly more: boolean }> {
  const path = `/topics/private-messages/${encodeURIComponent(context.username)}.json${page === 0 ? '' : `?page=${String(page)}`}`;
  const { topics, hasMore } = readPrivateTopics(await context.api.get(path, signal));
  const known = new Map(cursor.topics.map((each) => [each.topicId, each.highestNumber]));
  const oldest = context.clock.now() - context.timings.backfillMs;
  const due = topics.filter(({ id, highestNumber, bumpedAt }) => {
    const read = known.get(id);
    return read === undefined ? bumpedAt >= oldest : highestNumber > read;
  });
  // what was bumped later stands further up: below the first that is known nothing is new, unless reading was interrupted
  const mayHaveMore = due.length === topics.length || (cursor.isInboxOpen && (topics.at(-1)?.bumpedAt ?? 0) >= oldest);
  return { due, more: hasMore && topics.length > 0 && mayHaveMore };
}

/** What is new in a private topic, oldest first. */
export async function readPrivate(
  context: FeedContext,
  cursor: ForumCursor,
  topic: PrivateTopic,
  maxPosts: number,
  signal: AbortSignal,
): Promise<Step> {
  const mark = cursor.topics.find(({ topicId }) => topicId === topic.id);
  const shown = readTopic(await context.api.get(`/t/${String(topic.id)}.json`, signal));
  const unread = (shown?.stream ?? []).filter((id) => id > (mark?.lastPostId ?? 0)).toSorted((a, b) => a - b);
  const ids = unread.slice(0, maxPosts);
  const byId = new Map<number, ForumPost>((shown?.posts ?? []).map((post) => [post.id, post]));
  const missing = ids.filter((id) => !byId.has(id));
  for (let at = 0; at < missing.length; at += IDS_AT_ONCE)
    for (const post of await postsById(context, topic.id, missing.slice(at, at + IDS_AT_ONCE), signal)) byId.set(post.id, post);
  const taken = ids.flatMap((id) => byId.get(id) ?? []);
  const more = ids.length < unread.length;
  const next: TopicMark = {
    topicId: topic.id,
    // what could not be shown will not be shown later either
    highestNumber: more ? (taken.at(-1)?.number ?? mark?.highestNumber ?? 0) : Math.max(topic.highestNumber, taken.at(-1)?.number ?? 0),
    lastPostId: ids.at(-1) ?? mark?.lastPostId ?? 0,
  };
  const topics = [...cursor.topics.filter(({ topicId }) => topicId !== topic.id), next].slice(-MAX_TOPICS);
  const isPrivate = shown?.isPrivate ?? true;
  // whispers are staff among themselves, small acts are nobody's words
  const found = taken
    .filter(({ type, isGone, isNotice }) => (type === 1 || type === 2) && !isGone && !isNotice)
    .map((post) => ({ post, isPrivate, title: shown?.title ?? topic.title }));
  return { found, changes: NO_CHANGES, cursor: watching({ ...cursor, topics }, posts(found), context.clock.now()), more };
}

/** @throws ConnectorError */
export async function postsById(
  context: Pick<FeedContext, 'api'>,
  topicId: number,
  ids: readonly number[],
  signal: AbortSignal,
  withRaw = false,
): Promise<readonly ForumPost[]> {
  const query = `${ids.map((id) => `post_ids%5B%5D=${String(id)}`).join('&')}${withRaw ? '&include_raw=true' : ''}`;
  return readPosts(listAt(await context.api.get(`/t/${String(topicId)}/posts.json?${query}`, signal), 'post_stream', 'posts')).posts;
}

/** What has become of the followed posts of one topic. A topic that we may not see any more tells nothing. */
export async function recheckTopic(context: FeedContext, cursor: ForumCursor, topicId: number, signal: AbortSignal): Promise<Step> {
  const known = cursor.watched.filter((each) => each.topicId === topicId).slice(-IDS_AT_ONCE);
  const without = (): ForumCursor => ({ ...cursor, watched: cursor.watched.filter((each) => each.topicId !== topicId) });
  let now: readonly ForumPost[];
  try {
    now = await postsById(
      context,
      topicId,
      known.map(({ postId }) => postId),
      signal,
    );
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (error.code === 'not-found')
      return { found: [], changes: { edited: [], gone: known.map(({ postId }) => postId) }, cursor: without(), more: false };
    if (error.code === 'not-permitted') return { found: [], changes: NO_CHANGES, cursor: without(), more: false };
    throw error;
  }
  const byId = new Map(now.map((post) => [post.id, post]));
  const gone = known.filter(({ postId }) => byId.get(postId)?.isGone !== false).map(({ postId }) => postId);
  const edited = known.flatMap(({ postId, updatedAt }) => {
    const post = byId.get(postId);
    return post === undefined || post.isGone || post.isNotice || post.updatedAt === updatedAt ? [] : [post];
  });
  const left = { ...cursor, watched: cursor.watched.filter(({ postId }) => !gone.includes(postId)) };
  return { found: [], changes: { edited, gone }, cursor: watching(left, edited, context.clock.now()), more: false };
}

function posts(found: readonly Found[]): readonly ForumPost[] {
  return found.map(({ post }) => post);
}
