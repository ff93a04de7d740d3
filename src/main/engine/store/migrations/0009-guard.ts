/**
 * What customers should not have sent: the originals, sealed and for a while only, and a log of who looked at them and of everything else
 * that the guardrails let somebody do. Each entry of the log holds the hash of the one before it.
 */
export const migration0009 = `
CREATE TABLE sealed_originals(
  id TEXT PRIMARY KEY,
  message_uid TEXT NOT NULL,
  kinds TEXT NOT NULL,
  at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  key_day TEXT NOT NULL,
  nonce BLOB NOT NULL,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_originals_message ON sealed_originals(message_uid);
CREATE INDEX sealed_originals_expiry ON sealed_originals(expires_at);

CREATE TABLE audit_log(
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT,
  action TEXT NOT NULL,
  case_uid TEXT,
  message_uid TEXT,
  detail TEXT NOT NULL,
  is_keyed INTEGER NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_log_at ON audit_log(at);
`;
