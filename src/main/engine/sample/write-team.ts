import { sampleRoster } from './roster.ts';
import { leadOf } from './team.ts';
import { planTeam } from './team-plan.ts';
import type { PlannedPublication, TeamPlan } from './team-plan.ts';
import { sitDown } from '../store/roster.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import { recordShift, recordTeam, unknownShift } from '../usecases/team-events.ts';
import type { TeamEvent } from '../usecases/team-events.ts';
import { zoneDataInUse } from '../usecases/zone-data.ts';
import type { PublishedChange, Shift } from '../../../shared/domain/coverage/plan.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';

/** Shifts that are written together. */
const SHIFTS_A_PART = 150;
/** The team was set up before the first shifts were published. */
const SET_UP_MS = 110 * DAY_MS;

/** Hubs, people, templates, rotations, requirements; and who sits at this desk. */
export function writeRoster(context: UseCaseContext, tx: WriteDb, me: AgentId, now: Instant): void {
  const roster = sampleRoster(toLocal('UTC', now).year);
  const deed = { actor: leadOf('Lisbon').agentId, at: after(now, -SET_UP_MS) };
  const events: TeamEvent[] = [
    ...roster.hubs.map((hub) => ({ type: 'hub.saved', hub }) as const),
    ...roster.agents.map((profile) => ({ type: 'agent.saved', profile }) as const),
    ...roster.templates.map((template) => ({ type: 'template.saved', template }) as const),
    ...roster.rotations.map((rotation) => ({ type: 'rotation.saved', rotation }) as const),
    ...roster.requirements.map((requirement) => ({ type: 'requirement.saved', requirement }) as const),
  ];
  for (const event of events) recordTeam(context, tx, event, deed);
  sitDown(tx, me);
}

/** One transaction's worth of the plan. */
export interface PlanPart {
  readonly write: (tx: WriteDb) => void;
}

/** The plan as parts, to be written in their order. */
export function partsOfPlan(context: UseCaseContext, now: Instant): readonly PlanPart[] {
  const plan = planTeam(now, zoneDataInUse());
  const shifts = new Map<string, Shift>();
  const parts = plan.publications.flatMap((publication, index) =>
    partsOfPublication(context, publication, shifts, index < plan.publications.length - 1),
  );
  return [...parts, { write: (tx) => writeChanges(context, tx, plan, shifts, now) }];
}

/** @param shifts as they are when the part is written; parts that were written before an interruption left them so */
function partsOfPublication(
  context: UseCaseContext,
  publication: PlannedPublication,
  shifts: Map<string, Shift>,
  isSeen: boolean,
): PlanPart[] {
  const { publicationId, changes, told, note, by, at } = publication;
  const deed = { actor: by, at };
  const slices = Array.from({ length: Math.ceil(changes.length / SHIFTS_A_PART) }, (_part, index) =>
    changes.slice(index * SHIFTS_A_PART, (index + 1) * SHIFTS_A_PART).map((change) => ({ change, before: keep(shifts, change) })),
  );
  return slices.map((slice, index) => ({
    write: (tx) => {
      for (const { change, before } of slice)
        if (change.after !== null)
          recordShift(context, tx, before, { type: 'shift.published', shiftId: change.shiftId, publicationId, body: change.after }, deed);
      if (index < slices.length - 1) return;
      recordTeam(context, tx, { type: 'publication.made', publicationId, note, reverts: null, changed: changes.length, told }, deed);
      // Everybody has read what was published long ago.
      if (isSeen)
        for (const { agentId } of told)
          recordTeam(context, tx, { type: 'agent.noticesSeen', agentId, publicationIds: [publicationId] }, { actor: agentId, at });
    },
  }));
}

/** The shift as it is before the change, and from now on as it is after it. */
function keep(shifts: Map<string, Shift>, change: PublishedChange): Shift {
  const before = shifts.get(change.shiftId) ?? unknownShift(change.shiftId);
  shifts.set(change.shiftId, { ...before, revision: before.revision + 1, published: change.after });
  return before;
}

function writeChanges(context: UseCaseContext, tx: WriteDb, plan: TeamPlan, shifts: ReadonlyMap<string, Shift>, now: Instant): void {
  const lead = { actor: leadOf('Lisbon').agentId, at: after(now, -DAY_MS / 24) };
  for (const { shiftId, draft } of plan.draft)
    recordShift(context, tx, shifts.get(shiftId) ?? unknownShift(shiftId), { type: 'shift.drafted', shiftId, draft }, lead);
  for (const absence of plan.absences)
    recordTeam(context, tx, { type: 'absence.requested', absence }, { actor: absence.agentId, at: absence.requestedAt });
  for (const override of plan.overrides)
    recordTeam(context, tx, { type: 'override.made', override }, { actor: override.by, at: override.at });
  for (const swap of plan.swaps) {
    const { swapId, toAgent } = swap;
    const stretch = { from: swap.fromAt, to: swap.toAt };
    recordTeam(
      context,
      tx,
      { type: 'swap.asked', swap: { ...swap, state: 'asked' }, stretch },
      { actor: swap.fromAgent, at: swap.askedAt },
    );
    if (swap.state === 'accepted')
      recordTeam(
        context,
        tx,
        { type: 'swap.answered', swapId, state: 'accepted', toAgent },
        { actor: toAgent, at: after(swap.askedAt, DAY_MS / 12) },
      );
  }
}
