import { ChevronDown, ChevronRight } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { STATUSES, TIERS } from '../../../../shared/domain/case.ts';
import { CHANNELS } from '../../../../shared/domain/message.ts';
import type { Grouping } from '../../../../shared/domain/saved-view.ts';
import { parseLocalDate } from '../../../../shared/domain/time/local-time.ts';
import { startOfDay } from '../../../../shared/domain/time/zone.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { moveToHeading } from '../inbox-store.ts';
import { useNamedAgents } from '../search/asked-query.ts';
import type { ListItem } from './group-rows.ts';

export interface GroupHeadingProps {
  readonly item: Extract<ListItem, { readonly kind: 'heading' }>;
  readonly grouping: Grouping;
  readonly top: number;
  readonly height: number;
  readonly index: number;
  readonly isCurrent: boolean;
  /** It stays at the top, because the list is scrolled to its group. */
  readonly isPinned: boolean;
  /** Folds it away, or back; where nothing of it is here, asks for it. */
  readonly onFold: (isFolded: boolean) => void;
  /** Asks for all of its cases; null where they are here. */
  readonly onWhole: (() => void) | null;
}

/** The heading of a group in the list; folds it away and back. */
export function GroupHeading({ item, grouping, top, height, index, isCurrent, isPinned, onFold, onWhole }: GroupHeadingProps): ReactNode {
  const t = useWords('views');
  const formats = useFormats();
  const name = useGroupName(grouping, item.key);
  const count = t('group.count', { name, count: item.count, number: formats.number(item.count) });
  const isPart = item.loaded < item.count;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'ArrowLeft') onFold(true);
    else if (event.key === 'ArrowRight') onFold(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={classNames('ib-group', isPinned && 'ib-group-pinned', isCurrent && 'ib-group-current')}
      style={isPinned ? { blockSize: height } : { transform: `translateY(${String(top)}px)`, blockSize: height }}
    >
      <div role="gridcell" className="ib-group-cell">
        <button
          type="button"
          className="ib-group-fold"
          data-group={item.key}
          data-group-current={isCurrent ? '' : undefined}
          tabIndex={isCurrent ? 0 : -1}
          aria-expanded={!item.isFolded}
          onFocus={() => moveToHeading(item.key)}
          onKeyDown={onKeyDown}
          onClick={() => onFold(!item.isFolded)}
        >
          {item.isFolded ? <ChevronRight aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
          <span className="truncate">
            {isPart && item.loaded > 0 ? t('group.part', { count, loaded: formats.number(item.loaded) }) : count}
          </span>
        </button>
        {isPart && onWhole !== null && (
          <Button size="sm" variant="ghost" onClick={onWhole}>
            {t('group.whole')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What a group is called, by its key alone: of some groups no case is here. */
function useGroupName(grouping: Grouping, key: string): string {
  const t = useWords('views');
  const tInbox = useWords('inbox');
  const tSearch = useWords('search');
  const formats = useFormats();
  const people = useNamedAgents();
  const now = useNow(nextMinute);
  switch (grouping) {
    case 'none':
      return '';
    case 'assignee':
      return key === '' ? t('group.unassigned') : (people.find(({ agentId }) => agentId === key)?.name ?? t('gone'));
    case 'status': {
      const status = STATUSES.find((each) => each === key);
      return status === undefined ? key : tInbox(`status.${status}`);
    }
    case 'channel': {
      const channel = CHANNELS.find((each) => each === key);
      return channel === undefined ? key : tInbox(`channel.${channel}`);
    }
    case 'language':
      return key === '' ? t('group.unknownLanguage') : formats.languageName(key);
    case 'tier': {
      const tier = TIERS.find((each) => each === key);
      return tier === undefined ? key : tSearch(`tier.${tier}`);
    }
    case 'due-day': {
      const day = parseLocalDate(key);
      return day === null ? t('group.neverDue') : formats.dayHeading(startOfDay(formats.zone, day), now);
    }
  }
}
