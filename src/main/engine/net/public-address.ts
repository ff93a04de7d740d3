import { isIP } from 'node:net';

/**
 * True when an IP address is on the public internet. A picture in a mail must not make us knock at the doors of the
 * company's own network: loopback, private, link-local, carrier-grade NAT, multicast and reserved ranges are refused
 * (RFC 6890, RFC 4193, RFC 4291), also when written as IPv4-mapped IPv6.
 */
export function isPublicAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 4) return isPublicV4(address);
  if (kind === 6) return isPublicV6(address.toLowerCase());
  return false;
}

function isPublicV4(address: string): boolean {
  const [a = 0, b = 0, c = 0] = address.split('.').map(Number);
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 100 && b >= 64 && b <= 127) return false;
  if (a === 169 && b === 254) return false;
  if (a === 172 && b >= 16 && b <= 31) return false;
  if (a === 192 && b === 168) return false;
  if (a === 192 && b === 0 && (c === 0 || c === 2)) return false;
  if (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) return false;
  return !(a === 203 && b === 0 && c === 113);
}

function isPublicV6(address: string): boolean {
  // 2000::/3 is all that is given out for the public; tunnels and documentation within it are refused.
  if (!/^[23][0-9a-f]{3}:/u.test(address)) return false;
  return !/^(2001:0?:|2001:0{0,3}db8:|2002:|2001:db8:|3fff:)/u.test(address);
}
