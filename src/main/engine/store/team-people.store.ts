import type { ReadDb, WriteDb } from './sql.ts';
import type { DirectoryUser } from '../team/hub-link.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';

/** A user of the hub as this workspace knows them, with who they are in the plan. */
export interface TeamUser {
  readonly name: string;
  readonly role: string;
  readonly agentId: AgentId | null;
  readonly entry: DirectoryUser;
}

interface UserRow {
  readonly user: string;
  readonly role: string;
  readonly agent_uid: AgentId | null;
  readonly entry: string;
}

function toUser({ user, role, agent_uid: agentId, entry }: UserRow): TeamUser {
  return { name: user, role, agentId, entry: JSON.parse(entry) as DirectoryUser };
}

export function teamUsers(db: ReadDb): TeamUser[] {
  return db.all<UserRow>('SELECT user, role, agent_uid, entry FROM team_people ORDER BY user').map(toUser);
}

/** Keeps the directory for times without a hub. Who somebody is by the directory comes before who they said they are. */
export function saveDirectory(db: WriteDb, users: readonly DirectoryUser[]): void {
  for (const user of users) {
    const parameters = { user: user.name, role: user.role, agent: user.agentId, entry: JSON.stringify(user) };
    const same = db.get<{ one: number }>(
      'SELECT 1 AS one FROM team_people WHERE user = @user AND role = @role AND entry = @entry AND (@agent IS NULL OR agent_uid IS @agent)',
      parameters,
    );
    if (same !== undefined) continue;
    db.run(
      `INSERT INTO team_people(user, role, agent_uid, entry) VALUES(@user, @role, @agent, @entry)
       ON CONFLICT(user) DO UPDATE SET role = @role, agent_uid = coalesce(@agent, agent_uid), entry = @entry`,
      parameters,
    );
  }
}

/**
 * Somebody whom the directory does not connect with an agent says who they are. The first in the log counts, and nobody becomes whom
 * another user is already.
 * @returns whether they are that agent from now on
 */
export function noteJoined(db: WriteDb, user: string, agentId: AgentId): boolean {
  const row = db.get<UserRow>('SELECT user, role, agent_uid, entry FROM team_people WHERE user = @user', { user });
  if (row !== undefined && row.agent_uid !== null) return row.agent_uid === agentId;
  const other = db.get<{ user: string }>('SELECT user FROM team_people WHERE agent_uid = @agentId AND user <> @user', { agentId, user });
  if (other !== undefined) return false;
  db.run(
    `INSERT INTO team_people(user, role, agent_uid, entry) VALUES(@user, '', @agentId, @entry)
     ON CONFLICT(user) DO UPDATE SET agent_uid = @agentId`,
    { user, agentId, entry: JSON.stringify({ name: user, role: '', holdsChannels: false, agentId: null, keys: [] }) },
  );
  return true;
}

/** Who a user is in the plan; null when that is not known. */
export function agentOfUser(db: ReadDb, user: string): AgentId | null {
  return db.get<{ agent: AgentId | null }>('SELECT agent_uid AS agent FROM team_people WHERE user = @user', { user })?.agent ?? null;
}

/** Whether anybody of the team is a lead. */
export function hasLead(db: ReadDb): boolean {
  return db.get<{ one: number }>("SELECT 1 AS one FROM team_people WHERE role = 'lead' LIMIT 1") !== undefined;
}
