import { useMemo } from 'react';
import type { ListedView } from '../../../../shared/contract/views.contract.ts';
import type { CaseQuery, Condition } from '../../../../shared/domain/query/case-query.ts';
import { formatCaseQuery } from '../../../../shared/domain/query/format-case-query.ts';
import type { OwnNames } from '../../../../shared/domain/query/own-names.ts';
import { parseCaseQuery } from '../../../../shared/domain/query/parse-case-query.ts';
import type { NamedAgent } from '../../../../shared/domain/query/parse-case-query.ts';
import type { ListLook } from '../../../../shared/domain/saved-view.ts';
import { useOwnNames } from '../../../state/own-names.ts';
import { useSavedViews } from '../../../state/saved-views.ts';
import { setListLook, setSearchText, useSession } from '../../../state/session.ts';
import { setColumnHidden, setGrouping, setSort, sortOf, useInbox } from '../inbox-store.ts';
import { useNamedAgents } from '../search/asked-query.ts';

/** A new filter begins with what still needs somebody. */
export const UNSOLVED = { field: 'status', not: false, values: ['open', 'pending', 'hold'] } as const satisfies Condition;

/** The saved view that is open; null for a standing view and for a question that nobody saved. */
export function useOpenView(): ListedView | null {
  const savedViewId = useSession((state) => state.savedViewId);
  const views = useSavedViews();
  return views.find((view) => view.viewId === savedViewId) ?? null;
}

export interface ListLookState extends ListLook {
  readonly change: (patch: Partial<ListLook>) => void;
}

/** How the list is shown: as the saved view says and as it was changed since; a standing view as this person left it. */
export function useListLook(isQuestion: boolean): ListLookState {
  const saved = useOpenView();
  const changed = useSession((state) => state.listLook);
  const view = useSession((state) => state.view);
  const sorts = useInbox((state) => state.sorts);
  const hiddenColumns = useInbox((state) => state.hiddenColumns);
  const groupings = useInbox((state) => state.groupings);
  return useMemo(() => {
    if (!isQuestion)
      return {
        sort: sortOf(view, sorts),
        hiddenColumns,
        grouping: groupings[view] ?? 'none',
        change: ({ sort, hiddenColumns: hidden, grouping }) => {
          if (sort !== undefined) setSort(view, sort);
          if (grouping !== undefined) setGrouping(view, grouping);
          for (const id of new Set([...(hidden ?? []), ...(hidden === undefined ? [] : hiddenColumns)]))
            setColumnHidden(id, hidden?.includes(id) ?? false);
        },
      };
    const usual: ListLook = { sort: 'newest', hiddenColumns, grouping: 'none' };
    const { sort, hiddenColumns: hidden, grouping } = changed ?? saved ?? usual;
    const look: ListLook = { sort, hiddenColumns: hidden, grouping };
    return { ...look, change: (patch) => setListLook({ ...look, ...patch }) };
  }, [isQuestion, saved, changed, view, sorts, hiddenColumns, groupings]);
}

/** Whether what is asked and shown is something else than what the view keeps. */
export function isChanged(view: ListedView, asked: CaseQuery, look: ListLook, people: readonly NamedAgent[], own: OwnNames): boolean {
  const sorted = (ids: readonly string[]): string => [...ids].sort().join(' ');
  // a view is compared as the search would read it: there may be two ways to say the same
  const kept = parseCaseQuery(formatCaseQuery(view, people, own), people, own);
  return (
    formatCaseQuery(asked, people, own) !== formatCaseQuery(kept, people, own) ||
    look.sort !== view.sort ||
    look.grouping !== view.grouping ||
    sorted(look.hiddenColumns) !== sorted(view.hiddenColumns)
  );
}

/** Asks with other conditions; the words stay. */
export function useSetConditions(asked: CaseQuery): (conditions: readonly Condition[]) => void {
  const people = useNamedAgents();
  const own = useOwnNames();
  return (conditions) => setSearchText(formatCaseQuery({ conditions, text: asked.text }, people, own));
}
