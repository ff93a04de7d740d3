/**
 * A team's log. Of an event: what its author had seen of the stream (`base`), why it has no effect (`void`), and the user of the
 * hub who signed it. What came from the hub as it was signed (`team_wire`), so that a hub that lost something can be given it
 * again; how far the pushing of pending events is; what others changed under them; who is who. `team_log` is the log of a
 * workspace that serves others itself.
 */
export const migration0007 = `
ALTER TABLE events ADD COLUMN base INTEGER;
ALTER TABLE events ADD COLUMN void TEXT;
ALTER TABLE events ADD COLUMN signed_by TEXT;
CREATE INDEX events_pending ON events(local_id) WHERE sequence IS NULL AND void IS NULL;
CREATE INDEX events_place ON events(stream, sequence);
CREATE INDEX cases_merged ON cases(merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE team(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_wire(
  sequence INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  stream TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX team_wire_stream ON team_wire(stream, sequence);

CREATE TABLE team_push(
  event_id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  sequence INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  data TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_conflicts(
  event_id TEXT PRIMARY KEY,
  case_uid TEXT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  resolution TEXT,
  resolved_at INTEGER,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX team_conflicts_open ON team_conflicts(at) WHERE resolved_at IS NULL;

CREATE TABLE team_dirty(
  stream TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_people(
  user TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  agent_uid TEXT,
  entry TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_files(
  sha256 TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL,
  state TEXT NOT NULL,
  owner TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX team_files_wanted ON team_files(state) WHERE state <> 'done';

CREATE TABLE team_log(
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  stream TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX team_log_stream ON team_log(stream, sequence);
`;
