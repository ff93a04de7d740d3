import type { FactField } from '../fact-fields.ts';
import { LONGEST_FACT } from '../fact-fields.ts';

/** A fact that was read in a text. */
export interface FoundFact {
  readonly field: FactField;
  /** As the customer wrote it, or as everybody writes it (`TRC20`). */
  readonly value: string;
  /** What it means where that is not what it says: `2026-11-24 14:30` for "yesterday at half past two", by the customer's clock. */
  readonly meaning?: string | undefined;
}

/** One line, at most as long as facts are. */
export function tidy(value: string): string {
  const plain = value.replaceAll(/\s+/gu, ' ').trim();
  const letters = [...plain];
  return letters.length <= LONGEST_FACT ? plain : `${letters.slice(0, LONGEST_FACT - 1).join('')}…`;
}

/** A fact, or nothing where nothing is left of the value. */
export function fact(field: FactField, value: string, meaning?: string): readonly FoundFact[] {
  const plain = tidy(value);
  return plain === '' ? [] : [{ field, value: plain, ...(meaning === undefined || meaning === plain ? {} : { meaning }) }];
}
