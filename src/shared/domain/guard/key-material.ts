import { decodeBase58, decodeBase58Check } from './base58.ts';
import type { SecretHit, SecretScannerOptions } from './secret-types.ts';

type Sha256 = SecretScannerOptions['sha256'];
/** What was found, and where; as a match of an expression has it. */
type Found = Pick<RegExpExecArray, 0 | 'index'>;

const BASE58_RUN = /(?<![0-9A-Za-z])[1-9A-HJ-NP-Za-km-z]{51,112}(?![0-9A-Za-z])/gu;
const HEX_KEY = /(?<![0-9A-Za-z])(?:0[xX])?[0-9A-Fa-f]{64}(?![0-9A-Za-z])/gu;
/** The same in groups, or broken over lines. */
const HEX_GROUPS =
  /(?<![0-9A-Za-z])(?:0[xX])?(?:[0-9A-Fa-f]{2,62}(?:[ \t]{1,3}|[ \t]?\r?\n[>\s]{0,3})){1,31}[0-9A-Fa-f]{2,62}(?![0-9A-Za-z])/gu;
/** Where a key in base 58 may begin that is broken over lines. */
const BASE58_START = /(?<![0-9A-Za-z])(?:[xyzYZtuvUV]prv|6P|[5KLc9])[1-9A-HJ-NP-Za-km-z]{5}/gu;
/** How long the whole of it is: extended keys, BIP-38, WIF. */
const BASE58_LENGTHS = [111, 58, 52, 51] as const;
const BYTE_ARRAY = /\[\s*(?:\d{1,3}\s*,\s*){63}\d{1,3}\s*\]/gu;
const PEM =
  /-----BEGIN (?<name>(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?)-----(?:(?!-----END)[\s\S]){0,20000}(?:-----END [A-Z0-9 ]{1,40}-----)?/gu;

/** Order of the curve secp256k1: a private key is below it and not nought. */
const CURVE_ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
/** Characters before a value in which words say what it is, and after it. */
const CUE_BEFORE = 100;
const CUE_AFTER = 40;

/** Names of a private key. */
export const KEY_CUE =
  /private[\s_-]?keys?|\bpriv(?:ate)?[\s_-]?key|\bpvt[\s_-]?key|\bpriv\b|secret[\s_-]?key|signing[\s_-]?key|\b(?:my|wallet|account|eth|btc|ethereum|bitcoin|metamask|phantom|solana)(?:'s)?[\s_-]key\b|key ?pair|私[钥鑰]|密[钥鑰]|秘密[键鍵]|プライベートキー|シークレットキー|개인\s?키|비밀\s?키|프라이빗\s?키|(?:clave|llave)s? (?:privada|secreta)|chave (?:privada|secreta)|clé (?:privée|secrète)|private[rn]? schlüssel|privatschlüssel|chiave privata|soukrom\p{L}+ klíč|(?:приватн|закрыт|секретн)\p{L}* ключ|ключ\p{L}* (?:от )?кошел/giu;

const OTHER_CUE =
  /\btx\b|tx[\s_-]?(?:id|hash|n)\b|\btxs?\b|hash|transa[cçk]|transfer|\bblock\b|signature|sha-?256|checksum|merkle|digest|commit|order|invoice|\bref\b|reference|public[\s_-]?key|\bpub[\s_-]?key|deposit|withdraw|api[\s_-]?key|explorer|交易|哈希|区块|區塊|トランザクション|ハッシュ|取引|송금|거래|해시|트랜잭션|транзакц|хеш|хэш|перевод|公[钥鑰]/giu;

/** What between the name of a key and it only says which wallet it is of: "private key of my deposit account: …". */
const OF_SOMETHING = /^[^\n.,;!?，。；]{0,60}$/u;
/** Names of what looks like a private key and is none. */
export const STRONG_OTHER =
  /\btx|hash|transa[cçk]|signature|sha-?256|checksum|merkle|digest|invoice|public[\s_-]?key|\bpub[\s_-]?key|api[\s_-]?key|交易|哈希|トランザクション|ハッシュ|해시|트랜잭션|транзакц|хеш|хэш|公[钥鑰]/iu;

/** Tokens of services, by the shapes that their makers document; `detail` names the service. */
const TOKENS: readonly (readonly [pattern: RegExp, detail: string, certainty: SecretHit['certainty']])[] = [
  [/(?<![A-Za-z0-9_-])\d{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/gu, 'telegram-bot', 'certain'],
  [/(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}(?![A-Za-z0-9_-])/gu, 'jwt', 'certain'],
  [/(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/gu, 'aws', 'likely'],
  [/(?<=aws.{0,24}secret.{0,24}["'\s:=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/giu, 'aws', 'certain'],
  [/(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,200}(?![A-Za-z0-9])/gu, 'slack', 'certain'],
  [/(?<![A-Za-z0-9])xapp-\d-[A-Za-z0-9-]{10,200}(?![A-Za-z0-9])/gu, 'slack', 'certain'],
  [/(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255})(?![A-Za-z0-9_])/gu, 'github', 'certain'],
  [/(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,64}(?![A-Za-z0-9_-])/gu, 'gitlab', 'certain'],
  [/(?<![A-Za-z0-9])(?:sk|rk)_live_[A-Za-z0-9]{16,255}(?![A-Za-z0-9])/gu, 'stripe', 'certain'],
  [/(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/gu, 'google', 'certain'],
  [/(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/gu, 'npm', 'certain'],
  [/(?<![A-Za-z0-9_-])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}(?![A-Za-z0-9_-])/gu, 'discord-bot', 'certain'],
  [/(?<![A-Za-z0-9])nsec1[02-9ac-hj-np-z]{58}(?![A-Za-z0-9])/gu, 'nsec', 'certain'],
  [/(?<![A-Za-z0-9])AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}(?![A-Za-z0-9])/giu, 'age', 'certain'],
];

/** Version bytes of extended private keys (SLIP-132): xprv, yprv, zprv, Yprv, Zprv and those of test networks. */
const EXTENDED_PREFIX = /^[xyzYZtuvUV]prv/u;

/**
 * Keys and tokens in a text: WIF and BIP-38 and extended private keys by their checksums, PEM and token formats by their shapes,
 * and 64 hexadecimal digits by what the words beside them call them.
 *
 * Sources: Bitcoin's base58check, BIP-32, BIP-38, SLIP-132, RFC 7468, RFC 7519, NIP-19, age's recipient format.
 */
export function findKeyMaterial(text: string, sha256: Sha256): readonly SecretHit[] {
  const hits: SecretHit[] = [];
  if (text.length < 24) return hits;
  const add = (kind: SecretHit['kind'], certainty: SecretHit['certainty'], match: Found, detail: string): void => {
    hits.push({ kind, certainty, from: match.index, to: match.index + match[0].length, detail });
  };
  if (text.includes('-----BEGIN ')) for (const match of text.matchAll(PEM)) add('pem-key', 'certain', match, 'pem');
  for (const match of text.matchAll(BASE58_RUN)) judgeBase58(text, match, sha256, add);
  for (const match of text.matchAll(BASE58_START)) judgeBroken(text, match, sha256, add);
  for (const match of text.matchAll(HEX_KEY)) judgeHex(text, match, add);
  for (const match of text.matchAll(HEX_GROUPS)) {
    const digits = match[0].replace(/^0x/iu, '').replaceAll(/[>\s]/gu, '');
    if (digits.length === 64 && /\s/u.test(match[0]) && isBelowOrder(digits) && wordsBeside(text, match) === 'key')
      add('private-key', 'certain', match, 'hex');
  }
  if (text.includes('[')) {
    for (const match of text.matchAll(BYTE_ARRAY)) {
      if (match[0].match(/\d+/gu)?.every((number) => Number(number) < 256) === true) {
        add('private-key', wordsBeside(text, match) === 'key' ? 'certain' : 'possible', match, 'solana');
      }
    }
  }
  for (const [pattern, detail, certainty] of TOKENS) for (const match of text.matchAll(pattern)) add('token', certainty, match, detail);
  return hits;
}

type Add = (kind: SecretHit['kind'], certainty: SecretHit['certainty'], match: Found, detail: string) => void;

function judgeBase58(text: string, match: RegExpExecArray, sha256: Sha256, add: Add): void {
  const value = match[0];
  if (EXTENDED_PREFIX.test(value) && value.length >= 107) {
    // with a wrong letter it still is what somebody wrote down of a key
    add('extended-key', decodeBase58Check(value, sha256) === null ? 'likely' : 'certain', match, value.slice(0, 4).toLowerCase());
  } else if (/^[5KLc9]/u.test(value) && value.length <= 52) {
    if (isWif(decodeBase58Check(value, sha256))) add('private-key', 'certain', match, 'wif');
    else if (wordsBeside(text, match) === 'key') add('private-key', 'likely', match, 'wif');
  } else if (value.startsWith('6P') && value.length === 58) {
    if (decodeBase58Check(value, sha256) !== null) add('private-key', 'certain', match, 'bip38');
  } else if (isSolanaKey(value) && wordsBeside(text, match) === 'key') {
    add('private-key', 'likely', match, 'solana');
  }
}

/** A key whose line was broken, also with a sign for it, or in a quote: put together, its checksum has to be right. */
function judgeBroken(text: string, match: RegExpExecArray, sha256: Sha256, add: Add): void {
  let value = '';
  let end = match.index;
  let isBroken = false;
  for (; end < text.length && value.length < BASE58_LENGTHS[0]; end += 1) {
    const sign = text[end] ?? '';
    if (/[1-9A-HJ-NP-Za-km-z]/u.test(sign)) value += sign;
    else if (/[\s>=|]/u.test(sign)) isBroken = true;
    else break;
    const isWhole = BASE58_LENGTHS.some((length) => length === value.length) && !/[0-9A-Za-z]/u.test(text[end + 1] ?? '');
    // words in a row have both cases and no digits
    if (!isBroken || !isWhole || !/\d.*\d.*\d/u.test(value) || !/[a-z]/u.test(value) || !/[A-Z]/u.test(value)) continue;
    const payload = decodeBase58Check(value, sha256);
    if (payload === null) continue;
    const place = { 0: text.slice(match.index, end + 1), index: match.index };
    if (EXTENDED_PREFIX.test(value)) add('extended-key', 'certain', place, value.slice(0, 4).toLowerCase());
    else if (value.startsWith('6P')) add('private-key', 'certain', place, 'bip38');
    else if (isWif(payload)) add('private-key', 'certain', place, 'wif');
    return;
  }
}

function isWif(payload: Uint8Array | null): boolean {
  if (payload === null || (payload.length !== 33 && payload.length !== 34)) return false;
  return payload[0] === 0x80 || payload[0] === 0xef;
}

/** A signature of Solana has the same shape. */
function isSolanaKey(value: string): boolean {
  return value.length >= 85 && value.length <= 88 && decodeBase58(value)?.length === 64;
}

function judgeHex(text: string, match: RegExpExecArray, add: Add): void {
  if (!isBelowOrder(match[0].replace(/^0x/iu, ''))) return;
  const words = wordsBeside(text, match);
  if (words === 'key') add('private-key', 'certain', match, 'hex');
  // in an address of a web page it is no secret, and what has a name of its own is none either
  else if (words === 'none' && !/[\w/=]$/u.test(text.slice(Math.max(0, match.index - 1), match.index))) {
    add('private-key', 'possible', match, 'hex');
  }
}

function isBelowOrder(digits: string): boolean {
  return digits.toLowerCase() < CURVE_ORDER && !/^0+$/u.test(digits);
}

/** What the words beside a value call it: those before it, the nearest first; else those after it ("… is my private key"). */
function wordsBeside(text: string, match: RegExpExecArray): 'key' | 'other' | 'none' {
  const before = text.slice(Math.max(0, match.index - CUE_BEFORE), match.index);
  const key = lastEnd(before, KEY_CUE);
  const other = lastEnd(before, OTHER_CUE);
  const end = match.index + match[0].length;
  const after = text.slice(end, end + CUE_AFTER).split(/[\n.;]/u)[0] ?? '';
  const claims =
    /^["'”)\s]*(?:is|was|are|=|<-|←|es|é|est|ist|это|—|-|是|が|は|가|이)\s/iu.test(after + ' ') && lastEnd(after, KEY_CUE) > -1;
  if (claims && lastEnd(after, OTHER_CUE) === -1) return 'key';
  if (key === -1 && other === -1) return 'none';
  const between = before.slice(key);
  const isOfSomething = key > -1 && OF_SOMETHING.test(between) && !STRONG_OTHER.test(between);
  if (key <= other && !isOfSomething) return 'other';
  // another value between the words and this one has taken them, also one that was taken out
  return /[0-9A-Za-z]{40}|[⟦⟧]/u.test(between) ? 'other' : 'key';
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = -1;
  for (const match of text.matchAll(pattern)) end = Math.max(end, match.index + match[0].length);
  return end;
}
