import { ArrowDownUp, CircleAlert, Inbox, ListChecks, SearchX, SlidersHorizontal, X } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueryProblem } from '../../../../shared/domain/query/parse-case-query.ts';
import { SORTS } from '../../../../shared/domain/views.ts';
import type { SortId, ViewId } from '../../../../shared/domain/views.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { saveSettings } from '../../../state/save-settings.ts';
import { checkCases, goTo, openView, setSearchText, useSession } from '../../../state/session.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { keyText } from '../../../ui/kbd.tsx';
import { Menu, MenuCheckItem, MenuGroup, MenuRadioGroup, MenuSeparator } from '../../../ui/menu.tsx';
import { setColumnHidden, setLabelFilter, setSort, showRows, sortOf, useInbox } from '../inbox-store.ts';
import { HIDEABLE_COLUMNS } from './case-columns.tsx';
import { CaseTable } from './case-table.tsx';
import { RunwayCard } from '../sla/runway-card.tsx';
import './case-list.css';
import { ListContext } from './list-context.ts';
import { useAskedQuery } from '../search/asked-query.ts';
import { useCaseRows } from './use-case-rows.ts';
import type { CaseRows } from './use-case-rows.ts';

/** The list of the open view, of a label, or of what a search found. */
export function CaseList(): ReactNode {
  const view = useSession((state) => state.view);
  const searchText = useDeferredValue(useSession((state) => state.searchText));
  const sorts = useInbox((state) => state.sorts);
  const labelFilter = useInbox((state) => state.labelFilter);
  const workspace = useLiveValue('workspace.get', {}, null);
  const sort = sortOf(view, sorts);
  const asked = useAskedQuery(searchText);
  const list = useCaseRows(view, sort, asked, labelFilter);
  const isSearch = asked.text !== '' || asked.conditions.length > 0;
  const me = workspace?.me?.agentId ?? null;
  const facts = useMemo(() => ({ me, hits: list.hits }), [me, list.hits]);
  const listKey = isSearch ? `search ${searchText}` : `${view} ${sort} ${labelFilter ?? ''}`;

  useEffect(() => showRows(list.rows), [list.rows]);
  const { grow } = list;
  const growOnce = useCallback(() => grow(), [grow]);

  return (
    <ListContext value={facts}>
      <div className="ib-list">
        <ListBar list={list} view={view} isSearch={isSearch} />
        <SearchProblems problems={asked.problems} />
        {list.state === 'ready' && list.rows.length > 0 && (
          <CaseTable
            rows={list.rows}
            total={list.total}
            listKey={listKey}
            sort={sort}
            onSort={isSearch ? null : (next) => setSort(view, next)}
            grow={growOnce}
          />
        )}
        <ListState list={list} view={view} searchText={isSearch ? searchText.trim() : null} />
        {isSearch && list.state === 'ready' && <SearchNotes list={list} />}
        <RunwayCard />
      </div>
    </ListContext>
  );
}

function ListBar({ list, view, isSearch }: { readonly list: CaseRows; readonly view: ViewId; readonly isSearch: boolean }): ReactNode {
  const { t } = useTranslation('inbox');
  const checkedCount = useSession((state) => state.checkedCaseIds.size);
  const labelFilter = useInbox((state) => state.labelFilter);
  const title = isSearch ? t('search.results', { count: list.total }) : (labelFilter ?? t(`views.${view}`));
  return (
    <div className="ib-list-bar">
      {checkedCount > 0 ? (
        <>
          <ListChecks aria-hidden="true" />
          <strong aria-live="polite">{t('list.selected', { count: checkedCount })}</strong>
          <IconButton
            size="sm"
            label={t('list.clearSelection')}
            shortcut="escape"
            icon={<X aria-hidden="true" />}
            onClick={() => checkCases([])}
          />
        </>
      ) : (
        <>
          <h1 className="truncate">{title}</h1>
          {!isSearch && list.state === 'ready' && <span className="ib-list-total tabular">{list.total}</span>}
          {labelFilter !== null && !isSearch && (
            <IconButton
              size="sm"
              label={t('search.back', { view: t(`views.${view}`) })}
              icon={<X aria-hidden="true" />}
              onClick={() => setLabelFilter(null)}
            />
          )}
        </>
      )}
      <span className="ib-bar-end">
        {!isSearch && <SortMenu view={view} />}
        <DisplayMenu />
      </span>
    </div>
  );
}

