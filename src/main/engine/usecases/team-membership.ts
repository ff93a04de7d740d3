import type { CaseLedger } from './case-ledger.ts';
import { rederiveIngestIds } from './ingest-history.ts';
import { recordOwnAccounts, recordUntold } from './team-untold.ts';
import { emptyWorkspace, historySize, makeHistoryPending, saveMembership, setFactsAside } from '../store/membership.store.ts';
import type { Membership } from '../store/membership.store.ts';
import { profileByUid, sitDown } from '../store/roster.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { logCursor, saveLogCursor, saveTeamValue } from '../store/team.store.ts';
import { applyTeamEvent } from './team-events.ts';
import { NEWCOMER } from './newcomer.ts';
import type { HubInvite } from '../team/hub-invite.ts';
import type { LogIdentity } from '../team/team-log.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

interface MembershipDeps {
  readonly ledger: CaseLedger;
  readonly clock: Clock;
}

/** How somebody wants to join. */
export interface Joining {
  readonly keepHistory: boolean;
  /** The invited agent and who sits here are one person. */
  readonly isSamePerson: boolean;
}

function invitedAgent(invite: HubInvite): AgentId | null {
  const { agentId } = invite.user;
  return agentId !== null && isId('agt', agentId) ? agentId : null;
}

/** Why this invite can not be used here without more ado; null when it can. */
export function joinProblem(db: ReadDb, invite: HubInvite, how: Joining): 'other-person' | null {
  return isOtherPerson(db, invite) && !how.isSamePerson ? 'other-person' : null;
}

/** Whether the invite is for another agent than who sits here, and something was done here already. */
export function isOtherPerson(db: ReadDb, invite: HubInvite): boolean {
  const agentId = invitedAgent(invite);
  const own = me(db);
  return agentId !== null && own !== null && own.agentId !== agentId && historySize(db).cases > 0;
}

/** The membership that an invite makes of this workspace. */
export function membershipBy(db: ReadDb, invite: HubInvite, workstation: string, now: Instant): Membership {
  return {
    hub: invite.hub,
    servers: invite.servers,
    authority: invite.authority,
    user: { name: invite.user.name, role: invite.user.role, agentId: invitedAgent(invite) ?? me(db)?.agentId ?? null },
    workstation,
    joinedAt: now,
    phase: 'joining',
    ended: null,
    holdsChannels: true,
  };
}

/**
 * Makes the workspace one of the team's, in one transaction: from here on everything that happens in it waits for the hub's log, its
 * history first, if that is kept. Nothing is sent yet, so a crash afterwards goes on where it was. The ledger must leave events pending already.
 */
export function enterTeam(deps: MembershipDeps, tx: WriteDb, membership: Membership, log: LogIdentity, keepsHistory = true): void {
  const { agentId, name: user } = membership.user;
  if (!keepsHistory) emptyWorkspace(tx);
  const isFirst = log.lastSequence === 0;
  const before = me(tx)?.agentId ?? null;
  if (agentId !== null) becomeAgent(deps, tx, agentId, before);
  // who comes back to the same log goes on where they left it
  if (logCursor(tx)?.logId === log.logId) {
    saveMembership(tx, membership);
    if (agentId !== null) deps.ledger.recordTeamEvent(tx, `agent.${agentId}`, 'agent.joined', { user }, { actor: agentId });
    return;
  }
  makeHistoryPending(tx);
  rederiveIngestIds(tx);
  if (!isFirst) setFactsAside(tx, agentId);
  saveLogCursor(tx, { logId: log.logId, sequence: 0, id: null });
  saveMembership(tx, membership);
  if (agentId !== null) deps.ledger.recordTeamEvent(tx, `agent.${agentId}`, 'agent.joined', { user }, { actor: agentId });
  // what told of them was set aside with the rest
  const profile = agentId === null || keepsHistory || before !== agentId ? undefined : profileByUid(tx, agentId);
  if (profile !== undefined) deps.ledger.recordTeamEvent(tx, `agent.${profile.agentId}`, 'agent.saved', { profile }, { actor: agentId });
  recordOwnAccounts(deps, tx, agentId);
  recordUntold(deps, tx, agentId, isFirst);
}

/** Who sits here is the invited agent from now on. What they did before under another id stays under it. */
function becomeAgent(deps: MembershipDeps, tx: WriteDb, agentId: AgentId, before: AgentId | null): void {
  if (before === agentId) return;
  const known = before === null ? undefined : profileByUid(tx, before);
  if (profileByUid(tx, agentId) === undefined) {
    const profile = { ...NEWCOMER, name: '', zone: 'UTC', languages: [], ...known, agentId };
    // the team's own entry about them, which comes with the log, is the one that counts
    applyTeamEvent(tx, { type: 'agent.saved', profile }, { actor: agentId, at: deps.clock.now() });
  }
  sitDown(tx, agentId);
}

/** Ends the membership. What waits for the hub stays in the table of events; it goes out if they ever come back to the same log. */
export function endMembership(tx: WriteDb, ended: Membership, onLeave: 'keep' | 'erase'): void {
  saveMembership(tx, ended);
  if (onLeave === 'keep') return;
  // the rest is done when the workspace is opened next, when no statement uses the tables
  saveTeamValue(tx, 'erase', true);
}
