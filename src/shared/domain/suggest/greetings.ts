/** How letters begin and end, by language: what stands there names people, and belongs to one letter alone. */
interface LetterWords {
  /** BCP 47 language, without script and region, but for Chinese. */
  readonly language: string;
  /** Begins of a salutation, in small letters. */
  readonly openings: readonly string[];
  /** First words of the closing. */
  readonly closings: readonly string[];
  /** A salutation with a name, and without. */
  readonly greet: (name: string | null) => string;
}

const named = (before: string, after: string, alone: string) => (name: string | null) =>
  name === null ? alone : `${before}${name}${after}`;

const LETTERS: readonly LetterWords[] = [
  {
    language: 'en',
    openings: ['hello', 'hi', 'hey', 'dear', 'good morning', 'good afternoon', 'good evening', 'greetings'],
    closings: [
      'best regards',
      'kind regards',
      'warm regards',
      'regards',
      'best wishes',
      'sincerely',
      'yours sincerely',
      'yours faithfully',
      'many thanks',
      'thanks',
      'thank you',
      'all the best',
      'best',
      'cheers',
    ],
    greet: named('Hello ', ',', 'Hello,'),
  },
  {
    language: 'zh-Hans',
    openings: ['您好', '你好', '尊敬的', '亲爱的', '早上好', '下午好', '晚上好'],
    closings: ['此致', '祝好', '祝您', '顺祝', '谢谢', '致礼', '敬礼'],
    greet: named('', '，您好：', '您好：'),
  },
  {
    language: 'zh-Hant',
    openings: ['您好', '你好', '尊敬的', '親愛的', '早安', '午安', '晚安'],
    closings: ['此致', '祝好', '祝您', '順頌', '謝謝', '敬禮'],
    greet: named('', '，您好：', '您好：'),
  },
  {
    language: 'ja',
    openings: ['こんにちは', 'こんばんは', 'おはようございます', '拝啓'],
    closings: ['よろしくお願い', '宜しくお願い', '敬具', '以上、', 'どうぞよろしく', '何卒'],
    greet: named('', ' 様', 'お客様'),
  },
  {
    language: 'ko',
    openings: ['안녕하세요', '안녕하십니까'],
    closings: ['감사합니다', '고맙습니다', '드림'],
    greet: named('', ' 님, 안녕하세요.', '안녕하세요.'),
  },
  {
    language: 'es',
    openings: ['hola', 'estimado', 'estimada', 'buenos días', 'buenas tardes', 'buenas noches', 'querido', 'querida'],
    closings: ['saludos', 'un saludo', 'un cordial saludo', 'atentamente', 'cordialmente', 'muchas gracias', 'gracias'],
    greet: named('Hola, ', ':', 'Hola:'),
  },
  {
    language: 'pt',
    openings: ['olá', 'ola', 'oi', 'prezado', 'prezada', 'caro', 'cara', 'bom dia', 'boa tarde', 'boa noite'],
    closings: ['atenciosamente', 'cumprimentos', 'abraços', 'obrigado', 'obrigada', 'com os melhores cumprimentos'],
    greet: named('Olá, ', ',', 'Olá,'),
  },
  {
    language: 'fr',
    openings: ['bonjour', 'bonsoir', 'cher', 'chère', 'madame', 'monsieur'],
    closings: ['cordialement', 'bien cordialement', 'salutations', 'merci', 'bien à vous', 'sincères salutations'],
    greet: named('Bonjour ', ',', 'Bonjour,'),
  },
  {
    language: 'de',
    openings: ['hallo', 'guten tag', 'guten morgen', 'guten abend', 'sehr geehrte', 'sehr geehrter', 'liebe', 'lieber', 'moin'],
    closings: [
      'mit freundlichen grüßen',
      'mit freundlichen grüssen',
      'freundliche grüße',
      'viele grüße',
      'beste grüße',
      'herzliche grüße',
      'vielen dank',
      'danke',
    ],
    greet: named('Guten Tag ', ',', 'Guten Tag,'),
  },
  {
    language: 'it',
    openings: ['ciao', 'buongiorno', 'buonasera', 'gentile', 'salve', 'caro', 'cara'],
    closings: ['cordiali saluti', 'distinti saluti', 'saluti', 'grazie'],
    greet: named('Buongiorno ', ',', 'Buongiorno,'),
  },
  {
    language: 'ru',
    openings: ['здравствуйте', 'добрый день', 'добрый вечер', 'доброе утро', 'уважаемый', 'уважаемая', 'привет'],
    closings: ['с уважением', 'спасибо', 'всего доброго', 'с наилучшими'],
    greet: named('Здравствуйте, ', '!', 'Здравствуйте!'),
  },
  {
    language: 'uk',
    openings: ['добрий день', 'вітаю', 'доброго дня', 'шановний', 'шановна'],
    closings: ['з повагою', 'дякую'],
    greet: named('Вітаю, ', '!', 'Вітаю!'),
  },
  {
    language: 'tr',
    openings: ['merhaba', 'sayın', 'iyi günler'],
    closings: ['saygılarımla', 'teşekkürler', 'iyi günler'],
    greet: named('Merhaba ', ',', 'Merhaba,'),
  },
  {
    language: 'vi',
    openings: ['xin chào', 'chào', 'kính gửi', 'thân gửi'],
    closings: ['trân trọng', 'cảm ơn'],
    greet: named('Xin chào ', ',', 'Xin chào,'),
  },
  {
    language: 'id',
    openings: ['halo', 'hai', 'yth', 'selamat pagi', 'selamat siang', 'selamat sore'],
    closings: ['hormat kami', 'salam', 'terima kasih'],
    greet: named('Halo ', ',', 'Halo,'),
  },
  { language: 'th', openings: ['สวัสดี', 'เรียน'], closings: ['ขอแสดงความนับถือ', 'ขอบคุณ'], greet: named('สวัสดี คุณ', '', 'สวัสดี') },
  {
    language: 'ar',
    openings: ['مرحبا', 'مرحباً', 'السلام عليكم', 'عزيزي', 'عزيزتي'],
    closings: ['مع التحية', 'تحياتي', 'شكرا', 'شكراً'],
    greet: named('مرحباً ', '،', 'مرحباً،'),
  },
  { language: 'he', openings: ['שלום', 'היי'], closings: ['בברכה', 'תודה'], greet: named('שלום ', ',', 'שלום,') },
  { language: 'hi', openings: ['नमस्ते', 'प्रिय'], closings: ['धन्यवाद', 'सादर'], greet: named('नमस्ते ', ',', 'नमस्ते,') },
  {
    language: 'el',
    openings: ['γεια σας', 'αγαπητέ', 'αγαπητή', 'καλημέρα'],
    closings: ['με εκτίμηση', 'ευχαριστούμε'],
    greet: named('Γεια σας ', ',', 'Γεια σας,'),
  },
];

