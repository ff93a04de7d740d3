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

/** Address and prefix length of every IPv4 range that is not for the public. */
const RESERVED_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isPublicV4(address: string): boolean {
  const value = toNumber(address);
  return RESERVED_V4.every(([base, bits]) => Math.floor(value / 2 ** (32 - bits)) !== Math.floor(toNumber(base) / 2 ** (32 - bits)));
}

function isPublicV6(address: string): boolean {
  // 2000::/3 is all that is given out for the public; tunnels and documentation within it are refused.
  if (!/^[23][0-9a-f]{3}:/u.test(address)) return false;
  return !/^(2001:0?:|2001:0{0,3}db8:|2002:|2001:db8:|3fff:)/u.test(address);
}
