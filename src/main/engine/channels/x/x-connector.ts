import type { AccountId } from '../../../../shared/domain/ids.ts';
import { CAPABILITIES } from '../../../../shared/domain/channel/capabilities.ts';
import type { Capabilities } from '../../../../shared/domain/channel/capabilities.ts';
import { DAY_MS } from '../../../../shared/domain/time.ts';
import type { Batch, ChannelConnector, ChannelEvent, ConnectorIo, OutboundMessage, SendHint, SendHooks, SendResult } from '../connector.ts';
import { createConnectorLife } from '../connector-life.ts';
import type { ConnectorLife } from '../connector-life.ts';
import { createHttpClient } from '../http-client.ts';
import type { HttpClient } from '../http-client.ts';
import { httpProblem } from '../http-problems.ts';
import { watchByPolling } from '../poll-watch.ts';
import { linkSignals } from '../signals.ts';
import { DEFAULT_X_TIMINGS } from './x-account.ts';
import type { XAccount, XTimings } from './x-account.ts';
import { createXApi } from './x-api.ts';
import type { XApi } from './x-api.ts';
import { formatXCursor, parseXCursor } from './x-cursor.ts';
import type { XCursor } from './x-cursor.ts';
import { readDirectMessages, readMentions } from './x-feeds.ts';
import type { XFeedContext } from './x-feeds.ts';
import { whoAmI } from './x-me.ts';
import { directRef, normalizeDirect, normalizePost, postRef } from './x-normalize.ts';
import { compareIds } from './x-reading.ts';
import type { Dialect, XDirect, XPage, XPost } from './x-reading.ts';
import { createOwnWords, reconcileOnX, sendOnX } from './x-send.ts';
import type { XSendContext } from './x-send.ts';
import { createSpending } from './x-spending.ts';
import type { Spending } from './x-spending.ts';
import { createTokenKeeper } from './x-tokens.ts';
import type { TokenKeeper } from './x-tokens.ts';

export interface XDeps extends ConnectorIo {
  readonly timings?: Partial<XTimings>;
  readonly dialect?: Dialect;
}

class XConnector implements ChannelConnector {
  readonly accountId: AccountId;
  readonly #account: XAccount;
  readonly #deps: XDeps;
  readonly #timings: XTimings;
  readonly #http: HttpClient;
  readonly #tokens: TokenKeeper;
  readonly #spending: Spending;
  readonly #api: XApi;
  readonly #own = createOwnWords();
  readonly #dialect: { current: Dialect };
  readonly #life: ConnectorLife;
  #isPosts = true;

