import { Api, GrammyError, HttpError } from 'grammy/web';
import { askBot, lineError, TransportError } from './bot-http.ts';
import type { TelegramAccount } from './telegram-account.ts';
import { ConnectorError } from '../connector.ts';
import { after } from '../../../../shared/domain/time.ts';
import type { Clock } from '../../../../shared/domain/time.ts';

/** How one call is made. */
export interface CallOptions {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  /** Called right before the bytes that complete the request leave. */
  readonly beforeLast?: () => void;
}

/** More than the service ever answers: a hundred messages of the greatest length, with room. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Grammy's methods over our own transport, which holds the last bytes back and says nothing of the address. */
export function botApi(account: Pick<TelegramAccount, 'server' | 'token'>, options: CallOptions): Api {
  const transport = async (url: unknown, init: unknown): Promise<{ json: () => Promise<unknown> }> => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what grammy's client builds for node-fetch (core/payload)
    const { method, headers, body } = init as {
      method: 'POST';
      headers: Readonly<Record<string, string>>;
      body: string | AsyncIterable<Uint8Array>;
    };
    const { connection: _, ...kept } = headers;
    const answer = await askBot({
      url: new URL(String(url)),
      method,
      headers: kept,
      body,
      deadlineMs: options.deadlineMs,
      maxBytes: MAX_ANSWER_BYTES,
      signal: options.signal,
      ...(options.beforeLast === undefined ? {} : { beforeLast: options.beforeLast }),
    });
    return { json: async () => Promise.resolve(readAnswer(answer.status, answer.body)) };
  };
  return new Api(account.token, {
    apiRoot: account.server,
    // ours comes first
    timeoutSeconds: Math.ceil(options.deadlineMs / 1_000) + 5,
    // grammy calls it with what it built itself, and reads `json()` of the answer
    fetch: transport,
  });
}

/** @returns an object with `ok`; gateways in between answer with pages, of which the status alone is known */
function readAnswer(status: number, body: Buffer): unknown {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    // told below
  }
  if (typeof parsed === 'object' && parsed !== null && 'ok' in parsed) return parsed;
  if (status >= 400) return { ok: false, error_code: status, description: 'no answer of the Bot API' };
  throw new TransportError('unreadable');
}

/** What went wrong, as far as it can be told. */
export interface BotFailure {
  /** Of the Bot API or HTTP; null when there was no answer. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly movedTo: number | null;
  readonly description: string;
  /** `ECONNREFUSED`, `timeout`, `cancelled`, `unreadable` ...; null when there was an answer. */
  readonly line: string | null;
  /** What our own hook threw. */
  readonly own: Error | null;
}

/** Reads an error of `botApi`. Nothing of it is kept but what is named here: the rest may hold the token or what was written. */
export function failureOf(error: unknown): BotFailure {
  const nothing = { status: null, retryAfterMs: null, movedTo: null, description: '', line: null, own: null };
  if (error instanceof GrammyError) {
    const { retry_after: retryAfter, migrate_to_chat_id: movedTo } = error.parameters;
    return {
      ...nothing,
      status: error.error_code,
      description: error.description.slice(0, 300),
      retryAfterMs: typeof retryAfter === 'number' && Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter * 1_000 : null,
      movedTo: typeof movedTo === 'number' ? movedTo : null,
    };
  }
  const inner = error instanceof HttpError ? error.error : error;
  if (inner instanceof TransportError) return { ...nothing, line: inner.code };
  return { ...nothing, line: 'failed', own: inner instanceof Error ? inner : null };
}

/** Without a word of when to come back. */
export const UNNAMED_WAIT_MS = 5_000;

/** What a failure is called when nothing was being sent. */
export function botError(error: unknown, clock: Clock): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { status, line, retryAfterMs, description } = failureOf(error);
  if (status === null) {
    if (line === 'unreadable' || line === 'too-large')
      return new ConnectorError('server-error', { health: 'down', retryable: true, detail: line });
    return lineError(line ?? 'failed');
  }
  switch (status) {
    case 401:
    case 404:
      return new ConnectorError('wrong-token', { health: 'auth', retryable: false, detail: description });
    case 409:
      return /webhook/iu.test(description) && !/terminated by other/iu.test(description)
        ? new ConnectorError('webhook-set', { health: 'down', retryable: false, detail: description })
        : new ConnectorError('other-poller', { health: 'down', retryable: false, detail: description });
    case 429:
      return new ConnectorError('rate-limited', {
        health: 'rate-limited',
        retryable: true,
        detail: description,
        retryAt: after(clock.now(), retryAfterMs ?? UNNAMED_WAIT_MS),
      });
    default:
      return new ConnectorError('server-error', { health: 'down', retryable: true, detail: description });
  }
}
