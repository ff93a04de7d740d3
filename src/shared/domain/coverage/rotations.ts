import { makeId } from '../ids.ts';
import type { AgentId, HubId, RotationId, ShiftId, TemplateId } from '../ids.ts';
import { addDays, dateOfEpochDay, epochDayOf, formatLocalDate } from '../time/local-time.ts';
import type { LocalDate } from '../time/local-time.ts';
import { employment } from './assignments.ts';
import { bodyIn } from './draft.ts';
import type { Shift, ShiftBody, ShiftChange } from './plan.ts';
import type { Holiday, Roster, Rotation, ShiftTemplate } from './roster.ts';
import { templateBody, templateShifts } from './templates.ts';
import type { TemplateShift } from './templates.ts';

export interface RotationShift {
  readonly shiftId: ShiftId;
  readonly body: ShiftBody;
}

interface Occurrence {
  readonly template: ShiftTemplate;
  /** Part of shift ids. */
  readonly tail: string;
  /** Place of the template in the rotation. */
  readonly place: number;
  readonly shift: TemplateShift;
}

/** No two zones' clocks are further apart than this, so dates further apart are in order of time. */
const ZONE_DAYS = 2;

/**
 * The shifts of a rotation that start on the local dates from `fromDate` to `toDate`, both included, in order of time.
 *
 * Turn 0 is the anchor date's. Step `shift`: every occurrence of the templates is a turn, in order of time; days on which
 * there is none take no turn. Step `day` and `week`: every local date, or every seven from the anchor date, is a turn,
 * and its people take all of its shifts. Each turn takes the next `seats` people in their order and goes on with the
 * first behind the last.
 *
 * Who is not in the team when their shift starts keeps their place, so that nobody else's turn moves: the shift is open.
 * Somebody comes into the place by a new version (`closeRotation`). Seats that there are no people for are open, too.
 */
export function rotationShifts(
  roster: Roster,
  rotation: Rotation,
  fromDate: LocalDate,
  toDate: LocalDate,
  zoneData: string,
): readonly RotationShift[] {
  const { agentIds, seats } = rotation;
  const first = Math.max(epochDayOf(fromDate), epochDayOf(rotation.from));
  const last = Math.min(epochDayOf(toDate), rotation.until === null ? Number.POSITIVE_INFINITY : epochDayOf(rotation.until));
  if (!rotation.isActive || agentIds.length === 0 || first > last) return [];
  const agents = new Map(roster.agents.map((agent) => [agent.agentId, agent]));
  const employed = new Map(agentIds.map((agentId) => [agentId, employment(agents.get(agentId))]));
  return turnsOfOccurrences(roster, rotation, first, last)
    .flatMap(({ occurrence, turn }) => {
      const { template, shift, tail } = occurrence;
      const open: ShiftBody = { ...templateBody(template, shift, null, zoneData), source: 'rotation', rotationId: rotation.rotationId };
      const idStart = `${idPart(rotation.rotationId)}-${tail}-${compact(shift.date)}-`;
      const seated = new Set<AgentId>();
      return Array.from({ length: seats }, (_, seat): RotationShift => {
        const agentId = agentIds[modulo(turn * seats + seat, agentIds.length)];
        const span = agentId === undefined ? undefined : employed.get(agentId);
        const isThere = span !== undefined && span.from <= shift.startAt && shift.startAt < span.to;
        const taker = agentId !== undefined && isThere && !seated.has(agentId) ? agentId : null;
        if (taker !== null) seated.add(taker);
        return { shiftId: makeId('shf', `${idStart}${String(seat)}`), body: taker === null ? open : { ...open, agentId: taker } };
      });
    })
    .sort((a, b) => a.body.startAt - b.body.startAt);
}

/** A rotation's part of its shifts' ids; ids of ULIDs are shorter than the limit. */
function idPart(rotationId: RotationId): string {
  return bodyOf(rotationId).slice(-40);
}

function compact(date: LocalDate): string {
  return formatLocalDate(date).replaceAll('-', '');
}

function bodyOf(id: RotationId | TemplateId): string {
  return id.slice(id.indexOf('_') + 1);
}

/** The occurrences that start on the local days from `first` to `last`, each with the number of its turn. */
function turnsOfOccurrences(
  roster: Roster,
  rotation: Rotation,
  first: number,
  last: number,
): readonly { readonly occurrence: Occurrence; readonly turn: number }[] {
  const anchor = epochDayOf(rotation.anchorDate);
  if (rotation.step !== 'shift') {
    const days = rotation.step === 'week' ? 7 : 1;
    return occurrences(roster, rotation, first, last).map((occurrence) => ({
      occurrence,
      turn: Math.floor((epochDayOf(occurrence.shift.date) - anchor) / days),
    }));
  }
  // Templates of several zones can start in another order than their dates: what is around the seam is counted, too.
  const all = occurrences(roster, rotation, Math.min(anchor, first) - ZONE_DAYS, Math.max(anchor, last) + ZONE_DAYS);
  // Turn 0 is the first of the anchor date, whatever zone has an earlier date still at that time.
  const isEarlier = ({ shift }: Occurrence): boolean => epochDayOf(shift.date) < anchor;
  const earlier = all.filter(isEarlier);
  return [...earlier, ...all.filter((each) => !isEarlier(each))]
    .map((occurrence, index) => ({ occurrence, turn: index - earlier.length }))
    .filter(({ occurrence: { shift } }) => first <= epochDayOf(shift.date) && epochDayOf(shift.date) <= last);
}

