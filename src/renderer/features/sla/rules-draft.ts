import type { ProposedCalendar, ProposedPolicy, SlaConfig, SlaProposal } from '../../../shared/contract/sla.contract.ts';
import { PRIORITIES } from '../../../shared/domain/case.ts';
import type { Priority } from '../../../shared/domain/case.ts';
import { formatDuration, parseDuration } from '../../../shared/domain/duration-text.ts';
import { DEFAULT_PAUSE_ON, DEFAULT_REOPEN_WINDOW_MS, LONGEST_TARGET_MS } from '../../../shared/domain/sla/policy.ts';
import type { Metric, Policy, PolicyConditions, SlaStatus, Targets } from '../../../shared/domain/sla/policy.ts';
import type { BusinessCalendar, CalendarVersion, WallWindow, Week } from '../../../shared/domain/time/calendar.ts';
import { formatLocalDate, parseLocalDate, WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../shared/domain/time/local-time.ts';
import { localDateOf, startOfDay } from '../../../shared/domain/time/zone.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The metrics whose targets a lead sets here; what a policy promises besides is kept as it is. */
export const EDITED_METRICS = ['first-reply', 'next-reply', 'resolution'] as const satisfies readonly Metric[];
export type EditedMetric = (typeof EDITED_METRICS)[number];

export interface ExceptionDraft {
  readonly key: string;
  /** As typed: `YYYY-MM-DD` or not yet. */
  readonly dateText: string;
  readonly name: string;
  readonly windows: readonly WallWindow[];
}

/** The newest version of a calendar, being edited. */
export interface CalendarDraft {
  readonly id: string;
  readonly name: string;
  readonly zone: string | null;
  readonly week: Week;
  readonly exceptions: readonly ExceptionDraft[];
  /** From which date on the edited version applies, `YYYY-MM-DD` in the calendar's zone; empty: as soon as it is saved. */
  readonly fromText: string;
}

export type TargetTexts = { readonly [Name in EditedMetric]: string };

/** A policy being edited; lengths of time as they are typed, empty for what is not promised. */
export interface PolicyDraft {
  readonly id: string;
  readonly name: string;
  readonly conditions: PolicyConditions;
  readonly promiseKind: 'calendars' | 'coverage';
  readonly calendarIds: readonly string[];
  readonly team: string;
  readonly targets: { readonly [Name in Priority]: TargetTexts };
  /** Targets that are not edited here. */
  readonly otherTargets: { readonly [Name in Priority]: Targets };
  readonly defaultPriority: Priority;
  readonly pauseOn: readonly SlaStatus[];
  readonly reopenText: string;
}

export interface RulesDraft {
  readonly calendars: readonly CalendarDraft[];
  readonly policies: readonly PolicyDraft[];
}

/** The policies in use, in their order: of each the newest version, unless that takes it out of use. */
export function activePolicies(config: SlaConfig): readonly Policy[] {
  const latest = new Map<string, Policy>();
  for (const policy of config.policies) if ((latest.get(policy.id)?.version ?? 0) < policy.version) latest.set(policy.id, policy);
  return [...latest.values()].filter((policy) => policy.isActive).sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

/** What is saved and in use, ready to be edited. A version that has not begun yet is the one that is edited. */
export function draftOf(config: SlaConfig, now: Instant): RulesDraft {
  return {
    calendars: config.calendars.filter((calendar) => calendar.isRetired !== true).map((calendar) => calendarDraft(calendar, now)),
    policies: activePolicies(config).map(policyDraft),
  };
}

/** One saved calendar, in use or not, ready to be edited. */
export function calendarDraft({ id, name, versions }: BusinessCalendar, now: Instant): CalendarDraft {
  const last = versions.at(-1);
  const isAhead = last !== undefined && versions.length > 1 && last.effectiveFrom > now;
  return {
    id,
    name,
    zone: last?.zone ?? null,
    week: last?.week ?? {},
    exceptions: (last?.exceptions ?? []).map(({ date, name: title = '', windows }, index) => ({
      key: `saved-${index}`,
      dateText: formatLocalDate(date),
      name: title,
      windows,
    })),
    fromText: isAhead ? formatLocalDate(localDateOf(last.zone, last.effectiveFrom)) : '',
  };
}

function forPriorities<Value>(make: (priority: Priority) => Value): { readonly [Name in Priority]: Value } {
  return { low: make('low'), normal: make('normal'), high: make('high'), urgent: make('urgent') };
}

function targetTexts(targets: Targets): TargetTexts {
  const text = (metric: Metric): string => {
    const target = targets[metric];
    return target === undefined ? '' : formatDuration(target);
  };
  return { 'first-reply': text('first-reply'), 'next-reply': text('next-reply'), resolution: text('resolution') };
}

function otherTargets(targets: Targets): Targets {
  const acceptance = targets['handoff-acceptance'];
  return acceptance === undefined ? {} : { 'handoff-acceptance': acceptance };
}

function policyDraft(policy: Policy): PolicyDraft {
  const { id, name, conditions, promise, targets, defaultPriority, pauseOn, reopenWindowMs } = policy;
  return {
    id,
    name,
    conditions,
    promiseKind: promise.kind,
    calendarIds: promise.kind === 'calendars' ? promise.calendarIds : [],
    team: promise.kind === 'coverage' ? promise.team : '',
    targets: forPriorities((priority) => targetTexts(targets[priority])),
    otherTargets: forPriorities((priority) => otherTargets(targets[priority])),
    defaultPriority,
    pauseOn,
    reopenText: formatDuration(reopenWindowMs),
  };
}

const OFFICE: readonly WallWindow[] = [{ openMinute: 9 * 60, closeMinute: 17 * 60 }];

/** A calendar to start from: nine to five on weekdays. */
export function newCalendar(id: string, name: string, zone: string): CalendarDraft {
  const week: Week = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE };
  return { id, name, zone, week, exceptions: [], fromText: '' };
}

/** A policy to start from: for every case, with targets that a small team can keep. */
export function newPolicy(id: string, name: string, calendarIds: readonly string[]): PolicyDraft {
  const targets: { readonly [Name in Priority]: TargetTexts } = {
    urgent: { 'first-reply': '1h', 'next-reply': '2h', resolution: '12h' },
    high: { 'first-reply': '4h', 'next-reply': '6h', resolution: '24h' },
    normal: { 'first-reply': '8h', 'next-reply': '12h', resolution: '3d' },
    low: { 'first-reply': '24h', 'next-reply': '24h', resolution: '5d' },
  };
  return {
    id,
    name,
    conditions: {},
    promiseKind: 'calendars',
    calendarIds,
    team: '',
    targets,
    otherTargets: forPriorities(() => ({})),
    defaultPriority: 'normal',
    pauseOn: DEFAULT_PAUSE_ON,
    reopenText: formatDuration(DEFAULT_REOPEN_WINDOW_MS),
  };
}

/** An id for something new, as the engine accepts it. */
export function newRuleId(kind: 'calendar' | 'policy'): string {
  return `${kind}-${crypto.randomUUID().slice(0, 13)}`;
}

/** Two drafts that would save the same rules, whatever their rows are called. */
export function isSameDraft(a: RulesDraft, b: RulesDraft): boolean {
  return comparable(a) === comparable(b);
}

function comparable(draft: RulesDraft): string {
  const calendars = draft.calendars.map(calendarText).sort();
  return JSON.stringify([calendars, draft.policies.map(policyText)]);
}

/** Equal for two drafts that would save the same calendar. */
export function calendarText({ id, name, zone, week, exceptions, fromText }: CalendarDraft): string {
  const rows = exceptions.map((row) => [row.dateText, row.name.trim(), row.windows.map(windowPair)]);
  return JSON.stringify([id, name.trim(), zone, WEEKDAYS.map((day) => (week[day] ?? []).map(windowPair)), rows, fromText]);
}

function windowPair({ openMinute, closeMinute }: WallWindow): readonly [number, number] {
  return [openMinute, closeMinute];
}

/** Equal for two drafts that would save the same policy. */
export function policyText(draft: PolicyDraft): string {
  const { id, name, conditions, promiseKind, calendarIds, team, targets, defaultPriority, pauseOn, reopenText } = draft;
  const { channels, tiers, priorities, languages, teams, labels } = conditions;
  return JSON.stringify([
    [id, name.trim(), channels, tiers, priorities, languages, teams, labels],
    promiseKind === 'calendars' ? calendarIds : team.trim(),
    PRIORITIES.map((priority) => EDITED_METRICS.map((metric) => lengthKey(targets[priority][metric]))),
    [defaultPriority, pauseOn, lengthKey(reopenText)],
  ]);
}

/** `60m` and `1h` are the same length; what can not be read is itself. */
function lengthKey(text: string): string {
  const ms = parseDuration(text);
  return ms === null ? text.trim() : String(ms);
}

/** A date that no calendar knows, for one that is not typed to its end: the domain says so. */
const NO_DATE: LocalDate = { year: 0, month: 0, day: 0 };

/** Years as the engine takes them: a year that is half typed (0202) is not one yet. */
function dateIn(text: string): LocalDate {
  const date = parseLocalDate(text);
  return date === null || date.year < 1970 || date.year > 2_200 ? NO_DATE : date;
}

/** The version that the draft of a calendar stands for. `now` is when it would begin if nothing else is said. */
export function versionOf(draft: CalendarDraft, now: Instant): CalendarVersion {
  const zone = draft.zone ?? '';
  const week: { -readonly [Day in keyof Week]: Week[Day] } = {};
  for (const weekday of WEEKDAYS) {
    const windows = draft.week[weekday] ?? [];
    if (windows.length > 0) week[weekday] = windows;
  }
  const from = parseLocalDate(draft.fromText);
  return {
    effectiveFrom: from === null || draft.zone === null ? now : instant(Math.max(now, startOfDay(draft.zone, from))),
    zone,
    week,
    exceptions: draft.exceptions.map(({ dateText, name, windows }) => ({
      date: dateIn(dateText),
      windows,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
    })),
  };
}

/** What the draft asks the engine for. What was not touched is sent as it was saved, so that it keeps its version. */
export function proposalOf(draft: RulesDraft, config: SlaConfig, now: Instant): SlaProposal {
  const policies = new Map(activePolicies(config).map((policy) => [policy.id, policy]));
  const calendars = new Map(config.calendars.map((calendar) => [calendar.id, calendar]));
  return {
    policies: draft.policies.map((each) => proposedPolicy(each, policies.get(each.id))),
    calendars: draft.calendars.map((each) => proposedCalendar(each, calendars.get(each.id), now)),
  };
}

function proposedCalendar(draft: CalendarDraft, saved: BusinessCalendar | undefined, now: Instant): ProposedCalendar {
  const last = saved?.versions.at(-1);
  const isSame =
    saved !== undefined && last !== undefined && calendarText(draft) === calendarText({ ...calendarDraft(saved, now), name: draft.name });
  return { id: draft.id, name: draft.name.trim(), ...(isSame ? last : versionOf(draft, now)) };
}

function proposedPolicy(draft: PolicyDraft, saved: Policy | undefined): ProposedPolicy {
  if (saved !== undefined && policyText(draft) === policyText(policyDraft(saved))) {
    const { version: _version, position: _position, effectiveFrom: _from, isActive: _isActive, ...rest } = saved;
    return rest;
  }
  return {
    id: draft.id,
    name: draft.name.trim(),
    conditions: draft.conditions,
    promise:
      draft.promiseKind === 'calendars'
        ? { kind: 'calendars', calendarIds: draft.calendarIds }
        : { kind: 'coverage', team: draft.team.trim() },
    targets: forPriorities((priority) => targetsOf(draft.targets[priority], draft.otherTargets[priority])),
    defaultPriority: draft.defaultPriority,
    pauseOn: draft.pauseOn,
    reopenWindowMs: atMostLongest(parseDuration(draft.reopenText)),
  };
}

function targetsOf(texts: TargetTexts, others: Targets): Targets {
  const targets: { [Name in Metric]?: number } = { ...others };
  for (const metric of EDITED_METRICS) {
    const text = texts[metric];
    // Not a number: the domain refuses it at its place.
    if (text.trim() !== '') targets[metric] = atLeastAMinute(parseDuration(text));
  }
  return targets;
}

function atMostLongest(ms: number | null): number {
  return ms === null || ms > LONGEST_TARGET_MS ? Number.NaN : ms;
}

function atLeastAMinute(ms: number | null): number {
  return ms === null || ms < MINUTE_MS ? Number.NaN : ms;
}

/** Open hours in an ordinary week, for people to judge targets by; windows that overlap count once. */
export function weeklyHours(week: Week): number {
  const open = new Set<number>();
  WEEKDAYS.forEach((weekday, day) => {
    for (const { openMinute, closeMinute } of week[weekday] ?? []) {
      const end = closeMinute + (closeMinute <= openMinute ? 1_440 : 0);
      for (let minute = openMinute; minute < end; minute += 1) open.add((day * 1_440 + minute) % 10_080);
    }
  });
  return (open.size * MINUTE_MS) / HOUR_MS;
}
