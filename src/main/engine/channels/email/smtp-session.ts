import { connect as connectTcp, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type XOAuth2 from 'nodemailer/lib/xoauth2';
import { throwIfAborted, withDeadline } from './deadline.ts';
import type { EmailAccount, EmailTimings } from './email-account.ts';
import { emailError, secretsOf, toConnectorError } from './email-errors.ts';
import { currentToken, tlsOptions } from './imap-session.ts';

/** Opens a TCP or TLS connection to the submission server. Errors are Node's own. */
async function dial(account: EmailAccount, timings: EmailTimings, signal: AbortSignal): Promise<Socket> {
  const { host, port, security } = account.smtp;
  const socket = security === 'tls' ? connectTls({ host, port, ...tlsOptions(account, account.smtp) }) : connectTcp({ host, port });
  const ready = new Promise<void>((resolve, reject) => {
    socket.once(security === 'tls' ? 'secureConnect' : 'connect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(emailError('connection-lost', `${host} closed the connection`)));
  });
  try {
    await withDeadline(ready, { ms: timings.connectMs, signal, what: host, release: () => socket.destroy() });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.setNoDelay(true);
  return socket;
}

/** The answer of the server to a message it accepted for somebody. */
export interface Submission {
  readonly refused: readonly string[];
}

/** One signed-in SMTP connection for one message. Disposing it destroys the socket. */
export class SmtpSession implements Disposable {
  readonly #connection: SMTPConnection;
  readonly #socket: Socket;
  readonly #account: EmailAccount;
  readonly #token: string;
  /** Settled with the reason as soon as the connection fails, whoever waits. */
  readonly #failed: Promise<never>;
  #hasFailed = false;

  private constructor(Connection: typeof SMTPConnection, socket: Socket, account: EmailAccount, timings: EmailTimings, token: string) {
    this.#socket = socket;
    this.#account = account;
    this.#token = token;
    const { smtp } = account;
    this.#connection = new Connection({
      connection: socket,
      host: smtp.host,
      port: smtp.port,
      secure: smtp.security === 'tls',
      secured: smtp.security === 'tls',
      requireTLS: smtp.security === 'starttls',
      ignoreTLS: smtp.security === 'none',
      tls: tlsOptions(account, smtp),
      // our own host name says nothing to the server and too much about the agent's computer
      name: 'meridian.invalid',
      logger: false,
      greetingTimeout: timings.connectMs,
      socketTimeout: timings.acceptMs,
      socketCloseTimeout: 0,
    });
    this.#failed = new Promise<never>((_resolve, reject) => {
      this.#connection.on('error', (error: unknown) => {
        this.#hasFailed = true;
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
    this.#failed.catch(() => {});
  }

  /** Connects and signs in. Throws a ConnectorError; nothing stays open then. */
  static async open(account: EmailAccount, timings: EmailTimings, signal: AbortSignal): Promise<SmtpSession> {
    throwIfAborted(signal);
    const limits = { ms: timings.openMs, signal, what: account.smtp.host };
    const token = await withDeadline(currentToken(account.auth), { ...limits, release: () => {} });
    let session: SmtpSession | null = null;
    try {
      // loaded when it is needed first: rows are on the screen before anybody sends
      const { default: Connection } = await import('nodemailer/lib/smtp-connection');
      const socket = await dial(account, timings, signal);
      session = new SmtpSession(Connection, socket, account, timings, token);
      const opened = session;
      await withDeadline(opened.#signIn(), { ...limits, release: () => opened[Symbol.dispose]() });
      return opened;
    } catch (error) {
      session?.[Symbol.dispose]();
      throw toConnectorError(error, 'smtp', account.auth, token);
    }
  }

  async #signIn(): Promise<void> {
    const { auth } = this.#account;
    await this.#step((done) => this.#connection.connect((error) => done(error ?? null)));
    if (!this.#connection.allowsAuth) {
      throw emailError(this.#connection.secure ? 'server-error' : 'tls-required', `${this.#account.smtp.host} offers no sign-in here`);
    }
    const credentials =
      auth.kind === 'password' ? { user: auth.user, pass: auth.password } : { user: auth.user, oauth2: await this.#oauth2(auth.user) };
    await this.#step((done) => this.#connection.login(credentials, (error) => done(error ?? null)));
  }

  async #oauth2(user: string): Promise<XOAuth2> {
    const { default: OAuth2 } = await import('nodemailer/lib/xoauth2');
    return new OAuth2({ user, accessToken: this.#token });
  }

  async #step(start: (done: (error: Error | null) => void) => void): Promise<void> {
    const step = new Promise<void>((resolve, reject) => {
      start((error) => (error === null ? resolve() : reject(error)));
    });
    await Promise.race([step, this.#failed]);
  }

  /** Everything that must not be shown of this account. */
  get secrets(): readonly string[] {
    return secretsOf(this.#account.auth, this.#token);
  }

  get hasFailed(): boolean {
    return this.#hasFailed || this.#socket.destroyed;
  }

  /** Bytes written by us that the system has not taken yet. */
  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  /**
   * Sends one message; resolves when the server has answered to its end.
   * @param message the source; ending it releases the dot that completes the message
   * @throws nodemailer's own error, which tells the server's code
   */
  async submit(envelope: { from: string; to: readonly string[]; size: number }, message: Readable): Promise<Submission> {
    return new Promise<Submission>((resolve, reject) => {
      this.#failed.catch(reject);
      // the body may hold 8-bit text
      this.#connection.send(
        { from: envelope.from, to: [...envelope.to], size: envelope.size, use8BitMime: true },
        message,
        (error, info) => {
          if (error !== null && error !== undefined) reject(error);
          else resolve({ refused: info.rejected });
        },
      );
    });
  }

  /** Ends the session politely; returns at once. */
  quit(): void {
    if (!this.hasFailed) this.#connection.quit();
  }

  [Symbol.dispose](): void {
    this.#connection.close();
    this.#socket.destroy();
  }
}
