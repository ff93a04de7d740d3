import type { SecretKind } from './secret-types.ts';

/**
 * What is wrong with a text that is about to leave. Offsets are UTF-16, `to` exclusive, into that text.
 *
 * - `asks-for-secret`: a sentence asks the customer for a secret; `detail` is its kind.
 * - `echoes-secret`: the text has a secret in it (also in a quote); `detail` is its kind.
 * - `look-alike-domain`: a host that resembles an official one; `detail` is the official one.
 * - `disguised-link`: a link that shows another place than it leads to, or hides it (user part, IP address, port, punycode, shortener);
 *   `detail` is the {@link LinkFindingCode}.
 * - `unofficial-domain`: any other host that is not in the registry; `detail` is the host.
 * - `unofficial-address`: a deposit address that nobody has confirmed; `detail` is the network's name.
 */
export type OutboundFindingCode =
  | 'asks-for-secret'
  | 'echoes-secret'
  | 'look-alike-domain'
  | 'disguised-link'
  | 'unofficial-domain'
  | 'unofficial-address';

export interface OutboundFinding {
  readonly code: OutboundFindingCode;
  /** `block`: it leaves only after somebody has said, on record, why it is fine. `warn`: it is shown, and may leave. */
  readonly severity: 'block' | 'warn';
  readonly from: number;
  readonly to: number;
  readonly detail: SecretKind | LinkFindingCode | (string & {});
}

/** An account of ours, by the id that the platform gave it and that nobody can choose. */
export interface OfficialAccount {
  readonly channel: string;
  readonly nativeId: string;
  readonly name: string;
  readonly handle: string;
}

/** Who is us: the team's signed list. Domains are registrable ones (`example.com`), brands are names as customers write them. */
export interface OfficialRegistry {
  readonly accounts: readonly OfficialAccount[];
  readonly domains: readonly string[];
  readonly brands: readonly string[];
}

/** Somebody as a channel shows them. Names and handles are chosen freely; only `nativeId` is given. */
export interface ShownIdentity {
  readonly channel: string;
  readonly nativeId: string;
  readonly name: string;
  readonly handle: string | null;
}

/**
 * Why somebody looks like us and is not: the `same` to the eye; `near`, one letter off; `contains` one of our names with something beside
 * it; `brand-role`, our brand and a word such as "support". A brand with other words is no finding: customers put brands into their names.
 */
export interface ImpostorFinding {
  readonly reason: 'same' | 'near' | 'contains' | 'brand-role';
  /** Which of the two texts. */
  readonly field: 'name' | 'handle';
  /** The name, handle or brand of ours that it resembles. */
  readonly official: string;
}

export type DomainFindingCode = 'same' | 'near' | 'contains' | 'subdomain';

/** Why a host looks like one of ours and is not. */
export interface DomainFinding {
  readonly reason: DomainFindingCode;
  /** The registrable part of the host. */
  readonly domain: string;
  /** The domain of ours that it resembles. */
  readonly official: string;
}

/** What is odd about a link, whoever it leads to. */
export type LinkFindingCode =
  | 'text-differs'
  | 'look-alike'
  | 'punycode'
  | 'mixed-scripts'
  | 'user-part'
  | 'ip-host'
  | 'port'
  | 'shortener'
  | 'scheme'
  | 'hidden-characters';

export interface LinkFinding {
  readonly code: LinkFindingCode;
  /** What to show beside it: the true registrable domain, the official one it resembles, the port; `''` when nothing. */
  readonly detail: string;
}

/** The registrable domain of a host (`example.co.uk` of `a.example.co.uk`), null for an IP address or a public suffix. */
export type RegistrableDomain = (host: string) => string | null;
