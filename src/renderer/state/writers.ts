import { create } from 'zustand';
import type { WrittenCase } from '../../shared/contract/team.contract.ts';
import type { PlainAction } from '../../shared/domain/case-actions.ts';
import type { CaseId } from '../../shared/domain/ids.ts';
import { call } from '../bridge/client.ts';

interface WritersState {
  /** Something is to be done to many cases, and colleagues are writing in some of them. */
  readonly question: {
    readonly caseIds: readonly CaseId[];
    readonly written: readonly WrittenCase[];
    /** Answers with the cases that it is to be done to; null: to none. */
    readonly answer: (caseIds: readonly CaseId[] | null) => void;
  } | null;
}

export const useWriters = create<WritersState>(() => ({ question: null }));

/** What is filed beside a case makes no reply to it wrong. */
const HARMLESS: ReadonlySet<PlainAction['kind']> = new Set<PlainAction['kind']>(['add-label', 'remove-label', 'priority']);

/** Whether doing this to many cases is worth asking when colleagues write in them. */
export function disturbsWriters(action: PlainAction, caseIds: readonly CaseId[]): boolean {
  return caseIds.length > 1 && !HARMLESS.has(action.kind);
}

/**
 * The cases that something is to be done to: all of them, when no colleague writes in any; else what the person says, null for none. Where
 * nobody can say who writes, all of them: it is a courtesy.
 */
export async function sparingWriters(caseIds: readonly CaseId[]): Promise<readonly CaseId[] | null> {
  const answer = await call('team.writers', { caseIds: [...caseIds] });
  if (!answer.ok || answer.value.length === 0) return caseIds;
  useWriters.getState().question?.answer(null);
  return new Promise((resolve) => {
    useWriters.setState({
      question: {
        caseIds,
        written: answer.value,
        answer: (chosen) => {
          useWriters.setState({ question: null });
          resolve(chosen === null || chosen.length === 0 ? null : chosen);
        },
      },
    });
  });
}
