import { fact } from './found.ts';
import type { FoundFact } from './found.ts';

/** Signs of coins and currencies, as platforms write them. */
const SIGNS =
  'USDT|USDC|BTC|ETH|SOL|TRX|XRP|BNB|DOGE|ADA|LTC|DOT|MATIC|POL|AVAX|TON|SHIB|PEPE|LINK|BCH|XLM|ATOM|NEAR|FIL|ETC|APT|SUI|ARB|UNI|AAVE|XMR|DAI|TUSD|FDUSD|BUSD|PYUSD|EUR|USD|GBP|JPY|CNY|HKD|TWD|KRW|BRL|MXN|ARS|COP|CHF|CAD|AUD|TRY|INR|SGD';
/** The same that are words of a language as well: only in capitals. */
const WORDS_TOO: ReadonlySet<string> = new Set([
  'SOL',
  'DOT',
  'TON',
  'LINK',
  'ATOM',
  'NEAR',
  'UNI',
  'POL',
  'SUI',
  'APT',
  'ARB',
  'TRY',
  'COP',
  'ADA',
  'DAI',
  'ETC',
  'FIL',
]);

const NAMES: Readonly<Record<string, string>> = {
  bitcoin: 'BTC',
  bitcoins: 'BTC',
  比特币: 'BTC',
  比特幣: 'BTC',
  ビットコイン: 'BTC',
  비트코인: 'BTC',
  ethereum: 'ETH',
  ether: 'ETH',
  以太坊: 'ETH',
  以太币: 'ETH',
  以太幣: 'ETH',
  イーサリアム: 'ETH',
  イーサ: 'ETH',
  이더리움: 'ETH',
  tether: 'USDT',
  泰达币: 'USDT',
  泰達幣: 'USDT',
  テザー: 'USDT',
  테더: 'USDT',
  solana: 'SOL',
  ソラナ: 'SOL',
  솔라나: 'SOL',
  ripple: 'XRP',
  瑞波币: 'XRP',
  リップル: 'XRP',
  리플: 'XRP',
  dogecoin: 'DOGE',
  狗狗币: 'DOGE',
  ドージコイン: 'DOGE',
  도지코인: 'DOGE',
  litecoin: 'LTC',
  莱特币: 'LTC',
  ライトコイン: 'LTC',
  cardano: 'ADA',
  美元: 'USD',
  米ドル: 'USD',
  ドル: 'USD',
  dollars: 'USD',
  dólares: 'USD',
  달러: 'USD',
  euros: 'EUR',
  euro: 'EUR',
  欧元: 'EUR',
  ユーロ: 'EUR',
  유로: 'EUR',
  人民币: 'CNY',
  日元: 'JPY',
  円: 'JPY',
  원: 'KRW',
  reais: 'BRL',
};
const SYMBOLS: Readonly<Record<string, string>> = { $: 'USD', US$: 'USD', '€': 'EUR', '£': 'GBP', R$: 'BRL', '₩': 'KRW', '₿': 'BTC' };

const NUMBER = String.raw`\d{1,3}(?:[,' ]\d{3}){1,4}(?:\.\d{1,18})?|\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,18})?|\d{1,15}(?:[.,]\d{1,18})?`;
const MANY = String.raw`(?:[ ]?(?:k|万|萬|千|만|천))?`;
const NAME_PART = Object.keys(NAMES)
  .toSorted((one, other) => other.length - one.length)
  .join('|');
/** Letters and digits must not touch it; ideographs and kana may. */
const NO_LATIN_BEFORE = '(?<![a-z0-9.,_-])';
const NO_LATIN_AFTER = '(?![a-z0-9_])';

const NUMBER_COIN = new RegExp(
  `${NO_LATIN_BEFORE}(?<number>(?:${NUMBER})${MANY})[ ]?(?:个|個|枚|de )?[ ]?(?<coin>(?:${SIGNS})(?:\\.e)?${NO_LATIN_AFTER}|(?:${NAME_PART})(?![a-zà-ÿ]))`,
  'giu',
);
const COIN_NUMBER = new RegExp(`${NO_LATIN_BEFORE}(?<coin>${SIGNS})[ ]?(?<number>${NUMBER})(?![\\d.,]*[a-z0-9_])`, 'giu');
const SYMBOL_NUMBER = new RegExp(`(?<![\\w])(?<coin>US\\$|R\\$|[$€£₩₿])[ ]?(?<number>(?:${NUMBER})${MANY})(?![\\w])`, 'giu');
const NUMBER_SYMBOL = new RegExp(`${NO_LATIN_BEFORE}(?<number>${NUMBER})[ ]?(?<coin>[€£₩])`, 'giu');
const COIN = new RegExp(`(?<![a-z0-9_$.])(?<coin>${SIGNS})${NO_LATIN_AFTER}|(?<![a-z])(?<name>${NAME_PART})(?![a-z])`, 'giu');
/** A number beside a word for it. */
const CUED = new RegExp(
  `(?:amount|quantity|importe|cantidad|monto|valor|quantia|金额|金額|数量|數量|수량|금액)[ ]?(?:is|was|of|es|de|é|是|为|は|[:：=])?[ ]{0,2}(?<number>${NUMBER})(?![\\d.,]*[\\w%])`,
  'giu',
);

interface Money {
  readonly at: number;
  readonly number: string;
  readonly coin: string | null;
}

function coinOf(written: string): string | null {
  const sign = written.toUpperCase().replace(/\.E$/u, '');
  if (Object.hasOwn(SYMBOLS, sign)) return SYMBOLS[sign] ?? null;
  const name = NAMES[written.toLowerCase()];
  if (name !== undefined) return name;
  return WORDS_TOO.has(sign) && written !== sign ? null : sign;
}

function moneyIn(text: string): readonly Money[] {
  const found: Money[] = [];
  for (const pattern of [NUMBER_COIN, COIN_NUMBER, SYMBOL_NUMBER, NUMBER_SYMBOL]) {
    for (const match of text.matchAll(pattern)) {
      const coin = coinOf(match.groups?.['coin'] ?? '');
      const number = match.groups?.['number'] ?? '';
      // USDT 20 of TRC20 and the like touch letters; a single year is no amount
      if (coin !== null && number !== '') found.push({ at: match.index, number: number.trim(), coin });
    }
  }
  return found.toSorted((one, other) => one.at - other.at);
}

/** Amounts with their coins, in the order of the text; a number without a coin where a word before it says that it is one. */
export function amountsIn(text: string): readonly FoundFact[] {
  const money = moneyIn(text);
  const cued = [...text.matchAll(CUED)].flatMap(({ groups }) => fact('amount', groups?.['number'] ?? ''));
  const [first] = money;
  if (first === undefined) return cued.slice(0, 1);
  return money.flatMap(({ number, coin }) => fact('amount', coin === null ? number : `${number} ${coin}`));
}

/** The coins that a text names: those of its amounts first. */
export function coinsIn(text: string): readonly FoundFact[] {
  const ofMoney = moneyIn(text).flatMap(({ coin }) => (coin === null ? [] : [coin]));
  const named = [...text.matchAll(COIN)].flatMap(({ groups }) => {
    const coin = coinOf(groups?.['coin'] ?? groups?.['name'] ?? '');
    // a currency alone is what one pays in, not what one asks about
    return coin === null || /^(?:USD|EUR|GBP|JPY|CNY|KRW|BRL)$/u.test(coin) ? [] : [coin];
  });
  return [...new Set([...ofMoney, ...named])].flatMap((coin) => fact('coin', coin));
}
