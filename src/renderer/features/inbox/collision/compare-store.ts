import { create } from 'zustand';
import type { ThreadNews } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId, OutboxId } from '../../../../shared/domain/ids.ts';
import { call } from '../../../bridge/client.ts';

interface CompareState {
  /** A reply that waits for a look at what is new, and how it goes on. */
  readonly reply: { readonly caseId: CaseId; readonly news: ThreadNews; readonly resume: () => void } | null;
  /** A held reply that is being compared. */
  readonly held: { readonly caseId: CaseId; readonly outboxId: OutboxId } | null;
}

/** What is being compared; one at a time. */
export const useCompare = create<CompareState>(() => ({ reply: null, held: null }));

/**
 * Asks to compare when the case has changed since the reply was begun. True when nothing has, so that it may leave; else `resume` is what
 * sends it all the same. Where nobody can say whether something is new it may leave: the outbox looks again.
 * @param isLive a chat: the customer writes while one answers, before one's eyes, and is not asked about
 */
export async function isUpToDate(caseId: CaseId, resume: () => void, isLive = false): Promise<boolean> {
  const answer = await call('drafts.news', { caseId, outboxId: null });
  if (!answer.ok) return true;
  const asked = answer.value.items.filter((item) => !(isLive && item.kind === 'message' && item.direction === 'in'));
  if (asked.length === 0) return true;
  useCompare.setState({ reply: { caseId, news: answer.value, resume } });
  return false;
}
