import { z } from 'zod';
import type { AccountKind } from '../domain/channel/account-kind.ts';
import type { AccountId, CaseId } from '../domain/ids.ts';
import type { Channel } from '../domain/message.ts';
import type { Instant } from '../domain/time.ts';
import { command, query } from './define.ts';
import { accountId, caseId, operationId } from './schemas.ts';
import type { SyncState } from './workspace.contract.ts';

/** Accounts of channels other than mail: what they are set to, how they are, and how they are added. Secrets stay in the vault. */

const name = z.string().trim().min(1).max(120);
/** A user of the hub with the role `widget`: it stands in subjects. */
const site = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/u);
const address = z
  .string()
  .trim()
  .max(500)
  .regex(/^https?:\/\/[^\s/@]+(\/[^\s@]*)?$/u);

const chatSettings = z.strictObject({
  kind: z.literal('chat'),
  site,
  name,
  /** Public half of the key that visitors seal for; P-256, raw, base64url. The private half is the account's secret. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{87}$/u),
  /** The playbook that answers first; null: people answer from the beginning. */
  playbook: z.string().max(100).nullable(),
});
const telegramSettings = z.strictObject({
  kind: z.literal('telegram'),
  /** The number of the bot; the part of its token before the colon. */
  botId: z.string().regex(/^\d{3,20}$/u),
  username: z.string().max(64),
  name,
  /** In groups: only what is meant for the bot, or all that it can see. */
  groups: z.enum(['addressed', 'all', 'none']),
  /** A Bot API server of one's own; null for Telegram's. */
  server: address.nullable(),
  playbook: z.string().max(100).nullable(),
});
const discourseSettings = z.strictObject({
  kind: z.literal('discourse'),
  /** The forum, such as `https://community.example.com`. */
  server: address,
  username: z.string().min(1).max(100),
  name,
  /** Ids of categories to read; empty for all. Private messages always come. */
  categories: z.array(z.number().int().min(1)).max(200).readonly(),
});
const xSettings = z.strictObject({
  kind: z.literal('x'),
  userId: z.string().regex(/^\d{1,25}$/u),
  handle: z.string().regex(/^[A-Za-z0-9_]{1,15}$/u),
  name,
  clientId: z.string().min(1).max(200),
  mentions: z.boolean(),
  directMessages: z.boolean(),
  /** Reading and writing is stopped for the month when it has cost so much, in US dollars; null: no limit. */
  monthlyBudgetUsd: z.number().min(0).max(100_000).nullable(),
  /** Another address of the API, for trying it out; null for the real one. */
  server: address.nullable(),
});

export const channelSettings = z.discriminatedUnion('kind', [chatSettings, telegramSettings, discourseSettings, xSettings]);
export type ChannelSettings = z.infer<typeof channelSettings>;
export type ChatSettings = z.infer<typeof chatSettings>;
export type TelegramSettings = z.infer<typeof telegramSettings>;
export type DiscourseSettings = z.infer<typeof discourseSettings>;
export type XSettings = z.infer<typeof xSettings>;

/** A channel of this workspace or of its team, wherever it is connected. */
export interface ChannelRow {
  readonly accountId: AccountId;
  readonly kind: AccountKind;
  readonly channels: readonly Channel[];
  readonly name: string;
  readonly address: string;
  /** Null for mail, whose settings are in `accounts.list`, and for what is connected elsewhere alone. */
  readonly settings: ChannelSettings | null;
  readonly isElsewhere: boolean;
  /** Which workstation of the team runs it now; null in a workspace of one, and while nobody does. */
  readonly holder: { readonly user: string; readonly workstation: string; readonly isHere: boolean } | null;
  readonly state: SyncState;
  readonly since: Instant;
  readonly code: string | null;
  readonly detail: string;
  readonly lastSyncAt: Instant | null;
  readonly nextAttemptAt: Instant | null;
  /** How old the newest thing is that we have not taken yet, in milliseconds; null when nothing is known to wait. */
  readonly lagMs: number | null;
  readonly budget: { readonly left: number; readonly limit: number; readonly resetAt: Instant } | null;
  readonly backfill: { readonly done: number; readonly total: number } | null;
  readonly queued: number;
  readonly setAside: number;
}

