import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../net/public-address.ts';
import { isLocalName } from './local-name.ts';
import { cutOff, httpProblem, problemOf } from './http-problems.ts';

/** What a service answered; its body is not looked at. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** Begins with `/`, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  /** From the first step to the last byte of the answer, in milliseconds. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Called once, synchronously, when the connection is up and right before the request is released to it. What it throws ends the request. */
  readonly onHandover?: () => void;
  readonly maxBytes?: number;
}

export interface HttpClientOptions {
  /** Where the service is, such as `https://community.example.com` or with a path below which it lives. */
  readonly server: string;
  readonly resolve?: LookupFunction;
  readonly isAllowed?: (address: string) => boolean;
}

/**
 * Speaks to one service and to nobody else: a redirect that leads away is refused, because what we send names us. Connections are kept
 * for questions; what changes something gets one of its own, on which a lost answer can mean one thing only.
 */
export interface HttpClient extends Disposable {
  /** @throws ConnectorError; `cutOff` tells whether the request had been handed over */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** A file from anywhere on the public internet or from the service itself, without a word about who we are. Null when it can not be had. */
  file(address: string, options: Pick<HttpRequest, 'deadlineMs' | 'signal'> & { readonly maxBytes: number }): Promise<HttpAnswer | null>;
}

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_REDIRECTS = 3;

/**
 * A name of the public internet must lead to a public address: else whoever runs that name could make us knock at doors inside our own
 * network. A service of one's own network is named as one, and may be spoken to without TLS.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const server = new URL(options.server);
  const isLocal = isLocalName(server.hostname);
  const isPublic = options.isAllowed ?? isPublicAddress;
  const secure = server.protocol === 'https:';
  const agent = secure ? new https.Agent({ keepAlive: true, maxSockets: 4 }) : new http.Agent({ keepAlive: true, maxSockets: 4 });
  const resolve = options.resolve ?? lookup;

  async function once(url: URL, request: HttpRequest, isAllowed: (address: string) => boolean, kept: boolean): Promise<HttpAnswer> {
    const literal = url.hostname.replace(/^\[|\]$/gu, '');
    // a literal address is not looked up
    if (isIP(literal) !== 0 && !isAllowed(literal)) throw httpProblem('private-address', url.host);
    return exchange(url, request, { agent: kept ? agent : false, lookup: guarded(resolve, isAllowed) });
  }

  return {
    request: async (request) => {
      if (!secure && !isLocal) throw httpProblem('tls-required', server.host);
      const isAllowed = (address: string): boolean => isLocal || isPublic(address);
      const isQuestion = request.method !== 'POST';
      let url = new URL(server.pathname.replace(/\/$/u, '') + request.path, server);
      for (let hop = 0; ; hop += 1) {
        const answer = await askAgainIfStale(async () => once(url, request, isAllowed, isQuestion), isQuestion);
        const { location } = answer.headers;
        if (answer.status < 300 || answer.status >= 400 || answer.status === 304 || location === undefined) return answer;
        const next = new URL(location, url);
        if (next.origin !== server.origin || !isQuestion || hop >= MAX_REDIRECTS) throw httpProblem('redirected', next.host);
        url = next;
      }
    },
    file: async (address, limits) => {
      try {
        let url = new URL(address, server);
        for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
          const isOwn = url.origin === server.origin;
          if (url.protocol !== 'https:' && !(isOwn && !secure)) return null;
          const answer = await once(url, { method: 'GET', path: '', ...limits }, (each) => (isOwn && isLocal) || isPublic(each), false);
          const { location } = answer.headers;
          if (answer.status === 200) return answer;
          if (answer.status < 300 || answer.status >= 400 || location === undefined) return null;
          url = new URL(location, url);
        }
      } catch {
        limits.signal.throwIfAborted();
      }
      return null;
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** A connection that was kept may have been closed just as we used it: then nobody has heard the question. */
async function askAgainIfStale(ask: () => Promise<HttpAnswer>, isQuestion: boolean): Promise<HttpAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (!isQuestion || cutOff(error)?.isReused !== true) throw error;
    return ask();
  }
}

function exchange(
  url: URL,
  request: HttpRequest,
  way: { readonly agent: http.Agent | false; readonly lookup: LookupFunction },
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let isHandedOver = false;
    const send = url.protocol === 'https:' ? https.request : http.request;
    const { body } = request;
    const call = send(url, {
      method: request.method,
      agent: way.agent,
      lookup: way.lookup,
      headers: {
        accept: 'application/json',
        'user-agent': 'Meridian',
        ...(body === undefined ? {} : { 'content-type': body.type, 'content-length': body.bytes.length }),
        ...request.headers,
      },
    });
    const fail = (error: unknown): void => {
      finish();
      call.destroy();
      reject(problemOf(error, { host: url.host, isHandedOver, isReused: call.reusedSocket }));
    };
    const stop = (): void => fail(httpProblem('cancelled', 'stopped'));
    const timer = setTimeout(() => {
      fail(httpProblem('timeout', `${url.host}: no answer within ${Math.round(request.deadlineMs / 100) / 10} s`));
    }, request.deadlineMs);
    const finish = (): void => {
      clearTimeout(timer);
      request.signal.removeEventListener('abort', stop);
    };
    request.signal.addEventListener('abort', stop, { once: true });
    call.on('error', fail);
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > (request.maxBytes ?? MAX_BYTES)) fail(httpProblem('answer-too-large', url.host));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('aborted', () => fail(httpProblem('connection-lost', url.host)));
      response.on('end', () => {
        if (!response.complete) {
          fail(httpProblem('connection-lost', url.host));
          return;
        }
        finish();
        resolve({ status: response.statusCode ?? 0, headers: flat(response.headers), body: Buffer.concat(chunks) });
      });
    });
    const release = (): void => {
      if (request.signal.aborted) {
        stop();
        return;
      }
      try {
        request.onHandover?.();
      } catch (error) {
        fail(error);
        return;
      }
      isHandedOver = true;
      call.end(body?.bytes);
    };
    if (request.signal.aborted) {
      stop();
      return;
    }
    if (request.onHandover === undefined) {
      release();
      return;
    }
    // nothing may have left before it is written down that it may have
    call.on('socket', (socket) => {
      if (socket.connecting) socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', release);
      else release();
    });
  });
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/** Resolves as usual and refuses a name when any of its addresses is not allowed. */
function guarded(resolve: LookupFunction, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, [], 0);
        return;
      }
      const found = Array.isArray(addresses) ? addresses : [{ address: addresses, family: 4 }];
      const [first] = found;
      if (first === undefined || found.some((each) => !isAllowed(each.address))) {
        callback(httpProblem('private-address', hostname), [], 0);
        return;
      }
      if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}
