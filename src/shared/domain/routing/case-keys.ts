import type { MessageOrigin, Party } from '../message.ts';

/**
 * What a message names that another message may name as well: addresses, handles, transactions, orders, an identity that our own site
 * signed, and what it says. Each is a short text `kind:value`, so that a table of them answers "who else wrote of this?".
 */

export const KEY_KINDS = ['sub', 'mail', 'handle', 'transaction', 'order', 'near'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];
export type MessageKey = `${KeyKind}:${string}`;

/** What of a message is read for keys. */
export interface KeyedMessage {
  readonly from: Party;
  readonly replyTo: readonly Party[];
  readonly text: string;
  readonly origin: MessageOrigin | null;
}

/** Characters that are looked at. */
const SAMPLE = 6_000;
/** Keys of one message; a pasted list says nothing about any of its entries. */
const MOST_KEYS = 24;
/** Letters and digits below which a text is too common to be compared. */
export const SHORTEST_TEXT = 40;
/** Of what is said, so much is compared. */
const LONGEST_TEXT = 800;

const MAIL = /[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){1,8}[a-z]{2,24}/gu;
/** Days, which stand after "payment" and "order" as well. */
const DAY = /^(?:19|20)\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])$/u;
/** Addresses on Bitcoin (`bc1`) and Tron, and signatures of transactions on Solana, in small letters. */
const BASE = /(?<![a-z0-9])(?:bc1[a-z0-9]{25,59}|t(?=[a-z]{0,32}\d)[1-9a-z]{33}|(?=[a-z]{0,86}\d)[1-9a-z]{86,88})(?![a-z0-9])/gu;
/** Addresses and hashes of transactions of the large chains: 64 hex digits, or `0x` with 40 or 64. */
const HEX = /(?<![a-z0-9])(?:0x[0-9a-f]{64}|0x[0-9a-f]{40}|[0-9a-f]{64})(?![a-z0-9])/gu;
const HANDLE = /(?<![\p{L}\p{N}._%+@/-])@([a-z][a-z0-9_]{3,31})(?![a-z0-9_]*[.@][a-z])/gu;
/** A number is one of an order or a payment where a word before it says so. */
const CUE =
  /(?:order|invoice|ticket|transaction|payment|deposit|withdrawal|reference|pedido|factura|transacci[oó]n|commande|facture|bestell|rechnung|ordine|fattura|sipari[sş]|pesanan|đơn hàng|mã đơn|заказ|платеж|замовлення|订单|訂單|单号|單號|交易|流水|注文|주문|الطلب|طلب)\p{L}{0,8}[\s:：.()#№-]{0,6}(?:no|nr|n[º°o]|id|number|num|numero|número|nummer|番号|번호|号|號|编号|編號|رقم)?[\s:：.()#№-]{0,6}([a-z]{0,4}-?\d[\d-]{4,24})(?![\d@]|[.,]\d|\s{0,2}(?:usd[tc]?|eur|gbp|jpy|cny|krw|btc|eth|bnb|trx|sol|vnd|idr|brl|try|rub|[€$£¥₫₽円元원]))/gu;

/** The keys of a message, each once; for what customers write. */
export function keysOf({ from, replyTo, text, origin }: KeyedMessage): readonly MessageKey[] {
  const sample = text.slice(0, SAMPLE).normalize('NFKC').toLowerCase();
  const intake = Object.values(origin?.intake ?? {})
    .join('\n')
    .slice(0, SAMPLE)
    .normalize('NFKC')
    .toLowerCase();
  const said = `${sample}\n${intake}`;
  const mails = [from, ...replyTo].map(({ address }) => address.toLowerCase());
  const keys = new Set<MessageKey>(origin === null ? [] : authorKeys(origin.author));
  for (const [found] of [...mails, said].join('\n').matchAll(MAIL)) keys.add(`mail:${found}`);
  for (const [, found = ''] of said.matchAll(HANDLE)) keys.add(`handle:${found}`);
  for (const [found] of said.matchAll(HEX)) keys.add(`transaction:${found.replace(/^0x/u, '')}`);
  for (const [found] of said.matchAll(BASE)) keys.add(`transaction:${found}`);
  for (const [, found = ''] of said.matchAll(CUE)) {
    const number = found.replaceAll('-', '');
    if (/\d{5,}/u.test(number) && !DAY.test(found)) keys.add(`order:${number}`);
  }
  return [...[...keys].slice(0, MOST_KEYS), ...nearKeys(sample)];
}

/** Who wrote it, as far as a signature or the platform vouches for it. */
function authorKeys({ nativeId, handle, verification, facts }: MessageOrigin['author']): readonly MessageKey[] {
  const name = handle?.replace(/^@/u, '').toLowerCase() ?? '';
  const named: readonly MessageKey[] = name.length > 3 ? [`handle:${name}`] : [];
  if (verification !== 'signed') return named;
  const { 'identity.sub': subject = nativeId, 'identity.email': email = '' } = facts;
  return [`sub:${subject}`, ...[...email.toLowerCase().matchAll(MAIL)].map(([found]): MessageKey => `mail:${found}`), ...named];
}

export function kindOf(key: MessageKey): KeyKind {
  return KEY_KINDS.find((kind) => key.startsWith(`${kind}:`)) ?? 'near';
}

/** What is said, without case, marks, spaces and numbers, which differ between two posts of one complaint. */
export function normalisedText(text: string): string {
  return text
    .slice(0, SAMPLE)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/https?:\/\/\S+/gu, '')
    .replaceAll(/[^\p{L}\p{M}]+/gu, '')
    .slice(0, LONGEST_TEXT);
}

const SHINGLE = 5;
const BANDS = 3;
const SEEDS = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1] as const;

/**
 * Keys that two nearly equal texts are likely to share: the smallest hashes of their shingles, in bands of two (Broder 1997, MinHash).
 * Of texts that share 85 % of their shingles 98 % share a band; of those that share 10 %, 3 %.
 */
function nearKeys(text: string): readonly MessageKey[] {
  const said = normalisedText(text);
  if (said.length < SHORTEST_TEXT) return [];
  const least = SEEDS.map(() => 0xffffffff);
  for (let at = 0; at + SHINGLE <= said.length; at += 1) {
    for (const [index, seed] of SEEDS.entries()) {
      let value: number = seed;
      for (let step = 0; step < SHINGLE; step += 1) value = Math.imul(value ^ said.charCodeAt(at + step), 0x01000193);
      value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
      if (value < (least[index] ?? 0)) least[index] = value;
    }
  }
  return Array.from({ length: BANDS }, (_, band): MessageKey => {
    const [one = 0, two = 0] = least.slice(band * 2, band * 2 + 2);
    return `near:${String(band)}${one.toString(36)}.${two.toString(36)}`;
  });
}

/** How much of two texts is the same, from 0 to 1: Dice's coefficient over their shingles. 0 for texts that are too short to compare. */
export function likeness(one: string, other: string): number {
  return likenessOf(shinglesOf(one), shinglesOf(other));
}

/** As `likeness`, for texts that are compared with many others. */
export function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let shared = 0;
  for (const each of one) if (other.has(each)) shared += 1;
  return (2 * shared) / (one.size + other.size);
}

/** The pieces of a text that are compared; none of one that is too short. */
export function shinglesOf(said: string): ReadonlySet<string> {
  const found = new Set<string>();
  const text = normalisedText(said);
  if (text.length < SHORTEST_TEXT) return found;
  for (let at = 0; at + SHINGLE <= text.length; at += 1) found.add(text.slice(at, at + SHINGLE));
  return found;
}
