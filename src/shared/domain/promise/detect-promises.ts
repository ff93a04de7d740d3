import type { Lang } from '../language.ts';
import { after } from '../time.ts';
import type { Instant } from '../time.ts';
import type { OpenTime } from '../time/open-time.ts';
import { toLocal } from '../time/zone.ts';
import type { LocalDateTime } from '../time/local-time.ts';
import { commitmentsIn } from './detection/grammar.ts';
import type { Commitment, Grammar } from './detection/grammar.ts';
import { chinese } from './detection/chinese.ts';
import { japanese } from './detection/japanese.ts';
import { english } from './detection/english.ts';
import { portuguese } from './detection/portuguese.ts';
import { spanish } from './detection/spanish.ts';
import { resolveWhen } from './detection/resolve-when.ts';
import type { Resolution, ResolutionReason } from './detection/resolve-when.ts';
import { sentencesOf } from './detection/sentences.ts';
import type { Sentence } from './detection/sentences.ts';
import { PROMISE_LANGUAGES } from './detection/when.ts';
import type { PromiseLanguage, When } from './detection/when.ts';

/** What a text is read with. */
export interface DetectionContext {
  /** When it is written; every answer is at or after it. */
  readonly writtenAt: Instant;
  /** IANA zone of the customer: what times without a zone are told in. */
  readonly customerZone: string;
  /** IANA zone of who writes, for "our time"; null when it is not known. */
  readonly writerZone: string | null;
  /** What business days and hours are counted in; null: Monday to Friday, 09:00 to 18:00 in the zone that counts. */
  readonly businessHours: OpenTime | null;
  /** The language of the conversation, which is tried first. */
  readonly language: Lang | null;
}

/**
 * - `high`: a firm commitment to a clock time or a number of hours
 * - `medium`: a firm commitment whose time follows from a convention (`tomorrow morning` is until noon)
 * - `low`: a hope, or a time that can be read in several ways
 */
export type Sureness = 'high' | 'medium' | 'low';

/** Why that instant and how sure; codes for the page to put into words. */
export type DetectionReason = ResolutionReason | 'stated-zone' | 'customer-zone' | 'writer-zone' | 'unclear-zone' | 'hedged';

/** A dated commitment that was found in a text. Indices count UTF-16 units of the text. */
export interface DetectedPromise {
  /** The sentence that promises. */
  readonly from: number;
  readonly to: number;
  /** The words that tell the time. */
  readonly timeFrom: number;
  readonly timeTo: number;
  readonly language: PromiseLanguage;
  readonly dueAt: Instant;
  /** What the customer's clock shows then. */
  readonly dueLocal: LocalDateTime;
  readonly sureness: Sureness;
  readonly reasons: readonly DetectionReason[];
}

/** Nobody makes more promises in one message; what has more is no message. */
export const MOST_PROMISES = 50;

const GRAMMARS: readonly Grammar[] = [english, chinese, japanese, spanish, portuguese];

/**
 * The dated commitments in what somebody of ours wrote, in order. Quotes, what the customer is asked to do, conditions,
 * questions and what is over are left out. Linear in the length of the text.
 * @param isStanding the text is sent again and again: what it says is done as a rule is a promise, too
 */
export function detectPromises(text: string, context: DetectionContext, isStanding = false): readonly DetectedPromise[] {
  const grammars = inOrder(context.language);
  const promises: DetectedPromise[] = [];
  for (const sentence of sentencesOf(text)) {
    for (const grammar of grammars) {
      const found = commitmentsIn(sentence, grammar, isStanding).flatMap(
        (each) => promise(text, sentence, grammar.language, each, context) ?? [],
      );
      promises.push(...found);
      if (found.length > 0) break;
    }
    if (promises.length >= MOST_PROMISES) break;
  }
  return promises.slice(0, MOST_PROMISES);
}

function inOrder(language: Lang | null): readonly Grammar[] {
  const first = PROMISE_LANGUAGES.find((each) => language === each || language?.startsWith(`${each}-`) === true);
  return [...GRAMMARS].sort((a, b) => Number(b.language === first) - Number(a.language === first));
}

