/**
 * Shift coverage: what leads set up (hubs, profiles, templates, rotations, requirements), the plan (shifts with what
 * changes them), and who was told what. All of it is a projection of the team's events. `from_at` and `to_at` are the
 * hull of everything a row speaks of, published and drafted, so that a window is a range of one index.
 */
export const migration0003 = `
CREATE TABLE hubs(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;

ALTER TABLE agents ADD COLUMN hub_uid TEXT;
ALTER TABLE agents ADD COLUMN profile TEXT;

CREATE TABLE shift_templates(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE rotations(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE requirements(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE shifts(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  length INTEGER NOT NULL GENERATED ALWAYS AS (to_at - from_at) VIRTUAL,
  draft_kind INTEGER NOT NULL,
  published TEXT,
  cancelled TEXT,
  draft TEXT
) STRICT;
CREATE INDEX shifts_window ON shifts(from_at, to_at);
CREATE INDEX shifts_length ON shifts(length);
CREATE INDEX shifts_drafted ON shifts(id) WHERE draft_kind > 0;

CREATE TABLE overrides(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  shift_uid TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  length INTEGER NOT NULL GENERATED ALWAYS AS (to_at - from_at) VIRTUAL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX overrides_window ON overrides(from_at, to_at);
CREATE INDEX overrides_length ON overrides(length);
CREATE INDEX overrides_shift ON overrides(shift_uid);

CREATE TABLE absences(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  agent_uid TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  length INTEGER NOT NULL GENERATED ALWAYS AS (to_at - from_at) VIRTUAL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX absences_window ON absences(from_at, to_at);
CREATE INDEX absences_length ON absences(length);
CREATE INDEX absences_agent ON absences(agent_uid, to_at);

CREATE TABLE swaps(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  length INTEGER NOT NULL GENERATED ALWAYS AS (to_at - from_at) VIRTUAL,
  open INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX swaps_window ON swaps(from_at, to_at);
CREATE INDEX swaps_length ON swaps(length);
CREATE INDEX swaps_open ON swaps(id) WHERE open = 1;

CREATE TABLE publications(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  actor TEXT,
  reverts TEXT,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE publication_changes(
  publication_id INTEGER NOT NULL REFERENCES publications(id),
  shift_uid TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY(publication_id, shift_uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE notices(
  publication_id INTEGER NOT NULL REFERENCES publications(id),
  agent_uid TEXT NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL,
  PRIMARY KEY(publication_id, agent_uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_unseen ON notices(agent_uid, publication_id) WHERE seen = 0;

CREATE TABLE coverage_needs(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  base INTEGER NOT NULL,
  since INTEGER
) STRICT;
ALTER TABLE cases ADD COLUMN need INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN staffed_due INTEGER;
`;
