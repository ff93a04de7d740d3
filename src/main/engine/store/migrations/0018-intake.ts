/**
 * What is known of each unsolved case, for lists: derived from its messages and events by the job that takes cases from `intake_stale`. `missing`
 * has a space before and behind each name, so that one can be looked for. (`OR IGNORE` in a trigger gives way to the upsert that fires it.)
 */
export const migration0018 = `
CREATE TABLE case_intake(
  case_id INTEGER PRIMARY KEY REFERENCES cases(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  known INTEGER NOT NULL,
  needed INTEGER NOT NULL,
  missing TEXT NOT NULL,
  rounds INTEGER NOT NULL
) STRICT;
CREATE INDEX case_intake_kind ON case_intake(kind);
CREATE TABLE intake_stale(
  case_id INTEGER PRIMARY KEY REFERENCES cases(id) ON DELETE CASCADE
) STRICT;
CREATE TRIGGER cases_intake_new AFTER INSERT ON cases
BEGIN
  INSERT INTO intake_stale(case_id) SELECT NEW.id WHERE NOT EXISTS (SELECT 1 FROM intake_stale WHERE case_id = NEW.id);
END;
CREATE TRIGGER cases_intake_changed AFTER UPDATE OF state ON cases WHEN OLD.state <> NEW.state
BEGIN
  INSERT INTO intake_stale(case_id) SELECT NEW.id WHERE NOT EXISTS (SELECT 1 FROM intake_stale WHERE case_id = NEW.id);
END;
CREATE TRIGGER messages_intake_changed AFTER UPDATE OF text, origin ON messages
WHEN OLD.text <> NEW.text OR OLD.origin IS NOT NEW.origin
BEGIN
  INSERT INTO intake_stale(case_id) SELECT NEW.case_id WHERE NOT EXISTS (SELECT 1 FROM intake_stale WHERE case_id = NEW.case_id);
END;
INSERT INTO intake_stale(case_id) SELECT id FROM cases WHERE status < 3 AND merged_into IS NULL;
`;
