import type { AccountId } from '../../../../shared/domain/ids.ts';
import { CAPABILITIES } from '../../../../shared/domain/channel/capabilities.ts';
import type { Capabilities } from '../../../../shared/domain/channel/capabilities.ts';
import { DAY_MS } from '../../../../shared/domain/time.ts';
import type {
  Batch,
  ChannelConnector,
  ChannelEvent,
  ConnectorIo,
  InboundFile,
  OutboundMessage,
  SendHint,
  SendHooks,
  SendResult,
} from '../connector.ts';
import { createConnectorLife } from '../connector-life.ts';
import type { ConnectorLife } from '../connector-life.ts';
import { createHttpClient } from '../http-client.ts';
import type { HttpClient } from '../http-client.ts';
import { httpProblem } from '../http-problems.ts';
import { watchByPolling } from '../poll-watch.ts';
import { createRequestBudget } from '../request-budget.ts';
import type { RequestBudget } from '../request-budget.ts';
import { linkSignals, pause } from '../signals.ts';
import { cookedReader, filesOf } from './cooked-text.ts';
import { DEFAULT_FORUM_TIMINGS } from './forum-account.ts';
import type { ForumAccount, ForumTimings } from './forum-account.ts';
import { createForumApi, whoAmI } from './forum-api.ts';
import type { ForumApi } from './forum-api.ts';
import { formatForumCursor, parseForumCursor } from './forum-cursor.ts';
import type { ForumCursor } from './forum-cursor.ts';
import { beginForum } from './forum-feeds.ts';
import type { FeedContext, Found, Step } from './forum-feeds.ts';
import type { ForumPost } from './forum-post.ts';
import { createForumRound } from './forum-round.ts';
import type { ForumRound } from './forum-round.ts';
import { createOwnPosts, reconcilePost, sendPost } from './forum-send.ts';
import type { SendContext } from './forum-send.ts';
import { normalizePost, remoteRefOf } from './normalize-post.ts';

export interface DiscourseDeps extends ConnectorIo {
  readonly timings?: Partial<ForumTimings>;
  /** Made by us when left out. */
  readonly http?: HttpClient;
}

/** Requests that a look for something new costs: public posts, private topics, and now and then what became of older ones. */
const REQUESTS_A_ROUND = 2.2;

class DiscourseConnector implements ChannelConnector {
  readonly accountId: AccountId;
  readonly #account: ForumAccount;
  readonly #deps: DiscourseDeps;
  readonly #timings: ForumTimings;
  readonly #http: HttpClient;
  readonly #life: ConnectorLife;
  readonly #own = createOwnPosts();
  readonly #read: (cooked: string) => string;
  readonly #host: string;
  readonly #budget: RequestBudget;
  readonly #api: ForumApi;
  #round: ForumRound;
  #knowsUsed = false;

