import type { Clock, Instant } from '../../../../shared/domain/time.ts';
import { after, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import type { HttpAnswer, HttpClient } from '../http-client.ts';
import { httpProblem } from '../http-problems.ts';
import { asObject, numberAt, parseJson, textAt } from '../json-reading.ts';

/** What stands in the vault for an account on X. */
export interface XTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresAt: Instant;
}

export function parseTokens(secret: string): XTokens | null {
  const value = asObject(parseJson(Buffer.from(secret)));
  const accessToken = value === null ? null : textAt(value, 'accessToken');
  if (value === null || accessToken === null || accessToken === '') return null;
  return { accessToken, refreshToken: textAt(value, 'refreshToken'), expiresAt: instant(numberAt(value, 'expiresAt') ?? 0) };
}

export function formatTokens(tokens: XTokens): string {
  return JSON.stringify({ accessToken: tokens.accessToken, refreshToken: tokens.refreshToken, expiresAt: tokens.expiresAt });
}

/** The tokens in an answer of the token endpoint; null when there are none. */
export function readTokens(answer: HttpAnswer, now: Instant, before: string | null): XTokens | null {
  const value = answer.status === 200 ? asObject(parseJson(answer.body)) : null;
  const accessToken = value === null ? null : textAt(value, 'access_token');
  if (value === null || accessToken === null || accessToken === '') return null;
  return {
    accessToken,
    refreshToken: textAt(value, 'refresh_token') ?? before,
    expiresAt: after(now, Math.max(0, numberAt(value, 'expires_in') ?? 7_200) * 1000),
  };
}

/** What a public client sends to the token endpoint. */
export async function askForTokens(
  http: Pick<HttpClient, 'request'>,
  fields: Readonly<Record<string, string>>,
  options: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<HttpAnswer> {
  const bytes = Buffer.from(new URLSearchParams(fields).toString());
  return http.request({ method: 'POST', path: '/2/oauth2/token', body: { type: 'application/x-www-form-urlencoded', bytes }, ...options });
}

/** Hands out a token that is good, and renews it: each refresh token works once, so one renewal at a time, kept before it is used. */
export interface TokenKeeper {
  current(signal: AbortSignal): Promise<string>;
  /** The service did not take this token: the next `current` gives another one, or says that there is none. */
  reject(accessToken: string): void;
  /** All forms that must never be seen. */
  secrets(): readonly string[];
}

export interface TokenKeeperDeps {
  readonly http: Pick<HttpClient, 'request'>;
  readonly clock: Clock;
  readonly clientId: string;
  readonly deadlineMs: number;
  readonly save: (secret: string) => Promise<void>;
  /** Ends what is under way when the connector is closed; who asked for it may be gone earlier. */
  readonly closing: AbortSignal;
}

/** Renewed so long before the end, because clocks differ and requests take time. */
const MARGIN_MS = 2 * MINUTE_MS;

export function createTokenKeeper(secret: string, deps: TokenKeeperDeps): TokenKeeper {
  const known = new Set<string>();
  let tokens = parseTokens(secret);
  /** Renewed and not yet kept: what came before is worth nothing any more. */
  let unsaved: XTokens | null = null;
  let isRejected = false;
  let isDead = false;
  let renewing: Promise<void> | null = null;
  note(tokens);

  function note(given: XTokens | null): void {
    for (const each of [given?.accessToken, given?.refreshToken]) if (typeof each === 'string' && each !== '') known.add(each);
  }

  async function renew(): Promise<void> {
    if (unsaved === null) {
      const refreshToken = tokens?.refreshToken ?? null;
      if (refreshToken === null) throw expired('there is nothing to renew the sign-in with');
      const fields = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: deps.clientId };
      const answer = await askForTokens(deps.http, fields, { deadlineMs: deps.deadlineMs, signal: deps.closing });
      const fresh = readTokens(answer, deps.clock.now(), refreshToken);
      if (fresh === null) throw refusalOf(answer);
      note(fresh);
      unsaved = fresh;
    }
    // the one before does not work any more: what is lost here would lock the account out
    await deps.save(formatTokens(unsaved));
    tokens = unsaved;
    unsaved = null;
    isRejected = false;
  }

  function refusalOf(answer: HttpAnswer): ConnectorError {
    if (answer.status === 400 || answer.status === 401 || answer.status === 403)
      return expired(`the sign-in was not renewed (${String(answer.status)})`);
    if (answer.status === 429)
      return httpProblem('rate-limited', 'the sign-in can not be renewed now', after(deps.clock.now(), 5 * MINUTE_MS));
    return httpProblem('server-error', `the sign-in could not be renewed (${String(answer.status)})`);
  }

  function expired(detail: string): ConnectorError {
    isDead = true;
    return httpProblem('sign-in-expired', detail);
  }

  return {
    current: async (signal) => {
      // asked once and refused: only a new sign-in helps, and asking again and again looks like an attack
      if (isDead || tokens === null) throw expired('sign in again');
      if (isRejected || unsaved !== null || tokens.expiresAt - MARGIN_MS <= deps.clock.now()) {
        renewing ??= renew().finally(() => {
          renewing = null;
        });
        await renewing;
      }
      if (signal.aborted) throw httpProblem('cancelled', 'stopped');
      return tokens.accessToken;
    },
    reject: (accessToken) => {
      if (accessToken === tokens?.accessToken) isRejected = true;
    },
    secrets: () => [...known],
  };
}
