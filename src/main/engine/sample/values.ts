import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { PHRASES } from './texts/all-phrases.ts';
import type { SampleLanguage } from './texts/phrases.ts';
import { formatLocal } from './zone-clock.ts';
import { after, HOUR_MS, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What fills the gaps of the phrases; the same throughout one case. */
export type Values = Readonly<Record<string, string>>;

const ASSETS: readonly {
  readonly asset: string;
  readonly min: number;
  readonly max: number;
  readonly digits: number;
  readonly network: string;
  readonly wrong: readonly string[];
}[] = [
  {
    asset: 'USDT',
    min: 40,
    max: 18_000,
    digits: 2,
    network: 'TRON (TRC-20)',
    wrong: ['BNB Smart Chain (BEP-20)', 'Polygon', 'Arbitrum One'],
  },
  { asset: 'USDC', min: 25, max: 30_000, digits: 2, network: 'Ethereum (ERC-20)', wrong: ['Base', 'Polygon', 'Solana'] },
  { asset: 'ETH', min: 0.05, max: 14, digits: 4, network: 'Ethereum', wrong: ['Arbitrum One', 'Optimism', 'Base'] },
  { asset: 'BTC', min: 0.002, max: 0.9, digits: 5, network: 'Bitcoin', wrong: ['BNB Smart Chain (BEP-20)'] },
  { asset: 'SOL', min: 0.5, max: 220, digits: 2, network: 'Solana', wrong: ['BNB Smart Chain (BEP-20)', 'Ethereum (ERC-20)'] },
  { asset: 'ADA', min: 80, max: 20_000, digits: 0, network: 'Cardano', wrong: ['BNB Smart Chain (BEP-20)'] },
];

/** How addresses of an asset begin, where it is not `0x`. */
const ADDRESS_STARTS: Readonly<Record<string, string>> = { BTC: 'bc1q', USDT: 'TQ', SOL: '7x', ADA: 'addr1q' };

const DEVICES = [
  'Pixel 8',
  'iPhone 14',
  'Galaxy S23',
  'iPhone SE',
  'Xperia 10 V',
  'Redmi Note 12',
  'iPhone 15 Pro',
  'Galaxy A54',
  'Moto G84',
  'iPad Air',
];
const FIAT: Readonly<Record<SampleLanguage, string>> = { en: 'USD', 'zh-Hans': 'SGD', ja: 'JPY', es: 'EUR', ko: 'KRW', pt: 'BRL' };
const FIAT_SCALE: Readonly<Record<SampleLanguage, number>> = { en: 1, 'zh-Hans': 1, ja: 100, es: 1, ko: 1_000, pt: 5 };
const HANDLES = ['@aurelia_help_desk', '@Aurelia_Support24', '@aurelia.official.care', '@AureIia_Admin', '@aurelia_wallet_sync'];

const numberFormats = new Map<string, Intl.NumberFormat>();

/** Making a formatter costs far more than using it. */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = numberFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, options);
  numberFormats.set(key, made);
  return made;
}

/** Invents the facts of a case whose first message is written at `at`. */
export function inventValues(person: Person, language: SampleLanguage, at: Instant, random: Random): Values {
  const { locale, cities } = PHRASES[language];
  const asset = random.pick(ASSETS);
  const amount = asset.min * (asset.max / asset.min) ** (random.next() ** 1.6);
  const number = (value: number, digits: number): string => numberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const happened = after(at, -random.between(0.3, 60) * HOUR_MS);
  const usesHexPrefix = asset.network.startsWith('Ethereum');
  return {
    name: person.name,
    first: person.first,
    family: person.family,
    polite: person.polite,
    asset: asset.asset,
    amount: `${number(amount, asset.digits)} ${asset.asset}`,
    network: asset.network,
    wrongNetwork: random.pick(asset.wrong),
    fee: `${number(random.between(0.8, 30), 1)} USDT`,
    fiat: numberFormat(locale, { style: 'currency', currency: FIAT[language], maximumFractionDigits: 0 })
      .format(Math.round(random.between(5, 400)) * 10 * FIAT_SCALE[language])
      .replaceAll(/[\u202f\u00a0]/gu, ' '),
    tx: `${usesHexPrefix ? '0x' : ''}${random.hex(64)}`,
    address: `${ADDRESS_STARTS[asset.asset] ?? '0x'}${random.hex(6)}…${random.hex(4)}`,
    order: `WD-${random.int(310_000, 989_999)}`,
    code: random.hex(8),
    code2: random.hex(8),
    octet: String(random.int(4, 250)),
    last4: String(random.int(1_000, 9_999)),
    device: random.pick(DEVICES),
    appVersion: `${random.int(6, 7)}.${random.int(0, 14)}.${random.int(0, 3)}`,
    city: random.pick(cities),
    handle: random.pick(HANDLES),
    year: String(new Date(at).getUTCFullYear() - 1),
    date: formatLocal(happened, locale, person.zone, { month: 'long', day: 'numeric' }),
    time: formatLocal(after(happened, random.int(0, 59) * MINUTE_MS), locale, person.zone, {
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  };
}

/** Fills `{name}` gaps. Throws on a gap that has no value: a phrase was mistyped. */
export function fill(phrase: string, values: Values): string {
  return phrase.replaceAll(/\{(\w+)\}/gu, (_gap, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`no value for {${key}} in ${phrase.slice(0, 60)}`);
    return value;
  });
}
