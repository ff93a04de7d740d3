import type { FoldMemory } from './case-memory.ts';
import { later, named, newer, waiting, withMessage, without } from './case-steps.ts';
import type { CaseEvent, CaseEventBody, CaseEventType, CaseState } from './case.ts';
import type { HandoffEventBody } from './handoff/handoff-event.ts';
import type { CaseId } from './ids.ts';
import type { IntakeEventBody } from './intake/intake-event.ts';
import { NOTHING_SAID, saidAfter } from './intake/intake-said.ts';
import type { PromiseLedgerBody } from './promise/promise.ts';
import { endedByMessage, withReminder, withoutReminder } from './reminder/reminders.ts';
import type { Instant } from './time.ts';

const AWAKE = { snoozedUntil: null, snoozedFor: null } as const;

/** What the customer's message leaves of the reminders. */
function remindersAfter({ reminders }: CaseState, at: Instant): Pick<CaseState, 'reminders'> {
  const ended = endedByMessage(reminders ?? [], at);
  return reminders === undefined || ended.length === 0 ? {} : { reminders: reminders.filter((each) => !ended.includes(each)) };
}

function unrelated({ related }: CaseState, otherId: CaseId): CaseState['related'] {
  return related.filter((each) => each.otherId !== otherId);
}

/** What a colleague said of what is known. */
function withSaid(state: CaseState, body: IntakeEventBody, { actor: by, at }: CaseEvent): CaseState {
  return { ...state, intake: saidAfter(state.intake ?? NOTHING_SAID, body, { by, at }) };
}

/** Kinds that the fold of the ownership, or the ledger of promises, looks at. */
type ElsewhereType = HandoffEventBody['type'] | PromiseLedgerBody['type'] | 'case.claimed' | 'case.released' | 'case.assigned';

type Applier<Type extends CaseEventType> = (
  state: CaseState,
  body: Extract<CaseEventBody, { type: Type }>,
  event: CaseEvent,
  memory: FoldMemory,
) => CaseState;

