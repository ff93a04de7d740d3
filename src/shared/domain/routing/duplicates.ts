import { kindOf, likenessOf, shinglesOf } from './case-keys.ts';
import type { MessageKey } from './case-keys.ts';
import type { ContactId } from '../ids.ts';
import type { Verification } from '../message.ts';
import { HOUR_MS } from '../time.ts';
import type { Instant } from '../time.ts';

/** Why two cases may be about the same thing. Closed: the page has words for each. */
export const SAME_REASONS = [
  'same-identity',
  'same-contact',
  'same-address',
  'same-handle',
  'same-transaction',
  'same-order',
  'same-words',
] as const;
export type SameReason = (typeof SAME_REASONS)[number];

/** What is known of a case when it is compared. */
export interface CaseFacts {
  readonly contactId: ContactId;
  /** The best that is known of any of its customer's messages. */
  readonly verification: Verification;
  /** Without keys that many cases share: they tell nothing. */
  readonly keys: ReadonlySet<MessageKey>;
  /** Some of what the customer wrote. */
  readonly texts: readonly SaidText[];
}

interface SaidText {
  readonly at: Instant;
  readonly text: string;
}

export interface Sameness {
  /** 0 to 1. Not a probability: an order of what to look at first. */
  readonly score: number;
  readonly reasons: readonly SameReason[];
  /**
   * One customer is known by our own site's signature, the other is not. Whoever has read a stranger's order number can write it into a
   * chat: the agent must know before telling one what the other has said.
   */
  readonly isVerifiedMeetsUnverified: boolean;
}

/**
 * How much each reason says by itself. A person may have several matters, so that it is the same person alone is no reason to suggest
 * anything, unless it is news: the same person on another channel. A transaction is one matter, whoever asks.
 */
const WEIGHTS: Readonly<Record<SameReason, number>> = {
  'same-identity': 0.6,
  'same-contact': 0.3,
  'same-address': 0.5,
  'same-handle': 0.3,
  'same-transaction': 0.8,
  'same-order': 0.7,
  'same-words': 0.6,
};

/** From here on a case is suggested. */
export const SUGGESTED_FROM = 0.5;
const TOGETHER_MS = 48 * HOUR_MS;
const NEARLY_EQUAL = 0.8;

/** Compares two cases. Symmetric: which one is on screen does not matter. */
export function compareCases(one: CaseFacts, other: CaseFacts): Sameness {
  const shared = new Set([...one.keys].filter((key) => other.keys.has(key)).map(kindOf));
  const isContact = one.contactId === other.contactId;
  const holds: Readonly<Record<SameReason, boolean>> = {
    'same-identity': shared.has('sub') && !isContact,
    'same-contact': isContact,
    // one contact's messages have its own address and name in common
    'same-address': shared.has('mail') && !isContact,
    'same-handle': shared.has('handle') && !isContact,
    'same-transaction': shared.has('transaction'),
    'same-order': shared.has('order'),
    'same-words': saysTheSame(one, other),
  };
  const reasons = SAME_REASONS.filter((reason) => holds[reason]);
  const doubt = reasons.reduce((left, reason) => left * (1 - WEIGHTS[reason]), 1);
  return {
    score: 1 - doubt,
    reasons,
    isVerifiedMeetsUnverified: !isContact && (one.verification === 'signed') !== (other.verification === 'signed'),
  };
}

function saysTheSame(one: CaseFacts, other: CaseFacts): boolean {
  return one.texts.some((left) =>
    other.texts.some((right) => Math.abs(left.at - right.at) <= TOGETHER_MS && likenessOf(piecesOf(left), piecesOf(right)) >= NEARLY_EQUAL),
  );
}

const pieces = new WeakMap<SaidText, ReadonlySet<string>>();

/** Worked out once for a text that is compared with those of sixty cases. */
function piecesOf(said: SaidText): ReadonlySet<string> {
  const known = pieces.get(said) ?? shinglesOf(said.text);
  pieces.set(said, known);
  return known;
}
