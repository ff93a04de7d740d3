import type { Sample } from './messages.ts';

/** A small generator of numbers (mulberry32): the same seed gives the same messages everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const HEX = '0123456789abcdef';
const COINS = ['USDT', 'USDC', 'BTC', 'ETH', 'TRX', 'XRP', 'BNB', 'LTC'];
const NETWORKS: readonly (readonly [written: string, name: string])[] = [
  ['TRC20', 'TRC20'],
  ['trc-20', 'TRC20'],
  ['ERC20', 'ERC20'],
  ['erc 20', 'ERC20'],
  ['BEP20', 'BEP20'],
  ['Polygon', 'Polygon'],
  ['Arbitrum One', 'Arbitrum'],
];
const DEVICES = [
  'iPhone 12',
  'iPhone 16 Pro Max',
  'Galaxy S24 Ultra',
  'Pixel 7a',
  'Xiaomi 13',
  'Huawei P60',
  'OnePlus 12',
  'Redmi Note 13',
];
const SYSTEMS = ['iOS 16.7', 'iOS 18.1.1', 'Android 12', 'Android 15', 'HarmonyOS 4.0'];

/** `{…}` are the parts. */
const TEMPLATES: readonly string[] = [
  'Amount: {amount} {coin}. Network: {network}. Hash {hash}. My phone is {device} with {os}, app version {version}.',
  'It is {amount} {coin} on {network}, txid {hash}, uid {uid}',
  '币种金额：{amount} {coin}，网络 {network}，哈希 {hash}，手机 {device}，系统 {os}，应用版本 {version}',
  '{amount}{coin}，{network}，UID：{uid}，{hash}',
  '{amount} {coin}を{network}で。ハッシュ：{hash}。端末は{device}、{os}、アプリのバージョンは{version}です。',
  'Son {amount} {coin} por {network}. Hash: {hash}. Tengo un {device} con {os}, versión {version}.',
  'São {amount} {coin} pela rede {network}. Hash: {hash}. Uso {device} com {os}, versão {version}.',
  '{network}로 {amount} {coin}입니다. 해시: {hash}. 기기는 {device}, {os}, 앱 버전 {version}.',
];

export function generated(count: number, seed: number): readonly Sample[] {
  const next = random(seed);
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(next() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };
  const digits = (length: number): string =>
    Array.from({ length }, (_, index) => String(index === 0 ? 1 + Math.floor(next() * 9) : Math.floor(next() * 10))).join('');
  return Array.from({ length: count }, (): Sample => {
    const template = pick(TEMPLATES);
    const [network, networkName] = pick(NETWORKS);
    const coin = pick(COINS);
    const amount = next() < 0.5 ? digits(1 + Math.floor(next() * 4)) : `0.${digits(1 + Math.floor(next() * 5))}`;
    const hash = `${next() < 0.5 ? '0x' : ''}${Array.from({ length: 64 }, () => pick([...HEX])).join('')}`;
    const parts: Readonly<Record<string, string>> = {
      amount,
      coin,
      network,
      hash,
      uid: digits(8),
      device: pick(DEVICES),
      os: pick(SYSTEMS),
      version: `${digits(1)}.${digits(2)}.${digits(1)}`,
    };
    const text = template.replaceAll(/\{(\w+)\}/gu, (_, name: string) => parts[name] ?? '');
    const has = (name: string): boolean => template.includes(`{${name}}`);
    return {
      // nothing in it says what it is about
      kind: 'other',
      text,
      facts: {
        coin,
        amount: `${amount} ${coin}`,
        network: networkName,
        transaction: hash,
        ...(has('uid') ? { account: parts['uid'] ?? '' } : {}),
        ...(has('device') ? { device: parts['device'] ?? '', os: parts['os'] ?? '', appVersion: parts['version'] ?? '' } : {}),
      },
    };
  });
}
