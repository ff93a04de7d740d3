import { CHARACTER, foldText, foldWithMap, kindAt, kindBefore, widthAt } from './search-fold.ts';

/** Longer words are indexed by their beginning: hashes fit, encoded files do not. */
const MAX_TERM = 64;
/**
 * Ends the term that stands for all words that begin with two letters. So many words do that merging them takes a full-text index
 * tens of milliseconds, where one term takes one; a third letter leaves few enough. It is neither letter, digit nor mark.
 */
const BEGINNING_MARK = '·';
const BEGINNING_LENGTH = 2;
const MAX_CLAUSES = 16;
const MAX_QUERY_TERMS = 40;
/** Digits inside a word that are worth finding alone, as in INV20391. */
const MIN_DIGITS = 3;
/** Single characters that tie words to one thing: addresses, order ids, hosts, dates, contractions. */
const CONNECTORS = "-_./@+:'’&#‐–";
/** Characters that may stand between two words of one thing (`A-1029`, `A 1029`), and between the words of a quoted phrase. */
const THING_GAP = 3;
const PHRASE_GAP = 10;
const DIGITS_ONLY = /^\p{N}+$/u;
const DIGIT_RUN = /\p{N}+/gu;
const LETTER_START = /^[^\p{N}]/u;
const LETTER_END = /[^\p{N}]$/u;
const SAME_CLASS = /\p{N}+|[^\p{N}]+/gu;

/** A maximal stretch of one sort: a word, or a run of a script that is written without spaces. */
export interface Token {
  readonly text: string;
  readonly isRun: boolean;
  readonly start: number;
  readonly end: number;
}

/** The words and runs of a folded text, in order. */
export function tokensOf(folded: string): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  while (index < folded.length) {
    const kind = kindAt(folded, index);
    if (kind === CHARACTER.other) {
      index += widthAt(folded, index);
      continue;
    }
    const isRun = kind === CHARACTER.run;
    const start = index;
    let next: number = kind;
    while (index < folded.length && next !== CHARACTER.other && (next === CHARACTER.run) === isRun) {
      index += widthAt(folded, index);
      next = kindAt(folded, index);
    }
    tokens.push({ text: folded.slice(start, index), isRun, start, end: index });
  }
  return tokens;
}

