import type { AgentId, ReminderId } from '../ids.ts';
import type { Instant } from '../time.ts';

/**
 * Why a reminder went away. done: somebody did what it was for. cancelled: it was a slip, or is not wanted any more. answered: it was only
 * for silence, and the customer wrote.
 */
export const REMINDER_ENDS = ['done', 'cancelled', 'answered'] as const;
export type ReminderEnd = (typeof REMINDER_ENDS)[number];

/** Facts about reminders of one case, past tense; they are in the stream of the case, so that they outlive a shift change. */
export type ReminderEventBody =
  | {
      readonly type: 'reminder.set';
      readonly reminderId: ReminderId;
      readonly at: Instant;
      /** What to think of; may be empty. */
      readonly note: string;
      /** Who is reminded; null: whoever owns the case then. */
      readonly forId: AgentId | null;
      /** It goes away by itself when the customer writes before. */
      readonly isForSilence: boolean;
    }
  | { readonly type: 'reminder.cleared'; readonly reminderId: ReminderId; readonly as: ReminderEnd };
