import { createHash } from 'node:crypto';
import type { Random } from '../../src/main/engine/sample/random.ts';
import type { PhraseLanguage, SecretKind } from '../../src/shared/domain/guard/secret-types.ts';

/** A text with a secret in it that has to be taken out. `secrets` are the parts of the text that must not be left. */
export interface SecretSample {
  readonly group: string;
  readonly kind: SecretKind;
  readonly text: string;
  readonly secrets: readonly string[];
}

type WordLists = Readonly<Record<PhraseLanguage, readonly string[]>>;

export function digest(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

export function bytesOf(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.int(0, 255));
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** A phrase of BIP-39 from fresh entropy. */
export function phrase(random: Random, words: readonly string[], length: number): readonly string[] {
  const entropy = bytesOf(random, (length * 4) / 3);
  const bits = [...entropy, ...digest(entropy).subarray(0, 1)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length }, (_, index) => words[Number.parseInt(bits.slice(index * 11, index * 11 + 11), 2)] ?? '');
}

type Layout = (words: readonly string[], random: Random) => string;

const numbered = (words: readonly string[], make: (word: string, number: string) => string): readonly string[] =>
  words.map((word, index) => make(word, String(index + 1)));

const twoColumns: Layout = (words) => {
  const half = Math.ceil(words.length / 2);
  const cell = (index: number): string => (words[index] === undefined ? '' : `${String(index + 1)}. ${words[index]}`);
  return Array.from({ length: half }, (_, row) => `${cell(row)}      ${cell(row + half)}`).join('\n');
};

/** Twelve ways in which people hand over a phrase. */
export const layouts: Readonly<Record<string, Layout>> = {
  plain: (words) => words.join(' '),
  'numbered lines': (words) => numbered(words, (word, number) => `${number}. ${word}`).join('\n'),
  commas: (words) => words.join(', '),
  lines: (words) => words.join('\r\n'),
  'upper case': (words) => words.map((word) => word.toUpperCase()).join(' '),
  bars: (words) => words.join(' | '),
  quoted: (words) => `[${words.map((word) => `"${word}"`).join(',')}]`,
  'no-break blanks': (words) => words.join('\u00a0'),
  embedded: (words) => `Hello, it does not work anymore since Monday!! I wrote it down: ${words.join(' ')}. What is wrong with it?`,
  labelled: (words) => numbered(words, (word, number) => `Word ${number}: ${word}`).join('; '),
  'two columns': twoColumns,
  composed: (words) => numbered(words, (word, number) => `${number}) ${word.normalize('NFC')}`).join('  '),
};

const PHRASE_LENGTHS = [12, 15, 18, 21, 24];

/** `perCell` phrases for every language and layout. */
export function phraseSamples(random: Random, lists: WordLists, perCell: number): readonly SecretSample[] {
  const samples: SecretSample[] = [];
  for (const [language, words] of Object.entries(lists)) {
    for (const [name, layout] of Object.entries(layouts)) {
      for (let index = 0; index < perCell; index += 1) {
        const chosen = phrase(random, words, PHRASE_LENGTHS[(index + samples.length) % PHRASE_LENGTHS.length] ?? 12);
        samples.push({ group: `${language} / ${name}`, kind: 'recovery-phrase', text: layout(chosen, random), secrets: chosen });
      }
    }
  }
  return samples;
}

