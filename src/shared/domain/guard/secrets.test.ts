import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSecretScanner, loadWordLists } from '../../../main/engine/guard/secret-scanner.ts';
import { redact, splitPlaceholders } from './placeholder.ts';
import type { PhraseLanguage, SecretScanner } from './secret-types.ts';

const ZEROS = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';
/** A test vector of BIP-39 with twelve different words. */
const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const LONG =
  'hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length';
/** Examples of Bitcoin's documentation and of BIP-32. */
const WIF = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';
const XPRV = 'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi';
const XPUB = 'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8';
const HEX = 'e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262';

let scanner: SecretScanner;
let lists: Readonly<Record<PhraseLanguage, readonly string[]>>;

beforeAll(async () => {
  scanner = await loadSecretScanner();
  lists = await loadWordLists();
});

function found(text: string): readonly string[] {
  return scanner.scan(text).map((hit) => `${hit.certainty} ${hit.kind}${hit.detail === '' ? '' : ` ${hit.detail}`}`);
}

function redacted(text: string): string {
  return redact(text, scanner.scan(text));
}

/** A phrase of a language, with a right checksum, from entropy of the given byte. */
function phraseOf(language: PhraseLanguage, seed: string, words: number): readonly string[] {
  const entropy = createHash('sha256')
    .update(seed)
    .digest()
    .subarray(0, (words * 4) / 3);
  const digest = createHash('sha256').update(entropy).digest();
  const bits = [...entropy, digest[0] ?? 0].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: words }, (_, index) => lists[language][Number.parseInt(bits.slice(index * 11, index * 11 + 11), 2)] ?? '');
}

describe('recovery phrases', () => {
  it('finds the vectors of BIP-39, and leaves the words around them', () => {
    expect(redacted(`Hi, it stopped working. ${LEGAL} What now?`)).toBe('Hi, it stopped working. ⟦redacted:recovery-phrase:12⟧ What now?');
    expect(found(ZEROS)).toEqual(['certain recovery-phrase 12']);
    expect(found(LONG)).toEqual(['certain recovery-phrase 24']);
  });

  it('reads over numbers, commas, lines and unusual blanks', () => {
    const words = LEGAL.split(' ');
    for (const text of [
      words.map((word, index) => `${String(index + 1)}. ${word}`).join('\n'),
      words.map((word, index) => `Word ${String(index + 1)}: ${word}`).join(', '),
      words.join('\u00a0'),
      words.join(' | '),
      words.map((word) => `"${word}"`).join(', '),
      words.map((word) => word.toUpperCase()).join('\r\n'),
      words.map((word) => `\u{200b}${word}`).join(' '),
    ]) {
      expect(found(text)).toEqual(['certain recovery-phrase 12']);
    }
  });

  it('puts two columns into the order of their numbers', () => {
    const words = LEGAL.split(' ');
    const lines = [0, 1, 2, 3, 4, 5].map(
      (row) => `${String(row + 1)} ${String(words[row])}   ${String(row + 7)} ${String(words[row + 6])}`,
    );
    expect(found(lines.join('\n'))).toEqual(['certain recovery-phrase 12']);
  });

  it('knows all ten lists, composed and without accents, and says where in the text as it is', () => {
    for (const language of Object.keys(lists) as PhraseLanguage[]) {
      const words = phraseOf(language, 'a', 12);
      const text = `😀 ${words.map((word) => word.normalize('NFC')).join(language === 'japanese' ? '　' : ' ')} 😀`;
      expect(redacted(text)).toBe('😀 ⟦redacted:recovery-phrase:12⟧ 😀');
    }
    const spanish = phraseOf('spanish', 'c', 15).map((word) => word.normalize('NFKD').replaceAll(/\p{Mn}/gu, ''));
    expect(found(spanish.join(' '))).toEqual(['certain recovery-phrase 15']);
  });

  it('takes a misspelt or missing word for likely', () => {
    expect(found(`so ${LEGAL.replace('sausage', 'sausge')} ok?`)).toEqual(['likely recovery-phrase 12']);
    expect(found(`so ${LEGAL.replace('legal', 'leagl').replace('yellow', 'yelow')} ok?`)).toEqual(['likely recovery-phrase 12']);
    expect(found(`my seed is: ${LEGAL.replace('yellow', 'zoo')}`)).toEqual(['likely recovery-phrase 12']);
    const long = LONG.replace('gospel', 'gosple');
    expect(redacted(`these: ${long}!`)).toBe('these: ⟦redacted:recovery-phrase:24⟧!');
  });

  it('takes unspaced Chinese only beside words for it', () => {
    const words = phraseOf('simplified-chinese', 'b', 12).join('');
    expect(redacted(`我的助记词：${words}`)).toBe('我的助记词：⟦redacted:recovery-phrase:12⟧');
    expect(found(`今天${words}`)).toEqual([]);
  });

  it('takes no clause of everyday Chinese for one, also where a phrase is spoken of', () => {
    expect(redacted('可在转出钱包的记录中找到。请不要发送私钥或助记词。')).toBe('可在转出钱包的记录中找到。请不要发送私钥或助记词。');
  });

  it('leaves prose alone', () => {
    expect(found('You can use this option to add any other coin that you have, then wait until the total is right.')).toEqual([]);
    expect(found('Never share your recovery phrase with anybody. Our team will never ask for it.')).toEqual([]);
  });

  it('reads a phrase in several messages', () => {
    const words = LEGAL.split(' ');
    const parts = [words.slice(0, 4).join(' '), words.slice(4, 8).join(' ')];
    const last = `${words.slice(8).join(' ')}. Thanks`;
    const { hits, earlier } = scanner.scanConversation(['hello', ...parts], last);
    expect(redact(last, hits)).toBe('⟦redacted:recovery-phrase:12⟧. Thanks');
    expect(earlier.map(({ index, hit }) => [index, hit.from, hit.to])).toEqual([
      [1, 0, parts[0]?.length],
      [2, 0, parts[1]?.length],
    ]);
    expect(scanner.scanConversation([LEGAL, 'a', 'b', 'c', 'd', 'e'], 'ok').hits).toEqual([]);
  });

  it('reads what follows however long it is, and takes a secret of its own as a whole wherever it stands', () => {
    const prose = 'The log of that day follows below. '.repeat(1_000);
    expect(scanner.scanConversation(['this is my private key'], `${HEX}\n${prose}`).hits).toMatchObject([{ from: 0, to: 64 }]);
    for (const before of [0, 16_300, 16_340, 16_384, 20_000]) {
      const text = `${prose.slice(0, before)} my phrase: ${LEGAL}. ${prose}`;
      const { hits } = scanner.scanConversation(['hello'], text);
      expect(hits.map(({ from, to }) => text.slice(from, to))).toEqual([LEGAL]);
    }
  });
});