  constructor(account: ForumAccount, deps: DiscourseDeps) {
    this.accountId = account.accountId;
    this.#account = account;
    this.#deps = deps;
    this.#timings = { ...DEFAULT_FORUM_TIMINGS, ...deps.timings };
    this.#http = deps.http ?? createHttpClient({ server: account.server });
    this.#read = cookedReader(account.server);
    this.#host = new URL(account.server).host;
    this.#budget = createRequestBudget(this.#timings.limits, deps.clock);
    this.#life = createConnectorLife({ clock: deps.clock, onHealth: deps.onHealth, budget: () => this.#budget.state() });
    this.#api = createForumApi(account, {
      http: this.#http,
      clock: deps.clock,
      timings: this.#timings,
      budget: this.#budget,
      pause: async (ms, stop) => this.#wait(ms, stop),
    });
    this.#round = createForumRound();
  }

  capabilities(): Capabilities {
    return CAPABILITIES.community;
  }

  async connect(signal: AbortSignal): Promise<void> {
    this.#life.report('connecting', null, '');
    await this.#run(signal, async (stop) => {
      const user = await whoAmI(this.#api, stop);
      if (user.username.toLowerCase() !== this.#account.username.toLowerCase())
        throw httpProblem('sign-in-expired', `the key belongs to ${user.username}`);
    });
  }

  async pull(cursor: string | null, options: { readonly maxMessages: number; readonly signal: AbortSignal }): Promise<Batch> {
    const stored = parseForumCursor(cursor);
    this.#rememberUsed(stored);
    const max = Math.max(1, options.maxMessages);
    return this.#run(options.signal, async (signal) => {
      const context: FeedContext = {
        api: this.#api,
        clock: this.#deps.clock,
        username: this.#account.username,
        categories: this.#account.categories,
        timings: this.#timings,
      };
      try {
        if (stored === null) return await this.#batch(await beginForum(context, max, signal), true, signal);
        const { step, isOver } = await this.#round.next(context, stored, { max, recheckMs: this.#timings.recheckMs, signal });
        return await this.#batch(step, !isOver, signal);
      } catch (error) {
        this.#round = createForumRound();
        throw error;
      }
    });
  }

  /** What was used up before we were started counts, too. */
  #rememberUsed(stored: ForumCursor | null): void {
    if (this.#knowsUsed || stored === null) return;
    this.#knowsUsed = true;
    this.#budget.remember(stored.used);
  }

  async #batch(step: Step, more: boolean, signal: AbortSignal): Promise<Batch> {
    const events: ChannelEvent[] = [];
    for (const found of step.found) events.push(await this.#messageOf(found, signal));
    for (const post of step.changes.edited)
      events.push({ kind: 'edited', remoteRef: remoteRefOf(post.id), text: this.#textOf(post), at: post.updatedAt });
    for (const id of step.changes.gone) events.push({ kind: 'removed', remoteRef: remoteRefOf(id), at: this.#deps.clock.now() });
    const cursor = { ...step.cursor, used: this.#budget.usedByHour() };
    return {
      events,
      cursor: formatForumCursor(cursor),
      more,
      backfill: cursor.low > 0 ? { done: cursor.done, total: guessedTotal(cursor) } : null,
    };
  }

  #textOf(post: ForumPost): string {
    return post.isOwn && post.raw !== null ? post.raw : this.#read(post.cooked);
  }

  async #messageOf({ post, isPrivate, title }: Found, signal: AbortSignal): Promise<ChannelEvent> {
    const message = normalizePost(post, this.#textOf(post), {
      host: this.#host,
      isPrivate,
      title,
      clientKey: post.isOwn ? this.#own.keyOf(post) : null,
      isOld: post.createdAt < this.#deps.clock.now() - DAY_MS,
    });
    const files = post.isOwn ? [] : await this.#filesOf(post, signal);
    return { kind: 'message', message, remoteRef: remoteRefOf(post.id), ...(files.length === 0 ? {} : { files }) };
  }

  /** What can not be had stays a link in the text. */
  async #filesOf(post: ForumPost, signal: AbortSignal): Promise<readonly InboundFile[]> {
    const { attachments } = CAPABILITIES.community;
    const files: InboundFile[] = [];
    for (const { address, name, isImage } of filesOf(post.cooked).slice(0, attachments.maxCount)) {
      const answer = await this.#http.file(address, { deadlineMs: this.#timings.requestMs, maxBytes: attachments.maxBytes, signal });
      if (answer === null) continue;
      const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
      const label = name.trim() === '' ? (address.split(/[?#]/u)[0]?.split('/').at(-1) ?? 'file') : name;
      files.push({ name: label, type: type === '' ? (isImage ? 'image/png' : 'application/octet-stream') : type, bytes: answer.body });
    }
    return files;
  }

  async watch(wake: () => void, signal: AbortSignal): Promise<void> {
    const { pollMs, pingMs, pingDeadlineMs } = this.#timings;
    const timings = { pollMs: pollMs ?? this.#budget.paceMs(REQUESTS_A_ROUND), pingMs };
    // answered without a key, so it costs nothing of the limits
    const ping = async (stop: AbortSignal): Promise<void> =>
      void (await this.#http.request({ method: 'GET', path: '/srv/status', deadlineMs: pingDeadlineMs, signal: stop }));
    await this.#life.watch(signal, async (stop) => watchByPolling(timings, wake, ping, stop));
  }

  async send(message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
    using link = linkSignals(hooks.signal, this.#life.closing);
    const result = await this.#life.tracked(sendPost(this.#sending(), message, { ...hooks, signal: link.signal }));
    this.#deps.log(result.status === 'sent' ? 'info' : 'warn', 'answer posted', { outboxId: message.outboxId, status: result.status });
    return result;
  }

  async reconcile(clientKey: string, signal: AbortSignal, hint?: SendHint): Promise<'sent' | 'not-found' | 'undecidable'> {
    return this.#run(signal, async (stop) => reconcilePost(this.#sending(), clientKey, hint, stop));
  }

  #sending(): SendContext {
    return { account: this.#account, api: this.#api, clock: this.#deps.clock, own: this.#own };
  }

  async #run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const value = await this.#life.run(signal, work);
    this.#life.report('ok', null, '');
    return value;
  }

  /** The limits are used up for a moment: that is shown while it lasts. */
  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    const health = this.#life.health();
    if (health !== null) this.#life.report(health.state, health.code, health.detail);
    await pause(ms, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#life[Symbol.asyncDispose]();
    this.#http[Symbol.dispose]();
  }
}

/** How many posts there may be: as many as the part of the ids that was walked through so far lets expect. */
function guessedTotal({ seen, low, done }: ForumCursor): number {
  return Math.max(done + 1, Math.round((done * seen) / Math.max(1, seen - low)));
}

/** Connects one account of a Discourse forum. */
export function createDiscourseConnector(account: ForumAccount, deps: DiscourseDeps): ChannelConnector {
  return new DiscourseConnector(account, deps);
}
