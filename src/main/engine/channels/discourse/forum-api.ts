import type { Clock, Instant } from '../../../../shared/domain/time.ts';
import { after, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../http-client.ts';
import { httpProblem, retryAfter } from '../http-problems.ts';
import { asObject, listAt, numberAt, objectAt, parseJson, textAt } from '../json-reading.ts';
import type { RequestBudget } from '../request-budget.ts';
import type { ForumAccount, ForumTimings } from './forum-account.ts';

export interface ForumApiDeps {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly budget: RequestBudget;
  readonly timings: Pick<ForumTimings, 'requestMs' | 'unnamedWaitMs'>;
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Questions and orders to one forum, as one user. */
export interface ForumApi {
  /** @throws ConnectorError, also for every status that is no success */
  get(path: string, signal: AbortSignal): Promise<unknown>;
  /** Any answer whatever its status, but for 429, which is thrown; waits for nothing. */
  post(path: string, body: NonNullable<HttpRequest['body']>, options: Pick<HttpRequest, 'signal' | 'onHandover'>): Promise<HttpAnswer>;
}

/** A wait for the own limits that is worth it within one round; a longer one is shown. */
const LONGEST_WAIT_MS = MINUTE_MS;

export function createForumApi(account: Pick<ForumAccount, 'key'>, deps: ForumApiDeps): ForumApi {
  const { http, clock, budget, timings } = deps;
  const headers = { 'user-api-key': account.key };

  async function turn(purpose: 'read' | 'send', signal: AbortSignal): Promise<void> {
    for (;;) {
      const freeAt = budget.take(purpose);
      if (freeAt === null) return;
      const ms = freeAt - clock.now();
      if (purpose === 'send' || ms > LONGEST_WAIT_MS || budget.state().left === 0)
        throw httpProblem('rate-limited', 'the limits of the key are used up', freeAt);
      await deps.pause(Math.max(1, ms), signal);
      if (signal.aborted) throw httpProblem('cancelled', 'stopped');
    }
  }

  function refuseFor429(answer: HttpAnswer, what: 'all' | 'sends'): void {
    if (answer.status !== 429) return;
    const until = comeBackAt(answer, clock.now()) ?? after(clock.now(), timings.unnamedWaitMs);
    budget.closeUntil(until, what);
    throw httpProblem('rate-limited', wordsOf(answer, account.key), until);
  }

  return {
    get: async (path, signal) => {
      await turn('read', signal);
      const answer = await http.request({ method: 'GET', path, headers, deadlineMs: timings.requestMs, signal });
      refuseFor429(answer, 'all');
      if (answer.status !== 200) throw refusal(answer, account.key, clock.now());
      const parsed = parseJson(answer.body);
      if (asObject(parsed) === null) throw httpProblem('answer-unreadable', 'no JSON object');
      return parsed;
    },
    post: async (path, body, options) => {
      await turn('send', options.signal);
      const answer = await http.request({ method: 'POST', path, headers, body, deadlineMs: timings.requestMs, ...options });
      refuseFor429(answer, 'sends');
      return answer;
    },
  };
}

/** When to come back: the Retry-After header, or the seconds in the body (`extras.wait_seconds`). */
function comeBackAt(answer: HttpAnswer, now: Instant): Instant | null {
  const seconds = numberAt(objectAt(parseJson(answer.body), 'extras'), 'wait_seconds');
  const named = retryAfter(answer.headers, now);
  const inBody = seconds === null || seconds < 0 ? null : after(now, seconds * 1000);
  return named === null || (inBody !== null && inBody > named) ? inBody : named;
}

/** What the forum says about a refusal, in the language that it is set to. */
export function wordsOf(answer: HttpAnswer, secret: string): string {
  const parsed = parseJson(answer.body);
  const errors = listAt(parsed, 'errors').filter((each): each is string => typeof each === 'string');
  const words = errors.length > 0 ? errors.join(' ') : (textAt(asObject(parsed) ?? {}, 'error') ?? `HTTP ${String(answer.status)}`);
  return words.replaceAll(secret, '***');
}

/** What a status that is no success means. 403 says both "no such key" and "not for you": the caller knows what it asked for. */
export function refusal(answer: HttpAnswer, secret: string, now: Instant): ConnectorError {
  const words = wordsOf(answer, secret);
  switch (answer.status) {
    case 401:
      return httpProblem('sign-in-expired', words);
    case 403:
      return httpProblem('not-permitted', words);
    case 404:
    case 410:
      return httpProblem('not-found', words);
    default:
      return answer.status >= 500
        ? httpProblem('server-error', words, retryAfter(answer.headers, now) ?? undefined)
        : httpProblem('answer-unreadable', words);
  }
}

/** Whose key it is; throws `sign-in-expired` when it is nobody's any more. */
export async function whoAmI(api: Pick<ForumApi, 'get'>, signal: AbortSignal): Promise<{ readonly id: number; readonly username: string }> {
  try {
    const user = objectAt(await api.get('/session/current.json', signal), 'current_user');
    const id = numberAt(user, 'id');
    const username = textAt(user, 'username');
    if (id === null || username === null) throw httpProblem('answer-unreadable', 'no current user');
    return { id, username };
  } catch (error) {
    // Discourse answers 403 to a key that it does not know, and 404 where there is nobody
    if (error instanceof ConnectorError && (error.code === 'not-permitted' || error.code === 'not-found'))
      throw httpProblem('sign-in-expired', error.message);
    throw error;
  }
}
