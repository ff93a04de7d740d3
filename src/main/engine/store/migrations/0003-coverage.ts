/**
 * Shift coverage: what leads set up (hubs, profiles, templates, rotations, requirements), the plan (shifts with what
 * changes them), and who was told what. All of it is a projection of the team's events. `from_at` and `to_at` are the
 * hull of everything a row speaks of, published and drafted, so that a window is a range of one index.
 *
 * `coverage_needs` holds, for everything that open cases ask of people, the staffed time up to now as a line that changes
 * only at shift boundaries: `base + (since IS NULL ? 0 : t - since)`. A case keeps the staffed time at its due time, so
 * its runway is a subtraction while time goes on.
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
  state TEXT GENERATED ALWAYS AS (json_extract(body, '$.state')) VIRTUAL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX absences_window ON absences(from_at, to_at);
CREATE INDEX absences_length ON absences(length);
CREATE INDEX absences_requested ON absences(id) WHERE state = 'requested';
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
  changed INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE publication_changes(
  publication_uid TEXT NOT NULL,
  shift_uid TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY(publication_uid, shift_uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE notices(
  publication_uid TEXT NOT NULL,
  agent_uid TEXT NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL,
  PRIMARY KEY(publication_uid, agent_uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_unseen ON notices(agent_uid, publication_uid) WHERE seen = 0;

CREATE TABLE coverage_needs(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  base INTEGER NOT NULL,
  since INTEGER,
  opens_at INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
ALTER TABLE cases ADD COLUMN need INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN staffed_due INTEGER;
CREATE INDEX cases_runway ON cases(need, lane, next_due_at, last_message_at DESC, id DESC, assignee, status, snoozed_until, vip, waiting_since, staffed_due, merged_into) WHERE status < 3 AND merged_into IS NULL;
CREATE INDEX messages_arrived ON messages(received_at, case_id) WHERE kind = 0 AND auto IN ('none', 'list');
CREATE INDEX sla_outcomes_breached ON sla_outcomes(due_at) WHERE state = 'breached';
`;
