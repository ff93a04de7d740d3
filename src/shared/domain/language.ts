import { hasJapaneseForms, simplifiedBalance } from './han-variants.ts';

/** Languages that detection can name, as BCP 47 tags. */
export const languages = [
  'en',
  'zh-Hans',
  'zh-Hant',
  'ja',
  'ko',
  'es',
  'pt',
  'fr',
  'de',
  'it',
  'vi',
  'id',
  'tr',
  'ar',
  'he',
  'th',
  'hi',
  'ru',
  'uk',
  'el',
] as const;

export type Lang = (typeof languages)[number];

/** Names that browsers, phones and mail programs still use. */
const OLD_TAGS: ReadonlyMap<string, Lang> = new Map<string, Lang>([
  ['in', 'id'],
  ['iw', 'he'],
]);

/** Which of our languages a BCP 47 tag names, whatever its region and case; null for another one. `zh-HK` is `zh-Hant`, `zh` is `zh-Hans`. */
export function languageOfTag(tag: string): Lang | null {
  const [language = '', ...rest] = tag.trim().toLowerCase().replaceAll('_', '-').split('-');
  if (language === 'yue') return rest.includes('hans') ? 'zh-Hans' : 'zh-Hant';
  if (language !== 'zh') return languages.find((known) => known === language) ?? OLD_TAGS.get(language) ?? null;
  const isTraditional = rest.includes('hant') || (!rest.includes('hans') && rest.some((part) => ['tw', 'hk', 'mo'].includes(part)));
  return isTraditional ? 'zh-Hant' : 'zh-Hans';
}

/** Characters that are looked at; more tell nothing new and cost time. */
const SAMPLE = 1_500;
/** Latin letters below which the stop-word score is noise. */
const MIN_LATIN_LETTERS = 16;

type Script = 'latin' | 'han' | 'kana' | 'hangul' | 'arabic' | 'hebrew' | 'thai' | 'devanagari' | 'cyrillic' | 'greek';

const ranges: readonly (readonly [from: number, to: number, script: Script])[] = [
  [0x41, 0x5a, 'latin'],
  [0x61, 0x7a, 'latin'],
  [0xc0, 0x24f, 'latin'],
  [0x370, 0x3ff, 'greek'],
  [0x400, 0x52f, 'cyrillic'],
  [0x590, 0x5ff, 'hebrew'],
  [0x600, 0x77f, 'arabic'],
  [0x900, 0x97f, 'devanagari'],
  [0xe00, 0xe7f, 'thai'],
  [0x1100, 0x11ff, 'hangul'],
  [0x1e00, 0x1eff, 'latin'],
  [0x3041, 0x30fa, 'kana'],
  [0x30fc, 0x30ff, 'kana'],
  [0x3130, 0x318f, 'hangul'],
  [0x3400, 0x4dbf, 'han'],
  [0x4e00, 0x9fff, 'han'],
  [0xac00, 0xd7a3, 'hangul'],
  [0xf900, 0xfaff, 'han'],
  [0xff66, 0xff9f, 'kana'],
];

/** Scripts that one of our languages writes alone; a single letter is part of a face: `(・ω・)`. */
const OWN_SCRIPTS: readonly (readonly [script: Script, language: Lang, others: RegExp | null])[] = [
  // Persian, Urdu and Pashto
  ['arabic', 'ar', /[پچژگکیٹڈڑںےہۀ]/u],
  ['hebrew', 'he', null],
  ['thai', 'th', null],
  ['devanagari', 'hi', null],
  ['greek', 'el', null],
];
/** Letters of Serbian, Macedonian, Belarusian, Kazakh, Tatar and others. */
const OTHER_CYRILLIC = /[ђјљњћџѓќѕўәғқңөұүһҷҳ]/iu;

/**
 * The language of a customer's text, null when unsure. Script first, then kana and forms of its own for Japanese, a table of characters
 * for Simplified and Traditional Chinese, and stop words with diacritics for Latin scripts (reliable from about 25 characters).
 *
 * @param prior what the conversation was in so far: decides where the text itself cannot (`返金希望` is Japanese to a
 *   customer who wrote Japanese before)
 */
