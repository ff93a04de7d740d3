import type { EngineServices } from './services.ts';
import { caseSubject } from '../store/cases.store.ts';
import type { Membership } from '../store/membership.store.ts';
import { listAgents, me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { teamUsers } from '../store/team-people.store.ts';
import type { TeamUser } from '../store/team-people.store.ts';
import type { LinkState, Presence } from '../team/hub-link.ts';
import type { CasePresence, TeamPerson } from '../../../shared/contract/team.contract.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';

/** Everybody of the team: oneself first, then who is there, then the others by name. */
export function teamPeople(services: EngineServices, db: ReadDb): readonly TeamPerson[] {
  const session = services.team.session();
  const membership = services.team.membership();
  if (membership === null) return [];
  const names = new Map(listAgents(db).map((agent) => [agent.agentId, agent.name]));
  const present = byUser(session?.link.presence.others() ?? []);
  const own: Own = { membership, link: session?.link.state() ?? null, agentId: me(db)?.agentId ?? null };
  const found = teamUsers(db)
    .filter(({ role }) => role !== 'region' && role !== 'widget')
    .map((user) => personOf(user, { names, own, heard: present.get(user.name) ?? [], db }));
  const rank = (person: TeamPerson): number => (person.isMe ? 0 : person.online ? 1 : 2);
  return found.toSorted((a, b) => rank(a) - rank(b) || (a.name ?? a.user).localeCompare(b.name ?? b.user));
}

interface Own {
  readonly membership: Membership;
  readonly link: LinkState | null;
  readonly agentId: AgentId | null;
}

function personOf(
  { name, role, agentId: known, entry }: TeamUser,
  scene: { readonly names: ReadonlyMap<AgentId, string>; readonly own: Own; readonly heard: readonly Presence[]; readonly db: ReadDb },
): TeamPerson {
  const { names, own, heard, db } = scene;
  const isMe = name === own.membership.user.name;
  const agentId = isMe ? (known ?? own.agentId) : known;
  const active = heard.find((each) => each.writing) ?? heard.find((each) => each.viewing !== null) ?? heard[0];
  const where = isMe ? own.link : active;
  const others = heard.map((each) => each.workstation);
  return {
    user: name,
    role,
    agentId,
    name: (agentId === null ? undefined : names.get(agentId)) ?? null,
    isMe,
    isRevoked: entry.keys.length > 0 && entry.keys.every((key) => key.revokedAt !== null),
    online: isMe ? own.link?.state === 'online' : heard.length > 0,
    onShift: heard.some((each) => each.onShift),
    viewing: viewed(db, active?.viewing ?? null),
    writing: active?.writing ?? false,
    address: where?.address ?? null,
    roundTripMs: where?.roundTripMs ?? null,
    workstations: isMe ? [own.membership.workstation, ...others] : others,
  };
}

function viewed(db: ReadDb, caseId: string | null): TeamPerson['viewing'] {
  if (caseId === null || !isId('case', caseId)) return null;
  return { caseId, subject: caseSubject(db, caseId)?.subject ?? null };
}

function byUser(present: readonly Presence[]): Map<string, Presence[]> {
  const users = new Map<string, Presence[]>();
  for (const each of present) users.set(each.user, [...(users.get(each.user) ?? []), each]);
  return users;
}

/** Who else has a case on screen. */
export function presenceOnCase(services: EngineServices, db: ReadDb, caseId: CaseId): readonly CasePresence[] {
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
