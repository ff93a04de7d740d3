import { ConnectorError, type HealthState } from '../connector.ts';
import type { EmailAuth } from './email-account.ts';
import type { EmailErrorCode } from './error-codes.ts';

/** Which protocol spoke when it went wrong. */
export type MailProtocol = 'imap' | 'smtp';

/** The fields that Node, imapflow and nodemailer put on their errors, read without trusting any of them. */
interface ErrorFacts {
  readonly codes: readonly string[];
  readonly text: string;
  readonly serverCode: string;
  readonly smtpCode: number | null;
  readonly authenticationFailed: boolean;
  readonly mailboxMissing: boolean;
}

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null && name in error ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined;
}

function textField(error: unknown, name: string): string {
  const value = field(error, name);
  return typeof value === 'string' ? value : '';
}

function factsOf(error: unknown): ErrorFacts {
  const inner = [field(error, '_err'), field(error, 'cause')].filter((each) => each instanceof Error);
  const message = error instanceof Error ? error.message : String(error);
  const server = textField(error, 'responseText') || textField(error, 'response') || textField(error, 'reason');
  const smtpCode = field(error, 'responseCode');
  return {
    codes: [error, ...inner].flatMap((each) => [textField(each, 'originalCode'), textField(each, 'code')]).filter((code) => code !== ''),
    text: server === '' || message.includes(server) ? message : `${message}: ${server}`,
    serverCode: textField(error, 'serverResponseCode').toUpperCase(),
    smtpCode: typeof smtpCode === 'number' ? smtpCode : null,
    authenticationFailed: field(error, 'authenticationFailed') === true || textField(error, 'code') === 'EAUTH',
    mailboxMissing: field(error, 'mailboxMissing') === true,
  };
}

const BY_SYSTEM_CODE: Readonly<Record<string, EmailErrorCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EAI_FAIL: 'host-not-found',
  EAI_NODATA: 'host-not-found',
  EDNS: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENETDOWN: 'host-unreachable',
  EADDRNOTAVAIL: 'host-unreachable',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-host',
  HOSTNAME_MISMATCH: 'certificate-wrong-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  CERT_UNTRUSTED: 'certificate-untrusted',
  CERT_REVOKED: 'certificate-untrusted',
  CERT_REJECTED: 'certificate-untrusted',
  CERT_SIGNATURE_FAILURE: 'certificate-untrusted',
  INVALID_CA: 'certificate-untrusted',
  STARTTLS_INJECTION: 'tls-failed',
  EPROTO: 'tls-failed',
  ETIMEDOUT: 'timeout',
  ETIMEOUT: 'timeout',
  CONNECT_TIMEOUT: 'timeout',
  GREETING_TIMEOUT: 'timeout',
  UPGRADE_TIMEOUT: 'timeout',
  LockTimeout: 'timeout',
  ETHROTTLE: 'rate-limited',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
  ECONNABORTED: 'connection-lost',
  NoConnection: 'connection-lost',
  EConnectionClosed: 'connection-lost',
  ClosedAfterConnectText: 'connection-lost',
  ClosedAfterConnectTLS: 'connection-lost',
  StateLogout: 'connection-lost',
  NoMailboxSelected: 'connection-lost',
  ECONNECTION: 'connection-lost',
};

