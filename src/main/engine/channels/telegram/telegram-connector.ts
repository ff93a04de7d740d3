import { botApi, botError } from './bot-api.ts';
import { createCourtesies } from './courtesies.ts';
import type { Courtesies } from './courtesies.ts';
import { createFileLoader } from './fetch-file.ts';
import type { FileLoader } from './fetch-file.ts';
import { messageRef, placeOf } from './conversation-key.ts';
import { missingNote } from './message-text.ts';
import { outgoingOf } from './outgoing.ts';
import { latestNumber, readUpdates } from './read-updates.ts';
import type { Bot, Greeting, ReadUpdate } from './read-updates.ts';
import { createSendBudget } from './send-budget.ts';
import type { SendBudget } from './send-budget.ts';
import { sendMessage } from './send-message.ts';
import { DEFAULT_TIMINGS } from './telegram-account.ts';
import type { TelegramAccount, TelegramTimings } from './telegram-account.ts';
import { MOST_UPDATES, numberOf, oldestOf, openAlbum, wholeAlbums } from './update-list.ts';
import { EMPTY_CURSOR, formatCursor, offsetAt, parseCursor } from './update-cursor.ts';
import type { UpdateCursor } from './update-cursor.ts';
import { ConnectorError } from '../connector.ts';
import type {
  Batch,
  ChannelConnector,
  ChannelEvent,
  ConnectorIo,
  InboundFile,
  OutboundMessage,
  SendHooks,
  SendResult,
} from '../connector.ts';
import { createConnectorLife } from '../connector-life.ts';
import type { ConnectorLife } from '../connector-life.ts';
import { linkSignals, pause } from '../signals.ts';
import { CAPABILITIES } from '../../../../shared/domain/channel/capabilities.ts';
import type { Capabilities } from '../../../../shared/domain/channel/capabilities.ts';
import { outboundProblems } from '../../../../shared/domain/channel/outbound-limits.ts';
import type { AccountId } from '../../../../shared/domain/ids.ts';

export interface TelegramDeps extends ConnectorIo {
  readonly timings?: Partial<TelegramTimings>;
}

/** What the service is asked for. Reactions, votes and the like are nobody's words to us. */
const WANTED = ['message', 'edited_message'] as const;
/** Bytes of files in one batch: they are in memory until they are stored. */
const MOST_FILE_BYTES = 40_000_000;
/** An album is waited for so often. */
const ALBUM_ROUNDS = 5;
/** A service that answers at once with nothing, although it was asked to wait, is not asked again at once. */
const UNEASY_MS = 1_000;

interface Fetched {
  readonly offset: number | null;
  readonly updates: readonly unknown[];
}

class TelegramConnector implements ChannelConnector {
  readonly accountId: AccountId;
  readonly #account: TelegramAccount;
  readonly #deps: TelegramDeps;
  readonly #timings: TelegramTimings;
  readonly #life: ConnectorLife;
  readonly #budget: SendBudget;
  readonly #files: FileLoader;
  readonly #courtesies: Courtesies;
  /** What sending has learnt since the last batch: the next cursor keeps it. */
  #learnt: Pick<UpdateCursor, 'moved' | 'joined'> = { moved: [], joined: [] };
  #bot: Bot | null = null;
  /** Where the engine is: nothing above is confirmed to the service. */
  #position: UpdateCursor = EMPTY_CURSOR;
  #fetched: Fetched | null = null;
  #poll: AbortController | null = null;
  #greetings: readonly Greeting[] = [];
  #committed: () => void = () => {};