const OPENINGS = [...new Set(LETTERS.flatMap(({ openings }) => openings))].toSorted((one, other) => other.length - one.length);
const CLOSINGS = [...new Set(LETTERS.flatMap(({ closings }) => closings))].toSorted((one, other) => other.length - one.length);
/** Characters of a salutation; what is longer says something. */
const LONGEST_GREETING = 60;
const ENDS_GREETING = /[,，、:：!！。\n]/u;
/** `田中様`, `田中さん、`, `王先生，` at the begin of a letter. */
const HONOURED = /^[^\s,，、:：!！。\n]{1,16}[ 　]?(?:様|さま|さん|先生|女士|小姐|님)(?=[\s,，、:：!！。]|$)/u;
const LETTER_OR_MARK = /^[\p{L}\p{M}\p{N}]/u;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** Lines at the end among which a closing is looked for, and characters of one. */
const CLOSING_LINES = 5;
const LONGEST_CLOSING = 60;

/** How a letter in this language (BCP 47) greets somebody of this name; null for nobody by name. English where nothing else is known. */
export function greetingIn(language: string | null, name: string | null): string {
  const tag = language ?? 'en';
  const found = LETTERS.find((each) => each.language === tag) ?? LETTERS.find((each) => each.language === tag.split('-')[0]) ?? LETTERS[0];
  return found === undefined ? '' : found.greet(name);
}

/** A letter without its salutation, and whether it had one. A name and a greeting may follow each other (`王先生：您好！`). */
export function withoutGreeting(text: string): { readonly text: string; readonly hadGreeting: boolean } {
  const once = withoutOneGreeting(text);
  return once.hadGreeting ? { text: withoutOneGreeting(once.text).text, hadGreeting: true } : once;
}

