import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { draftOfCase, markSeen, seenEvent } from '../store/drafts.store.ts';
import { eventsSince, newestEventKey, replyQueuedEvent } from '../store/events.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { timelineOf } from '../store/timeline.store.ts';
import type { ThreadNews, TimelineItem } from '../../../shared/contract/cases.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { isThreadNews, newsMessageId } from '../../../shared/domain/collision/thread-news.ts';
import type { AgentId, CaseId, OperationId, OutboxId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';

const NOTHING: readonly TimelineItem[] = [];

/**
 * What others did in a case since its reply was begun here, or since a reply was sent on its way. In the order in which it came to be known
 * here, which is what its writer can not have seen: a colleague who was offline may have done it long before.
 */
export function threadNews(db: ReadDb, input: { readonly caseId: CaseId; readonly outboxId: OutboxId | null }): ThreadNews {
  const caseUid = currentCaseUid(db, input.caseId);
  const upTo = newestEventKey(db);
  const since = input.outboxId === null ? sinceDraft(db, caseUid) : sinceReply(db, caseUid, input.outboxId);
  if (since === null || since.key >= upTo) return { items: NOTHING, upTo };
  const events = eventsSince(db, caseUid, since.key).filter(({ body, actor }) => isThreadNews(body, actor, since.writer));
  if (events.length === 0) return { items: NOTHING, upTo };
  const wanted = new Set(events.map(({ id, body }) => newsMessageId(body) ?? id));
  const items = timelineOf(db, caseUid).filter((item) => wanted.has(item.kind === 'event' ? item.id : item.messageId));
  return { items, upTo };
}

interface Since {
  readonly key: number;
  readonly writer: AgentId | null;
}

function sinceDraft(db: ReadDb, caseUid: CaseId): Since | null {
  const draft = draftOfCase(db, caseUid, 'reply');
  const key = draft === undefined ? undefined : seenEvent(db, draft.uid);
  return key === undefined ? null : { key, writer: me(db)?.agentId ?? null };
}

function sinceReply(db: ReadDb, caseUid: CaseId, outboxId: OutboxId): Since | null {
  const queued = replyQueuedEvent(db, caseUid, outboxId);
  return queued === undefined ? null : { key: queued.key, writer: queued.actor };
}

/** The writer of a reply has looked at what was new, and goes on with it. */
export function sawNews(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly caseId: CaseId; readonly upTo: number },
): Result<null, CallError> {
  return once(context, input.opId, 'drafts.sawNews', (tx) => {
    const draft = draftOfCase(tx, currentCaseUid(tx, input.caseId), 'reply');
    if (draft === undefined) throw new CommandFailure('not-found', 'no reply is being written');
    markSeen(tx, draft.uid, Math.min(input.upTo, newestEventKey(tx)));
    return { value: null };
  });
}
