import type { ReactNode } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useNow } from '../../../state/clock-store.ts';
import { classNames } from '../../../ui/class-names.ts';
import { hideRunwayCard, showRunwayCard } from './runway-card.tsx';
import { nextRunwayChange, runwayLook } from './runway-look.ts';
import './runway.css';
import { useWords } from '../../../i18n/use-words.ts';
import { shownOpenMs } from './sla-look.ts';
import { pictureOf } from '../list/mark.tsx';
import { rowIcons } from '../list/row-icons.ts';

/**
 * How much of the time left has somebody on shift who can take the case. Ticks only when its words change; who they
 * are is shown while the pointer rests on it, and by the reasons behind the case's clocks.
 */
export function RunwayBadge({ row, withWord = true }: { readonly row: CaseRow; readonly withWord?: boolean }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const now = useNow((current) => nextRunwayChange(row, current));
  const { level, ms } = runwayLook(row, now);
  if (level === 'none') return null;
  const shown = shownOpenMs(ms);
  const span = shown === 0 ? t('runway.underMinute') : formats.hours(shown);
  return (
    <span
      className={classNames('ib-runway', `ib-runway-${level}`)}
      onPointerEnter={(event) => showRunwayCard(row.caseId, event.currentTarget)}
      onPointerLeave={hideRunwayCard}
      {...pictureOf(level === 'unstaffed' ? t('runway.sentenceNobody') : t('runway.sentenceStaffed', { span }))}
    >
      {level === 'unstaffed' ? rowIcons.userRoundX : rowIcons.usersRound}
      {level !== 'unstaffed' ? <span className="tabular">{span}</span> : withWord && <span>{t('runway.nobody')}</span>}
    </span>
  );
}
