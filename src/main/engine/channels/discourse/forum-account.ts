import type { DiscourseSettings } from '../../../../shared/contract/channels.contract.ts';
import type { AccountId } from '../../../../shared/domain/ids.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/domain/time.ts';
import type { RequestLimits } from '../request-budget.ts';

/** One account on one forum. */
export interface ForumAccount {
  readonly accountId: AccountId;
  /** Such as `https://community.example.com`, without a slash at its end. */
  readonly server: string;
  readonly username: string;
  /** Ids of categories to read; empty for all. */
  readonly categories: readonly number[];
  /** A user API key with the scopes `read` and `write`. */
  readonly key: string;
}

/** @param key the account's secret */
export function forumAccount(accountId: AccountId, settings: DiscourseSettings, key: string): ForumAccount {
  return {
    accountId,
    server: settings.server.replace(/\/+$/u, ''),
    username: settings.username,
    categories: settings.categories,
    key: key.trim(),
  };
}

/** Deadlines and intervals, in milliseconds. */
export interface ForumTimings {
  readonly requestMs: number;
  /** Between two looks for something new; null for as often as the limits allow all day long. */
  readonly pollMs: number | null;
  /** Between two proofs that the forum can be reached, which cost nothing of the limits. */
  readonly pingMs: number;
  readonly pingDeadlineMs: number;
  /** Between two looks at what posts of the last days have become. */
  readonly recheckMs: number;
  /** How far back a new account reads. */
  readonly backfillMs: number;
  /** How long to wait when the forum refuses for a while and does not say how long. */
  readonly unnamedWaitMs: number;
  readonly limits: RequestLimits;
}

export const DEFAULT_FORUM_TIMINGS: ForumTimings = {
  requestMs: 15 * SECOND_MS,
  pollMs: null,
  pingMs: 15 * SECOND_MS,
  pingDeadlineMs: 8 * SECOND_MS,
  recheckMs: 10 * MINUTE_MS,
  backfillMs: 90 * DAY_MS,
  unnamedWaitMs: MINUTE_MS,
  // max_user_api_reqs_per_minute and max_user_api_reqs_per_day as Discourse ships them; a fifth is kept for answers
  limits: { perMinute: 20, perDay: 2_880, reserve: 0.2 },
};
