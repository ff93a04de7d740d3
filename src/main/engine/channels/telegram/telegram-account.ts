import type { TelegramSettings } from '../../../../shared/contract/channels.contract.ts';
import type { AccountId } from '../../../../shared/domain/ids.ts';

/** A bot of ours on Telegram. */
export interface TelegramAccount {
  readonly accountId: AccountId;
  /** The number of the bot: the part of its token before the colon. */
  readonly botId: string;
  readonly name: string;
  /** In groups: only what is meant for the bot, or all that it can see. */
  readonly groups: 'addressed' | 'all' | 'none';
  /** Root of the Bot API, without a slash at its end. */
  readonly server: string;
  readonly token: string;
}

/** Where Telegram answers. */
const TELEGRAM_SERVER = 'https://api.telegram.org';

/** The root of the Bot API, without a slash at its end. */
export function serverOf({ server }: Pick<TelegramSettings, 'server'>): string {
  return (server ?? TELEGRAM_SERVER).replace(/\/+$/u, '');
}

export function telegramAccount(accountId: AccountId, settings: TelegramSettings, token: string): TelegramAccount {
  const { botId, name, groups } = settings;
  return { accountId, botId, name, groups, server: serverOf(settings), token: token.trim() };
}

/** Deadlines and intervals, in milliseconds unless the name says otherwise. */
export interface TelegramTimings {
  /** How long a poll waits at the service for something new. With `slackMs` it is below the 30 s in which a dead line must be noticed. */
  readonly pollSeconds: number;
  /** How long after its time an answer may come. */
  readonly slackMs: number;
  /** How long an ordinary request may take. The service may hold even a short poll back for about 3 s. */
  readonly requestMs: number;
  /** On top, for each megabyte that goes or comes. */
  readonly perMegabyteMs: number;
  /** Pictures of an album come as messages of their own: it is over when none has come for so long. */
  readonly albumMs: number;
}

export const DEFAULT_TIMINGS: TelegramTimings = {
  pollSeconds: 20,
  slackMs: 6_000,
  requestMs: 15_000,
  perMegabyteMs: 8_000,
  albumMs: 800,
};
