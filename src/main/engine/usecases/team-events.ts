import type { UseCaseContext } from './context.ts';
import {
  absenceByUid,
  deleteShift,
  overrideByUid,
  saveAbsence,
  saveOverride,
  saveShift,
  saveSwap,
  shiftByUid,
  swapByUid,
} from '../store/plan.store.ts';
import type { Stretch } from '../store/plan.store.ts';
import { markNoticeSeen, saveNotice, savePublication, savePublishedChange } from '../store/publications.store.ts';
import { hubByUid, saveHub, saveProfile, saveRequirement, saveRotation, saveTemplate } from '../store/roster.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { applyChanges } from '../../../shared/domain/coverage/draft.ts';
import type { ToldAgent } from '../../../shared/domain/coverage/draft.ts';
import { SAME } from '../../../shared/domain/coverage/plan.ts';
import type { Absence, DraftState, Override, Shift, ShiftBody, Swap } from '../../../shared/domain/coverage/plan.ts';
import type { AgentProfile, Hub, Requirement, Rotation, ShiftTemplate } from '../../../shared/domain/coverage/roster.ts';
import type { AbsenceId, AgentId, OverrideId, PublicationId, ShiftId, SwapId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What happens to one shift. A draft is an event, too: what a lead prepared must survive and be seen by the other leads. */
export type ShiftEvent =
  | { readonly type: 'shift.drafted'; readonly shiftId: ShiftId; readonly draft: DraftState }
  | { readonly type: 'shift.published'; readonly shiftId: ShiftId; readonly publicationId: PublicationId; readonly body: ShiftBody }
  | { readonly type: 'shift.cancelled'; readonly shiftId: ShiftId; readonly publicationId: PublicationId }
  /** Another release of the time-zone data has other instants for what was meant. */
  | {
      readonly type: 'shift.rederived';
      readonly shiftId: ShiftId;
      readonly revision: number;
      readonly published: ShiftBody | null;
      readonly draft: DraftState;
    };

/** Facts about the team and its plan. The tables of both are projections of these, written by `applyTeamEvent` alone. */
export type TeamEvent =
  | ShiftEvent
  | { readonly type: 'hub.saved'; readonly hub: Hub }
  | { readonly type: 'agent.saved'; readonly profile: AgentProfile }
  | { readonly type: 'agent.noticesSeen'; readonly agentId: AgentId; readonly publicationIds: readonly PublicationId[] }
  | { readonly type: 'template.saved'; readonly template: ShiftTemplate }
  | { readonly type: 'rotation.saved'; readonly rotation: Rotation }
  | { readonly type: 'requirement.saved'; readonly requirement: Requirement }
  /** Follows the events of the shifts that it changed. */
  | {
      readonly type: 'publication.made';
      readonly publicationId: PublicationId;
      readonly note: string;
      readonly reverts: PublicationId | null;
      readonly changed: number;
      readonly told: readonly ToldAgent[];
    }
  | { readonly type: 'override.made' | 'override.rederived'; readonly override: Override }
  | { readonly type: 'override.cancelled'; readonly overrideId: OverrideId }
  | { readonly type: 'absence.requested' | 'absence.rederived'; readonly absence: Absence }
  | { readonly type: 'absence.decided'; readonly absenceId: AbsenceId; readonly state: Absence['state'] }
  /** `stretch` reaches over everything that the swap concerns. */
  | { readonly type: 'swap.asked'; readonly swap: Swap; readonly stretch: Stretch }
  | {
      readonly type: 'swap.answered';
      readonly swapId: SwapId;
      readonly state: Extract<Swap['state'], 'accepted' | 'refused' | 'withdrawn'>;
      readonly toAgent: AgentId | null;
    }
  | { readonly type: 'swap.decided'; readonly swapId: SwapId; readonly state: Extract<Swap['state'], 'approved' | 'refused'> };

/** Streams of the team's events begin so. */
export const TEAM_STREAMS = [
  'hub',
  'agent',
  'template',
  'rotation',
  'requirement',
  'shift',
  'publication',
  'override',
  'absence',
  'swap',
] as const;

function streamOf(event: TeamEvent): string {
  switch (event.type) {
    case 'hub.saved':
      return `hub.${event.hub.hubId}`;
    case 'agent.saved':
      return `agent.${event.profile.agentId}`;
    case 'agent.noticesSeen':
      return `agent.${event.agentId}`;
    case 'template.saved':
      return `template.${event.template.templateId}`;
    case 'rotation.saved':
      return `rotation.${event.rotation.rotationId}`;
    case 'requirement.saved':
      return `requirement.${event.requirement.requirementId}`;
    case 'shift.drafted':
    case 'shift.published':
    case 'shift.cancelled':
    case 'shift.rederived':
      return `shift.${event.shiftId}`;
    case 'publication.made':
      return `publication.${event.publicationId}`;
    case 'override.made':
    case 'override.rederived':
      return `override.${event.override.overrideId}`;
    case 'override.cancelled':
      return `override.${event.overrideId}`;
    case 'absence.requested':
    case 'absence.rederived':
      return `absence.${event.absence.absenceId}`;
    case 'absence.decided':
      return `absence.${event.absenceId}`;
    case 'swap.asked':
      return `swap.${event.swap.swapId}`;
    case 'swap.answered':
    case 'swap.decided':
      return `swap.${event.swapId}`;
  }
}

/** Who did it and when. */
export interface Deed {
  readonly actor: AgentId | null;
  readonly at: Instant;
}

/** Records a fact of the team and writes what follows from it, in the command's own transaction. */
export function recordTeam(context: UseCaseContext, tx: WriteDb, event: TeamEvent, deed: Deed): void {
  append(context, tx, event, deed);
  applyTeamEvent(tx, event, deed);
}

/** The same for a shift that was already read; for changes by the thousand. */
export function recordShift(context: UseCaseContext, tx: WriteDb, shift: Shift, event: ShiftEvent, deed: Deed): void {
  append(context, tx, event, deed);
  applyToShift(tx, shift, event);
}

function append(context: UseCaseContext, tx: WriteDb, event: TeamEvent, deed: Deed): void {
  const { type, ...body } = event;
  context.ledger.recordTeamEvent(tx, streamOf(event), type, body, deed);
}

/** A shift of which nothing is known. */
export function unknownShift(shiftId: ShiftId): Shift {
  return { shiftId, revision: 0, published: null, cancelled: null, draft: SAME };
}

/** Writes what follows from an event. Events of one thing must come in their order. */
export function applyTeamEvent(tx: WriteDb, event: TeamEvent, deed: Deed): void {
  switch (event.type) {
    case 'hub.saved':
      saveHub(tx, event.hub);
      return;
    case 'agent.saved': {
      const { hubId } = event.profile;
      saveProfile(tx, event.profile, hubId === null ? '' : (hubByUid(tx, hubId)?.name ?? ''));
      return;
    }
    case 'agent.noticesSeen':
      for (const publicationId of event.publicationIds) markNoticeSeen(tx, publicationId, event.agentId);
      return;
    case 'template.saved':
      saveTemplate(tx, event.template);
      return;
    case 'rotation.saved':
      saveRotation(tx, event.rotation);
      return;
    case 'requirement.saved':
      saveRequirement(tx, event.requirement);
      return;
    case 'shift.drafted':
    case 'shift.published':
    case 'shift.cancelled':
    case 'shift.rederived':
      applyToShift(tx, shiftByUid(tx, event.shiftId) ?? unknownShift(event.shiftId), event);
      return;
    case 'publication.made': {
      const { publicationId, note, reverts, changed, told } = event;
      savePublication(tx, { publicationId, at: deed.at, by: deed.actor, note, reverts, changed });
      for (const each of told) saveNotice(tx, publicationId, each);
      return;
    }
    case 'override.made':
    case 'override.rederived':
      saveOverride(tx, event.override);
      return;
    case 'override.cancelled': {
      const override = overrideByUid(tx, event.overrideId);
      if (override !== undefined) saveOverride(tx, { ...override, isCancelled: true });
      return;
    }
    case 'absence.requested':
    case 'absence.rederived':
      saveAbsence(tx, event.absence);
      return;
    case 'absence.decided': {
      const absence = absenceByUid(tx, event.absenceId);
      if (absence !== undefined) saveAbsence(tx, { ...absence, state: event.state, decidedBy: deed.actor });
      return;
    }
    case 'swap.asked':
      saveSwap(tx, event.swap, event.stretch);
      return;
    case 'swap.answered': {
      const swap = swapByUid(tx, event.swapId);
      if (swap !== undefined) saveSwap(tx, { ...swap, state: event.state, toAgent: event.toAgent }, stretchOf(swap));
      return;
    }
    case 'swap.decided': {
      const swap = swapByUid(tx, event.swapId);
      if (swap !== undefined) saveSwap(tx, { ...swap, state: event.state, decidedBy: deed.actor }, stretchOf(swap));
    }
  }
}

/** A row that is there keeps the stretch that it was made with. */
function stretchOf(swap: Swap): Stretch {
  return { from: swap.fromAt, to: swap.toAt };
}

function applyToShift(tx: WriteDb, shift: Shift, event: ShiftEvent): void {
  if (event.type === 'shift.published' || event.type === 'shift.cancelled') {
    const after = event.type === 'shift.published' ? event.body : null;
    savePublishedChange(tx, event.publicationId, { shiftId: shift.shiftId, before: shift.published, after });
  }
  const next = afterEvent(shift, event);
  if (next === null) deleteShift(tx, shift.shiftId);
  else saveShift(tx, next);
}

/** The shift after the event; null when it then says nothing at all. */
function afterEvent(shift: Shift, event: ShiftEvent): Shift | null {
  switch (event.type) {
    case 'shift.drafted':
      return withDraft(shift, event.draft);
    case 'shift.published':
      return withDraft({ ...shift, revision: shift.revision + 1, published: event.body, cancelled: null }, shift.draft);
    case 'shift.cancelled':
      return withDraft({ ...shift, revision: shift.revision + 1, published: null, cancelled: shift.published }, shift.draft);
    case 'shift.rederived':
      return { ...shift, revision: event.revision, published: event.published, draft: event.draft };
  }
}

/** A draft that says what is published anyway is none. */
function withDraft(shift: Shift, draft: DraftState): Shift | null {
  return applyChanges([shift], [{ shiftId: shift.shiftId, draft }]).shifts[0] ?? null;
}