/** What each kind of event does to the state. One entry a kind, so that a new kind can not be forgotten. */
const APPLIERS: { readonly [Type in Exclude<CaseEventType, ElsewhereType>]: Applier<Type> } = {
  'case.opened': (state) => state,
  'case.messageReceived': (state, body, _event, memory) => {
    const byPerson = body.auto === 'none' || body.auto === 'list';
    if (byPerson) memory.received(body.at, body.preview);
    const reopened = byPerson && state.status !== 'open';
    return {
      ...withMessage(named(state, body), body.at, body.preview, 'in'),
      lastInboundAt: later(state.lastInboundAt, body.at),
      lastInboundId: byPerson ? newer(state.lastInboundId, state.lastInboundAt, body) : state.lastInboundId,
      ...waiting(memory),
      status: reopened ? 'open' : state.status,
      solvedAt: reopened ? null : state.solvedAt,
      ...(byPerson ? { ...AWAKE, ...remindersAfter(state, body.at) } : {}),
    };
  },
  'case.messageImported': (state, body, _event, memory) => {
    if (body.auto === 'none') memory.answered(body.messageId, body.at);
    return {
      ...withMessage(named(state, body), body.at, body.preview, 'out'),
      lastOutboundAt: later(state.lastOutboundAt, body.at),
      lastOutboundId: newer(state.lastOutboundId, state.lastOutboundAt, body),
      ...waiting(memory),
    };
  },
  'case.replyQueued': (state, body, _event, memory) => {
    if (memory.over.has(body.messageId)) return state;
    memory.previews.set(body.messageId, body.preview);
    return {
      ...state,
      queuedReplies: [...without(state.queuedReplies, body.messageId), body.messageId],
      failedReplies: without(state.failedReplies, body.messageId),
    };
  },
  'case.replySent': (state, body, _event, memory) => {
    memory.over.add(body.messageId);
    const isHuman = (body.auto ?? 'none') === 'none';
    if (isHuman) memory.answered(body.messageId, body.at);
    // Lists go on showing what the customer wrote: a machine's answer says nothing that anybody must know.
    const shown = isHuman ? withMessage(state, body.at, memory.previews.get(body.messageId) ?? '', 'out') : state;
    return {
      ...shown,
      messageCount: state.messageCount + 1,
      lastOutboundAt: later(state.lastOutboundAt, body.at),
      lastOutboundId: newer(state.lastOutboundId, state.lastOutboundAt, body),
      ...waiting(memory),
      queuedReplies: without(state.queuedReplies, body.messageId),
      failedReplies: without(state.failedReplies, body.messageId),
    };
  },
  'case.replyFailed': (state, body, _event, memory) => {
    memory.failed(body.messageId);
    return {
      ...state,
      ...waiting(memory),
      queuedReplies: without(state.queuedReplies, body.messageId),
      failedReplies: [...without(state.failedReplies, body.messageId), body.messageId],
    };
  },
  'case.replyCancelled': (state, body, _event, memory) => {
    memory.over.add(body.messageId);
    return {
      ...state,
      queuedReplies: without(state.queuedReplies, body.messageId),
      failedReplies: without(state.failedReplies, body.messageId),
    };
  },
  'case.deliveryFailed': (state, body, _event, memory) => {
    // A temporary failure is the mail system's own business; it goes on trying.
    if (!body.permanent) return state;
    memory.failed(body.messageId);
    return {
      ...state,
      ...waiting(memory),
      status: 'open',
      solvedAt: null,
      failedReplies: [...without(state.failedReplies, body.messageId), body.messageId],
    };
  },
  // told by what comes of it: sent, cancelled, or queued as before
  'case.replySettled': (state) => state,
  'case.attributesChanged': (state) => state,
  'case.policyApplied': (state) => state,
  'case.noteAdded': (state) => state,
  'case.messageEdited': (state) => state,
  'case.messageRemoved': (state) => state,
  'case.replyRead': (state) => state,
  'case.secretFound': (state) => state,
  'case.secretRevealed': (state) => state,
  'case.botStarted': (state, body, event) => {
    const { playbook, messageId, at: since } = body;
    return { ...state, bot: { interval: event.id, since, playbook, messageId } };
  },
  'case.botEnded': (state) => ({ ...state, bot: null }),
  'case.linked': (state, { otherId }) => ({ ...state, related: [...unrelated(state, otherId), { otherId, isSame: true }] }),
  'case.unlinked': (state, { otherId, isDifferent }) => ({
    ...state,
    related: [...unrelated(state, otherId), ...(isDifferent ? [{ otherId, isSame: false }] : [])],
  }),
  'case.statusChanged': (state, body, event) => ({
    ...state,
    status: body.to,
    solvedAt: body.to === 'solved' ? event.at : null,
    ...(body.to === 'solved' ? AWAKE : {}),
  }),
  'case.snoozed': (state, body) => ({ ...state, snoozedUntil: body.until, snoozedFor: body.awaits ?? null }),
  'case.woken': (state) => ({ ...state, ...AWAKE }),
  'case.priorityChanged': (state, body) => ({ ...state, priority: body.to }),
  'case.labelAdded': (state, body) => ({ ...state, labels: [...without(state.labels, body.label), body.label].sort() }),
  'case.labelRemoved': (state, body) => ({ ...state, labels: without(state.labels, body.label) }),
  'case.noReplyNeeded': (state, { reason }, { id: eventId, at, actor: by }, memory) => {
    memory.settled({ eventId, at, by, reason: reason ?? null });
    return { ...state, ...waiting(memory) };
  },
  'case.replyNeeded': (state, _body, _event, memory) => {
    memory.unsettled();
    return { ...state, ...waiting(memory) };
  },
  'case.parked': (state, body, event) => ({ ...state, parked: { at: event.at, reason: body.reason, by: event.actor } }),
  'case.unparked': (state) => ({ ...state, parked: null }),
  'case.merged': (state, body) => ({ ...state, mergedInto: body.into }),
  'intake.kindSet': withSaid,
  'intake.factSet': withSaid,
  'intake.asked': withSaid,
  'reminder.set': (state, body, { actor: by }) => ({
    ...state,
    reminders: withReminder(state.reminders ?? [], body, { by, quietSince: state.lastInboundAt }),
  }),
  'reminder.cleared': (state, { reminderId }) => ({ ...state, reminders: withoutReminder(state.reminders ?? [], reminderId) }),
};

/** What an event after the opening makes of the state of its case. */
export function changed(state: CaseState, event: CaseEvent, memory: FoldMemory): CaseState {
  // An unknown kind is folded elsewhere, or comes from a newer Meridian: then it is kept in the log and changes nothing here.
  if (!Object.hasOwn(APPLIERS, event.body.type)) return state;
  // The table is keyed by the body's own type; TypeScript can not follow the correlation through the union.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is keyed by the type of the body; the union can not say so
  const apply = APPLIERS[event.body.type as keyof typeof APPLIERS] as Applier<CaseEventType>;
  return apply(state, event.body, event, memory);
}
