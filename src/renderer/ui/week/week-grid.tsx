import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { DAY_MINUTES, formatMinute } from '../../../shared/domain/time/calendar.ts';
import type { Week } from '../../../shared/domain/time/calendar.ts';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import { classNames } from '../class-names.ts';
import { useDayNames } from './use-day-names.ts';
import { useWeekDrag } from './use-week-drag.ts';
import { moveWindow, piecesOf, removeWindow, resizeWindow, STEP_MINUTES, windowAt, windowMinutes } from './week-edit.ts';
import type { EditedWeek, WindowPiece, WindowPlace } from './week-edit.ts';
import './week.css';

const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24] as const;

export interface WeekGridProps {
  readonly week: Week;
  readonly onChange: (week: Week) => void;
}

/** The week drawn: seven days of 24 hours, windows as bars that pointer and keyboard move. A night goes on in the next row. */
export function WeekGrid({ week, onChange }: WeekGridProps): ReactNode {
  const t = useWords('rules');
  const names = useDayNames();
  const hintId = useId();
  const grid = useRef<HTMLDivElement>(null);
  const focusAfter = useRef<WindowPlace | 'grid' | null>(null);
  const [spoken, setSpoken] = useState('');

  const nameOf = ({ week: of, place }: EditedWeek): string => {
    const window = place === null ? null : windowAt(of, place);
    if (window === null || place === null) return t('hours.removed');
    const words = { day: names[place.weekday], open: formatMinute(window.openMinute), close: formatMinute(window.closeMinute) };
    return window.closeMinute <= window.openMinute ? t('hours.windowNext', words) : t('hours.window', words);
  };
  const change = (edited: EditedWeek): void => {
    onChange(edited.week);
    focusAfter.current = edited.place ?? 'grid';
    setSpoken(nameOf(edited));
  };
  const drag = useWeekDrag(week, change);
  const shown = drag.shown?.week ?? week;

  // A window that moved to another row is another element: the focus goes with it.
  useEffect(() => {
    const place = focusAfter.current;
    if (place === null) return;
    focusAfter.current = null;
    // With the last window of a day gone, Tab goes on from the grid.
    const target = place === 'grid' ? null : grid.current?.querySelector<HTMLElement>(selectorOf(place));
    (target ?? grid.current)?.focus();
  }, [week]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, place: WindowPlace): void => {
    const edited = keyed(week, place, event, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (edited === null) return;
    event.preventDefault();
    event.stopPropagation();
    change(edited);
  };
  return (
    <div className="week-grid" role="group" aria-label={t('hours.grid')} aria-describedby={hintId}>
      <div className="week-grid-scale" aria-hidden="true">
        {HOURS.map((hour) => (
          <span key={hour} className="tabular" style={share('insetInlineStart', hour * 60)}>
            {hour}
          </span>
        ))}
      </div>
      {/* The pointer's way of what every window below does by key. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={grid}
        className="week-grid-days"
        tabIndex={-1}
        {...drag.handlers}
        onKeyDown={(event) => {
          if (event.key === 'Escape') drag.cancel();
        }}
      >
        {WEEKDAYS.map((weekday) => (
          <div key={weekday} className="week-grid-day">
            <span className="week-grid-name">{names[weekday]}</span>
            <div className="week-grid-track" data-track={weekday}>
              {piecesOf(shown)
                .filter((piece) => piece.weekday === weekday)
                .map((piece) => (
                  <Piece
                    key={`${piece.isRest ? 'rest' : 'window'} ${piece.place.index}`}
                    piece={piece}
                    name={nameOf({ week: shown, place: piece.place })}
                    text={pieceText(shown, piece)}
                    hintId={hintId}
                    onKeyDown={onKeyDown}
                  />
                ))}
            </div>
          </div>
        ))}
      </div>
      <p id={hintId} className="week-grid-hint muted">
        {t('hours.gridHint')}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </div>
  );
}

function selectorOf({ weekday, index }: WindowPlace): string {
  return `button[data-day="${weekday}"][data-index="${index}"]`;
}

function share(property: 'insetInlineStart' | 'inlineSize', minutes: number): CSSProperties {
  return { [property]: `${(minutes / DAY_MINUTES) * 100}%` };
}

/** Room for "22:00–06:00"; in a shorter piece half of it would be read wrongly. */
const TEXT_MINUTES = 150;

/** The times of a window, on the longer of its pieces. */
function pieceText(week: Week, { place, fromMinute, toMinute }: WindowPiece): string {
  const window = windowAt(week, place);
  const minutes = toMinute - fromMinute;
  if (window === null || minutes < TEXT_MINUTES || minutes * 2 < windowMinutes(window)) return '';
  return `${formatMinute(window.openMinute)}–${formatMinute(window.closeMinute)}`;
}

interface PieceProps {
  readonly piece: WindowPiece;
  readonly name: string;
  readonly text: string;
  readonly hintId: string;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>, place: WindowPlace) => void;
}

function Piece({ piece, name, text, hintId, onKeyDown }: PieceProps): ReactNode {
  const { place, fromMinute, toMinute, isRest } = piece;
  const style = { ...share('insetInlineStart', fromMinute), ...share('inlineSize', toMinute - fromMinute) };
  const shared = { style, 'data-day': place.weekday, 'data-index': place.index };
  // The rest of a night is the same window once more: for the pointer only.
  if (isRest) {
    return (
      <span className="week-window week-window-rest" aria-hidden="true" title={name} {...shared}>
        <span className="tabular">{text}</span>
        <i data-edge="close" />
      </span>
    );
  }
  return (
    <button
      type="button"
      className={classNames('week-window', piece.runsOn && 'week-window-runs-on')}
      aria-label={name}
      aria-describedby={hintId}
      onKeyDown={(event) => onKeyDown(event, place)}
      {...shared}
    >
      <i data-edge="open" aria-hidden="true" />
      <span className="tabular" aria-hidden="true">
        {text}
      </span>
      <i data-edge="close" aria-hidden="true" />
    </button>
  );
}

/** What a key does to the window that has the focus; null for keys that are not ours. */
function keyed(week: Week, place: WindowPlace, event: KeyboardEvent, isMirrored: boolean): EditedWeek | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (event.key === 'Delete' || event.key === 'Backspace') {
    const after = removeWindow(week, place);
    const left = after[place.weekday]?.length ?? 0;
    return { week: after, place: left === 0 ? null : { ...place, index: Math.min(place.index, left - 1) } };
  }
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    return event.shiftKey || event.altKey ? null : moveWindow(week, place, 0, event.key === 'ArrowUp' ? -1 : 1);
  }
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return null;
  const minutes = (event.key === 'ArrowRight') === isMirrored ? -STEP_MINUTES : STEP_MINUTES;
  if (event.shiftKey) return resizeWindow(week, place, 'close', minutes);
  return event.altKey ? resizeWindow(week, place, 'open', minutes) : moveWindow(week, place, minutes, 0);
}
