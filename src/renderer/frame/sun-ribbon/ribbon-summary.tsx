import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { CoverageIssue } from '../../../shared/domain/coverage/coverage.ts';
import { after, HOUR_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Formats } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import { useRosterIndex } from '../../state/roster.ts';
import type { RosterIndex } from '../../state/roster.ts';
import { axisSeams } from '../../ui/time-axis.ts';
import { issuesAt, laneState, nextStateChange } from './ribbon-model.ts';
import type { LaneState, RibbonLane } from './ribbon-model.ts';
import type { ShownRibbon } from './use-ribbon.ts';

/** The ribbon in words, for who does not see it: who is on in each hub and until when, and what is short. */
export function RibbonSummary({ shown, isShort = false }: { readonly shown: ShownRibbon; readonly isShort?: boolean }): ReactNode {
  const t = useWords('shifts');
  const formats = useFormats();
  const { requirementNames } = useRosterIndex();
  const { ribbon, window } = shown;
  const now = useNow((current) => nextStateChange(ribbon.lanes, ribbon.issues, current, window.to));
  if (isShort) {
    return (
      <ul className="ribbon-short">
        {ribbon.lanes.map((lane) => {
          const { on } = laneState(lane, now, window.to);
          return (
            <li key={lane.hubId} data-empty={on.length === 0 ? '' : undefined}>
              <span>{lane.name}</span>{' '}
              <strong className="tabular">{on.length === 0 ? t('ribbon.nobody') : formats.number(on.length)}</strong>
              <span className="visually-hidden">{laneWords(t, formats, lane, laneState(lane, now, window.to), now)}</span>
            </li>
          );
        })}
      </ul>
    );
  }
  const issues = issuesAt(ribbon.issues, now);
  return (
    <ul className="visually-hidden" aria-label={t('ribbon.summary')}>
      {ribbon.lanes.map((lane) => (
        <li key={lane.hubId}>{laneWords(t, formats, lane, laneState(lane, now, window.to), now)}</li>
      ))}
      {issues.map((issue) => (
        <li key={`${issue.kind} ${String(issue.requirementId)} ${String(issue.from)}`}>
          {issueWords(t, formats, requirementNames, issue, window.to)}
        </li>
      ))}
    </ul>
  );
}

/** `Singapore: 3 on shift until 18:00`. */
export function laneWords(t: TFunction<'shifts'>, formats: Formats, lane: RibbonLane, state: LaneState, at: Instant): string {
  const time = state.changesAt === null ? '' : formats.soonTime(state.changesAt, at);
  if (state.on.length === 0)
    return state.next === null ? t('ribbon.laneNobody', { hub: lane.name }) : t('ribbon.laneNobodyUntil', { hub: lane.name, time });
  return state.changesAt === null
    ? t('ribbon.laneOn', { hub: lane.name, count: state.on.length })
    : t('ribbon.laneOnUntil', { hub: lane.name, count: state.on.length, time });
}

/** `L2: 1 of 2 until 14:00`; what goes on beyond what is shown has no end here. */
export function issueWords(
  t: TFunction<'shifts'>,
  formats: Formats,
  requirementNames: RosterIndex['requirementNames'],
  issue: CoverageIssue,
  shownUntil: Instant,
): string {
  const kind = issue.kind === 'gap' || issue.kind === 'contended' ? issue.kind : 'thin';
  return t(`ribbon.${issue.to >= shownUntil ? 'issueOpen' : 'issue'}.${kind}`, {
    name: issue.requirementId === null ? '' : (requirementNames.get(issue.requirementId) ?? ''),
    time: formats.time(issue.to),
    have: issue.have,
    want: issue.want,
  });
}

/** `At 02:00 the clocks go back by 1h`, within an hour of it; else empty. */
export function seamWords(t: TFunction<'shifts'>, formats: Formats, lane: RibbonLane, at: Instant): string {
  const seam = axisSeams(lane.zone, after(at, -HOUR_MS), after(at, HOUR_MS)).at(0);
  if (seam === undefined) return '';
  const words = { time: formats.time(seam.at), span: formats.hours(Math.abs(seam.shiftMs)) };
  return t(seam.shiftMs > 0 ? 'ribbon.forward' : 'ribbon.back', words);
}
