import { create } from 'zustand';
import type { ListedView } from '../../../../shared/contract/views.contract.ts';
import type { Condition } from '../../../../shared/domain/query/case-query.ts';
import type { SavedView } from '../../../../shared/domain/saved-view.ts';

export interface FilterState {
  /** The list of fields is open. */
  readonly isAdding: boolean;
  /** A condition that has no value yet. */
  readonly draft: Condition | null;
  /** The view that is given a name: a new one, or one that is there. */
  readonly naming: { readonly view: SavedView; readonly before: ListedView | null } | null;
  /** Groups that are folded, by the list and the group. */
  readonly folded: ReadonlySet<string>;
}

/** What is being filtered and named at the moment. */
export const useFilter = create<FilterState>()(() => ({ isAdding: false, draft: null, naming: null, folded: new Set() }));

export function setAdding(isAdding: boolean): void {
  useFilter.setState({ isAdding });
}

export function setDraft(draft: Condition | null): void {
  useFilter.setState({ draft });
}

/** Asks how a view shall be called and who shall see it, or ends that. */
export function setNaming(naming: FilterState['naming']): void {
  useFilter.setState({ naming });
}

export function toggleFolded(key: string): void {
  useFilter.setState(({ folded }) => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    return { folded: next };
  });
}
