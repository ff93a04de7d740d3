import { policyProblems } from '../../../shared/domain/sla/policy.ts';
import type { PolicyProblem } from '../../../shared/domain/sla/policy.ts';
import { calendarProblems } from '../../../shared/domain/time/calendar.ts';
import type { CalendarProblem } from '../../../shared/domain/time/calendar.ts';
import { epochDayOf, parseLocalDate } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone, localDateOf } from '../../../shared/domain/time/zone.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { proposalOf, versionOf } from './rules-draft.ts';
import type { CalendarDraft, PolicyDraft, RulesDraft } from './rules-draft.ts';

/** What must be put right in one calendar, besides what the domain says. */
export interface CalendarFaults {
  readonly problems: readonly CalendarProblem[];
  readonly isNameMissing: boolean;
  readonly from: 'bad-date' | 'past' | null;
}

export interface PolicyFaults {
  readonly problems: readonly PolicyProblem[];
  readonly isNameMissing: boolean;
}

export function calendarFaults(draft: CalendarDraft, saved: CalendarDraft | undefined, now: Instant): CalendarFaults {
  return {
    problems: calendarProblems({ id: draft.id, name: draft.name, versions: [versionOf(checkable(draft), now)] }),
    isNameMissing: draft.name.trim() === '',
    from: draft.fromText === (saved?.fromText ?? '') ? null : fromFault(draft, now),
  };
}

/** A zone that is unknown can not tell when a date begins there. */
function checkable(draft: CalendarDraft): CalendarDraft {
  return draft.zone !== null && isKnownZone(draft.zone) ? draft : { ...draft, fromText: '' };
}

/** The past is never rewritten: clocks that ran by the old hours did. */
function fromFault({ fromText, zone }: CalendarDraft, now: Instant): CalendarFaults['from'] {
  if (fromText === '') return null;
  const date = parseLocalDate(fromText);
  if (date === null) return 'bad-date';
  if (zone === null || !isKnownZone(zone)) return null;
  return epochDayOf(date) < epochDayOf(localDateOf(zone, now)) ? 'past' : null;
}

/** @param calendars the calendars in use, which alone may be promised */
export function policyFaults(draft: PolicyDraft, calendars: readonly CalendarDraft[], now: Instant): PolicyFaults {
  const [proposed] = proposalOf({ calendars: [], policies: [draft] }, { calendars: [], policies: [] }, now).policies;
  const problems =
    proposed === undefined ? [] : policyProblems({ ...proposed, version: 1, position: 0, effectiveFrom: now, isActive: true });
  const isRetired = draft.promiseKind === 'calendars' && draft.calendarIds.some((id) => calendars.every((each) => each.id !== id));
  return {
    problems: isRetired ? [...problems, { code: 'retired-hours', priority: null, metric: null }] : problems,
    isNameMissing: draft.name.trim() === '',
  };
}

export function countCalendarFaults({ problems, isNameMissing, from }: CalendarFaults): number {
  return problems.length + (isNameMissing ? 1 : 0) + (from === null ? 0 : 1);
}

export function countPolicyFaults({ problems, isNameMissing }: PolicyFaults): number {
  return problems.length + (isNameMissing ? 1 : 0);
}

/** What in the draft can not be saved, by id and name, in the order of the pages. */
export function faultyParts(
  draft: RulesDraft,
  base: RulesDraft,
  now: Instant,
): readonly { readonly kind: 'calendar' | 'policy'; readonly id: string; readonly name: string; readonly count: number }[] {
  const calendars = draft.calendars.map((each) => {
    const saved = base.calendars.find((other) => other.id === each.id);
    return { kind: 'calendar' as const, id: each.id, name: each.name, count: countCalendarFaults(calendarFaults(each, saved, now)) };
  });
  const policies = draft.policies.map((each) => ({
    kind: 'policy' as const,
    id: each.id,
    name: each.name,
    count: countPolicyFaults(policyFaults(each, draft.calendars, now)),
  }));
  return [...calendars, ...policies].filter((each) => each.count > 0);
}
