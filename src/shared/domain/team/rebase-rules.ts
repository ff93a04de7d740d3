import type { CaseEvent, CaseEventBody, CaseEventType, Status } from '../case.ts';
import type { ConflictField } from './conflict.ts';
import { sameContent } from './same-content.ts';
import type { Sight } from './sight.ts';
import { APPLY, drop, merge, needsYou } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** The rules for everything of a case but its ownership and its replies. */

type Body<Type extends CaseEventType> = Extract<CaseEventBody, { readonly type: Type }>;

/** What the channel says happened. Two workstations may hear of it; it is true all the same, whoever wrote the message. */
const REPORTS: ReadonlySet<string> = new Set([
  'case.messageReceived',
  'case.messageImported',
  'case.replySent',
  'case.replyFailed',
  'case.deliveryFailed',
  'case.messageEdited',
  'case.messageRemoved',
  'case.replyRead',
  'case.secretFound',
  'case.secretRevealed',
] satisfies CaseEventType[]);

/** What is as true in the case that this one lives on in. */
const MOVES_ALONG: ReadonlySet<string> = new Set([
  ...REPORTS,
  'case.opened',
  'case.attributesChanged',
  'case.noteAdded',
  'case.labelAdded',
  'case.labelRemoved',
  'case.replyCancelled',
  'case.replySettled',
  'promise.made',
  'promise.kept',
  'promise.released',
  'reminder.set',
  'reminder.cleared',
  'intake.factSet',
  'intake.asked',
]);

export function isReport({ body }: CaseEvent): boolean {
  return REPORTS.has(body.type);
}

/** Whether it follows its case into the one that this was merged into. A kind that is not known does: it is kept as it is. */
export function movesAlong(type: string): boolean {
  return MOVES_ALONG.has(type) || !Object.hasOwn(FIELDS, type);
}

const FIELDS: { readonly [Type in CaseEventType]: ConflictField } = {
  'case.opened': 'case',
  'case.attributesChanged': 'case',
  'case.policyApplied': 'rules',
  'case.messageReceived': 'message',
  'case.messageImported': 'message',
  'case.replyQueued': 'reply',
  'case.replySent': 'reply',
  'case.replyFailed': 'reply',
  'case.replyCancelled': 'reply',
  'case.replySettled': 'reply',
  'case.deliveryFailed': 'reply',
  'case.noteAdded': 'note',
  'case.messageEdited': 'message',
  'case.messageRemoved': 'message',
  'case.replyRead': 'message',
  'case.secretFound': 'message',
  'case.secretRevealed': 'message',
  'case.botStarted': 'case',
  'case.botEnded': 'case',
  'case.linked': 'case',
  'case.unlinked': 'case',
  'case.claimed': 'owner',
  'case.released': 'owner',
  'case.assigned': 'owner',
  'case.statusChanged': 'status',
  'case.snoozed': 'snooze',
  'case.woken': 'snooze',
  'case.priorityChanged': 'priority',
  'case.labelAdded': 'labels',
  'case.labelRemoved': 'labels',
  'case.noReplyNeeded': 'needs-reply',
  'case.replyNeeded': 'needs-reply',
  'case.parked': 'parked',
  'case.unparked': 'parked',
  'case.merged': 'case',
  'handoff.offered': 'handoff',
  'handoff.packetEdited': 'handoff',
  'handoff.accepted': 'handoff',
  'handoff.readBack': 'handoff',
  'handoff.declined': 'handoff',
  'handoff.withdrawn': 'handoff',
  'handoff.expired': 'handoff',
  'handoff.escalated': 'handoff',
  'handoff.asked': 'handoff',
  'handoff.answered': 'handoff',
  'handoff.returned': 'handoff',
  'handoff.settled': 'handoff',
  'handoff.superseded': 'handoff',
  'promise.made': 'promise',
  'promise.kept': 'promise',
  'promise.released': 'promise',
  'reminder.set': 'reminder',
  'reminder.cleared': 'reminder',
  'intake.kindSet': 'intake',
  'intake.factSet': 'intake',
  'intake.asked': 'intake',
};

