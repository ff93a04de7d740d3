import type { Priority, Status, Tier } from '../case.ts';
import type { Channel } from '../message.ts';
import { foldText } from '../search-fold.ts';
import type { Instant } from '../time.ts';
import { ANYTHING, BOT, ME, NOBODY, UNKNOWN_LANGUAGE, isChoice, isText } from './case-query.ts';
import type { ChoiceField, Condition, TimeField } from './case-query.ts';
import { resolveMoment } from './moment.ts';
import type { Asker } from './moment.ts';

/** What is known of a case when it is compared with a query. Null: there is no such thing or time. */
export interface CaseFacts {
  readonly channel: Channel;
  readonly status: Status;
  readonly priority: Priority;
  readonly tier: Tier;
  /** A BCP 47 tag. */
  readonly language: string | null;
  readonly labels: readonly string[];
  /** Null: nobody. The bot is no agent. */
  readonly assigneeId: string | null;
  readonly isWithBot: boolean;
  readonly contactName: string;
  readonly contactAddress: string;
  readonly subject: string;
  readonly nextDueAt: Instant | null;
  /** When the next qualified person comes; null when nothing is planned or somebody is there. */
  readonly opensAt: Instant | null;
  readonly waitingSince: Instant | null;
  readonly lastMessageAt: Instant;
  readonly openedAt: Instant;
  readonly snoozedUntil: Instant | null;
  /** From when on the customer has heard nothing for a day and waits; null when nothing waits for us. */
  readonly followUpAt: Instant | null;
  readonly isUnread: boolean;
  readonly isRaised: boolean;
  readonly isOffered: boolean;
  readonly hasAttachments: boolean;
  readonly hasDraft: boolean;
  readonly hasPromise: boolean;
  readonly hasReminder: boolean;
  readonly queuedReplies: number;
  /** A reply waits for a time of its own. */
  readonly hasScheduled: boolean;
  readonly failedReplies: number;
  /** What is known of it, as far as it was worked out: the kind of case, and the needed facts that are missing. */
  readonly intake: { readonly kindId: string | null; readonly missing: readonly string[] } | null;
}

/** Who asks: `me` is theirs, and so are clock and zone. */
export interface QueryAsker extends Asker {
  /** Null at a desk that nobody has said to be theirs. */
  readonly me: string | null;
}

/**
 * Whether all conditions hold for a case. It is what the engine's database answers, too (a test compares them), and says whether a case that
 * changed still belongs to what is shown.
 */
export function matchesConditions(conditions: readonly Condition[], facts: CaseFacts, asker: QueryAsker): boolean {
  return conditions.every((condition) => holds(condition, facts, asker) !== condition.not);
}

function holds(condition: Condition, facts: CaseFacts, asker: QueryAsker): boolean {
  if (isChoice(condition)) return condition.values.some((value) => hasValue(condition.field, value, facts, asker));
  if (isText(condition)) {
    const text = condition.field === 'subject' ? facts.subject : `${facts.contactName}\n${facts.contactAddress}`;
    const folded = foldText(text);
    return condition.values.some((value) => folded.includes(foldText(value)));
  }
  const at = timeOf(condition.field, facts);
  if (at === null) return false;
  const moment = resolveMoment(condition.moment, asker);
  return condition.side === 'before' ? at < moment : at >= moment;
}

function timeOf(field: TimeField, facts: CaseFacts): Instant | null {
  switch (field) {
    case 'due':
      return facts.nextDueAt;
    case 'waiting':
      return facts.waitingSince;
    case 'updated':
      return facts.lastMessageAt;
    case 'opened':
      return facts.openedAt;
    case 'snoozed':
      return facts.snoozedUntil;
  }
}

function hasValue(field: ChoiceField, value: string, facts: CaseFacts, asker: QueryAsker): boolean {
  switch (field) {
    case 'label':
      return facts.labels.includes(value);
    case 'language':
      return isLanguage(facts.language, value);
    case 'assignee':
      return isWith(value, facts, asker.me);
    case 'is':
      return hasFlag(value, facts, asker.now);
    case 'has':
      return hasThing(value, facts);
    case 'kind':
      return facts.status !== 'solved' && facts.intake !== null && facts.intake.kindId === value;
    case 'missing':
      return facts.status !== 'solved' && facts.intake !== null && isMissing(value, facts.intake.missing);
    default:
      return facts[field] === value;
  }
}

function isMissing(value: string, missing: readonly string[]): boolean {
  return value === ANYTHING ? missing.length > 0 : missing.some((field) => field.toLowerCase() === value.toLowerCase());
}

/** `zh` is every Chinese, `zh-Hant` only the traditional one. */
function isLanguage(language: string | null, value: string): boolean {
  if (language === null) return value === UNKNOWN_LANGUAGE;
  const tag = language.toLowerCase();
  const asked = value.toLowerCase();
  return tag === asked || tag.startsWith(`${asked}-`);
}

function isWith(value: string, facts: CaseFacts, me: string | null): boolean {
  if (facts.isWithBot) return value === BOT;
  if (value === ME) return me !== null && facts.assigneeId === me;
  return value === NOBODY ? facts.assigneeId === null : facts.assigneeId === value;
}

/** Values of a stored query may be newer than this version: unknown ones hold for no case. */
function hasFlag(flag: string, facts: CaseFacts, now: Instant): boolean {
  const isSolved = facts.status === 'solved';
  switch (flag) {
    case 'unread':
      return facts.isUnread;
    case 'waiting':
      return facts.status === 'open' && facts.waitingSince !== null;
    case 'overdue':
      return !isSolved && facts.nextDueAt !== null && facts.nextDueAt <= now;
    case 'unstaffed':
      return !isSolved && facts.nextDueAt !== null && facts.nextDueAt > now && facts.opensAt !== null && facts.nextDueAt <= facts.opensAt;
    case 'snoozed':
      return !isSolved && facts.snoozedUntil !== null;
    case 'stale':
      return !isSolved && facts.followUpAt !== null && facts.followUpAt <= now;
    case 'raised':
      return facts.isRaised;
    case 'offered':
      return facts.isOffered;
    default:
      return false;
  }
}

function hasThing(thing: string, facts: CaseFacts): boolean {
  switch (thing) {
    case 'attachment':
      return facts.hasAttachments;
    case 'draft':
      return facts.hasDraft;
    case 'promise':
      return facts.hasPromise;
    case 'queued':
      return facts.queuedReplies > 0;
    case 'scheduled':
      return facts.hasScheduled;
    case 'reminder':
      return facts.hasReminder;
    case 'failed':
      return facts.failedReplies > 0;
    default:
      return false;
  }
}
