import { Ellipsis, Filter, Users } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { DragEvent, KeyboardEvent, ReactNode, RefObject } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ListedView } from '../../../../shared/contract/views.contract.ts';
import type { SavedViewId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useOwnNames } from '../../../state/own-names.ts';
import { bareView, newViewId, openSavedView, orderViews, removeView, saveView, useSavedViews } from '../../../state/saved-views.ts';
import { useSession } from '../../../state/session.ts';
import { IconButton } from '../../../ui/button.tsx';
import { ContextMenu, Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { setNaming } from '../filter/filter-store.ts';
import { viewerZone } from '../format/zone-time.ts';
import { setLabelFilter } from '../inbox-store.ts';
import { useNamedAgents } from '../search/asked-query.ts';

/** One's own views and the team's, each with how many cases it holds now. */
export function SavedViewLists(): ReactNode {
  const t = useWords('views');
  const views = useSavedViews();
  const mine = views.filter((view) => !view.isShared);
  const team = views.filter((view) => view.isShared);
  return (
    <>
      {mine.length > 0 && <Section title={t('mine')} views={mine} others={team} />}
      {team.length > 0 && <Section title={t('team')} views={team} others={mine} />}
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly views: readonly ListedView[];
  readonly others: readonly ListedView[];
}

function Section({ title, views, others }: SectionProps): ReactNode {
  const t = useWords('views');
  const [dragged, setDragged] = useState<SavedViewId | null>(null);
  const [said, setSaid] = useState('');
  const counts = useLiveValue('cases.countFilters', { filters: views.map((view) => view.conditions), zone: viewerZone() }, null);
  const place = (viewId: SavedViewId, at: number): void => {
    const rest = views.filter((view) => view.viewId !== viewId);
    const moved = views.find((view) => view.viewId === viewId);
    const to = Math.max(0, Math.min(at, rest.length));
    if (moved === undefined || views[to]?.viewId === viewId) return;
    void orderViews([...rest.slice(0, to), moved, ...rest.slice(to), ...others].map((view) => view.viewId));
    setSaid(t('done.moved', { name: moved.name, place: to + 1, count: views.length }));
  };
  return (
    <>
      <h2 className="ib-views-title">{title}</h2>
      <ul aria-label={title}>
        {views.map((view, index) => (
          <SavedViewItem
            key={view.viewId}
            view={view}
            // words are found by the search, which counts nothing beforehand
            count={view.text === '' ? (counts?.[index] ?? null) : null}
            onMove={(by) => place(view.viewId, index + by)}
            onDragStart={() => setDragged(view.viewId)}
            onDrop={() => {
              if (dragged !== null) place(dragged, index);
              setDragged(null);
            }}
          />
        ))}
      </ul>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}

interface ItemProps {
  readonly view: ListedView;
  readonly count: number | null;
  readonly onMove: (by: number) => void;
  readonly onDragStart: () => void;
  readonly onDrop: () => void;
}

function SavedViewItem({ view, count, onMove, onDragStart, onDrop }: ItemProps): ReactNode {
  const t = useWords('views');
  const tInbox = useWords('inbox');
  const formats = useFormats();
  const people = useNamedAgents();
  const own = useOwnNames();
  const place = useFocusPassedOn(view.viewId);
  const isCurrent = useSession((state) => state.savedViewId === view.viewId);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) onMove(event.key === 'ArrowUp' ? -1 : 1);
    else if (event.key === 'F2' && view.canChange) setNaming({ view: bareView(view), before: view });
    else if (event.key === 'Delete' && view.canChange) void removeView(view);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const items = (
    <>
      {view.canChange && (
        <MenuItem shortcut="f2" onSelect={() => setNaming({ view: bareView(view), before: view })}>
          {t('action.edit')}
        </MenuItem>
      )}
      <MenuItem
        onSelect={() => void saveView({ ...view, viewId: newViewId(), name: t('copyOf', { name: view.name }).slice(0, 80) }, false, null)}
      >
        {t('action.duplicate')}
      </MenuItem>
      {view.isMine && (
        <MenuItem onSelect={() => void saveView(view, !view.isShared, view)}>
          {view.isShared ? t('action.unshare') : t('action.share')}
        </MenuItem>
      )}
      <MenuItem shortcut="alt+arrowup" onSelect={() => onMove(-1)}>
        {t('action.up')}
      </MenuItem>
      <MenuItem shortcut="alt+arrowdown" onSelect={() => onMove(1)}>
        {t('action.down')}
      </MenuItem>
      {view.canChange && (
        <>
          <MenuSeparator />
          <MenuItem danger shortcut="delete" onSelect={() => void removeView(view)}>
            {t('action.remove')}
          </MenuItem>
        </>
      )}
    </>
  );
  return (
    // dragging is one more way to what the keys and the menu do
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- as above
    <li
      ref={place}
      className="ib-saved-view"
      draggable
      onDragStart={(event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move';
        onDragStart();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
    >
      <ContextMenu className="ib-view-area" items={items}>
        <button
          type="button"
          className="ib-view"
          data-saved-view={view.viewId}
          aria-current={isCurrent ? 'true' : undefined}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown F2 Delete"
          onKeyDown={onKeyDown}
          onClick={() => {
            setLabelFilter(null);
            openSavedView(view, people, own);
          }}
        >
          {view.isShared ? <Users aria-hidden="true" /> : <Filter aria-hidden="true" />}
          <span className="truncate">{view.name}</span>
          {count !== null && count > 0 && (
            <span className="ib-view-count tabular">
              <span aria-hidden="true">{formats.number(count)}</span>
              <span className="visually-hidden">{tInbox('views.count', { count })}</span>
            </span>
          )}
        </button>
      </ContextMenu>
      <Menu align="end" trigger={<IconButton size="sm" label={t('menu', { name: view.name })} icon={<Ellipsis aria-hidden="true" />} />}>
        {items}
      </Menu>
    </li>
  );
}

/** For a view that goes while it has the focus: gives it to where the view is now, as among the team's, to the view beside it, or to the list. */
function useFocusPassedOn(viewId: SavedViewId): RefObject<HTMLLIElement | null> {
  const place = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const item = place.current;
    return () => {
      if (item?.contains(document.activeElement) !== true) return;
      const beside = [item.nextElementSibling, item.previousElementSibling];
      // once the list is as it will be
      queueMicrotask(() => {
        const again = document.querySelector<HTMLElement>(`[data-saved-view="${viewId}"]`);
        const near = beside.map((each) => each?.querySelector<HTMLElement>('[data-saved-view]'));
        const list = document.querySelector<HTMLElement>('[data-case-row][tabindex="0"]');
        const next = [again, ...near, list].find((each) => each?.isConnected);
        next?.focus();
      });
    };
  }, [viewId]);
  return place;
}
