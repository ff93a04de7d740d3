import { ClockAlert, Handshake, Moon, Sun, TimerOff, TriangleAlert, UserX, UsersRound } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Ribbon } from '../../../shared/contract/coverage.contract.ts';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import type { CoverageIssue } from '../../../shared/domain/coverage/coverage.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { useRosterIndex } from '../../state/roster.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { dueAround, issuesAt, laneState, promisesAround } from './ribbon-model.ts';
import type { RibbonLane } from './ribbon-model.ts';
import { issueWords, seamWords } from './ribbon-summary.tsx';

const MOST_NAMES = 5;

interface RibbonCardProps {
  readonly ribbon: Ribbon;
  readonly window: Span;
  readonly at: Instant;
  /** Which promises fall due around then; empty while it is not known. */
  readonly promises: readonly PromiseRow[];
}

/** What there is at one time: who is on in each hub and what their clocks show, what is short, and what falls due. */
export function RibbonCard({ ribbon, window, at, promises }: RibbonCardProps): ReactNode {
  const t = useWords('shifts');
  const formats = useFormats();
  const due = dueAround(ribbon.due, at);
  const now = clock.now();
  return (
    <div className="ribbon-card">
      <p className="ribbon-card-head">
        <strong className="tabular">{formats.weekdayTimeIn(at, formats.zone)}</strong>
        <span className="muted">{Math.abs(at - now) < 60_000 ? t('ribbon.now') : formats.relative(at, now)}</span>
      </p>
      <ul>
        {ribbon.lanes.map((lane) => (
          <LaneRow key={lane.hubId} lane={lane} at={at} knownTo={window.to} />
        ))}
      </ul>
      {issuesAt(ribbon.issues, at).map((issue) => (
        <IssueLine key={`${issue.kind} ${String(issue.requirementId)} ${String(issue.from)}`} issue={issue} shownUntil={window.to} />
      ))}
      {due.count > 0 && (
        <p className="ribbon-card-line" data-tone={at <= now ? 'breach' : undefined}>
          {at <= now ? <TimerOff aria-hidden="true" /> : <ClockAlert aria-hidden="true" />}
          {t(at <= now ? 'ribbon.wasDue' : 'ribbon.due', { count: due.count })}
        </p>
      )}
      {due.unstaffed > 0 && (
        <p className="ribbon-card-line" data-tone="breach">
          <UserX aria-hidden="true" />
          {t('ribbon.dueUnstaffed', { count: due.unstaffed })}
        </p>
      )}
      <PromiseLines ribbon={ribbon} at={at} promises={promises} />
      <p className="ribbon-card-foot">
        <Kbd keys="enter" /> {t('ribbon.opens')}
      </p>
    </div>
  );
}

function PromiseLines({ ribbon, at, promises }: Omit<RibbonCardProps, 'window'>): ReactNode {
  const t = useWords('promises');
  const { count, infeasible } = promisesAround(ribbon.promises, at);
  if (count === 0) return null;
  return (
    <>
      <p className="ribbon-card-line">
        <Handshake aria-hidden="true" />
        {t('ribbon.due', { count })}
      </p>
      {promises.length > 0 && (
        <ul className="ribbon-card-promises">
          {promises.map((row) => (
            <li key={row.promise.promiseId}>
              {row.feasibility?.kind === 'infeasible' && <UserX aria-hidden="true" />}
              <span className="truncate">{promiseWords(t, row)}</span>
            </li>
          ))}
        </ul>
      )}
      {infeasible > 0 && (
        <p className="ribbon-card-line" data-tone="breach">
          <UserX aria-hidden="true" />
          {t('ribbon.infeasible', { count: infeasible })}
        </p>
      )}
    </>
  );
}

/** `Amara Okafor: We will be back by 14:00 your time`. */
export function promiseWords(t: TFunction<'promises'>, { contactName, promise }: PromiseRow): string {
  return t('ribbon.which', { name: contactName === '' ? t('someone') : contactName, text: promise.text });
}

function LaneRow({ lane, at, knownTo }: { readonly lane: RibbonLane; readonly at: Instant; readonly knownTo: Instant }): ReactNode {
  const t = useWords('shifts');
  const formats = useFormats();
  const { agents } = useRosterIndex();
  const { on, next } = laneState(lane, at, knownTo);
  const isDay = lane.daylight.some((span) => span.from <= at && at < span.to);
  const seam = seamWords(t, formats, lane, at);
  const name = (id: (typeof on)[number]['agentId']): string => agents.get(id)?.name ?? t('ribbon.someone');
  return (
    <li className="ribbon-card-lane" data-empty={on.length === 0 ? '' : undefined}>
      <span className="ribbon-card-hub">
        {isDay ? <Sun aria-hidden="true" /> : <Moon aria-hidden="true" />}
        <span>{lane.name}</span>
        <span className="tabular muted">{formats.weekdayTimeIn(at, lane.zone)}</span>
      </span>
      <span className="ribbon-card-people">
        {on.length === 0 && <span className="muted">{nextWords()}</span>}
        {on.slice(0, MOST_NAMES).map(({ agentId, until }) => (
          <span key={agentId}>
            {name(agentId)}
            {until !== null && <span className="muted tabular"> {t('ribbon.until', { time: formats.time(until) })}</span>}
          </span>
        ))}
        {on.length > MOST_NAMES && <span className="muted">{t('ribbon.more', { count: on.length - MOST_NAMES })}</span>}
        {seam !== '' && <span className="ribbon-card-seam">{seam}</span>}
      </span>
    </li>
  );

  function nextWords(): string {
    if (next === null) return t('ribbon.nobodyOn');
    const first = next.agentIds.slice(0, 2).map(name);
    return t('ribbon.nobodyUntil', { time: formats.time(next.from), names: formats.list(first) });
  }
}

function IssueLine({ issue, shownUntil }: { readonly issue: CoverageIssue; readonly shownUntil: Instant }): ReactNode {
  const t = useWords('shifts');
  const formats = useFormats();
  const { requirementNames } = useRosterIndex();
  const kind = issue.kind === 'gap' ? 'gap' : 'thin';
  return (
    <p className="ribbon-card-line" data-tone={kind === 'gap' ? 'breach' : 'soon'}>
      {kind === 'gap' ? <TriangleAlert aria-hidden="true" /> : <UsersRound aria-hidden="true" />}
      {issueWords(t, formats, requirementNames, issue, shownUntil)}
    </p>
  );
}
