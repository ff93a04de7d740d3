import {
  AlarmClock,
  Archive,
  BellOff,
  CircleUserRound,
  Crown,
  Inbox,
  Layers,
  MessageCircleReply,
  MessageCircleMore,
  Tag,
  TimerOff,
  UserRoundX,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { VIEWS } from '../../../../shared/domain/views.ts';
import type { ViewId } from '../../../../shared/domain/views.ts';
import { prefetch } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { viewKeys } from '../../../shortcuts/view-keys.ts';
import { openView, useSession } from '../../../state/session.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { setLabelFilter, sortOf, useInbox } from '../inbox-store.ts';
import { PAGE_SIZE } from '../list/use-case-rows.ts';
import { PutOffItems } from './put-off-items.tsx';
import { LabelMenu } from './label-menu.tsx';
import { SavedViewLists } from './saved-view-list.tsx';
import './view-list.css';

export const VIEW_ICONS: Readonly<Record<ViewId, ReactNode>> = {
  mine: <CircleUserRound aria-hidden="true" />,
  unassigned: <Inbox aria-hidden="true" />,
  vip: <Crown aria-hidden="true" />,
  'due-soon': <AlarmClock aria-hidden="true" />,
  overdue: <TimerOff aria-hidden="true" />,
  unstaffed: <UserRoundX aria-hidden="true" />,
  'waiting-us': <MessageCircleReply aria-hidden="true" />,
  'waiting-customer': <MessageCircleMore aria-hidden="true" />,
  snoozed: <BellOff aria-hidden="true" />,
  solved: <Archive aria-hidden="true" />,
  all: <Layers aria-hidden="true" />,
};

/** Views whose icon takes a colour while they hold something. */
const TONES: Partial<Readonly<Record<ViewId, string>>> = { vip: 'vip', 'due-soon': 'soon', overdue: 'breach', unstaffed: 'breach' };

const NO_LABELS: readonly { readonly label: string; readonly count: number }[] = [];

/** The standing views and the labels, each with how many cases it holds now. */
export function ViewList(): ReactNode {
  const t = useWords('inbox');
  const labels = useLiveValue('cases.labels', {}, NO_LABELS);
  return (
    <nav className="ib-views" aria-label={t('views.title')}>
      <ul>
        {VIEWS.map((view) => (
          <ViewItem key={view} view={view} />
        ))}
        <PutOffItems />
      </ul>
      <SavedViewLists />
      <h2 className="ib-views-title">{t('views.labels')}</h2>
      {labels.length === 0 ? (
        <p className="ib-views-hint">{t('views.noLabels')}</p>
      ) : (
        <ul>
          {labels.map(({ label, count }) => (
            <LabelItem key={label} label={label} count={count} />
          ))}
        </ul>
      )}
    </nav>
  );
}

function ViewItem({ view }: { readonly view: ViewId }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const counts = useLiveValue('cases.counts', {}, null);
  const isOpen = useSession((state) => state.view === view && state.searchText.trim() === '');
  const labelFilter = useInbox((state) => state.labelFilter);
  const sorts = useInbox((state) => state.sorts);
  const count = counts?.[view] ?? null;
  const isCurrent = isOpen && labelFilter === null;
  return (
    <li>
      <Tooltip content={t('views.go', { view: t(`views.${view}`) })} shortcut={viewKeys(view)} side="right">
        <button
          type="button"
          className="ib-view"
          data-view={view}
          data-tone={count !== null && count > 0 ? TONES[view] : undefined}
          aria-current={isCurrent ? 'true' : undefined}
          onPointerEnter={() => prefetch('cases.list', { view, sort: sortOf(view, sorts), limit: PAGE_SIZE })}
          onClick={() => {
            setLabelFilter(null);
            openView(view);
          }}
        >
          {VIEW_ICONS[view]}
          <span className="truncate">{t(`views.${view}`)}</span>
          {count !== null && count > 0 && (
            <span className="ib-view-count tabular">
              <span aria-hidden="true">{formats.number(count)}</span>
              <span className="visually-hidden">{t('views.count', { count })}</span>
            </span>
          )}
        </button>
      </Tooltip>
    </li>
  );
}

function LabelItem({ label, count }: { readonly label: string; readonly count: number }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const isCurrent = useInbox((state) => state.labelFilter === label);
  return (
    <li>
      <LabelMenu className="ib-view-area" label={label}>
        <button
          type="button"
          className="ib-view"
          aria-current={isCurrent ? 'true' : undefined}
          onClick={() => {
            openView(useSession.getState().view);
            setLabelFilter(isCurrent ? null : label);
          }}
        >
          <Tag aria-hidden="true" />
          <span className="truncate">{label}</span>
          <span className="ib-view-count tabular">
            <span aria-hidden="true">{formats.number(count)}</span>
            <span className="visually-hidden">{t('views.count', { count })}</span>
          </span>
        </button>
      </LabelMenu>
    </li>
  );
}
