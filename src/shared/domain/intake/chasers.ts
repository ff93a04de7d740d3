import type { Instant } from '../time.ts';
import { DAY_MS } from '../time.ts';
import { BESIDE_PHRASES, CHASER_PHRASES } from './chaser-words.ts';
import { coveredBy, foldPhrase, mayHoldFact } from './covered-words.ts';

/** A message of the customer, as little as this rule needs of it. */
export interface AskedMessage {
  readonly at: Instant;
  /** What they wrote, without what they quote. */
  readonly text: string;
  /** A file is new, whatever the words beside it say. */
  readonly hasFiles: boolean;
}

/** The same words once more within this time are one question; later they may be about something new. */
const SAME_WITHIN_MS = DAY_MS;

const isAsking = coveredBy({ core: CHASER_PHRASES, beside: BESIDE_PHRASES });

/** Whether somebody only asks whether they are heard: known words alone, or question and exclamation marks alone. No number, link or address. */
export function isChaserText(text: string): boolean {
  return /^[\s?？!！.。…؟]*[?？؟][\s?？!！.。…؟]*$/u.test(text) || isAsking(text);
}

/**
 * Which of the customer's messages since our last answer, by their places in the list, only ask again: without new facts, or in the same words
 * within a day. The first one is never among them, as it is what we owe an answer to.
 * @param messages in the order of time
 */
export function chasersAmong(messages: readonly AskedMessage[]): readonly number[] {
  const saidAt = new Map<string, Instant>();
  return messages.flatMap((message, index) => {
    const folded = sameness(message.text);
    const before = saidAt.get(folded);
    if (folded !== '') saidAt.set(folded, message.at);
    if (index === 0 || message.hasFiles) return [];
    const isSame = before !== undefined && message.at - before <= SAME_WITHIN_MS;
    return isSame || isChaserText(message.text) ? [index] : [];
  });
}

/** Equal for texts that differ in nothing but case, accents, spaces and marks. Of what may hold a fact each sign counts. */
function sameness(text: string): string {
  return mayHoldFact(text) ? text.trim().replaceAll(/\s+/gu, ' ') : foldPhrase(text);
}
