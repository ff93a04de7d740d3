import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { SampleAgent } from './team.ts';
import { TOPIC_FACTS } from './topic-facts.ts';
import { PHRASES } from './texts/all-phrases.ts';
import type { Phrases, SampleLanguage, Topic } from './texts/phrases.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Turns of a conversation. The customer: opens, adds details, asks again, loses patience, thanks, has one more question. We: ask, say that we are on it, answer. */
export type Turn = 'open' | 'detail' | 'chase' | 'angry' | 'thanks' | 'more' | 'ask' | 'wait' | 'answer';
const CUSTOMER_TURNS: ReadonlySet<Turn> = new Set<Turn>(['open', 'detail', 'chase', 'angry', 'thanks', 'more']);

export function isCustomer(turn: Turn | undefined): boolean {
  return turn !== undefined && CUSTOMER_TURNS.has(turn);
}

/** Where a case stands today. */
export const ENDINGS = ['new', 'claimed', 'back', 'answered', 'pending', 'hold', 'snoozed', 'solved'] as const;
export type Ending = (typeof ENDINGS)[number];

/** What is on its way today: offered to the person at this desk (with a promise, or in need), to their hub, taken by them; offered by them, or come back. */
export type Standing = 'promised-to-me' | 'urgent-to-me' | 'to-my-hub' | 'taken-by-me' | 'from-me' | 'declined';

/** What a story is told about. */
export interface Situation {
  readonly person: Person & { readonly language: SampleLanguage };
  readonly topic: Topic;
  readonly ending: Ending;
  /** How long the customer has been waiting (new, claimed, back) or how long ago the last thing was said (the others). */
  readonly ageMs: number;
  readonly now: Instant;
  readonly me: SampleAgent;
  readonly isMine: boolean;
  readonly isVip: boolean;
  /** What it would be good for, when the turns of the people allow it. */
  readonly standing: Standing | null;
  readonly random: Random;
}

/** The phrase for a turn; `open` is not one of them, it was chosen with the subject. */
export function bodyOf(turn: Turn, language: SampleLanguage, topic: Topic, random: Random): string {
  const phrases = PHRASES[language];
  const own = phrases.topics[topic];
  switch (turn) {
    case 'open':
      throw new RangeError('the opening was chosen with the subject');
    case 'detail':
      return random.pick(own.details);
    case 'chase':
      return random.pick(phrases.chasers);
    case 'angry':
      return random.pick(phrases.angry);
    case 'thanks':
      return random.pick(phrases.thanks);
    case 'more':
      return random.pick(phrases.oneMore);
    case 'ask':
      return random.pick(own.asks);
    case 'wait':
      return waitPhrase(phrases, topic);
    case 'answer':
      return random.pick(own.answers);
  }
}

function waitPhrase({ waits }: Phrases, topic: Topic): string {
  const [payments, general, engineers] = waits;
  const { waitsFor } = TOPIC_FACTS[topic];
  if (waitsFor === null) return general;
  return waitsFor === 'payments' ? payments : engineers;
}
