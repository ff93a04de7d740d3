import type { ReactNode } from 'react';
import type { CoverageIssue } from '../../../../shared/domain/coverage/coverage.ts';
import { IssuesPanel } from './issues-panel.tsx';
import type { SidePanel } from './planner.store.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

export interface SidePanelsProps {
  readonly side: SidePanel;
  readonly data: PlannerData;
  readonly words: ShiftWords;
  readonly issues: readonly CoverageIssue[];
}

/** The panel beside the plan. */
export function SidePanels({ side, data, words, issues }: SidePanelsProps): ReactNode {
  return side === 'issues' ? <IssuesPanel issues={issues} data={data} words={words} /> : null;
}
