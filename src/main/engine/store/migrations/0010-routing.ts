/**
 * What customers' messages name, so that cases about one matter find each other; and what people have said about which do. Messages from
 * before have no keys until somebody opens their case: see `relatedCases`.
 */
export const migration0010 = `
CREATE TABLE message_keys(
  key TEXT NOT NULL,
  message_id INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
  PRIMARY KEY(key, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_keys_message ON message_keys(message_id);
UPDATE cases SET state = json_set(state, '$.related', json('[]'));
`;
