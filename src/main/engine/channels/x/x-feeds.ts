import type { Clock } from '../../../../shared/domain/time.ts';
import { after } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import type { XApi } from './x-api.ts';
import type { XAccount, XTimings } from './x-account.ts';
import type { TimelineMark } from './x-cursor.ts';
import { compareIds, DM_QUERY, POST_QUERY, readDirects, readPosts } from './x-reading.ts';
import type { Dialect, XDirect, XPage, XPost } from './x-reading.ts';
import type { Spending } from './x-spending.ts';

export interface XFeedContext {
  readonly api: XApi;
  readonly spending: Spending;
  readonly clock: Clock;
  readonly account: Pick<XAccount, 'userId'>;
  readonly timings: Pick<XTimings, 'backfillMs'>;
  readonly dialect: { current: Dialect };
}

export interface XStep<T> {
  readonly page: XPage<T>;
  readonly mark: TimelineMark;
  readonly more: boolean;
}

/** Asks by the names that the server knows; finds out which those are. */
export async function inDialect<T>(context: Pick<XFeedContext, 'dialect'>, ask: (dialect: Dialect) => Promise<T>): Promise<T> {
  const { dialect } = context;
  try {
    return await ask(dialect.current);
  } catch (error) {
    const isNames = error instanceof ConnectorError && error.code === 'answer-unreadable' && /fields|expansions/iu.test(error.message);
    if (!isNames) throw error;
    const other: Dialect = dialect.current === 'posts' ? 'tweets' : 'posts';
    const answer = await ask(other);
    dialect.current = other;
    return answer;
  }
}

/** Posts that name us, newest first; a page of what is new, or of what lies in the hole below it. */
export async function readMentions(context: XFeedContext, mark: TimelineMark, max: number, signal: AbortSignal): Promise<XStep<XPost>> {
  const { api, spending, clock, account, timings } = context;
  const answer = await inDialect(context, async (dialect) =>
    api.get(
      'mentions',
      `/2/users/${account.userId}/mentions`,
      {
        ...POST_QUERY[dialect],
        max_results: String(Math.min(100, Math.max(5, max))),
        since_id: mark.since,
        until_id: mark.next,
        // without an end a new account would read, and pay for, 800 posts
        start_time: mark.since === null ? new Date(after(clock.now(), -timings.backfillMs)).toISOString() : null,
      },
      signal,
    ),
  );
  const page = readPosts(answer);
  spending.read('post', page.ids);
  spending.read('user', [...page.users.keys()]);
  const more = page.nextToken !== null && page.ids.length > 0;
  return { page, mark: moved(mark, page.ids, more ? lowest(page.ids) : null), more };
}

/**
 * Direct messages, newest first. They can not be asked for "since", and every one that is answered is paid for once a day: so only the
 * newest is asked for until there is something new.
 */
export async function readDirectMessages(
  context: XFeedContext,
  mark: TimelineMark,
  max: number,
  signal: AbortSignal,
): Promise<XStep<XDirect>> {
  const { api, spending, clock, timings } = context;
  const ask = async (size: number, token: string | null): Promise<XPage<XDirect>> => {
    const answer = await inDialect(context, async (dialect) =>
      api.get('dm-events', '/2/dm_events', { ...DM_QUERY[dialect], max_results: String(size), pagination_token: token }, signal),
    );
    const page = readDirects(answer);
    spending.read('dm', page.ids);
    spending.read('user', [...page.users.keys()]);
    return page;
  };
  const isNew = (id: string): boolean => mark.since === null || compareIds(id, mark.since) > 0;
  if (mark.next === null && mark.since !== null) {
    const newest = await ask(1, null);
    if (!newest.ids.some(isNew)) return { page: { ...newest, items: [], ids: [] }, mark, more: false };
  }
  const page = await withToken(mark.next, async (token) => ask(Math.min(100, Math.max(1, max)), token));
  const oldest = after(clock.now(), -timings.backfillMs);
  const items = page.items.filter(({ id, createdAt }) => isNew(id) && (mark.since !== null || createdAt >= oldest));
  const reachesEnd = page.ids.some((id) => !isNew(id)) || items.length < page.items.length;
  const more = page.nextToken !== null && page.ids.length > 0 && !reachesEnd;
  return { page: { ...page, items }, mark: moved(mark, page.ids, more ? page.nextToken : null), more };
}

/** A token that the service does not know any more only means to begin at the newest again: what is known already changes nothing. */
async function withToken<T>(token: string | null, ask: (token: string | null) => Promise<T>): Promise<T> {
  try {
    return await ask(token);
  } catch (error) {
    if (token === null || !(error instanceof ConnectorError) || error.code !== 'answer-unreadable') throw error;
    return ask(null);
  }
}

function moved(mark: TimelineMark, ids: readonly string[], next: string | null): TimelineMark {
  const highest = ids.toSorted(compareIds).at(-1) ?? null;
  const top = mark.top ?? highest;
  if (next !== null) return { since: mark.since, top, next, done: mark.done + ids.length };
  const since = top !== null && (mark.since === null || compareIds(top, mark.since) > 0) ? top : mark.since;
  return { since, top: null, next: null, done: 0 };
}

function lowest(ids: readonly string[]): string | null {
  return ids.toSorted(compareIds)[0] ?? null;
}
