import { foldSignal } from './ask-for-human.ts';
import type { Phrases } from './phrases.ts';
import type { Choice } from './playbook.ts';

/** Whether a customer's answer is one of what was offered. */

/** `1`, `1.`, `(2)`, `①`: the number of a choice from 1; null for anything else. */
function numberOf(folded: string): number | null {
  const found = /^[([（]?([1-9])[)\]）.．。]?$/u.exec(folded)?.[1];
  return found === undefined ? null : Number(found);
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
  return isUnclear ? null : best.choice;
}

function wordsOf({ label, also }: Choice, language: string): readonly string[] {
  return [label[language] ?? '', ...(also[language] ?? [])].map(foldSignal);
}

/** Whether the whole answer is one of these, but for marks. */
export function isOneOf(text: string, list: readonly string[]): boolean {
  const bare = foldSignal(text).replaceAll(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');
  return list.some((each) => foldSignal(each) === bare);
}

/** What a customer wants who was asked whether to go on with the bot; null when it is something else. */
export function offerAnswer(phrases: Phrases, text: string): 'person' | 'go-on' | null {
  const number = numberOf(foldSignal(text));
  if (number === 1 || isOneOf(text, [phrases.person, ...phrases.yes])) return 'person';
  if (number === 2 || isOneOf(text, [phrases.goOn, ...phrases.goOnToo])) return 'go-on';
  return null;
}
