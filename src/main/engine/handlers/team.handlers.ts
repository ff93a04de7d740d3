import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { teamView } from './team-view.ts';
import { caseSubject } from '../store/cases.store.ts';
import { historySize } from '../store/membership.store.ts';
import { listAgents, me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { eventRow, readConflicts, saveTeamValue } from '../store/team.store.ts';
import { teamUsers } from '../store/team-people.store.ts';
import type { Presence } from '../team/hub-link.ts';
import { parseInvite } from '../team/hub-invite.ts';
import { once } from '../usecases/context.ts';
import { resolveConflict } from '../usecases/team-resolve.ts';
import { isOtherPerson } from '../usecases/team-membership.ts';
import type { CasePresence, ConflictRow, InvitePreview, teamContract, TeamPerson } from '../../../shared/contract/team.contract.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import { ok } from '../../../shared/domain/result.ts';

/** `@team`: membership, link, progress. `@presence`: what colleagues are doing now. */
export function teamHandlers(services: EngineServices): HandlersOf<keyof typeof teamContract> {
  const { context, team } = services;

  return {
    'team.get': sql((db) => teamView(services, db), ['@team']),
    'team.people': sql((db) => people(services, db), ['@team', '@presence']),
    'team.presence': sql((db, { caseId }) => presenceOn(services, db, caseId), ['@presence', '@team']),
    'team.tellPresence': ({ viewing, writing }) => {
      services.tellPresence({ viewing, writing });
      return ok(null);
    },
    'team.conflicts': sql((db, { state }) => readConflicts(db, state).map((conflict) => conflictRow(db, conflict))),
    'conflicts.resolve': (input) => {
      const result = resolveConflict(context, input);
      team.push();
      return result;
    },
    'team.readInvite': sql((db, { text }) => preview(services, db, text), ['@team']),
    'team.join': async (input) => team.join(input),
    'team.leave': async () => team.leave(),
    'team.nudge': () => {
      team.session()?.link.nudge();
      return ok(null);
    },
    'team.measure': async () => team.measure(),
    'team.setHoldsChannels': ({ on }) => team.setHoldsChannels(on),
    'team.dismissRewound': (input) =>
      once(context, input.opId, 'team.dismissRewound', (tx) => {
        saveTeamValue(tx, 'rewound', null);
        return { value: null };
      }),
  };
}

function conflictRow(db: ReadDb, conflict: ConflictRow['conflict']): ConflictRow {
  const values = [...conflict.mine.changes, ...(conflict.theirs?.changes ?? [])].flatMap(({ from, to }) => [from, to]);
  const mentioned = values.flatMap((value) => (value?.kind === 'case' ? [value.caseId] : []));
  return {
    conflict,
    case: conflict.caseId === null ? null : caseSubject(db, conflict.caseId),
    subjects: Object.fromEntries(mentioned.flatMap((caseId) => [[caseId, caseSubject(db, caseId)?.subject ?? '']])) as Readonly<
      Record<CaseId, string>
    >,
    alsoMineTypes: conflict.alsoMine.flatMap((id) => eventRow(db, id)?.type ?? []),
  };
}

function people(services: EngineServices, db: ReadDb): readonly TeamPerson[] {
  const session = services.team.session();
  const membership = services.team.membership();
  if (membership === null) return [];
  const names = new Map(listAgents(db).map((agent) => [agent.agentId, agent.name]));
  const present = byUser(session?.link.presence.others() ?? []);
  const ownAgent = me(db)?.agentId ?? null;
  const found = teamUsers(db)
    .filter(({ role }) => role !== 'region' && role !== 'widget')
    .map(({ name, role, agentId, entry }): TeamPerson => {
      const isMe = name === membership.user.name;
      const heard = present.get(name) ?? [];
      const active = heard.find((each) => each.writing) ?? heard.find((each) => each.viewing !== null) ?? heard[0];
      const link = isMe ? session?.link.state() : undefined;
      const viewing = active?.viewing ?? null;
      return {
        user: name,
        role,
        agentId: isMe ? (agentId ?? ownAgent) : agentId,
        name: (agentId === null ? undefined : names.get(agentId)) ?? null,
        isMe,
        isRevoked: (entry.keys ?? []).length > 0 && entry.keys.every((key) => key.revokedAt !== null),
        online: isMe ? link?.state === 'online' : heard.length > 0,
        onShift: heard.some((each) => each.onShift),
        viewing:
          viewing === null || !isId('case', viewing) ? null : { caseId: viewing, subject: caseSubject(db, viewing)?.subject ?? null },
        writing: active?.writing ?? false,
        address: isMe ? (link?.address ?? null) : (active?.address ?? null),
        roundTripMs: isMe ? (link?.roundTripMs ?? null) : (active?.roundTripMs ?? null),
        workstations: isMe ? [membership.workstation, ...heard.map((each) => each.workstation)] : heard.map((each) => each.workstation),
      };
    });
  const rank = (person: TeamPerson): number => (person.isMe ? 0 : person.online ? 1 : 2);
  return found.toSorted((a, b) => rank(a) - rank(b) || (a.name ?? a.user).localeCompare(b.name ?? b.user));
}

function byUser(present: readonly Presence[]): Map<string, Presence[]> {
  const users = new Map<string, Presence[]>();
  for (const each of present) users.set(each.user, [...(users.get(each.user) ?? []), each]);
  return users;
}

function presenceOn(services: EngineServices, db: ReadDb, caseId: CaseId): readonly CasePresence[] {
  const session = services.team.session();
  if (session === null) return [];
  const agentOf = new Map(teamUsers(db).map((user) => [user.name, user.agentId]));
  const names = new Map<AgentId, string>(listAgents(db).map((agent) => [agent.agentId, agent.name]));
  const found = new Map<string, CasePresence>();
  for (const each of session.link.presence.others()) {
    // a second workstation of one's own is no colleague
    if (each.viewing !== caseId || each.user === session.membership.user.name) continue;
    const agentId = agentOf.get(each.user) ?? null;
    const name = (agentId === null ? undefined : names.get(agentId)) ?? each.user;
    const writing = each.writing || found.get(each.user)?.writing === true;
    found.set(each.user, { user: each.user, agentId, name, writing });
  }
  return [...found.values()].toSorted((a, b) => Number(b.writing) - Number(a.writing) || a.name.localeCompare(b.name));
}

function preview(services: EngineServices, db: ReadDb, text: string): InvitePreview {
  const invite = parseInvite(text);
  const history = historySize(db);
  if (invite === null) return { invite: null, problem: 'malformed', otherPerson: false, history };
  const membership = services.team.membership();
  const { agentId } = invite.user;
  const agent = listAgents(db).find((each) => each.agentId === agentId);
  const isIn = membership !== null && membership.phase !== 'ended';
  const problem =
    services.workspace === 'sample' ? 'sample' : !isIn ? null : membership.hub.id === invite.hub.id ? 'same-hub' : 'other-hub';
  return {
    invite: {
      hubId: invite.hub.id,
      hubName: invite.hub.name,
      servers: invite.servers.map((server) => server.replace(/^tls:\/\//u, '')),
      user: invite.user.name,
      role: invite.user.role,
      agentId: agentId !== null && isId('agt', agentId) ? agentId : null,
      agentName: agent?.name ?? null,
    },
    problem,
    otherPerson: isOtherPerson(db, invite),
    history: { ...history, events: history.events },
  };
}
