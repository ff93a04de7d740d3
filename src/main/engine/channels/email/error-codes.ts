/** Everything that can go wrong between us and a mail server, in words that the page translates (`errors.email.<code>`). */
export const EMAIL_ERROR_CODES = [
  /** The name of the server could not be resolved: misspelt, or this computer is offline. */
  'host-not-found',
  'host-unreachable',
  'connection-refused',
  /** No answer in time. */
  'timeout',
  /** The connection was there and went away. */
  'connection-lost',
  'wrong-password',
  /** The provider wants an app password instead of the account's own. */
  'app-password-required',
  /** The access token was refused or could not be renewed. */
  'sign-in-expired',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-wrong-host',
  /** The server does not take passwords over an unencrypted connection. */
  'tls-required',
  /** STARTTLS was asked for and the server does not offer it. */
  'starttls-unavailable',
  /** The two sides did not agree on TLS; often the wrong port for the chosen security. */
  'tls-failed',
  'not-imap',
  'not-smtp',
  'too-many-connections',
  'rate-limited',
  'mailbox-not-found',
  'mailbox-full',
  'sender-refused',
  'recipients-refused',
  'no-recipients',
  'message-too-large',
  'message-refused',
  'server-error',
  /** We were told to stop. */
  'cancelled',
] as const;

export type EmailErrorCode = (typeof EMAIL_ERROR_CODES)[number];
