import { rootCertificates } from 'node:tls';
import type { ImapFlow, ImapFlowOptions } from 'imapflow';
import { throwIfAborted, withDeadline } from './deadline.ts';
import type { EmailAccount, EmailAuth, EmailTimings, ServerEndpoint } from './email-account.ts';
import { emailError, toConnectorError } from './email-errors.ts';

/** Largest mail that is fetched whole; of a larger one only the text comes. */
export const WHOLE_MAIL_BYTES = 40 * 1024 * 1024;

/** A mailbox on the server, as LIST reports it. */
export interface ImapFolder {
  readonly path: string;
  readonly specialUse: string | null;
  readonly selectable: boolean;
}

/** TLS options for a server; an authority of the account is trusted besides the system's. */
export function tlsOptions(
  account: Pick<EmailAccount, 'trustedCa'>,
  endpoint: ServerEndpoint,
): { minVersion: 'TLSv1.2'; servername?: string; ca?: string[] } {
  const isName = !/^[\d.]+$|:/u.test(endpoint.host);
  return {
    minVersion: 'TLSv1.2',
    ...(isName ? { servername: endpoint.host } : {}),
    ...(account.trustedCa === undefined ? {} : { ca: [...rootCertificates, account.trustedCa] }),
  };
}

function optionsFor(account: EmailAccount, timings: EmailTimings, accessToken: string): ImapFlowOptions {
  const { imap, auth } = account;
  return {
    host: imap.host,
    port: imap.port,
    secure: imap.security === 'tls',
    // never "if the server happens to offer it": whoever can strip the offer would get the password
    ...(imap.security === 'tls' ? {} : { doSTARTTLS: imap.security === 'starttls' }),
    tls: tlsOptions(account, imap),
    auth: auth.kind === 'password' ? { user: auth.user, pass: auth.password } : { user: auth.user, accessToken },
    clientInfo: { name: 'Meridian' },
    // its log lines can hold what was sent
    logger: false,
    qresync: true,
    disableAutoIdle: true,
    connectionTimeout: timings.connectMs,
    greetingTimeout: timings.connectMs,
    // the watchdog here is ours: it counts bytes, not minutes
    socketTimeout: 10 * 60_000,
    maxLiteralSize: WHOLE_MAIL_BYTES + 1024 * 1024,
    maxResponseSize: WHOLE_MAIL_BYTES * 2,
  };
}

/** The token to sign in with; empty for a password account. Throws `sign-in-expired` when none is to be had. */
export async function currentToken(auth: EmailAuth): Promise<string> {
  if (auth.kind === 'password') return '';
  try {
    return await auth.accessToken();
  } catch (error) {
    throw emailError('sign-in-expired', error instanceof Error ? error.message.slice(0, 200) : 'no access token');
  }
}

/** One signed-in IMAP connection with a watch over its silence. */
export class ImapSession implements Disposable {
  readonly client: ImapFlow;
  readonly #account: EmailAccount;
  readonly #timings: EmailTimings;
  readonly #token: string;
  #aside = 0;

  private constructor(client: ImapFlow, account: EmailAccount, timings: EmailTimings, token: string) {
    this.client = client;
    this.#account = account;
    this.#timings = timings;
    this.#token = token;
  }

  /** Connects and signs in. Throws a ConnectorError; nothing stays open then. */
  static async open(account: EmailAccount, timings: EmailTimings, signal: AbortSignal): Promise<ImapSession> {
    throwIfAborted(signal);
    const limits = { ms: timings.openMs, signal, what: account.imap.host };
    const token = await withDeadline(currentToken(account.auth), { ...limits, release: () => {} });
    // loaded when it is needed first: rows are on the screen before anybody connects
    const library = await import('imapflow');
    const client = new library.ImapFlow(optionsFor(account, timings, token));
    // every failure also rejects what waits for it; without a listener this one would end the process
    client.on('error', () => {});
    const session = new ImapSession(client, account, timings, token);
    try {
      await withDeadline(client.connect(), { ...limits, release: () => client.close() });
      return session;
    } catch (error) {
      const isForeign = error instanceof Error && 'code' in error && error.code === 'GREETING_TIMEOUT' && client.stats().received > 0;
      client.close();
      if (isForeign) throw emailError('not-imap', `${account.imap.host} answered, but not as an IMAP server does`);
      throw session.#translated(error);
    }
  }

  get isAlive(): boolean {
    return this.client.usable && !this.client.isClosed;
  }

  /** Whether the server keeps what was removed and changed since a modification sequence. */
  get hasQresync(): boolean {
    return this.client.enabled.has('QRESYNC');
  }

  get hasCondstore(): boolean {
    return this.client.enabled.has('CONDSTORE') || this.hasQresync;
  }

  #translated(error: unknown): Error {
    return toConnectorError(error, 'imap', this.#account.auth, this.#token);
  }

  /**
   * Runs commands. While they run the server must keep sending: after `silenceMs` without a byte the connection is given up.
   * It is also closed when the signal aborts, because IMAP can not take a command back.
   */
  async run<T>(signal: AbortSignal, commands: (client: ImapFlow) => Promise<T>, silenceMs = this.#timings.silenceMs): Promise<T> {
    throwIfAborted(signal);
    if (!this.isAlive) throw emailError('connection-lost', this.client.byeReason ?? 'the connection was closed');
    const { client } = this;
    let failure: Error | null = null;
    const giveUp = (error: Error): void => {
      failure ??= error;
      client.close();
    };
    let seen = client.stats().received;
    let quietFor = 0;
    const step = Math.max(10, Math.min(1_000, silenceMs / 4));
    const watchdog = setInterval(() => {
      const { received } = client.stats();
      quietFor = received === seen && this.#aside === 0 ? quietFor + step : 0;
      seen = received;
      if (quietFor >= silenceMs)
        giveUp(emailError('timeout', `${this.#account.imap.host}: no answer within ${Math.round(silenceMs / 100) / 10} s`));
    }, step);
    const onAbort = (): void => giveUp(emailError('cancelled', 'stopped'));
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const value = await commands(client);
      // some commands (NOOP among them) end quietly when the connection is closed under them
      if (failure !== null || client.isClosed)
        throw failure ?? emailError('connection-lost', client.byeReason ?? 'the connection was closed');
      return value;
    } catch (error) {
      throw failure ?? this.#translated(error);
    } finally {
      clearInterval(watchdog);
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Waits for something that is not the server; its silence does not count meanwhile. */
  async aside<T>(work: Promise<T>): Promise<T> {
    this.#aside += 1;
    try {
      return await work;
    } finally {
      this.#aside -= 1;
    }
  }

  /** All folders of the mailbox. */
  async folders(signal: AbortSignal): Promise<ImapFolder[]> {
    const listed = await this.run(signal, async (client) => client.list());
    return listed.map((folder) => ({
      path: folder.path,
      specialUse: folder.specialUse ?? null,
      selectable: ![...folder.flags].some((flag) => ['\\NOSELECT', '\\NONEXISTENT'].includes(flag.toUpperCase())),
    }));
  }

  /** Says goodbye if the server listens within a moment, and closes in any case. */
  async logout(): Promise<void> {
    if (!this.isAlive) return this.client.close();
    const goodbye = withDeadline(this.client.logout(), {
      ms: 1_000,
      signal: new AbortController().signal,
      what: 'LOGOUT',
      release: () => {},
    });
    await goodbye.catch(() => {});
    this.client.close();
  }

  [Symbol.dispose](): void {
    this.client.close();
  }
}
