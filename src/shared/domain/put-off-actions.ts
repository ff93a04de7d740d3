import type { CaseAction, Decision, ReminderTerms } from './case-actions.ts';
import type { CaseState } from './case.ts';
import type { AgentId } from './ids.ts';
import { reminded } from './reminder/reminders.ts';
import type { Reminder } from './reminder/reminders.ts';

/** What is put off: snoozes, answers that nobody needs, reminders. */

const NOTHING: Decision = { events: [], inverse: [] };

type Of<Kind extends CaseAction['kind']> = Extract<CaseAction, { readonly kind: Kind }>;

export function decideSleep(state: CaseState, action: Of<'snooze' | 'wake'>): Decision {
  if (action.kind === 'wake')
    return state.snoozedUntil === null ? NOTHING : { events: [{ type: 'case.woken', reason: 'agent' }], inverse: asleepAgain(state) };
  // What is solved is done; there is nothing to sleep on.
  if (state.status === 'solved') return NOTHING;
  const { until, awaits } = action;
  return {
    events: [{ type: 'case.snoozed', until, ...(awaits === undefined ? {} : { awaits }) }],
    inverse: state.snoozedUntil === null ? [{ kind: 'wake' }] : asleepAgain(state),
  };
}

export function decideAnswer(state: CaseState, action: Of<'no-reply-needed' | 'reply-needed'>): Decision {
  if (action.kind === 'no-reply-needed') {
    if (state.waitingSince === null) return NOTHING;
    const why = action.reason === undefined ? {} : { reason: action.reason };
    return { events: [{ type: 'case.noReplyNeeded', ...why }], inverse: [{ kind: 'reply-needed' }] };
  }
  const decision = state.noReply ?? null;
  if (decision === null) return NOTHING;
  const why = decision.reason === null ? {} : { reason: decision.reason };
  return { events: [{ type: 'case.replyNeeded' }], inverse: [{ kind: 'no-reply-needed', ...why }] };
}

/** Puts a case back to sleep as it was; nothing for one that was awake. */
export function asleepAgain({ snoozedUntil: until, snoozedFor }: CaseState): readonly CaseAction[] {
  if (until === null) return [];
  return [{ kind: 'snooze', until, ...(snoozedFor === undefined || snoozedFor === null ? {} : { awaits: snoozedFor }) }];
}

export function decideReminder(state: CaseState, action: Of<'remind' | 'clear-reminder'>, me: AgentId): Decision {
  const open = state.reminders ?? [];
  if (action.kind === 'remind') {
    const { kind: _kind, ...set } = action;
    const before = open.find((each) => each.reminderId === set.reminderId);
    if (before !== undefined && isSame(before, set)) return NOTHING;
    return {
      events: [{ type: 'reminder.set', ...set }],
      inverse: [before === undefined ? { kind: 'clear-reminder', reminderId: set.reminderId, as: 'cancelled' } : setAgain(before)],
    };
  }
  const before =
    action.reminderId === null
      ? (open.find((each) => reminded(each, state.ownerId) === me) ?? open[0])
      : open.find((each) => each.reminderId === action.reminderId);
  if (before === undefined) return NOTHING;
  return { events: [{ type: 'reminder.cleared', reminderId: before.reminderId, as: action.as }], inverse: [setAgain(before)] };
}

function setAgain({ reminderId, at, note, forId, isForSilence }: Reminder): CaseAction {
  return { kind: 'remind', reminderId, at, note, forId, isForSilence };
}

function isSame(one: ReminderTerms, other: ReminderTerms): boolean {
  return one.at === other.at && one.note === other.note && one.forId === other.forId && one.isForSilence === other.isForSilence;
}
