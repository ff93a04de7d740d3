import { decodeBase58 } from './base58.ts';
import type { OutboundFinding } from './guard-types.ts';

/** An address for payments in a text. Offsets are UTF-16, `to` exclusive. */
export interface PaymentAddress {
  readonly network: string;
  readonly address: string;
  readonly from: number;
  readonly to: number;
}

/** Whether somebody has confirmed an address, as a whole. */
export type IsConfirmed = (found: PaymentAddress) => boolean;

const BASE58 = '[1-9A-HJ-NP-Za-km-z]';
const BECH32 = '[02-9ac-hj-np-z]';

const SHAPES: readonly (readonly [network: string, pattern: RegExp])[] = [
  [
    'Bitcoin',
    new RegExp(
      `(?<!\\w)(?:bc1${BECH32}{11,87}|BC1${BECH32.toUpperCase().replace('02-9', '02-9')}{11,87}|[13]${BASE58}{25,34})(?!\\w)`,
      'gu',
    ),
  ],
  ['Ethereum', /(?<!\w)0x[\da-fA-F]{40}(?!\w)/gu],
  ['Tron', new RegExp(`(?<!\\w)T${BASE58}{33}(?!\\w)`, 'gu')],
  ['Litecoin', new RegExp(`(?<!\\w)(?:ltc1${BECH32}{11,87}|[LM]${BASE58}{33})(?!\\w)`, 'gu')],
  ['Dogecoin', new RegExp(`(?<!\\w)D${BASE58}{33}(?!\\w)`, 'gu')],
  ['XRP', new RegExp(`(?<!\\w)r${BASE58}{24,34}(?!\\w)`, 'gu')],
  ['Cardano', new RegExp(`(?<!\\w)addr1${BECH32}{50,100}(?!\\w)`, 'gu')],
  ['TON', /(?<![\w-])[EUk0]Q[\w-]{46}(?![\w-])/gu],
  ['Solana', new RegExp(`(?<!\\w)${BASE58}{32,44}(?!\\w)`, 'gu')],
];

/**
 * Addresses for payments in a text, by their shapes. Checksums are not looked at: what leads payments astray has a right one, and a mistyped one
 * loses them as well.
 */
export function addressesIn(text: string): readonly PaymentAddress[] {
  const found: PaymentAddress[] = [];
  for (const [network, pattern] of SHAPES) {
    for (const match of text.matchAll(pattern)) {
      const place = { network, address: match[0], from: match.index, to: match.index + match[0].length };
      const isTaken = found.some((other) => place.from < other.to && other.from < place.to);
      if (!isTaken && isNoWord(match[0], network)) found.push(place);
    }
  }
  return found.toSorted((a, b) => a.from - b.from);
}

/** Long words and ids of one case are none; an address of Solana is 32 bytes. */
function isNoWord(address: string, network: string): boolean {
  if (network === 'Solana')
    return /\d/u.test(address) && /[a-z]/u.test(address) && /[A-Z]/u.test(address) && decodeBase58(address)?.length === 32;
  return /\d/u.test(address);
}

/** Whether two are the same place: those of Ethereum are whatever case their letters have, and bech32 knows only one. */
export function isSameAddress(one: string, other: string): boolean {
  return one === other || (/^(?:0x|bc1|ltc1|addr1)/iu.test(one) && one.toLowerCase() === other.toLowerCase());
}

/**
 * Addresses for payments that nobody has confirmed. Compared as a whole: an address whose first and last signs are right is how payments are led
 * astray.
 */
export function paysElsewhere(text: string, isConfirmed: IsConfirmed): readonly OutboundFinding[] {
  return addressesIn(text)
    .filter((found) => !isConfirmed(found))
    .map(({ network, from, to }) => ({ code: 'unofficial-address', severity: 'block', from, to, detail: network }));
}
