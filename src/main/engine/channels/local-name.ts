import { isIP } from 'node:net';
import { isPublicAddress } from '../net/public-address.ts';

/** Whether a host is in a network of one's own: a name that no public server has, a single word, and the endings kept for networks of one's own (RFC 6761, RFC 6762, RFC 8375). */
export function isLocalName(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/gu, '');
  if (isIP(name) !== 0) return !isPublicAddress(name);
  return !name.includes('.') || /\.(localhost|local|internal|lan|home\.arpa|test|invalid)$/u.test(name);
}
