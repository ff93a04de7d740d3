import { PlanStretches } from '../../../shared/domain/coverage/assignments.ts';
import type { Stretch } from '../../../shared/domain/coverage/assignments.ts';
import type { Plan, PublishedChange, Shift, ShiftBody } from '../../../shared/domain/coverage/plan.ts';
import { qualifiedSpans } from '../../../shared/domain/coverage/qualify.ts';
import { requirementWindows } from '../../../shared/domain/coverage/requirement-coverage.ts';
import type { Requirement, Roster } from '../../../shared/domain/coverage/roster.ts';
import { earlier, later } from '../../../shared/domain/coverage/spans.ts';
import type { AgentId, HubId, ShiftId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { formatLocalDateTime, formatLocalTime } from '../../../shared/domain/time/local-time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';
import { contentLine, textLine, utcText } from './ics-text.ts';

/** Whose calendar: somebody's own, that of a hub, or that of who fulfils a requirement. */
export type CalendarOf =
  | { readonly kind: 'agent'; readonly agentId: AgentId }
  | { readonly kind: 'hub'; readonly hubId: HubId }
  | { readonly kind: 'requirement'; readonly requirement: Requirement };

/** The few words in a calendar, in the language of whoever exports it. */
export interface CalendarWords {
  readonly shift: string;
  /** A stretch that nobody has, or whose person is away. */
  readonly openShift: string;
  readonly breaks: string;
}

export interface CalendarQuestion {
  readonly of: CalendarOf;
  /** What calendar programs call it. */
  readonly name: string;
  readonly roster: Roster;
  /** The published side counts; shifts that reach into `[from, to)` are in it, whole. */
  readonly plan: Plan;
  /** Of publishings that may still be in somebody's calendar program, oldest first. */
  readonly changes: readonly PublishedChange[];
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
  readonly words: CalendarWords;
}

interface CalendarEvent extends Span {
  readonly uid: string;
  readonly sequence: number;
  readonly isCancelled: boolean;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
}

/** The first part of a shift that its own person has; overrides have their ids. */
const OWN = 'own';
/** So many overrides and absences of a shift leave traces in calendars; more would be noise. */
const MOST_CUTS = 10;

/**
 * A calendar of published shifts as an iCalendar file (RFC 5545). Times are instants in UTC, so no program has to know a
 * zone; local times are in the description. Overrides and absences are cut out. An event is named after its shift and
 * its part of it, so it stays the same event when it moves; its SEQUENCE counts the publishings that changed the shift.
 * What was in such a calendar and is no longer is told once more as CANCELLED: shifts that were taken back or went to
 * somebody else, and parts that overrides and absences made and that are gone.
 */
export function icsExport(question: CalendarQuestion): string {
  const stretches = new PlanStretches(question.roster, question.plan);
  const live: CalendarEvent[] = [];
  const gone: CalendarEvent[] = [];
  const before = formerBodies(question);
  for (const shift of question.plan.shifts) {
    const { shiftId, published, cancelled } = shift;
    const former = before.get(shiftId) ?? [];
    if (published !== null && (reaches(published, question) || former.length > 0)) {
      live.push(...parts(question, shift, stretches.of(shiftId, published)));
      gone.push(...goneParts(question, shift, published));
      for (const body of former) gone.push(...tombstones(question, shift, body, body.agentId, OWN, 0));
    }
    if (cancelled !== null && reaches(cancelled, question)) gone.push(...tombstones(question, shift, cancelled, cancelled.agentId, OWN, 0));
  }
  const events = new Map([...gone, ...live].map((event) => [event.uid, event]));
  return [
    contentLine('BEGIN', 'VCALENDAR'),
    contentLine('VERSION', '2.0'),
    textLine('PRODID', '-//Meridian//Shift coverage//EN'),
    contentLine('CALSCALE', 'GREGORIAN'),
    contentLine('METHOD', 'PUBLISH'),
    textLine('NAME', question.name),
    textLine('X-WR-CALNAME', question.name),
    ...[...events.values()].sort((a, b) => a.from - b.from || (a.uid < b.uid ? -1 : 1)).map((event) => eventText(event, question.now)),
    contentLine('END', 'VCALENDAR'),
  ].join('');
}

function eventText(event: CalendarEvent, now: Instant): string {
  return [
    contentLine('BEGIN', 'VEVENT'),
    textLine('UID', event.uid),
    contentLine('DTSTAMP', utcText(now)),
    contentLine('DTSTART', utcText(event.from)),
    contentLine('DTEND', utcText(event.to)),
    contentLine('SEQUENCE', String(event.sequence)),
    contentLine('STATUS', event.isCancelled ? 'CANCELLED' : 'CONFIRMED'),
    textLine('SUMMARY', event.summary),
    ...(event.description === '' ? [] : [textLine('DESCRIPTION', event.description)]),
    ...(event.location === '' ? [] : [textLine('LOCATION', event.location)]),
    contentLine('END', 'VEVENT'),
  ].join('');
}

function reaches({ startAt, endAt }: Pick<ShiftBody, 'startAt' | 'endAt'>, { from, to }: CalendarQuestion): boolean {
  return startAt < to && endAt > from;
}

/** What shifts said in the window before later publishings changed it. */
function formerBodies(question: CalendarQuestion): ReadonlyMap<ShiftId, readonly ShiftBody[]> {
  const found = new Map<ShiftId, ShiftBody[]>();
  for (const { shiftId, before } of question.changes) {
    if (before === null || !reaches(before, question)) continue;
    found.set(shiftId, [...(found.get(shiftId) ?? []), before]);
  }
  return found;
}

/** The parts of one shift that belong into the calendar, as they are worked. */
function parts(question: CalendarQuestion, shift: Shift, stretches: readonly Stretch[]): readonly CalendarEvent[] {
  const counts = new Map<string, number>();
  return stretches.flatMap((stretch) => {
    const { body, agentId, override, away } = stretch;
    const base = override?.overrideId ?? OWN;
    const index = counts.get(base) ?? 0;
    counts.set(base, index + 1);
    const isOpen = agentId === null || away !== null;
    return belonging(question, stretch, body, isOpen ? null : agentId).map((span, piece) => ({
      ...span,
      uid: uidOf(shift.shiftId, base, index, piece),
      sequence: shift.revision,
      isCancelled: false,
      ...textsOf(question, body, isOpen ? null : agentId, span),
    }));
  });
}

/** What of a stretch belongs into the calendar. Open stretches are a matter of the hub. */
function belonging({ of, roster }: CalendarQuestion, { from, to }: Span, body: ShiftBody, agentId: AgentId | null): readonly Span[] {
  switch (of.kind) {
    case 'agent':
      return agentId === of.agentId ? [{ from, to }] : [];
    case 'hub':
      return body.hubId === of.hubId ? [{ from, to }] : [];
    case 'requirement': {
      const agent = roster.agents.find((each) => each.agentId === agentId);
      if (agent === undefined) return [];
      const able = qualifiedSpans(agent, of.requirement.selector, from, to);
      return requirementWindows(of.requirement, from, to).flatMap((window) =>
        able
          .map((span) => ({ from: later(span.from, window.from), to: earlier(span.to, window.to) }))
          .filter((span) => span.from < span.to),
      );
    }
  }
}

/**
 * Parts that the shift may have had: one more of each kind with every override and absence that there is or was. A
 * calendar program forgets those that it never knew.
 */
function goneParts(question: CalendarQuestion, shift: Shift, body: ShiftBody): readonly CalendarEvent[] {
  const overrides = question.plan.overrides.filter((each) => each.shiftId === shift.shiftId);
  const absences = (agentId: AgentId | null): number =>
    question.plan.absences.filter((each) => each.agentId === agentId && each.startAt < body.endAt && each.endAt > body.startAt).length;
  const upTo = (agentId: AgentId | null, base: string, cuts: number): readonly CalendarEvent[] =>
    Array.from({ length: cuts === 0 ? 0 : 2 * Math.min(cuts, MOST_CUTS) + 1 }, (_, index) =>
      tombstones(question, shift, body, agentId, base, index),
    ).flat();
  return [
    ...upTo(body.agentId, OWN, overrides.length + absences(body.agentId)),
    ...overrides.flatMap(({ agentIn, overrideId }) => upTo(agentIn, overrideId, 1 + absences(agentIn))),
  ];
}

/** Says that a part is gone, if it would have been in this calendar; one event or none. */
function tombstones(
  question: CalendarQuestion,
  shift: Shift,
  body: ShiftBody,
  agentId: AgentId | null,
  base: string,
  index: number,
): readonly CalendarEvent[] {
  const span = { from: body.startAt, to: body.endAt };
  if (belonging(question, span, body, agentId).length === 0) return [];
  const texts = textsOf(question, body, agentId, span);
  return [{ ...span, uid: uidOf(shift.shiftId, base, index, 0), sequence: shift.revision, isCancelled: true, ...texts }];
}

function uidOf(shiftId: ShiftId, base: string, index: number, piece: number): string {
  return `${[shiftId, base, String(index), ...(piece === 0 ? [] : [String(piece)])].join('.')}@meridian`;
}

function textsOf(
  { of, roster, words }: CalendarQuestion,
  body: ShiftBody,
  agentId: AgentId | null,
  { from, to }: Span,
): Pick<CalendarEvent, 'summary' | 'description' | 'location'> {
  const shiftName = roster.templates.find((each) => each.templateId === body.templateId)?.name ?? words.shift;
  const person = roster.agents.find((each) => each.agentId === agentId)?.name ?? words.openShift;
  const breaks = body.breaks.filter((each) => each.startAt < to && each.endAt > from);
  return {
    summary: of.kind === 'agent' ? shiftName : `${person} (${shiftName})`,
    description: [
      `${formatLocalDateTime(toLocal(body.zone, from))} - ${formatLocalDateTime(toLocal(body.zone, to))} ${body.zone}`,
      ...(breaks.length === 0
        ? []
        : [`${words.breaks}: ${breaks.map((each) => `${formatLocalTime(each.startLocal)}-${formatLocalTime(each.endLocal)}`).join(', ')}`]),
      ...(body.note === '' ? [] : [body.note]),
    ].join('\n'),
    location: roster.hubs.find((each) => each.hubId === body.hubId)?.name ?? '',
  };
}
