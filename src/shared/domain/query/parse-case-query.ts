import { isId } from '../ids.ts';
import { foldText } from '../search-fold.ts';
import { BOT, CHOICES, ME, NOBODY } from './case-query.ts';
import type { CaseQuery, ChoiceField, Condition, Moment, TimeField } from './case-query.ts';
import { parseDays, parseDuration } from './moment.ts';
import { NO_OWN_NAMES, ownValueOf } from './own-names.ts';
import type { OwnNames } from './own-names.ts';
import { NO, YES, operatorOf, valuesOf } from './query-words.ts';
import type { Operator } from './query-words.ts';

/** Somebody a query may name. */
export interface NamedAgent {
  readonly agentId: string;
  readonly name: string;
}

/**
 * `empty`: the value is not written yet. `unknown-value`: it is none of the field's. `unknown-person`: no agent of that name.
 * `not-a-time`: neither a duration nor a day. `too-many`: more conditions, or values of one, than a query has. `too-long`: a value, or what
 * there is to look for, is longer than can be asked.
 */
export type ProblemCode = 'empty' | 'unknown-value' | 'unknown-person' | 'not-a-time' | 'too-many' | 'too-long';

/** A part of what was typed that says nothing, or not yet; [start, end) in UTF-16 units. */
export interface QueryProblem {
  readonly code: ProblemCode;
  /** The operator's name as it was typed; empty for words. */
  readonly name: string;
  /** What was left out, or how it begins. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface ParsedQuery extends CaseQuery {
  /** In the order of the text; a query with problems other than `empty` should be shown and not be run. */
  readonly problems: readonly QueryProblem[];
}

/** More is no question of a person any more. */
export const MAX_CONDITIONS = 24;
const MAX_VALUES = 24;
/** Of one condition; a word may mean several values, such as everybody whose name begins so. */
const MAX_MEANT = 50;
/** UTF-16 units of one value, and of all words together. */
export const MAX_VALUE = 200;
export const MAX_WORDS = 500;
/** How much is told of what was left out. */
const TOLD_LENGTH = 60;

// A quoted text, an operator with its values and any commas about them, or any other word. Quotes of all kinds close each other, as in the search.
const VALUE = String.raw`(?:["“”„](?:[^"“”„\\]|\\.)*(?:["“”„]|$)|[^\s,，"“”„]+)`;
const PIECE = new RegExp(
  String.raw`(-?)([\p{L}]{1,12})(<=|>=|[:：<>])([,，]*(?:${VALUE}(?:[,，]+${VALUE})*[,，]*)?)|["“”„][^"“”„]*(?:["“”„]|$)|\S+`,
  'gu',
);
const VALUES = new RegExp(VALUE, 'gu');
const QUOTES = /^["“”„]|["“”„]$/gu;

interface Piece {
  readonly name: string;
  readonly sign: string;
  readonly not: boolean;
  readonly values: readonly string[];
  readonly start: number;
  readonly end: number;
}

type Read = { readonly conditions: readonly Condition[] } | { readonly code: ProblemCode; readonly value: string };

/**
 * Reads what a person typed: `from:ana status:open,pending due<2h -label:spam refund`. Words that are no operator are the text to look for,
 * and so is everything in quotes. Never throws; what it can not read it names in `problems`.
 *
 * @param people agents that `assignee:` may name, by the beginning of a word of their name or by their id
 * @param own what the team calls kinds and facts, for `kind:` and `missing:`
 */
export function parseCaseQuery(typed: string, people: readonly NamedAgent[], own: OwnNames = NO_OWN_NAMES): ParsedQuery {
  const conditions: Condition[] = [];
  const problems: QueryProblem[] = [];
  const words: string[] = [];
  for (const match of typed.matchAll(PIECE)) {
    const operator = match[2] === undefined ? null : operatorOf(match[2]);
    if (operator === null) {
      words.push(match[0]);
      continue;
    }
    const piece = toPiece(match);
    const read = piece.values.length === 0 ? { code: 'empty' as const, value: '' } : readPiece(operator, piece, people, own);
    const outcome: Read =
      'conditions' in read && conditions.length + read.conditions.length > MAX_CONDITIONS
        ? { code: 'too-many', value: piece.values.join(',') }
        : read;
    if ('conditions' in outcome) conditions.push(...outcome.conditions);
    else tellProblem(problems, { code: outcome.code, name: piece.name, value: outcome.value, start: piece.start, end: piece.end });
  }
  const text = words.join(' ');
  const kept = beginningOf(text, MAX_WORDS).trimEnd();
  if (kept.length < text.length)
    tellProblem(problems, {
      code: 'too-long',
      name: '',
      value: text.slice(kept.length).trimStart(),
      start: typed.length,
      end: typed.length,
    });
  return { conditions, text: kept, problems };
}

