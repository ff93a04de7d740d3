import { foldSignal } from './ask-for-human.ts';
import type { Phrases } from './phrases.ts';
import type { Choice } from './playbook.ts';

/** Whether a customer's answer is one of what was offered. */

const CHINESE_NUMBERS = '一二三四五六七八九';
/** `1`, `(2)`, `①`, `option 3`, `no. 4`, `5 please`, `选6`, `第七个`, `8番`. */
const NUMBER =
  /^(?:(?:option|number|no|nr|answer|the|opcion|numero|la|el)\.? ?|#|选择?|選擇?|第)?[([（]?([1-9一二三四五六七八九])[)\]）.．。:：,，]?(?: ?(?:please|pls|one|por favor|个|個|项|項|号|號|番|番目|です|でお願いします|吧))?[.!。！]?$/u;
const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  primera: 1,
  primero: 1,
  segunda: 2,
  segundo: 2,
};
const ORDINAL = /^(?:the |la |el )?([a-z]+)(?: one| opcion| option)?[.!]?$/u;

/** The number of a choice from 1, however it is written; null for anything else. */
function numberOf(folded: string): number | null {
  const found = NUMBER.exec(folded)?.[1];
  if (found === undefined) return ORDINALS[ORDINAL.exec(folded)?.[1] ?? ''] ?? null;
  const chinese = CHINESE_NUMBERS.indexOf(found);
  return chinese === -1 ? Number(found) : chinese + 1;
}

/** Whether an answer is the number right behind those of the choices: `Talk to a person` stands there below every question. */
export function isPersonsNumber(choices: readonly Choice[], text: string): boolean {
  return choices.length > 0 && numberOf(foldSignal(text)) === choices.length + 1;
}

const RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Where these words are in the text, as a whole: [start, end), both folded. Null where they are not. */
function placeWithin(text: string, folded: string): readonly [number, number] | null {
  if (folded === '') return null;
  let from = text.indexOf(folded);
  // where blanks separate words, a part of one is none
  while (from !== -1 && !RUN.test(folded)) {
    const isWhole = !isLetter(text[from - 1]) && !isLetter(text[from + folded.length]);
    if (isWhole) break;
    from = text.indexOf(folded, from + 1);
  }
  return from === -1 ? null : [from, from + folded.length];
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/**
 * The choice that an answer means: the one whose words are longest (`not helped` holds `helped`). Null when it means none, or another one
 * besides.
 * @param isFirst the answer came before the question: a number means nothing then
 */
export function chosen(choices: readonly Choice[], text: string, language: string, isFirst = false): Choice | null {
  const folded = foldSignal(text);
  const number = isFirst ? null : numberOf(folded);
  if (number !== null) return choices[number - 1] ?? null;
  const found = choices
    .flatMap((choice) => wordsOf(choice, language).map((words) => ({ choice, place: placeWithin(folded, words) })))
    .flatMap(({ choice, place }) => (place === null ? [] : [{ choice, from: place[0], to: place[1] }]))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from));
  const [best] = found;
  if (best === undefined) return null;
  const isUnclear = found.some(
    ({ choice, from, to }) => choice !== best.choice && (from >= best.to || to <= best.from || to - from === best.to - best.from),
  );
  if (isUnclear || (best.choice.go.kind === 'solved' && hasDoubt(folded, folded.slice(best.from, best.to)))) return null;
  return best.choice;
}

/** Nobody says in more words that it is over. */
const LONGEST_YES = 200;
/**
 * What people say who are not done: `but`, `still`, a question, a denial, mockery. Only for what ends a conversation without a person: `yes,
 * but it is still missing` and `thanks for nothing` hold the words of those who are content.
 */
const DOUBT_WORDS =
  /(?<![\p{L}\p{N}])(?:not|no|never|nothing|none|nope|isnt|wasnt|hasnt|havent|didnt|doesnt|dont|cant|cannot|wont|but|still|yet|however|again|except|problem|issue|missing|wrong|waiting|useless|joke|lol|haha|waste|when|where|why|what|how|another|also|pero|aunque|todavia|aun|sigue|nada|nunca|falta|problema|cuando|donde|por que|inutil|tampoco|ni)(?![\p{L}\p{N}])/u;
