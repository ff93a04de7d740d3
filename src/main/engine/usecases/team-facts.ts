import { applyRules } from './apply-sla-rules.ts';
import { ACKNOWLEDGEMENTS_KEY } from './acknowledge-settings.ts';
import { STAFFING_KEY } from './coverage-staffing.ts';
import { AUTHENTICITY_KEY, REGISTRY_KEY, RULES_KEY } from './guard-settings.ts';
import { applyTeamEvent } from './team-events.ts';
import type { TeamEvent } from './team-events.ts';
import { clampProfile } from './team-profile.ts';
import { misfitOfFact } from './team-facts-fit.ts';
import { ensureContact, saveTeamAccount } from '../store/team-rows.store.ts';
import { forgetTeamMacro, teamMacro, writeTeamMacro, writeTeamMacroUses } from '../store/macros.store.ts';
import type { TeamMacro } from '../store/macros.store.ts';
import { forgetSharedView, sharedView, writeSharedView } from '../store/saved-views.store.ts';
import type { SharedView } from '../store/saved-views.store.ts';
import { setContactTier, setContactZone } from '../store/contacts.store.ts';
import { writeHandoffRules } from '../store/handoff-settings.store.ts';
import { deleteShift } from '../store/plan.store.ts';
import { forgetPublishedChanges } from '../store/publications.store.ts';
import { forgetCalendar, forgetPolicy, openCasesOfContact } from '../store/sla.store.ts';
import { INTAKE_KEY, markAllStale } from '../store/intake.store.ts';
import { ROUTING_KEY } from '../store/routing-rules.store.ts';
import { saveSettingValue } from '../store/settings.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { eventsOfStream } from '../store/team.store.ts';
import { readFact } from '../../../shared/contract/team-facts.ts';
import type { RuleFact } from '../../../shared/contract/team-facts.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId, MacroId, SavedViewId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/**
 * Facts of the team that belong to no case, put into the tables: of others when they arrive, and all of them when tables are made
 * anew. What an event says is written in the order of the log, so the last one counts; see `refoldFacts` for what is pending here.
 */

export interface TeamFactEvent {
  /** As it is called here: `sla`, and not `setting.sla`. */
  readonly stream: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: AgentId | null;
  readonly at: Instant;
  /** Whether its author is a lead on the hub. Left out for one's own, and where there is no hub. */
  readonly isByLead?: boolean;
}

export interface FactOutcome {
  /** Kinds of a newer Meridian, and those that are applied elsewhere (`agent.joined`), have no effect here. */
  readonly isApplied: boolean;
  /** SLA rules are others now: the ledger must forget what it keeps, and open cases be worked out again. */
  readonly hasNewRules: boolean;
  /** Cases whose place in lists follows from it: fold them again. */
  readonly cases: readonly CaseId[];
}

/** The body of a fact is not what its kind says. Found from the event alone, so every workstation finds it alike. */
export class FactRefused extends Error {
  override readonly name = 'FactRefused';
}

const NOTHING: FactOutcome = { isApplied: false, hasNewRules: false, cases: [] };
const APPLIED: FactOutcome = { ...NOTHING, isApplied: true };

/** @throws {FactRefused} for what has no effect on any workstation; nothing was written then */
export function applyFact(tx: WriteDb, event: TeamFactEvent): FactOutcome {
  const read = readFact(event.type, event.body);
  if (read.kind === 'malformed') throw new FactRefused(read.reason);
  if (read.kind === 'unknown') return NOTHING;
  const misfit = misfitOfFact(event.stream, read.fact);
  if (misfit !== null) throw new FactRefused(misfit);
  if (read.kind === 'rule') return applyRule(tx, read.fact, event);
  const fact: TeamEvent = read.fact;
  const deed = { actor: event.actor, at: event.at };
  if (fact.type !== 'agent.saved' || event.isByLead !== false) applyTeamEvent(tx, fact, deed);
  else applyTeamEvent(tx, { ...fact, profile: clampProfile(tx, fact.profile, event.actor) }, deed);
  return APPLIED;
}

