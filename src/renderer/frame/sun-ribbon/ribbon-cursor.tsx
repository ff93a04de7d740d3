import { memo, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Ribbon } from '../../../shared/contract/coverage.contract.ts';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import { instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { useRosterIndex } from '../../state/roster.ts';
import { openCoverage } from '../../state/session.ts';
import { PointCard } from '../../ui/point-card.tsx';
import { fractionAt, instantAt, percent } from '../../ui/time-axis.ts';
import { promiseWords, RibbonCard } from './ribbon-card.tsx';
import {
  aroundSpan,
  dueAround,
  issuesAt,
  laneState,
  nearestStep,
  promisesAround,
  REACH_MS,
  ribbonEvents,
  stepFrom,
} from './ribbon-model.ts';
import type { RibbonLane } from './ribbon-model.ts';
import { issueWords, laneWords, seamWords } from './ribbon-summary.tsx';

interface RibbonCursorProps {
  readonly ribbon: Ribbon;
  readonly window: Span;
}

/** The time that is looked at on the ribbon: under the pointer, or walked to by key. Enter or a click shows it in Coverage. */
export const RibbonCursor = memo(function RibbonCursor({ ribbon, window }: RibbonCursorProps): ReactNode {
  const t = useWords('shifts');
  const tPromises = useWords('promises');
  const formats = useFormats();
  const { agents, requirementNames } = useRosterIndex();
  const [at, setAt] = useState<Instant | null>(null);
  const [hasFocus, setFocus] = useState(false);
  const line = useRef<HTMLSpanElement>(null);
  const events = useMemo(() => ribbonEvents(ribbon), [ribbon]);
  // A new object for a new time makes the card follow the line.
  const anchor = useMemo(
    () => (at === null ? null : { getBoundingClientRect: () => line.current?.getBoundingClientRect() ?? new DOMRect() }),
    [at],
  );
  const shownAt = at ?? clock.now();
  const promises = usePromisesAround(ribbon.promises, at);

  const point = (event: PointerEvent): Instant => {
    const box = event.currentTarget.getBoundingClientRect();
    return within(nearestStep(instantAt(window, (event.clientX - box.left) / box.width)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = keyTarget(event, shownAt, events);
    if (next !== null) setAt(next);
    else if (event.key === 'Enter' || event.key === ' ') openCoverage('plan', shownAt);
    else if (event.key === 'Escape' && at !== null) setAt(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <div
        className="ribbon-cursor-area"
        role="slider"
        tabIndex={0}
        aria-label={t('ribbon.cursor')}
        aria-describedby="ribbon-hint"
        aria-valuemin={-REACH_MS / MINUTE_MS}
        aria-valuemax={REACH_MS / MINUTE_MS}
        aria-valuenow={Math.round((shownAt - clock.now()) / MINUTE_MS)}
        aria-valuetext={cursorWords()}
        onPointerMove={(event) => {
          if (event.pointerType !== 'touch') setAt(point(event));
        }}
        onPointerLeave={() => setAt(null)}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          openCoverage('plan', within(nearestStep(instantAt(window, (event.clientX - box.left) / box.width))));
        }}
        onFocus={(event) => {
          setFocus(true);
          if (event.currentTarget.matches(':focus-visible')) setAt(clock.now());
        }}
        onBlur={() => {
          setFocus(false);
          setAt(null);
        }}
        onKeyDown={onKeyDown}
      />
      <span id="ribbon-hint" className="visually-hidden">
        {t('ribbon.hint')}
      </span>
      {at !== null && (
        <span
          ref={line}
          className="ribbon-cursor"
          data-focus={hasFocus}
          style={{ left: percent(fractionAt(window, at)) }}
          aria-hidden="true"
        />
      )}
      <PointCard open={at !== null} onClose={() => setAt(null)} anchor={anchor}>
        {at !== null && <RibbonCard ribbon={ribbon} window={window} at={at} promises={promises} />}
      </PointCard>
    </>
  );

  function laneWordsAt(lane: RibbonLane): string {
    const state = laneState(lane, shownAt, window.to);
    const names = state.on.map(({ agentId }) => agents.get(agentId)?.name ?? t('ribbon.someone'));
    const words = laneWords(t, formats, lane, state, shownAt);
    const people = names.length === 0 ? words : `${words}: ${formats.list(names)}`;
    return [people, seamWords(t, formats, lane, shownAt)].filter((each) => each !== '').join('. ');
  }

  function cursorWords(): string {
    const { count, unstaffed } = dueAround(ribbon.due, shownAt);
    const due = count === 0 ? '' : t('ribbon.due', { count });
    const nobody = unstaffed === 0 ? '' : t('ribbon.dueUnstaffed', { count: unstaffed });
    const promised = promisesAround(ribbon.promises, shownAt);
    return [
      formats.weekdayTimeIn(shownAt, formats.zone),
      ...ribbon.lanes.map(laneWordsAt),
      ...issuesAt(ribbon.issues, shownAt).map((issue) => issueWords(t, formats, requirementNames, issue, window.to)),
      due,
      nobody,
      promised.count === 0 ? '' : tPromises('ribbon.due', { count: promised.count }),
      ...promises.map((row) => promiseWords(tPromises, row)),
      promised.infeasible === 0 ? '' : tPromises('ribbon.infeasible', { count: promised.infeasible }),
    ]
      .filter((each) => each !== '')
      .join('. ');
  }
});

const MOST_PROMISES = 5;
const NO_PROMISES: readonly PromiseRow[] = [];

/** The promises behind the mark that is looked at: asked only where there is one. */
function usePromisesAround(marks: Ribbon['promises'], at: Instant | null): readonly PromiseRow[] {
  const near = at === null ? null : promisesAround(marks, at);
  const asked =
    at === null || near === null || near.count === 0
      ? null
      : { owner: 'all' as const, states: ['open' as const], ...aroundSpan(at), limit: 50 };
  const found = useLiveValue('promises.list', asked, null);
  if (near === null || found === null) return NO_PROMISES;
  // The marks are those of the view's cases; the ledger knows all.
  return found.rows.filter((row) => near.caseIds.includes(row.caseId)).slice(0, MOST_PROMISES);
}

/** What is on screen: twelve hours to either side. */
function within(at: Instant): Instant {
  const now = clock.now();
  return instant(Math.min(now + REACH_MS, Math.max(now - REACH_MS, at)));
}

/** Where a key leads to: a quarter of an hour, with Shift or by page the next change, or one of the ends. */
function keyTarget({ key, shiftKey }: KeyboardEvent, at: Instant, events: readonly Instant[]): Instant | null {
  const later = (): Instant => within(events.find((each) => each > at) ?? instant(clock.now() + REACH_MS));
  const earlier = (): Instant => within(events.findLast((each) => each < at) ?? instant(clock.now() - REACH_MS));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return shiftKey ? later() : within(stepFrom(at, 1));
    case 'ArrowLeft':
    case 'ArrowDown':
      return shiftKey ? earlier() : within(stepFrom(at, -1));
    case 'PageUp':
      return later();
    case 'PageDown':
      return earlier();
    case 'Home':
      return within(instant(0));
    case 'End':
      return within(instant(clock.now() + 2 * REACH_MS));
    default:
      return null;
  }
}
