import type { CaseEventBody } from '../case.ts';
import type { AgentId } from '../ids.ts';

/**
 * Whether what happened in a case may change what somebody writes to its customer: the customer wrote, changed or took back words; a
 * colleague answered, noted, promised, handed over, took or closed it. Not: what the writer did themselves, how our own sending went,
 * receipts, labels, and what machines of either side write.
 * @param actor who did it; null for customers and machines
 * @param me who writes
 */
export function isThreadNews(body: CaseEventBody, actor: AgentId | null, me: AgentId | null): boolean {
  if (actor !== null && actor === me) return false;
  switch (body.type) {
    case 'case.messageEdited':
    case 'case.messageRemoved':
    case 'case.noteAdded':
    case 'case.claimed':
    case 'case.released':
    case 'case.assigned':
    case 'case.statusChanged':
    case 'case.noReplyNeeded':
    case 'case.merged':
    case 'case.linked':
    case 'case.botStarted':
    case 'case.botEnded':
    case 'promise.made':
    case 'promise.kept':
    case 'promise.released':
    case 'handoff.offered':
    case 'handoff.accepted':
    case 'handoff.declined':
    case 'handoff.withdrawn':
    case 'handoff.returned':
    case 'handoff.answered':
    case 'handoff.asked':
      return true;
    case 'case.messageReceived':
    case 'case.replyQueued':
      return (body.auto ?? 'none') === 'none';
    default:
      return false;
  }
}

/** The message or note that an event brought or changed, which shows what happened better than a sentence about it; null for others. */
export function newsMessageId(body: CaseEventBody): string | null {
  switch (body.type) {
    case 'case.messageReceived':
    case 'case.messageEdited':
    case 'case.messageRemoved':
    case 'case.noteAdded':
    case 'case.replyQueued':
      return body.messageId;
    default:
      return null;
  }
}
