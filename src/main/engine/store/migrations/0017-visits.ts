/**
 * Where each person has been lately at this desk, and what they do often: cases, views, people and commands of the palette.
 * `target` says which one, as the page calls it.
 */
export const migration0017 = `
CREATE TABLE visits(
  agent TEXT NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  at INTEGER NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY(agent, kind, target)
) STRICT, WITHOUT ROWID;
`;