/**
 * A sign-in that goes on in the browser. The page opens `url` there and asks how it ended with `requestId`. The secret itself never comes to
 * the page: `request:<requestId>` stands for it in `check`, `add` and `update`, until it was added or a quarter of an hour has passed.
 */
export interface SignInRequest {
  readonly url: string;
  readonly requestId: string;
}
/** Why a sign-in could not be begun, such as a forum that can not be reached or no port that is free. */
export type SignInBegun =
  | { readonly ok: true; readonly request: SignInRequest }
  | { readonly ok: false; readonly code: string; readonly detail: string };
/** How a sign-in ended: whose account it is, as the service says.  */
export type SignInEnded =
  | { readonly ok: true; readonly account: { readonly id: string; readonly username: string; readonly name: string } }
  /** `wrong-answer`: what was pasted is no answer to this request. `expired`: nobody asks for it any more. Else a code of the connector. */
  | { readonly ok: false; readonly code: string; readonly detail: string };

/** What a service said to credentials before they are stored: whose they are. */
export type ChannelCheck =
  | { readonly ok: true; readonly settings: ChannelSettings }
  | { readonly ok: false; readonly code: string; readonly detail: string };

const secret = z.string().min(1).max(20_000);
const signInId = z.string().regex(/^[0-9a-f]{32}$/u);

export const channelsContract = {
  'channels.list': query<readonly ChannelRow[]>()(z.strictObject({})),
  /** Asks the service whose credentials these are, and what they may do. Stores nothing. */
  'channels.check': query<ChannelCheck>()(z.strictObject({ settings: channelSettings, secret })),
  /**
   * Takes the webhook of a Telegram bot away, so that its messages can be fetched, and asks again as `channels.check` does. Whoever received
   * them gets nothing more: a person has said so. `secret` null: the one in the vault.
   */
  'channels.removeWebhook': command<ChannelCheck>()(
    z.strictObject({ opId: operationId, settings: telegramSettings, secret: secret.nullable() }),
  ),
  /** Makes the keys of a new site for live chat: both halves. */
  'channels.makeSiteKey': query<{ readonly publicKey: string; readonly secret: string }>()(z.strictObject({})),
  /**
   * Begins a user API key of a forum: the browser shows what is asked for, and then a text to copy. With `leadsBack` it leads to
   * `FORUM_KEY_LINK` instead, which the forum's administrator must have allowed.
   */
  'channels.beginDiscourseKey': command<SignInBegun>()(z.strictObject({ opId: operationId, server: address, leadsBack: z.boolean() })),
  /** Takes what the forum showed, or the whole address that it led to; checks the key with the forum. */
  'channels.finishDiscourseKey': command<SignInEnded>()(
    z.strictObject({ opId: operationId, requestId: signInId, payload: z.string().max(10_000) }),
  ),
  /** Answers when the browser was led back, or the pasted text was taken; `expired` when neither happens in a quarter of an hour. */
  'channels.waitDiscourseKey': command<SignInEnded>()(z.strictObject({ opId: operationId, requestId: signInId })),
  /** Where X leads back to; whoever owns the app on X enters these in its settings. */
  'channels.xRedirects': query<readonly string[]>()(z.strictObject({})),
  'channels.beginXSignIn': command<SignInBegun>()(
    z.strictObject({ opId: operationId, clientId: z.string().trim().min(1).max(200), server: address.nullable() }),
  ),
  /** Answers when the browser has come back, at the latest after five minutes. */
  'channels.waitXSignIn': command<SignInEnded>()(z.strictObject({ opId: operationId, requestId: signInId })),
  'channels.add': command<{ readonly accountId: AccountId }>()(z.strictObject({ opId: operationId, settings: channelSettings, secret }), [
    'vault-locked',
    'vault-empty',
    'already-connected',
    'expired',
  ]),
  /** `secret` null keeps the one in the vault. */
  'channels.update': command<null>()(
    z.strictObject({ opId: operationId, accountId, settings: channelSettings, secret: secret.nullable() }),
    ['vault-locked', 'vault-empty', 'other-account', 'expired'],
  ),
  /** Who of the customers is typing now, by case. Nothing stores it. */
  'channels.typing': query<{ readonly cases: readonly CaseId[] }>()(z.strictObject({})),
  /** The agent types in a case, or has stopped; passed on to the customer where the channel can. */
  'channels.tellTyping': command<null>()(z.strictObject({ opId: operationId, caseId, isTyping: z.boolean() })),
};
