import type { SlaBadge, SlaConfig } from '../../../../shared/contract/sla.contract.ts';
import type { Policy } from '../../../../shared/domain/sla/policy.ts';
import { promisedTime } from '../../../../shared/domain/sla/promise.ts';
import type { OpenHours, SpanCalendar } from '../../../../shared/domain/time/calendar.ts';
import type { OpenTime } from '../../../../shared/domain/time/open-time.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import type { Formats } from '../../../i18n/formats.ts';
import { weekdayTimeThere } from '../../../i18n/time-there.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useNow } from '../../../state/clock-store.ts';
import type { Place } from '../format/zone-time.ts';
import { nextLookChange, shownOpenMs, slaLook } from './sla-look.ts';
import { useWords } from '../../../i18n/use-words.ts';
import type { SlaLevel, SlaLook } from './sla-look.ts';

/** The version of a policy that set a clock's target; null while it is not known here. */
export function policyOf(config: SlaConfig | null, clock: Pick<SlaBadge, 'policyId' | 'policyVersion'>): Policy | null {
  return config?.policies.find((each) => each.id === clock.policyId && each.version === clock.policyVersion) ?? null;
}

const NO_SHIFTS: readonly SpanCalendar[] = [];
/** The tables of open time are kept for as long as the array of hours lives, so equal hours are one array. */
const joined = new WeakMap<SlaConfig, { readonly shifts: readonly SpanCalendar[]; readonly hours: readonly OpenHours[] }>();

function hoursOf(config: SlaConfig, shifts: readonly SpanCalendar[]): readonly OpenHours[] {
  const known = joined.get(config);
  if (known?.shifts === shifts) return known.hours;
  const hours = shifts.length === 0 ? config.calendars : [...config.calendars, ...shifts];
  joined.set(config, { shifts, hours });
  return hours;
}

/** The open time that a clock counts. The tables behind it are kept for as long as the calendars stay the same. */
function openTimeOf(config: SlaConfig | null, shifts: readonly SpanCalendar[], badge: SlaBadge | null): OpenTime | null {
  if (config === null || badge === null) return null;
  const policy = policyOf(config, badge);
  return policy === null ? null : promisedTime(policy.promise, hoursOf(config, shifts));
}

export interface SlaWords {
  readonly level: SlaLevel;
  /** The state in one word. */
  readonly word: string;
  /** The open time left or over; the due time while the promise is not known; empty when there is none. */
  readonly time: string;
  /** Metric, time and due in one sentence, on the viewer's clock and on the customer's. */
  readonly sentence: string;
}

/** A clock in words, and a new render exactly when they change. Needs no engine, so it goes on while that is away. */
export function useSlaWords(badge: SlaBadge | null, place: Place | null): SlaWords {
  const t = useWords('inbox');
  const formats = useFormats();
  const config = useLiveValue('sla.config', {}, null);
  const shifts = useLiveValue('sla.shiftHours', {}, NO_SHIFTS);
  const openTime = openTimeOf(config, shifts, badge);
  const now = useNow((current) => nextLookChange(badge, openTime, current));
  const look = slaLook(badge, openTime, now);
  const word = t(`sla.state.${look.level}`);
  if (badge === null) return { level: look.level, word, time: '', sentence: t('sla.none') };
  if (badge.problem !== null && look.level === 'problem')
    return { level: look.level, word, time: '', sentence: `${t(`sla.metric.${badge.metric}`)}: ${t(`sla.problem.${badge.problem}`)}` };
  const span = look.openMs === null ? '' : spanText(look, formats, t('sla.underMinute'));
  const time = span === '' && badge.dueAt !== null && badge.endedAt === null ? formats.listTime(badge.dueAt, now) : span;
  const parts: string[] = [];
  if (span !== '') {
    if (look.level === 'overdue') parts.push(t('sla.over', { over: span }));
    else if (look.level === 'paused') parts.push(t('sla.pausedLeft', { left: span }));
    else parts.push(t('sla.left', { left: span }));
  }
  if (badge.dueAt !== null) {
    parts.push(t(now > badge.dueAt ? 'sla.wasDue' : 'sla.due', { at: formats.dateTime(badge.dueAt) }));
    if (place !== null) parts.push(t('sla.theirs', { time: weekdayTimeThere(formats, badge.dueAt, place) }));
  }
  return { level: look.level, word, time, sentence: [`${word}: ${t(`sla.metric.${badge.metric}`)}`, ...parts].join(' · ') };
}

function spanText(look: SlaLook, formats: Formats, underMinute: string): string {
  const shown = shownOpenMs(look.openMs ?? 0);
  if (shown === 0) return underMinute;
  // A day is a day only when the promise never closes: 24 office hours are no day.
  return look.isAroundTheClock ? formats.duration(shown) : formats.hours(shown);
}