/** In order of time; at one instant in the order of the templates. */
function occurrences(roster: Roster, rotation: Rotation, first: number, last: number): readonly Occurrence[] {
  const from = dateOfEpochDay(first);
  const to = dateOfEpochDay(last);
  const tails = tailsOf(rotation);
  return rotation.templateIds
    .flatMap((templateId, place) => {
      const template = roster.templates.find((each) => each.templateId === templateId);
      if (template === undefined) return [];
      const tail = tails[place] ?? '';
      return templateShifts(template, from, to, holidaysOf(roster, template.hubId)).map((shift) => ({ template, tail, place, shift }));
    })
    .sort((a, b) => a.shift.startAt - b.shift.startAt || a.place - b.place);
}

/** The last ten characters of the templates' ids; where two are equal, their places are in them. */
function tailsOf(rotation: Rotation): readonly string[] {
  const tails = rotation.templateIds.map((templateId) => bodyOf(templateId).slice(-10));
  return tails.map((tail, place) => (tails.indexOf(tail) === tails.lastIndexOf(tail) ? tail : `${String(place)}${tail.slice(1)}`));
}

/** The public holidays of a hub. */
export function holidaysOf(roster: Roster, hubId: HubId | null): readonly Holiday[] {
  return roster.hubs.find((hub) => hub.hubId === hubId)?.holidays ?? [];
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** What a new version of a rotation may change. */
export type RotationChange = Partial<
  Pick<Rotation, 'name' | 'templateIds' | 'agentIds' | 'seats' | 'step' | 'anchorDate' | 'until' | 'isActive'>
>;

/**
 * Closes a rotation on the day before `from` and opens its next version, which goes on from there; so the shifts of
 * earlier dates stay as they are. Turns are counted on as before when the change leaves their count as it is (the number
 * of people, seats, step and templates), also with other people in the places; else turn 0 is that of `from`, unless the
 * change names another anchor date than before. An end that lies before `from` is none for the new version. A version
 * that would not have begun by then is out of use.
 */
export function closeRotation(
  rotation: Rotation,
  from: LocalDate,
  change: RotationChange,
  newId: RotationId,
): { readonly closed: Rotation; readonly opened: Rotation } {
  const opened = { ...rotation, ...change };
  const goesOn =
    opened.agentIds.length === rotation.agentIds.length &&
    opened.seats === rotation.seats &&
    opened.step === rotation.step &&
    opened.templateIds.length === rotation.templateIds.length &&
    opened.templateIds.every((templateId, place) => templateId === rotation.templateIds[place]);
  const isAnchored = epochDayOf(opened.anchorDate) !== epochDayOf(rotation.anchorDate);
  return {
    closed: {
      ...rotation,
      until: isBefore(rotation.until, from) ? rotation.until : addDays(from, -1),
      isActive: rotation.isActive && isBefore(rotation.from, from),
    },
    opened: {
      ...opened,
      rotationId: newId,
      version: rotation.version + 1,
      supersedes: rotation.rotationId,
      from,
      until: isBefore(opened.until, from) ? null : opened.until,
      anchorDate: goesOn || isAnchored ? opened.anchorDate : from,
    },
  };
}

function isBefore(date: LocalDate | null, other: LocalDate): boolean {
  return date !== null && epochDayOf(date) < epochDayOf(other);
}

/**
 * The changes that bring a rotation's shifts of these start dates into the draft: those that are not in it are made,
 * those that the rotation does not have any more are removed. A shift that is there stays as it is, as somebody may have
 * moved it or given it away.
 */
export function rotationChanges(
  roster: Roster,
  rotation: Rotation,
  shifts: readonly Shift[],
  fromDate: LocalDate,
  toDate: LocalDate,
  zoneData: string,
): readonly ShiftChange[] {
  const made = rotationShifts(roster, rotation, fromDate, toDate, zoneData);
  const wanted = new Set(made.map((each) => each.shiftId));
  const drafted = shifts.filter((shift) => bodyIn(shift, 'draft') !== null);
  const there = new Set(drafted.map((each) => each.shiftId));
  const added = made
    .filter(({ shiftId }) => !there.has(shiftId))
    .map(({ shiftId, body }): ShiftChange => ({ shiftId, draft: { kind: 'changed', body } }));
  const removed = drafted
    .filter(({ shiftId }) => !wanted.has(shiftId) && isOfRotation(shiftId, rotation, fromDate, toDate))
    .map(({ shiftId }): ShiftChange => ({ shiftId, draft: { kind: 'removed' } }));
  return [...added, ...removed];
}

/** Whether the rotation made the shift for one of the dates, wherever it was moved since. */
function isOfRotation(shiftId: ShiftId, rotation: Rotation, fromDate: LocalDate, toDate: LocalDate): boolean {
  const [, day = '', seat = ''] = /-(\d{8})-(\d+)$/u.exec(shiftId) ?? [];
  const isAsked = day !== '' && compact(fromDate) <= day && day <= compact(toDate);
  return isAsked && tailsOf(rotation).some((tail) => shiftId === `shf_${idPart(rotation.rotationId)}-${tail}-${day}-${seat}`);
}
