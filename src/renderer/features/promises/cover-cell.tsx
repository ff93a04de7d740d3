import { CalendarClock, CalendarSearch, UserCheck, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import type { Feasibility } from '../../../shared/domain/promise/feasibility.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { formatsFor } from '../../i18n/formats.ts';
import type { Formats } from '../../i18n/formats.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { openCoverage } from '../../state/session.ts';
import { IconButton } from '../../ui/button.tsx';

/** Whether anybody who can is on before it is due; and what could be promised instead when nobody is. */
export function CoverCell({ row, now }: { readonly row: PromiseRow; readonly now: Instant }): ReactNode {
  const t = useWords('promises');
  const formats = useFormats();
  const { feasibility } = row;
  if (feasibility === null) return <span className="muted">{t('cover.none')}</span>;
  if (feasibility.kind === 'feasible') {
    return (
      <span className="promises-cover" data-tone="ok" title={t('cover.yesHint', { spans: spansWords(formats, feasibility.staffed, now) })}>
        <UserCheck aria-hidden="true" />
        {t('cover.yes')}
      </span>
    );
  }
  if (feasibility.kind === 'unplanned') {
    return (
      <span className="promises-cover" title={t('cover.unplannedHint', { time: formats.dateTime(feasibility.plannedUntil) })}>
        <CalendarClock aria-hidden="true" />
        {t('cover.unplanned')}
      </span>
    );
  }
  return <Uncovered feasibility={feasibility} zone={row.promise.zone} now={now} />;
}

interface UncoveredProps {
  readonly feasibility: Extract<Feasibility, { kind: 'infeasible' }>;
  /** The customer's. */
  readonly zone: string;
  readonly now: Instant;
}

function Uncovered({ feasibility, zone, now }: UncoveredProps): ReactNode {
  const t = useWords('promises');
  const formats = useFormats();
  const { unstaffed, earlier, later } = feasibility;
  const theirs = formatsFor(formats.locale, zone);
  return (
    <div className="promises-uncovered">
      <span className="promises-cover" data-tone="breach" title={t('cover.noHint')}>
        <UserX aria-hidden="true" />
        {t('cover.no', { span: spansWords(formats, [unstaffed], now) })}
      </span>
      <IconButton
        size="sm"
        label={t('cover.plan')}
        icon={<CalendarSearch aria-hidden="true" />}
        onClick={() => openCoverage('plan', unstaffed.from)}
      />
      <p className="promises-instead tabular">{insteadWords()}</p>
    </div>
  );

  function insteadWords(): string {
    const words = (time: Instant): string => theirs.soonTime(time, now);
    if (earlier !== null && later !== null) return t('cover.insteadEither', { earlier: words(earlier.at), later: words(later.at) });
    const only = earlier ?? later;
    return only === null ? t('cover.noOther') : t('cover.instead', { time: words(only.at) });
  }
}

/** `13:45–14:00`, on my clock; with the day when it is not today. */
function spansWords(formats: Formats, spans: readonly Span[], now: Instant): string {
  return formats.list(spans.map(({ from, to }) => `${formats.soonTime(from, now)}–${formats.time(to)}`));
}
