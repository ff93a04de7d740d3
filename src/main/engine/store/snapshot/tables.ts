/**
 * What of a workspace's tables goes into a snapshot for those who join a team, table by table. A snapshot is read by everybody in the
 * team, for years: it holds what the log of the team tells anyhow, and nothing else. A table that nobody has decided about fails a
 * test, and makes no snapshot.
 */
export type TableDecision =
  | { readonly kind: 'left'; readonly why: string }
  | {
      readonly kind: 'taken';
      /** Columns that are not what they are at the maker's workstation, as SQL. `@user` is the maker's name on the hub. */
      readonly changed?: Readonly<Record<string, string>>;
      /** Columns that get new numbers. */
      readonly renumbered?: readonly string[];
      /** Rows that go along, of the table `row`; `src` is the maker's file, `main` what was taken so far. */
      readonly where?: string;
      readonly order?: string;
      /** What becomes of a row that is there already where somebody joins; without it the table must be empty there. */
      readonly onConflict?: string;
    };

const TAKEN = { kind: 'taken' } as const;
const left = (why: string): TableDecision => ({ kind: 'left', why });

const TOLD_MESSAGES = "('case.messageReceived', 'case.messageImported', 'case.replyQueued', 'case.noteAdded')";
const IN_CASE = 'row.case_id IN (SELECT id FROM main.cases)';
/** Settings that are facts of the team; all others are one person's. */
const TEAM_SETTINGS =
  "('staffing', 'acknowledgements', 'handoff-rules', 'routing', 'intake', 'official-accounts', 'guard-rules', 'authenticity')";
/** What a workstation that joins should have at hand without a network. */
const AT_HAND = `row.size_bytes < 262144 AND row.sha256 IN (
  SELECT m.source_sha FROM main.messages m JOIN main.cases c ON c.id = m.case_id WHERE c.status < 3
  UNION SELECT a.sha256 FROM main.attachments a JOIN main.messages m ON m.id = a.message_id JOIN main.cases c ON c.id = m.case_id WHERE c.status < 3)`;

