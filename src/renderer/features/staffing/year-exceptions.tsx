import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { YearException } from '../../../shared/domain/coverage/coverage.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import { epochDayAt } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { agentName, hubName } from '../../state/roster.ts';
import { openCoverage } from '../../state/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { axisWords } from '../../ui/time-axis.ts';

const FIRST = 12;

/** Days that are worse than the ordinary week around them, each with its reason. */
export function YearExceptions({
  exceptions,
  roster,
}: {
  readonly exceptions: readonly YearException[];
  readonly roster: Roster;
}): ReactNode {
  const t = useWords('staffing');
  const [isAll, setAll] = useState(false);
  const shown = isAll ? exceptions : exceptions.slice(0, FIRST);
  return (
    <section className="staffing-regime" aria-label={t('year.exceptions')}>
      <header>
        <h2>{t('year.exceptions')}</h2>
      </header>
      {exceptions.length === 0 && <p className="muted">{t('year.exceptionsNone')}</p>}
      {shown.length > 0 && (
        <ul className="staffing-exceptions">
          {shown.map((each) => (
            <ExceptionRow key={`${each.requirementId} ${String(each.from)} ${each.state}`} each={each} roster={roster} />
          ))}
        </ul>
      )}
      {exceptions.length > shown.length && (
        <div>
          <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
            {t('year.more', { count: exceptions.length - shown.length })}
          </Button>
        </div>
      )}
    </section>
  );
}

function ExceptionRow({ each, roster }: { readonly each: YearException; readonly roster: Roster }): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const words = axisWords(formats.locale);
  const name = roster.requirements.find((requirement) => requirement.requirementId === each.requirementId)?.name ?? '';
  const who = [
    each.label,
    formats.list(each.hubIds.map((hubId) => hubName(roster, hubId))),
    formats.list(each.agentIds.map((agentId) => agentName(roster, agentId))),
  ].filter(Boolean);
  return (
    <li>
      <button type="button" className="staffing-exception" onClick={() => openCoverage('plan', each.from)} title={t('showInPlan')}>
        <span className="tabular staffing-exception-date">{words.dateShort(epochDayAt(formats.zone, each.from))}</span>
        <Badge tone={each.state === 'gap' ? 'breach' : 'soon'}>{t(`year.states.${each.state}`)}</Badge>
        <strong className="truncate">{name}</strong>
        <span className="tabular">
          {formats.time(each.from)}–{formats.time(each.to)}
        </span>
        <span className="muted truncate">
          {t(`year.reasons.${each.reason}`)}
          {who.length > 0 && `: ${who.join(' · ')}`}
        </span>
      </button>
    </li>
  );
}