export function detectLanguage(text: string, prior: Lang | null = null): Lang | null {
  const sample = wordsOf(text.slice(0, SAMPLE)).replaceAll(FACE, ' ');
  const counts = countScripts(sample);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const of = (script: Script): number => counts.get(script) ?? 0;
  // an ideograph says as much as three letters; product names in Latin letters must not outvote it
  const eastAsian = of('han') + of('kana') + of('hangul');
  const readEastAsian = (): Lang => eastAsianLanguage(sample, of('han'), of('kana'), of('hangul'), prior);
  if (eastAsian > 0 && eastAsian * 3 >= of('latin')) return readEastAsian();
  for (const [script, language, others] of OWN_SCRIPTS)
    if (of(script) > 1 && of(script) * 2 > total) return others?.test(sample) === true ? null : language;
  if (of('cyrillic') > 1 && of('cyrillic') * 2 > total) return cyrillicLanguage(sample, prior);
  // an error that somebody pasted is longer than what they say to it, and in no language that we could be sure of
  return latinLanguage(sample, of('latin'), prior) ?? (eastAsian > 1 ? readEastAsian() : null);
}

/** A face that is made of letters, such as `¯\_(ツ)_/¯` or `(・ω・)ノ`: in its brackets no two letters touch. */
const FACE = /(?<!\p{L})\p{L}?[\\_¯/]{0,2}[(（](?:[^()（）\p{L}\s]|\p{L}(?!\p{L})){1,12}[)）][/_¯]{0,2}(?:\p{L}(?!\p{L}))?/gu;

const CODE = /[a-z].*\d|\d.*[a-z]/iu;

/** What of a text is words: addresses, links, long codes, and codes of letters and digits (`req-e140f8`) are in no language. */
export function wordsOf(text: string): string {
  return text
    .split(/\s+/u)
    .filter((word) => !/^[\u0021-\u007e]+$/u.test(word) || (word.length <= 60 && !CODE.test(word)))
    .filter((word) => !word.includes('@') && !word.includes('://') && !word.startsWith('www.'))
    .join(' ');
}

/** Ukrainian has letters that Russian has not; without any of either, what was written before decides. */
function cyrillicLanguage(text: string, prior: Lang | null): Lang | null {
  if (OTHER_CYRILLIC.test(text)) return null;
  const isRussian = /[ыэъё]/iu.test(text);
  return (/[іїєґ]/iu.test(text) || prior === 'uk') && !isRussian ? 'uk' : 'ru';
}

function countScripts(text: string): Map<Script, number> {
  const counts = new Map<Script, number>();
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const script = ranges.find(([from, to]) => code >= from && code <= to)?.[2];
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  return counts;
}

function eastAsianLanguage(text: string, han: number, kana: number, hangul: number, prior: Lang | null): Lang {
  if (hangul > kana && hangul * 2 >= han) return 'ko';
  // one の between ideographs is a fashion in Chinese shop names, not Japanese
  if (kana >= 2 && kana * 12 >= han) return 'ja';
  if ((prior === 'ja' || hasJapaneseForms(text)) && kana + hangul === 0 && !hasOnlyChinese(text)) return 'ja';
  if (kana === 1 && han <= 6) return 'ja';
  return chineseVariant(text, prior);
}

/** Characters that Japanese does not write: simplified forms of its own, pronouns and particles. */
function hasOnlyChinese(text: string): boolean {
  return /[们这还让说请谢吗呢吧你您她谁么个为时过发给钱账单买卖东车见长门问间题现员]|[嗎們這還讓說請誰個為給錢賬買賣東車見長門問間題現員].*[的嗎們你您她]/u.test(
    text,
  );
}

function chineseVariant(text: string, prior: Lang | null): Lang {
  const balance = simplifiedBalance(text);
  if (balance === 0) return prior === 'zh-Hant' || prior === 'zh-Hans' ? prior : 'zh-Hans';
  return balance > 0 ? 'zh-Hans' : 'zh-Hant';
}

type LatinLang = 'en' | 'es' | 'pt' | 'fr' | 'de' | 'it' | 'vi' | 'id' | 'tr';

