import { CircleAlert, Inbox, SearchX } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ListedView } from '../../../../shared/contract/views.contract.ts';
import { dueDayKey } from '../../../../shared/domain/saved-view.ts';
import type { ViewId } from '../../../../shared/domain/views.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { goTo, openView, setSearchText, useSession } from '../../../state/session.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { keyText } from '../../../ui/kbd.tsx';
import { FilterBar } from '../filter/filter-bar.tsx';
import { useFilter } from '../filter/filter-store.ts';
import { useConditionWords } from '../filter/use-condition-words.ts';
import { startFilter } from '../filter/use-filter-commands.ts';
import { useListLook, useOpenView } from '../filter/use-question.ts';
import { showRows, useInbox } from '../inbox-store.ts';
import { CaseAtHand } from './case-at-hand.ts';
import { CaseTable } from './case-table.tsx';
import type { CaseTableProps } from './case-table.tsx';
import { RunwayCard } from '../sla/runway-card.tsx';
import './case-list.css';
import { groupRows, stopsOf } from './group-rows.ts';
import { ListBar } from './list-bar.tsx';
import { ListContext } from './list-context.ts';
import { useAskedQuery } from '../search/asked-query.ts';
import { NothingFound } from '../search/nothing-found.tsx';
import { SearchProblems } from '../search/search-problems.tsx';
import { SearchScopeLine } from '../search/search-scope.tsx';
import { useCaseRows } from './use-case-rows.ts';
import type { CaseRows } from './use-case-rows.ts';

/** The list of the open view, of a label, or of what a search found. */
export function CaseList(): ReactNode {
  const view = useSession((state) => state.view);
  const searchText = useDeferredValue(useSession((state) => state.searchText));
  const labelFilter = useInbox((state) => state.labelFilter);
  const workspace = useLiveValue('workspace.get', {}, null);
  const asked = useAskedQuery(searchText);
  const isSearch = asked.text !== '' || asked.conditions.length > 0;
  const look = useListLook(isSearch);
  const savedView = useOpenView();
  // what the search found is in its own order
  const grouping = asked.text === '' ? look.grouping : 'none';
  // groups are kept folded for each list, and by what it is grouped
  const groupsOf = `${savedView?.viewId ?? (isSearch ? 'search' : (labelFilter ?? view))} ${grouping}`;
  const wholeKey = useWholeGroup(groupsOf);
  const list = useCaseRows(view, look.sort, asked, labelFilter, grouping, wholeKey);
  const me = workspace?.me?.agentId ?? null;
  const facts = useMemo(() => ({ me, hits: list.hits }), [me, list.hits]);
  const listKey = `${isSearch ? `search ${searchText}` : `${view} ${labelFilter ?? ''}`} ${look.sort} ${grouping}`;
  const folded = useFilter((state) => state.folded);
  const formats = useFormats();
  const grouped = useMemo(() => {
    if (grouping === 'none') return null;
    return groupRows({
      rows: list.rows,
      grouping,
      dayOf: ({ sla }) => dueDayKey(sla?.dueAt ?? null, formats.zone),
      isFolded: (key) => folded[`${groupsOf} ${key}`] === true,
      counts: list.groups,
      whole: list.whole,
    });
  }, [list.rows, list.groups, list.whole, grouping, groupsOf, folded, formats]);
  const rows = grouped === null ? list.rows : grouped.rows;

  const { grow } = list;
  const growOnce = useCallback(() => grow(), [grow]);
  const { table, isHeld } = useHeldTable(list, {
    rows,
    items: grouped?.items ?? null,
    grouping,
    groupsOf,
    hiddenColumns: look.hiddenColumns,
    total: list.total,
    listKey,
    sort: look.sort,
    onSort: asked.text === '' ? (sort) => look.change({ sort }) : null,
    grow: growOnce,
  });
  useCursorOnBest(list, asked.text);
  useEffect(() => {
    // keys act on what is on the screen
    if (!isHeld) showRows(rows, grouped === null ? null : stopsOf(grouped));
  }, [rows, grouped, isHeld]);

  return (
    <ListContext value={facts}>
      <div className="ib-list">
        <ListBar
          total={totalOf(list)}
          loaded={list.rows.length}
          view={view}
          isSearch={isSearch}
          savedView={savedView}
          look={look}
          isSorted={asked.text === ''}
        />
        {isSearch && <FilterBar asked={asked} look={look} />}
        <SearchProblems problems={asked.problems} words={asked.text} />
        {list.scope !== null && <SearchScopeLine scope={list.scope} notIndexed={list.notIndexed} found={list.rows.length} />}
        {table === null ? (
          <ListState list={list} view={view} searchText={isSearch ? searchText.trim() : null} words={asked.text} savedView={savedView} />
        ) : (
          <CaseTable {...table} />
        )}
        <RunwayCard />
        <CaseAtHand />
      </div>
    </ListContext>
  );
}

function totalOf({ state, total }: CaseRows): number | null {
  return state === 'ready' ? total : null;
}

/** The group of this list of which all cases were asked for. */
function useWholeGroup(groupsOf: string): string | null {
  const wanted = useFilter((state) => state.whole);
  return wanted?.startsWith(`${groupsOf} `) === true ? wanted.slice(groupsOf.length + 1) : null;
}

