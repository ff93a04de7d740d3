import type { ReadDb, WriteDb } from './sql.ts';
import { PENDING_BASE } from './events.store.ts';
import { keepTeamMacros } from './macros.store.ts';
import { keepSharedViews } from './saved-views.store.ts';
import { logCursor, saveLogCursor, saveTeamValue, teamValue } from './team.store.ts';
import type { HubInvite } from '../team/hub-invite.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** That this workspace belongs to a team, or did. The key that signs is in the vault. */
export interface Membership {
  readonly hub: HubInvite['hub'];
  readonly servers: readonly string[];
  readonly authority: string;
  readonly user: { readonly name: string; readonly role: string; readonly agentId: AgentId | null };
  /** How this workstation is called on the hub. */
  readonly workstation: string;
  readonly joinedAt: Instant;
  /** `joining`: its own history is on the way. `ended`: nothing is written any more. */
  readonly phase: 'joining' | 'live' | 'ended';
  readonly ended: { readonly at: Instant; readonly why: 'left' | 'revoked' } | null;
  /** Whether this workstation takes channels. */
  readonly holdsChannels: boolean;
}

const KEY = 'membership';

export function membership(db: ReadDb): Membership | null {
  return teamValue<Membership>(db, KEY);
}

export function saveMembership(db: WriteDb, value: Membership): void {
  saveTeamValue(db, KEY, value);
}

/** Whether the workspace has left its team: then it is a copy to read, in which time brings about nothing and nobody is rung. */
export function isCopy(db: ReadDb): boolean {
  return membership(db)?.phase === 'ended';
}

/**
 * Everything that happened here so far waits for the hub's log from now on, in its order. What was done on an ownership is done on the
 * ownership that the same event will make there.
 */
export function makeHistoryPending(db: WriteDb): void {
  const place = `(SELECT ${PENDING_BASE} + o.local_id FROM events o WHERE o.sequence = events.epoch)`;
  db.run(`UPDATE events SET epoch = coalesce(${place}, 0) WHERE epoch IS NOT NULL AND epoch > 0`);
  db.run(
    `UPDATE outbox SET seen = json_set(seen, '$.epoch', coalesce((SELECT ${PENDING_BASE} + o.local_id FROM events o WHERE o.sequence = outbox.seen ->> '$.epoch'), 0))
     WHERE state IN ('queued', 'held', 'failed', 'unknown') AND seen ->> '$.epoch' > 0`,
  );
  db.run('UPDATE events SET sequence = NULL, base = 0');
  // what another hub said, where the workspace was in a team before
  for (const table of ['team_wire', 'team_push', 'team_dirty', 'team_files', 'team_people']) db.run(`DELETE FROM ${table}`);
  const last = db.get<{ last: number | null }>('SELECT max(local_id) AS last FROM events')?.last ?? 0;
  saveTeamValue(db, 'history-up-to', last);
}

/** Facts of the team that were set up here before: the team that is joined has its own. Rows and events have no effect any more. */
export function setFactsAside(db: WriteDb, keep: AgentId | null): void {
  db.run(
    "UPDATE events SET void = 'before-joining' WHERE stream NOT LIKE 'case.%' AND stream NOT LIKE 'contact.%' AND stream NOT LIKE 'account.%' AND stream <> 'agent.' || @keep",
    { keep: keep ?? '' },
  );
  for (const table of [
    'sla_calendars',
    'sla_policies',
    'hubs',
    'shift_templates',
    'rotations',
    'requirements',
    'shifts',
    'overrides',
    'absences',
    'swaps',
    'publication_changes',
    'notices',
    'publications',
  ]) {
    db.run(`DELETE FROM ${table}`);
  }
  db.run('DELETE FROM agents WHERE uid <> @keep', { keep: keep ?? '' });
  forgetRules(db);
}

/** Rules of a workspace of one; the team has its own, or none. Views that were shared with nobody else become one's own. */
function forgetRules(db: WriteDb): void {
  keepSharedViews(db);
  keepTeamMacros(db);
  db.run(
    "DELETE FROM settings WHERE key IN ('staffing', 'acknowledgements', 'handoff-rules', 'routing', 'official-accounts', 'guard-rules', 'authenticity')",
  );
}

/** Of a workspace that was set aside as a whole, what stays: who sits here, and how they like things. */
const STAYS: ReadonlySet<string> = new Set(['settings', 'agents', 'team_people', 'operations', 'audit_log', 'macros', 'macro_uses']);

/** Empties the workspace for a team, after it was copied. */
export function emptyWorkspace(db: WriteDb): void {
  keepTeamMacros(db);
  const tables = db.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  db.run('PRAGMA defer_foreign_keys = ON');
  for (const { name } of tables) if (!STAYS.has(name)) db.run(`DELETE FROM "${name}"`);
  db.run('DELETE FROM agents WHERE is_me = 0');
  forgetRules(db);
}

/** Begins the team's log from its first entry: what is here already stays as it is. Nothing in a workspace of one. */
export function readLogAgain(db: WriteDb): void {
  const cursor = logCursor(db);
  if (cursor !== null) saveLogCursor(db, { ...cursor, sequence: 0, id: null });
}

/** Whether anything from before joining waits for the log. */
export function hasHistoryToTell(db: ReadDb): boolean {
  const upTo = teamValue<number>(db, 'history-up-to') ?? 0;
  return (
    db.get<{ one: number }>('SELECT 1 AS one FROM events WHERE sequence IS NULL AND void IS NULL AND local_id <= @upTo LIMIT 1', {
      upTo,
    }) !== undefined
  );
}

/** Cases that are here, and what is recorded of them. */
export function historySize(db: ReadDb): { readonly cases: number; readonly events: number } {
  return {
    cases: db.get<{ count: number }>('SELECT count(*) AS count FROM cases WHERE merged_into IS NULL')?.count ?? 0,
    events: db.get<{ count: number }>("SELECT count(*) AS count FROM events WHERE stream LIKE 'case.%'")?.count ?? 0,
  };
}
