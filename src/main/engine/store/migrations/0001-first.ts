/**
 * The first schema. Integer keys are local; `uid` is the identity that every workstation shares. `cases` is a projection
 * of `events`: dropping and refolding it gives the same rows. Wide text stands last in its row.
 */
export const migration0001 = `
CREATE TABLE events(
  local_id INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sequence INTEGER UNIQUE,
  stream TEXT NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  actor TEXT,
  at INTEGER NOT NULL,
  hlc TEXT NOT NULL,
  hash TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX events_stream ON events(stream, local_id);

CREATE TABLE agents(
  uid TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hub TEXT NOT NULL,
  zone TEXT NOT NULL,
  languages TEXT NOT NULL,
  is_me INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts(
  uid TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  token_key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  config TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  tier INTEGER NOT NULL DEFAULT 0,
  tier_until INTEGER,
  zone TEXT,
  offset_minutes INTEGER,
  offset_seen_at INTEGER NOT NULL DEFAULT 0,
  language TEXT,
  first_seen_at INTEGER NOT NULL,
  tier_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contacts_address ON contacts(address);
CREATE INDEX contacts_name ON contacts(name COLLATE NOCASE);

CREATE TABLE cases(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  contact_id INTEGER NOT NULL REFERENCES contacts(id),
  account_uid TEXT NOT NULL,
  channel TEXT NOT NULL,
  status INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  assignee TEXT NOT NULL DEFAULT '',
  vip INTEGER NOT NULL DEFAULT 0,
  language TEXT,
  waiting_since INTEGER NOT NULL DEFAULT 9007199254740991,
  snoozed_until INTEGER NOT NULL DEFAULT 0,
  last_message_at INTEGER NOT NULL,
  last_inbound_at INTEGER NOT NULL DEFAULT 0,
  read_until INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  message_count INTEGER NOT NULL DEFAULT 0,
  queued INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  has_attachments INTEGER NOT NULL DEFAULT 0,
  merged_into TEXT,
  subject TEXT NOT NULL,
  preview TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX cases_waiting ON cases(waiting_since, last_message_at DESC, id DESC, assignee, status, snoozed_until, vip, unread, merged_into) WHERE status < 3 AND merged_into IS NULL;
CREATE INDEX cases_newest ON cases(last_message_at, id, assignee, status, snoozed_until, vip, unread, waiting_since, merged_into) WHERE merged_into IS NULL;
CREATE INDEX cases_contact ON cases(contact_id, last_message_at);
CREATE INDEX cases_snoozed ON cases(snoozed_until, id) WHERE snoozed_until > 0;

CREATE TABLE case_streams(
  stream TEXT PRIMARY KEY,
  case_uid TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_streams_case ON case_streams(case_uid, stream);

CREATE TABLE case_labels(
  label TEXT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  PRIMARY KEY(label, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_labels_case ON case_labels(case_id, label);

CREATE TABLE messages(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  kind INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  agent TEXT,
  language TEXT,
  offset_minutes INTEGER,
  auto TEXT NOT NULL,
  own_key TEXT,
  source_sha TEXT,
  has_html INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0,
  bounced TEXT,
  warnings TEXT NOT NULL,
  from_address TEXT NOT NULL,
  from_name TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX messages_case ON messages(case_id, sent_at, id);
CREATE INDEX messages_own_key ON messages(own_key) WHERE own_key IS NOT NULL;

CREATE TABLE attachments(
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  message_id INTEGER REFERENCES messages(id),
  draft_uid TEXT,
  position INTEGER NOT NULL,
  inline INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  in_source INTEGER NOT NULL,
  content_id TEXT,
  embedded TEXT,
  type TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;
CREATE INDEX attachments_message ON attachments(message_id, position);
CREATE INDEX attachments_draft ON attachments(draft_uid, position) WHERE draft_uid IS NOT NULL;

CREATE TABLE thread_keys(
  account_uid TEXT NOT NULL,
  key TEXT NOT NULL,
  case_uid TEXT NOT NULL,
  PRIMARY KEY(account_uid, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_keys_case ON thread_keys(case_uid);

CREATE TABLE remote_refs(
  account_uid TEXT NOT NULL,
  ref TEXT NOT NULL,
  message_id INTEGER NOT NULL REFERENCES messages(id),
  PRIMARY KEY(account_uid, ref)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_refs_message ON remote_refs(message_id);

CREATE TABLE cursors(
  source TEXT PRIMARY KEY,
  updated_at INTEGER NOT NULL,
  cursor TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine(
  id INTEGER PRIMARY KEY,
  account_uid TEXT NOT NULL,
  ref TEXT NOT NULL,
  at INTEGER NOT NULL,
  source_sha TEXT,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE outbox(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  message_id INTEGER NOT NULL REFERENCES messages(id),
  account_uid TEXT NOT NULL,
  client_key TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  send_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER,
  handed_over INTEGER NOT NULL DEFAULT 0,
  written_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  sent_at INTEGER,
  hold_reason TEXT,
  code TEXT,
  detail TEXT NOT NULL DEFAULT '',
  seen TEXT NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_open ON outbox(account_uid, id) WHERE state IN ('queued', 'sending', 'unknown', 'held');
CREATE INDEX outbox_message ON outbox(message_id);
CREATE INDEX outbox_case ON outbox(case_id, id);

CREATE TABLE drafts(
  uid TEXT PRIMARY KEY,
  case_uid TEXT NOT NULL,
  kind TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  recipients TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE(case_uid, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE operations(
  uid TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  result TEXT NOT NULL,
  inverse TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX operations_at ON operations(at);

CREATE TABLE settings(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