/** In the order in which rows depend on each other. */
export const SNAPSHOT_TABLES: Readonly<Record<string, TableDecision>> = {
  events: {
    kind: 'taken',
    renumbered: ['local_id'],
    changed: { signed_by: 'coalesce(row.signed_by, @user)', base: 'coalesce(row.base, 0)' },
    where: 'row.sequence IS NOT NULL',
    order: 'row.sequence',
    // pushed by an earlier run of this workstation, whose answer was lost
    onConflict: `ON CONFLICT(id) DO UPDATE SET sequence = excluded.sequence, at = excluded.at, epoch = excluded.epoch, base = excluded.base,
      hash = excluded.hash, void = excluded.void`,
  },
  agents: {
    kind: 'taken',
    changed: { is_me: '0' },
    // who sits here stays; the team's own entry about them is the one that counts
    onConflict: `ON CONFLICT(uid) DO UPDATE SET name = excluded.name, hub = excluded.hub, zone = excluded.zone, languages = excluded.languages,
      hub_uid = excluded.hub_uid, profile = excluded.profile`,
  },
  accounts: {
    kind: 'taken',
    changed: {
      token_key: "''",
      removed_at: 'NULL',
      config: "json_object('name', row.config ->> '$.name', 'settings', NULL, 'isElsewhere', json('true'))",
    },
    where: `'account.' || row.uid IN (SELECT stream FROM main.events WHERE stream LIKE 'account.%')
      OR row.uid IN (SELECT body ->> '$.accountId' FROM main.events WHERE type = 'case.opened')`,
    // one that is connected here stays as it is
    onConflict: 'ON CONFLICT DO NOTHING',
  },
  contacts: TAKEN,
  cases: {
    kind: 'taken',
    changed: { read_until: '0', unread: 'row.last_inbound_at > 0' },
    where: "'case.' || row.uid IN (SELECT stream FROM main.events)",
  },
  case_streams: { kind: 'taken', where: 'row.stream IN (SELECT stream FROM main.events)' },
  case_labels: { kind: 'taken', where: IN_CASE },
  messages: {
    kind: 'taken',
    where: `${IN_CASE} AND row.uid IN (SELECT body ->> '$.messageId' FROM main.events WHERE type IN ${TOLD_MESSAGES})`,
    changed: { removed: '0' },
  },
  attachments: {
    kind: 'taken',
    changed: { draft_uid: 'NULL' },
    where: 'row.message_id IN (SELECT id FROM main.messages)',
  },
  message_keys: { kind: 'taken', where: 'row.message_id IN (SELECT id FROM main.messages)' },
  message_versions: { kind: 'taken', where: 'row.message_id IN (SELECT id FROM main.messages)' },
  conversations: { kind: 'taken', where: IN_CASE },
  thread_keys: { kind: 'taken', where: 'row.case_uid IN (SELECT uid FROM main.cases)' },
  outbox: {
    kind: 'taken',
    changed: {
      attempts: '0',
      next_attempt_at: 'NULL',
      handed_over: '0',
      // the holder of the channel signs it
      payload: "json_set(row.payload, '$.threadToken', NULL)",
    },
    where: 'row.message_id IN (SELECT id FROM main.messages)',
  },
  settings: {
    kind: 'taken',
    where: `row.key IN ${TEAM_SETTINGS} OR row.key GLOB 'shared-view:*'`,
    onConflict: 'ON CONFLICT(key) DO UPDATE SET value = excluded.value',
  },
  team_macros: { kind: 'taken', onConflict: 'ON CONFLICT(macro_id) DO UPDATE SET owner = excluded.owner, body = excluded.body' },
  team_macro_uses: { kind: 'taken', onConflict: 'ON CONFLICT(macro_id, agent) DO UPDATE SET uses = max(uses, excluded.uses)' },
  sla_calendars: TAKEN,
  sla_policies: TAKEN,
  sla_outcomes: { kind: 'taken', where: 'row.case_uid IN (SELECT uid FROM main.cases)' },
  hubs: TAKEN,
  shift_templates: TAKEN,
  rotations: TAKEN,
  requirements: TAKEN,
  shifts: TAKEN,
  overrides: TAKEN,
  absences: TAKEN,
  swaps: TAKEN,
  publications: TAKEN,
  publication_changes: TAKEN,
  notices: TAKEN,
  coverage_needs: TAKEN,
  handoffs: { kind: 'taken', where: IN_CASE },
  promises: { kind: 'taken', where: IN_CASE },
  reminders: { kind: 'taken', where: IN_CASE },
  team_people: {
    kind: 'taken',
    // keys and roles are the directory's word, and not the maker's
    changed: {
      role: "''",
      entry: "json_object('name', row.user, 'role', '', 'holdsChannels', json('false'), 'agentId', NULL, 'keys', json('[]'))",
    },
    where: 'row.agent_uid IS NOT NULL',
    onConflict: 'ON CONFLICT(user) DO UPDATE SET agent_uid = coalesce(agent_uid, excluded.agent_uid)',
  },
  team_files: {
    kind: 'taken',
    changed: { state: `CASE WHEN ${AT_HAND} THEN 'wanted' ELSE 'known' END`, owner: 'coalesce(row.owner, @user)' },
    where: `row.sha256 IN (SELECT source_sha FROM main.messages WHERE source_sha IS NOT NULL UNION SELECT sha256 FROM main.attachments)`,
    onConflict: 'ON CONFLICT(sha256) DO NOTHING',
  },
  team_wire: {
    kind: 'taken',
    // what stands in no other table, such as what nobody could read: who goes on must know what the log has at each place
    where: 'NOT EXISTS (SELECT 1 FROM main.events e WHERE e.id = row.event_id AND e.sequence = row.sequence)',
  },
  remote_refs: left('where a mailbox keeps a mail; who holds the channel finds it again'),
  cursors: left('how far this workstation has fetched'),
  quarantine: left('what this workstation could not read'),
  drafts: left('what somebody is writing'),
  handoff_drafts: left('what somebody is writing'),
  operations: left('what somebody can undo'),
  acknowledgements: left('what this workstation decided about automatic answers'),
  macros: left('what somebody keeps for themselves'),
  macro_uses: left('how often somebody used what here'),
  articles: left('what somebody has imported here'),
  article_parts: left('what somebody has imported here'),
  article_terms: left('worked out from the articles that somebody has imported here'),
  hidden_suggestions: left('what somebody does not want to be shown'),
  visits: left('where somebody has been at this workstation'),
  changed_texts: left('what this workstation has still to index'),
  case_intake: left('worked out anew from messages'),
  intake_stale: left('what this workstation has still to work out'),
  sealed_originals: left('what only this workstation has the keys for'),
  rewritten_sources: left('what this workstation has still to erase'),
  reminders_told: left('of what somebody was reminded at this workstation'),
  audit_log: left('what was done at this workstation'),
  team: left('the membership of this workstation'),
  team_push: left('what this workstation waits for'),
  team_conflicts: left('what this workstation has to decide'),
  team_dirty: left('what this workstation has still to fold'),
  team_log: left('the log itself'),
};

/**
 * Raise it whenever a fold or a projection makes other rows of the same events: snapshots that were made with another number are not
 * used, and who joins reads the log instead.
 */
export const FOLD_VERSION = 4;
