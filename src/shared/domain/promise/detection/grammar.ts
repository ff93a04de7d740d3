import { atomsOf, expressionsOf, matchesOf } from './atoms.ts';
import type { AtomRule, Expression } from './atoms.ts';
import type { Sentence } from './sentences.ts';
import type { PromiseLanguage } from './when.ts';

/**
 * How a language tells who will do something. No pattern may hold a nested or an open-ended repetition. `ours` and
 * `others` are global: of the two, the one that governs an expression of time says whose deadline it is.
 */
export interface Voice {
  /** Where the word that governs a time stands: before it, or after it in languages whose verbs come last. */
  readonly governs: 'before' | 'after';
  readonly ours: RegExp;
  /** The customer is asked, somebody else acts, or it is over. */
  readonly others: RegExp;
  /** Of `others`: what is done as a rule. In a text that everybody gets it is ours. */
  readonly habits?: RegExp;
  /** What begins another clause: a word that governs from the other side is not looked for behind it. */
  readonly breaks: RegExp;
  /** What can be promised; one must be in the sentence. */
  readonly action: RegExp;
  readonly hedges: RegExp;
  readonly question: RegExp;
  /** Anywhere before the time: it depends on something, or somebody's words are told. */
  readonly conditions: RegExp;
  /** Right before and right after the time: it is no deadline, or one that counts from something unknown. */
  readonly blockedBefore: RegExp;
  readonly blockedAfter: RegExp;
  /** Anywhere: nothing is promised. */
  readonly never: RegExp;
}

export interface Grammar {
  readonly language: PromiseLanguage;
  /** Whether a sentence can be in this language at all; cheap. */
  readonly reads: (text: string) => boolean;
  /** Brings spellings together, unit by unit. */
  readonly prepare: (text: string) => string;
  /** Whether a sentence can tell a time: every expression has one of these. Most sentences have none, and are done with. */
  readonly mentions: RegExp;
  readonly rules: readonly AtomRule[];
  readonly glue: RegExp;
  readonly range: RegExp;
  readonly voice: Voice;
}

export interface Commitment {
  readonly expression: Expression;
  readonly isHedged: boolean;
}

/**
 * The times in a sentence by which somebody of ours will do something.
 * @param isStanding of a text that is sent again and again what is done as a rule (`we answer within a day`) is promised, too
 */
export function commitmentsIn(sentence: Sentence, grammar: Grammar, isStanding = false): readonly Commitment[] {
  if (!grammar.reads(sentence.text)) return [];
  const text = grammar.prepare(sentence.text);
  const { voice } = grammar;
  if (!grammar.mentions.test(text)) return [];
  if (sentence.end === '?' || voice.question.test(text) || !voice.action.test(text)) return [];
  // a habit is no promise in a letter, but it is one in a text that everybody gets
  if (voice.never.test(text) && !isStanding) return [];
  const ours = marksOf(text, voice.ours, true);
  if (ours.length === 0 && !isStanding) return [];
  const isHabit = (mark: Mark): boolean => isStanding && voice.habits?.test(text.slice(mark.from, mark.to)) === true;
  const marks = [...ours, ...marksOf(text, voice.others, false).filter((mark) => !isHabit(mark))];
  const expressions = expressionsOf(text, atomsOf(text, grammar.rules), grammar.glue, grammar.range);
  return expressions
    .filter(({ from, to }) => {
      const before = text.slice(0, from);
      const isBlocked = voice.blockedBefore.test(before) || voice.blockedAfter.test(text.slice(to)) || voice.conditions.test(before);
      return !isBlocked && isOurs(text, marks, from, to, voice, isStanding);
    })
    .map((expression) => ({ expression, isHedged: voice.hedges.test(text) }));
}

/** Whose deadline it is: the nearest governing word on the side where the language has it, else on the other side of its clause. */
function isOurs(text: string, marks: readonly Mark[], from: number, to: number, { governs, breaks }: Voice, isStanding: boolean): boolean {
  if (marks.length === 0) return isStanding;
  // of two that end or begin together the later in the list counts: "your bank will" is more than "will"
  const before = marks
    .filter((each) => each.to <= from)
    .reduce<Mark | null>((last, each) => (last === null || each.to >= last.to ? each : last), null);
  const after = marks
    .filter((each) => each.from >= to)
    .reduce<Mark | null>((first, each) => (first === null || each.from <= first.from ? each : first), null);
  if (governs === 'before') {
    if (before !== null) return before.isOurs;
    return after !== null && after.isOurs && !breaks.test(text.slice(to, after.from));
  }
  if (after !== null) return after.isOurs;
  return before !== null && before.isOurs && !breaks.test(text.slice(before.to, from));
}

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly isOurs: boolean;
}

function marksOf(text: string, pattern: RegExp, isOurs: boolean): readonly Mark[] {
  return matchesOf(text, pattern).map((match) => ({ from: match.index, to: match.index + match[0].length, isOurs }));
}
