import { turnsOfTeam } from './duty.ts';
import { leadOf } from './team.ts';
import { spanBetween, retimed, wallSpan } from '../../../shared/domain/coverage/derive.ts';
import { toldAgents } from '../../../shared/domain/coverage/draft.ts';
import type { ToldAgent } from '../../../shared/domain/coverage/draft.ts';
import type { Absence, Override, PublishedChange, ShiftBody, ShiftChange, Swap } from '../../../shared/domain/coverage/plan.ts';
import type { RotationShift } from '../../../shared/domain/coverage/rotations.ts';
import { EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId, PublicationId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS, HOUR_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { addDays, dateOfEpochDay, localOfWall, wallOf } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../shared/domain/time/local-time.ts';

/** How far shifts are published: back for the fairness of a quarter, ahead as a team plans. */
const WEEKS_BACK = 13;
const WEEKS_AHEAD = 6;
/** Leads publish some weeks at a time, a week before they begin. */
const WEEKS_A_PUBLISHING = 5;
const NOTICE_MS = 8 * DAY_MS;

export interface PlannedPublication {
  readonly publicationId: PublicationId;
  readonly at: Instant;
  readonly by: AgentId;
  readonly note: string;
  readonly changes: readonly PublishedChange[];
  readonly told: readonly ToldAgent[];
}

/** Everything that leads and agents of the sample team have done with the plan; pure data, a function of the time alone. */
export interface TeamPlan {
  readonly publications: readonly PlannedPublication[];
  readonly draft: readonly ShiftChange[];
  readonly absences: readonly Absence[];
  readonly overrides: readonly Override[];
  readonly swaps: readonly Swap[];
}

/** The Monday of a time's week, in UTC. */
function mondayOf(at: Instant): LocalDate {
  const day = Math.floor(at / DAY_MS);
  // 1970-01-05 was a Monday.
  return dateOfEpochDay(day - ((((day - 4) % 7) + 7) % 7));
}

export function planTeam(now: Instant, zoneData: string): TeamPlan {
  const first = addDays(mondayOf(now), -WEEKS_BACK * 7);
  const publications: PlannedPublication[] = [];
  for (let week = 0; week < WEEKS_BACK + WEEKS_AHEAD + 1; week += WEEKS_A_PUBLISHING) {
    const from = addDays(first, week * 7);
    const to = addDays(first, Math.min(week + WEEKS_A_PUBLISHING, WEEKS_BACK + WEEKS_AHEAD + 1) * 7 - 1);
    const changes = turnsOfTeam(from, to, zoneData).map(({ shiftId, body }): PublishedChange => ({ shiftId, before: null, after: body }));
    const start = changes.reduce((earliest, change) => Math.min(earliest, change.after?.startAt ?? earliest), Infinity);
    const at = after(now, Math.min(start - NOTICE_MS - now, -DAY_MS));
    publications.push(publication(`sample-${week}`, at, leadOf('Lisbon').agentId, '', changes));
  }
  const late = lateChange(
    publications.flatMap((each) => each.changes),
    now,
    zoneData,
  );
  if (late !== null) publications.push(late);
  publications.sort((a, b) => a.at - b.at);
  const next = turnsOfTeam(addDays(mondayOf(now), 7), addDays(mondayOf(now), 13), zoneData);
  return { publications, ...changesOfNextWeek(next, now, zoneData) };
}

function publication(slug: string, at: Instant, by: AgentId, note: string, changes: readonly PublishedChange[]): PlannedPublication {
  return { publicationId: makeId('pub', slug), at, by, note, changes, told: toldAgents(changes, at) };
}

/** The day shifts of some ten days ago were moved by an hour the evening before, with too little notice. */
function lateChange(published: readonly PublishedChange[], now: Instant, zoneData: string): PlannedPublication | null {
  const day = published.flatMap(({ shiftId, after: body }) => (body?.templateId === makeId('tpl', 'lis-day') ? [{ shiftId, body }] : []));
  const start = Math.max(...day.map(({ body }) => body.startAt).filter((at) => at < now - 9 * DAY_MS));
  const moved = day
    .filter(({ body }) => body.startAt === start)
    .map(({ shiftId, body }): PublishedChange => ({ shiftId, before: body, after: shifted(body, -HOUR_MS, zoneData) }));
  if (moved.length === 0) return null;
  return publication('sample-late', after(now, start - 16 * HOUR_MS - now), leadOf('Lisbon').agentId, 'Release on Saturday', moved);
}

/** A shift with both ends on the wall moved. */
function shifted(body: ShiftBody, ms: number, zoneData: string): ShiftBody {
  return retimed(body, localOfWall(wallOf(body.startLocal) + ms), localOfWall(wallOf(body.endLocal) + ms), zoneData);
}

/** What is on its way for next week: a draft, time off, a cover, swaps. */
function changesOfNextWeek(turns: readonly RotationShift[], now: Instant, zoneData: string): Omit<TeamPlan, 'publications'> {
  const of = (slug: string, place: number): RotationShift | undefined =>
    turns.filter(({ body }) => body.templateId === makeId('tpl', slug))[place];
  const [lisbon, singapore] = [leadOf('Lisbon'), leadOf('Singapore')];
  const draft: ShiftChange[] = [];
  const change = (turn: RotationShift | undefined, edit: (body: ShiftBody) => ShiftBody): void => {
    if (turn !== undefined) draft.push({ shiftId: turn.shiftId, draft: { kind: 'changed', body: edit(turn.body) } });
  };
  change(of('sf-day', 3), (body) => shifted(body, HOUR_MS, zoneData));
  change(of('lis-day', 7), (body) => ({ ...body, agentId: null }));
  const saturday = of('sg-weekend', 0);
  const korean = makeId('agt', 'ji-soo-han');
  if (saturday !== undefined && saturday.body.agentId !== korean)
    draft.push({ shiftId: makeId('shf', 'sample-extra'), draft: { kind: 'changed', body: extraShift(saturday.body, korean, zoneData) } });

  const tomas = makeId('agt', 'tomas-ferreira');
  const grace = makeId('agt', 'grace-liu');
  const wednesday = turns.find(({ body }) => body.templateId === makeId('tpl', 'lis-bridge'))?.body.startLocal ?? null;
  const absences: Absence[] = [];
  if (wednesday !== null) {
    absences.push(
      absence(
        'sample-tomas',
        tomas,
        'Europe/Lisbon',
        wednesday,
        3,
        { state: 'approved', note: 'Porto', decidedBy: lisbon.agentId },
        now,
        zoneData,
      ),
      absence(
        'sample-grace',
        grace,
        'America/Los_Angeles',
        addDays(wednesday, 5),
        2,
        { state: 'requested', note: '', decidedBy: null },
        now,
        zoneData,
      ),
    );
  }

  const evening = of('lis-evening', 0);
  const cover = evening === undefined ? null : freeColleague(turns, evening, makeId('hub', 'lisbon'), []);
  const overrides: Override[] = [];
  if (evening !== undefined && cover !== null) {
    const { body, shiftId } = evening;
    overrides.push({
      ...spanBetween(body.zone, body.startAt, after(body.startAt, 2 * HOUR_MS), zoneData),
      overrideId: makeId('ovr', 'sample'),
      shiftId,
      agentIn: cover,
      reason: 'Dentist',
      by: lisbon.agentId,
      at: after(now, -6 * HOUR_MS),
      swapId: null,
      isCancelled: false,
    });
  }

  const swaps: Swap[] = [];
  const asked = (slug: string, turn: RotationShift | undefined): void => {
    const fromAgent = turn?.body.agentId ?? null;
    if (turn === undefined || fromAgent === null) return;
    const toAgent = freeColleague(turns, turn, turn.body.hubId, [singapore.agentId]);
    swaps.push({
      swapId: makeId('swp', slug),
      shiftId: turn.shiftId,
      fromAt: turn.body.startAt,
      toAt: turn.body.endAt,
      fromAgent,
      toAgent,
      returnShiftId: null,
      state: toAgent === null ? 'asked' : 'accepted',
      reason: 'Family visit',
      askedAt: after(now, -20 * HOUR_MS),
      decidedBy: null,
    });
  };
  asked('sample-accepted', of('sg-weekend', 1));
  return { draft, absences, overrides, swaps };
}

/** Somebody of the hub who works at no time within eleven hours of the shift. */
function freeColleague(
  turns: readonly RotationShift[],
  { body }: RotationShift,
  hubId: ShiftBody['hubId'],
  notThese: readonly AgentId[],
): AgentId | null {
  const ofHub = new Set(turns.flatMap((turn) => (turn.body.hubId === hubId ? (turn.body.agentId ?? []) : [])));
  for (const agentId of ofHub) {
    const isBusy = turns.some(
      (turn) =>
        turn.body.agentId === agentId && turn.body.startAt < body.endAt + 11 * HOUR_MS && body.startAt < turn.body.endAt + 11 * HOUR_MS,
    );
    if (!isBusy && !notThese.includes(agentId)) return agentId;
  }
  return null;
}

function extraShift(like: ShiftBody, agentId: AgentId, zoneData: string): ShiftBody {
  const start = { ...like.startLocal, hour: 10 };
  const end = { ...like.startLocal, hour: 15 };
  return {
    ...like,
    ...wallSpan(like.zone, start, end, zoneData),
    agentId,
    breaks: [],
    needs: { ...EVERYBODY, languages: ['ko'] },
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
  };
}

function absence(
  slug: string,
  agentId: AgentId,
  zone: string,
  from: LocalDate,
  days: number,
  facts: Pick<Absence, 'state' | 'note' | 'decidedBy'>,
  now: Instant,
  zoneData: string,
): Absence {
  const midnight = (date: LocalDate): ReturnType<typeof localOfWall> =>
    localOfWall(wallOf({ year: date.year, month: date.month, day: date.day }));
  return {
    ...wallSpan(zone, midnight(from), midnight(addDays(from, days)), zoneData),
    absenceId: makeId('abs', slug),
    agentId,
    kind: 'pto',
    requestedAt: after(now, -3 * DAY_MS),
    ...facts,
  };
}
