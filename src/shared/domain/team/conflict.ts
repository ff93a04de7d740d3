import type { Priority, Status } from '../case.ts';
import type { HoldReason } from '../outbox.ts';
import type { AgentId, CaseId } from '../ids.ts';
import type { Instant } from '../time.ts';

/**
 * What came of something that was done here while others did something else. Closed data: the page has the words for it.
 */

/** Why what a person did was not passed on: they decide. */
export const NEEDS_YOU_REASONS = [
  /** A colleague took the case first. */
  'claimed-by-other',
  /** The case, or what was offered of it, has gone on: an assignment, a release or a step of a handoff fits it no more. */
  'owner-changed',
  'status-changed-by-other',
  'priority-changed-by-other',
  'snoozed-by-other',
  /** It was solved, snoozed, answered or put down as needing no reply while the customer wrote. */
  'customer-wrote',
  /** A reply was written while a colleague answered; the outbox holds it. */
  'colleague-replied',
  /** The case lives on in another one. */
  'case-merged',
  /** The team's log knows no such case, so there is nothing that this could be done to. */
  'case-gone',
  /** The same draft, template, hub, profile, rule or setting was saved with another content. */
  'saved-by-other',
  'published-by-other',
  /** An absence, a swap or a question about a handoff was decided or answered otherwise. */
  'decided-by-other',
  /** A reply was taken back that had gone out meanwhile. */
  'already-sent',
  /** The hub refuses it to this person, or to anybody. */
  'not-permitted',
  'too-large',
] as const;
export type NeedsYouReason = (typeof NEEDS_YOU_REASONS)[number];

/**
 * Why it was passed on although others were there meanwhile. `same-by-other`: they did the same. `both-kept`: both stand. `on-top`: it
 * counts, because it came later. `moved-along`: its case lives on in another one, and so does it.
 */
export const MERGED_REASONS = ['same-by-other', 'both-kept', 'on-top', 'moved-along'] as const;
export type MergedReason = (typeof MERGED_REASONS)[number];

/** Why something that the program did by itself is passed over. `already-done`: another workstation's program did it. */
export const DROPPED_REASONS = ['already-done', 'no-longer-true', 'case-merged', 'case-gone'] as const;
export type DroppedReason = (typeof DROPPED_REASONS)[number];

export type ConflictReason = NeedsYouReason | MergedReason | DroppedReason;

/** What of a case or of the team is spoken of. */
export const CONFLICT_FIELDS = [
  'owner',
  'handoff',
  'status',
  'snooze',
  'priority',
  'labels',
  'reply',
  'needs-reply',
  'parked',
  'note',
  'promise',
  'reminder',
  'intake',
  'message',
  'case',
  'shift',
  'template',
  'rotation',
  'requirement',
  'hub',
  'profile',
  'publication',
  'override',
  'absence',
  'swap',
  'contact',
  'account',
  'rules',
  'staffing',
  'acknowledgements',
  'view',
  'macro',
  'setting',
] as const;
export type ConflictField = (typeof CONFLICT_FIELDS)[number];

export type ConflictValue =
  | { readonly kind: 'agent'; readonly agentId: AgentId }
  /** Of an owner: the case is in the queue. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'status'; readonly status: Status }
  | { readonly kind: 'priority'; readonly priority: Priority }
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'case'; readonly caseId: CaseId }
  /** What a person or a customer wrote: a label, a reason, the beginning of a message, a name. */
  | { readonly kind: 'text'; readonly text: string }
  /** A word of the domain, such as `approved` or `handoff.accepted`; the page has words for those it knows. */
  | { readonly kind: 'code'; readonly code: string };

/** One thing that an event changes. */
export interface ConflictChange {
  readonly field: ConflictField;
  /** Of what is saved as a whole: the property, such as `name`. Null for what has no parts. */
  readonly part: string | null;
  /** Null: there was nothing before, or it is not known. */
  readonly from: ConflictValue | null;
  /** Null: there is nothing afterwards. */
  readonly to: ConflictValue | null;
}