/** What of a case an event of this type is about. */
export function fieldOf(type: string): ConflictField {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has the key; strings can not say so
  return Object.hasOwn(FIELDS, type) ? FIELDS[type as CaseEventType] : 'case';
}

/** Events of one person with the same name here are steps of one change: the last of them is what they want. Null: it stands alone. */
export function chainOf({ actor, body }: CaseEvent): string | null {
  if (actor === null) return null;
  switch (body.type) {
    case 'case.statusChanged':
      return 'status';
    case 'case.priorityChanged':
      return 'priority';
    case 'case.snoozed':
    case 'case.woken':
      return 'snooze';
    case 'case.parked':
    case 'case.unparked':
      return 'parked';
    case 'case.labelAdded':
    case 'case.labelRemoved':
      return `label ${body.label}`;
    case 'case.linked':
    case 'case.unlinked':
      return `related ${body.otherId}`;
    case 'case.noReplyNeeded':
    case 'case.replyNeeded':
      return 'needs-reply';
    case 'intake.kindSet':
      return 'intake kind';
    case 'intake.factSet':
      return `intake ${body.field}`;
    default:
      return null;
  }
}

/** A person wrote, not a machine that answers by itself. */
export function isCustomerMessage({ body }: CaseEvent): boolean {
  return body.type === 'case.messageReceived' && (body.auto === 'none' || body.auto === 'list');
}

/** A person of the team answered the customer, or is about to. */
export function isAnswer({ body }: CaseEvent): boolean {
  if (body.type === 'case.messageImported') return body.auto === 'none';
  return (body.type === 'case.replySent' || body.type === 'case.replyQueued') && (body.auto ?? 'none') === 'none';
}

/** The status that an event leaves the case in; null for one that says nothing of it. */
export function statusAfter(event: CaseEvent): Status | null {
  const { body } = event;
  if (body.type === 'case.statusChanged') return body.to;
  if (body.type === 'case.deliveryFailed') return body.permanent ? 'open' : null;
  return isCustomerMessage(event) ? 'open' : null;
}

/** A report that the log has already, from another workstation that heard the same. */
export function judgeReport({ event, theirs }: Sight): Verdict {
  const known = theirs.find((other) => other.body.type === event.body.type && isSameReport(other.body, event.body));
  return known === undefined ? APPLY : drop('already-done', known);
}

function isSameReport(one: CaseEventBody, other: CaseEventBody): boolean {
  if (!('messageId' in one) || !('messageId' in other) || one.messageId !== other.messageId) return false;
  if (one.type === 'case.deliveryFailed' && other.type === 'case.deliveryFailed') return one.recipient === other.recipient;
  // a reply that failed may be tried again, and fail again
  return one.type !== 'case.replyFailed';
}

type Rule<Type extends CaseEventType> = (sight: Sight, body: Body<Type>) => Verdict;

