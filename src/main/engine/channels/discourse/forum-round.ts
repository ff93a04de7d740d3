import { ConnectorError } from '../connector.ts';
import type { ForumCursor } from './forum-cursor.ts';
import { dueTopics, readOlder, readPrivate, readPublic, recheckTopic } from './forum-feeds.ts';
import type { FeedContext, Step } from './forum-feeds.ts';
import type { PrivateTopic } from './forum-post.ts';

export interface RoundOptions {
  readonly max: number;
  readonly recheckMs: number;
  readonly signal: AbortSignal;
}

/** One look at all that may be new: public posts, private topics, what has become of older posts, and what lies further back. */
export interface ForumRound {
  /** The next step that gave something, or the last one of the round. */
  next(context: FeedContext, cursor: ForumCursor, options: RoundOptions): Promise<{ readonly step: Step; readonly isOver: boolean }>;
}

type Stage = 'public' | 'list' | 'topics' | 'recheck' | 'older';

/** Older pages in a row, before what is new is looked for again. */
const OLDER_PAGES = 10;
/** Pages of the list of private topics in one round; thirty topics each. */
const LIST_PAGES = 10;

export function createForumRound(): ForumRound {
  let stage: Stage = 'public';
  let queue: PrivateTopic[] = [];
  let page = 0;
  let older = 0;
  let recheckedAt = 0;
  const suspects = new Set<number>();
  const checked = new Map<number, number>();
  /** Users without private messages may not ask for theirs. */
  let hasPrivate = true;

  async function one(context: FeedContext, cursor: ForumCursor, options: RoundOptions): Promise<Step> {
    const { max, signal } = options;
    const nothing: Step = { found: [], changes: { edited: [], gone: [] }, cursor, more: false };
    switch (stage) {
      case 'public': {
        const step = await readPublic(context, cursor, max, signal);
        for (const each of step.suspects ?? []) suspects.add(each);
        if (!step.more) stage = 'list';
        return step;
      }
      case 'list': {
        const { due, more } = hasPrivate ? await listed(context, cursor, signal) : { due: [], more: false };
        queue.push(...due);
        page += 1;
        if (!more || page >= LIST_PAGES) {
          page = 0;
          stage = 'topics';
        }
        return nothing;
      }
      case 'topics': {
        const [topic] = queue;
        if (topic === undefined) {
          stage = 'recheck';
          return { ...nothing, cursor: { ...cursor, isInboxOpen: false } };
        }
        try {
          const step = await readPrivate(context, cursor, topic, max, signal);
          if (!step.more) queue = queue.slice(1);
          return { ...step, cursor: { ...step.cursor, isInboxOpen: queue.length > 0 } };
        } catch (error) {
          if (!isUnseen(error)) throw error;
          queue = queue.slice(1);
          return nothing;
        }
      }
      case 'recheck': {
        stage = 'older';
        const now = context.clock.now();
        const topicId = suspect(cursor) ?? (now - recheckedAt >= options.recheckMs ? longestUnchecked(cursor) : null);
        if (topicId === null) return nothing;
        recheckedAt = now;
        suspects.delete(topicId);
        checked.set(topicId, now);
        return recheckTopic(context, cursor, topicId, signal);
      }
      case 'older': {
        const step = cursor.low > 0 ? await readOlder(context, cursor, max, signal) : nothing;
        older += 1;
        if (step.more && older < OLDER_PAGES) return step;
        older = 0;
        stage = 'public';
        return { ...step, more: step.cursor.low > 0 };
      }
    }
  }

  async function listed(context: FeedContext, cursor: ForumCursor, signal: AbortSignal): ReturnType<typeof dueTopics> {
    try {
      return await dueTopics(context, cursor, page, signal);
    } catch (error) {
      if (!isUnseen(error)) throw error;
      hasPrivate = false;
      return { due: [], more: false };
    }
  }

  function suspect(cursor: ForumCursor): number | null {
    for (const topicId of suspects) {
      if (cursor.watched.some((each) => each.topicId === topicId)) return topicId;
      suspects.delete(topicId);
    }
    return null;
  }

  function longestUnchecked(cursor: ForumCursor): number | null {
    const topics = [...new Set(cursor.watched.map(({ topicId }) => topicId))];
    for (const topicId of checked.keys()) if (!topics.includes(topicId)) checked.delete(topicId);
    return topics.toSorted((a, b) => (checked.get(a) ?? 0) - (checked.get(b) ?? 0))[0] ?? null;
  }

  return {
    next: async (context, cursor, options) => {
      for (let at = cursor; ;) {
        const step = await one(context, at, options);
        const hasNews = step.found.length + step.changes.edited.length + step.changes.gone.length > 0;
        // the first stage comes again only when a round is over
        const isOver = stage === 'public' && step.cursor.low === 0 && !step.more;
        if (hasNews || isOver || (stage === 'public' && step.more)) return { step, isOver };
        at = step.cursor;
      }
    },
  };
}

function isUnseen(error: unknown): boolean {
  return error instanceof ConnectorError && (error.code === 'not-permitted' || error.code === 'not-found');
}