/** What a person may decide: leave it as the others have it, or do what they did once more, on top. */
export const CONFLICT_CHOICES = ['keep-theirs', 'apply-mine'] as const;
export type ConflictChoice = (typeof CONFLICT_CHOICES)[number];

export const CONFLICT_KINDS = ['merged', 'needs-you', 'dropped'] as const;
/**
 * merged: passed on, on top of what others did; told quietly. needs-you: not passed on and without effect until a person decides.
 * dropped: the program did it by itself, and it makes no sense any more.
 */
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

export interface TeamConflict {
  /** Of the event that was done here. */
  readonly id: string;
  /** Null for what belongs to no case. */
  readonly caseId: CaseId | null;
  /** Such as `case.case_ab12` or `template.tpl_1`; `sla` and others without a dot as they are called here. */
  readonly stream: string;
  /** When it was found, by this workstation's corrected clock. */
  readonly at: Instant;
  readonly kind: ConflictKind;
  readonly reason: ConflictReason;
  readonly mine: {
    readonly type: string;
    readonly actor: AgentId | null;
    readonly at: Instant;
    readonly changes: readonly ConflictChange[];
  };
  /** What it met; null when it met nobody (the hub refused it, the case is gone). */
  readonly theirs: {
    readonly eventId: string;
    readonly type: string;
    /** Null: a customer wrote, or a program did it. */
    readonly actor: AgentId | null;
    readonly at: Instant;
    readonly changes: readonly ConflictChange[];
  } | null;
  /** Further events of one's own that stand or fall with it, in their order; they are no conflicts of their own. */
  readonly alsoMine: readonly string[];
  /** Empty when there is nothing to decide. */
  readonly choices: readonly ConflictChoice[];
  /** Null until a person decided; always null where there is nothing to decide. */
  readonly decision: { readonly choice: ConflictChoice; readonly at: Instant; readonly by: AgentId | null } | null;
}

/** Whether a person must still decide. */
export function isOpenConflict(conflict: Pick<TeamConflict, 'kind' | 'decision'>): boolean {
  return conflict.kind === 'needs-you' && conflict.decision === null;
}

/** Where there is nothing to do it to, where it has happened already, and what the hub takes from nobody. */
const LEAVE_IT: ReadonlySet<ConflictReason> = new Set(['case-gone', 'too-large', 'already-sent'] satisfies NeedsYouReason[]);

/**
 * Steps of a handoff that mean nothing once it has gone on. An accept and a withdrawal have a meaning that is left: to have the case.
 * Rules are saved under numbers of versions, so they are saved again in the settings.
 */
const ONCE_ONLY: ReadonlySet<string> = new Set([
  'handoff.offered',
  'handoff.packetEdited',
  'handoff.readBack',
  'handoff.declined',
  'handoff.expired',
  'handoff.escalated',
  'handoff.asked',
  'handoff.answered',
  'handoff.returned',
  'handoff.settled',
  'handoff.superseded',
  'sla.rulesSaved',
]);

/** What may be decided of an event of this type. */
export function choicesFor(kind: ConflictKind, reason: ConflictReason, type: string): readonly ConflictChoice[] {
  if (kind !== 'needs-you') return [];
  return LEAVE_IT.has(reason) || ONCE_ONLY.has(type) ? ['keep-theirs'] : CONFLICT_CHOICES;
}

/** As which the outbox holds a reply whose `case.replyQueued` needs a person; null for what is no reason to hold one. */
export function holdReasonOf(reason: NeedsYouReason): HoldReason | null {
  switch (reason) {
    case 'customer-wrote':
    case 'colleague-replied':
    case 'owner-changed':
      return reason;
    case 'claimed-by-other':
    case 'case-merged':
      return 'owner-changed';
    case 'status-changed-by-other':
      return 'status-changed';
    default:
      return null;
  }
}