/** Kinds that are not here are true beside whatever others did: notes, promises, attributes. */
const RULES: { readonly [Type in CaseEventType]?: Rule<Type> } = {
  'case.opened': (sight) => {
    const opened = lastOf(sight, (other) => other.body.type === 'case.opened' && other.joinedFrom === sight.event.joinedFrom);
    return opened === undefined ? APPLY : doneAlready(sight, opened);
  },
  'case.merged': (sight, body) => {
    const merged = lastOf(sight, (other) => other.body.type === 'case.merged' && other.joinedFrom === sight.event.joinedFrom);
    if (merged?.body.type !== 'case.merged') return APPLY;
    return merged.body.into === body.into ? doneAlready(sight, merged) : bothKept(sight, merged);
  },
  'case.statusChanged': judgeStatus,
  'case.snoozed': judgeSnooze,
  'case.woken': judgeSnooze,
  'case.priorityChanged': (sight, body) => {
    const other = lastOf(sight, ({ body: their }) => their.type === 'case.priorityChanged');
    if (other?.body.type !== 'case.priorityChanged') return APPLY;
    if (other.body.to === body.to) return doneAlready(sight, other);
    if (other.body.to === sight.before()?.priority) return onTop(sight, other);
    return decided(sight, needsYou('priority-changed-by-other', 'priority', other), other);
  },
  'case.noReplyNeeded': (sight) => {
    const other = lastOf(sight, (each) => isCustomerMessage(each) || isAnswer(each) || each.body.type === 'case.noReplyNeeded');
    if (other === undefined) return APPLY;
    if (other.body.type === 'case.noReplyNeeded') return doneAlready(sight, other);
    return isCustomerMessage(other) ? decided(sight, needsYou('customer-wrote', 'needs-reply', other), other) : bothKept(sight, other);
  },
  'case.replyCancelled': (sight, body) => {
    const sent = lastOf(sight, ({ body: their }) => their.type === 'case.replySent' && their.messageId === body.messageId);
    if (sent !== undefined) return decided(sight, needsYou('already-sent', 'reply', sent), sent);
    const cancelled = lastOf(sight, ({ body: their }) => their.type === 'case.replyCancelled' && their.messageId === body.messageId);
    return cancelled === undefined ? APPLY : doneAlready(sight, cancelled);
  },
  'case.policyApplied': (sight, body) => {
    const other = lastOf(sight, ({ body: their }) => their.type === 'case.policyApplied');
    if (other?.body.type !== 'case.policyApplied') return APPLY;
    return sameOrOnTop(sight, other, other.body.policyId === body.policyId && other.body.version === body.version);
  },
  'case.labelAdded': judgeLabel,
  'case.labelRemoved': judgeLabel,
  'case.linked': judgeRelation,
  'case.unlinked': judgeRelation,
  'case.parked': judgeParked,
  'case.unparked': judgeParked,
  'case.replyNeeded': (sight) => {
    const other = lastOf(sight, ({ body: their }) => their.type === 'case.replyNeeded' || their.type === 'case.noReplyNeeded');
    return other === undefined ? APPLY : sameOrOnTop(sight, other, other.body.type === 'case.replyNeeded');
  },
  'reminder.cleared': (sight, body) => {
    const other = lastOf(sight, ({ body: their }) => their.type === 'reminder.cleared' && their.reminderId === body.reminderId);
    return other === undefined ? APPLY : doneAlready(sight, other);
  },
  'intake.kindSet': (sight, body) => {
    const other = lastOf(sight, ({ body: their }) => their.type === 'intake.kindSet');
    return other === undefined ? APPLY : sameOrOnTop(sight, other, sameContent(other.body, body));
  },
  'intake.factSet': (sight, body) => {
    const other = lastOf(sight, ({ body: their }) => their.type === 'intake.factSet' && their.field === body.field);
    return other === undefined ? APPLY : sameOrOnTop(sight, other, sameContent(other.body, body));
  },
  'promise.kept': judgePromiseEnd,
  'promise.released': judgePromiseEnd,
};

export function judgeField(sight: Sight): Verdict {
  const { body } = sight.event;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is keyed by the type of the body; the union can not say so
  const rule = Object.hasOwn(RULES, body.type) ? (RULES[body.type] as Rule<CaseEventType> | undefined) : undefined;
  return rule?.(sight, body) ?? APPLY;
}

function lastOf({ theirs }: Sight, isMatch: (other: CaseEvent) => boolean): CaseEvent | undefined {
  return theirs.findLast(isMatch);
}

function judgeLabel(sight: Sight, body: Body<'case.labelAdded'> | Body<'case.labelRemoved'>): Verdict {
  const other = lastOf(sight, ({ body: their }) => 'label' in their && their.label === body.label);
  return other === undefined ? APPLY : sameOrOnTop(sight, other, other.body.type === body.type);
}

