import type { HealthState } from './connector.ts';
import { ConnectorError } from './connector.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { instant } from '../../../shared/domain/time.ts';

/** What can go wrong between us and a service that is spoken to by HTTP; the page has words for each. */
export const HTTP_PROBLEM_CODES = [
  'host-not-found',
  'host-unreachable',
  'connection-refused',
  'timeout',
  'connection-lost',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-wrong-host',
  'tls-required',
  'tls-failed',
  /** A name of the public internet that leads into a private network. */
  'private-address',
  /** The service sends us to another address, which we were not told to speak to. */
  'redirected',
  'answer-too-large',
  /** An answer that is not what the service's description says. */
  'answer-unreadable',
  'rate-limited',
  /** The key or token is not, or no longer, valid. */
  'sign-in-expired',
  /** The key is valid and does not allow this. */
  'not-permitted',
  /** What we wanted to write to is not there, or not for us. */
  'not-found',
  'message-refused',
  /** The service thinks that we have said it already. */
  'message-repeated',
  /** On X: nobody named us there, so nobody may be answered by a program. */
  'not-summoned',
  /** What was set as the most to spend in a month is spent. */
  'budget-used',
  /** The service's own credits or caps are used up. */
  'credits-used',
  'server-error',
  'cancelled',
] as const;
export type HttpProblemCode = (typeof HTTP_PROBLEM_CODES)[number];

const HEALTH: Readonly<Record<HttpProblemCode, HealthState>> = {
  'host-not-found': 'offline',
  'host-unreachable': 'offline',
  'connection-refused': 'offline',
  timeout: 'offline',
  'connection-lost': 'offline',
  cancelled: 'offline',
  'certificate-untrusted': 'tls',
  'certificate-expired': 'tls',
  'certificate-wrong-host': 'tls',
  'tls-required': 'tls',
  'tls-failed': 'tls',
  'private-address': 'down',
  redirected: 'down',
  'answer-too-large': 'down',
  'answer-unreadable': 'down',
  'rate-limited': 'rate-limited',
  'sign-in-expired': 'auth',
  'not-permitted': 'auth',
  'not-found': 'down',
  'message-refused': 'down',
  'message-repeated': 'down',
  'not-summoned': 'down',
  'budget-used': 'rate-limited',
  'credits-used': 'rate-limited',
  'server-error': 'down',
};

/** What a person has to change before it can work. */
const NEEDS_A_PERSON: ReadonlySet<HttpProblemCode> = new Set([
  'certificate-untrusted',
  'certificate-expired',
  'certificate-wrong-host',
  'tls-required',
  'tls-failed',
  'private-address',
  'redirected',
  'sign-in-expired',
  'not-permitted',
  'credits-used',
]);

export function httpProblem(code: HttpProblemCode, detail: string, retryAt?: Instant): ConnectorError {
  return new ConnectorError(code, {
    health: HEALTH[code],
    retryable: !NEEDS_A_PERSON.has(code),
    detail: shown(detail),
    ...(retryAt === undefined ? {} : { retryAt }),
  });
}

/** One line of the service's words, of a length that can be shown. */
export function shown(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** How far a request had come when it failed. */
export interface CutOff {
  /** Whether its last byte may have been on the way. */
  readonly isHandedOver: boolean;
  /** Whether the connection had served another request before. */
  readonly isReused: boolean;
}

const cuts = new WeakMap<object, CutOff>();

/** How far the request had come that failed with this error; null for an error of something else. */
export function cutOff(error: unknown): CutOff | null {
  return typeof error === 'object' && error !== null ? (cuts.get(error) ?? null) : null;
}

const BY_SYSTEM_CODE: Readonly<Record<string, HttpProblemCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  ENETUNREACH: 'host-unreachable',
  EHOSTUNREACH: 'host-unreachable',
  ENETDOWN: 'host-unreachable',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'timeout',
  CERT_HAS_EXPIRED: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
};

/** Turns whatever Node reports into an error that a person can be told about. Its words are not kept: they may name what was sent. */
export function problemOf(error: unknown, at: CutOff & { readonly host: string }): Error {
  const known = ownError(error, at.host);
  cuts.set(known, { isHandedOver: at.isHandedOver, isReused: at.isReused });
  return known;
}

function ownError(error: unknown, host: string): Error {
  if (error instanceof ConnectorError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = BY_SYSTEM_CODE[code];
  if (known !== undefined) return httpProblem(known, `${host}: ${code}`);
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/u.test(code)) return httpProblem('tls-failed', `${host}: ${code}`);
  if (code === '' && error instanceof Error) return error;
  return httpProblem('connection-lost', `${host}: ${code}`);
}

/**
 * When a service wants to be asked again by its Retry-After header: seconds, or an HTTP date (RFC 9110, 10.2.3). Null when it does not say.
 * @param now by our clock; a date is measured against the service's own `Date` header where there is one, so that clocks may differ
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: Instant): Instant | null {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return null;
  if (/^\d{1,9}(\.\d+)?$/u.test(value)) return instant(now + Math.ceil(Number(value) * 1000));
  const at = Date.parse(value);
  if (Number.isNaN(at)) return null;
  const theirs = Date.parse(headers['date'] ?? '');
  return instant(Number.isNaN(theirs) ? at : now + Math.max(0, at - theirs));
}