  constructor(account: XAccount, deps: XDeps) {
    this.accountId = account.accountId;
    this.#account = account;
    this.#deps = deps;
    this.#timings = { ...DEFAULT_X_TIMINGS, ...deps.timings };
    const { requestMs, unnamedWaitMs } = this.#timings;
    this.#http = createHttpClient({ server: account.server });
    this.#spending = createSpending(account.monthlyBudgetUsd, deps.clock);
    this.#life = createConnectorLife({ clock: deps.clock, onHealth: deps.onHealth, budget: () => this.#api.budget() });
    this.#tokens = createTokenKeeper(account.secret, {
      http: this.#http,
      clock: deps.clock,
      clientId: account.clientId,
      deadlineMs: requestMs,
      closing: this.#life.closing,
      save: async (secret) => deps.saveSecret?.(secret),
    });
    this.#api = createXApi({
      http: this.#http,
      clock: deps.clock,
      tokens: this.#tokens,
      spending: this.#spending,
      requestMs,
      unnamedWaitMs,
    });
    this.#dialect = { current: deps.dialect ?? 'posts' };
  }

  capabilities(): Capabilities {
    return CAPABILITIES.x;
  }

  async connect(signal: AbortSignal): Promise<void> {
    this.#life.report('connecting', null, '');
    await this.#run(signal, async (stop) => {
      const me = await whoAmI(this.#api, this.#spending, stop);
      if (me.id !== this.#account.userId) throw httpProblem('sign-in-expired', `signed in as @${me.username}`);
    });
  }

  async pull(cursor: string | null, options: { readonly maxMessages: number; readonly signal: AbortSignal }): Promise<Batch> {
    const stored = parseXCursor(cursor);
    this.#spending.remember(stored.spent);
    return this.#run(options.signal, async (signal) => this.#pull(stored, Math.max(1, options.maxMessages), signal));
  }

  /** Posts and direct messages take turns; one that is not to be read is passed over. */
  async #pull(stored: XCursor, max: number, signal: AbortSignal): Promise<Batch> {
    const context: XFeedContext = {
      api: this.#api,
      spending: this.#spending,
      clock: this.#deps.clock,
      account: this.#account,
      timings: this.#timings,
      dialect: this.#dialect,
    };
    if (this.#isPosts && this.#account.mentions) {
      const step = await readMentions(context, stored.posts, max, signal);
      if (!step.more) this.#isPosts = !this.#account.directMessages;
      const next = { ...stored, posts: step.mark };
      return this.#batch(this.#mentionEvents(step.page), next, step.more || this.#account.directMessages);
    }
    if (!this.#account.directMessages) return this.#batch([], stored, false);
    const step = await readDirectMessages(context, stored.directs, max, signal);
    if (!step.more) this.#isPosts = true;
    return this.#batch(this.#directEvents(step.page), { ...stored, directs: step.mark }, step.more);
  }

  #batch(events: readonly ChannelEvent[], cursor: XCursor, more: boolean): Batch {
    const hole = [cursor.posts, cursor.directs].filter(({ next, since }) => next !== null && since === null);
    const done = hole.reduce((sum, each) => sum + each.done, 0);
    return {
      events,
      cursor: formatXCursor({ ...cursor, spent: this.#spending.state() }),
      more,
      // nobody says how many there are
      backfill: hole.length === 0 ? null : { done, total: done + 1 },
    };
  }

  #mentionEvents({ items, users }: XPage<XPost>): readonly ChannelEvent[] {
    return items
      .toSorted((a, b) => compareIds(a.id, b.id))
      .flatMap((post): readonly ChannelEvent[] => {
        const ref = postRef(post.firstId);
        const message = normalizePost(post, users.get(post.authorId), {
          ...this.#account,
          clientKey: post.authorId === this.#account.userId ? this.#own.keyOf(ref, postRef(post.conversationId), post.text) : null,
          isOld: this.#isOld(post.createdAt),
        });
        const whole: ChannelEvent = { kind: 'message', message, remoteRef: ref };
        return post.isEdited ? [whole, { kind: 'edited', remoteRef: ref, text: post.text, at: post.createdAt }] : [whole];
      });
  }

  #directEvents({ items, users }: XPage<XDirect>): readonly ChannelEvent[] {
    return items
      .toSorted((a, b) => compareIds(a.id, b.id))
      .map((event) => {
        const ref = directRef(event.id);
        const message = normalizeDirect(event, users.get(event.senderId), {
          ...this.#account,
          clientKey: event.senderId === this.#account.userId ? this.#own.keyOf(ref, directRef(event.conversationId), event.text) : null,
          isOld: this.#isOld(event.createdAt),
        });
        return { kind: 'message', message, remoteRef: ref };
      });
  }

  #isOld(at: number): boolean {
    return at < this.#deps.clock.now() - DAY_MS;
  }

  async watch(wake: () => void, signal: AbortSignal): Promise<void> {
    const { pollMs, pingMs, pingDeadlineMs } = this.#timings;
    // any answer will do, and none costs anything
    const ping = async (stop: AbortSignal): Promise<void> =>
      void (await this.#http.request({ method: 'HEAD', path: '/', deadlineMs: pingDeadlineMs, signal: stop }));
    await this.#life.watch(signal, async (stop) => watchByPolling({ pollMs, pingMs }, wake, ping, stop));
  }

  async send(message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
    using link = linkSignals(hooks.signal, this.#life.closing);
    const result = await this.#life.tracked(sendOnX(this.#sending(), message, { ...hooks, signal: link.signal }));
    this.#deps.log(result.status === 'sent' ? 'info' : 'warn', 'answer posted', { outboxId: message.outboxId, status: result.status });
    return result;
  }

  async reconcile(clientKey: string, signal: AbortSignal, hint?: SendHint): Promise<'sent' | 'not-found' | 'undecidable'> {
    return this.#run(signal, async (stop) => reconcileOnX(this.#sending(), clientKey, hint, stop));
  }

  #sending(): XSendContext {
    return {
      api: this.#api,
      account: this.#account,
      clock: this.#deps.clock,
      spending: this.#spending,
      own: this.#own,
      dialect: this.#dialect,
      secrets: () => this.#tokens.secrets(),
    };
  }

  async #run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const value = await this.#life.run(signal, work);
    this.#life.report('ok', null, '');
    return value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#life[Symbol.asyncDispose]();
    this.#http[Symbol.dispose]();
  }
}

/** Connects one account on X: posts that name it, and its direct messages. */
export function createXConnector(account: XAccount, deps: XDeps): ChannelConnector {
  return new XConnector(account, deps);
}
