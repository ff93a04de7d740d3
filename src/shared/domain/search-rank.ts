import { CHARACTER, foldText, kindAt } from './search-fold.ts';
import { findClause, parseQuery } from './search-text.ts';
import type { Clause, Query } from './search-text.ts';
import { DAY_MS } from './time.ts';
import type { Instant } from './time.ts';

/** In what order cases that were found stand: by how well they match and how old they are, or by age alone. */
export const SEARCH_ORDERS = ['best', 'newest'] as const;
export type SearchOrder = (typeof SEARCH_ORDERS)[number];

/** The parts of a message that are looked at, each folded. */
export const MESSAGE_PARTS = ['subject', 'people', 'files', 'text'] as const;
export type MessagePart = (typeof MESSAGE_PARTS)[number];
export type FoldedMessage = { readonly [Part in MessagePart]: string };

/** What a match in a part is worth, beside one in the text. */
const WEIGHTS: { readonly [Part in MessagePart | 'label']: number } = { subject: 4, people: 3, label: 3, files: 2, text: 1 };
/** A text of this length, in UTF-16 units, is neither favoured nor held back. */
const USUAL_LENGTH = 600;
/** Occurrences counted in one part; more say nothing more. */
const MAX_COUNT = 8;
/** The beginning of a longer word says less than the word. */
const PREFIX_WORTH = 0.7;
/** All words beside each other and in their order, in a subject and elsewhere. */
const SUBJECT_PHRASE_WORTH = 1.8;
const PHRASE_WORTH = 1.5;
/** What a match is worth however old it is, beside one of today: age alone never outweighs where and how well it matches. */
const AGE_FLOOR = 0.4;
const AGE_MS = 30 * DAY_MS;

/** A query made ready for judging many messages. */
export interface Ranking {
  readonly query: Query;
  /** All words beside each other; null where one clause says everything. */
  readonly phrase: Clause | null;
}

/** @param text as it was typed */
export function rankingOf(text: string): Ranking {
  const query = parseQuery(text);
  const isPlain = query.clauses.length > 1 && !query.clauses.some((clause) => clause.phrase);
  // left open, so that the last word may be the beginning of one there, too
  const phrase = isPlain ? (parseQuery(`"${text.replaceAll(/["“”„]/gu, ' ')}`).clauses[0] ?? null) : null;
  return { query, phrase };
}

/** How well a message answers, without its age, and in which parts; null when some clause is nowhere in it. */
export function qualityOf(
  message: FoldedMessage,
  { query, phrase }: Ranking,
): { readonly quality: number; readonly parts: readonly MessagePart[] } | null {
  const matched = new Set<MessagePart>();
  let quality = 0;
  for (const clause of query.clauses) {
    let count = 0;
    let isExact = false;
    for (const part of MESSAGE_PARTS) {
      const folded = message[part];
      const found = folded === '' ? [] : findClause(folded, clause, MAX_COUNT);
      if (found.length === 0) continue;
      matched.add(part);
      isExact ||= found.some(([, end]) => endsThere(folded, end));
      // Being in a subject or a name matters, how often does not.
      count += part === 'text' ? found.length : WEIGHTS[part];
    }
    if (count === 0) return null;
    quality += saturated(count, message.text.length) * (isExact ? 1 : PREFIX_WORTH);
  }
  return { quality: quality * phraseWorth(message, phrase, matched), parts: MESSAGE_PARTS.filter((part) => matched.has(part)) };
}

/** How well a name, an address or a label answers that was found by itself. */
export function qualityOfName(kind: 'people' | 'label'): number {
  return saturated(WEIGHTS[kind], USUAL_LENGTH);
}

/** Whether everything that is asked for is in one line of text, such as a label. */
export function isAllIn(text: string, { query }: Ranking): boolean {
  const folded = foldText(text);
  return query.clauses.length > 0 && query.clauses.every((clause) => findClause(folded, clause, 1).length > 0);
}

/** Quality and age in one number, the larger the better. Of equal quality the newer comes first; age takes at most 60 % away. */
export function blended(quality: number, at: Instant, now: Instant): number {
  return quality * (AGE_FLOOR + (1 - AGE_FLOOR) * Math.exp(-Math.max(0, now - at) / AGE_MS));
}

function endsThere(folded: string, end: number): boolean {
  const next = kindAt(folded, end);
  return next !== CHARACTER.letter && next !== CHARACTER.digit;
}

function phraseWorth(message: FoldedMessage, phrase: Clause | null, matched: ReadonlySet<MessagePart>): number {
  if (phrase === null) return 1;
  const has = (part: MessagePart): boolean => matched.has(part) && findClause(message[part], phrase, 1).length > 0;
  if (has('subject')) return SUBJECT_PHRASE_WORTH;
  return has('text') || has('people') || has('files') ? PHRASE_WORTH : 1;
}

/** The shape of BM25 for one term (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75): more occurrences count less and less, and long texts need more of them. */
function saturated(count: number, length: number): number {
  return (count * 2.2) / (count + 1.2 * (0.25 + 0.75 * Math.min(4, length / USUAL_LENGTH)));
}
