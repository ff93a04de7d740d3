import { isFactField } from '../intake/fact-fields.ts';
import type { IntakeRules } from '../intake/checklist.ts';
import { foldText } from '../search-fold.ts';
import { CHOICES } from './case-query.ts';

/** Something that a query may name, and that a team has made or named itself. */
export interface OwnName {
  /** As conditions have it. */
  readonly id: string;
  readonly name: string;
  /** No case gets it any more; a question that names it still means it. */
  readonly isGone: boolean;
}

/** What a team calls kinds of cases and the facts that it asks for. */
export interface OwnNames {
  readonly kind: readonly OwnName[];
  readonly missing: readonly OwnName[];
}

export const NO_OWN_NAMES: OwnNames = { kind: [], missing: [] };

/** What the team's checklists add to the kinds and facts that there are, and what they call those otherwise. */
export function ownNamesOf({ kinds }: IntakeRules): OwnNames {
  const facts = new Map<string, OwnName>();
  for (const { items, isActive } of kinds)
    for (const { field, name } of items) {
      const known = facts.get(field.toLowerCase());
      if (isFactField(field) || name === undefined || name.trim() === '' || known?.isGone === false) continue;
      facts.set(field.toLowerCase(), { id: field.toLowerCase(), name: name.trim(), isGone: !isActive });
    }
  return {
    kind: kinds.flatMap(({ id, name, isActive }) =>
      name === null || name.trim() === '' ? [] : [{ id, name: name.trim(), isGone: !isActive }],
    ),
    missing: [...facts.values()],
  };
}

/** What a team makes itself gets such an id; one that is not there any more stays what it is. */
const OWN_ID = /^own-[a-z0-9-]{1,56}$/u;

/** The value that is meant by a word of a team's own; null when it is none. */
export function ownValueOf(field: 'kind' | 'missing', typed: string, own: OwnNames): string | null {
  const plain = typed.toLowerCase();
  const names = own[field];
  const folded = foldText(typed);
  const found =
    names.find(({ id }) => id === plain) ??
    names.find(({ name }) => name === typed) ??
    names.find(({ name, isGone }) => !isGone && foldText(name) === folded) ??
    names.find(({ name }) => foldText(name) === folded);
  return found?.id ?? (OWN_ID.test(plain) ? plain : null);
}

/** How a value is written so that `ownValueOf` reads it: by the name that the team gave it, where that means nothing else. */
export function ownWordOf(field: 'kind' | 'missing', value: string, own: OwnNames): string {
  const known = own[field].find(({ id }) => id === value);
  if (known === undefined || CHOICES[field]?.includes(value) === true) return value;
  const isOther = CHOICES[field]?.includes(known.name.toLowerCase()) === true || ownValueOf(field, known.name, own) !== value;
  return isOther ? value : known.name;
}

/** What the team has made itself and still uses: the choices beside those that everybody has. */
export function ownChoices(field: 'kind' | 'missing', own: OwnNames): readonly OwnName[] {
  return own[field].filter(({ id, isGone }) => !isGone && CHOICES[field]?.includes(id) !== true);
}
