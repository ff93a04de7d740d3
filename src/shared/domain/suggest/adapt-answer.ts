import { greetingIn, signedNames, withoutClosing, withoutGreeting, withoutSignature } from './greetings.ts';
import { addressesIn } from '../guard/addresses.ts';
import { splitQuotedText } from '../quotes.ts';

/** What has to be filled in by a person, as it is called in the brackets of a gap. Those of macros keep their names. */
export const ANSWER_GAPS = [
  'customer.name',
  'order.id',
  'transaction.id',
  'date',
  'amount',
  'payment.address',
  'mail',
  'phone',
  'link',
  'code',
  'number',
  'secret',
] as const;
export type AnswerGap = (typeof ANSWER_GAPS)[number];

export interface AnswerToAdapt {
  readonly text: string;
  /** Of the answer, BCP 47; null when unknown. */
  readonly language: string | null;
  /** The colleague who gave it; null when that is not known. */
  readonly writer: string | null;
  /** Names, addresses and handles of the people of the case in which it was given. */
  readonly others: readonly string[];
  /** What the customer of that case wrote: the numbers in it, and the names under it, are theirs. */
  readonly said: readonly string[];
  /** Where secrets stand in a text: [from, to) in UTF-16 units. */
  readonly secretsIn: (text: string) => readonly { readonly from: number; readonly to: number }[];
  /** The name that the new customer is greeted by; null when nobody knows it. */
  readonly greetAs: string | null;
  /** Letters greet; in a chat one does so only where the answer did. */
  readonly isLetter: boolean;
}

export interface AdaptedAnswer {
  readonly text: string;
  /** What was taken out, each kind once. */
  readonly gaps: readonly AnswerGap[];
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly gap: AnswerGap;
}

const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre';
const CURRENCY =
  'usdt|usdc|usd|us\\$|eur|euros?|gbp|jpy|cny|rmb|krw|inr|vnd|idr|brl|try|rub|chf|cad|aud|hkd|twd|sgd|busd|dai|btc|eth|bnb|trx|sol|xrp|ada|doge|ltc|dollars?|元|円|원|美元|美金|欧元|歐元|日元|港币|港幣|人民币|人民幣|ドル|ユーロ';
const NUMBER = "\\d(?:[\\d.,' \u00a0]*\\d)?";
/** Names of networks and standards, which look like codes. */
const KNOWN_CODES = /^(?:erc|trc|bep|brc)-?\d{2,4}$|^sha-?\d{3}$|^md5$|^ipv[46]$|^utf-?8$|^[2-5]fa$/iu;

