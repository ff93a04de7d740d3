import { useMemo } from 'react';
import type { Instant } from '../../../shared/domain/time.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { epochDayAt, startOfEpochDay } from '../../../shared/domain/time/zone.ts';
import { formatsFor } from '../../i18n/formats.ts';
import type { Formats } from '../../i18n/formats.ts';
import { useSession } from '../../state/session.ts';
import { axisSeams, axisWords } from '../../ui/time-axis.ts';

/** Times of one's own shifts in words, on the clocks of one zone. */
export interface TurnWords {
  readonly formats: Formats;
  /** Mon 3 Nov */
  readonly day: (at: Instant) => string;
  /** 09:00–17:00; with the day where it ends on another: 22:00–Tue 4 Nov 06:00 */
  readonly times: (span: Span) => string;
  /** Mon 3 Nov, 09:00–17:00 */
  readonly when: (span: Span) => string;
  /** As `when`; whole days without their times: Mon 3 Nov – Wed 5 Nov */
  readonly whenAway: (span: Span) => string;
  /** How far the clocks move during it, in milliseconds; 0 for not at all. */
  readonly seam: (span: Span) => number;
}

export function useTurnWords(zone: string): TurnWords {
  const locale = useSession((state) => state.locale);
  return useMemo(() => turnWords(formatsFor(locale, zone), zone), [locale, zone]);
}

function turnWords(formats: Formats, zone: string): TurnWords {
  const words = axisWords(formats.locale);
  const day = (at: Instant): string => words.dateShort(epochDayAt(zone, at));
  const times = ({ from, to }: Span): string => {
    const endsSameDay = epochDayAt(zone, from) === epochDayAt(zone, instant(to - 1));
    return `${formats.time(from)}–${endsSameDay ? '' : `${day(to)} `}${formats.time(to)}`;
  };
  const when = (span: Span): string => `${day(span.from)}${formats.locale.startsWith('zh') ? '' : ','} ${times(span)}`;
  const isMidnight = (at: Instant): boolean => startOfEpochDay(zone, epochDayAt(zone, at)) === at;
  return {
    formats,
    day,
    times,
    when,
    whenAway: (span) => {
      if (!isMidnight(span.from) || !isMidnight(span.to)) return when(span);
      const last = instant(span.to - 1);
      return epochDayAt(zone, span.from) === epochDayAt(zone, last) ? day(span.from) : `${day(span.from)} – ${day(last)}`;
    },
    seam: (span) => axisSeams(zone, span.from, span.to).reduce((sum, each) => sum + each.shiftMs, 0),
  };
}
