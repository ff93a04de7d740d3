import type { ReadDb, WriteDb } from './sql.ts';
import type { AgentId, MacroId } from '../../../shared/domain/ids.ts';
import type { Macro } from '../../../shared/domain/macro/macro.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** `macro`: null once it was removed. Whose it is stays known, so that it can come back. */
export interface TeamMacro {
  readonly owner: AgentId;
  readonly macro: Macro | null;
}

/** The values were written by the functions of this file alone, from parsed input. */
function parsed(body: string): Macro {
  return JSON.parse(body) as Macro;
}

export function privateMacros(db: ReadDb): readonly Macro[] {
  return db.all<{ body: string }>('SELECT body FROM macros ORDER BY macro_id').map(({ body }) => parsed(body));
}

export function writePrivateMacro(db: WriteDb, macro: Macro): void {
  db.run('INSERT INTO macros(macro_id, body) VALUES(@macroId, @body) ON CONFLICT(macro_id) DO UPDATE SET body = excluded.body', {
    macroId: macro.macroId,
    body: JSON.stringify(macro),
  });
}

export function deletePrivateMacro(db: WriteDb, macroId: MacroId): void {
  db.run('DELETE FROM macros WHERE macro_id = @macroId', { macroId });
}

interface SqlTeamMacro {
  readonly owner: AgentId;
  readonly body: string | null;
}

/** What the team has under this id, removed or not; null when nobody ever made it. */
export function teamMacro(db: ReadDb, macroId: MacroId): TeamMacro | null {
  const row = db.get<SqlTeamMacro>('SELECT owner, body FROM team_macros WHERE macro_id = @macroId', { macroId });
  return row === undefined ? null : { owner: row.owner, macro: row.body === null ? null : parsed(row.body) };
}

/** The macros of the team, without the removed ones. */
export function teamMacros(db: ReadDb): readonly { readonly owner: AgentId; readonly macro: Macro }[] {
  return db
    .all<SqlTeamMacro>('SELECT owner, body FROM team_macros WHERE body IS NOT NULL ORDER BY macro_id')
    .flatMap(({ owner, body }) => (body === null ? [] : [{ owner, macro: parsed(body) }]));
}

export function writeTeamMacro(db: WriteDb, macroId: MacroId, { owner, macro }: TeamMacro): void {
  db.run(
    `INSERT INTO team_macros(macro_id, owner, body) VALUES(@macroId, @owner, @body)
     ON CONFLICT(macro_id) DO UPDATE SET owner = excluded.owner, body = excluded.body`,
    { macroId, owner, body: macro === null ? null : JSON.stringify(macro) },
  );
}

export function forgetTeamMacro(db: WriteDb, macroId: MacroId): void {
  db.run('DELETE FROM team_macros WHERE macro_id = @macroId', { macroId });
}

/** Makes one's own of all macros of the team, which goes away here. */
export function keepTeamMacros(db: WriteDb): void {
  db.run('INSERT INTO macros(macro_id, body) SELECT macro_id, body FROM team_macros WHERE body IS NOT NULL ON CONFLICT DO NOTHING');
  db.run('DELETE FROM team_macros');
  db.run('DELETE FROM team_macro_uses');
}

/** How often each macro was used: by who sits here, and by colleagues as far as they have told. */
export function macroUses(db: ReadDb, agentId: AgentId | null): ReadonlyMap<string, number> {
  return new Map(
    db
      .all<{ macro_id: string; uses: number }>(
        `SELECT macro_id, sum(uses) AS uses FROM (
           SELECT macro_id, uses FROM macro_uses UNION ALL SELECT macro_id, uses FROM team_macro_uses WHERE agent <> @agent)
         GROUP BY macro_id`,
        { agent: agentId ?? '' },
      )
      .map((row) => [row.macro_id, row.uses]),
  );
}

export function countMacroUse(db: WriteDb, macroId: MacroId, times: number, at: Instant): void {
  db.run(
    `INSERT INTO macro_uses(macro_id, uses, last_used_at) VALUES(@macroId, @times, @at)
     ON CONFLICT(macro_id) DO UPDATE SET uses = uses + excluded.uses, last_used_at = excluded.last_used_at`,
    { macroId, times, at },
  );
}

/** How often who sits here has used it, how much of that colleagues know, and since when. */
export function ownMacroUses(db: ReadDb, macroId: MacroId): { readonly uses: number; readonly told: number; readonly toldAt: number } {
  return (
    db.get('SELECT uses, told, told_at AS toldAt FROM macro_uses WHERE macro_id = @macroId', { macroId }) ?? { uses: 0, told: 0, toldAt: 0 }
  );
}

export function noteMacroUsesTold(db: WriteDb, macroId: MacroId, told: number, at: Instant): void {
  db.run('UPDATE macro_uses SET told = @told, told_at = @at WHERE macro_id = @macroId', { macroId, told, at });
}

/** What a colleague has told; numbers only grow. */
export function writeTeamMacroUses(db: WriteDb, macroId: MacroId, agent: AgentId, uses: number): void {
  db.run(
    `INSERT INTO team_macro_uses(macro_id, agent, uses) VALUES(@macroId, @agent, @uses)
     ON CONFLICT(macro_id, agent) DO UPDATE SET uses = max(uses, excluded.uses)`,
    { macroId, agent, uses },
  );
}
