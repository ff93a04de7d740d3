import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { CalendarProblem, Week } from '../../../shared/domain/time/calendar.ts';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import type { Weekday } from '../../../shared/domain/time/local-time.ts';
import { IconButton } from '../button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../menu.tsx';
import { useDayNames } from './use-day-names.ts';
import { addWindow, copyDay, freeWindow, removeWindow } from './week-edit.ts';
import { WindowRows } from './window-rows.tsx';
import './week.css';

const WORKDAYS = WEEKDAYS.slice(0, 5);

export interface WeekFormProps {
  readonly week: Week;
  readonly problems: readonly CalendarProblem[];
  readonly onChange: (week: Week) => void;
}

/** The week as exact times, row by row: says and does all that the grid does. */
export function WeekForm({ week, problems, onChange }: WeekFormProps): ReactNode {
  const t = useWords('rules');
  const names = useDayNames();
  return (
    <div className="week-form" role="group" aria-label={t('hours.exact')}>
      {WEEKDAYS.map((weekday) => {
        const windows = week[weekday] ?? [];
        const free = freeWindow(week, weekday);
        return (
          <div key={weekday} className="week-form-day">
            <span className="week-form-name">{names[weekday]}</span>
            <WindowRows
              day={names[weekday]}
              windows={windows}
              problems={problems.filter((problem) => problem.weekday === weekday)}
              // In place: a row that jumps while its times are typed would take the focus along.
              onChange={(index, window) => onChange({ ...week, [weekday]: windows.with(index, window) })}
              onRemove={(index) => onChange(removeWindow(week, { weekday, index }))}
              onAdd={free === null ? null : () => onChange(addWindow(week, weekday, free).week)}
            />
            <CopyMenu from={weekday} names={names} onCopy={(to) => onChange(copyDay(week, weekday, to))} />
          </div>
        );
      })}
    </div>
  );
}

function CopyMenu({
  from,
  names,
  onCopy,
}: {
  readonly from: Weekday;
  readonly names: { readonly [Day in Weekday]: string };
  readonly onCopy: (to: readonly Weekday[]) => void;
}): ReactNode {
  const t = useWords('rules');
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t('hours.copy', { day: names[from] })} icon={<Copy aria-hidden="true" />} />}>
      <MenuItem onSelect={() => onCopy(WORKDAYS)}>{t('hours.copyWeekdays')}</MenuItem>
      <MenuItem onSelect={() => onCopy(WEEKDAYS)}>{t('hours.copyAll')}</MenuItem>
      <MenuSeparator />
      {WEEKDAYS.filter((weekday) => weekday !== from).map((weekday) => (
        <MenuItem key={weekday} onSelect={() => onCopy([weekday])}>
          {names[weekday]}
        </MenuItem>
      ))}
    </Menu>
  );
}
