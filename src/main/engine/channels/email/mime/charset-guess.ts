import { isUtf8 as nodeIsUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Whether the bytes are well-formed UTF-8 (pure ASCII is). */
export function isUtf8(bytes: Buffer): boolean {
  return nodeIsUtf8(bytes);
}

/** Bytes that are looked at; enough for a decision and bounded for hostile input. */
const SAMPLE_BYTES = 8 * 1024;

/** Legacy multi-byte charsets worth trying, most frequent first: on a tie the earlier one wins. */
const candidates: readonly { readonly name: string; readonly score: (text: string) => number }[] = [
  { name: 'gb18030', score: (text) => share(text, isCommonHan) },
  { name: 'shiftjis', score: (text) => share(text, isJapanese) },
  { name: 'euc-jp', score: (text) => share(text, isJapanese) },
  { name: 'cp949', score: (text) => share(text, isHangul) },
  { name: 'big5', score: (text) => share(text, isCommonHan) },
  // Western letters fall on Cyrillic ones too, but not on every letter of a word
  { name: 'windows-1251', score: (text) => Math.max(0, share(text, isCyrillicProse) * 3 - 2) },
];

/**
 * A charset for bytes without a usable label: BOM, UTF-16 by its NULs, UTF-8 by its form, ISO-2022-JP by its escapes, then
 * the East Asian charset in which they decode without damage into the most ordinary characters, else windows-1252.
 */
export function guessCharset(bytes: Buffer): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const wide = guessWide(sample);
  if (wide !== null) return wide;
  if (isUtf8(bytes)) return sample.includes('\u001b$', 0, 'latin1') || sample.includes('\u001b(I', 0, 'latin1') ? 'iso-2022-jp' : 'utf8';
  // a cut in the middle of a character must not count as damage
  const lastAscii = sample.findLastIndex((byte) => byte < 0x40);
  const whole = sample.length < SAMPLE_BYTES || lastAscii < SAMPLE_BYTES / 2 ? sample : sample.subarray(0, lastAscii + 1);
  let best = { name: 'windows-1252', score: 0.55 };
  for (const candidate of candidates) {
    const text = iconv.decode(whole, candidate.name);
    const score = candidate.score(text) - damage(text);
    if (score > best.score) best = { name: candidate.name, score };
  }
  return best.name;
}

function guessWide(sample: Buffer): string | null {
  if (sample.length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < sample.length; index += 1) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.4 && odd < half * 0.05) return 'utf-16be';
  return null;
}

function damage(text: string): number {
  let replaced = 0;
  for (const character of text) if (character === '\uFFFD') replaced += 1;
  return text.length === 0 ? 0 : Math.min(1, (replaced * 8) / text.length);
}

/** Share of the characters beyond ASCII that the predicate takes for ordinary. */
function share(text: string, isOrdinary: (code: number, previous: number) => boolean): number {
  let foreign = 0;
  let ordinary = 0;
  let previous = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0x7f) {
      foreign += 1;
      if (isOrdinary(code, previous)) ordinary += 1;
    }
    previous = code;
  }
  return foreign === 0 ? 0 : ordinary / foreign;
}

/** Frequent Chinese characters, simplified and traditional, and full-width punctuation: real text is dense in them, a wrong reading is not. */
const frequentHan = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运您请谢好订单客服退款账户号码密码收到邮件發這個們來為國說時會對後過經動還進開從實無長機將兩間問並應戰向頭體見產話東聲員論處義認條繫氣題爾變總電數報結務場計資許統區隊決達強難權設記類據邊張該規萬觀讓識帶導爭運請謝訂單帳號密碼郵件您。，、：；？！（）《》“”　',
);

function isCommonHan(code: number): boolean {
  return frequentHan.has(String.fromCodePoint(code));
}

function isJapanese(code: number): boolean {
  // kana weigh; the common ideographic block and punctuation pass
  return (
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3000 && code <= 0x3002) ||
    frequentHan.has(String.fromCodePoint(code)) ||
    frequentKanji.has(String.fromCodePoint(code))
  );
}

const frequentKanji = new Set(
  '日本語文字化件名返信送注文商品確認願致申込問合返金希望至急連絡様御社株式会社田山川藤佐鈴木高橋伊渡辺中村小林加吉松井清水斎電話番号住所東京都大阪府県市区町村円税込配達届予約変更取消払込振込',
);

function isHangul(code: number): boolean {
  return code >= 0xac00 && code <= 0xd7a3;
}

/** Cyrillic letters in the order real words have them: never after a Latin letter, a capital never after a small letter. */
function isCyrillicProse(code: number, previous: number): boolean {
  if (/[A-Za-z]/u.test(String.fromCodePoint(previous))) return false;
  if (code >= 0x430 && code <= 0x45f) return true;
  const isCapital = code >= 0x400 && code <= 0x42f;
  return isCapital && !(previous >= 0x430 && previous <= 0x45f);
}
