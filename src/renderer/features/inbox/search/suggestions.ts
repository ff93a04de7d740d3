import { CASE_STATES, CASE_THINGS, CHOICES } from '../../../../shared/domain/query/case-query.ts';
import type { ChoiceField } from '../../../../shared/domain/query/case-query.ts';
import { quoted } from '../../../../shared/domain/query/format-case-query.ts';
import { OPERATORS } from '../../../../shared/domain/query/query-words.ts';
import type { Operator } from '../../../../shared/domain/query/query-words.ts';
import { queryPartAt } from '../../../../shared/domain/query/parse-case-query.ts';
import { foldText } from '../../../../shared/domain/search-fold.ts';

/** What may be meant by what is typed. */
export interface Suggestion {
  /** What would stand in the box, and where the caret would be. */
  readonly typed: string;
  readonly caret: number;
  /** The operator or the value as it is written. */
  readonly word: string;
  /** What it says. */
  readonly meaning: string;
}

/** A value of an operator, with what it is called. */
export interface NamedValue {
  readonly value: string;
  readonly meaning: string;
}

/** The words of the page's language and of the team. */
export interface SuggestionWords {
  /** What an operator asks for, by its name. */
  readonly operator: (name: string) => string;
  readonly value: (field: ChoiceField, value: string) => string;
  readonly people: readonly NamedValue[];
  /** The kinds of cases and the facts that the team has made. */
  readonly kinds: readonly NamedValue[];
  readonly facts: readonly NamedValue[];
  readonly labels: readonly NamedValue[];
  readonly languages: readonly NamedValue[];
  readonly times: readonly NamedValue[];
  readonly days: readonly NamedValue[];
  readonly yesNo: readonly NamedValue[];
}

const MOST = 8;

/** What can follow at the caret: operators that begin as what is typed, or values of the operator that is written; empty where only a text can. */
export function suggestionsAt(typed: string, caret: number, words: SuggestionWords): readonly Suggestion[] {
  const part = queryPartAt(typed, caret);
  if (part === null || part.begun.startsWith('"')) return [];
  const begun = foldText(part.begun);
  const place = (insert: string, word: string, meaning: string): Suggestion => ({
    typed: typed.slice(0, part.start) + insert + typed.slice(part.end),
    caret: part.start + insert.length,
    word,
    meaning,
  });
  if (part.operator === null) {
    // One letter begins too many of them, and is a word of its own in some scripts.
    if (begun.length < 2) return [];
    return [...OPERATORS]
      .map(([name, operator]) => ({ name, operator, meaning: words.operator(name) }))
      .filter(({ name, meaning }) => name.startsWith(begun) || foldText(meaning).startsWith(begun))
      .slice(0, MOST)
      .map(({ name, operator, meaning }) => place(`${name}${signOf(operator)}`, `${name}${signOf(operator)}`, meaning));
  }
  const values = valuesOf(part.operator, words).filter(
    ({ value, meaning }) => foldText(value) !== begun && (foldText(value).startsWith(begun) || beginsWord(foldText(meaning), begun)),
  );
  return values.slice(0, MOST).map(({ value, meaning }) => place(written(value), value, meaning));
}

/** Ages and due times are compared; everything else is one of a list or a text. */
function signOf(operator: Operator): string {
  if (operator.kind !== 'time') return ':';
  return operator.isAge ? '>' : '<';
}

function beginsWord(meaning: string, begun: string): boolean {
  return meaning.startsWith(begun) || meaning.includes(` ${begun}`);
}

function written(value: string): string {
  return `${quoted(value)} `;
}

function valuesOf(operator: Operator, words: SuggestionWords): readonly NamedValue[] {
  switch (operator.kind) {
    case 'text':
      return [];
    case 'vip':
      return words.yesNo;
    case 'time':
      return operator.field === 'opened' && !operator.isAge ? words.days : words.times;
    case 'side':
    case 'on':
      return words.days;
    case 'choice':
      return choicesOf(operator.field, words);
  }
}

function choicesOf(field: ChoiceField, words: SuggestionWords): readonly NamedValue[] {
  if (field === 'assignee') return words.people;
  if (field === 'label') return words.labels;
  if (field === 'language') return words.languages;
  const values = field === 'is' ? CASE_STATES : field === 'has' ? CASE_THINGS : (CHOICES[field] ?? []);
  const all = field === 'status' ? ['unsolved', ...values] : values;
  const named = all.map((value) => ({ value, meaning: words.value(field, value) }));
  // there is room for a few, and what a team has made it asks for
  if (field === 'kind') return [...words.kinds, ...named];
  if (field === 'missing') return [...named.slice(0, 1), ...words.facts, ...named.slice(1)];
  return named;
}
