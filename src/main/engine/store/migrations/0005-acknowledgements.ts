/**
 * What was decided about answering customers' messages automatically, one row a message: why it was left alone, or what
 * became of the answer. Not derived from anything; old rows are forgotten.
 */
export const migration0005 = `
CREATE TABLE acknowledgements(
  id INTEGER PRIMARY KEY,
  answers_uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  contact_uid TEXT NOT NULL,
  message_uid TEXT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  reasons TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX acknowledgements_at ON acknowledgements(at);
CREATE INDEX acknowledgements_message ON acknowledgements(message_uid) WHERE message_uid IS NOT NULL;
`;
