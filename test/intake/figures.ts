import { DEFAULT_RULES } from '../../src/shared/domain/intake/checklist.ts';
import { FACT_FIELDS } from '../../src/shared/domain/intake/fact-fields.ts';
import type { FactField } from '../../src/shared/domain/intake/fact-fields.ts';
import { guessKind } from '../../src/shared/domain/intake/guess-kind.ts';
import { ownWords } from '../../src/shared/domain/intake/recognise/own-words.ts';
import { recognise } from '../../src/shared/domain/intake/recognise/recognise.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { generated } from './generated.ts';
import type { Sample } from './messages.ts';

/** Wednesday 2026-11-25, 10:00 by the customer's clock. */
const SENT = { at: instant(Date.UTC(2026, 10, 25, 1)), offsetMinutes: 540 };

export interface Counts {
  /** Stated, and read as stated. */
  readonly right: number;
  /** Read, but not stated, or stated otherwise. */
  readonly wrong: number;
  /** Stated and not read. */
  readonly missed: number;
}

export interface IntakeFigures {
  readonly fields: Readonly<Record<FactField, Counts>>;
  readonly kinds: { readonly right: number; readonly of: number };
  readonly problems: readonly string[];
}

/** What the recognisers make of messages. */
export function figuresOf(samples: readonly Sample[]): IntakeFigures {
  const problems: string[] = [];
  const counts = new Map<FactField, { right: number; wrong: number; missed: number }>(
    FACT_FIELDS.map((field) => [field, { right: 0, wrong: 0, missed: 0 }]),
  );
  let kinds = 0;
  for (const { kind, text, facts } of samples) {
    const own = ownWords(text);
    const guessed = guessKind({ subject: '', texts: [own], labels: [] }, DEFAULT_RULES).kind?.id;
    if (guessed === kind) kinds += 1;
    else problems.push(`kind ${String(guessed)} instead of ${kind}: ${text}`);
    const found = recognise({ text: own, ...SENT });
    for (const field of FACT_FIELDS) {
      const count = counts.get(field);
      const value = found.find((each) => each.field === field)?.value;
      const wanted = facts[field];
      if (count === undefined || (value === undefined && wanted === undefined)) continue;
      if (value !== undefined && wanted !== undefined && value.toLowerCase().includes(wanted.toLowerCase())) count.right += 1;
      else if (value === undefined) {
        count.missed += 1;
        problems.push(`${field} missed (${wanted ?? ''}): ${text}`);
      } else {
        count.wrong += 1;
        problems.push(`${field} read as “${value}” instead of ${wanted === undefined ? 'nothing' : `“${wanted}”`}: ${text}`);
      }
    }
  }
  // every field is in the map
  const fields = Object.fromEntries(counts) as Record<FactField, Counts>;
  return { fields, kinds: { right: kinds, of: samples.length }, problems };
}

/** Messages put together from parts by a seed, in six languages. */
export function generatedFigures(count: number, seed: number): IntakeFigures {
  return figuresOf(generated(count, seed));
}
