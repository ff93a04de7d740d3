import { useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { epochDayAt, startOfEpochDay } from '../../../../shared/domain/time/zone.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useRosterIndex } from '../../../state/roster.ts';
import { axisWords } from '../../../ui/time-axis.ts';
import type { AxisWords } from '../../../ui/time-axis.ts';
import type { PlacedShift } from './planner-rows.ts';
import { seamOf } from './shift-edit.ts';

/** How shifts and times are told in words and in short on the bars. */
export interface ShiftWords {
  readonly days: AxisWords;
  /** 09:00–18:00 on the clocks of a zone. */
  readonly times: (span: { readonly startAt: Instant; readonly endAt: Instant }, zone: string) => string;
  /** Mon 3 Nov 09:00–18:00; with both dates when they differ, and without times for whole days. */
  readonly span: (from: Instant, to: Instant, zone: string) => string;
  /** 9 h 30 min */
  readonly length: (ms: number) => string;
  /** Mon 3 Nov on the clocks of a zone. */
  readonly day: (at: Instant, zone: string) => string;
  /** Mon 3 Nov, 09:00–18:00 Lisbon */
  readonly when: (body: ShiftBody) => string;
  /** For screen readers: Inês Carvalho, Mon 3 Nov 09:00 to 18:00 Lisbon, draft, moved */
  readonly name: (placed: PlacedShift) => string;
  /** The person's name, or words for nobody. */
  readonly who: (agentId: AgentId | null) => string;
}

/** The city of a zone, as people say it. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

function isMidnight(at: Instant, zone: string): boolean {
  return startOfEpochDay(zone, epochDayAt(zone, at)) === at;
}

export function useShiftWords(): ShiftWords {
  const t = useWords('plan');
  const formats = useFormats();
  const { agents } = useRosterIndex();
  return useMemo(() => {
    const days = axisWords(formats.locale);
    const clockTime = (at: Instant, zone: string): string => formats.timeIn(at, zone);
    const day = (at: Instant, zone: string): string => days.dateShort(epochDayAt(zone, at));
    const who = (agentId: AgentId | null): string =>
      agentId === null ? t('shift.open') : (agents.get(agentId)?.name ?? t('shift.unknown'));
    const end = (body: Pick<ShiftBody, 'startAt' | 'endAt'>, zone: string): string => {
      const days_ = epochDayAt(zone, instant(body.endAt - 1)) - epochDayAt(zone, body.startAt);
      return days_ > 0 ? t('shift.nextDay', { time: clockTime(body.endAt, zone) }) : clockTime(body.endAt, zone);
    };
    return {
      days,
      day,
      who,
      times: (span, zone) => `${clockTime(span.startAt, zone)}–${clockTime(span.endAt, zone)}`,
      span: (from, to, zone) => {
        const first = day(from, zone);
        const last = day(instant(to - 1), zone);
        if (isMidnight(from, zone) && isMidnight(to, zone))
          return first === last ? t('shift.allDay', { day: first }) : `${first} – ${last}`;
        if (first === last) return `${first} ${clockTime(from, zone)}–${clockTime(to, zone)}`;
        return `${first} ${clockTime(from, zone)} – ${day(to, zone)} ${clockTime(to, zone)}`;
      },
      length: (ms) => formats.hours(ms),
      when: (body) =>
        `${day(body.startAt, body.zone)}${formats.locale.startsWith('zh') ? '' : ','} ${clockTime(body.startAt, body.zone)}–${end(body, body.zone)} ${zoneCity(body.zone)}`,
      name: ({ body, look }) => {
        const parts = [
          who(body.agentId),
          t('shift.spoken', {
            day: day(body.startAt, body.zone),
            start: clockTime(body.startAt, body.zone),
            end: end(body, body.zone),
            city: zoneCity(body.zone),
          }),
        ];
        if (seamOf(body) !== 0) parts.push(t('shift.trueLength', { length: formats.hours(body.endAt - body.startAt) }));
        if (look !== 'published') parts.push(t('shift.draft'), t(`look.${look}`));
        return parts.join(t('shift.join'));
      },
    };
  }, [t, formats, agents]);
}