/** The overlapping pairs of a run; a run of one character is itself. */
export function bigrams(run: string): string[] {
  const characters = [...run];
  return characters.length < 2 ? characters : characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

/**
 * What a full-text index must store so that `parseQuery` finds the text: terms without spaces, separated by spaces, each once.
 * Scripts without spaces give single characters and overlapping pairs; other scripts words; things such as addresses and
 * order ids their parts and the whole without its connectors. Every term consists of letters, digits and marks only, but for a mark
 * at the end of those that stand for the first two letters of a word.
 */
export function indexTerms(text: string): string {
  const folded = foldText(text);
  const terms = new Set<string>();
  let chain: Token[] = [];
  for (const token of tokensOf(folded)) {
    if (token.isRun) {
      for (const character of token.text) terms.add(character);
      for (const pair of bigrams(token.text)) terms.add(pair);
      continue;
    }
    addWord(terms, token.text);
    const last = chain.at(-1);
    if (last !== undefined && isTied(folded, last, token)) chain.push(token);
    else {
      addChain(terms, folded, chain);
      chain = [token];
    }
  }
  addChain(terms, folded, chain);
  return [...terms].join(' ');
}

function isTied(folded: string, left: Token, right: Token): boolean {
  return !left.isRun && !right.isRun && right.start - left.end === 1 && CONNECTORS.includes(folded.charAt(left.end));
}

function addWord(terms: Set<string>, word: string): void {
  addTerm(terms, word);
  for (const [digits] of word.matchAll(DIGIT_RUN)) if (digits.length >= MIN_DIGITS) addTerm(terms, digits);
}

/** A word by its beginning, and by its first two letters. */
function addTerm(terms: Set<string>, word: string): void {
  terms.add(word.slice(0, MAX_TERM));
  const beginning = beginningOf(word);
  if (beginning !== null) terms.add(beginning);
}

/** The characters of the beginning of a word; each is one or two of its `units`. */
function charactersOf(word: string, units: number): readonly string[] {
  return Array.from(word.slice(0, units));
}

/** The term for all words that begin like this one, or null for a single character. */
function beginningOf(word: string): string | null {
  const characters = charactersOf(word, 2 * BEGINNING_LENGTH);
  return characters.length < BEGINNING_LENGTH ? null : `${characters.slice(0, BEGINNING_LENGTH).join('')}${BEGINNING_MARK}`;
}

/** The whole of a thing, and each side of its at sign. */
function addChain(terms: Set<string>, folded: string, chain: readonly Token[]): void {
  if (chain.length < 2) return;
  let side = '';
  let whole = '';
  for (const [index, token] of chain.entries()) {
    const before = chain[index - 1];
    if (before !== undefined) {
      // `A1029` must be found inside `ref:A-1029` too.
      if (LETTER_END.test(before.text) !== LETTER_START.test(token.text)) addTerm(terms, before.text + token.text);
      if (folded.charAt(token.start - 1) === '@') {
        addTerm(terms, side);
        side = '';
      }
    }
    if (side.length < MAX_TERM) side += token.text;
    if (whole.length < MAX_TERM) whole += token.text;
  }
  addTerm(terms, side);
  addTerm(terms, whole);
}

/** A term of the index, or the beginning of one. */
export interface Term {
  readonly text: string;
  readonly prefix: boolean;
}

/** A word in its letter and digit parts, or a run; `prefix` when the text may go on. */
interface Unit {
  readonly isRun: boolean;
  readonly parts: readonly string[];
  readonly prefix: boolean;
}

/** One thing that must occur: a word, a run, several of them next to each other, or a quoted phrase. */
export interface Clause {
  readonly units: readonly Unit[];
  /** Whether the person quoted it: its words are then separate words. */
  readonly phrase: boolean;
  /** Every text in which the clause occurs has all of these terms, or `whole`. */
  readonly terms: readonly Term[];
  readonly whole: Term | null;
}

/** What a person asked for: every clause must occur. */
export interface Query {
  readonly clauses: readonly Clause[];
}

const PIECES = /["“”„]([^"“”„]*)(["“”„]|$)|[^\s"“”„]+/gu;

/** Reads what was typed into a search box. The last word counts as the beginning of one; text without any letter or digit asks for nothing. */
export function parseQuery(text: string): Query {
  const folded = foldText(text);
  const pieces = [...folded.matchAll(PIECES)].map((match) => ({
    text: match[1] ?? match[0],
    quoted: match[1] !== undefined,
    closed: match[2] !== undefined && match[2] !== '',
  }));
  const clauses: Clause[] = [];
  for (const [index, piece] of pieces.entries()) {
    const clause = toClause(piece.text, piece.quoted, index === pieces.length - 1 && !piece.closed);
    if (clause !== null && clauses.length < MAX_CLAUSES) clauses.push(clause);
  }
  return { clauses };
}

function toClause(text: string, quoted: boolean, isOpen: boolean): Clause | null {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return null;
  // One letter begins too many words to be worth looking for.
  const isPrefix = (index: number, of: string): boolean => isOpen && index === tokens.length - 1 && of.length > 1;
  const units = tokens.map((token, index) => ({
    isRun: token.isRun,
    parts: token.isRun ? [token.text] : [...token.text.matchAll(SAME_CLASS)].map(([part]) => part),
    prefix: !token.isRun && isPrefix(index, token.text),
  }));
  const terms = tokens.flatMap((token, index) =>
    token.isRun ? bigrams(token.text).map((pair) => ({ text: pair, prefix: false })) : [termOf(token.text, isPrefix(index, token.text))],
  );
  const tied = tokens.length > 1 && tokens.every((token, index) => index === 0 || isTiedTo(text, tokens[index - 1], token));
  const joined = tokens.map((token) => token.text).join('');
  return {
    units,
    phrase: quoted && !tied,
    terms: distinct(terms).slice(0, MAX_QUERY_TERMS),
    whole: tied ? termOf(joined, isOpen || joined.length > MAX_TERM) : null,
  };
}

/** How the index is asked for a word, or for all words that begin with it. */
function termOf(word: string, isBeginning: boolean): Term {
  const text = word.slice(0, MAX_TERM);
  const isShort = isBeginning && charactersOf(text, 2 * BEGINNING_LENGTH + 1).length === BEGINNING_LENGTH;
  return { text: isShort ? (beginningOf(text) ?? text) : text, prefix: isBeginning && !isShort };
}

function isTiedTo(text: string, left: Token | undefined, right: Token): boolean {
  return left !== undefined && isTied(text, left, right);
}

function distinct(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [`${term.text}${term.prefix ? '*' : ''}`, term])).values()];
}

