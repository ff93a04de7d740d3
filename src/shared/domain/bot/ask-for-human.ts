import { foldText } from '../search-fold.ts';
import { FIRST_WORDS } from './signal-words.ts';
import type { SignalWords } from './signal-words.ts';
import { EUROPEAN_WORDS } from './signal-words-european.ts';
import { MORE_WORDS } from './signal-words-more.ts';
import { OTHER_WORDS } from './signal-words-other.ts';
import { withoutTypos } from './typos.ts';

/** What a customer's words say besides their meaning. */
export interface Signals {
  /** They want a person, or no machine. */
  readonly asksForHuman: boolean;
  /** Money or an account may be in danger: no machine is to lose time. */
  readonly isRisk: boolean;
}

interface Matcher {
  readonly bare: ReadonlySet<string>;
  readonly asks: RegExp;
  readonly notAsks: RegExp;
  readonly risks: RegExp;
  readonly notRisks: RegExp;
}

/** Longer messages ask for a person near their begin or their end, if at all. */
const HEAD = 1_500;
const TAIL = 500;
/** What is in danger may stand anywhere; more than this nobody writes by hand. */
const LONGEST = 8_000;
const NEVER = '(?!)';
/** Words that make a bare word no other: `agent please`. */
const COURTESY =
  /^(?:please|pls|plz|now|hi|hello|hey|ok|thanks|thank you|por favor|porfa|bitte|svp|stp|sil vous plait|lutfen|tolong|dong|пожалуиста|من فضلك|لو سمحت|lam on|хочу|i want|i need|a|an|the|un|una|um|uma|une|ein|einen)$/u;

/** Lower case, no accents, no apostrophes, one blank between words; how patterns are matched. */
export function foldSignal(text: string): string {
  return foldText(text)
    .replaceAll(/['’‘`´]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

function compile(sources: readonly string[], hasSpaces: boolean): RegExp {
  const folded = sources.map((source) => foldSignal(source).replaceAll('\\p{l}', '\\p{L}'));
  const any = folded.length === 0 ? NEVER : `(?:${folded.join('|')})`;
  // `\b` knows no letters but those of English
  return hasSpaces ? new RegExp(`(?<![\\p{L}\\p{N}])${any}(?![\\p{L}\\p{N}])`, 'gu') : new RegExp(any, 'gu');
}

function matcherOf({ hasSpaces, ...words }: SignalWords): Matcher {
  return {
    bare: new Set(words.bare.map(foldSignal)),
    asks: compile(words.asks, hasSpaces),
    notAsks: compile(words.notAsks, hasSpaces),
    risks: compile(words.risks, hasSpaces),
    notRisks: compile(words.notRisks, hasSpaces),
  };
}

let compiled: readonly Matcher[] | null = null;

function matchers(): readonly Matcher[] {
  compiled ??= [...FIRST_WORDS, ...EUROPEAN_WORDS, ...OTHER_WORDS, ...MORE_WORDS].map(matcherOf);
  return compiled;
}

/**
 * Whether a customer asks for a person, or says that something is in danger. All languages are tried whatever the conversation is in:
 * people mix them. What only looks like it (`no agent needed`, `user agent`) is taken out first. Rules alone, so the same at every
 * workstation; a sentence that nobody foresaw is missed, which is why a playbook gives up by itself.
 */
export function readSignals(text: string): Signals {
  const known = REMEMBERED.get(text);
  if (known !== undefined) return known;
  const signals = signalsOf(text);
  // a conversation is read from its begin for every message of it
  if (REMEMBERED.size >= MOST_REMEMBERED) REMEMBERED.clear();
  if (text.length <= LONGEST_REMEMBERED) REMEMBERED.set(text, signals);
  return signals;
}

const REMEMBERED = new Map<string, Signals>();
const MOST_REMEMBERED = 500;
const LONGEST_REMEMBERED = 500;

function signalsOf(text: string): Signals {
  const whole = foldSignal(text.length > LONGEST ? `${text.slice(0, LONGEST - TAIL)} \n ${text.slice(-TAIL)}` : text);
  const signals = signalsIn(joined(whole));
  if (signals.asksForHuman || signals.isRisk) return signals;
  const corrected = withoutTypos(whole);
  return corrected === null ? signals : signalsIn(corrected);
}

function signalsIn(whole: string): Signals {
  const sample = whole.length > HEAD + TAIL ? `${whole.slice(0, HEAD)} \n ${whole.slice(-TAIL)}` : whole;
  const words = bareOf(sample);
  return {
    asksForHuman: (words !== '' && matchers().some(({ bare }) => bare.has(words))) || says(sample, 'asks', 'notAsks'),
    isRisk: says(whole, 'risks', 'notRisks'),
  };
}

/** Words that were pulled apart to be found by no filter, or for emphasis: `h u m a n`, `转 人 工`. */
function joined(text: string): string {
  return text
    .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replaceAll(/(?<![\p{L}\p{N}])\p{Script=Latin}(?:[ .*_-]\p{Script=Latin}){3,}(?![\p{L}\p{N}])/gu, (spelled) =>
      spelled.replaceAll(/[ .*_-]/gu, ''),
    );
}

/** What looks like it in one language may be an exception in another: `scam` is a German word, too. */
function says(text: string, what: 'asks' | 'risks', except: 'notAsks' | 'notRisks'): boolean {
  // most messages say nothing of the kind
  const found = matchers().filter((each) => text.search(each[what]) !== -1);
  if (found.length === 0) return false;
  const rest = matchers().reduce((left, each) => left.replaceAll(each[except], ' · '), text);
  return found.some((each) => rest.search(each[what]) !== -1);
}

/** A short message without marks and courtesy; empty for a long one. */
function bareOf(text: string): string {
  if (text.length > 60) return '';
  const words = text
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .split(' ');
  let from = 0;
  let to = words.length;
  while (from < to - 1 && COURTESY.test(words[from] ?? '')) from += 1;
  while (to > from + 1 && (COURTESY.test(words[to - 1] ?? '') || COURTESY.test(words.slice(-2).join(' ')))) to -= 1;
  return words.slice(from, to).join(' ');
}