/** In the order in which they are looked for; what was taken already is not looked at again. */
const SHAPES: readonly (readonly [gap: AnswerGap, shape: RegExp])[] = [
  ['secret', /⟦redacted:[^⟦⟧\n]{1,60}⟧/gu],
  ['mail', /[^\s@<>()[\],;:"，。、]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu],
  ['link', /(?:https?:\/\/|www\.)[^\s<>"'`，。、）)\]}]+/giu],
  ['transaction.id', /(?<![\p{L}\p{N}])(?:0x)?[0-9a-f]{24,}(?![\p{L}\p{N}])/giu],
  ['transaction.id', /(?<![\p{L}\p{N}])(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{20,}(?![\p{L}\p{N}])/giu],
  ['transaction.id', /(?<![\p{L}\p{N}])[0-9a-f]{6,}(?:…|\.{2,3})[0-9a-f]{3,}(?![\p{L}\p{N}])/giu],
  ['amount', new RegExp(`[$€£¥₩₹₽₿￥][ \u00a0]?${NUMBER}(?:[ \u00a0]?(?:${CURRENCY}))?`, 'giu')],
  ['amount', new RegExp(`(?<![\\p{L}\\p{N}])(?:${CURRENCY})[ \u00a0]?${NUMBER}(?![\\p{L}\\p{N}])`, 'giu')],
  ['amount', new RegExp(`(?<![\\p{L}\\p{N}])${NUMBER}[ \u00a0]?(?:[$€£¥₩₹₽₿]|(?:${CURRENCY})(?![\\p{Script=Latin}\\p{N}]))`, 'giu')],
  ['date', /(?<!\d)(?:19|20)\d{2}\s?[-/.年년]\s?\d{1,2}(?:\s?[-/.月월]\s?\d{1,2}\s?[日号號일]?)?(?!\d)/gu],
  ['date', /(?<!\d)\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일]?/gu],
  ['date', /(?<![\d.,/-])\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?![\d/-])/gu],
  ['date', /(?<![\d/])\d{1,2}\/\d{1,2}(?![\d/])/gu],
  [
    'date',
    new RegExp(
      `(?<![\\p{L}\\p{N}])\\d{1,2}(?:st|nd|rd|th|\\.)?(?:\\s(?:of|de))?\\s(?:${MONTHS})(?![\\p{L}])(?:(?:,|\\sde)?\\s(?:19|20)\\d{2})?`,
      'giu',
    ),
  ],
  ['date', new RegExp(`(?<![\\p{L}\\p{N}])(?:${MONTHS})\\.?\\s\\d{1,2}(?:st|nd|rd|th)?(?![\\p{L}\\p{N}])(?:,?\\s(?:19|20)\\d{2})?`, 'giu')],
  [
    'date',
    /(?<![\d:.,])\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[ap]\.?m\.?(?!\p{L}))?(?:\s?(?:UTC|GMT|CET|EST|PST|JST|KST)(?:[+-]\d{1,2})?)?(?![\d:])/giu,
  ],
  ['date', /(?<![\p{L}\p{N}.,])\d{1,2}\s?[ap]\.?m\.?(?![\p{L}\p{N}])/giu],
  ['phone', /(?<![\p{L}\p{N}])(?:\+|00)\d[\d\s().-]{6,18}\d(?!\p{N})/gu],
  ['order.id', /#\s?[\p{L}\p{N}-]*\d[\p{L}\p{N}-]*/gu],
  [
    'code',
    /(?<![\p{L}\p{N}])(?=[\p{Script=Latin}\d-]*\p{Script=Latin})(?=(?:[\p{Script=Latin}-]*\d){3})[\p{Script=Latin}\d]+(?:[-_/][\p{Script=Latin}\d]+)*(?![\p{L}\p{N}])/gu,
  ],
  // not how long something takes, nor a share of something
  [
    'number',
    /(?<![\p{N}.,])\p{Nd}(?:[ \u00a0-]?\p{Nd}){2,}(?:[.,]\p{Nd}+)*(?![\p{N}]|\s?(?:%|％|min|hour|day|std|stunde|tag|minuto|hora|día|分|小时|小時|天|日|時間|営業日|工作日|시간|분|일|час|мин|дн))/giu,
  ],
  ['number', /(?<!\p{N})\p{Nd}{1,3}(?:[.,' \u00a0]\p{Nd}{3})+(?:[.,]\p{Nd}+)?(?!\p{N})/gu],
  ['number', /(?<![\p{N}.])\p{Nd}+[.,]\p{Nd}{3,}(?![\p{N}.])/gu],
  ['code', /(?<![\p{L}\p{N}._%+@/-])@[\p{L}\p{N}_]{3,32}/gu],
];

/** What the other customer wrote of as well, such as "the 50 that I paid". */
const SHORT_NUMBER = /(?<![\p{N}.,])\p{Nd}{2}(?:[.,]\p{Nd}{1,2})?(?![\p{N}]|[.,]\p{N})/gu;
const TAKES =
  /^[\s-]?(?:%|％|min|hour|h\b|day|business|working|week|std|stunde|tag|woche|minuto|hora|día|semana|分|小时|小時|天|日|周|週|時間|営業日|工作日|个|個|시간|분|일|час|мин|дн)/iu;

/** Characters before a name's piece is long enough to stand for somebody in any text. */
const SHORTEST_NAME = 3;
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・々]+$/u;

/**
 * An answer that was given to one customer, as the begin of one to another: what the writer quoted, greeting, closing and signature go, and so does
 * everything that belongs to the other case: names, addresses, links of somebody's own, transactions, orders, amounts, dates, times, codes, and any number of
 * three digits or more. Each is a gap that a person has to fill (`gapsIn`), and a reply with a gap does not leave. What is taken out too much costs a moment,
 * what stays tells a stranger's secret: so every doubt takes it out. How long things take ("within 24 hours") stays.
 */
export function adaptAnswer(answer: AnswerToAdapt): AdaptedAnswer {
  const { hadGreeting, text: body } = withoutGreeting(withoutSignature(withoutClosing(ownWords(answer.text)), answer.writer));
  const places = placesIn(body, answer);
  let text = '';
  let end = 0;
  for (const { from, to, gap } of places) {
    text += withoutBrackets(body.slice(end, from)) + `⟦${gap}⟧`;
    end = to;
  }
  text = `${text}${withoutBrackets(body.slice(end))}`.trim();
  const greets = text !== '' && (hadGreeting || answer.isLetter);
  return {
    text: greets ? `${greetingIn(answer.language, answer.greetAs)}\n\n${text}` : text,
    gaps: [...new Set(places.map(({ gap }) => gap))],
  };
}

/** What of a message its writer wrote: no quotes, no signature. */
function ownWords(text: string): string {
  return splitQuotedText(text)
    .blocks.filter(({ kind }) => kind === 'own')
    .map((block) => block.text)
    .join('')
    .replaceAll(/\r\n?/gu, '\n')
    .trim();
}

/** The brackets of gaps stand for gaps alone, whatever somebody wrote. */
function withoutBrackets(text: string): string {
  return text.replaceAll(/[⟦⟧]/gu, '');
}

function placesIn(text: string, { others, said, secretsIn }: AnswerToAdapt): readonly Place[] {
  const places: Place[] = [];
  const add = (from: number, to: number, gap: AnswerGap): void => {
    if (to > from && !places.some((each) => from < each.to && each.from < to)) places.push({ from, to, gap });
  };
  for (const { from, to } of secretsIn(text)) add(from, to, 'secret');
  for (const { from, to } of addressesIn(text)) add(from, to, 'payment.address');
  for (const [gap, shape] of SHAPES) {
    for (const found of text.matchAll(shape)) {
      const isHarmless = gap === 'link' ? isPublicLink(found[0]) : gap === 'code' && KNOWN_CODES.test(found[0]);
      if (!isHarmless) add(found.index, found.index + found[0].length, gap);
    }
  }
  const theirs = new Set(said.flatMap((each) => each.match(SHORT_NUMBER) ?? []));
  for (const found of text.matchAll(SHORT_NUMBER))
    if (theirs.has(found[0]) && !TAKES.test(text.slice(found.index + found[0].length)))
      add(found.index, found.index + found[0].length, 'number');
  for (const name of namesOf([...others, ...said.flatMap(signedNames)]))
    for (const from of placesOfName(text, name)) add(from, from + name.length, 'customer.name');
  return places.toSorted((one, other) => one.from - other.from);
}

/** An address of a page for everybody: nothing in it can be somebody's own. */
function isPublicLink(link: string): boolean {
  return (
    !/[?#@]|\d{3}|%[0-9a-f]{2}/iu.test(link) && link.split(/[/.]/u).every((part) => part.length <= 40 && !/\d.*[a-z].*\d/iu.test(part))
  );
}

/** Names whole and in their pieces, longest first; of an address what stands before the @. */
function namesOf(others: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const other of others) {
    const name = (other.includes('@') ? other.slice(0, other.lastIndexOf('@')) : other).trim();
    if (isName(name)) names.add(name);
    for (const piece of name.split(/[\s,.;:_+"'()<>/|-]+/u)) if (isName(piece)) names.add(piece);
  }
  return [...names].toSorted((one, other) => other.length - one.length);
}

function isName(piece: string): boolean {
  return (piece.length >= SHORTEST_NAME || (piece.length > 1 && UNSPACED.test(piece))) && /\p{L}/u.test(piece);
}

/** Where a name stands as a word of its own. Small letters are no name in a script that has large ones: "will" is not Will. */
function placesOfName(text: string, name: string): readonly number[] {
  const found: number[] = [];
  const [small, wanted] = [text.toLowerCase(), name.toLowerCase()];
  if (small.length !== text.length || wanted === '') return found;
  for (let at = small.indexOf(wanted); at >= 0; at = small.indexOf(wanted, at + wanted.length)) {
    const isWhole = UNSPACED.test(name) || (!isLetter(text.slice(0, at), true) && !isLetter(text.slice(at + name.length), false));
    const first = text.charAt(at);
    const hasCase = first.toLowerCase() !== first.toUpperCase();
    // a handle is written small
    const isWritten =
      !hasCase || first === first.toUpperCase() || (text.startsWith(name, at) && name !== capitalised(name) && name.length > 4);
    if (isWhole && isWritten) found.push(at);
  }
  return found;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function isLetter(text: string, atEnd: boolean): boolean {
  return atEnd ? /[\p{L}\p{N}]$/u.test(text.slice(-2)) : /^[\p{L}\p{N}]/u.test(text.slice(0, 2));
}