function SortMenu({ view }: { readonly view: ViewId }): ReactNode {
  const { t } = useTranslation('inbox');
  const sorts = useInbox((state) => state.sorts);
  const labels = {
    runway: t('list.sortRunway'),
    due: t('list.sortDue'),
    waiting: t('list.sortWaiting'),
    newest: t('list.sortNewest'),
    oldest: t('list.sortOldest'),
  };
  const hints: Partial<Readonly<Record<SortId, string>>> = { runway: t('list.sortRunwayHint'), due: t('list.sortDueHint') };
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t('list.sort')} icon={<ArrowDownUp aria-hidden="true" />} />}>
      <MenuRadioGroup
        label={t('list.sort')}
        value={sortOf(view, sorts)}
        onChange={(next) => setSort(view, next)}
        options={SORTS.map((value) => ({ value, label: labels[value], hint: hints[value] }))}
      />
    </Menu>
  );
}

function DisplayMenu(): ReactNode {
  const { t } = useTranslation('inbox');
  const density = useSession((state) => state.density);
  const hidden = useInbox((state) => state.hiddenColumns);
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t('list.display')} icon={<SlidersHorizontal aria-hidden="true" />} />}>
      <MenuRadioGroup
        label={t('list.density')}
        value={density}
        onChange={(next) => void saveSettings({ density: next })}
        options={[
          { value: 'comfortable', label: t('list.comfortable') },
          { value: 'compact', label: t('list.compact') },
        ]}
      />
      <MenuSeparator />
      <MenuGroup label={t('list.columns')}>
        {HIDEABLE_COLUMNS.map((id) => (
          <MenuCheckItem key={id} checked={!hidden.includes(id)} onChange={(isShown) => setColumnHidden(id, !isShown)}>
            {t(`column.${id}`)}
          </MenuCheckItem>
        ))}
      </MenuGroup>
    </Menu>
  );
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
}: {
  readonly list: CaseRows;
  readonly view: ViewId;
  readonly searchText: string | null;
}): ReactNode {
  const { t } = useTranslation('inbox');
  const { t: tErrors } = useTranslation('errors');
  const { t: tFrame } = useTranslation('frame');
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
  if (searchText !== null) {
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('search.noneTitle', { text: searchText })}
        description={t('search.noneText')}
        actions={<Button onClick={() => setSearchText('')}>{t('search.back', { view: t(`views.${view}`) })}</Button>}
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

/** What of a search was not understood. What is being written is no problem yet. */
function SearchProblems({ problems }: { readonly problems: readonly QueryProblem[] }): ReactNode {
  const { t } = useTranslation('search');
  const told = problems.flatMap(({ code, ...rest }) => (code === 'empty' ? [] : [{ code, ...rest }]));
  if (told.length === 0) return null;
  return (
    <ul className="ib-search-problems" role="status">
      {told.map(({ code, name, value, start }) => (
        <li key={start}>
          <CircleAlert aria-hidden="true" /> {t(`problem.${code}`, { name, value })}
        </li>
      ))}
    </ul>
  );
}

function SearchNotes({ list }: { readonly list: CaseRows }): ReactNode {
  const { t } = useTranslation('inbox');
  if (list.notIndexed === 0 && !list.more) return null;
  return (
    <p className="ib-search-notes" role="status">
      {list.notIndexed > 0 && t('search.notIndexed', { count: list.notIndexed })} {list.more && t('search.more')}
    </p>
  );
}
