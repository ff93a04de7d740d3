import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { CaseId } from '../../../../shared/domain/ids.ts';

/** What was decided about the promises that were found in the reply of a case, by their keys. */
interface CaseMarks {
  readonly confirmed: readonly string[];
  readonly dismissed: readonly string[];
}

interface PromiseMarks {
  readonly cases: Readonly<Record<CaseId, CaseMarks>>;
}

const NOTHING: CaseMarks = { confirmed: [], dismissed: [] };

/** Kept with the page, like what is written: it survives another case in between, and a restart. */
export const usePromiseMarks = create<PromiseMarks>()(
  persist((): PromiseMarks => ({ cases: {} }), { name: 'meridian.promises', version: 1 }),
);

export function marksOf({ cases }: PromiseMarks, caseId: CaseId): CaseMarks {
  return cases[caseId] ?? NOTHING;
}

function change(caseId: CaseId, marks: (before: CaseMarks) => CaseMarks): void {
  usePromiseMarks.setState((state) => ({ cases: { ...state.cases, [caseId]: marks(marksOf(state, caseId)) } }));
}

const without = (keys: readonly string[], key: string): readonly string[] => keys.filter((each) => each !== key);

export function confirmPromise(caseId: CaseId, key: string): void {
  change(caseId, ({ confirmed, dismissed }) => ({ confirmed: [...without(confirmed, key), key], dismissed: without(dismissed, key) }));
}

export function dismissPromise(caseId: CaseId, key: string): void {
  change(caseId, ({ confirmed, dismissed }) => ({ confirmed: without(confirmed, key), dismissed: [...without(dismissed, key), key] }));
}

/** What was decided in replies that were sent: one that is taken back has it again. */
const sent = new Map<CaseId, CaseMarks>();

/** The reply was sent. */
export function putPromisesAway(caseId: CaseId): void {
  sent.set(caseId, marksOf(usePromiseMarks.getState(), caseId));
  forgetPromises(caseId);
}

/** The reply was taken back and is written on. */
export function bringPromisesBack(caseId: CaseId): void {
  const marks = sent.get(caseId);
  if (marks !== undefined) change(caseId, () => marks);
}

/** The reply was thrown away. */
export function forgetPromises(caseId: CaseId): void {
  usePromiseMarks.setState(({ cases }) => ({
    cases: Object.fromEntries(Object.entries(cases).filter(([each]) => each !== caseId)),
  }));
}
