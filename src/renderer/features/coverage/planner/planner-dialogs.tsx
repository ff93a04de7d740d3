import type { ReactNode } from 'react';
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
    case 'publish':
      return <PublishDialog words={words} zone={data.zone} />;
    default:
      return null;
  }
}
