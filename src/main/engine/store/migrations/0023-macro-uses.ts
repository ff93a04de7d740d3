/**
 * How often each colleague has used a macro of the team, as far as they have told; and how much of one's own was told, and when. Numbers only
 * grow, so an older telling that arrives late takes nothing away.
 */
export const migration0023 = `
CREATE TABLE team_macro_uses(
  macro_id TEXT NOT NULL,
  agent TEXT NOT NULL,
  uses INTEGER NOT NULL,
  PRIMARY KEY(macro_id, agent)
) STRICT, WITHOUT ROWID;
ALTER TABLE macro_uses ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE macro_uses ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;
`;
