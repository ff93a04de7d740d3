import { CircleDashed, Repeat2 } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { memo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Override, ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import { classNames } from '../../../ui/class-names.ts';
import { fractionAt, percent } from '../../../ui/time-axis.ts';
import type { AxisDay, TimeAxis } from '../../../ui/time-axis.ts';
import type { LanedShift } from './planner-rows.ts';
import { usePlanner } from './planner.store.ts';
import { seamOf } from './shift-edit.ts';
import type { ShiftWords } from './shift-words.ts';

/** Room for `09:00–18:00`, and for `09:00`; half a time would be read as another one. */
const TIMES_PX = 78;
const START_PX = 40;
/** What an icon takes of it. */
const ICON_PX = 15;

function barText(times: string, px: number): string {
  if (px > TIMES_PX) return times;
  return px > START_PX ? times.slice(0, times.indexOf('–')) : '';
}

interface Placed {
  readonly style: CSSProperties;
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
  readonly px: number;
}

/** Where a stretch is drawn in a day's cell, cut at the ends of the window. Null outside of it. */
export function placeIn(
  body: Pick<ShiftBody, 'startAt' | 'endAt'>,
  box: Pick<AxisDay, 'from' | 'to'>,
  axis: TimeAxis,
  trackPx: number,
): Placed | null {
  const from = Math.max(body.startAt, axis.from);
  const to = Math.min(body.endAt, axis.to);
  if (to <= from) return null;
  return {
    style: {
      insetInlineStart: percent(fractionAt(box, from)),
      inlineSize: percent((to - from) / (box.to - box.from)),
    },
    isCutBefore: from > body.startAt,
    isCutAfter: to < body.endAt,
    px: ((to - from) / (axis.to - axis.from)) * trackPx,
  };
}

export interface ShiftBarProps {
  readonly placed: LanedShift;
  readonly day: AxisDay;
  readonly axis: TimeAxis;
  readonly trackPx: number;
  readonly laneTop: number;
  readonly laneHeight: number;
  readonly overrides: readonly Override[];
  readonly isTabStop: boolean;
  readonly words: ShiftWords;
}

/** One shift. Pointer and keys are heard by the grid: a bar says what it is by its `data-` attributes. */
export const ShiftBar = memo(function ShiftBar({
  placed,
  day,
  axis,
  trackPx,
  laneTop,
  laneHeight,
  overrides,
  isTabStop,
  words,
}: ShiftBarProps): ReactNode {
  const t = useWords('plan');
  const { body, look, shiftId } = placed;
  const isSelected = usePlanner((state) => state.selected.has(shiftId));
  const place = placeIn(body, day, axis, trackPx);
  if (place === null) return null;
  const icons = Number(body.agentId === null) + Number(overrides.length > 0);
  const text = barText(words.times(body, axis.zone), place.px - icons * ICON_PX);
  const covered = overrides.map((each) => t('shift.covered', { name: words.who(each.agentIn), times: words.times(each, axis.zone) }));
  return (
    <button
      type="button"
      className={classNames('plan-bar', place.isCutBefore && 'plan-bar-cut-before', place.isCutAfter && 'plan-bar-cut-after')}
      data-shift={shiftId}
      data-look={look}
      data-open={body.agentId === null ? '' : undefined}
      aria-pressed={isSelected}
      aria-label={[words.name(placed), ...covered].join(t('shift.join'))}
      tabIndex={isTabStop ? 0 : -1}
      style={{ ...place.style, insetBlockStart: laneTop, blockSize: laneHeight }}
    >
      {!place.isCutBefore && <i className="plan-bar-edge" data-edge="start" aria-hidden="true" />}
      {body.breaks.map((each) => (
        <Piece key={each.startAt} kind="break" span={each} body={body} axis={axis} />
      ))}
      {overrides.map((each) => (
        <Piece key={each.overrideId} kind="override" span={each} body={body} axis={axis} />
      ))}
      {/* Drawn by the style sheet: the button's name says it in full, and in words. */}
      <span className="plan-bar-text tabular" aria-hidden="true">
        {body.agentId === null && place.px > 24 && <CircleDashed />}
        {overrides.length > 0 && place.px > 24 && <Repeat2 />}
        <i data-text={text} />
        {seamOf(body) !== 0 && place.px > TIMES_PX + 28 && <em data-text={words.length(body.endAt - body.startAt)} />}
        {look !== 'published' && place.px > TIMES_PX + 60 && <b className="plan-bar-look" data-text={t(`look.${look}`)} />}
      </span>
      {!place.isCutAfter && <i className="plan-bar-edge" data-edge="end" aria-hidden="true" />}
    </button>
  );
});

interface PieceProps {
  readonly kind: 'break' | 'override';
  readonly span: Pick<ShiftBody, 'startAt' | 'endAt'>;
  readonly body: ShiftBody;
  readonly axis: TimeAxis;
}

/** A stretch within a bar. */
function Piece({ kind, span, body, axis }: PieceProps): ReactNode {
  const shown = { from: Math.max(body.startAt, axis.from), to: Math.min(body.endAt, axis.to) };
  const from = Math.max(span.startAt, shown.from);
  const to = Math.min(span.endAt, shown.to);
  if (to <= from) return null;
  const whole = shown.to - shown.from;
  return (
    <i
      className={`plan-bar-${kind}`}
      aria-hidden="true"
      style={{ insetInlineStart: percent((from - shown.from) / whole), inlineSize: percent((to - from) / whole) }}
    />
  );
}
