import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { DAY_MINUTES, formatMinute } from '../../../shared/domain/time/calendar.ts';
import type { CalendarProblem, WallWindow } from '../../../shared/domain/time/calendar.ts';
import { IconButton } from '../button.tsx';
import { TimeField } from './time-field.tsx';
import './week.css';

export interface WindowRowsProps {
  /** The day or date they belong to. */
  readonly day: string;
  readonly windows: readonly WallWindow[];
  readonly problems: readonly CalendarProblem[];
  readonly onChange: (index: number, window: WallWindow) => void;
  readonly onRemove: (index: number) => void;
  /** Null when there is no room for another. */
  readonly onAdd: (() => void) | null;
}

/** The windows of one day as exact times. */
export function WindowRows({ day, windows, problems, onChange, onRemove, onAdd }: WindowRowsProps): ReactNode {
  const t = useWords('rules');
  return (
    <div className="week-form-windows">
      {windows.length === 0 && <span className="muted">{t('hours.closed')}</span>}
      {windows.map((window, index) => {
        const { openMinute, closeMinute } = window;
        const own = problems.filter((problem) => problem.window === index);
        const error = (code: CalendarProblem['code']): string | undefined =>
          own.some((problem) => problem.code === code) ? t('hours.outOfRange') : undefined;
        return (
          // Windows of a day have no other name than their place.
          <span key={index} className="week-form-window">
            <TimeField
              label={t('hours.opens', { day })}
              value={openMinute}
              greatest={1_439}
              error={error('open-out-of-range')}
              onChange={(minute) => onChange(index, { openMinute: minute, closeMinute })}
            />
            <span aria-hidden="true">–</span>
            <TimeField
              label={t('hours.closes', { day })}
              value={closeMinute}
              greatest={1_440}
              error={error('close-out-of-range')}
              onChange={(minute) => onChange(index, { openMinute, closeMinute: minute })}
            />
            {closeMinute <= openMinute && closeMinute < DAY_MINUTES && <span className="muted">{t('hours.nextDay')}</span>}
            <IconButton
              size="sm"
              label={t('hours.removeWindow', { day, open: formatMinute(openMinute), close: formatMinute(closeMinute) })}
              icon={<X aria-hidden="true" />}
              onClick={() => onRemove(index)}
            />
          </span>
        );
      })}
      {onAdd !== null && <IconButton size="sm" label={t('hours.addWindow', { day })} icon={<Plus aria-hidden="true" />} onClick={onAdd} />}
    </div>
  );
}
