/**
 * Macros: one's own, which stay here, and the team's, which are facts of its log. `body`: null once it was removed; whose it is stays
 * known, so that it can come back. How often somebody used one here is counted here.
 */
export const migration0013 = `
CREATE TABLE macros(
  macro_id TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE team_macros(
  macro_id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  body TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE macro_uses(
  macro_id TEXT PRIMARY KEY,
  uses INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
