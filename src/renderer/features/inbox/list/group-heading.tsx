import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { Grouping } from '../../../../shared/domain/saved-view.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import type { ListItem } from './group-rows.ts';

export interface GroupHeadingProps {
  readonly item: Extract<ListItem, { readonly kind: 'heading' }>;
  readonly grouping: Grouping;
  readonly top: number;
  readonly height: number;
  readonly onToggle: () => void;
}

/** The heading of a group in the list; folds it away and back. */
export function GroupHeading({ item, grouping, top, height, onToggle }: GroupHeadingProps): ReactNode {
  const { t } = useTranslation('views');
  const name = useGroupName(grouping, item.sample);
  return (
    <div role="row" className="ib-group" style={{ transform: `translateY(${String(top)}px)`, blockSize: height }}>
      <div role="gridcell" style={{ blockSize: '100%' }}>
        <button type="button" data-group={item.key} aria-expanded={!item.isFolded} onClick={onToggle}>
          {item.isFolded ? <ChevronRight aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
          {t('group.count', { name, count: item.count })}
        </button>
      </div>
    </div>
  );
}

function useGroupName(grouping: Grouping, row: CaseRow): string {
  const { t } = useTranslation('views');
  const { t: tInbox } = useTranslation('inbox');
  const { t: tSearch } = useTranslation('search');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const dueAt = row.sla?.dueAt ?? null;
  switch (grouping) {
    case 'none':
      return '';
    case 'assignee':
      return row.assigneeId === null ? t('group.unassigned') : (row.assigneeName ?? row.assigneeId);
    case 'status':
      return tInbox(`status.${row.status}`);
    case 'channel':
      return tInbox(`channel.${row.channel}`);
    case 'language':
      return row.language === null ? t('group.unknownLanguage') : formats.languageName(row.language);
    case 'tier':
      return tSearch(`tier.${row.tier}`);
    case 'due-day':
      return dueAt === null ? t('group.neverDue') : formats.dayHeading(dueAt, now);
  }
}
