import { create } from 'zustand';
import { persist } from 'zustand/middleware';
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
  /** Groups that are folded, by the list and the group; kept. */
  readonly folded: Readonly<Record<string, true>>;
  /** The group of which all cases were asked for, by the list and the group. */
  readonly whole: string | null;
}

/** More groups are not remembered as folded: the ones of days are never seen again. */
const MOST_FOLDED = 300;

/** What is being filtered and named at the moment, and which groups are folded. */
export const useFilter = create<FilterState>()(
  persist((): FilterState => ({ isAdding: false, draft: null, naming: null, folded: {}, whole: null }), {
    name: 'meridian.groups',
    version: 1,
    partialize: ({ folded }) => ({ folded }),
  }),
);

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

export function setFolded(key: string, isFolded: boolean): void {
  useFilter.setState(({ folded }) => {
    const { [key]: _before, ...others } = folded;
    const kept = Object.entries(others).slice(1 - MOST_FOLDED);
    return { folded: isFolded ? { ...Object.fromEntries(kept), [key]: true } : others };
  });
}

/** Asks for all cases of a group, whatever the list was cut to. */
export function askForWhole(key: string | null): void {
  useFilter.setState({ whole: key });
}
