/** Amounts as words; those that people write in full when they speak of hours and days. */
const ENGLISH = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const SPANISH = ['cero', 'un', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'];
const PORTUGUESE = ['zero', 'um', 'dois', 'tres', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze'];

const WORDS: ReadonlyMap<string, number> = new Map<string, number>([
  ...[ENGLISH, SPANISH, PORTUGUESE].flatMap((words) => words.map((word, value): [string, number] => [word, value])),
  ['a', 1],
  ['an', 1],
  ['next', 1],
  ['una', 1],
  ['uno', 1],
  ['uma', 1],
  ['duas', 2],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['sixty', 60],
  ['quince', 15],
  ['veinte', 20],
  ['treinta', 30],
  ['quinze', 15],
  ['vinte', 20],
  ['trinta', 30],
  ['twenty-four', 24],
  ['veinticuatro', 24],
  ['forty-eight', 48],
]);

const HAN_DIGITS = '零一二三四五六七八九';

/** Reads digits, a number word of English, Spanish or Portuguese, or Chinese numerals below a hundred; null for anything else. */
export function readNumber(text: string): number | null {
  if (/^\d{1,4}$/u.test(text)) return Number(text);
  return WORDS.get(text) ?? readHan(text);
}

function readHan(text: string): number | null {
  const digits = text.replace(/[两兩]/gu, '二').replace(/[〇]/gu, '零');
  const [tens = '', units, ...rest] = digits.split('十');
  if (rest.length > 0) return null;
  const one = (digit: string): number | null => (digit.length === 1 && HAN_DIGITS.includes(digit) ? HAN_DIGITS.indexOf(digit) : null);
  if (units === undefined) return one(tens);
  const high = tens === '' ? 1 : one(tens);
  const low = units === '' ? 0 : one(units);
  return high === null || low === null ? null : high * 10 + low;
}