function judgeRelation(sight: Sight, body: Body<'case.linked'> | Body<'case.unlinked'>): Verdict {
  const other = lastOf(sight, ({ body: their }) => 'otherId' in their && their.otherId === body.otherId);
  return other === undefined ? APPLY : sameOrOnTop(sight, other, sameContent(other.body, body));
}

function judgeParked(sight: Sight, body: Body<'case.parked'> | Body<'case.unparked'>): Verdict {
  const other = lastOf(sight, ({ body: their }) => their.type === 'case.parked' || their.type === 'case.unparked');
  return other === undefined ? APPLY : sameOrOnTop(sight, other, sameContent(other.body, body));
}

function judgePromiseEnd(sight: Sight, body: Body<'promise.kept'> | Body<'promise.released'>): Verdict {
  const other = lastOf(
    sight,
    ({ body: their }) => (their.type === 'promise.kept' || their.type === 'promise.released') && their.promiseId === body.promiseId,
  );
  if (other === undefined) return APPLY;
  return sameContent(other.body, body) ? doneAlready(sight, other) : bothKept(sight, other);
}

function judgeStatus(sight: Sight, body: Body<'case.statusChanged'>): Verdict {
  const other = lastOf(sight, (each) => statusAfter(each) !== null);
  if (other === undefined) return APPLY;
  const now = statusAfter(other);
  if (now === body.to) return doneAlready(sight, other);
  if (sight.isProgram) return drop('no-longer-true', other);
  if (isCustomerMessage(other)) return needsYou('customer-wrote', 'status', other);
  // a bounce says that the customer never got the answer: it must be seen although the status is what it was
  if (other.body.type === 'case.statusChanged' && !sight.theirs.some(isCustomerMessage) && now === sight.before()?.status)
    return onTop(sight, other);
  return needsYou('status-changed-by-other', 'status', other);
}

function judgeSnooze(sight: Sight, body: Body<'case.snoozed'> | Body<'case.woken'>): Verdict {
  const other = lastOf(
    sight,
    (each) =>
      each.body.type === 'case.snoozed' ||
      each.body.type === 'case.woken' ||
      isCustomerMessage(each) ||
      (each.body.type === 'case.statusChanged' && each.body.to === 'solved'),
  );
  if (other === undefined) return APPLY;
  if (body.type === 'case.woken' && other.body.type !== 'case.snoozed') return doneAlready(sight, other);
  if (body.type === 'case.snoozed' && sameContent(other.body, body)) return doneAlready(sight, other);
  if (sight.isProgram) return drop('no-longer-true', other);
  if (isCustomerMessage(other)) return needsYou('customer-wrote', 'snooze', other);
  if (other.body.type === 'case.statusChanged') return needsYou('status-changed-by-other', 'snooze', other);
  // its time had come, which is no decision of anybody
  if (other.body.type === 'case.woken' && other.actor === null) return onTop(sight, other);
  return needsYou('snoozed-by-other', 'snooze', other);
}

/** Others did the same: for what the program does by itself it is enough that it was done. */
function doneAlready({ isProgram }: Sight, other: CaseEvent): Verdict {
  return isProgram ? drop('already-done', other) : merge('same-by-other', [other]);
}

function onTop({ isProgram }: Sight, other: CaseEvent): Verdict {
  return isProgram ? drop('no-longer-true', other) : merge('on-top', [other]);
}

/** The program does not insist on what others have decided since. */
function decided({ isProgram }: Sight, verdict: Verdict, other: CaseEvent): Verdict {
  return isProgram ? drop('no-longer-true', other) : verdict;
}

function bothKept({ isProgram }: Sight, other: CaseEvent): Verdict {
  return isProgram ? drop('no-longer-true', other) : merge('both-kept', [other]);
}

function sameOrOnTop(sight: Sight, other: CaseEvent, isSame: boolean): Verdict {
  return isSame ? doneAlready(sight, other) : onTop(sight, other);
}