const DOUBT_RUNS =
  /(?:没|沒|不|未|无法|無法|但|可是|不过|不過|还|還|仍|怎么|怎麼|什么|什麼|何时|何時|吗|嗎|么[?？]|呢|个头|個頭|个屁|個屁|呵呵|才怪|问题|問題|ない|ません|まだ|けど|けれど|でも|しかし|ですが|のに|いつ|なぜ|どう|ますか|ましたか|ですか|か[。!！\s]*$|ちがう|違)/u;
const QUESTION = /[?？؟]/u;

/** @param words the words of the choice in it, which may hold `problem` or `不` themselves */
function hasDoubt(folded: string, words: string): boolean {
  const rest = folded.replace(words, ' ');
  return rest.length > LONGEST_YES || QUESTION.test(folded) || DOUBT_WORDS.test(rest) || DOUBT_RUNS.test(rest);
}

function wordsOf({ label, also }: Choice, language: string): readonly string[] {
  return [label[language] ?? '', ...(also[language] ?? [])].map(foldSignal);
}

/** Which of the answers that were offered somebody has plainly taken: by its number, or by its words. Null when it is none, or unclear. */
export function offerTaken(options: readonly string[], text: string): number | null {
  const folded = foldSignal(text);
  const number = options.length > 1 ? numberOf(folded) : null;
  if (number !== null) return number <= options.length ? number - 1 : null;
  const places = options.map((option) => placeWithin(folded, foldSignal(option)));
  const longest = Math.max(...places.map((place) => (place === null ? 0 : place[1] - place[0])));
  const [first = -1, ...others] = places.flatMap((place, index) => (place !== null && place[1] - place[0] === longest ? [index] : []));
  return first === -1 || others.length > 0 ? null : first;
}

/** Whether it is nothing but one of the answers that were offered, or its number: what pressing it says. */
export function isPicked(options: readonly string[], text: string): boolean {
  const number = options.length > 1 ? numberOf(foldSignal(text)) : null;
  return number === null ? isOneOf(text, options) : number <= options.length;
}

/** Whether the whole answer is one of these, but for marks. */
export function isOneOf(text: string, list: readonly string[]): boolean {
  const bare = foldSignal(text).replaceAll(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');
  return list.some((each) => foldSignal(each) === bare);
}

/** `go on` and `try again` wherever they stand, `no` and `不用` only as the first thing said. */
function startsWith(folded: string, words: readonly string[]): boolean {
  const [first = ''] = folded.split(/[\p{P}\s]+/u).filter((each) => each !== '');
  const [clause = ''] = folded
    .split(/[\p{P}\n]+/u)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return words.some((each) => {
    const word = foldSignal(each);
    return word === first || word === clause || word === bareEnd(clause);
  });
}

/** Without what softens it: `好啊`, `转吧`. */
function bareEnd(clause: string): string {
  return clause.replace(/(?<=.)(?:吧|啊|呀|哦|喔|啦|了|的|ね|よ)+$/u, '');
}

/** Longer answers say something of their own. */
const LONGEST_OFFER_ANSWER = 60;

/**
 * What a customer wants who was asked whether to go on with the bot; null when it is something else. They have asked for a person, so a
 * `yes` with anything behind it is one for a person, unless it says that they want to go on.
 */
export function offerAnswer(phrases: Phrases, text: string): 'person' | 'go-on' | null {
  const folded = foldSignal(text);
  const number = numberOf(folded);
  if (number === 1 || isOneOf(text, [phrases.person, ...phrases.yes])) return 'person';
  if (number === 2 || isOneOf(text, [phrases.goOn, ...phrases.goOnToo])) return 'go-on';
  if (/^(?:👍|👌|🙏|✅|🆗)+$/u.test(folded)) return 'person';
  if (folded.length > LONGEST_OFFER_ANSWER) return null;
  // one word alone (`no`) may stand for much else in the middle of an answer
  const onwards = [phrases.goOn, ...phrases.goOnToo].map(foldSignal).filter((each) => each.includes(' ') || RUN.test(each));
  if (onwards.some((each) => placeWithin(folded, each) !== null)) return 'go-on';
  if (phrases.passOn.some((each) => placeWithin(folded, foldSignal(each)) !== null)) return 'person';
  if (startsWith(folded, phrases.goOnToo)) return 'go-on';
  return startsWith(
    folded,
    phrases.yes.filter((each) => !/please|por favor/u.test(each)),
  )
    ? 'person'
    : null;
}
