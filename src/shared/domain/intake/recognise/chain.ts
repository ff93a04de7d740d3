import { addressesIn } from '../../guard/addresses.ts';
import { decodeBase58 } from '../../guard/base58.ts';
import { fact } from './found.ts';
import type { FoundFact } from './found.ts';

/** Hashes of transactions: Ethereum and its kin (0x and 64 hex digits), Bitcoin and Tron (64 hex digits). */
const HASH = /(?<![a-z0-9])(?:0x)?[0-9a-f]{64}(?![a-z0-9])/giu;
/** Signatures of transactions on Solana are 64 bytes. */
const SIGNATURE = /(?<![A-Za-z0-9])[1-9A-HJ-NP-Za-km-z]{86,88}(?![A-Za-z0-9])/gu;

/** The transactions that a text names, each once, in their order. */
export function transactionsIn(text: string): readonly FoundFact[] {
  const hashes = [...text.matchAll(HASH)].map((match) => ({ at: match.index, value: match[0] }));
  const signatures = [...text.matchAll(SIGNATURE)]
    .filter(([value]) => /\d/u.test(value) && decodeBase58(value)?.length === 64)
    .map((match) => ({ at: match.index, value: match[0] }));
  const values = [...hashes, ...signatures].toSorted((one, other) => one.at - other.at).map(({ value }) => value);
  return [...new Map(values.map((value) => [value.toLowerCase().replace(/^0x/u, ''), value])).values()].flatMap((value) =>
    fact('transaction', value),
  );
}

/** The public addresses that a text names. */
export function publicAddressesIn(text: string): readonly FoundFact[] {
  const values = new Set(addressesIn(text).map(({ address }) => address));
  return [...values].flatMap((value) => fact('address', value));
}

const NETWORK_WORD = String.raw`(?:[ -]?(?:network|chain|mainnet|net)|网络|網絡|網路|链|鏈|主网|チェーン|ネットワーク|네트워크|체인)`;
const BEFORE_WORD = String.raw`(?:network|chain|red|rede|网络|網路|链|ネットワーク|네트워크)[ ]?(?:is|was|es|fue|é|foi|是|[:：=])?[ ]?`;

/** What networks are called; the second of each is a name that is a word of other things as well, and counts only beside "network". */
const NETWORKS: readonly (readonly [name: string, sure: string, loose: string | null])[] = [
  ['TRC20', String.raw`trc[- ]?20|tron[ ]?(?:network|chain)|波场|波場`, 'tron|trx'],
  ['ERC20', String.raw`erc[- ]?20`, null],
  ['BEP20', String.raw`bep[- ]?20|bnb smart chain|binance smart chain|\bbsc\b|币安智能链|幣安智能鏈`, 'bnb|binance'],
  ['BEP2', String.raw`bep[- ]?2(?!\d)`, null],
  ['SPL (Solana)', String.raw`\bspl\b`, 'solana|sol|索拉纳|ソラナ|솔라나'],
  ['Polygon', String.raw`polygon|\bpos chain\b`, 'matic'],
  ['Arbitrum', String.raw`arbitrum(?: one)?`, 'arb'],
  ['Optimism', String.raw`\bop mainnet\b`, 'optimism'],
  ['Avalanche C-Chain', String.raw`avax[- ]?c(?:[- ]?chain)?\b|avalanche c[- ]?chain`, 'avalanche|avax'],
  ['Lightning', String.raw`lightning network|闪电网络|閃電網路|ライトニングネットワーク`, 'lightning'],
  ['Base', String.raw`\bbase (?:chain|mainnet)\b`, 'base'],
  ['Ethereum', String.raw`eth(?:ereum)? mainnet`, 'ethereum|eth|以太坊|イーサリアム|이더리움'],
  ['Bitcoin', String.raw`btc mainnet`, 'bitcoin|btc|比特币|比特幣|ビットコイン|비트코인'],
  ['TON', String.raw`ton (?:network|chain)|the open network`, null],
];

const NETWORK_PATTERNS = NETWORKS.map(
  ([name, sure, loose]) =>
    [
      name,
      new RegExp(
        [
          `(?<![a-z0-9])(?:${sure})(?![a-z])`,
          ...(loose === null ? [] : [`(?<![a-z0-9])(?:${loose})${NETWORK_WORD}`, `${BEFORE_WORD}(?:${loose})(?![a-z0-9])`]),
        ].join('|'),
        'iu',
      ),
    ] as const,
);

const ANY_NETWORK =
  /trc|erc|bep|bsc|spl|tron|chain|network|mainnet|polygon|pos|arbitrum|lightning|rede?(?![a-z])|[网網链鏈场場]|チェーン|ネットワーク|네트워크|체인/iu;

/** The networks that a text names, in the order in which it does. */
export function networksIn(text: string): readonly FoundFact[] {
  // most texts name none
  if (!ANY_NETWORK.test(text)) return [];
  const found = NETWORK_PATTERNS.flatMap(([name, pattern]) => {
    const match = pattern.exec(text);
    return match === null ? [] : [{ at: match.index, name }];
  });
  return found.toSorted((one, other) => one.at - other.at).flatMap(({ name }) => fact('network', name));
}