  constructor(account: TelegramAccount, deps: TelegramDeps) {
    this.accountId = account.accountId;
    this.#account = account;
    this.#deps = deps;
    this.#timings = { ...DEFAULT_TIMINGS, ...deps.timings };
    this.#budget = createSendBudget(deps.clock);
    this.#life = createConnectorLife({
      clock: deps.clock,
      onHealth: deps.onHealth,
      named: (error) => botError(error, deps.clock),
      // what a send was told holds until its time, whatever the poll hears
      isHeld: () => this.#budget.blockedUntil() !== null,
    });
    this.#files = createFileLoader(account, this.#timings, deps);
    this.#courtesies = createCourtesies(account, this.#timings, { ...deps, budget: this.#budget, signal: this.#life.closing });
  }

  capabilities(): Capabilities {
    return CAPABILITIES.telegram;
  }

  async connect(signal: AbortSignal): Promise<void> {
    await this.#life.run(signal, async (stop) => {
      this.#life.report('connecting', null, '');
      const api = botApi(this.#account, { signal: stop, deadlineMs: this.#timings.requestMs });
      const me = await api.getMe();
      if (String(me.id) !== this.#account.botId)
        throw new ConnectorError('other-bot', { health: 'auth', retryable: false, detail: `@${me.username}` });
      // two ways to receive exclude each other, and the other one may be somebody's
      const { url } = await api.getWebhookInfo();
      if (url !== undefined && url !== '')
        throw new ConnectorError('webhook-set', { health: 'down', retryable: false, detail: hostOf(url) });
      this.#bot = { id: me.id, username: me.username, seesAllInGroups: me.can_read_all_group_messages };
      if (this.#account.groups === 'all' && !me.can_read_all_group_messages)
        this.#deps.log('warn', 'the bot sees only what is meant for it in groups: its privacy mode is on', { bot: this.#account.botId });
    });
  }

  async pull(cursor: string | null, options: { readonly maxMessages: number; readonly signal: AbortSignal }): Promise<Batch> {
    return this.#life.run(options.signal, async (stop) => {
      const fence = this.#fence();
      const start = this.#withLearnt(parseCursor(cursor));
      this.#position = start;
      const fetched = await this.#newest(start, stop);
      const batch = await this.#batchOf(start, fetched, Math.max(1, options.maxMessages), stop);
      // whoever holds the account by now is given the same updates again, and may store them
      if (this.#fence() !== fence) throw notHolder();
      return batch;
    });
  }

  /** The fence of our lease. @throws when it was lost: asking would take updates away from whoever has it. */
  #fence(): number {
    const fence = this.#deps.fence === undefined ? 0 : this.#deps.fence();
    if (fence === null) throw notHolder();
    return fence;
  }

  #withLearnt(cursor: UpdateCursor): UpdateCursor {
    const knows = (pairs: UpdateCursor['joined'], [name]: readonly [string, string]): boolean => pairs.some(([each]) => each === name);
    return {
      ...cursor,
      moved: [...cursor.moved, ...this.#learnt.moved.filter((each) => !knows(cursor.moved, each))],
      joined: [...cursor.joined, ...this.#learnt.joined.filter((each) => !knows(cursor.joined, each))],
    };
  }

  /** All that is not confirmed: what the poll has brought, or else what the service says now. */
  async #newest(cursor: UpdateCursor, stop: AbortSignal): Promise<readonly unknown[]> {
    const offset = offsetAt(cursor, this.#deps.clock.now());
    const fetched = this.#fetched?.offset === offset ? this.#fetched : null;
    this.#fetched = null;
    let updates = fetched?.updates ?? (await this.#ask(offset, 0, stop));
    for (let round = 0; round < ALBUM_ROUNDS && openAlbum(updates) !== null && updates.length < MOST_UPDATES; round += 1) {
      await pause(this.#timings.albumMs, stop);
      const before = updates.length;
      updates = await this.#ask(offset, 0, stop);
      if (updates.length === before) break;
    }
    return updates;
  }

  async #ask(offset: number | null, timeout: number, signal: AbortSignal): Promise<readonly unknown[]> {
    this.#fence();
    // a second question would end the first with an error, also our own
    if (timeout === 0) this.#poll?.abort();
    const deadlineMs = timeout === 0 ? this.#timings.requestMs : timeout * 1_000 + this.#timings.slackMs;
    const updates: unknown = await botApi(this.#account, { signal, deadlineMs }).getUpdates({
      ...(offset === null ? {} : { offset }),
      limit: MOST_UPDATES,
      timeout,
      allowed_updates: WANTED,
    });
    if (!Array.isArray(updates))
      throw new ConnectorError('server-error', { health: 'down', retryable: true, detail: 'no list of updates' });
    return updates as readonly unknown[];
  }

  async #batchOf(start: UpdateCursor, updates: readonly unknown[], maxMessages: number, stop: AbortSignal): Promise<Batch> {
    const { clock, log } = this.#deps;
    const events: ChannelEvent[] = [];
    const greetings: Greeting[] = [];
    let cursor = start;
    let left = updates;
    let bytes = 0;
    const reading = {
      account: this.#account,
      bot: this.#bot ?? { id: Number(this.#account.botId), username: '', seesAllInGroups: true },
      known: this.#deps.known,
      skipped: (updateId: number | null, why: string) => log('warn', 'an update was skipped', { updateId, why }),
    };
    for (const step of readUpdates(reading, start, wholeAlbums(updates))) {
      const whole = step.read?.kind === 'edited' ? step.read.whole : null;
      const news = [await this.#eventOf(whole, stop), await this.#eventOf(step.read, stop)].filter((each) => each !== null);
      events.push(...news);
      if (step.read?.kind === 'greeting') greetings.push(step.read.greeting);
      for (const event of news)
        if (event.kind === 'message') bytes += (event.files ?? []).reduce((sum, file) => sum + file.bytes.length, 0);
      cursor = { ...step.cursor, offset: step.end + 1, at: clock.now() };
      left = updates.filter((each) => numberOf(each) > step.end);
      if (step.isComplete && (events.length >= maxMessages || bytes > MOST_FILE_BYTES)) break;
    }
    const hasMore = cursor.offset !== start.offset && (left.length > 0 || updates.length >= MOST_UPDATES);
    // the rest is read from here; nothing of it is confirmed
    if (hasMore && left.length > 0) this.#fetched = { offset: cursor.offset, updates: left };
    this.#greetings = greetings;
    const oldest = hasMore ? oldestOf(left.length > 0 ? left : updates.slice(-1)) : null;
    this.#life.report('ok', null, '', { lagMs: oldest === null ? null : Math.max(0, clock.now() - oldest) });
    return { events, cursor: formatCursor(cursor), more: hasMore, backfill: null };
  }

  async #eventOf(read: ReadUpdate | null, stop: AbortSignal): Promise<ChannelEvent | null> {
    if (read === null || read.kind === 'greeting') return null;
    if (read.kind === 'edited') return { kind: 'edited', remoteRef: read.remoteRef, text: read.text, at: read.at };
    const files: InboundFile[] = [];
    const notes: string[] = [];
    for (const file of read.files) {
      const bytes = await this.#files.bytesOf(file, stop);
      if (bytes === null) notes.push(missingNote(file));
      else files.push({ name: file.name, type: file.type, bytes });
    }
    const text = [read.message.text, ...notes].filter((each) => each !== '').join('\n');
    return { kind: 'message', message: { ...read.message, text }, remoteRef: read.remoteRef, files };
  }

  async commit(cursor: string): Promise<void> {
    this.#position = parseCursor(cursor);
    // what was learnt while the batch was made is not in it
    const missing = (kind: 'moved' | 'joined'): UpdateCursor[typeof kind] =>
      this.#learnt[kind].filter(([name]) => !this.#position[kind].some(([each]) => each === name));
    this.#learnt = { moved: missing('moved'), joined: missing('joined') };
    const greetings = this.#greetings;
    this.#greetings = [];
    this.#committed();
    // after the cursor was stored: who presses a button is answered once or not at all
    for (const greeting of greetings) void this.#life.tracked(this.#courtesies.greet(greeting)).catch(() => {});
    return Promise.resolve();
  }

  async watch(wake: () => void, signal: AbortSignal): Promise<void> {
    await this.#life.watch(signal, async (stop) => this.#watch(wake, stop));
  }

  async #watch(wake: () => void, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const { clock } = this.#deps;
      const offset = offsetAt(this.#position, clock.now());
      const begun = clock.now();
      const updates = await this.#longPoll(offset, stop);
      if (stop.aborted) return;
      if (updates === null) {
        // a pull asks itself, and what it gets is confirmed with the next question only
        await this.#nextCommit(stop);
        continue;
      }
      this.#life.report('ok', null, '');
      if (updates.length > 0) {
        const taken = this.#nextCommit(stop);
        this.#fetched = { offset, updates };
        wake();
        await taken;
      }
      const isUneasy = updates.length === 0 ? clock.now() - begun < UNEASY_MS / 4 : offsetAt(this.#position, clock.now()) === offset;
      if (isUneasy) await pause(UNEASY_MS, stop);
    }
  }

  /** Null when a pull has asked meanwhile. */
  async #longPoll(offset: number | null, stop: AbortSignal): Promise<readonly unknown[] | null> {
    const poll = new AbortController();
    using link = linkSignals(stop, poll.signal);
    this.#poll = poll;
    try {
      return await this.#ask(offset, this.#timings.pollSeconds, link.signal);
    } catch (error) {
      if (poll.signal.aborted) return null;
      throw error;
    } finally {
      if (this.#poll === poll) this.#poll = null;
    }
  }

  async #nextCommit(stop: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stop.removeEventListener('abort', done);
        resolve();
      };
      this.#committed = done;
      if (stop.aborted) done();
      else stop.addEventListener('abort', done, { once: true });
    });
  }

  async send(message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
    return this.#life.tracked(this.#send(message, hooks));
  }

  async #send(message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
    using link = linkSignals(hooks.signal, this.#life.closing);
    const { clock, log } = this.#deps;
    const [problem] = outboundProblems(CAPABILITIES.telegram, {
      text: message.text,
      attachments: message.attachments.map(({ bytes }) => ({ sizeBytes: bytes.length })),
      now: clock.now(),
      lastInboundAt: null,
      isSummoned: null,
    });
    if (problem !== undefined)
      return { status: 'rejected', permanent: true, code: problem.code, detail: `${problem.actual} > ${problem.limit}` };
    const outgoing = outgoingOf(message);
    if (outgoing === null) return { status: 'rejected', permanent: true, code: 'no-conversation', detail: '' };
    if (outgoing.calls.length === 0) return { status: 'rejected', permanent: true, code: 'empty-message', detail: '' };
    const { chat } = outgoing.place;
    const known = this.#withLearnt(this.#position);
    const sending = {
      account: this.#account,
      timings: this.#timings,
      clock,
      budget: this.#budget,
      chat: latestNumber(known, chat),
      moved: (to: string) => {
        this.#learnt = { ...this.#learnt, moved: [...this.#learnt.moved, [chat, to]] };
      },
    };
    const { messages = [], ...result } = await sendMessage(sending, outgoing, { onHandover: hooks.onHandover, signal: link.signal });
    log(result.status === 'sent' ? 'info' : 'warn', 'message submitted', { outboxId: message.outboxId, status: result.status });
    // who answers it later joins this conversation, also where another workstation hears of it
    const current = latestNumber(this.#withLearnt(this.#position), chat);
    const refs = outgoing.place.asker === null ? [] : messages.map((id) => messageRef(current, id));
    const joined = refs.map((ref) => [ref, message.conversation ?? ''] as const);
    this.#learnt = { ...this.#learnt, joined: [...this.#learnt.joined, ...joined] };
    const blocked = this.#budget.blockedUntil();
    if (blocked === null) this.#life.report('ok', null, '', { budget: this.#budget.left() });
    else this.#life.report('rate-limited', 'rate-limited', '', { budget: this.#budget.left() });
    return result.status === 'sent' && refs.length > 0 ? { ...result, refs } : result;
  }

  /** The service keeps no list of what a bot sent: nobody can look it up. */
  async reconcile(): Promise<'undecidable'> {
    return Promise.resolve('undecidable');
  }

  typing(conversation: string, isTyping: boolean): void {
    const place = placeOf(conversation);
    if (!isTyping || place === null || this.#life.closing.aborted) return;
    const chat = latestNumber(this.#withLearnt(this.#position), place.chat);
    void this.#life.tracked(this.#courtesies.type(chat, place.topic)).catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#life[Symbol.asyncDispose]();
  }
}

function notHolder(): ConnectorError {
  return new ConnectorError('not-holder', { health: 'down', retryable: true, detail: '' });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** The connector for one bot. Nothing is asked before `connect`, `pull`, `watch` or `send` is called. */
export function createTelegramConnector(account: TelegramAccount, deps: TelegramDeps): ChannelConnector {
  return new TelegramConnector(account, deps);
}
