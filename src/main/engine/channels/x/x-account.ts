import type { XSettings } from '../../../../shared/contract/channels.contract.ts';
import type { AccountId } from '../../../../shared/domain/ids.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/domain/time.ts';

/** One account on X. */
export interface XAccount {
  readonly accountId: AccountId;
  readonly userId: string;
  readonly handle: string;
  readonly clientId: string;
  readonly mentions: boolean;
  readonly directMessages: boolean;
  readonly monthlyBudgetUsd: number | null;
  /** Of the API, without a slash at its end. */
  readonly server: string;
  /** The account's secret: its tokens as JSON. */
  readonly secret: string;
}

export const X_SERVER = 'https://api.x.com';

export function xAccount(accountId: AccountId, settings: XSettings, secret: string): XAccount {
  const { userId, handle, clientId, mentions, directMessages, monthlyBudgetUsd } = settings;
  return { accountId, userId, handle, clientId, mentions, directMessages, monthlyBudgetUsd, server: xServer(settings), secret };
}

export function xServer({ server }: Pick<XSettings, 'server'>): string {
  return (server ?? X_SERVER).replace(/\/+$/u, '');
}

/** Deadlines and intervals, in milliseconds. */
export interface XTimings {
  readonly requestMs: number;
  readonly pollMs: number;
  readonly pingMs: number;
  readonly pingDeadlineMs: number;
  /** How far back a new account reads: every post and message costs. */
  readonly backfillMs: number;
  readonly unnamedWaitMs: number;
}

export const DEFAULT_X_TIMINGS: XTimings = {
  requestMs: 15 * SECOND_MS,
  // 15 requests for direct messages in 15 minutes, of which one look takes one or two
  pollMs: 90 * SECOND_MS,
  pingMs: 15 * SECOND_MS,
  pingDeadlineMs: 8 * SECOND_MS,
  backfillMs: 7 * DAY_MS,
  unnamedWaitMs: 5 * MINUTE_MS,
};