function withoutOneGreeting(text: string): { readonly text: string; readonly hadGreeting: boolean } {
  const start = text.trimStart();
  const honoured = HONOURED.exec(start)?.[0];
  if (honoured !== undefined) return { text: afterGreeting(start, honoured.length), hadGreeting: true };
  const small = start.slice(0, LONGEST_GREETING + 1).toLowerCase();
  const opening = OPENINGS.find((each) => small.startsWith(each) && endsWord(start, each));
  if (opening === undefined) return { text: start, hadGreeting: false };
  const end = start.slice(opening.length, LONGEST_GREETING + 1).search(ENDS_GREETING);
  // without a mark nobody can tell where the name ends, unless all of it is the salutation
  if (end < 0) return start.length <= LONGEST_GREETING ? { text: '', hadGreeting: true } : { text: start, hadGreeting: false };
  return { text: afterGreeting(start, opening.length + end), hadGreeting: true };
}

/** `hi` does not begin `his`; scripts without spaces have no such borders. */
function endsWord(text: string, opening: string): boolean {
  return CJK.test(opening) || !LETTER_OR_MARK.test(text.slice(opening.length));
}

/** `您好，王先生：` and `Hello, Ana,` go on with a name. */
function afterGreeting(text: string, end: number): string {
  const rest = text.slice(end).replace(/^[\s,，、:：!！。]+/u, '');
  const honoured = HONOURED.exec(rest)?.[0];
  return (honoured === undefined ? rest : rest.slice(honoured.length)).replace(/^[\s,，、:：!！。]+/u, '');
}

/** A letter without its closing and the names under it. */
export function withoutClosing(text: string): string {
  const lines = text.trimEnd().split('\n');
  for (let index = Math.max(1, lines.length - CLOSING_LINES); index < lines.length; index += 1) {
    const line = (lines[index] ?? '').trim().toLowerCase();
    if (line.length > LONGEST_CLOSING) continue;
    if (CLOSINGS.some((closing) => line.startsWith(closing) && endsWord(line, closing))) return lines.slice(0, index).join('\n').trimEnd();
  }
  return text.trimEnd();
}

/** A signature has at most so many lines, none longer than this. */
const SIGNATURE_LINES = 4;
const LONGEST_SIGNATURE_LINE = 60;
/** Behind the name in its line: a title, `드림`, a sign. */
const LONGEST_AFTER_NAME = 24;

/** A letter without the signature of its writer (`null` is nobody), which stands in the last paragraph also where nothing closed the letter before. */
export function withoutSignature(text: string, writer: string | null): string {
  const name = writer?.trim().toLowerCase() ?? '';
  const lines = text.trimEnd().split('\n');
  const before = lines.findLastIndex((line) => line.trim() === '');
  if (name === '' || before < 0) return text;
  const last = lines.slice(before + 1).map((line) => line.trim());
  const isSignature = last.length <= SIGNATURE_LINES && last.every((line) => line.length <= LONGEST_SIGNATURE_LINE);
  const isSigned = last.some((line) => line.toLowerCase().startsWith(name) && line.length <= name.length + LONGEST_AFTER_NAME);
  return isSignature && isSigned ? lines.slice(0, before).join('\n').trimEnd() : text;
}

const SAYS_NAME =
  /\b(?:[Mm]y name is|[Tt]his is|[Mm]e llamo|[Mm]i nombre es|[Mm]eu nome é|[Jj]e m['’]appelle|[Ii]ch heiße|[Mm]ein Name ist)\s+((?:\p{Lu}[\p{L}'’-]+ ?){1,3})|[Мм]еня зовут\s+((?:\p{Lu}[\p{L}'’-]+ ?){1,3})|(?:我叫|我的名字是)([\p{Script=Han}]{2,4})(?=[，,。.！!\s]|$)|([\p{Script=Han}\p{Script=Katakana}]{2,8})(?:と申します|といいます)/gu;
/** A line that is nothing but a name: words with large letters, or a few characters of a script without spaces. */
const NAME_LINE =
  /^(?:\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,8})$/u;
const MOST_SIGNED = 3;

/** Names that a writer gives themselves: under the closing, and where they say so. */
export function signedNames(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n');
  const names = [...text.matchAll(SAYS_NAME)].map((found) => (found.slice(1).find((name) => name !== undefined) ?? '').trim());
  const closing = lines.findLastIndex((line) => {
    const small = line.trim().toLowerCase();
    return small.length <= LONGEST_CLOSING && CLOSINGS.some((each) => small.startsWith(each) && endsWord(small, each));
  });
  const under = closing < 0 ? [] : lines.slice(closing + 1, closing + 1 + MOST_SIGNED).map((line) => line.trim());
  return [...names, ...under.filter((line) => NAME_LINE.test(line))];
}
