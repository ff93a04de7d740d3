import { randomBytes } from 'node:crypto';
import { CAPABILITIES } from '../../../../shared/domain/channel/capabilities.ts';
import { isSameText } from '../../../../shared/domain/channel/own-words.ts';
import { outboundProblems } from '../../../../shared/domain/channel/outbound-limits.ts';
import type { Clock } from '../../../../shared/domain/time.ts';
import { after, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import type { OutboundAttachment, OutboundMessage, SendHint, SendHooks, SendResult } from '../connector.ts';
import { asObject, numberAt, parseJson, textAt } from '../json-reading.ts';
import type { ForumAccount } from './forum-account.ts';
import type { ForumApi } from './forum-api.ts';
import { refusal, whoAmI, wordsOf } from './forum-api.ts';
import { postsById } from './forum-feeds.ts';
import { readTopic } from './forum-post.ts';
import type { ForumPost } from './forum-post.ts';
import { postNumberOf, topicOf } from './normalize-post.ts';

/** What we post, until the forum has shown it to us. */
export interface OwnPosts {
  /** Our key of a post of ours, also of one that was cut off and turns up now; null when we do not know it. */
  keyOf(post: ForumPost): string | null;
  begin(clientKey: string, hint: SendHint): void;
  /** `postId` null: nobody got it, or nobody knows its number. */
  end(clientKey: string, postId: number | null, isCertain: boolean): void;
  hintOf(clientKey: string): SendHint | undefined;
}

const REMEMBERED = 500;

export function createOwnPosts(): OwnPosts {
  const byPost = new Map<number, string>();
  const underway = new Map<string, { readonly topicId: number | null; readonly hint: SendHint }>();
  return {
    keyOf: (post) => {
      const known = byPost.get(post.id);
      if (known !== undefined) return known;
      for (const [clientKey, { topicId, hint }] of underway) {
        if (topicId !== post.topicId || !says(post, hint)) continue;
        byPost.set(post.id, clientKey);
        return clientKey;
      }
      return null;
    },
    begin: (clientKey, hint) => {
      underway.set(clientKey, { topicId: topicOf(hint.conversation ?? ''), hint });
    },
    end: (clientKey, postId, isCertain) => {
      if (isCertain) underway.delete(clientKey);
      if (postId !== null) byPost.set(postId, clientKey);
      for (const oldest of [...byPost.keys()].slice(0, Math.max(0, byPost.size - REMEMBERED))) byPost.delete(oldest);
      for (const oldest of [...underway.keys()].slice(0, Math.max(0, underway.size - REMEMBERED))) underway.delete(oldest);
    },
    hintOf: (clientKey) => underway.get(clientKey)?.hint,
  };
}

/** Clocks of a forum and of ours differ. */
const CLOCKS_APART_MS = 15 * MINUTE_MS;

function says(post: ForumPost, hint: SendHint): boolean {
  if (!post.isOwn || post.createdAt < hint.writtenAt - CLOCKS_APART_MS) return false;
  return isSameText(hint.text, post.raw ?? post.cooked.replaceAll(/<[^<>]{0,4000}>/gu, ''));
}

export interface SendContext {
  readonly account: Pick<ForumAccount, 'key'>;
  readonly api: ForumApi;
  readonly clock: Clock;
  readonly own: OwnPosts;
}

/** Posts an answer into its topic. Never posts twice by itself. */
export async function sendPost(context: SendContext, message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
  const topicId = topicOf(message.conversation ?? '');
  if (topicId === null) return refused('no-conversation', 'the case has no topic');
  const [problem] = outboundProblems(CAPABILITIES.community, {
    text: message.text,
    attachments: message.attachments.map(({ bytes }) => ({ sizeBytes: bytes.length })),
    now: context.clock.now(),
    lastInboundAt: context.clock.now(),
    isSummoned: null,
  });
  if (problem !== undefined) return refused(problem.code, `${String(problem.actual)} of ${String(problem.limit)}`);
  const hint: SendHint = { conversation: message.conversation ?? '', text: message.text, writtenAt: message.writtenAt };
  let isHandedOver = false;
  try {
    const links: string[] = [];
    for (const file of message.attachments) links.push(await upload(context, file, hooks.signal));
    const replyTo = message.inReplyTo === undefined ? null : postNumberOf(message.inReplyTo);
    const body = {
      raw: [message.text, ...links].join('\n\n'),
      topic_id: topicId,
      // the first post is what every answer in a topic answers
      ...(replyTo === null || replyTo <= 1 ? {} : { reply_to_post_number: replyTo }),
    };
    const answer = await context.api.post(
      '/posts.json',
      { type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) },
      {
        signal: hooks.signal,
        onHandover: () => {
          hooks.onHandover();
          isHandedOver = true;
          context.own.begin(message.clientKey, hint);
        },
      },
    );
    return await settled(context, message.clientKey, topicId, hint, answer, hooks.signal);
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'rate-limited') {
      context.own.end(message.clientKey, null, true);
      return { ...refused(error.code, error.message), permanent: false, ...(error.retryAt === null ? {} : { retryAt: error.retryAt }) };
    }
    if (error instanceof ConnectorError && error.code === 'file-refused') return refused(error.code, error.message);
    if (isHandedOver) return { status: 'unknown', detail: error instanceof Error ? error.message : String(error) };
    throw error;
  }
}