/** The cursor begins on the best of what was found. */
function useCursorOnBest({ isEarlier, state }: CaseRows, text: string): void {
  const begunFor = useRef('');
  useEffect(() => {
    if (isEarlier || state !== 'ready' || begunFor.current === text) return;
    begunFor.current = text;
    if (text !== '') useInbox.setState({ cursorCaseId: null, cursorIndex: 0, cursorHeading: null });
  }, [isEarlier, state, text]);
}

/** For so long the last list stays on the screen while the next one is on its way: longer, and it would be taken for the next one. */
const HELD_MS = 120;

/** The list to draw. The table stays mounted from one list to the next, so that its rows are changed in one frame instead of made anew in two. */
function useHeldTable(list: CaseRows, given: CaseTableProps): { readonly table: CaseTableProps | null; readonly isHeld: boolean } {
  const ready = list.state === 'ready' && list.rows.length > 0 ? given : null;
  const isLoading = list.state === 'loading';
  const [held, setHeld] = useState(ready);
  const [isOver, setOver] = useState(false);
  const isNew =
    ready !== null && (held === null || held.rows !== ready.rows || held.listKey !== ready.listKey || held.items !== ready.items);
  if (isNew) setHeld(ready);
  useEffect(() => {
    if (!isLoading) return undefined;
    const timer = setTimeout(() => setOver(true), HELD_MS);
    return () => {
      clearTimeout(timer);
      setOver(false);
    };
  }, [isLoading]);
  const isHeld = isLoading && !isOver && held !== null;
  return { table: ready ?? (isHeld ? held : null), isHeld };
}

const NEXT_VIEW: Readonly<Record<Exclude<ViewId, 'all'>, ViewId>> = {
  mine: 'unassigned',
  unassigned: 'mine',
  vip: 'all',
  'due-soon': 'all',
  overdue: 'due-soon',
  unstaffed: 'due-soon',
  'waiting-us': 'all',
  'waiting-customer': 'waiting-us',
  snoozed: 'mine',
  solved: 'all',
};
const EMPTY_KEYS: Partial<Readonly<Record<ViewId, string>>> = { vip: 'v', snoozed: 's', solved: 'e' };

/** What stands in place of rows: loading, an error, or nothing, each with the next step. */
function ListState({
  list,
  view,
  searchText,
  words,
  savedView,
}: {
  readonly list: CaseRows;
  readonly view: ViewId;
  readonly searchText: string | null;
  readonly words: string;
  readonly savedView: ListedView | null;
}): ReactNode {
  const t = useWords('inbox');
  const tErrors = useWords('errors');
  const tFrame = useWords('frame');
  if (list.state === 'loading') return <ListSkeleton label={t('list.loading')} />;
  if (list.error !== null) {
    return (
      <EmptyState
        tone="problem"
        icon={<CircleAlert />}
        title={t('list.errorTitle')}
        description={errorText(tErrors, list.error.code)}
        actions={<Button onClick={() => openView(view)}>{tFrame('common.retry')}</Button>}
      />
    );
  }
  if (list.rows.length > 0) return null;
  if (savedView !== null) return <EmptyView view={savedView} />;
  if (searchText !== null) {
    return (
      <NothingFound
        asked={searchText}
        words={words}
        isPart={list.scope !== null && list.scope.next !== null}
        view={t(`views.${view}`)}
        onBack={() => setSearchText('')}
        onSearch={setSearchText}
      />
    );
  }
  return (
    <EmptyState
      icon={<Inbox />}
      title={t(`empty.${view}.title`)}
      description={t(`empty.${view}.text`, { key: keyText(EMPTY_KEYS[view] ?? '') })}
      actions={<Button onClick={() => (view === 'all' ? goTo('settings') : openView(NEXT_VIEW[view]))}>{t(`empty.${view}.action`)}</Button>}
    />
  );
}

/** Labels that a view asks for and that no case has. */
function goneLabels(view: ListedView, labels: readonly { readonly label: string }[]): readonly string[] {
  const asked = view.conditions.flatMap((each) => (each.field === 'label' && !each.not ? each.values : []));
  return asked.filter((label) => !labels.some((known) => known.label === label));
}

/** A saved view without cases says what it would show. */
function EmptyView({ view }: { readonly view: ListedView }): ReactNode {
  const t = useWords('views');
  const words = useConditionWords();
  const labels = useLiveValue('cases.labels', {}, null);
  const gone = labels === null ? [] : goneLabels(view, labels);
  return (
    <EmptyState
      icon={<SearchX />}
      title={t('emptyTitle', { name: view.name })}
      description={[t('emptyText', { conditions: words.all(view) }), ...gone.map((label) => t('goneLabel', { label }))].join(' ')}
      actions={<Button onClick={startFilter}>{t('emptyChange')}</Button>}
    />
  );
}

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Grey rows; they appear only when loading takes longer than a blink. */
function ListSkeleton({ label }: { readonly label: string }): ReactNode {
  return (
    <div className="ib-skeleton" role="status" aria-label={label}>
      {SKELETON_ROWS.map((key) => (
        <span key={key} className="ib-skeleton-row" />
      ))}
    </div>
  );
}
