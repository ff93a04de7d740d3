import { findCardNumbers } from '../../../src/shared/domain/guard/card-number.ts';
import { findSpokenSecrets } from '../../../src/shared/domain/guard/spoken-secrets.ts';

/** What a visitor is about to give away. */
export interface SecretWarning {
  readonly kind: 'recovery-phrase' | 'private-key' | 'card-number' | 'one-time-code' | 'password';
  /** Nothing else looks like it: there is no way to send it all the same. */
  readonly isCertain: boolean;
}

/** Bitcoin's WIF, a BIP-38 key, an extended private key, a PEM: shapes that nothing else has. */
const CERTAIN_KEY =
  /(?<![0-9A-Za-z])(?:5[HJK][1-9A-HJ-NP-Za-km-z]{49}|[KL][1-9A-HJ-NP-Za-km-z]{51}|6P[1-9A-HJ-NP-Za-km-z]{56}|[xyzYZtuvUV]prv[1-9A-HJ-NP-Za-km-z]{100,110})(?![0-9A-Za-z])|-----BEGIN [A-Z ]{0,30}PRIVATE KEY/u;
/** 64 hexadecimal digits are a transaction as often as a key: what stands beside them decides. A byte array as wallets of Solana export it. */
const LIKE_A_KEY =
  /(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{64}(?![0-9A-Za-z])|\[\s*(?:\d{1,3}\s*,\s*){63}\d{1,3}\s*\]|(?<![0-9A-Za-z])[1-9A-HJ-NP-Za-km-z]{86,88}(?![0-9A-Za-z])/u;
const KEY_CUE =
  /priv|secret[\s_-]?key|(?:my|wallet|signing)[\s_-]key|seed|私[钥鑰]|密[钥鑰]|秘密[键鍵]|シークレット|개인\s?키|clave|llave|chave|клю/iu;
const OTHER_CUE = /\btx|hash|transa|block|交易|哈希|ハッシュ|取引|トランザクション|explorer/iu;

/** Words that ordinary sentences are made of and no list of recovery words has, of three letters and more. */
const ORDINARY = new Set(
  'the and its for are was were from with she his her our your their not did has had but any how why who been would could should here which got let may does cannot don didn won isn wasn please hello thanks email para con por las los una que como pero mas más del está estoy tengo puedo quiero desde hasta cuando donde porque hola gracias sin soy muy bien les des une est sur pas pour dans avec mais vous nous der die das und ist nicht mit auf ein eine ich sie wir'.split(
    ' ',
  ),
);
const SHORTEST = 12;
/** No list has longer ones. */
const LATIN_WORD = /^\p{Script=Latin}{3,8}$/u;
const KANA_WORD = /^[\p{Script=Hiragana}ー]{2,9}$/u;
const HAN_WORD = /^\p{Script=Han}$/u;
const HANGUL_WORD = /^\p{Script=Hangul}{2,4}$/u;
const HANGUL_CUE = /시드|복구|니모닉|구문/u;

/**
 * Whether a text should not be sent: a light rule, without word lists, that errs towards asking. The team's side looks again with all
 * it has, and takes out what slipped through.
 */
export function secretIn(written: string): SecretWarning | null {
  // recovery words in Japanese come with their marks apart from their letters
  const text = written.normalize('NFC');
  if (CERTAIN_KEY.test(text)) return { kind: 'private-key', isCertain: true };
  const likely = LIKE_A_KEY.exec(text);
  if (likely !== null) {
    const beside = text.slice(Math.max(0, likely.index - 100), likely.index) + text.slice(likely.index + likely[0].length).slice(0, 40);
    // alone, 64 digits are asked about; a long text of base 58 is the signature of a transaction more often
    const isAlone = likely[0] === text.trim() && /^(?:[0-9A-Fa-f]{64}|\[)/u.test(likely[0]);
    if (isAlone || (KEY_CUE.test(beside) && !OTHER_CUE.test(beside))) {
      return { kind: 'private-key', isCertain: false };
    }
  }
  if (hasWordList(text)) return { kind: 'recovery-phrase', isCertain: false };
  if (findCardNumbers(text).some(({ certainty }) => certainty !== 'possible')) return { kind: 'card-number', isCertain: false };
  for (const { kind, certainty } of findSpokenSecrets(text)) {
    if (certainty !== 'possible' && (kind === 'one-time-code' || kind === 'password')) return { kind, isCertain: false };
  }
  return null;
}

interface Word {
  readonly text: string;
  /** What stands before it: only blanks, or marks and numbers as lists have them. */
  readonly gap: 'blank' | 'mark';
}

const WORD = /(?<gap>[\s\d.,;:、，。|/()[\]{}"'“”‘’*•–—_-]*)(?<word>[^\s\d.,;:、，。|/()[\]{}"'“”‘’*•–—_-]+)/gu;

/** Twelve words and more in a row that read like a list: none of them is one that sentences need, and all are parted in the same way. */
function hasWordList(text: string): boolean {
  const words = Array.from(text.matchAll(WORD), ({ groups }): Word => {
    const { gap = '', word = '' } = groups ?? {};
    return { text: word, gap: gap.trim() === '' ? 'blank' : 'mark' };
  });
  return (
    longestRun(words, (word) => LATIN_WORD.test(word) && word === word.toLowerCase() && !ORDINARY.has(word)) >= SHORTEST ||
    longestRun(words, (word) => LATIN_WORD.test(word) && !ORDINARY.has(word.toLowerCase())) >= SHORTEST + 3 ||
    longestRun(words, (word) => KANA_WORD.test(word)) >= SHORTEST ||
    longestRun(words, (word) => HAN_WORD.test(word)) >= SHORTEST ||
    (HANGUL_CUE.test(text) && longestRun(words, (word) => HANGUL_WORD.test(word)) >= SHORTEST)
  );
}

function longestRun(words: readonly Word[], isOf: (word: string) => boolean): number {
  let longest = 0;
  let run: Word[] = [];
  for (const word of words) {
    const before = run.length < 2 ? word : run.at(-1);
    if (!isOf(word.text)) run = [];
    else run = before?.gap === word.gap ? [...run, word] : [...run.slice(-1), word];
    longest = Math.max(longest, run.length);
  }
  return longest;
}
