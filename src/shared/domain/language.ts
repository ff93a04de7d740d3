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

/**
 * The language of a customer's text, null when unsure. Script first, then kana for Japanese, a character table for
 * Simplified and Traditional Chinese, and stop words with diacritics for Latin scripts (reliable from about 25 characters).
 *
 * @param prior what the conversation was in so far: decides where the text itself cannot (`返金希望` is Japanese to a
 *   customer who wrote Japanese before)
 */
export function detectLanguage(text: string, prior: Lang | null = null): Lang | null {
  const sample = withoutNoise(text.slice(0, SAMPLE));
  const counts = countScripts(sample);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const of = (script: Script): number => counts.get(script) ?? 0;
  // an ideograph says as much as three letters; product names in Latin letters must not outvote it
  const eastAsian = of('han') + of('kana') + of('hangul');
  if (eastAsian > 0 && eastAsian * 3 >= of('latin')) return eastAsianLanguage(sample, of('han'), of('kana'), of('hangul'), prior);
  const others: readonly (readonly [Script, Lang])[] = [
    ['arabic', 'ar'],
    ['hebrew', 'he'],
    ['thai', 'th'],
    ['devanagari', 'hi'],
    ['greek', 'el'],
  ];
  for (const [script, language] of others) if (of(script) * 2 > total) return language;
  if (of('cyrillic') * 2 > total) return /[іїєґ]/iu.test(sample) && !/[ыэъё]/iu.test(sample) ? 'uk' : 'ru';
  return latinLanguage(sample, of('latin'), prior);
}

/** Addresses, links and long codes are in no language. */
function withoutNoise(text: string): string {
  return text
    .split(/\s+/u)
    .filter((word) => word.length <= 60 || !/^[\u0021-\u007e]+$/u.test(word))
    .filter((word) => !word.includes('@') && !word.includes('://') && !word.startsWith('www.'))
    .join(' ');
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
  if (prior === 'ja' && kana + hangul === 0 && !hasOnlyChinese(text)) return 'ja';
  if (kana === 1 && han <= 6) return 'ja';
  return chineseVariant(text, prior);
}

/** Characters that Japanese does not write: simplified forms of its own, pronouns and particles. */
function hasOnlyChinese(text: string): boolean {
  return /[们这还让说请谢吗呢吧你您她谁么个为时过发给钱账单买卖东车见长门问间题现员]|[嗎們這還讓說請誰個為給錢賬買賣東車見長門問間題現員].*[的嗎們你您她]/u.test(
    text,
  );
}

const simplified = new Set(
  '们这还让说请谢吗谁么个为时过发给钱账单买卖东车见长门问间题现员来国会对动经开实无将两应战头体产论处义条气变总电数报结务场计资许统区决达强难权设类据边该规万观识带导争运订号码邮户货费转错误键帐网页链连载续复验证认为后',
);
const traditional = new Set(
  '們這還讓說請謝嗎誰麼個為時過發給錢賬單買賣東車見長門問間題現員來國會對動經開實無將兩應戰頭體產論處義條氣變總電數報結務場計資許統區決達強難權設類據邊該規萬觀識帶導爭運訂號碼郵戶貨費轉錯誤鍵帳網頁鏈連載續復驗證認為後',
);

function chineseVariant(text: string, prior: Lang | null): Lang {
  let balance = 0;
  for (const character of text) {
    const isSimplified = simplified.has(character);
    if (isSimplified === traditional.has(character)) continue;
    balance += isSimplified ? 1 : -1;
  }
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
