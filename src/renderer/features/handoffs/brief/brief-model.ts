import type { BriefView } from '../../../../shared/contract/handoff.contract.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { Brief } from '../../../../shared/domain/handoff/sweep.ts';
import type { Instant } from '../../../../shared/domain/time.ts';

export const BRIEF_SECTIONS = ['handedOver', 'changed', 'dueBeforeNoon', 'promises'] as const;
export type BriefSection = (typeof BRIEF_SECTIONS)[number];

/** One thing to look at. A case that is in two sections is two steps: there are two things to know about it. */
export interface BriefStep {
  readonly key: string;
  readonly section: BriefSection;
  readonly row: CaseRow;
  /** What was promised; null for what is no promise. */
  readonly promise: { readonly text: string; readonly dueAt: Instant } | null;
}

/** All steps as they stand below each other; a case that is not known here any more has none. */
export function briefSteps(brief: Brief, cases: BriefView['cases']): readonly BriefStep[] {
  const plain = (['handedOver', 'changed', 'dueBeforeNoon'] as const).flatMap((section) =>
    brief[section].flatMap((caseId): readonly BriefStep[] => {
      const row = cases[caseId];
      return row === undefined ? [] : [{ key: `${section} ${caseId}`, section, row, promise: null }];
    }),
  );
  const promises = brief.promises.flatMap(({ caseId, text, dueAt }): readonly BriefStep[] => {
    const row = cases[caseId];
    return row === undefined ? [] : [{ key: `promises ${caseId} ${String(dueAt)}`, section: 'promises', row, promise: { text, dueAt } }];
  });
  return [...plain, ...promises];
}

/** The next that was not looked at yet, below a step or else from the top; the step itself when there is none. */
export function nextStep(steps: readonly BriefStep[], key: string, ticked: ReadonlySet<string>): string {
  const at = steps.findIndex((each) => each.key === key);
  const order = [...steps.slice(at + 1), ...steps.slice(0, Math.max(0, at))];
  return order.find((each) => !ticked.has(each.key))?.key ?? key;
}
