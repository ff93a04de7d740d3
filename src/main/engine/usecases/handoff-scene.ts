import type { UseCaseContext } from './context.ts';
import type { CoverageBook } from './coverage-book.ts';
import type { DutyBook } from './duty-book.ts';
import { prefilledPacket } from './handoff-packet.ts';
import type { PacketFacts } from './handoff-packet.ts';
import { handoffRules } from './handoff-rules.ts';
import { handoffWords } from './handoff-words.ts';
import type { HandoffWords } from './handoff-words.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { handoffDraft } from '../store/handoff-drafts.store.ts';
import type { HandoffDraft } from '../store/handoff-drafts.store.ts';
import { intakeCase } from '../store/intake.store.ts';
import { loads } from '../store/handoff-lists.store.ts';
import { messagesOfCase } from '../store/messages.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import { me, readSettings } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';
import type { AgentCard } from '../../../shared/contract/workspace.contract.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import { caseNeed, needKey } from '../../../shared/domain/coverage/case-need.ts';
import type { CaseNeed } from '../../../shared/domain/coverage/coverage.ts';
import { compareNames, agentNames } from '../../../shared/domain/coverage/qualified-assignments.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import type { Duty } from '../../../shared/domain/handoff/duty.ts';
import { EMPTY_PACKET } from '../../../shared/domain/handoff/packet.ts';
import type { Packet } from '../../../shared/domain/handoff/packet.ts';
import type { HandoffRules } from '../../../shared/domain/handoff/offer.ts';
import { receivers } from '../../../shared/domain/handoff/receivers.ts';
import type { Receiver } from '../../../shared/domain/handoff/receivers.ts';
import type { AgentId, CaseId, HubId } from '../../../shared/domain/ids.ts';
import { readIntake } from '../../../shared/domain/intake/read-intake.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import { UNKNOWN_CASE } from '../../../shared/domain/routing/rules.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What everything about handoffs may use besides the use cases' own. */
export interface HandoffDeps extends UseCaseContext {
  readonly book: CoverageBook;
  readonly duties: DutyBook;
}

/** The team as it is at one moment, worked out as far as somebody asks. */
export interface Scene {
  readonly now: Instant;
  readonly agent: AgentCard | null;
  readonly profile: AgentProfile | null;
  readonly isLead: boolean;
  /** The hub of the turn that is on, and the person's own. */
  readonly hubs: readonly HubId[];
  readonly duty: Duty;
  readonly rules: HandoffRules;
  readonly words: HandoffWords;
  /** Active hubs in which somebody works. */
  readonly teamHubs: readonly HubId[];
  /** Everybody else who could take a case with this need, best first, whenever they come. */
  receivers(need: CaseNeed, fromId: AgentId | null): readonly Receiver[];
}

const FOREVER = instant(8.64e15);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- names nobody: no id is empty
const NOBODY = '' as AgentId;

