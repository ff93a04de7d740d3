import type { AgentId, ReminderId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { ReminderEventBody } from './reminder-event.ts';

/** One thing of a case that somebody is to be reminded of, and has not been done. */
export interface Reminder {
  readonly reminderId: ReminderId;
  readonly at: Instant;
  /** What to think of; may be empty. */
  readonly note: string;
  /** Who is reminded; null: whoever answers for the case then, so that it goes along when the case changes hands. */
  readonly forId: AgentId | null;
  /** It goes away by itself when the customer writes. */
  readonly isForSilence: boolean;
  /** Who set it, or moved it last. */
  readonly by: AgentId | null;
  /** The customer's newest message that was known when it was set: a later one ends the silence. */
  readonly quietSince: Instant | null;
}

type ReminderSet = Extract<ReminderEventBody, { readonly type: 'reminder.set' }>;

/**
 * The open reminders of a case with one more, by time. The same id again is the same reminder with another time or text; one that was
 * cleared comes back.
 */
export function withReminder(
  open: readonly Reminder[],
  { reminderId, at, note, forId, isForSilence }: ReminderSet,
  { by, quietSince }: Pick<Reminder, 'by' | 'quietSince'>,
): readonly Reminder[] {
  const set: Reminder = { reminderId, at, note, forId, isForSilence, by, quietSince };
  return [...withoutReminder(open, reminderId), set].sort((a, b) => a.at - b.at || (a.reminderId < b.reminderId ? -1 : 1));
}

export function withoutReminder(open: readonly Reminder[], reminderId: ReminderId): readonly Reminder[] {
  return open.filter((each) => each.reminderId !== reminderId);
}

/**
 * What ends with a message of the customer: those that were only for their silence. What a channel brings later although it is older than
 * what was known then (a backfill, an old mail of a joined thread) breaks no silence.
 * @param at when the customer wrote, by the channel
 */
export function endedByMessage(open: readonly Reminder[], at: Instant): readonly Reminder[] {
  return open.filter((each) => each.isForSilence && (each.quietSince === null || at > each.quietSince));
}

/** Whom a reminder is for now. While nobody answers for the case that is who set it; null when that was nobody. */
export function reminded({ forId, by }: Pick<Reminder, 'forId' | 'by'>, ownerId: AgentId | null): AgentId | null {
  return forId ?? ownerId ?? by;
}
