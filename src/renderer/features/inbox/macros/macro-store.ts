import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { CaseId, MacroId } from '../../../../shared/domain/ids.ts';
import type { MacroAction } from '../../../../shared/domain/macro/macro.ts';
import { targetCaseIds } from '../inbox-store.ts';

/** What a macro does with the reply that its words are in. */
export interface WithReply {
  readonly name: string;
  readonly actions: readonly MacroAction[];
}

interface MacroState {
  /** The choice that is open, for which cases, and where in the reply the words go (null: at its begin). `typed`: it was opened by `#` in the text, and by what stood behind it. */
  readonly picker: { readonly caseIds: readonly CaseId[]; readonly caret: number | null; readonly typed: string | null } | null;
  /** A macro for many cases that waits for a look at who gets what. */
  readonly confirm: { readonly macroId: MacroId; readonly name: string; readonly caseIds: readonly CaseId[] } | null;
  /** Words on their way into the reply of a case. */
  readonly insert: {
    readonly caseId: CaseId;
    readonly text: string;
    readonly caret: number | null;
    readonly macro: WithReply | null;
    /** Typed by hand, and no words of a macro. */
    readonly isTyped?: boolean;
    /** What it is called when it is no macro. */
    readonly name?: string;
  } | null;
  /** What is done with the next reply, by case; kept like the reply itself, however this window ends. */
  readonly withReply: Readonly<Record<CaseId, WithReply>>;
}

/** Replies that wait to be written: more than anybody has. */
const MOST_KEPT = 200;

export const useMacros = create<MacroState>()(
  persist((): MacroState => ({ picker: null, confirm: null, insert: null, withReply: {} }), {
    name: 'meridian.macros',
    version: 1,
    partialize: ({ withReply }) => ({ withReply: Object.fromEntries(Object.entries(withReply).slice(-MOST_KEPT)) }),
  }),
);

/** Opens the choice for the chosen cases; from within a reply for that reply, at its cursor. */
export function openMacros(): void {
  const area = document.activeElement;
  const isInReply = area instanceof HTMLTextAreaElement && area.closest('.ib-composer[data-mode="reply"]') !== null;
  const caseIds = targetCaseIds();
  if (caseIds.length > 0) useMacros.setState({ picker: { caseIds, caret: isInReply ? area.selectionStart : null, typed: null } });
}

export function setWithReply(caseId: CaseId, macro: WithReply | null): void {
  useMacros.setState(({ withReply }) => {
    const { [caseId]: _before, ...others } = withReply;
    return { withReply: macro === null ? others : { ...others, [caseId]: macro } };
  });
}