/** What is beyond the words of BIP-39 as they are: measured, without a target. */
export function hardPhraseSamples(random: Random, lists: WordLists, count: number): readonly SecretSample[] {
  const samples: SecretSample[] = [];
  const add = (group: string, text: string, secrets: readonly string[]): void => {
    samples.push({ group, kind: 'recovery-phrase', text, secrets });
  };
  const slip = (word: string): string => {
    const at = random.int(0, word.length - 2);
    const way = random.int(0, 2);
    if (way === 0) return word.slice(0, at) + word.slice(at + 1);
    if (way === 1) return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
    return word.slice(0, at) + random.pick([...'aeinrst']) + word.slice(at);
  };
  for (let index = 0; index < count; index += 1) {
    const twelve = phrase(random, lists.english, 12);
    const at = random.int(0, 11);
    const one = twelve.map((word, position) => (position === at ? slip(word) : word));
    add('one word misspelt, among other words', `it says invalid: ${one.join(' ')} - please help`, one);
    const two = one.map((word, position) => (position === (at + 5) % 12 ? slip(word) : word));
    add('two words misspelt, among other words', `it says invalid: ${two.join(' ')} - please help`, two);
    const electrum = Array.from({ length: 12 }, () => random.pick(lists.english));
    add('no checksum (other wallets), alone', electrum.join(' '), electrum);
    add('no checksum (other wallets), with context', `my seed for the old wallet is ${electrum.join(' ')} and now?`, electrum);
    add('no checksum (other wallets), among other words', `it is ${electrum.join(' ')} and now?`, electrum);
    const long = phrase(random, lists.english, 24);
    const missing = long.filter((_word, position) => position !== at);
    add('one word of 24 missing, alone', missing.join(' '), missing);
    const spanish = phrase(random, lists.spanish, 12).map((word) => word.normalize('NFKD').replaceAll(/\p{Mn}/gu, ''));
    add('without accents', `hola: ${spanish.join(' ')}.`, spanish);
    const wide = twelve.map((word) => [...word].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfe_e0)).join(''));
    add('full-width letters', wide.join(' '), wide);
    const chinese = phrase(random, lists['simplified-chinese'], index % 2 === 0 ? 12 : 24);
    add('Chinese without blanks, with context', `我的助记词是：${chinese.join('')}，请帮我`, [chinese.join('')]);
    add('Chinese without blanks or context', `${chinese.join('')}，请帮我`, [chinese.join('')]);
  }
  return samples;
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function base58(bytes: Uint8Array): string {
  let value = BigInt(`0x${hexOf(bytes) || '0'}`);
  let text = '';
  for (; value > 0n; value /= 58n) text = (ALPHABET[Number(value % 58n)] ?? '') + text;
  for (const byte of bytes) {
    if (byte !== 0) break;
    text = `1${text}`;
  }
  return text;
}

export function base58Check(payload: Uint8Array): string {
  return base58(Buffer.concat([payload, digest(digest(payload)).subarray(0, 4)]));
}

const CONTEXTS = [
  '{v}',
  'here it is: {v}',
  'I imported {v} and nothing happened.',
  'key:{v}',
  '"{v}"',
  'これです {v}',
  '我的钱包 {v}，打不开',
  'мой кошелёк: {v}',
];

const HEX_CONTEXTS = [
  'my private key is {v}',
  'Private key: {v}',
  'privkey={v}',
  'the secret key of this wallet: {v}',
  '{v} is my private key',
  '我的私钥：{v}',
  '私鑰 {v}',
  '秘密鍵は {v} です',
  '개인 키: {v}',
  'mi clave privada es {v}',
  'minha chave privada: {v}',
  'мой приватный ключ {v}',
];

export function wifSamples(random: Random, count: number): readonly SecretSample[] {
  return Array.from({ length: count }, (_, index) => {
    const isTest = index % 5 === 4;
    const isCompressed = index % 2 === 0;
    const payload = [isTest ? 0xef : 0x80, ...bytesOf(random, 32), ...(isCompressed ? [1] : [])];
    const value = base58Check(Uint8Array.from(payload));
    return { group: 'WIF', kind: 'private-key', text: random.pick(CONTEXTS).replace('{v}', value), secrets: [value] };
  });
}

/** Version bytes of SLIP-132 for main and test networks. */
const EXTENDED = ['0488ade4', '049d7878', '04b2430c', '04358394', '0295b005', '02aa7a99', '044a4e28', '045f18bc'];

export function extendedKeySamples(random: Random, count: number): readonly SecretSample[] {
  return Array.from({ length: count }, (_, index) => {
    const version = Buffer.from(EXTENDED[index % EXTENDED.length] ?? '', 'hex');
    const payload = Buffer.concat([version, bytesOf(random, 9), bytesOf(random, 32), Uint8Array.of(0), bytesOf(random, 32)]);
    const value = base58Check(payload);
    return { group: 'xprv, yprv, zprv', kind: 'extended-key', text: random.pick(CONTEXTS).replace('{v}', value), secrets: [value] };
  });
}

export function hexKeySamples(random: Random, count: number): readonly SecretSample[] {
  return Array.from({ length: count }, (_, index) => {
    const hex = hexOf(Uint8Array.from([random.int(1, 200), ...bytesOf(random, 31)]));
    const value = index % 3 === 0 ? `0x${hex}` : index % 3 === 1 ? hex.toUpperCase() : hex;
    return { group: '64 hex with context', kind: 'private-key', text: random.pick(HEX_CONTEXTS).replace('{v}', value), secrets: [value] };
  });
}