export function sceneOf(deps: HandoffDeps, db: ReadDb): Scene {
  const now = deps.clock.now();
  const duty = deps.duties.at(db, now);
  const { agents, hubs } = duty.roster;
  const agent = me(db);
  const profile = agents.find((each) => each.agentId === agent?.agentId) ?? null;
  const turnHub = agent === null ? null : (duty.turnAt(agent.agentId, now)?.hubId ?? null);
  let load: ReadonlyMap<AgentId, number> | null = null;
  const known = new Map<string, readonly Receiver[]>();
  return {
    now,
    agent,
    profile,
    isLead: profile !== null && isLead(profile),
    hubs: [...new Set([turnHub, profile?.hubId ?? null])].filter((hub) => hub !== null),
    duty,
    rules: handoffRules(db),
    words: handoffWords(readSettings(db).locale),
    teamHubs: hubs
      .filter((hub) => hub.isActive && agents.some((each) => each.isActive && each.hubId === hub.hubId))
      .map((hub) => hub.hubId),
    receivers: (need, fromId) => {
      const key = `${fromId ?? ''} ${needKey(need)}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      load ??= loads(db);
      const question = { duty, need, fromId: fromId ?? NOBODY, now, expiresAt: FOREVER, load };
      const made = duty.hasPlan ? receivers(question) : withoutPlan(question);
      known.set(key, made);
      return made;
    },
  };
}

export function isLead(profile: AgentProfile): boolean {
  return profile.isActive && profile.tiers.includes('lead');
}

/** In a team that plans nothing everybody may be there; nobody's turn has an end. */
function withoutPlan({ duty, fromId, now, load }: Omit<Parameters<typeof receivers>[0], 'expiresAt'>): readonly Receiver[] {
  const names = agentNames(duty.roster);
  return duty.roster.agents
    .filter((each) => each.isActive && each.agentId !== fromId)
    .map(({ agentId, hubId, zone }) => ({
      agentId,
      hubId,
      zone,
      from: now,
      turnEndsAt: now,
      leftMs: 0,
      isQualified: true,
      skill: 0,
      language: 0,
      load: load.get(agentId) ?? 0,
    }))
    .sort((a, b) => a.load - b.load || compareNames(names, a.agentId, b.agentId));
}

/** What handoffs look at of a case. */
export interface RowOfScene {
  readonly row: CaseRow;
  readonly need: CaseNeed;
  /** What is due next by its SLA; that a handoff is to be accepted is no work on the case. */
  readonly dueAt: Instant | null;
  readonly promises: readonly CustomerPromise[];
}

/** One case with all of its state. */
export interface SceneCase extends RowOfScene {
  readonly id: number;
  readonly uid: CaseId;
  readonly state: CaseState;
}

/** Null when there is no such case. Follows merges. */
export function sceneCase(deps: HandoffDeps, db: ReadDb, scene: Scene, caseId: CaseId): SceneCase | null {
  const uid = currentCaseUid(db, caseId);
  const saved = caseByUid(db, uid);
  const [row] = rowsOfCases(db, [uid]);
  if (saved === undefined || row === undefined) return null;
  return { id: saved.id, uid, state: saved.state, ...sceneRow(deps, db, scene, row) };
}

/** What the row of a case tells. */
export function sceneRow(deps: HandoffDeps, db: ReadDb, scene: Scene, row: CaseRow): RowOfScene {
  return {
    row,
    need: caseNeed(caseForStaffing(db, row.caseId) ?? UNKNOWN_CASE, scene.duty.roster),
    dueAt: workDueAt(deps, db, row),
    promises: row.nextPromise === null ? [] : deps.ledger.promises(db, row.caseId),
  };
}

/** Acceptance has a clock of its own, which may be the one that the row shows. */
export function workDueAt(deps: HandoffDeps, db: ReadDb, row: CaseRow): Instant | null {
  if (row.sla?.metric !== 'handoff-acceptance') return row.sla?.endedAt === null ? row.sla.dueAt : null;
  const dues = deps.ledger
    .clocks(db, row.caseId)
    .filter((each) => each.metric !== 'handoff-acceptance' && each.endedAt === null)
    .flatMap((each) => each.dueAt ?? []);
  return dues.reduce<Instant | null>((first, each) => (first === null || each < first ? each : first), null);
}

/** The packet as the case tells it. `said`: the conversation, for what was tried. */
export function packetOf(
  scene: Scene,
  found: RowOfScene,
  ownerId: AgentId | null,
  said: PacketFacts['said'],
  intake?: PacketFacts['intake'],
): Packet {
  const { row, need, dueAt, promises } = found;
  const { now, words } = scene;
  const first = scene.receivers(need, ownerId).find((each) => each.isQualified);
  const { runway } = row;
  const facts: PacketFacts = {
    now,
    subject: row.subject,
    status: row.status,
    snoozedUntil: row.snoozedUntil,
    isVip: row.tier !== 'standard',
    waitingSince: row.waitingSince,
    preview: row.preview,
    lastMessageAt: row.lastMessageAt,
    lastDirection: row.lastDirection,
    failedReplies: row.failedReplies,
    dueAt,
    runwayMs: runway === null ? null : runway.staffedAtDue - runway.base - (runway.since === null ? 0 : now - runway.since),
    nextAt: first?.from ?? null,
    promises,
    reminders: row.reminders.filter((each) => each.forId === null),
    said,
    intake,
  };
  return prefilledPacket(facts, words);
}

/** What the person wrote, else what the case tells; a promise that was made since is not left out of a draft. */
export function draftOrPacket(
  db: ReadDb,
  scene: Scene,
  found: SceneCase,
): { readonly packet: Packet; readonly draft: (HandoffDraft & { readonly savedAt: Instant }) | null } {
  const draft = scene.agent === null ? null : handoffDraft(db, found.uid, scene.agent.agentId);
  const packet = draft?.packet ?? packetOf(scene, found, found.state.ownerId, messagesOfCase(db, found.id), knownOf(db, found));
  return { packet, draft };
}

/** What the checklist of a case knows and misses. A fact that the team made has its name in the checklist. */
function knownOf(db: ReadDb, { id, state }: SceneCase): NonNullable<PacketFacts['intake']> {
  const { facts, missing } = readIntake(intakeCase(db, id, state));
  const nameOf = (field: string): string => facts.find((each) => each.field === field)?.name ?? field;
  return {
    known: facts.flatMap(({ field, state: how, value, meaning, isNeeded }) =>
      how === 'known' && isNeeded && value !== null ? [{ field: nameOf(field), value: meaning ?? value }] : [],
    ),
    missing: missing.map(nameOf),
  };
}

/** The packet with the open promises of the case as they are now: what was settled is owed no more, what is new must be told. */
export function withOpenPromises(packet: Packet, promises: readonly CustomerPromise[]): Packet {
  const open = openPromises(promises);
  return { ...EMPTY_PACKET, ...packet, promises: open.map(({ promiseId, text, dueAt, zone }) => ({ promiseId, text, dueAt, zone })) };
}

export function openPromises(promises: readonly CustomerPromise[]): readonly CustomerPromise[] {
  return promises.filter((each) => each.state === 'open');
}
