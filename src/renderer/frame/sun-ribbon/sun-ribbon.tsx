import { CalendarClock, ChevronDown, ChevronUp, CircleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { useCanPlan } from '../../state/roster.ts';
import { openCoverage, setRibbonOpen, useSession } from '../../state/session.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { RibbonCursor } from './ribbon-cursor.tsx';
import { REACH_MS } from './ribbon-model.ts';
import type { RibbonLane } from './ribbon-model.ts';
import { RibbonSummary } from './ribbon-summary.tsx';
import { RibbonTrack } from './ribbon-track.tsx';
import './sun-ribbon.css';
import { useRibbon } from './use-ribbon.ts';
import type { ShownRibbon } from './use-ribbon.ts';

/**
 * The strip across the top: twelve hours back and twelve ahead, with who of each hub is on for the cases of the open
 * view, daylight, shortfalls, and when cases fall due.
 */
export function SunRibbon(): ReactNode {
  const t = useWords('shifts');
  const isOpen = useSession((state) => state.isRibbonOpen);
  const { shown, error } = useRibbon();
  const hasLanes = shown !== null && shown.ribbon.hasPlan && shown.ribbon.lanes.length > 0;
  return (
    <section className="ribbon" data-open={isOpen && (shown === null || hasLanes)} aria-label={t('ribbon.label')}>
      {shown === null && error !== null && (
        <p className="ribbon-line" role="status">
          <CircleAlert aria-hidden="true" />
          <span>
            {t('ribbon.failed')} <ErrorWords code={error.code} />
          </span>
        </p>
      )}
      {shown !== null && !hasLanes && <NoPlan hasPlan={shown.ribbon.hasPlan} />}
      {shown !== null && hasLanes && (isOpen ? <OpenRibbon shown={shown} /> : <ClosedRibbon shown={shown} />)}
    </section>
  );
}

function ErrorWords({ code }: { readonly code: string }): ReactNode {
  const t = useWords('errors');
  return errorText(t, code);
}

/** Nothing is published: how to begin. */
function NoPlan({ hasPlan }: { readonly hasPlan: boolean }): ReactNode {
  const t = useWords('shifts');
  const canPlan = useCanPlan();
  const words = hasPlan ? 'noHubs' : 'noPlan';
  return (
    <p className="ribbon-line">
      <CalendarClock aria-hidden="true" />
      <span>{t(`ribbon.${words}`)}</span>
      {canPlan ? (
        <Button size="sm" variant="ghost" onClick={() => openCoverage('plan')}>
          {t('ribbon.begin')}
        </Button>
      ) : (
        <span className="muted">{t('ribbon.askLead')}</span>
      )}
    </p>
  );
}

/** One line instead of the strip: who is on now. */
function ClosedRibbon({ shown }: { readonly shown: ShownRibbon }): ReactNode {
  const t = useWords('shifts');
  return (
    <div className="ribbon-line ribbon-closed">
      <RibbonSummary shown={shown} isShort />
      <IconButton size="sm" label={t('ribbon.open')} icon={<ChevronDown aria-hidden="true" />} onClick={() => setRibbonOpen(true)} />
    </div>
  );
}

function OpenRibbon({ shown }: { readonly shown: ShownRibbon }): ReactNode {
  const { t } = useTranslation(['shifts', 'frame']);
  const view = useSession((state) => state.view);
  const { lanes } = shown.ribbon;
  const style: CSSProperties & Record<'--lanes', number> = { '--lanes': lanes.length };
  return (
    <div className="ribbon-open" data-lanes={lanes.length > 4 ? 'many' : 'few'} style={style}>
      <div className="ribbon-names">
        <div className="ribbon-corner">
          <IconButton size="sm" label={t('ribbon.close')} icon={<ChevronUp aria-hidden="true" />} onClick={() => setRibbonOpen(false)} />
          <span className="truncate" title={t('ribbon.forView', { view: t(`frame:views.${view}`) })}>
            {t(`frame:views.${view}`)}
          </span>
        </div>
        <LaneNames lanes={lanes} />
      </div>
      <div className="ribbon-track" dir="ltr">
        <Drawing shown={shown} />
        <RibbonSummary shown={shown} />
      </div>
    </div>
  );
}

/** The hubs with the time there, which is all that ticks on this side. */
function LaneNames({ lanes }: { readonly lanes: readonly RibbonLane[] }): ReactNode {
  const formats = useFormats();
  const now = useNow(nextMinute);
  return lanes.map((lane) => (
    <div key={lane.hubId} className="ribbon-name">
      <span className="truncate" title={lane.name}>
        {lane.name}
      </span>
      <span className="tabular">{formats.timeIn(now, lane.zone)}</span>
    </div>
  ));
}

/** What is drawn stays as it is; once a minute the sheet that it is drawn on is pulled along under the line of now. */
function Drawing({ shown }: { readonly shown: ShownRibbon }): ReactNode {
  const { ribbon, window } = shown;
  const sheet = useMemo(
    () => (
      <>
        <RibbonTrack ribbon={ribbon} window={window} />
        <RibbonCursor ribbon={ribbon} window={window} />
      </>
    ),
    [ribbon, window],
  );
  return (
    <>
      <Sheet window={window}>{sheet}</Sheet>
      <div className="ribbon-past" />
      <NowMark />
    </>
  );
}

function Sheet({ window, children }: { readonly window: ShownRibbon['window']; readonly children: ReactNode }): ReactNode {
  const now = useNow(nextMinute);
  const length = window.to - window.from;
  const pulled = ((now - REACH_MS - window.from) / length) * 100;
  return (
    <div
      className="ribbon-sheet"
      style={{ inlineSize: `${String((length / (2 * REACH_MS)) * 100)}%`, transform: `translateX(${String(-pulled)}%)` }}
    >
      {children}
    </div>
  );
}

function NowMark(): ReactNode {
  const formats = useFormats();
  const now = useNow(nextMinute);
  return (
    <div className="ribbon-now" aria-hidden="true">
      <span className="tabular">{formats.time(now)}</span>
    </div>
  );
}
