/**
 * SLA clocks: the calendars and policies in all their versions, the next due time of every case beside it so that lists
 * sort and filter in SQL, and how each clock ended. `lane` 0 goes first: VIPs, and what the fairness guard has raised.
 */
export const migration0002 = `
CREATE TABLE sla_calendars(
  uid TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sla_policies(
  uid TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY(uid, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE sla_outcomes(
  case_uid TEXT NOT NULL,
  metric TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  due_at INTEGER,
  ended_at INTEGER NOT NULL,
  policy_uid TEXT NOT NULL,
  policy_version INTEGER NOT NULL,
  PRIMARY KEY(case_uid, metric, number)
) STRICT, WITHOUT ROWID;

ALTER TABLE cases ADD COLUMN lane INTEGER NOT NULL DEFAULT 1;
ALTER TABLE cases ADD COLUMN next_due_at INTEGER NOT NULL DEFAULT 9007199254740991;
ALTER TABLE cases ADD COLUMN boundary_at INTEGER NOT NULL DEFAULT 9007199254740991;
ALTER TABLE cases ADD COLUMN sla TEXT;

CREATE INDEX cases_due ON cases(lane, next_due_at, last_message_at DESC, id DESC, assignee, status, snoozed_until, vip, unread, waiting_since, merged_into) WHERE status < 3 AND merged_into IS NULL;
CREATE INDEX cases_boundary ON cases(boundary_at) WHERE boundary_at < 9007199254740991;
`;
