import type { ReactNode } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import type { AgentId } from '../../../../../shared/domain/ids.ts';
import type { LocalDateTime } from '../../../../../shared/domain/time/local-time.ts';
import type { Instant } from '../../../../../shared/domain/time.ts';
import { seamOf } from '../shift-edit.ts';
import { zoneCity } from '../shift-words.ts';
import type { ShiftWords } from '../shift-words.ts';

export interface Occurrence {
  readonly zone: string;
  readonly startLocal: LocalDateTime;
  readonly endLocal: LocalDateTime;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly agentId: AgentId | null;
}

export interface OccurrenceGroup {
  readonly key: string;
  readonly title: string;
  readonly shifts: readonly Occurrence[];
}

/** Shifts that would be made, by their own clocks and by UTC's. */
export function Occurrences({
  groups,
  words,
  isNamed = false,
}: {
  readonly groups: readonly OccurrenceGroup[];
  readonly words: ShiftWords;
  readonly isNamed?: boolean;
}): ReactNode {
  const t = useWords('plan');
  return (
    <section className="plan-preview" aria-label={t('patterns.preview')}>
      {groups.map(({ key, title, shifts }) => (
        <div key={key}>
          <h3>{title}</h3>
          {shifts.length === 0 && <p className="muted">{t('patterns.noShifts')}</p>}
          <ul className="tabular">
            {shifts.map((shift, index) => (
              <li key={`${shift.startAt} ${index}`}>
                {isNamed && <strong className="truncate">{words.who(shift.agentId)}</strong>}
                <span>
                  {words.day(shift.startAt, shift.zone)} {words.times(shift, shift.zone)} {zoneCity(shift.zone)}
                </span>
                <span className="muted">{words.times(shift, 'UTC')} UTC</span>
                <span className={seamOf(shift) === 0 ? 'muted' : 'plan-seam-note'}>{words.length(shift.endAt - shift.startAt)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
