import { bm25, fitOf, hasAny } from './bm25.ts';
import type { TermCounts } from './terms.ts';
import type { Channel } from '../message.ts';
import { DAY_MS } from '../time.ts';
import type { Instant } from '../time.ts';

/** What a case is compared by, beside its words. */
export interface CaseTraits {
  /** BCP 47; null when unknown. */
  readonly language: string | null;
  readonly channel: Channel;
  /** What it is about, as the team sorts its cases: labels, and its kind. */
  readonly kinds: readonly string[];
}

export interface PastCase<Id> extends CaseTraits {
  readonly id: Id;
  /** When it was last written in. */
  readonly at: Instant;
  /** What its customer wrote. */
  readonly words: TermCounts;
}

export interface RankedCase<Id> {
  readonly id: Id;
  /** How much of what the customer says it has, from 0 to 1; without the bonuses. */
  readonly fit: number;
  readonly score: number;
}

/** What words weigh decides; these only part what is about equal. Shares of the score. */
const BONUS = { sameLanguage: 0.1, sameKind: 0.1, sameChannel: 0.04, recent: 0.12 } as const;
const RECENT_MS = 180 * DAY_MS;
/** Terms of what customers usually write in a case. */
export const USUAL_CASE_LENGTH = 60;
/** Below it a case has a few words in common and no topic. */
export const LEAST_FIT = 0.14;

/** What is asked: what its terms weigh, and those of them of which a case must have one (`tellingTerms`). */
export interface AskedTerms {
  readonly weights: ReadonlyMap<string, number>;
  readonly telling: ReadonlySet<string>;
}

/** Past cases by how much they are like an open one, best first, equal ones newest first; without those that have hardly anything in common, or nothing but words that are everywhere. */
export function rankCases<Id>(
  { weights, telling }: AskedTerms,
  open: CaseTraits,
  past: readonly PastCase<Id>[],
  now: Instant,
): readonly RankedCase<Id>[] {
  return past
    .filter(({ words }) => hasAny(telling, words))
    .map((each) => {
      const words = bm25(weights, each.words, USUAL_CASE_LENGTH);
      return { id: each.id, at: each.at, fit: fitOf(words, weights, USUAL_CASE_LENGTH), score: words * bonus(open, each, now) };
    })
    .filter(({ fit }) => fit >= LEAST_FIT)
    .toSorted((one, other) => other.score - one.score || other.at - one.at)
    .map(({ id, fit, score }) => ({ id, fit, score }));
}

function bonus(open: CaseTraits, past: PastCase<unknown>, now: Instant): number {
  const isSameLanguage = open.language !== null && open.language === past.language;
  const isSameKind = past.kinds.some((kind) => open.kinds.includes(kind));
  return (
    1 +
    (isSameLanguage ? BONUS.sameLanguage : 0) +
    (isSameKind ? BONUS.sameKind : 0) +
    (open.channel === past.channel ? BONUS.sameChannel : 0) +
    BONUS.recent * Math.exp(-Math.max(0, now - past.at) / RECENT_MS)
  );
}
