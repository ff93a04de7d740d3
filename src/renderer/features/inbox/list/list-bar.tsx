import { ArrowDownUp, Filter, ListChecks, SlidersHorizontal, X } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ListedView } from '../../../../shared/contract/views.contract.ts';
import { GROUPINGS } from '../../../../shared/domain/saved-view.ts';
import { SEARCH_ORDERS } from '../../../../shared/domain/search-rank.ts';
import { SORTS } from '../../../../shared/domain/views.ts';
import type { SortId, ViewId } from '../../../../shared/domain/views.ts';
import { saveSettings } from '../../../state/save-settings.ts';
import { checkCases, useSession } from '../../../state/session.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Menu, MenuCheckItem, MenuGroup, MenuRadioGroup, MenuSeparator } from '../../../ui/menu.tsx';
import { startFilter } from '../filter/use-filter-commands.ts';
import type { ListLookState } from '../filter/use-question.ts';
import { setLabelFilter, useInbox } from '../inbox-store.ts';
import { setSearchOrder, useSearch } from '../search/search-store.ts';
import { HIDEABLE_COLUMNS, isColumnHidden, withColumn } from './case-columns.tsx';

export interface ListBarProps {
  /** How many cases the list holds; null while that is not known. */
  readonly total: number | null;
  /** How many of them are in the list by now; the others come when one scrolls to them. */
  readonly loaded: number;
  readonly view: ViewId;
  readonly isSearch: boolean;
  readonly savedView: ListedView | null;
  readonly look: ListLookState;
  /** False for what the search found by its words, which is in the order of the search. */
  readonly isSorted: boolean;
}

/** What the list is, how many cases it holds, and how it is shown. Not drawn anew because a row of the list changed. */
export const ListBar = memo(function ListBar({ total, loaded, view, isSearch, savedView, look, isSorted }: ListBarProps): ReactNode {
  const t = useWords('inbox');
  const tViews = useWords('views');
  const checkedCount = useSession((state) => state.checkedCaseIds.size);
  const labelFilter = useInbox((state) => state.labelFilter);
  // who chose all that is there may take it for all there is
  const isPart = checkedCount >= loaded && total !== null && checkedCount < total;
  const title = isSearch ? (savedView?.name ?? t('search.results', { count: total ?? 0 })) : (labelFilter ?? t(`views.${view}`));
  return (
    <div className="ib-list-bar">
      {checkedCount > 0 ? (
        <>
          <h1 className="visually-hidden">{title}</h1>
          <ListChecks aria-hidden="true" />
          <strong aria-live="polite">
            {isPart ? t('list.selectedOf', { count: checkedCount, total }) : t('list.selected', { count: checkedCount })}
          </strong>
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
          {(!isSearch || savedView !== null) && total !== null && <span className="ib-list-total tabular">{total}</span>}
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
        <IconButton size="sm" label={tViews('filter')} shortcut="f" icon={<Filter aria-hidden="true" />} onClick={startFilter} />
        {isSorted ? <SortMenu look={look} /> : <OrderMenu />}
        <DisplayMenu look={look} isSorted={isSorted} />
      </span>
    </div>
  );
});

function SortMenu({ look }: { readonly look: ListLookState }): ReactNode {
  const t = useWords('inbox');
  const labels = {
    runway: t('list.sortRunway'),
    due: t('list.sortDue'),
    waiting: t('list.sortWaiting'),
    newest: t('list.sortNewest'),
    oldest: t('list.sortOldest'),
    waking: t('list.sortWaking'),
  };
  const hints: Partial<Readonly<Record<SortId, string>>> = { runway: t('list.sortRunwayHint'), due: t('list.sortDueHint') };
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t('list.sort')} icon={<ArrowDownUp aria-hidden="true" />} />}>
      <MenuRadioGroup
        label={t('list.sort')}
        value={look.sort}
        onChange={(sort) => look.change({ sort })}
        options={SORTS.map((value) => ({ value, label: labels[value], hint: hints[value] }))}
      />
    </Menu>
  );
}

/** The order of what a search found. */
function OrderMenu(): ReactNode {
  const t = useWords('search');
  const tInbox = useWords('inbox');
  const order = useSearch((state) => state.order);
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={tInbox('list.sort')} icon={<ArrowDownUp aria-hidden="true" />} />}>
      <MenuRadioGroup
        label={tInbox('list.sort')}
        value={order}
        onChange={setSearchOrder}
        options={SEARCH_ORDERS.map((value) => ({ value, label: t(`order.${value}`), hint: t(`orderHint.${value}`) }))}
      />
    </Menu>
  );
}

function DisplayMenu({ look, isSorted }: { readonly look: ListLookState; readonly isSorted: boolean }): ReactNode {
  const t = useWords('inbox');
  const tViews = useWords('views');
  const density = useSession((state) => state.density);
  const { hiddenColumns: hidden, grouping } = look;
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
      {isSorted && (
        <>
          <MenuRadioGroup
            label={tViews('groupBy')}
            value={grouping}
            onChange={(next) => look.change({ grouping: next })}
            options={GROUPINGS.map((value) => ({ value, label: tViews(`grouping.${value}`) }))}
          />
          <MenuSeparator />
        </>
      )}
      <MenuGroup label={t('list.columns')}>
        {HIDEABLE_COLUMNS.map((id) => (
          <MenuCheckItem
            key={id}
            checked={!isColumnHidden(id, hidden)}
            onChange={(isShown) => look.change({ hiddenColumns: withColumn(id, isShown, hidden) })}
          >
            {t(`column.${id}`)}
          </MenuCheckItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
