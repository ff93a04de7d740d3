import { create } from 'zustand';
import type { CaseId, MacroId } from '../../../../shared/domain/ids.ts';
import type { MacroAction } from '../../../../shared/domain/macro/macro.ts';
import { targetCaseIds } from '../inbox-store.ts';

/** What a macro does with the reply that its words are in. */
export interface WithReply {
  readonly name: string;
  readonly actions: readonly MacroAction[];
}

interface MacroState {
  /** The choice that is open, for which cases, and where in the reply the words go (null: at its begin). `typed`: it was opened by `#` in the text. */
  readonly picker: { readonly caseIds: readonly CaseId[]; readonly caret: number | null; readonly typed: boolean } | null;
  /** A macro for many cases that waits for a look at who gets what. */
  readonly confirm: { readonly macroId: MacroId; readonly name: string; readonly caseIds: readonly CaseId[] } | null;
  /** Words on their way into the reply of a case. */
  readonly insert: {
    readonly caseId: CaseId;
    readonly text: string;
    readonly caret: number | null;
    readonly macro: WithReply | null;
  } | null;
  /** What is done with the next reply, by case. */
  readonly withReply: Readonly<Record<CaseId, WithReply>>;
}

export const useMacros = create<MacroState>(() => ({ picker: null, confirm: null, insert: null, withReply: {} }));

/** Opens the choice for the chosen cases; from within a reply for that reply, at its cursor. */
export function openMacros(): void {
  const area = document.activeElement;
  const isInReply = area instanceof HTMLTextAreaElement && area.closest('.ib-composer[data-mode="reply"]') !== null;
  const caseIds = targetCaseIds();
  if (caseIds.length > 0) useMacros.setState({ picker: { caseIds, caret: isInReply ? area.selectionStart : null, typed: false } });
}

export function setWithReply(caseId: CaseId, macro: WithReply | null): void {
  useMacros.setState(({ withReply }) => {
    const { [caseId]: _before, ...others } = withReply;
    return { withReply: macro === null ? others : { ...others, [caseId]: macro } };
  });
}