/**
 * Where a clause really occurs in a folded text, at most `limit` times, as [start, end) of the folded text. The index only
 * says where its terms occur.
 */
export function findClause(folded: string, clause: Clause, limit: number): [number, number][] {
  const found: [number, number][] = [];
  const needle = clause.units[0]?.parts[0] ?? '';
  if (needle === '') return found;
  let at = folded.indexOf(needle);
  while (at >= 0 && found.length < limit) {
    const end = endOfClause(folded, clause, at);
    if (end > at) found.push([at, end]);
    at = folded.indexOf(needle, end > at ? end : at + 1);
  }
  return found;
}

/** The end of the clause that starts at `at`, or -1. */
function endOfClause(folded: string, clause: Clause, at: number): number {
  const [first] = clause.units;
  if (first === undefined || !startsWord(folded, first, at)) return -1;
  let position = at;
  for (const [index, unit] of clause.units.entries()) {
    const before = clause.units[index - 1];
    if (before !== undefined) {
      const next = skipOther(folded, position, clause.phrase ? PHRASE_GAP : THING_GAP);
      if (clause.phrase && next === position && !before.isRun && !unit.isRun) return -1;
      position = next;
    }
    position = endOfUnit(folded, unit, position);
    if (position < 0) return -1;
  }
  const last = clause.units.at(-1);
  return last !== undefined && endsWord(folded, last, position) ? position : -1;
}

/** Letters and digits of one word may be tied by a connector in the text: `A1029` finds `A-1029`. */
function endOfUnit(folded: string, unit: Unit, at: number): number {
  let position = at;
  for (const [index, part] of unit.parts.entries()) {
    if (index > 0 && CONNECTORS.includes(folded.charAt(position))) position += 1;
    if (!folded.startsWith(part, position)) return -1;
    position += part.length;
  }
  return position;
}

function skipOther(folded: string, from: number, most: number): number {
  let index = from;
  while (index - from < most && index < folded.length && kindAt(folded, index) === CHARACTER.other) index += widthAt(folded, index);
  return index;
}

function isDigitsOnly(unit: Unit): boolean {
  return unit.parts.length === 1 && DIGITS_ONLY.test(unit.parts[0] ?? '');
}

function isBoundary(unit: Unit, neighbour: number): boolean {
  if (neighbour === CHARACTER.digit) return false;
  return neighbour !== CHARACTER.letter || isDigitsOnly(unit);
}

function startsWord(folded: string, unit: Unit, at: number): boolean {
  return unit.isRun || isBoundary(unit, kindBefore(folded, at));
}

function endsWord(folded: string, unit: Unit, at: number): boolean {
  return unit.isRun || unit.prefix || isBoundary(unit, kindAt(folded, at));
}

/** What a query matches in a text as it is shown: [start, end) in UTF-16 units, ascending, not overlapping. */
export function matchPositions(text: string, query: Query): [number, number][] {
  const mapped = foldWithMap(text);
  const found = query.clauses
    .flatMap((clause) => findClause(mapped.folded, clause, 50))
    .map(([start, end]) => mapped.original(start, end))
    .sort((left, right) => left[0] - right[0] || left[1] - right[1]);
  const merged: [number, number][] = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
