import type { RateBudget } from '../connector.ts';
import { ConnectorError } from '../connector.ts';
import type { HttpAnswer, HttpClient } from '../http-client.ts';
import { httpProblem, retryAfter } from '../http-problems.ts';
import { asObject, listAt, objectAt, parseJson, textAt } from '../json-reading.ts';
import type { Clock, Instant } from '../../../../shared/domain/time.ts';
import { after, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Spending } from './x-spending.ts';
import type { TokenKeeper } from './x-tokens.ts';

/** Kinds of requests with limits of their own. */
export type Endpoint = 'me' | 'mentions' | 'dm-events' | 'dm-conversation' | 'own-posts' | 'post' | 'dm-send';

export interface XApiDeps {
  readonly http: Pick<HttpClient, 'request'>;
  readonly clock: Clock;
  readonly tokens: TokenKeeper;
  readonly spending: Spending;
  readonly requestMs: number;
  readonly unnamedWaitMs: number;
}

export interface XApi {
  /** @throws ConnectorError */
  get(endpoint: Endpoint, path: string, query: Readonly<Record<string, string | null>>, signal: AbortSignal): Promise<unknown>;
  /** Any answer but 401 and 429, which are thrown. `onHandover` is called when the last bytes are about to leave. */
  post(endpoint: Endpoint, path: string, body: unknown, signal: AbortSignal, onHandover: () => void): Promise<HttpAnswer>;
  /** What is left where least is left. */
  budget(): RateBudget | null;
}

export function createXApi({ http, clock, tokens, spending, requestMs, unnamedWaitMs }: XApiDeps): XApi {
  const limits = new Map<Endpoint, RateBudget>();

  /** Nothing is asked that would be refused, nor what would cost more than is allowed. */
  function open(endpoint: Endpoint): void {
    spending.check();
    const limit = limits.get(endpoint);
    if (limit !== undefined && limit.left <= 0 && clock.now() < limit.resetAt)
      throw httpProblem('rate-limited', `${endpoint}: ${String(limit.limit)} requests are used up`, limit.resetAt);
  }

  function note(endpoint: Endpoint, answer: HttpAnswer): void {
    const number = (name: string): number | null => (/^\d{1,15}$/u.test(answer.headers[name] ?? '') ? Number(answer.headers[name]) : null);
    const left = number('x-rate-limit-remaining');
    const limit = number('x-rate-limit-limit');
    const reset = number('x-rate-limit-reset');
    if (left === null || limit === null || reset === null) return;
    limits.set(endpoint, { left, limit, resetAt: resetAt(answer, reset * 1000) });
  }

  /** By their clock: ours may differ. */
  function resetAt(answer: HttpAnswer, theirs: number): Instant {
    const their = Date.parse(answer.headers['date'] ?? '');
    return Number.isNaN(their) ? instant(theirs) : after(clock.now(), Math.max(0, theirs - their));
  }

  function tooMany(endpoint: Endpoint, answer: HttpAnswer): ConnectorError {
    const { type, words } = problemOf(answer, tokens.secrets());
    if (type.endsWith('/usage-capped')) return httpProblem('credits-used', words);
    const known = limits.get(endpoint);
    const until =
      retryAfter(answer.headers, clock.now()) ??
      (known !== undefined && known.left <= 0 ? known.resetAt : after(clock.now(), unnamedWaitMs));
    limits.set(endpoint, { left: 0, limit: known?.limit ?? 1, resetAt: until });
    return httpProblem('rate-limited', words, until);
  }

  async function ask(
    endpoint: Endpoint,
    signal: AbortSignal,
    request: (headers: Readonly<Record<string, string>>) => Promise<HttpAnswer>,
  ): Promise<HttpAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      open(endpoint);
      const token = await tokens.current(signal);
      const answer = await request({ authorization: `Bearer ${token}` });
      note(endpoint, answer);
      if (answer.status === 429) throw tooMany(endpoint, answer);
      if (answer.status !== 401) return answer;
      tokens.reject(token);
      // refused before it was looked at: nothing was done, and a renewed token may be taken
      if (attempt > 0) throw httpProblem('sign-in-expired', problemOf(answer, tokens.secrets()).words);
    }
  }

  return {
    get: async (endpoint, path, query, signal) => {
      const search = new URLSearchParams(Object.entries(query).filter((each): each is [string, string] => each[1] !== null)).toString();
      const full = search === '' ? path : `${path}?${search}`;
      const answer = await ask(endpoint, signal, async (headers) =>
        http.request({ method: 'GET', path: full, headers, deadlineMs: requestMs, signal }),
      );
      if (answer.status !== 200) throw refusal(answer, tokens.secrets(), clock.now());
      const parsed = asObject(parseJson(answer.body));
      if (parsed === null) throw httpProblem('answer-unreadable', 'no JSON object');
      return parsed;
    },
    post: async (endpoint, path, body, signal, onHandover) => {
      let isTold = false;
      return ask(endpoint, signal, async (headers) =>
        http.request({
          method: 'POST',
          path,
          headers,
          body: { type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) },
          deadlineMs: requestMs,
          signal,
          onHandover: () => {
            if (!isTold) onHandover();
            isTold = true;
          },
        }),
      );
    },
    budget: () => {
      const now = clock.now();
      const open = [...limits.values()].filter(({ resetAt: at }) => at > now);
      return open.toSorted((a, b) => a.left / Math.max(1, a.limit) - b.left / Math.max(1, b.limit))[0] ?? null;
    },
  };
}

/** What X says of a refusal (RFC 9457), without secrets. */
export function problemOf(answer: HttpAnswer, secrets: readonly string[]): { readonly type: string; readonly words: string } {
  const parsed = parseJson(answer.body);
  const object = objectAt(parsed);
  const [first] = listAt(parsed, 'errors');
  const words =
    textAt(object, 'detail') ?? textAt(objectAt(first), 'message') ?? textAt(object, 'title') ?? `HTTP ${String(answer.status)}`;
  return { type: textAt(object, 'type') ?? '', words: secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), words) };
}

export function refusal(answer: HttpAnswer, secrets: readonly string[], now: Instant): ConnectorError {
  const { type, words } = problemOf(answer, secrets);
  switch (answer.status) {
    case 400:
      return httpProblem('answer-unreadable', words);
    case 402:
      return httpProblem('credits-used', words);
    case 403:
      return httpProblem(type.endsWith('/usage-capped') ? 'credits-used' : 'not-permitted', words);
    case 404:
      return httpProblem('not-found', words);
    default:
      return answer.status >= 500
        ? httpProblem('server-error', words, retryAfter(answer.headers, now) ?? undefined)
        : httpProblem('answer-unreadable', words, after(now, MINUTE_MS));
  }
}
