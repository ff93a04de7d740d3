/**
 * What filters and saved views ask of every case: when it was opened, its contact's name and address as the search reads texts (`fold` is
 * `foldText`, see `sql-functions.ts`), and an index that answers most filters without the wide rows.
 */
export const migration0011 = `
ALTER TABLE cases ADD COLUMN opened_at INTEGER NOT NULL DEFAULT 0;
UPDATE cases SET opened_at = coalesce(state ->> '$.openedAt', last_message_at);
ALTER TABLE contacts ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE contacts SET folded = fold(name || char(10) || address);
DROP INDEX cases_due;
CREATE INDEX cases_due ON cases(lane, next_due_at, last_message_at DESC, id DESC, assignee, status, snoozed_until, vip, unread, waiting_since, merged_into,
  channel, language, priority, opened_at, contact_id, queued, failed, has_attachments, need) WHERE status < 3 AND merged_into IS NULL;
`;
