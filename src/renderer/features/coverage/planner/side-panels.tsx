import type { ReactNode } from 'react';
import type { CoverageIssue } from '../../../../shared/domain/coverage/coverage.ts';
import { HistoryPanel } from './history-panel.tsx';
import { IssuesPanel } from './issues-panel.tsx';
import type { SidePanel } from './planner.store.ts';
import { RequestsPanel } from './requests-panel.tsx';
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
  switch (side) {
    case 'issues':
      return <IssuesPanel issues={issues} data={data} words={words} />;
    case 'requests':
      return <RequestsPanel data={data} words={words} />;
    case 'history':
      return <HistoryPanel canPlan={data.canPlan} words={words} />;
  }
}