const ISSUERS: readonly (readonly [prefix: string, length: number])[] = [
  ['4', 16],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['6011', 16],
  ['65', 16],
  ['3528', 16],
  ['36', 14],
  ['62', 16],
];

const CARD_CONTEXTS = [
  '{v}',
  'my card {v} was declined',
  'card number: {v} exp 04/29',
  '请退到这张卡 {v}',
  'カード {v} で払いました',
  'mi tarjeta es {v}',
  'карта {v}',
  'I paid with {v}, please refund',
];

export function cardNumber(random: Random, prefix: string, length: number): string {
  let digits = prefix;
  while (digits.length < length - 1) digits += String(random.int(0, 9));
  for (let check = 0; check < 10; check += 1) {
    let sum = 0;
    for (const [position, character] of [...`${digits}${String(check)}`].toReversed().entries()) {
      const value = Number(character) * (position % 2 === 1 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    }
    if (sum % 10 === 0) return `${digits}${String(check)}`;
  }
  return digits;
}

export function cardSamples(random: Random, count: number): readonly SecretSample[] {
  return Array.from({ length: count }, (_, index) => {
    const [prefix, length] = ISSUERS[index % ISSUERS.length] ?? ['4', 16];
    const digits = cardNumber(random, prefix, length);
    const groups =
      length === 16 ? digits.replaceAll(/(?<four>\d{4})(?=\d)/gu, '$<four> ') : digits.replace(/^(\d{4})(\d{6})(\d+)$/u, '$1 $2 $3');
    const value = index % 3 === 0 ? digits : index % 3 === 1 ? groups : groups.replaceAll(' ', '-');
    return { group: 'card number', kind: 'card-number', text: random.pick(CARD_CONTEXTS).replace('{v}', value), secrets: [value] };
  });
}

const SPOKEN: readonly (readonly [group: string, kind: SecretKind, text: string])[] = [
  ['one-time code', 'one-time-code', 'my verification code is {c}'],
  ['one-time code', 'one-time-code', '2FA code: {c}'],
  ['one-time code', 'one-time-code', '验证码是{c}'],
  ['one-time code', 'one-time-code', '認証コードは{c}です'],
  ['one-time code', 'one-time-code', '인증번호는 {c}'],
  ['one-time code', 'one-time-code', 'el código de verificación es {c}'],
  ['one-time code', 'one-time-code', 'o código de verificação é {c}'],
  ['one-time code', 'one-time-code', 'код подтверждения: {c}'],
  ['password', 'password', 'my password is {p}'],
  ['password', 'password', 'Password: {p}'],
  ['password', 'password', '我的密码是{p}'],
  ['password', 'password', '私のパスワードは {p} です'],
  ['password', 'password', '제 비밀번호는 {p} 입니다'],
  ['password', 'password', 'mi contraseña es {p}'],
  ['password', 'password', 'minha senha é {p}'],
  ['password', 'password', 'мой пароль {p}'],
];

/** Codes, passwords and tokens: measured, without a target. */
export function spokenSamples(random: Random, count: number): readonly SecretSample[] {
  return Array.from({ length: count }, (_, index) => {
    const [group, kind, text] = SPOKEN[index % SPOKEN.length] ?? ['', 'password', ''];
    const code = String(random.int(100_000, 999_999));
    const password =
      random.pick(['Sunny', 'dragon', 'Hola', 'qwerty', 'Tr0ub4dor', 'misha']) +
      String(random.int(10, 9999)) +
      random.pick(['', '!', '#', '&x']);
    return { group, kind, text: text.replace('{c}', code).replace('{p}', password), secrets: [text.includes('{c}') ? code : password] };
  });
}

/** Whether a redacted text has nothing left of the secrets: no value, and of a phrase not three words. */
export function isGone(sample: SecretSample, redactedText: string): boolean {
  if (sample.secrets.length === 1) return !redactedText.includes(sample.secrets[0] ?? '');
  const left = new Set(
    redactedText
      .normalize('NFKD')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu),
  );
  const words = new Set(sample.secrets.map((word) => word.normalize('NFKD').toLowerCase()));
  return [...words].filter((word) => left.has(word)).length < 3;
}