async function settled(
  context: SendContext,
  clientKey: string,
  topicId: number,
  hint: SendHint,
  answer: Awaited<ReturnType<ForumApi['post']>>,
  signal: AbortSignal,
): Promise<SendResult> {
  const { own, account, clock } = context;
  const words = wordsOf(answer, account.key);
  if (answer.status === 200) {
    const parsed = asObject(parseJson(answer.body));
    // it was taken: only its number is unreadable
    const postId = parsed === null ? null : numberAt(parsed, 'id');
    own.end(clientKey, postId, parsed !== null);
    return parsed === null
      ? { status: 'unknown', detail: 'the answer could not be read' }
      : { status: 'sent', at: clock.now(), refused: [] };
  }
  // switched to reading only: certain, and over some time
  if (answer.status === 503 && textAt(asObject(parseJson(answer.body)) ?? {}, 'error_type') === 'read_only') {
    own.end(clientKey, null, true);
    return { ...refused('server-error', words), permanent: false };
  }
  // whatever stands between us and the forum may have lost an answer that was good
  if (answer.status >= 500) return { status: 'unknown', detail: words };
  if (answer.status === 422) {
    // "too similar to what you recently posted", in any language: what an earlier try of ours has left there is this very message
    const found = await findOwn(context, clientKey, topicId, hint, signal).catch(() => 'none' as const);
    own.end(clientKey, typeof found === 'string' ? null : found.id, true);
    if (typeof found !== 'string') return { status: 'sent', at: found.createdAt, refused: [] };
    return refused(/similar/iu.test(words) ? 'message-repeated' : 'message-refused', words);
  }
  own.end(clientKey, null, true);
  if (answer.status !== 403) return refused(refusal(answer, account.key, clock.now()).code, words);
  try {
    await whoAmI(context.api, signal);
    return refused('not-permitted', words);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { ...refused(error.code, error.message), permanent: false, retryAt: after(clock.now(), 15 * MINUTE_MS) };
  }
}

/** Twenty posts of a topic at once; so many times back from the newest. */
const PAGE = 20;
const MOST_PAGES = 10;

/**
 * The post of ours in the topic that says what the hint says and belongs to no other message: from the newest back to when it was written.
 * `unclear`: so much was written since that not all of it was looked at.
 */
async function findOwn(
  { api, own }: SendContext,
  clientKey: string,
  topicId: number,
  hint: SendHint,
  signal: AbortSignal,
): Promise<ForumPost | 'none' | 'unclear'> {
  const topic = readTopic(await api.get(`/t/${String(topicId)}.json`, signal));
  const stream = (topic?.stream ?? []).toSorted((a, b) => b - a);
  for (let at = 0; at < stream.length; at += PAGE) {
    if (at >= PAGE * MOST_PAGES) return 'unclear';
    const posts = await postsById({ api }, topicId, stream.slice(at, at + PAGE), signal, true);
    const found = posts.findLast((post) => {
      if (!says(post, hint)) return false;
      const key = own.keyOf(post);
      return key === null || key === clientKey;
    });
    if (found !== undefined) return found;
    if (posts.some(({ createdAt }) => createdAt < hint.writtenAt - CLOCKS_APART_MS)) return 'none';
  }
  return 'none';
}

/** Whether a message arrived: looks among our newest posts in its topic. */
export async function reconcilePost(
  context: SendContext,
  clientKey: string,
  hint: SendHint | undefined,
  signal: AbortSignal,
): Promise<'sent' | 'not-found' | 'undecidable'> {
  const known = context.own.hintOf(clientKey) ?? hint;
  const topicId = topicOf(known?.conversation ?? '');
  if (known === undefined || topicId === null) return 'undecidable';
  try {
    const found = await findOwn(context, clientKey, topicId, known, signal);
    if (typeof found === 'string') return found === 'none' ? 'not-found' : 'undecidable';
    context.own.end(clientKey, found.id, true);
    return 'sent';
  } catch (error) {
    if (error instanceof ConnectorError && (error.code === 'not-found' || error.code === 'not-permitted')) return 'undecidable';
    throw error;
  }
}

/** Puts a file on the forum; gives the line of a post that shows it. */
async function upload({ api, account, clock }: SendContext, file: OutboundAttachment, signal: AbortSignal): Promise<string> {
  const boundary = `meridian-${randomBytes(12).toString('hex')}`;
  const name = file.name.replaceAll(/["\r\n\\]/gu, '_');
  const field = (key: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const head = `${field('type', 'composer')}${field('synchronous', 'true')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${file.type.replaceAll(/[^\w./+-]/gu, '')}\r\n\r\n`;
  const bytes = Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const answer = await api.post('/uploads.json', { type: `multipart/form-data; boundary=${boundary}`, bytes }, { signal });
  const parsed = asObject(parseJson(answer.body)) ?? {};
  const address = textAt(parsed, 'short_url') ?? textAt(parsed, 'url');
  if (answer.status !== 200 || address === null) {
    const known = refusal(answer, account.key, clock.now());
    throw new ConnectorError(answer.status === 422 ? 'file-refused' : known.code, {
      health: known.health,
      retryable: known.retryable,
      detail: wordsOf(answer, account.key),
    });
  }
  const label = name.replaceAll(/[[\]|]/gu, '_');
  return file.type.startsWith('image/') ? `![${label}](${address})` : `[${label}|attachment](${address})`;
}

function refused(code: string, detail: string): Extract<SendResult, { readonly status: 'rejected' }> {
  return { status: 'rejected', permanent: true, code, detail };
}