describe('keys and tokens', () => {
  it('tells by their checksums', () => {
    expect(found(`here: ${WIF}`)).toEqual(['certain private-key wif']);
    expect(found(`here: ${WIF.replace('Dku4', 'Dku5')}`)).toEqual([]);
    expect(found(XPRV)).toEqual(['certain extended-key xprv']);
    expect(found(XPUB)).toEqual([]);
  });

  it('tells a key of hexadecimal digits from a transaction by the words beside it', () => {
    expect(found(`my private key is ${HEX}`)).toEqual(['certain private-key hex']);
    expect(found(`0x${HEX} is my private key`)).toEqual(['certain private-key hex']);
    expect(found(`开不了，我的私钥：${HEX}`)).toEqual(['certain private-key hex']);
    expect(found(`txid ${HEX}`)).toEqual([]);
    expect(found(`I never gave my private key to anyone. tx: ${HEX}`)).toEqual([]);
    expect(found(HEX)).toEqual(['possible private-key hex']);
    expect(redacted(HEX)).toBe(HEX);
    expect(scanner.scanConversation(['this is my private key'], HEX).hits).toMatchObject([{ certainty: 'certain', from: 0, to: 64 }]);
  });

  it('knows the shapes of tokens', () => {
    expect(found(`-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----`)).toEqual(['certain pem-key pem']);
    expect(found(`bot 123456789:${'AAb-_'.repeat(7)}`)).toEqual(['certain token telegram-bot']);
    expect(found(`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'a'.repeat(43)}`)).toEqual(['certain token jwt']);
    expect(found(`ghp_${'a1B2'.repeat(9)}`)).toEqual(['certain token github']);
    expect(found(`nsec1${'qpzry9x8gf'.repeat(6).slice(0, 58)}`)).toEqual(['certain token nsec']);
  });
});

describe('cards, codes and passwords', () => {
  it('reads the words beside a number', () => {
    expect(found('card 4111 1111 1111 1111')).toEqual([]);
    expect(found('my card 4012 8888 8888 1881 was refused')).toEqual(['certain card-number']);
    expect(found('4012888888881881')).toEqual(['likely card-number']);
    expect(found('order 4012888888881881 has not arrived')).toEqual(['possible card-number']);
    expect(found('my card 4012 8888 8888 1882 was refused')).toEqual([]);
  });

  it('takes what is called a code or a password', () => {
    expect(redacted('my 2fa code is 482 913, quick')).toBe('my 2fa code is ⟦redacted:one-time-code⟧, quick');
    expect(redacted('验证码是 482913')).toBe('验证码是 ⟦redacted:one-time-code⟧');
    expect(redacted('my password is Tr0ub4dor&3.')).toBe('my password is ⟦redacted:password⟧.');
    expect(redacted('mi contraseña es perro2019')).toBe('mi contraseña es ⟦redacted:password⟧');
    expect(found('my password is wrong')).toEqual([]);
    expect(found('I asked for a verification code 3 times')).toEqual([]);
  });
});

describe('placeholders', () => {
  it('come apart into text and secrets, and are not redacted again', () => {
    const text = redacted(`a ${ZEROS}, ${WIF}`);
    const parts = splitPlaceholders(text);
    expect(parts.map((part) => (part.type === 'text' ? part.text : `${part.kind}/${part.detail}`))).toEqual([
      'a ',
      'recovery-phrase/12',
      ', ',
      'private-key/wif',
    ]);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(redacted(text)).toBe(text);
    expect(splitPlaceholders('⟦redacted:nonsense⟧')).toEqual([{ type: 'text', text: '⟦redacted:nonsense⟧' }]);
  });
});