function applyRule(tx: WriteDb, fact: RuleFact, { actor, at }: TeamFactEvent): FactOutcome {
  switch (fact.type) {
    case 'contact.saved': {
      const { contactId, tier, zone } = fact;
      ensureContact(tx, contactId, at);
      if (tier !== undefined) setContactTier(tx, contactId, tier.tier, tier.reason, tier.until);
      if (zone !== undefined) setContactZone(tx, contactId, zone);
      return { ...APPLIED, cases: tier === undefined ? [] : openCasesOfContact(tx, contactId) };
    }
    case 'account.saved':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- milliseconds
      saveTeamAccount(tx, { ...fact, createdAt: fact.createdAt as Instant });
      return APPLIED;
    case 'sla.rulesSaved':
      return { ...APPLIED, hasNewRules: applyRules(tx, fact, actor) };
    case 'staffing.saved':
      saveSettingValue(tx, STAFFING_KEY, JSON.stringify(fact.settings));
      return APPLIED;
    case 'acknowledgements.saved': {
      const { type: _type, ...settings } = fact;
      saveSettingValue(tx, ACKNOWLEDGEMENTS_KEY, JSON.stringify(settings));
      return APPLIED;
    }
    case 'routingRules.saved':
      return saveSetting(tx, ROUTING_KEY, fact);
    case 'intakeRules.saved':
      markAllStale(tx);
      return saveSetting(tx, INTAKE_KEY, fact);
    case 'officialAccounts.saved':
      return saveSetting(tx, REGISTRY_KEY, fact);
    case 'guardRules.saved':
      return saveSetting(tx, RULES_KEY, fact);
    case 'authenticity.saved':
      return saveSetting(tx, AUTHENTICITY_KEY, fact);
    case 'view.saved':
      shareView(tx, fact.view.viewId, { owner: fact.owner, view: fact.view });
      return APPLIED;
    case 'view.removed':
      shareView(tx, fact.viewId, { owner: fact.owner, view: null });
      return APPLIED;
    case 'macro.saved':
      keepMacro(tx, fact.macro.macroId, { owner: fact.owner, macro: fact.macro });
      return APPLIED;
    case 'macro.removed':
      keepMacro(tx, fact.macroId, { owner: fact.owner, macro: null });
      return APPLIED;
    case 'macro.counted':
      if (actor !== null) writeTeamMacroUses(tx, fact.macroId, actor, fact.uses);
      return APPLIED;
    case 'audit.anchored':
      // read where it is, in the log
      return APPLIED;
    case 'handoffRules.saved':
      writeHandoffRules(tx, fact.rules);
      return APPLIED;
  }
}

function saveSetting(tx: WriteDb, key: string, { type: _type, ...settings }: RuleFact): FactOutcome {
  saveSettingValue(tx, key, JSON.stringify(settings));
  return APPLIED;
}

/** A view is whose who shared it first; what says otherwise has no effect. That only its owner and leads speak for it: `actorProblem`. */
function shareView(tx: WriteDb, viewId: SavedViewId, shared: SharedView): void {
  const known = sharedView(tx, viewId);
  if (known === null ? shared.view !== null : known.owner === shared.owner) writeSharedView(tx, viewId, shared);
}

/** The same for a macro. */
function keepMacro(tx: WriteDb, macroId: MacroId, team: TeamMacro): void {
  const known = teamMacro(tx, macroId);
  if (known === null ? team.macro !== null : known.owner === team.owner) writeTeamMacro(tx, macroId, team);
}

/**
 * Puts the facts of one stream into the tables anew, in the order of the log and with what is pending here behind it: what others
 * said was put before it. A shift is made from nothing, because each of its events says only what it changes; so is a
 * view, because the first of them says whose it is.
 */
export function refoldFacts(tx: WriteDb, stream: string): FactOutcome {
  const shiftId = stream.slice('shift.'.length);
  if (stream.startsWith('shift.') && isId('shf', shiftId)) {
    deleteShift(tx, shiftId);
    forgetPublishedChanges(tx, shiftId);
  }
  const viewId = stream.slice('view.'.length);
  if (stream.startsWith('view.') && isId('view', viewId)) forgetSharedView(tx, viewId);
  const macroId = stream.slice('macro.'.length);
  if (stream.startsWith('macro.') && isId('mac', macroId)) forgetTeamMacro(tx, macroId);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an event's body is an object
  const events = eventsOfStream(tx, stream).map((row) => ({ ...row, body: JSON.parse(row.body) as Record<string, unknown> }));
  if (stream === 'sla') forgetToldRules(tx, events);
  let outcome = NOTHING;
  for (const event of events) {
    const { hasNewRules, cases } = applyFact(tx, event);
    outcome = { isApplied: true, hasNewRules: outcome.hasNewRules || hasNewRules, cases: [...new Set([...outcome.cases, ...cases])] };
  }
  return outcome;
}

/** Which version of a policy whose is depends on the order in which they were told. Rules that no event tells of are kept. */
function forgetToldRules(tx: WriteDb, events: readonly Pick<TeamFactEvent, 'type' | 'body'>[]): void {
  for (const { type, body } of events) {
    const read = readFact(type, body);
    if (read.kind !== 'rule' || read.fact.type !== 'sla.rulesSaved') continue;
    for (const { id } of read.fact.policies) forgetPolicy(tx, id);
    for (const { id } of read.fact.calendars) forgetCalendar(tx, id);
  }
}
