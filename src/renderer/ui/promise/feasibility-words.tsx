import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Feasibility, OfferedTime } from '../../../shared/domain/promise/feasibility.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { Button } from '../button.tsx';
import { soonTimeIn } from '../packet/two-clocks.tsx';
import './feasibility-words.css';

export interface FeasibilityWordsProps {
  readonly feasibility: Feasibility | null;
  /** IANA zone of the customer. */
  readonly zone: string;
  /** Says so also when all is well. */
  readonly saysFeasible?: boolean | undefined;
  /** Takes one of the times that could be promised instead; without it they are only said. */
  readonly onTake?: ((time: OfferedTime) => void) | undefined;
}

/** Whether anybody can keep a promise, and what could be promised instead. */
export function FeasibilityWords({ feasibility, zone, saysFeasible = false, onTake }: FeasibilityWordsProps): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  if (feasibility === null || (feasibility.kind === 'feasible' && !saysFeasible)) return null;
  if (feasibility.kind === 'feasible') {
    return (
      <p className="m-feasibility" data-tone="ok">
        <CircleCheck aria-hidden="true" />
        {t('promise.feasible')}
      </p>
    );
  }
  if (feasibility.kind === 'unplanned') {
    return (
      <p className="m-feasibility">
        <CircleHelp aria-hidden="true" />
        {t('promise.unplanned')}
      </p>
    );
  }
  const { unstaffed, earlier, later } = feasibility;
  const offered = [
    { key: 'earlier' as const, time: earlier },
    { key: 'later' as const, time: later },
  ].flatMap(({ key, time }) => (time === null ? [] : [{ key, time }]));
  return (
    <div className="m-feasibility-box">
      <p className="m-feasibility" data-tone="breach" role="status">
        <CircleAlert aria-hidden="true" />
        <span className="tabular">
          {t('promise.infeasible', { from: formats.soonTime(unstaffed.from, now), to: formats.soonTime(unstaffed.to, now) })}
        </span>
      </p>
      {offered.map(({ key, time }) => {
        const theirs = soonTimeIn(formats, time.at, now, zone);
        const words = t(`promise.${key}`, { time: theirs, mine: formats.soonTime(time.at, now) });
        return onTake === undefined ? (
          <p key={key} className="m-offered tabular">
            {words}
          </p>
        ) : (
          <Button key={key} size="sm" title={words} onClick={() => onTake(time)}>
            {t('promise.take', { time: theirs })}
          </Button>
        );
      })}
    </div>
  );
}
