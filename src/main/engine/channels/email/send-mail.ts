import { Readable } from 'node:stream';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { ConnectorError, SendHooks, SendResult } from '../connector.ts';
import { withDeadline } from './deadline.ts';
import type { EmailAccount, EmailTimings } from './email-account.ts';
import { emailError, safeDetail, smtpRefusal, toConnectorError } from './email-errors.ts';
import { EMAIL_ERROR_CODES, type EmailErrorCode } from './error-codes.ts';
import { SmtpSession } from './smtp-session.ts';

const CHUNK_BYTES = 64 * 1024;

/** A message ready for the wire. */
export interface Outgoing {
  readonly raw: Uint8Array;
  /** Envelope sender; empty for the null sender. */
  readonly from: string;
  readonly recipients: readonly string[];
}

/**
 * The message as a stream that keeps its end back: only when all else has been taken by the system and the connection still
 * stands, `onRelease` is called, and then the last bytes go. What fails before that has certainly not been delivered.
 */
function heldBack(raw: Uint8Array, session: SmtpSession, onRelease: () => void, signal: AbortSignal): Readable {
  const source = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  // the final line end: with it the server has all, and the dot of the protocol follows at once
  const end = Math.max(0, source.length - 2);
  async function* parts(): AsyncGenerator<Buffer> {
    for (let from = 0; from < end; from += CHUNK_BYTES) yield source.subarray(from, Math.min(end, from + CHUNK_BYTES));
    // a turn of the loop lets the reader pass on what it has, and a dead connection report itself
    do {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (session.hasFailed || signal.aborted)
        throw emailError('connection-lost', 'the connection was lost before the message was complete');
    } while (session.unsentBytes > 0);
    onRelease();
    yield source.subarray(end);
  }
  return Readable.from(parts(), { objectMode: false, highWaterMark: CHUNK_BYTES });
}

/** Refusals that the same message would meet again; the sign-in and the network may be better next time. */
function isPermanent(code: EmailErrorCode, smtpCode: number | null): boolean {
  if (code === 'no-recipients' || code === 'message-too-large') return true;
  return smtpCode !== null && smtpCode >= 500 && smtpCode !== 503 && !isAboutUs(code);
}

function isAboutUs(code: EmailErrorCode): boolean {
  return ['wrong-password', 'app-password-required', 'sign-in-expired', 'tls-required', 'rate-limited'].includes(code);
}

function refusalCode(error: unknown, fallback: EmailErrorCode, command: string): EmailErrorCode {
  if (['message-too-large', 'rate-limited', 'tls-required', 'mailbox-full'].includes(fallback)) return fallback;
  if (command === 'MAIL FROM') return 'sender-refused';
  if (command === 'RCPT TO') return 'recipients-refused';
  if (command === 'DATA') return 'message-refused';
  // nodemailer found no address it would send
  return error instanceof Error && /no recipients defined/iu.test(error.message) ? 'no-recipients' : fallback;
}

function codeFrom(error: ConnectorError): EmailErrorCode {
  return EMAIL_ERROR_CODES.find((code) => code === error.code) ?? 'server-error';
}

function rejection(error: unknown, account: EmailAccount, secrets: readonly string[]): Extract<SendResult, { status: 'rejected' }> {
  const known = toConnectorError(error, 'smtp', account.auth);
  const { smtpCode, command } = smtpRefusal(error);
  const code = smtpCode === null && command === '' ? codeFrom(known) : refusalCode(error, codeFrom(known), command);
  return { status: 'rejected', permanent: isPermanent(code, smtpCode), code, detail: safeDetail(known.message, secrets) };
}

/**
 * Sends one message and says exactly what is known about it: `sent` only with the server's word, `rejected` only when the
 * message was never complete or the server refused it, `unknown` for everything in between.
 * @param now the time to note for a sent message
 */
export async function sendMail(
  account: EmailAccount,
  timings: EmailTimings,
  outgoing: Outgoing,
  hooks: SendHooks,
  now: () => Instant,
): Promise<SendResult> {
  const { signal } = hooks;
  if (outgoing.recipients.length === 0) return { status: 'rejected', permanent: true, code: 'no-recipients', detail: '' };
  let session: SmtpSession;
  try {
    session = await SmtpSession.open(account, timings, signal);
  } catch (error) {
    return rejection(error, account, []);
  }
  let isHandedOver = false;
  const release = (): void => {
    hooks.onHandover();
    isHandedOver = true;
  };
  const body = heldBack(outgoing.raw, session, release, signal);
  try {
    const submitting = session.submit({ from: outgoing.from, to: outgoing.recipients, size: outgoing.raw.length }, body);
    const limits = { ms: timings.acceptMs, signal, what: account.smtp.host, release: () => session[Symbol.dispose]() };
    const { refused } = await withDeadline(submitting, limits);
    return { status: 'sent', at: now(), refused };
  } catch (error) {
    const { smtpCode } = smtpRefusal(error);
    // a 4xx or 5xx reply leaves the message with us (RFC 5321 4.2.5); silence leaves us in doubt
    if (!isHandedOver || (smtpCode !== null && smtpCode >= 400)) return rejection(error, account, session.secrets);
    return { status: 'unknown', detail: safeDetail(toConnectorError(error, 'smtp', account.auth).message, session.secrets) };
  } finally {
    body.destroy();
    session.quit();
    session[Symbol.dispose]();
  }
}