/** Frequent words, chosen for support mail; a word shared by two languages counts for both. */
const stopWords: Readonly<Record<LatinLang, string>> = {
  en: "the and you your is are was were be been to of in it that this for with have has had not but on my i we they he she can could would will please thanks thank hello hi from at an or if when what how why do does did i'm it's don't can't there any as by our me still after order account",
  es: 'el la los las de que y en un una es son está están por para con no se su sus mi mis lo le del al como pero más muy ya si sí me te hola gracias buenos días ha he han fue puedo puede quiero tengo tiene favor cuenta pedido cuando desde esta este también usted ustedes porque hace',
  pt: 'o a os as de que e em um uma é são está estão por para com não se seu sua meu minha do da dos das no na ao como mas mais muito já me te olá obrigado obrigada bom dia tem tenho foi posso pode quero você vocês favor conta pedido quando desde esta este isso também ainda até',
  fr: "le la les de des que et en un une est sont pour par avec ne pas se sa son mes mon ma du au aux ce cette ces il elle nous vous je on qui dans sur mais plus très bonjour merci j'ai ai a été être peux pouvez voudrais avez compte commande quand depuis c'est n'ai votre vos y toujours",
  de: 'der die das den dem des ein eine einen einem und ist sind war nicht mit auf für von zu im in ich wir sie er es mein meine meinen ihr ihre ihren habe haben hat hallo danke bitte guten tag kann können möchte wurde noch aber auch wenn wie was seit nach bei aus konto bestellung mich mir uns vielen dass',
  it: "il lo la i gli le di che e in un una è sono per con non si suo sua mio mia del della dei delle al alla nel nella come ma più molto già mi ti ciao grazie buongiorno ho ha hanno è stato posso può vorrei conto ordine quando da questo questa anche ancora perché cosa l'ordine",
  vi: 'tôi của và là không có cho với được trong này đã một các những bạn anh chị em xin chào cảm ơn vui lòng đơn hàng tài khoản khi từ đến nhưng nếu vẫn chưa giúp làm sao thế nào rồi bị tiền hoàn',
  id: 'yang dan di ke dari untuk dengan tidak ini itu saya anda kami kita mereka ada adalah akan sudah belum bisa dapat pada atau juga jika karena tolong mohon terima kasih halo selamat pesanan akun dalam sebagai oleh apa bagaimana kapan masih telah lagi sangat nya',
  tr: 'bir ve bu için ile de da ne mi mı mu mü ben sen biz siz var yok değil çok daha gibi kadar ama olarak olan oldu nasıl lütfen merhaba teşekkürler teşekkür ederim sipariş hesap hesabım bana beni benim sizin henüz hala neden sonra istiyorum',
};

/** Letters that only, or mostly, this language writes; each occurrence adds to the score. */
const tellingLetters: Readonly<Record<LatinLang, RegExp | null>> = {
  en: null,
  es: /[ñ¿¡]/gu,
  pt: /[ãõ]|ções|ção|nh/gu,
  fr: /[œêèûîëù]|\b[dlnjcqs]['’]/gu,
  de: /[äöß]|sch/gu,
  it: /[èòù]\b|zione|\b(?:dell|nell|all|sull|un)['’]/gu,
  vi: /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/gu,
  id: null,
  tr: /[ğışİ]/gu,
};

const words = new Map<string, LatinLang[]>();
const latinLanguages: readonly LatinLang[] = ['en', 'es', 'pt', 'fr', 'de', 'it', 'vi', 'id', 'tr'];
for (const language of latinLanguages)
  for (const word of new Set(stopWords[language].split(' '))) words.set(word, [...(words.get(word) ?? []), language]);

function latinLanguage(text: string, letters: number, prior: Lang | null): Lang | null {
  if (letters < MIN_LATIN_LETTERS) return isLatinLang(prior) ? prior : null;
  const lower = text.toLowerCase().replace(/’/gu, "'");
  const found = lower.match(/[\p{L}\p{M}']+/gu) ?? [];
  const ranked = latinLanguages
    .map((language) => ({ language, score: latinScore(language, lower, found) + (language === prior ? 0.5 : 0) }))
    .toSorted((left, right) => right.score - left.score);
  const [best, second] = ranked;
  if (best === undefined || second === undefined) return null;
  const isClear = best.score >= 1.4 && best.score >= found.length * 0.08 && best.score >= second.score * 1.2;
  return isClear ? best.language : null;
}

function latinScore(language: LatinLang, lower: string, found: readonly string[]): number {
  let score = 0;
  for (const word of found) {
    const owners = words.get(word);
    // a word that several languages share says less
    if (owners?.includes(language) === true) score += 1 / owners.length;
  }
  const pattern = tellingLetters[language];
  return pattern === null ? score : score + Math.min(found.length, (lower.match(pattern) ?? []).length) * 0.6;
}

function isLatinLang(language: Lang | null): language is LatinLang {
  return latinLanguages.some((known) => known === language);
}
