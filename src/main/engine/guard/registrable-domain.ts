import { parse } from 'tldts';

/**
 * The registrable domain of a host by the Public Suffix List: `example.co.uk` of `a.example.co.uk`, and `shop.github.io` of itself, since
 * everybody may have one there. Null for IP addresses, public suffixes and endings that nobody may register.
 */
export function registrableDomain(host: string): string | null {
  const found = parse(host, { allowPrivateDomains: true });
  if (found.isIp === true || (found.isIcann !== true && found.isPrivate !== true)) return null;
  return found.domain;
}
