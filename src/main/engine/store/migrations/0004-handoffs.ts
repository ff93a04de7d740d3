/**
 * Handoffs and promises: who answers for a case, what was offered, what customers were promised. All of it is a projection
 * of the events of the case. `events.epoch` is the ownership that the author of an event saw. A handoff is live until
 * nothing more can come of it by itself.
 */
export const migration0004 = `
ALTER TABLE events ADD COLUMN epoch INTEGER;

ALTER TABLE cases ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN open_handoff TEXT;
ALTER TABLE cases ADD COLUMN next_promise TEXT;
UPDATE cases SET owner = assignee,
  state = json_set(state, '$.ownerId', json_extract(state, '$.assigneeId'), '$.ownedSince', NULL, '$.openHandoff', NULL, '$.parked', NULL);
CREATE INDEX cases_owner ON cases(owner) WHERE owner <> '' AND status < 3 AND merged_into IS NULL;

CREATE TABLE handoffs(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  live INTEGER NOT NULL,
  from_uid TEXT NOT NULL,
  to_kind TEXT NOT NULL,
  to_uid TEXT NOT NULL,
  receiver TEXT NOT NULL,
  owner TEXT NOT NULL,
  offered_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX handoffs_case ON handoffs(case_id);
CREATE INDEX handoffs_offered ON handoffs(offered_at);
CREATE INDEX handoffs_live ON handoffs(state, to_kind, to_uid, expires_at) WHERE live = 1;
CREATE INDEX handoffs_receiver ON handoffs(receiver, state, offered_at);

CREATE TABLE promises(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  owner TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX promises_case ON promises(case_id);
CREATE INDEX promises_open ON promises(due_at, owner) WHERE state = 'open';
CREATE INDEX promises_due ON promises(due_at, state);
`;
