import { sha256Hex } from '../identity.ts';

/**
 * The address that answers to a reply come to holds a token that its sender's workstation signed with the key of the account. The
 * key never travels: everybody in a team can read the log for ever, also who is revoked later, and with the key anybody can write
 * into any case from outside. So whoever holds the channel signs when a reply leaves, and tells the hash of the token. By that a
 * workstation that holds the channel later knows the token again, and nobody can make one from it.
 */

/** @param token as it stands in the address; mail systems change case */
export function tokenSha(token: string): string {
  return sha256Hex(token.toLowerCase());
}

/** How a token is kept among the keys of its case. No message id has a space. */
export function tokenKey(sha: string): string {
  return `token ${sha}`;
}
