import type { EngineServices } from './services.ts';
import { caseSubject } from '../store/cases.store.ts';
import type { Membership } from '../store/membership.store.ts';
import { listAgents, me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { teamUsers } from '../store/team-people.store.ts';
import type { TeamUser } from '../store/team-people.store.ts';
import type { LinkState, Presence } from '../team/hub-link.ts';
import type { CasePresence, ReplyLock, TeamPerson, WrittenCase } from '../../../shared/contract/team.contract.ts';
import { lockingClaim } from '../../../shared/domain/collision/reply-claim.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';

/** Everybody of the team: oneself first, then who is there, then the others by name. */
export function teamPeople(services: EngineServices, db: ReadDb): readonly TeamPerson[] {
  const session = services.team.session();
  const membership = services.team.membership();
  if (membership === null) return [];
  const names = new Map(listAgents(db).map((agent) => [agent.agentId, agent.name]));
  const heardOf = byUser(present(services));
  const own: Own = { membership, link: session?.link.state() ?? null, agentId: me(db)?.agentId ?? null };
  const found = teamUsers(db)
    .filter(({ role }) => role !== 'region' && role !== 'widget')
    .map((user) => personOf(user, { names, own, heard: heardOf.get(user.name) ?? [], db }));
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
  const active = mostActive(heard);
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
    replying: active !== undefined && isReplying(active),
    address: where?.address ?? null,
    roundTripMs: where?.roundTripMs ?? null,
    workstations: isMe ? [own.membership.workstation, ...others] : others,
  };
}

/** Of the workstations that somebody sits at, the one at which they do most. */
function mostActive(heard: readonly Presence[]): Presence | undefined {
  return heard.find((each) => each.writing) ?? heard.find(isReplying) ?? heard.find((each) => each.viewing !== null) ?? heard[0];
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

/** Everybody who was heard of lately. Without a connection nobody is known to be there. */
function present(services: EngineServices): readonly Presence[] {
  const link = services.team.session()?.link;
  return link?.state().state === 'online' ? link.presence.others() : [];
}

/** A workstation from before there were claims tells only that keys are pressed. */
function isReplying({ claim, writing }: Presence): boolean {
  return claim !== null || writing;
}

/** Who is who on the hub, as people are called here. */
function peopleOf(db: ReadDb): (user: string) => { readonly agentId: AgentId | null; readonly name: string } {
  const agentOf = new Map(teamUsers(db).map((user) => [user.name, user.agentId]));
  const names = new Map<AgentId, string>(listAgents(db).map((agent) => [agent.agentId, agent.name]));
  return (user) => {
    const agentId = agentOf.get(user) ?? null;
    return { agentId, name: (agentId === null ? undefined : names.get(agentId)) ?? user };
  };
}

/** Colleagues: a second workstation of one's own is none. */
function colleagues(services: EngineServices): readonly Presence[] {
  const own = services.team.membership()?.user.name;
  return present(services).filter(({ user }) => user !== own);
}

/** Who else has a case on screen. */
export function presenceOnCase(services: EngineServices, db: ReadDb, caseId: CaseId): readonly CasePresence[] {
  const person = peopleOf(db);
  const found = new Map<string, CasePresence>();
  for (const each of colleagues(services)) {
    if (each.viewing !== caseId) continue;
    const known = found.get(each.user);
    const writing = each.writing || known?.writing === true;
    const replying = isReplying(each) || known?.replying === true;
    found.set(each.user, { user: each.user, ...person(each.user), writing, replying });
  }
  const rank = (one: CasePresence): number => (one.writing ? 0 : one.replying ? 1 : 2);
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** Whether a colleague writes the reply of a case, or has taken it over. */
export function replyLock(services: EngineServices, db: ReadDb, caseId: CaseId): ReplyLock {
  const person = peopleOf(db);
  const lost = services.claims.lostOf(caseId);
  const claim = lockingClaim(services.claims.on(caseId), services.team.membership()?.user.name ?? '');
  const isWriting = (user: string): boolean =>
    colleagues(services).some((each) => each.user === user && each.viewing === caseId && each.writing);
  return {
    holder: claim === null ? null : { user: claim.user, ...person(claim.user), writing: isWriting(claim.user) },
    lost: lost === null ? null : { ...person(lost.user), how: lost.how, at: lost.at },
  };
}

/** Those of the cases whose customers colleagues are writing to, in the order of the cases. */
export function writersOf(services: EngineServices, db: ReadDb, caseIds: readonly CaseId[]): readonly WrittenCase[] {
  const person = peopleOf(db);
  const writers = new Map<string, string[]>();
  for (const each of colleagues(services)) {
    if (each.viewing === null || !isReplying(each)) continue;
    const names = writers.get(each.viewing) ?? [];
    const { name } = person(each.user);
    if (!names.includes(name)) writers.set(each.viewing, [...names, name]);
  }
  return caseIds.flatMap((caseId) => {
    const names = writers.get(caseId);
    return names === undefined ? [] : [{ caseId, subject: caseSubject(db, caseId)?.subject ?? '', names: names.toSorted() }];
  });
}
