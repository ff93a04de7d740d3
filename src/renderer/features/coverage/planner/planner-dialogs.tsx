import type { ReactNode } from 'react';
import { AbsenceDialog } from './absence-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FillDialog } from './fill-dialog.tsx';
import { GenerateDialog } from './generate-dialog.tsx';
import { IcsDialog } from './ics-dialog.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { PatternsDialog } from './patterns/patterns-dialog.tsx';
import { usePlanner } from './planner.store.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { ShiftDialog } from './shift-dialog.tsx';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

/** The dialog that is open, if any. */
export function PlannerDialogs({ data, words }: { readonly data: PlannerData; readonly words: ShiftWords }): ReactNode {
  const dialog = usePlanner((state) => state.dialog);
  switch (dialog?.kind) {
    case 'shift':
      return <ShiftDialog key={dialog.shiftId ?? 'new'} shiftId={dialog.shiftId} body={dialog.body} data={data} words={words} />;
    case 'override': {
      const body = data.shifts.find((each) => each.shiftId === dialog.shiftId)?.published ?? null;
      return body === null ? null : <OverrideDialog shiftId={dialog.shiftId} body={body} data={data} words={words} />;
    }
    case 'absence': {
      const agent = data.roster.agents.find((each) => each.agentId === dialog.agentId);
      return agent === undefined ? null : <AbsenceDialog agent={agent} epochDay={dialog.epochDay} zone={data.zone} words={words} />;
    }
    case 'publish':
      return <PublishDialog words={words} zone={data.zone} />;
    case 'generate':
      return <GenerateDialog data={data} words={words} rotationIds={dialog.rotationIds} />;
    case 'fill':
      return <FillDialog data={data} words={words} />;
    case 'patterns':
      return <PatternsDialog data={data} words={words} />;
    case 'ics':
      return <IcsDialog data={data} words={words} />;
    case 'export':
      return <ExportDialog data={data} />;
    case undefined:
      return null;
  }
}