/** Adds a problem; of all that is too many only one is told. */
function tellProblem(problems: QueryProblem[], problem: QueryProblem): void {
  const before = problem.code === 'too-many' ? problems.findIndex(({ code }) => code === 'too-many') : -1;
  const last = problems[before];
  const whole = last === undefined ? problem : { ...last, value: `${last.value}, ${problem.value}`, end: problem.end };
  const isLong = whole.value.length > TOLD_LENGTH;
  // what is told shortly already stays as it is
  const value = last?.value.endsWith('…') === true ? last.value : isLong ? `${beginningOf(whole.value, TOLD_LENGTH)}…` : whole.value;
  problems.splice(before === -1 ? problems.length : before, before === -1 ? 0 : 1, { ...whole, value });
}

/** At most so many UTF-16 units, and no half of a character at the end. */
function beginningOf(text: string, most: number): string {
  const isSplit = text.length > most && /[\uD800-\uDBFF]/u.test(text.charAt(most - 1));
  return text.slice(0, isSplit ? most - 1 : most);
}

function toPiece(match: RegExpExecArray): Piece {
  const [whole, minus = '', name = '', sign = '', values = ''] = match;
  return {
    name,
    sign: sign === '：' ? ':' : sign.charAt(0),
    not: minus === '-',
    values: [...values.matchAll(VALUES)].map(([value]) => unquoted(value)).filter((value) => value !== ''),
    start: match.index,
    end: match.index + whole.length,
  };
}

