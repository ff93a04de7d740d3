import { capabilitiesFor } from '../../../../shared/domain/channel/capabilities.ts';
import { costOf, outboundProblems } from '../../../../shared/domain/channel/outbound-limits.ts';
import { isSameText } from '../../../../shared/domain/channel/own-words.ts';
import type { Clock } from '../../../../shared/domain/time.ts';
import { after, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import type { OutboundMessage, SendHint, SendHooks, SendResult } from '../connector.ts';
import type { HttpAnswer } from '../http-client.ts';
import { objectAt, parseJson, textAt } from '../json-reading.ts';
import type { XAccount } from './x-account.ts';
import type { XApi } from './x-api.ts';
import { problemOf, refusal } from './x-api.ts';
import { inDialect } from './x-feeds.ts';
import type { XFeedContext } from './x-feeds.ts';
import { directRef, placeOf, postRef } from './x-normalize.ts';
import { DM_QUERY, POST_QUERY, readDirects, readPosts } from './x-reading.ts';
import type { Spending } from './x-spending.ts';

/** Clocks of X and of ours differ. */
const CLOCKS_APART_MS = 10 * MINUTE_MS;
const REMEMBERED = 500;

/** What we sent, until it turns up among what we read. */
export interface OwnWords {
  keyOf(ref: string, conversation: string, text: string): string | null;
  begin(clientKey: string, hint: SendHint): void;
  /** `ref` null: nobody got it, or nobody knows its id. */
  end(clientKey: string, ref: string | null, isCertain: boolean): void;
  hintOf(clientKey: string): SendHint | undefined;
}

export function createOwnWords(): OwnWords {
  const byRef = new Map<string, string>();
  const underway = new Map<string, SendHint>();
  return {
    keyOf: (ref, conversation, text) => {
      const known = byRef.get(ref);
      if (known !== undefined) return known;
      for (const [clientKey, hint] of underway) {
        if (hint.conversation !== conversation || !isSameText(hint.text, text)) continue;
        byRef.set(ref, clientKey);
        return clientKey;
      }
      return null;
    },
    begin: (clientKey, hint) => {
      underway.set(clientKey, hint);
    },
    end: (clientKey, ref, isCertain) => {
      if (isCertain) underway.delete(clientKey);
      if (ref !== null) byRef.set(ref, clientKey);
      for (const oldest of [...byRef.keys()].slice(0, Math.max(0, byRef.size - REMEMBERED))) byRef.delete(oldest);
    },
    hintOf: (clientKey) => underway.get(clientKey),
  };
}

export interface XSendContext extends Pick<XFeedContext, 'dialect'> {
  readonly api: XApi;
  readonly account: Pick<XAccount, 'userId'>;
  readonly clock: Clock;
  readonly spending: Spending;
  readonly own: OwnWords;
  readonly secrets: () => readonly string[];
}

/** Answers a post, or writes a direct message. Refuses before the wire what X would refuse or what costs too much. */
export async function sendOnX(context: XSendContext, message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
  const { clock, own, spending } = context;
  const place = placeOf(message.conversation ?? '');
  if (place === null || (place.kind === 'post' && message.inReplyTo === undefined))
    return refused('no-conversation', 'the case has no conversation');
  const capabilities = capabilitiesFor('x', { isPrivate: place.kind === 'dm' });
  const [problem] = outboundProblems(capabilities, {
    text: message.text,
    attachments: message.attachments.map(({ bytes }) => ({ sizeBytes: bytes.length })),
    now: clock.now(),
    lastInboundAt: clock.now(),
    isSummoned: message.isSummoned ?? null,
  });
  if (problem !== undefined) return refused(problem.code, `${String(problem.actual)} of ${String(problem.limit)}`);
  const cost = costOf(capabilities, { text: message.text, isSummoned: message.isSummoned ?? null }) ?? 0;
  const hint: SendHint = { conversation: message.conversation ?? '', text: message.text, writtenAt: message.writtenAt };
  let isHandedOver = false;
  const handover = (): void => {
    hooks.onHandover();
    isHandedOver = true;
    own.begin(message.clientKey, hint);
    spending.wrote(cost);
  };
  try {
    const answer =
      place.kind === 'dm'
        ? await context.api.post('dm-send', `/2/dm_conversations/${place.id}/messages`, { text: message.text }, hooks.signal, handover)
        : await context.api.post(
            'post',
            '/2/tweets',
            { text: message.text, reply: { in_reply_to_tweet_id: message.inReplyTo } },
            hooks.signal,
            handover,
          );
    return await settled(context, message.clientKey, hint, answer, hooks.signal);
  } catch (error) {
    if (error instanceof ConnectorError && REFUSED_AT_ONCE.has(error.code)) {
      own.end(message.clientKey, null, true);
      return { ...refused(error.code, error.message), permanent: false, ...(error.retryAt === null ? {} : { retryAt: error.retryAt }) };
    }
    if (isHandedOver) return { status: 'unknown', detail: error instanceof Error ? error.message : String(error) };
    throw error;
  }
}

/** Answers that say for certain that nothing was done. */
const REFUSED_AT_ONCE: ReadonlySet<string> = new Set(['rate-limited', 'budget-used', 'credits-used', 'sign-in-expired']);

async function settled(
  context: XSendContext,
  clientKey: string,
  hint: SendHint,
  answer: HttpAnswer,
  signal: AbortSignal,
): Promise<SendResult> {
  const { own, clock } = context;
  if (answer.status === 201 || answer.status === 200) {
    const data = objectAt(parseJson(answer.body), 'data');
    const [post, event] = [textAt(data, 'id'), textAt(data, 'dm_event_id')];
    const ref = event === null ? (post === null ? null : postRef(post)) : directRef(event);
    own.end(clientKey, ref, ref !== null);
    return ref === null ? { status: 'unknown', detail: 'the answer could not be read' } : { status: 'sent', at: clock.now(), refused: [] };
  }
  const { words } = problemOf(answer, context.secrets());
  if (answer.status >= 500) return { status: 'unknown', detail: words };
  if (/duplicate/iu.test(words)) {
    // what an earlier try of ours has left there is this very message
    const found = await findOwn(context, clientKey, hint, signal).catch(() => false);
    if (found) return { status: 'sent', at: clock.now(), refused: [] };
    own.end(clientKey, null, true);
    return refused('message-repeated', words);
  }
  own.end(clientKey, null, true);
  if (
    answer.status === 403 &&
    /mentioned or otherwise engaged|not allowed to reply|reply to this conversation is not allowed/iu.test(words)
  )
    return refused('not-summoned', words);
  if (answer.status === 400) return refused('message-refused', words);
  const known = refusal(answer, context.secrets(), clock.now());
  return { ...refused(known.code, words), permanent: known.code !== 'credits-used' };
}

/** Whether a message arrived: looks among the newest that we wrote there. */
export async function reconcileOnX(
  context: XSendContext,
  clientKey: string,
  hint: SendHint | undefined,
  signal: AbortSignal,
): Promise<'sent' | 'not-found' | 'undecidable'> {
  const known = context.own.hintOf(clientKey) ?? hint;
  if (known === undefined || placeOf(known.conversation ?? '') === null) return 'undecidable';
  return (await findOwn(context, clientKey, known, signal)) ? 'sent' : 'not-found';
}

/** Messages in an answer, and answers that are looked through: each message costs. */
const PAGE = '20';
const MOST_PAGES = 5;

async function findOwn(context: XSendContext, clientKey: string, hint: SendHint, signal: AbortSignal): Promise<boolean> {
  const { own, account } = context;
  const place = placeOf(hint.conversation ?? '');
  if (place === null) return false;
  const since = after(hint.writtenAt, -CLOCKS_APART_MS);
  let token: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { found, next }: Back = await (place.kind === 'dm'
      ? directsBack(context, place.id, since, token, signal)
      : postsBack(context, place.id, since, token, signal));
    for (const { ref, authorId, text } of found) {
      if (authorId !== account.userId || !isSameText(hint.text, text)) continue;
      const key = own.keyOf(ref, hint.conversation ?? '', text);
      if (key !== null && key !== clientKey) continue;
      own.end(clientKey, ref, true);
      return true;
    }
    token = next;
    if (token === null) return false;
  }
  return false;
}

