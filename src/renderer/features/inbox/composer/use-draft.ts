import { useEffect, useSyncExternalStore } from 'react';
import type { AttachmentRow, Draft } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { DraftSession } from './draft-session.ts';
import type { DraftContent, DraftPort, DraftView } from './draft-session.ts';
import { bringPromisesBack } from './promise-marks.ts';

export type DraftKind = Draft['kind'];

/** Drafts that are being written in this window; they outlive their composer until everything is saved. */
const sessions = new Map<string, DraftSession>();

function portFor(caseId: CaseId, kind: DraftKind): DraftPort {
  return {
    save: async (content) => {
      const answer = await call('drafts.save', {
        opId: newOperationId(),
        caseId,
        kind,
        text: content.text,
        to: [...content.to],
        cc: [...content.cc],
      });
      return answer.ok ? { ok: true, ...answer.value } : { ok: false, code: answer.error.code };
    },
    discard: async (draftId) => (await call('drafts.discard', { opId: newOperationId(), draftId })).ok,
  };
}

function sessionFor(caseId: CaseId, kind: DraftKind, start: DraftContent): DraftSession {
  const key = `${kind} ${caseId}`;
  const known = sessions.get(key);
  if (known !== undefined) return known;
  const made = new DraftSession(portFor(caseId, kind), start);
  sessions.set(key, made);
  return made;
}

/**
 * Reads a draft again that the engine has just made anew, such as a reply that was taken back. A live query would not
 * tell: between the old draft and the equal new one it may have seen no change at all.
 */
export async function reloadDraft(caseId: CaseId, kind: DraftKind): Promise<void> {
  if (kind === 'reply') bringPromisesBack(caseId);
  const session = sessions.get(`${kind} ${caseId}`);
  if (session === undefined) return;
  const answer = await call('drafts.get', { caseId, kind });
  if (answer.ok) session.adopt(answer.value);
}

/** Saves every draft at once: when the window loses the focus, is hidden or closed. */
function flushAll(): void {
  for (const session of sessions.values()) void session.flush();
}
if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', flushAll);
  window.addEventListener('blur', flushAll);
  document.addEventListener('visibilitychange', flushAll);
}

/** Saves what is left; a draft without words of the person's own is not kept in memory. */
async function leave(session: DraftSession, key: string): Promise<void> {
  await session.flush();
  if (session.snapshot().state === 'untouched' && sessions.get(key) === session) sessions.delete(key);
}

export interface WrittenDraft {
  readonly session: DraftSession;
  readonly view: DraftView;
  readonly attachments: readonly AttachmentRow[];
}

const NO_FILES: readonly AttachmentRow[] = [];

/** The draft of this kind on this case, shared by whoever shows it, and saved when one leaves it. */
export function useDraft(caseId: CaseId, kind: DraftKind, start: DraftContent): WrittenDraft {
  const session = sessionFor(caseId, kind, start);
  const view = useSyncExternalStore(session.subscribe, session.snapshot);
  const stored = useLive('drafts.get', { caseId, kind });
  const draft = stored.state === 'ready' ? stored.value : undefined;
  useEffect(() => session.setStart(start), [session, start]);
  useEffect(() => {
    if (draft !== undefined) session.adopt(draft);
  }, [session, draft]);
  useEffect(
    () => () => {
      void leave(session, `${kind} ${caseId}`);
    },
    [session, caseId, kind],
  );
  return { session, view, attachments: draft?.attachments ?? NO_FILES };
}
