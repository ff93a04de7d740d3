import type { ReactNode } from 'react';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { SlaBadge } from '../../../../shared/contract/sla.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { weekdayTimeThere } from '../../../i18n/time-there.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { classNames } from '../../../ui/class-names.ts';
import { placeOf } from '../format/zone-time.ts';
import { pictureOf } from '../list/mark.tsx';
import type { Place } from '../format/zone-time.ts';
import { openWhy } from '../inbox-store.ts';
import type { SlaLevel } from './sla-look.ts';
import './sla.css';
import { useWords } from '../../../i18n/use-words.ts';
import { useSlaWords } from './use-sla.ts';
import { rowIcons } from '../list/row-icons.ts';

const ICONS: Readonly<Record<SlaLevel, ReactNode>> = {
  none: rowIcons.minus,
  problem: rowIcons.circleHelp,
  paused: rowIcons.circlePause,
  ok: rowIcons.clock,
  soon: rowIcons.hourglass,
  urgent: rowIcons.flame,
  overdue: rowIcons.triangleAlert,
  met: rowIcons.circleCheck,
  breached: rowIcons.timerOff,
  waived: rowIcons.ban,
  cancelled: rowIcons.ban,
};

interface DueBadgeProps {
  readonly badge: SlaBadge | null;
  readonly place: Place | null;
  /** False where there is little room: the word is then for screen readers and on hover only. */
  readonly withWord?: boolean;
  readonly className?: string;
}

/** Icon, word and open time of a clock, with everything else on hover. The state is never told by colour alone. */
export function DueBadge({ badge, place, withWord = true, className }: DueBadgeProps): ReactNode {
  const { level, word, time, sentence } = useSlaWords(badge, place);
  return (
    <span
      className={classNames('ib-due', `ib-due-${level}`, className)}
      title={sentence}
      {...(withWord ? {} : pictureOf(`${word} ${time}`.trim()))}
    >
      {ICONS[level]}
      {withWord && <span>{word}</span>}
      {time !== '' && <span className="tabular">{time}</span>}
    </span>
  );
}

/** The due column of a row: the clock that is due next, and why the row stands where it does. */
export function DueCell({ row, withWord = true }: { readonly row: CaseRow; readonly withWord?: boolean }): ReactNode {
  return (
    <span className="ib-due-cell">
      <DueBadge badge={row.sla} place={placeOf(row.contactZone, row.contactOffsetMinutes)} withWord={withWord} />
      {row.raised && <RaisedMark />}
    </span>
  );
}

/** Says that the fairness guard has put a standard case among the VIPs. */
export function RaisedMark({ withWord = false }: { readonly withWord?: boolean }): ReactNode {
  const t = useWords('inbox');
  return (
    <span className="ib-raised" title={`${t('sla.raised')}. ${t('sla.raisedHint')}`} {...(withWord ? {} : pictureOf(t('sla.raised')))}>
      {rowIcons.chevronsUp}
      {withWord && <span>{t('sla.raised')}</span>}
    </span>
  );
}

/** The clock above a conversation, with its due time here and there; opens the reasons behind it. */
export function DueButton({ row, caseId }: { readonly row: CaseRow; readonly caseId: CaseId }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const place = placeOf(row.contactZone, row.contactOffsetMinutes);
  const { level, sentence } = useSlaWords(row.sla, place);
  const dueAt = row.sla?.dueAt ?? null;
  return (
    <button type="button" className="ib-fact ib-due-button" title={sentence} aria-keyshortcuts="w" onClick={() => openWhy(caseId)}>
      <DueBadge badge={row.sla} place={place} />
      {dueAt !== null && (
        <span className="tabular">
          {t(level === 'overdue' ? 'sla.wasDue' : 'sla.due', { at: formats.dateTime(dueAt) })}
          {place !== null && <span className="ib-due-there"> · {t('sla.theirs', { time: weekdayTimeThere(formats, dueAt, place) })}</span>}
        </span>
      )}
      <span className="visually-hidden">
        {row.sla !== null && `${t(`sla.metric.${row.sla.metric}`)}. `}
        {t('sla.why')}
      </span>
    </button>
  );
}