interface Back {
  readonly found: readonly { readonly ref: string; readonly authorId: string; readonly text: string }[];
  /** How to go on; null when nothing is left since then. */
  readonly next: string | null;
}

async function postsBack(
  context: XSendContext,
  conversation: string,
  since: number,
  token: string | null,
  signal: AbortSignal,
): Promise<Back> {
  const answer = await inDialect(context, async (dialect) =>
    context.api.get(
      'own-posts',
      `/2/users/${context.account.userId}/tweets`,
      { ...POST_QUERY[dialect], max_results: PAGE, start_time: new Date(since).toISOString(), pagination_token: token },
      signal,
    ),
  );
  const page = readPosts(answer);
  context.spending.read('post', page.ids);
  const found = page.items.filter(({ conversationId }) => conversationId === conversation);
  return { found: found.map(({ firstId, authorId, text }) => ({ ref: postRef(firstId), authorId, text })), next: page.nextToken };
}

async function directsBack(
  context: XSendContext,
  conversation: string,
  since: number,
  token: string | null,
  signal: AbortSignal,
): Promise<Back> {
  const answer = await inDialect(context, async (dialect) =>
    context.api.get(
      'dm-conversation',
      `/2/dm_conversations/${conversation}/dm_events`,
      { ...DM_QUERY[dialect], max_results: PAGE, pagination_token: token },
      signal,
    ),
  );
  const page = readDirects(answer);
  context.spending.read('dm', page.ids);
  const found = page.items.filter(({ createdAt }) => createdAt >= since);
  return {
    found: found.map(({ id, senderId, text }) => ({ ref: directRef(id), authorId: senderId, text })),
    // they can not be asked for by time
    next: found.length < page.items.length ? null : page.nextToken,
  };
}

function refused(code: string, detail: string): Extract<SendResult, { readonly status: 'rejected' }> {
  return { status: 'rejected', permanent: true, code, detail };
}