function promise(
  text: string,
  sentence: Sentence,
  language: PromiseLanguage,
  { expression, isHedged }: Commitment,
  context: DetectionContext,
): DetectedPromise | null {
  const found = inZone(expression.when, context);
  if (found === null) return null;
  const reasons = isHedged ? [...found.reasons, 'hedged' as const] : found.reasons;
  const [from, to] = trimmed(text, sentence.from, sentence.from + sentence.text.length);
  return {
    from,
    to,
    timeFrom: sentence.from + expression.from,
    timeTo: sentence.from + expression.to,
    language,
    dueAt: found.at,
    dueLocal: toLocal(context.customerZone, found.at),
    sureness: surenessOf(reasons),
    reasons,
  };
}

interface Found {
  readonly at: Instant;
  readonly reasons: readonly DetectionReason[];
}

function inZone(when: When, context: DetectionContext): Found | null {
  const { customerZone, writerZone, writtenAt } = context;
  // "tomorrow at 18:00 Japan time" may be the customer's tomorrow or Japan's: the earlier one is kept in time by both
  const resolve = (zone: string): Resolution | null => {
    const own = resolveWhen(when, zone, writtenAt, context.businessHours);
    if (zone === customerZone) return own;
    const theirs = resolveWhen(when, zone, writtenAt, context.businessHours, customerZone);
    if (theirs === null || own === null || theirs.at === own.at) return own ?? theirs;
    const earlier = theirs.at < own.at ? theirs : own;
    return { ...earlier, reasons: [...earlier.reasons, 'earlier-reading'] };
  };
  const stated = when.zone;
  if (stated === null) return withReason(resolve(customerZone), 'customer-zone');
  switch (stated.kind) {
    case 'customer':
      return withReason(resolve(customerZone), 'stated-zone');
    case 'writer':
      return writerZone === null ? withReason(resolve(customerZone), 'unclear-zone') : withReason(resolve(writerZone), 'writer-zone');
    case 'offset': {
      // clocks that are never changed: as UTC, with both ends moved
      const moved = resolveWhen(when, 'UTC', after(writtenAt, stated.offsetMs), null);
      const found = moved === null ? null : { ...moved, at: after(moved.at, -stated.offsetMs) };
      return withReason(when.length === null ? found : resolve(customerZone), 'stated-zone');
    }
    case 'zones':
      return inOneOf(stated.zones, context, resolve);
  }
}

/** Letters that several zones use are the customer's own, else the writer's, else those of the earliest reading. */
function inOneOf(zones: readonly string[], context: DetectionContext, resolve: (zone: string) => Resolution | null): Found | null {
  const known =
    zones.length === 1
      ? zones[0]
      : (zones.find((zone) => zone === context.customerZone) ?? zones.find((zone) => zone === context.writerZone));
  if (known !== undefined) return withReason(resolve(known), 'stated-zone');
  const readings = zones.flatMap((zone) => resolve(zone) ?? []).sort((a, b) => a.at - b.at);
  return withReason(readings[0] ?? null, 'unclear-zone');
}

function withReason(found: Resolution | null, reason: DetectionReason): Found | null {
  return found === null ? null : { at: found.at, reasons: [reason, ...found.reasons] };
}

const LOW: ReadonlySet<DetectionReason> = new Set(['hedged', 'unclear-zone', 'earlier-reading', 'vague-amount']);
const MEDIUM: ReadonlySet<DetectionReason> = new Set([
  'day-part',
  'whole-day',
  'ordinary-week',
  'next-day',
  'chosen-half',
  'later-end',
  'day-left-out',
]);

function surenessOf(reasons: readonly DetectionReason[]): Sureness {
  if (reasons.some((each) => LOW.has(each))) return 'low';
  return reasons.some((each) => MEDIUM.has(each)) ? 'medium' : 'high';
}

/** Without white space at either end. */
function trimmed(text: string, from: number, to: number): readonly [from: number, to: number] {
  const part = text.slice(from, to);
  const begin = from + part.length - part.trimStart().length;
  return [begin, Math.max(begin, from + part.trimEnd().length)];
}
