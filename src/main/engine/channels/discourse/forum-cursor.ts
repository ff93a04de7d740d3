import { asObject, listAt, numberAt, parseJson } from '../json-reading.ts';
import type { UsedByHour } from '../request-budget.ts';

/** A private topic and how far it was read. */
export interface TopicMark {
  readonly topicId: number;
  readonly highestNumber: number;
  readonly lastPostId: number;
}

/** A post whose fate is followed for some days. */
export interface WatchedPost {
  readonly postId: number;
  readonly topicId: number;
  /** Of its last change, in epoch milliseconds. */
  readonly updatedAt: number;
  readonly createdAt: number;
}

export interface ForumCursor {
  /** The highest id of a public post that was taken. */
  readonly seen: number;
  /** Public posts below this id are still to be read; 0 when all were. */
  readonly low: number;
  /** How many posts below were read. */
  readonly done: number;
  /** An old forum answers `before` with a window of fifty ids instead of fifty posts. */
  readonly isWindowed: boolean;
  readonly topics: readonly TopicMark[];
  /** The inbox holds letters further down that were seen in the list and are still to be read. */
  readonly isInboxOpen: boolean;
  readonly watched: readonly WatchedPost[];
  readonly used: UsedByHour;
}

export const MAX_TOPICS = 300;
export const MAX_WATCHED = 200;

/** Null for none, and for one that is not ours: then everything is read again, which changes nothing that is known. */
export function parseForumCursor(text: string | null): ForumCursor | null {
  if (text === null) return null;
  const value = asObject(parseJson(Buffer.from(text)));
  if (value === null || value['v'] !== 1) return null;
  const seen = numberAt(value, 'seen');
  const low = numberAt(value, 'low');
  if (seen === null || low === null) return null;
  const rows = (key: string, width: number): readonly (readonly number[])[] =>
    listAt(value, key).filter((row): row is number[] => Array.isArray(row) && row.length === width && row.every(Number.isSafeInteger));
  return {
    seen,
    low,
    done: numberAt(value, 'done') ?? 0,
    isWindowed: value['windowed'] === true,
    isInboxOpen: value['inboxOpen'] === true,
    topics: rows('topics', 3).map(([topicId = 0, highestNumber = 0, lastPostId = 0]) => ({ topicId, highestNumber, lastPostId })),
    watched: rows('watched', 4).map(([postId = 0, topicId = 0, updatedAt = 0, createdAt = 0]) => ({
      postId,
      topicId,
      updatedAt,
      createdAt,
    })),
    used: rows('used', 2).map(([hour = 0, requests = 0]) => [hour, requests] as const),
  };
}

export function formatForumCursor(cursor: ForumCursor): string {
  return JSON.stringify({
    v: 1,
    seen: cursor.seen,
    low: cursor.low,
    done: cursor.done,
    windowed: cursor.isWindowed,
    ...(cursor.isInboxOpen ? { inboxOpen: true } : {}),
    topics: cursor.topics.slice(-MAX_TOPICS).map((each) => [each.topicId, each.highestNumber, each.lastPostId]),
    watched: cursor.watched.slice(-MAX_WATCHED).map((each) => [each.postId, each.topicId, each.updatedAt, each.createdAt]),
    used: cursor.used,
  });
}
