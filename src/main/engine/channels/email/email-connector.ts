import type { AccountId } from '../../../../shared/domain/ids.ts';
import type { Batch, ChannelConnector, ChannelEvent, ConnectorIo, Health, OutboundMessage, SendHooks, SendResult } from '../connector.ts';
import { CAPABILITIES } from '../../../../shared/domain/channel/capabilities.ts';
import type { Capabilities } from '../../../../shared/domain/channel/capabilities.ts';
import { ConnectorError } from '../connector.ts';
import { linkSignals } from '../signals.ts';
import { throwIfAborted } from './deadline.ts';
import { DEFAULT_TIMINGS, watchedFolder, type EmailAccount, type EmailTimings } from './email-account.ts';
import { emailError, toConnectorError } from './email-errors.ts';
import { formatCursor, parseCursor, type EmailCursor, type FolderCursor } from './folder-cursor.ts';
import { backfillFolder, remainingBelow, syncFolder, type FolderContext, type FolderStep, type Remaining } from './folder-sync.ts';
import { ImapSession, type ImapFolder } from './imap-session.ts';
import type { MailParser } from './mime/parsed-mail.ts';
import { outgoingMail } from './outgoing-mail.ts';
import { sendMail } from './send-mail.ts';
import { appendCopy, findByMessageId, proofFolders } from './sent-copies.ts';
import { watchFolder } from './watch-folder.ts';

/** What the connector uses of the world around it. */
export interface EmailDeps extends ConnectorIo {
  /** Not disposed by the connector: several accounts share one. */
  readonly parser: MailParser;
  /** Deadlines and intervals other than the defaults. */
  readonly timings?: Partial<EmailTimings>;
}

/**
 * Copies that wait for a better moment; older ones are given up. They wait in memory alone: what was sent is kept in our own
 * database in any case, and only the folder of sent mail lacks a copy when the app ends before it could be filed.
 */
const MAX_WAITING_COPIES = 50;
/** How long quitting waits for copies, in milliseconds. */
const COPY_GRACE_MS = 2_000;
/** One refusal may be a bad moment, three are an answer. */
const COPY_ATTEMPTS = 3;

interface WaitingCopy {
  readonly clientKey: string;
  readonly raw: Uint8Array;
  attempts: number;
}

class EmailConnector implements ChannelConnector {
  readonly accountId: AccountId;
  readonly #account: EmailAccount;
  readonly #deps: EmailDeps;
  readonly #timings: EmailTimings;
  readonly #closing = new AbortController();
  readonly #working = new Set<Promise<unknown>>();
  readonly #remaining = new Map<string, Remaining>();
  readonly #flagsComparedAt = new Map<string, number>();
  readonly #missing = new Set<string>();
  readonly #copies: WaitingCopy[] = [];
  #session: ImapSession | null = null;
  #folders: readonly ImapFolder[] = [];
  #usedAt = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #health: Health | null = null;

  constructor(account: EmailAccount, deps: EmailDeps) {
    this.accountId = account.accountId;
    this.#account = account;
    this.#deps = deps;
    this.#timings = { ...DEFAULT_TIMINGS, ...deps.timings };
  }

  capabilities(): Capabilities {
    return CAPABILITIES.email;
  }