/** Words that servers use when none of their codes says it. */
const BY_TEXT: readonly (readonly [RegExp, EmailErrorCode])[] = [
  [/application-specific password|app(?:lication)? password|authorization code is required|授权码/iu, 'app-password-required'],
  [
    /too many (?:simultaneous )?(?:imap )?connections|maximum number of connections|connection limit|concurrent (?:connection|session)/iu,
    'too-many-connections',
  ],
  [
    /message size larger than allowed|message (?:file )?(?:is )?too (?:big|large)|exceeds (?:the )?(?:fixed )?maximum (?:message )?size/iu,
    'message-too-large',
  ],
  [/certificate has expired|certificate is not yet valid/iu, 'certificate-expired'],
  [/does not match certificate's altnames/iu, 'certificate-wrong-host'],
  [/self[- ]signed certificate|unable to (?:verify|get)[^.]*(?:certificate|issuer)/iu, 'certificate-untrusted'],
  [/wrong version number|packet length too long|ssl routines|tlsv1 alert|handshake failure/iu, 'tls-failed'],
  [
    /starttls.*(?:not available|not supported|unavailable)|(?:not|does not) support starttls|server does not support starttls/iu,
    'starttls-unavailable',
  ],
  [
    /cleartext authentication disallowed|plaintext authentication (?:disallowed|not allowed)|must issue a starttls|login is disabled|logindisabled/iu,
    'tls-required',
  ],
];

function byServerCode(facts: ErrorFacts): EmailErrorCode | null {
  switch (facts.serverCode) {
    case 'PRIVACYREQUIRED':
      return 'tls-required';
    case 'LIMIT':
    case 'INUSE':
      return 'too-many-connections';
    case 'NONEXISTENT':
    case 'TRYCREATE':
      return 'mailbox-not-found';
    case 'OVERQUOTA':
      return 'mailbox-full';
    case 'THROTTLED':
      return 'rate-limited';
    case 'EXPIRED':
      return 'sign-in-expired';
    default:
      return facts.mailboxMissing ? 'mailbox-not-found' : null;
  }
}

function bySmtpCode(smtpCode: number | null, text: string): EmailErrorCode | null {
  if (smtpCode === null) return null;
  if (smtpCode === 421 || /\b4\.7\.\d+\b.*(?:rate|limit|throttl)/iu.test(text)) return 'rate-limited';
  if (smtpCode === 552 || /\b5\.3\.4\b/u.test(text)) return 'message-too-large';
  if (smtpCode === 530 || smtpCode === 538) return /starttls|encrypt/iu.test(text) ? 'tls-required' : 'wrong-password';
  return null;
}

/** Before anything was understood of the greeting, whatever cannot be parsed is not the protocol that we expected. */
function isForeign(facts: ErrorFacts): boolean {
  const parsing = facts.codes.some(
    (code) =>
      code.startsWith('ParserError') ||
      code === 'InvalidResponse' ||
      code === 'UnexpectedTag' ||
      code === 'EPROTOCOL' ||
      code === 'LineTooLarge',
  );
  return parsing || /invalid greeting|unexpected greeting/iu.test(facts.text);
}

function codeOf(facts: ErrorFacts, protocol: MailProtocol, isOAuth: boolean): EmailErrorCode {
  const wellKnown =
    BY_TEXT.find(([pattern]) => pattern.test(facts.text))?.[1] ?? byServerCode(facts) ?? bySmtpCode(facts.smtpCode, facts.text);
  if (wellKnown !== null) return wellKnown;
  if (facts.authenticationFailed && (protocol === 'imap' || facts.smtpCode === null || facts.smtpCode >= 500)) {
    return isOAuth ? 'sign-in-expired' : 'wrong-password';
  }
  for (const code of facts.codes) {
    const known = BY_SYSTEM_CODE[code];
    if (known !== undefined) return known;
  }
  if (isForeign(facts)) return protocol === 'imap' ? 'not-imap' : 'not-smtp';
  if (facts.codes.some((code) => code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'ETLS')) return 'tls-failed';
  return 'server-error';
}

function healthOf(code: EmailErrorCode): HealthState {
  switch (code) {
    case 'wrong-password':
    case 'app-password-required':
    case 'sign-in-expired':
      return 'auth';
    case 'certificate-untrusted':
    case 'certificate-expired':
    case 'certificate-wrong-host':
    case 'tls-required':
    case 'starttls-unavailable':
    case 'tls-failed':
      return 'tls';
    case 'too-many-connections':
    case 'rate-limited':
      return 'rate-limited';
    case 'host-not-found':
    case 'host-unreachable':
    case 'connection-refused':
    case 'connection-lost':
    case 'timeout':
    case 'cancelled':
      return 'offline';
    default:
      return 'down';
  }
}

/** What a person has to change before it can work; anything else is worth another try. */
const NEEDS_A_PERSON: ReadonlySet<EmailErrorCode> = new Set([
  'wrong-password',
  'app-password-required',
  'sign-in-expired',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-wrong-host',
  'tls-required',
  'starttls-unavailable',
  'tls-failed',
  'not-imap',
  'not-smtp',
]);

/** Builds an error of ours with the health and the retry rule that belong to its code. */
export function emailError(code: EmailErrorCode, detail: string): ConnectorError {
  return new ConnectorError(code, { health: healthOf(code), retryable: !NEEDS_A_PERSON.has(code), detail });
}

/** Everything that must never be seen: the secrets themselves and the forms in which protocols send them. */
export function secretsOf(auth: EmailAuth, accessToken = ''): readonly string[] {
  const secret = auth.kind === 'password' ? auth.password : accessToken;
  if (secret === '') return [];
  const plain = `\u0000${auth.user}\u0000${secret}`;
  const bearer = `user=${auth.user}\u0001auth=Bearer ${secret}\u0001\u0001`;
  const forms = [
    secret,
    ...[secret, plain, bearer].map((form) => Buffer.from(form).toString('base64')),
    JSON.stringify(secret).slice(1, -1),
  ];
  return [...new Set(forms)];
}

/** One line of the server's words, without secrets and control characters, of a length that can be shown. */
export function safeDetail(text: string, secrets: readonly string[]): string {
  const hidden = secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return hidden
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/**
 * Turns whatever a library threw into an error that a person can be told about. The original is not kept as cause: it may
 * hold the command that was sent, and with it the password.
 */
export function toConnectorError(error: unknown, protocol: MailProtocol, auth: EmailAuth, accessToken = ''): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const facts = factsOf(error);
  return emailError(codeOf(facts, protocol, auth.kind === 'oauth2'), safeDetail(facts.text, secretsOf(auth, accessToken)));
}

/** The code of an error that came out of this folder; `server-error` for anything else. */
export function smtpRefusal(error: unknown): { readonly smtpCode: number | null; readonly command: string } {
  return { smtpCode: factsOf(error).smtpCode, command: textField(error, 'command') };
}
