import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { Clock } from '../../../../shared/domain/time.ts';
import { MINUTE_MS, SECOND_MS } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import { createHttpClient } from '../http-client.ts';
import { httpProblem } from '../http-problems.ts';
import { askForTokens, formatTokens, readTokens } from './x-tokens.ts';

/** What an application is allowed to do for the account; `offline.access` for tokens that can be renewed. */
const SCOPES = 'tweet.read tweet.write users.read dm.read dm.write offline.access';
/**
 * X compares redirects letter by letter, so that a free port can not be chosen: the developer enters these in the app's settings, and the
 * first that is free is used (RFC 8252, 7.3: loopback by its number, never by name).
 */
export const REDIRECT_PORTS = [47_813, 47_814, 47_815] as const;
const PATH = '/x';
const OPEN_MS = 5 * MINUTE_MS;

export function redirectAddress(port: number): string {
  return `http://127.0.0.1:${String(port)}${PATH}`;
}

export interface XSignIn extends AsyncDisposable {
  /** The page of X that asks for leave. */
  readonly url: string;
  /** The secret of the account: its tokens. Rejects with a ConnectorError when it was refused, took too long or went wrong. */
  readonly secret: Promise<string>;
}

export interface XSignInOptions {
  readonly clientId: string;
  /** Of the API. */
  readonly server: string;
  readonly clock: Clock;
  /** Where leave is asked for; X's own page unless it is tried out. */
  readonly authorize?: string;
  readonly ports?: readonly number[];
  readonly openMs?: number;
}

/** Begins a sign-in with X (OAuth 2, authorization code with PKCE): a page for the browser, and a door on this machine that it leads back to. */
export async function beginXSignIn(options: XSignInOptions): Promise<XSignIn> {
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const closing = new AbortController();
  let resolve: (code: string) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const code = new Promise<string>((found, failed) => {
    resolve = found;
    reject = failed;
  });
  const door = http.createServer((request, response) => {
    const found = codeIn(request.url ?? '', state);
    const words = found === null ? 'Nothing to see here.' : 'You can close this page and go back to Meridian.';
    response.writeHead(found === null ? 404 : 200, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
      connection: 'close',
    });
    response.end(words);
    if (found === null || request.method !== 'GET') return;
    if (found.code === null) reject(httpProblem('sign-in-expired', found.error));
    else resolve(found.code);
  });
  const port = await openAt(door, options.ports ?? REDIRECT_PORTS);
  const redirect = redirectAddress(port);
  const timer = setTimeout(() => reject(httpProblem('timeout', 'nobody has agreed in time')), options.openMs ?? OPEN_MS);
  // a sign-in that nobody finishes must not keep the program from ending
  timer.unref();
  door.unref();
  closing.signal.addEventListener('abort', () => reject(httpProblem('cancelled', 'stopped')), { once: true });
  const url = new URL(options.authorize ?? 'https://x.com/i/oauth2/authorize');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: options.clientId,
    redirect_uri: redirect,
    scope: SCOPES,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();

  async function finish(): Promise<string> {
    try {
      const found = await code;
      using client = createHttpClient({ server: options.server });
      const fields = {
        grant_type: 'authorization_code',
        code: found,
        redirect_uri: redirect,
        client_id: options.clientId,
        code_verifier: verifier,
      };
      const answer = await askForTokens(client, fields, { deadlineMs: 15 * SECOND_MS, signal: closing.signal });
      const tokens = readTokens(answer, options.clock.now(), null);
      if (tokens === null) throw httpProblem('sign-in-expired', `X gave no tokens (${String(answer.status)})`);
      return formatTokens(tokens);
    } finally {
      clearTimeout(timer);
      door.close();
      door.closeAllConnections();
    }
  }

  const secret = finish();
  // it is asked for when somebody waits for it, and may fail before
  secret.catch(() => {});
  return {
    url: url.href,
    secret,
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await secret.catch((error: unknown) => {
        if (!(error instanceof ConnectorError)) throw error;
      });
    },
  };
}

/** What X's page has led back with; null for what is none of it. */
function codeIn(
  address: string,
  state: string,
): { readonly code: string; readonly error: '' } | { readonly code: null; readonly error: string } | null {
  if (address.length > 4_000 || !address.startsWith(`${PATH}?`)) return null;
  const query = new URLSearchParams(address.slice(PATH.length));
  const [given, expected] = [Buffer.from(query.get('state') ?? ''), Buffer.from(state)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const code = query.get('code');
  return code === null || code === '' ? { code: null, error: query.get('error') ?? 'refused' } : { code, error: '' };
}

async function openAt(door: http.Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const isOpen = await new Promise<boolean>((resolve) => {
      door.once('error', () => resolve(false));
      door.listen(port, '127.0.0.1', () => resolve(true));
    });
    door.removeAllListeners('error');
    const address = door.address();
    if (isOpen && address !== null && typeof address === 'object') return address.port;
  }
  throw httpProblem('server-error', `no free port among ${ports.join(', ')}`);
}
