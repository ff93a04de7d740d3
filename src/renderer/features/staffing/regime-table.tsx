import { CalendarRange } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { YearHole, YearRegime, YearRequirement } from '../../../shared/domain/coverage/coverage.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import { after, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { epochDayAt, offsetName } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { openCoverage } from '../../state/session.ts';
import { IconButton } from '../../ui/button.tsx';
import { axisWords, percent } from '../../ui/time-axis.ts';
import { dayRuns, epochDayOfWeekday, holeStretches, hoursOf, shiftedHole, wantedStretches } from './year-words.ts';

const WEEK_MINUTES = 10_080;
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

export interface RegimeTableProps {
  readonly regime: YearRegime;
  readonly roster: Roster;
  /** Of the viewer's clock in this part of the year. */
  readonly offsetMs: number;
}

/** One part of the year: what its ordinary week covers of each requirement, drawn and in words. */
export function RegimeTable({ regime, roster, offsetMs }: RegimeTableProps): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const words = axisWords(formats.locale);
  const title = t('year.regime', {
    from: words.date(epochDayAt(formats.zone, regime.from)),
    to: words.date(epochDayAt(formats.zone, after(regime.to, -MINUTE_MS))),
  });
  const changes = regime.changes.map(({ zone, beforeMs, afterMs }) =>
    t('year.change', { place: cityOf(zone), before: offsetName(beforeMs), after: offsetName(afterMs) }),
  );
  const isHoled = regime.requirements.some((each) => each.holes.length > 0);
  return (
    <section className="staffing-regime" data-holed={isHoled ? '' : undefined} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p className="muted">{changes.length === 0 ? t('year.first') : [...new Set(changes)].join(' · ')}</p>
      </header>
      <table className="staffing-table staffing-year-table">
        <caption className="visually-hidden">{t('year.table', { regime: title })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('year.requirement')}</th>
            <th scope="col" className="staffing-week-head">
              <span className="visually-hidden">{t('year.week')}</span>
              <span className="staffing-week-days" aria-hidden="true">
                {DAYS.map((day) => (
                  <span key={day}>{words.weekdayNarrow(4 + day)}</span>
                ))}
              </span>
            </th>
            <th scope="col" className="staffing-number">
              {t('year.covered')}
            </th>
            <th scope="col">{t('year.holesOf')}</th>
          </tr>
        </thead>
        <tbody>
          {regime.requirements.map((each) => (
            <RequirementRow key={each.requirementId} each={each} roster={roster} offsetMs={offsetMs} from={regime.from} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RequirementRow({
  each,
  roster,
  offsetMs,
  from,
}: {
  readonly each: YearRequirement;
  readonly roster: Roster;
  readonly offsetMs: number;
  readonly from: Instant;
}): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const words = axisWords(formats.locale);
  const requirement = roster.requirements.find((one) => one.requirementId === each.requirementId);
  const name = requirement?.name ?? each.requirementId;
  const wanted = wantedStretches(requirement?.window ?? null, from, offsetMs);
  const textOf = (hole: YearHole): string => {
    const { days, fromMinute, toMinute } = shiftedHole(hole, offsetMs);
    const runs = dayRuns(days).map(([first, last]) =>
      first === last
        ? words.weekday(epochDayOfWeekday(first))
        : t('year.days', { first: words.weekday(epochDayOfWeekday(first)), last: words.weekday(epochDayOfWeekday(last)) }),
    );
    const times = { days: formats.series(runs), from: words.clock(fromMinute), to: words.clock(toMinute) };
    return t(fromMinute === toMinute ? 'year.holeAllDay' : 'year.hole', times);
  };
  return (
    <tr>
      <th scope="row" className="truncate">
        {name}
      </th>
      <td className="staffing-week-cell">
        <div className="staffing-week" aria-hidden="true">
          {wanted.map((stretch) => (
            <Stretch key={`wanted ${String(stretch[0])}`} stretch={stretch} state="wanted" />
          ))}
          {each.holes.flatMap((hole) =>
            holeStretches(hole, offsetMs).map((stretch) => (
              <Stretch key={`${hole.state} ${String(stretch[0])}`} stretch={stretch} state={hole.state} />
            )),
          )}
          <span className="staffing-week-lines" />
        </div>
      </td>
      <td className="staffing-number tabular">
        {t('year.ofHours', {
          covered: formats.number(hoursOf(each.weeklyCoveredMs)),
          wanted: formats.number(hoursOf(each.weeklyWantedMs)),
        })}
      </td>
      <td>
        {each.holes.length === 0 ? (
          <span className="muted">{t('year.none')}</span>
        ) : (
          <ul className="staffing-holes">
            {each.holes.map((hole) => (
              <li key={`${hole.state} ${String(hole.startMinute)} ${hole.days.join()}`} data-state={hole.state}>
                <span className="tabular">
                  {textOf(hole)} · {t(`year.states.${hole.state}`)}
                </span>
                <IconButton
                  size="sm"
                  label={`${t('showInPlan')}: ${formats.series([name, textOf(hole)])}`}
                  icon={<CalendarRange aria-hidden="true" />}
                  onClick={() => openCoverage('plan', hole.firstAt)}
                />
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}

function Stretch({
  stretch: [from, to],
  state,
}: {
  readonly stretch: readonly [from: number, to: number];
  readonly state: 'wanted' | YearHole['state'];
}): ReactNode {
  const style = { insetInlineStart: percent(from / WEEK_MINUTES), inlineSize: percent((to - from) / WEEK_MINUTES) };
  return <i data-state={state} style={style} />;
}

function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