  async connect(signal: AbortSignal): Promise<void> {
    await this.#imap(signal, async (session, stop) => {
      await session.run(stop, async (client) => client.noop());
    });
  }

  async pull(cursor: string | null, options: { readonly maxMessages: number; readonly signal: AbortSignal }): Promise<Batch> {
    const stored = parseCursor(cursor);
    return this.#imap(options.signal, async (session, signal) => {
      const batch = await session.run(signal, async () => this.#pull(session, stored, Math.max(1, options.maxMessages)));
      await this.#fileWaitingCopies(session, signal);
      return batch;
    });
  }

  #contextOf(path: string): FolderContext {
    const { parser, clock, log } = this.#deps;
    return { account: this.#account, parser, clock, log, path, inSentFolder: path === this.#account.sentFolder };
  }

  async #pull(session: ImapSession, stored: EmailCursor, maxMessages: number): Promise<Batch> {
    const cursor: Record<string, FolderCursor> = { ...stored };
    const events: ChannelEvent[] = [];
    let messages = 0;
    let more = false;
    const first = watchedFolder(this.#account);
    const paths = [first, ...this.#account.folders.filter((path) => path !== first)];
    for (const path of paths) {
      const step = await this.#syncUnlessMissing(session, path, cursor[path] ?? null, maxMessages - messages);
      if (step === null) continue;
      events.push(...step.events);
      cursor[path] = step.cursor;
      messages += step.messages;
      more ||= step.more;
    }
    const backfill = await this.#backfill(session, paths, cursor, messages === 0 ? maxMessages : 0);
    events.push(...backfill.events);
    return { events, cursor: formatCursor(cursor), more: more || backfill.left > 0, backfill: backfill.progress };
  }

  async #syncUnlessMissing(
    session: ImapSession,
    path: string,
    stored: FolderCursor | null,
    maxMessages: number,
  ): Promise<FolderStep | null> {
    const now = this.#deps.clock.now();
    const compareFlags = now - (this.#flagsComparedAt.get(path) ?? 0) >= this.#timings.flagCompareMs;
    if (compareFlags) this.#flagsComparedAt.set(path, now);
    try {
      // even with the budget used up the marks of this folder are brought up to date
      const step = await syncFolder(session, this.#contextOf(path), stored, { maxMessages: Math.max(0, maxMessages), compareFlags });
      this.#missing.delete(path);
      return step;
    } catch (error) {
      const known = toConnectorError(error, 'imap', this.#account.auth);
      if (known.code !== 'mailbox-not-found' || path.toUpperCase() === 'INBOX') throw known;
      if (!this.#missing.has(path)) this.#deps.log('warn', 'a folder to follow is not there any more', { path });
      this.#missing.add(path);
      return null;
    }
  }

  /** Reads the next older slice of the first folder that has one, and counts what is left everywhere. Changes `cursor`. */
  async #backfill(
    session: ImapSession,
    paths: readonly string[],
    cursor: Record<string, FolderCursor>,
    maxMessages: number,
  ): Promise<{ events: readonly ChannelEvent[]; left: number; progress: Batch['backfill'] }> {
    let events: readonly ChannelEvent[] = [];
    let budget = maxMessages;
    let [done, left] = [0, 0];
    let hasBackfill = false;
    for (const path of paths) {
      const folder = cursor[path];
      if (folder === undefined || this.#missing.has(path)) continue;
      done += folder.backfilled;
      if (folder.lowUid <= 1) continue;
      hasBackfill = true;
      const remaining = await this.#remainingOf(session, path, folder);
      if (budget > 0) {
        await this.#reselect(session, path);
        const step = await backfillFolder(session, this.#contextOf(path), folder, remaining, budget);
        events = step.events;
        cursor[path] = step.cursor;
        done += step.cursor.backfilled - folder.backfilled;
        // a folder that was empty costs nothing: the next one may use the turn
        budget = step.messages === 0 ? budget : 0;
      }
      left += remaining.uids.length;
    }
    return { events, left, progress: hasBackfill ? { done, total: done + left } : null };
  }

  async #reselect(session: ImapSession, path: string): Promise<void> {
    const { mailbox } = session.client;
    if (mailbox === false || mailbox.path !== path) await session.client.mailboxOpen(path, { readOnly: true });
  }

  async #remainingOf(session: ImapSession, path: string, folder: FolderCursor): Promise<Remaining> {
    const known = this.#remaining.get(path);
    // after a crash the cursor may be older than what is remembered here
    if (known?.uidValidity === folder.uidValidity && known.lowUid === folder.lowUid) return known;
    await this.#reselect(session, path);
    const found = await remainingBelow(session.client, folder);
    this.#remaining.set(path, found);
    return found;
  }

  async watch(wake: () => void, signal: AbortSignal): Promise<void> {
    using link = linkSignals(signal, this.#closing.signal);
    try {
      await this.#tracked(watchFolder(this.#account, this.#timings, wake, link.signal, () => this.#report('ok', null, '')));
    } catch (error) {
      throw this.#reported(error);
    }
  }

  async send(message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
    return this.#tracked(this.#send(message, hooks));
  }

  async #send(message: OutboundMessage, hooks: SendHooks): Promise<SendResult> {
    using link = linkSignals(hooks.signal, this.#closing.signal);
    const { signal } = link;
    const outgoing = await outgoingMail(this.#account, message);
    const { clock, log } = this.#deps;
    const result = await sendMail(this.#account, this.#timings, outgoing, { onHandover: hooks.onHandover, signal }, () => clock.now());
    log(result.status === 'sent' ? 'info' : 'warn', 'mail submitted', { outboxId: message.outboxId, status: result.status });
    if (result.status === 'sent' && this.#account.sentCopy === 'append' && this.#account.sentFolder !== null) {
      this.#copies.push({ clientKey: message.clientKey, raw: outgoing.raw, attempts: 0 });
      if (this.#copies.length > MAX_WAITING_COPIES) this.#copies.shift();
      // the message is on its way: its copy must neither delay nor change that answer
      void this.#imap(this.#closing.signal, async (session, stop) => this.#fileWaitingCopies(session, stop)).catch(() => {});
    }
    return result;
  }

  /** Puts copies into the folder of sent mail. What fails waits for the next time; it never harms the caller. */
  async #fileWaitingCopies(session: ImapSession, signal: AbortSignal): Promise<void> {
    const folder = this.#account.sentFolder;
    if (folder === null) return;
    for (let copy = this.#copies[0]; copy !== undefined; copy = this.#copies[0]) {
      copy.attempts += 1;
      try {
        await appendCopy(session, folder, copy, signal, copy.attempts > 1);
        this.#copies.shift();
      } catch (error) {
        const known = toConnectorError(error, 'imap', this.#account.auth);
        this.#deps.log('warn', 'the copy of a sent mail could not be filed', { folder, code: known.code, detail: known.message });
        if (copy.attempts < COPY_ATTEMPTS) return;
        this.#copies.shift();
      }
    }
  }

  async reconcile(clientKey: string, signal: AbortSignal): Promise<'sent' | 'not-found' | 'undecidable'> {
    return this.#imap(signal, async (session, stop) => {
      const isFound = await findByMessageId(session, proofFolders(this.#account, this.#folders), clientKey, stop);
      if (isFound) return 'sent';
      // a copy that only we would have filed proves nothing by its absence
      return this.#account.sentCopy === 'server' ? 'not-found' : 'undecidable';
    });
  }

  /** Runs one thing at a time on the signed-in connection, opened when needed. Reports health. */
  async #imap<T>(signal: AbortSignal, work: (session: ImapSession, signal: AbortSignal) => Promise<T>): Promise<T> {
    using link = linkSignals(signal, this.#closing.signal);
    const stop = link.signal;
    const turn = this.#turn.then(async () => {
      throwIfAborted(stop);
      const session = await this.#openSession(stop);
      try {
        const value = await work(session, stop);
        this.#usedAt = this.#deps.clock.now();
        return value;
      } catch (error) {
        // whatever state the conversation is in, the next one starts afresh
        session[Symbol.dispose]();
        throw error;
      }
    });
    this.#turn = turn.catch(() => {});
    try {
      const value = await this.#tracked(turn);
      const [missing] = this.#missing;
      this.#report('ok', missing === undefined ? null : 'mailbox-not-found', missing ?? '');
      return value;
    } catch (error) {
      throw this.#reported(error);
    }
  }

  async #openSession(signal: AbortSignal): Promise<ImapSession> {
    const open = this.#session;
    if (open?.isAlive === true) {
      if (this.#deps.clock.now() - this.#usedAt < this.#timings.staleMs) return open;
      try {
        await open.run(signal, async (client) => client.noop(), this.#timings.probeMs);
        return open;
      } catch (error) {
        throwIfAborted(signal);
        this.#deps.log('info', 'the mail connection had gone', { detail: error instanceof Error ? error.message : '' });
      }
    }
    open?.[Symbol.dispose]();
    this.#report('connecting', null, '');
    const session = await ImapSession.open(this.#account, this.#timings, signal);
    try {
      this.#folders = await session.folders(signal);
    } catch (error) {
      session[Symbol.dispose]();
      throw error;
    }
    this.#remaining.clear();
    this.#session = session;
    return session;
  }

  #reported(error: unknown): ConnectorError {
    const known = toConnectorError(error, 'imap', this.#account.auth);
    if (known.code !== 'cancelled') this.#report(known.health, known.code, known.message);
    return known;
  }

  #report(state: Health['state'], code: string | null, detail: string): void {
    if (this.#closing.signal.aborted) return;
    if (this.#health?.state === state && this.#health.code === code && this.#health.detail === detail) return;
    this.#health = { state, since: this.#deps.clock.now(), code, detail };
    this.#deps.onHealth(this.#health);
  }

  async #tracked<T>(work: Promise<T>): Promise<T> {
    this.#working.add(work);
    try {
      return await work;
    } finally {
      this.#working.delete(work);
    }
  }

  /** Who quits right after sending waits a moment for the copy; what is not filed then is said in the log. */
  async #waitForCopies(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, COPY_GRACE_MS);
    });
    if (this.#session?.isAlive === true) await Promise.race([this.#turn.catch(() => {}), deadline]);
    clearTimeout(timer);
    if (this.#copies.length > 0) this.#deps.log('warn', 'copies of sent mail were not filed', { copies: this.#copies.length });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#closing.signal.aborted && this.#working.size === 0) await this.#session?.logout();
    if (this.#copies.length > 0) await this.#waitForCopies();
    this.#closing.abort();
    await Promise.allSettled(this.#working);
    await this.#turn;
    this.#session?.[Symbol.dispose]();
    this.#session = null;
  }
}

/** The connector for one mailbox. Nothing is opened before `connect`, `pull`, `watch`, `send` or `reconcile` is called. */
export function createEmailConnector(account: EmailAccount, deps: EmailDeps): ChannelConnector {
  if (account.folders.length === 0) throw emailError('mailbox-not-found', 'no folder was chosen');
  return new EmailConnector(account, deps);
}
