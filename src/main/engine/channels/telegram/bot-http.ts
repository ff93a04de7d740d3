import { request as requestPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { ConnectorError } from '../connector.ts';
import { isLocalName } from '../local-name.ts';

/** One request to the Bot API. The URL holds the token: it must not get into an error or a log. */
export interface BotRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<Uint8Array> | null;
  readonly deadlineMs: number;
  /** Bytes of an answer beyond which it is cut off. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Called once the line is up and all but the last bytes are on it; throwing leaves the request incomplete. */
  readonly beforeLast?: () => void;
}

export interface BotAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** Why no answer was had; nothing of the request is in it. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** Of the system (`ECONNREFUSED`), or ours: `timeout`, `cancelled`, `too-large`, `tls-required`. */
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * Sends one request over a connection of its own: one that was kept open may have died unnoticed, and then nobody could tell whether
 * the service had read what was sent. The bytes that complete it are held back until `beforeLast` has been called.
 * @throws TransportError, or what `beforeLast` threw
 */
export async function askBot(asked: BotRequest): Promise<BotAnswer> {
  if (asked.signal.aborted) throw new TransportError('cancelled');
  const send = asked.url.protocol === 'https:' ? requestTls : requestPlain;
  // the token stands in the address: everybody on the way could read it
  if (asked.url.protocol !== 'https:' && !isLocalName(asked.url.hostname)) throw new TransportError('tls-required');
  const length = typeof asked.body === 'string' ? Buffer.byteLength(asked.body) : null;
  const request = send(asked.url, {
    method: asked.method,
    agent: false,
    headers: {
      ...asked.headers,
      connection: 'close',
      ...(length === null ? {} : { 'content-length': String(length) }),
    },
  });
  return new Promise((resolve, reject) => {
    const end = (error: Error | null, answer?: BotAnswer): void => {
      clearTimeout(timer);
      asked.signal.removeEventListener('abort', cancel);
      if (answer !== undefined) resolve(answer);
      else {
        reject(error ?? new TransportError('ECONNRESET'));
        request.destroy();
      }
    };
    const cancel = (): void => end(new TransportError('cancelled'));
    const timer = setTimeout(() => end(new TransportError('timeout')), asked.deadlineMs);
    asked.signal.addEventListener('abort', cancel, { once: true });
    // the error of the system may name the address, and with it the token
    request.on('error', (error) => end(new TransportError(systemCode(error))));
    request.on('response', (response) => {
      readAll(response, asked.maxBytes).then(
        (body) => end(null, { status: response.statusCode ?? 0, headers: response.headers, body }),
        (error: unknown) => end(error instanceof TransportError ? error : new TransportError(systemCode(error))),
      );
    });
    request.once('socket', (socket) => {
      const isSecure = asked.url.protocol === 'https:';
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        release(asked, request).catch((error: unknown) => end(error instanceof Error ? error : new TransportError('failed')));
      });
    });
  });
}

async function release(asked: BotRequest, request: ReturnType<typeof requestPlain>): Promise<void> {
  const { body } = asked;
  if (body === null || typeof body === 'string') {
    request.flushHeaders();
    asked.beforeLast?.();
    request.end(body ?? undefined);
    return;
  }
  let held: Uint8Array | null = null;
  for await (const chunk of body) {
    if (held !== null && !request.write(held)) {
      await new Promise<void>((resolve) => {
        request.once('drain', resolve);
        request.once('close', resolve);
      });
    }
    held = chunk;
  }
  if (request.destroyed) return;
  asked.beforeLast?.();
  request.end(held ?? undefined);
}

async function readAll(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new TransportError('too-large');
    chunks.push(chunk);
  }
  if (!response.complete) throw new TransportError('ECONNRESET');
  return Buffer.concat(chunks);
}

function systemCode(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && code !== '' ? code : 'ECONNRESET';
}

const OFFLINE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EAI_FAIL: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  ENETDOWN: 'host-unreachable',
  ETIMEDOUT: 'timeout',
  timeout: 'timeout',
  cancelled: 'cancelled',
};

const TLS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  EPROTO: 'tls-failed',
  'tls-required': 'tls-required',
};

/** What the state of the line is called. */
export function lineError(code: string): ConnectorError {
  const tls = TLS[code] ?? (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') ? 'tls-failed' : undefined);
  if (tls !== undefined) return new ConnectorError(tls, { health: 'tls', retryable: false, detail: code });
  return new ConnectorError(OFFLINE[code] ?? 'connection-lost', { health: 'offline', retryable: true, detail: code });
}
