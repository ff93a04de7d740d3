import type { FoldMemory, Unanswered } from './case-memory.ts';
import type { CaseState } from './case.ts';
import type { ContactId, MessageId } from './ids.ts';
import type { Instant } from './time.ts';

/** Small steps of the fold of a case. */

export function later(a: Instant | null, b: Instant): Instant {
  return a === null || b > a ? b : a;
}

/** Servers tell seconds, so of two messages in one second the one that came later is the newer. */
export function newer(
  known: MessageId | null,
  knownAt: Instant | null,
  message: { readonly messageId: MessageId; readonly at: Instant },
): MessageId {
  return known === null || knownAt === null || message.at >= knownAt ? message.messageId : known;
}

export function without<T>(list: readonly T[], item: T): readonly T[] {
  return list.filter((each) => each !== item);
}

/** The earliest message names the case and its customer, whatever order the channel delivered the thread in. */
export function named(
  state: CaseState,
  body: { readonly at: Instant; readonly contactId: ContactId; readonly subject: string },
): CaseState {
  const earliest = state.messageCount === 0 || body.at < state.openedAt;
  return earliest ? { ...state, contactId: body.contactId, subject: body.subject } : state;
}

export function withMessage(state: CaseState, at: Instant, preview: string, direction: 'in' | 'out'): CaseState {
  const first = state.messageCount === 0;
  const newest = first || at >= state.lastMessageAt;
  return {
    ...state,
    openedAt: first || at < state.openedAt ? at : state.openedAt,
    lastMessageAt: later(first ? null : state.lastMessageAt, at),
    messageCount: state.messageCount + 1,
    preview: newest ? preview : state.preview,
    lastDirection: newest ? direction : state.lastDirection,
  };
}

/** What waits for us now that the memory has changed. */
export function waiting(memory: FoldMemory): Unanswered {
  return memory.unanswered();
}
