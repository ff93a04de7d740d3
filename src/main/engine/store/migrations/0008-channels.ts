/**
 * Channels beside mail. Where a message belongs on its channel and who its author is there (`origin`), when the customer read ours,
 * when they changed or took back theirs; what it said before is kept. Which conversations the bot has is part of the case's state.
 */
export const migration0008 = `
ALTER TABLE messages ADD COLUMN read_at INTEGER;
ALTER TABLE messages ADD COLUMN edited_at INTEGER;
ALTER TABLE messages ADD COLUMN origin TEXT;
CREATE TABLE message_versions(
  message_id INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
  until INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY(message_id, until)
) STRICT, WITHOUT ROWID;
CREATE TABLE conversations(
  account_uid TEXT NOT NULL,
  conversation TEXT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  PRIMARY KEY(account_uid, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_case ON conversations(case_id);
UPDATE cases SET state = json_set(state, '$.bot', NULL);
`;
