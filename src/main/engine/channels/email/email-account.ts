import type { AccountId } from '../../../../shared/domain/ids.ts';

/** How the bytes are protected: TLS from the start, upgraded by STARTTLS (required, never optional), or not at all. */
export type Security = 'tls' | 'starttls' | 'none';

export interface ServerEndpoint {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
}

/** How to sign in. A token is asked for each time a connection is opened, so that whoever keeps it can renew it. */
export type EmailAuth =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'oauth2'; readonly user: string; readonly accessToken: () => Promise<string> };

/** Everything needed to speak with one mailbox. Holds a secret: never log it. */
export interface EmailAccount {
  readonly accountId: AccountId;
  /** The mailbox's own address, as customers write it. */
  readonly address: string;
  /** The name customers see as sender. */
  readonly name: string;
  readonly imap: ServerEndpoint;
  readonly smtp: ServerEndpoint;
  readonly auth: EmailAuth;
  /** IMAP paths to follow; the first one is watched by IDLE (INBOX, where it is among them). */
  readonly folders: readonly string[];
  /** Where sent mail is kept; null where there is none. */
  readonly sentFolder: string | null;
  /** Who puts the copy there: we by APPEND, or the server by itself (as Gmail does). */
  readonly sentCopy: 'append' | 'server';
  /** Whether `local+anything@domain` reaches the mailbox. */
  readonly plusAddressing: boolean;
  /** PEM of an authority to trust besides the system's; for a company's own server and for tests. */
  readonly trustedCa?: string;
}

/** Deadlines and intervals in milliseconds. */
export interface EmailTimings {
  /** Resolving, connecting and TLS together; also the greeting. */
  readonly connectMs: number;
  /** Signing in, from the first byte to the last. */
  readonly openMs: number;
  /** How long a command may be without a single byte from the server. */
  readonly silenceMs: number;
  /** A session that was quiet for this long is asked whether it still lives before it is used. */
  readonly staleMs: number;
  /** While watching: after so long without a byte we ask. */
  readonly quietMs: number;
  /** And this is how long the server has for the answer. */
  readonly probeMs: number;
  /** How often folders other than the watched one are looked at. */
  readonly pollMs: number;
  /** How long the server may take to accept a complete message (RFC 5321 4.5.3.2.6 wants ten minutes at least). */
  readonly acceptMs: number;
  /** Without CONDSTORE all flags are compared, at most this often. */
  readonly flagCompareMs: number;
}

export const DEFAULT_TIMINGS: EmailTimings = {
  connectMs: 10_000,
  openMs: 20_000,
  // a connection that dies in the middle of a command is noticed within 30 s, too
  silenceMs: 20_000,
  staleMs: 10_000,
  // a connection that died without a word is noticed within 30 s, also when it died just after a byte
  quietMs: 10_000,
  probeMs: 8_000,
  pollMs: 60_000,
  acceptMs: 600_000,
  flagCompareMs: 60_000,
};

/** The address without regard to case, for comparisons. */
export function sameAddress(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}

/** The folder that is watched by IDLE. */
export function watchedFolder(account: EmailAccount): string {
  return account.folders.find((path) => path.toUpperCase() === 'INBOX') ?? account.folders[0] ?? 'INBOX';
}