function unquoted(value: string): string {
  return /^["“”„]/u.test(value) ? value.replaceAll(QUOTES, '').replaceAll(/\\(.)/gu, '$1') : value;
}

function readPiece(operator: Operator, piece: Piece, people: readonly NamedAgent[], own: OwnNames): Read {
  const values = piece.values;
  if (values.length > MAX_VALUES) return { code: 'too-many', value: values.join(', ') };
  const long = values.find((value) => value.length > MAX_VALUE);
  if (long !== undefined) return { code: 'too-long', value: long };
  if (operator.kind === 'time') return readTime(operator.field, operator.isAge, piece);
  if (piece.sign !== ':') return { code: 'unknown-value', value: `${piece.sign}${values.join(',')}` };
  switch (operator.kind) {
    case 'text':
      return { conditions: [{ field: operator.field, not: piece.not, values }] };
    case 'choice':
      return readChoice(operator.field, values, piece.not, people, own);
    case 'vip':
      return readVip(values[0] ?? '', piece.not);
    case 'on':
      return readOn(operator.field, piece);
    case 'side':
      return readSide(operator.field, operator.side, piece);
  }
}

function readChoice(field: ChoiceField, typed: readonly string[], not: boolean, people: readonly NamedAgent[], own: OwnNames): Read {
  const choices = CHOICES[field];
  const values: string[] = [];
  for (const value of typed) {
    for (const meant of valuesOf(field, value)) {
      const found = field === 'assignee' ? assignees(meant, people) : [meant];
      if (found.length === 0) return { code: 'unknown-person', value };
      if (choices === null || choices.includes(meant)) {
        values.push(...found);
        continue;
      }
      const ownValue = field === 'kind' || field === 'missing' ? ownValueOf(field, value, own) : null;
      if (ownValue === null) return { code: 'unknown-value', value };
      values.push(ownValue);
    }
  }
  const meant = [...new Set(values)];
  if (meant.length > MAX_MEANT) return { code: 'too-many', value: typed.join(', ') };
  return { conditions: [{ field, not, values: meant }] };
}

function assignees(value: string, people: readonly NamedAgent[]): readonly string[] {
  const plain = value.toLowerCase();
  if (plain === ME || plain === NOBODY || plain === BOT) return [plain];
  const exact = people.find((agent) => agent.agentId === value);
  if (exact !== undefined) return [exact.agentId];
  // somebody who is not here any more: a view that names them must not show everybody's cases instead
  if (isId('agt', value)) return [value];
  const folded = foldText(value);
  const named = people.filter((agent) => foldText(agent.name) === folded);
  const begun = named.length > 0 ? named : people.filter((agent) => beginsWord(foldText(agent.name), folded));
  return begun.map((agent) => agent.agentId);
}

function beginsWord(name: string, beginning: string): boolean {
  return name.startsWith(beginning) || name.includes(` ${beginning}`) || name.includes(`-${beginning}`);
}

function readVip(value: string, not: boolean): Read {
  const plain = value.toLowerCase();
  if (YES.has(plain)) return { conditions: [{ field: 'tier', not, values: ['vip', 'vip-plus'] }] };
  if (NO.has(plain)) return { conditions: [{ field: 'tier', not, values: ['standard'] }] };
  return { code: 'unknown-value', value };
}

/** `due<2h`, `waiting>4h`, `due:today`. A duration without a sign means what people mean by it: at most for a due time, at least for an age. */
function readTime(field: TimeField, isAge: boolean, piece: Piece): Read {
  const value = piece.values[0] ?? '';
  const duration = parseDuration(value);
  const isLess = piece.sign === '<' || (piece.sign === ':' && !isAge);
  if (duration !== null && (isAge || field !== 'opened')) {
    return isAge
      ? timed(field, piece.not, isLess ? 'from' : 'before', { kind: 'offset', ms: duration === 0 ? 0 : -duration })
      : timed(field, piece.not, isLess ? 'before' : 'from', { kind: 'offset', ms: duration });
  }
  if (piece.sign === ':') return readOn(field, piece);
  const days = parseDays(value);
  if (days === null) return { code: 'not-a-time', value };
  // `age>2026-11-01`: older than that day
  const isBefore = isAge ? piece.sign === '>' : piece.sign === '<';
  return timed(field, piece.not, isBefore ? 'before' : 'from', days.from);
}

function readOn(field: TimeField, piece: Piece): Read {
  const value = piece.values[0] ?? '';
  const days = parseDays(value);
  // `-on:today` would be two sides of which one is enough; nobody needs it
  if (days === null || piece.not) return { code: 'not-a-time', value };
  return {
    conditions: [
      { field, not: false, side: 'from', moment: days.from },
      { field, not: false, side: 'before', moment: days.before },
    ],
  };
}

/** `before:2026-11-01`, `after:7d` (seven days ago). */
function readSide(field: TimeField, side: 'before' | 'from', piece: Piece): Read {
  const value = piece.values[0] ?? '';
  const duration = parseDuration(value);
  if (duration !== null && duration >= 0) return timed(field, piece.not, side, { kind: 'offset', ms: duration === 0 ? 0 : -duration });
  const days = parseDays(value);
  return days === null ? { code: 'not-a-time', value } : timed(field, piece.not, side, days.from);
}

function timed(field: TimeField, not: boolean, side: 'before' | 'from', moment: Moment): Read {
  return { conditions: [{ field, not, side, moment }] };
}

/** What stands at the caret, for suggestions: an operator's name that is begun, or a value of one. */
export interface QueryPart {
  /** Null while it may become an operator, or is a word of the text. */
  readonly operator: Operator | null;
  /** What is typed of the name or of the value so far. */
  readonly begun: string;
  /** What a suggestion takes the place of; [start, end) in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** The part of a query that the caret is in or right behind; null between parts. */
export function queryPartAt(typed: string, caret: number): QueryPart | null {
  for (const match of typed.matchAll(PIECE)) {
    const end = match.index + match[0].length;
    if (caret < match.index || caret > end || caret === match.index) continue;
    const operator = match[2] === undefined ? null : operatorOf(match[2]);
    if (operator === null) {
      const start = match.index + (match[0].startsWith('-') ? 1 : 0);
      return { operator: null, begun: typed.slice(start, caret), start, end };
    }
    const signEnd = match.index + (match[1] ?? '').length + (match[2] ?? '').length + (match[3] ?? '').length;
    if (caret < signEnd) return null;
    const before = typed.slice(signEnd, caret);
    const start = signEnd + Math.max(before.lastIndexOf(','), before.lastIndexOf('，')) + 1;
    const comma = /[,，]/u.exec(typed.slice(caret, end));
    return { operator, begun: unquoted(typed.slice(start, caret)), start, end: comma === null ? end : caret + comma.index };
  }
  return null;
}
