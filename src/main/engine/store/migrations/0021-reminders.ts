/**
 * Reminders that are open, and which of them somebody at this workstation was told of; when a customer who waits must hear from us.
 * `for_uid`: empty for whoever answers for the case. Customers who have asked again are followed up earlier than a day after they wrote;
 * cases from before get that with their next event.
 */
export const migration0021 = `
CREATE TABLE reminders(
  uid TEXT PRIMARY KEY,
  case_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  for_uid TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reminders_case ON reminders(case_id, at);
CREATE INDEX reminders_at ON reminders(at);
CREATE TABLE reminders_told(
  uid TEXT NOT NULL,
  agent_uid TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY(uid, agent_uid)
) STRICT, WITHOUT ROWID;
ALTER TABLE cases ADD COLUMN follow_up_at INTEGER NOT NULL DEFAULT 9007199254740991;
UPDATE cases SET follow_up_at = waiting_since + 86400000 WHERE status < 3 AND merged_into IS NULL AND waiting_since < 9007199254740991;
CREATE INDEX cases_follow_up ON cases(follow_up_at) WHERE follow_up_at < 9007199254740991;
`;
