import type { CaseEventBody, CaseState, Priority, SnoozedFor, Status } from './case.ts';
import { decideIntake } from './intake/decide-intake.ts';
import type { IntakeAction } from './intake/decide-intake.ts';
import type { AgentId, CaseId, ReminderId } from './ids.ts';
import { asleepAgain, decideAnswer, decideReminder, decideSleep } from './put-off-actions.ts';
import type { ReminderEnd } from './reminder/reminder-event.ts';
import type { Reminder } from './reminder/reminders.ts';
import type { Instant } from './time.ts';

/** Something an agent does to a case; the closed set behind buttons, keys, menus and undo. */
export type CaseAction =
  | { readonly kind: 'claim' }
  | { readonly kind: 'release' }
  | { readonly kind: 'assign'; readonly agentId: AgentId | null }
  | { readonly kind: 'status'; readonly to: Status }
  | { readonly kind: 'priority'; readonly to: Priority }
  | { readonly kind: 'add-label'; readonly label: string }
  | { readonly kind: 'remove-label'; readonly label: string }
  | { readonly kind: 'snooze'; readonly until: Instant; readonly awaits?: SnoozedFor | undefined }
  | { readonly kind: 'wake' }
  | { readonly kind: 'no-reply-needed'; readonly reason?: string | undefined }
  /** The last decision that no reply is needed was a slip. */
  | { readonly kind: 'reply-needed' }
  /** A reminder of this id is set, or set anew. */
  | ({ readonly kind: 'remind'; readonly reminderId: ReminderId } & ReminderTerms)
  /** Null: the next one that is for whoever does it, else the next one. */
  | { readonly kind: 'clear-reminder'; readonly reminderId: ReminderId | null; readonly as: Exclude<ReminderEnd, 'answered'> }
  /** Leaves the case where it is at the end of a turn, and says why. */
  | { readonly kind: 'park'; readonly reason: string }
  | { readonly kind: 'unpark' }
  /** The bot has the conversation from here on. Only by a command of its own: not every case has a bot. */
  | { readonly kind: 'give-to-bot'; readonly playbook: string; readonly at: Instant }
  | { readonly kind: 'take-from-bot'; readonly at: Instant }
  /** What is said of this case and another one; null takes back what was. Only by commands of its own: the other case says it, too. */
  | { readonly kind: 'relate'; readonly otherId: CaseId; readonly as: Relation }
  | IntakeAction;

/** When, of what, whom, and whether only while the customer is silent. */
export type ReminderTerms = Pick<Reminder, 'at' | 'note' | 'forId' | 'isForSilence'>;

export type Relation = 'same' | 'different' | null;

/** What `cases.apply` does; the bot has commands of its own. */
export type PlainAction =
  | Exclude<CaseAction, { readonly kind: 'give-to-bot' | 'take-from-bot' | 'relate' | 'remind' | IntakeAction['kind'] }>
  /** Null: a new one for each case. */
  | ({ readonly kind: 'remind'; readonly reminderId: ReminderId | null } & ReminderTerms)
  /** Until somebody who can take it comes, by the published plan: each case as long as that takes. */
  | { readonly kind: 'snooze-until-shift' };

export interface Decision {
  readonly events: readonly CaseEventBody[];
  /** What undoes it, in order; empty when it can not be undone. */
  readonly inverse: readonly CaseAction[];
}

const NOTHING: Decision = { events: [], inverse: [] };

/** The events that an action causes now, and its inverse. An action that changes nothing causes none. */
export function decide(state: CaseState, action: CaseAction, me: AgentId): Decision {
  switch (action.kind) {
    case 'claim':
      if (state.assigneeId === me) return NOTHING;
      return { events: [{ type: 'case.claimed', agentId: me }], inverse: [{ kind: 'assign', agentId: state.assigneeId }] };
    case 'release':
      return decide(state, { kind: 'assign', agentId: null }, me);
    case 'assign':
      if (state.assigneeId === action.agentId) return NOTHING;
      return {
        events: [action.agentId === null ? { type: 'case.released' } : { type: 'case.assigned', agentId: action.agentId }],
        inverse: [{ kind: 'assign', agentId: state.assigneeId }],
      };
    case 'status':
      if (state.status === action.to) return NOTHING;
      return {
        events: [{ type: 'case.statusChanged', to: action.to }],
        inverse: [{ kind: 'status', to: state.status }, ...(action.to === 'solved' ? asleepAgain(state) : [])],
      };
    case 'priority':
      if (state.priority === action.to) return NOTHING;
      return { events: [{ type: 'case.priorityChanged', to: action.to }], inverse: [{ kind: 'priority', to: state.priority }] };
    case 'add-label':
      if (state.labels.includes(action.label)) return NOTHING;
      return { events: [{ type: 'case.labelAdded', label: action.label }], inverse: [{ kind: 'remove-label', label: action.label }] };
    case 'remove-label':
      if (!state.labels.includes(action.label)) return NOTHING;
      return { events: [{ type: 'case.labelRemoved', label: action.label }], inverse: [{ kind: 'add-label', label: action.label }] };
    case 'snooze':
    case 'wake':
      return decideSleep(state, action);
    case 'no-reply-needed':
    case 'reply-needed':
      return decideAnswer(state, action);
    case 'remind':
    case 'clear-reminder':
      return decideReminder(state, action, me);
    case 'park':
      return {
        events: [{ type: 'case.parked', reason: action.reason }],
        inverse: [state.parked === null ? { kind: 'unpark' } : { kind: 'park', reason: state.parked.reason }],
      };
    case 'give-to-bot':
    case 'take-from-bot':
      return decideBot(state, action, me);
    case 'relate': {
      const { otherId, as } = action;
      const before = relationTo(state, otherId);
      if (before === as) return NOTHING;
      return {
        events: [as === 'same' ? { type: 'case.linked', otherId } : { type: 'case.unlinked', otherId, isDifferent: as === 'different' }],
        inverse: [{ kind: 'relate', otherId, as: before }],
      };
    }
    case 'intake-kind':
    case 'intake-fact':
      return decideIntake(state.intake, action);
    case 'unpark':
      if (state.parked === null) return NOTHING;
      return { events: [{ type: 'case.unparked' }], inverse: [{ kind: 'park', reason: state.parked.reason }] };
  }
}

function relationTo({ related }: CaseState, otherId: CaseId): Relation {
  const found = related.find((each) => each.otherId === otherId);
  if (found === undefined) return null;
  return found.isSame ? 'same' : 'different';
}

function decideBot(
  state: CaseState,
  action: Extract<CaseAction, { readonly kind: 'give-to-bot' | 'take-from-bot' }>,
  me: AgentId,
): Decision {
  const { at } = action;
  if (action.kind === 'give-to-bot') {
    if (state.bot !== null) return NOTHING;
    const { playbook } = action;
    return { events: [{ type: 'case.botStarted', playbook, messageId: null, at }], inverse: [{ kind: 'take-from-bot', at }] };
  }
  if (state.bot === null) return NOTHING;
  const { playbook } = state.bot;
  const claim = state.assigneeId === me ? [] : [{ type: 'case.claimed', agentId: me } as const];
  return {
    events: [{ type: 'case.botEnded', reason: 'agent', messageId: null, at }, ...claim],
    // whoever is given a case takes it from the bot, so the bot comes last
    inverse: [
      { kind: 'assign', agentId: state.assigneeId },
      { kind: 'give-to-bot', playbook, at },
    ],
  };
}
