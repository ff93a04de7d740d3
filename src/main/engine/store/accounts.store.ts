import type { ReadDb, WriteDb } from './sql.ts';
import type { ChannelSettings } from '../../../shared/contract/channels.contract.ts';
import type { EmailSettings } from '../../../shared/contract/workspace.contract.ts';
import { ACCOUNT_KINDS } from '../../../shared/domain/channel/account-kind.ts';
import type { AccountKind } from '../../../shared/domain/channel/account-kind.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface StoredAccount {
  readonly uid: AccountId;
  readonly kind: AccountKind;
  readonly address: string;
  readonly name: string;
  /** Hex; signs the thread tokens of this account. Empty where it is not connected. */
  readonly tokenKey: string;
  readonly createdAt: Instant;
  readonly removedAt: Instant | null;
  /** Of a mailbox; null for all others, and where it is not connected. */
  readonly settings: EmailSettings | null;
  /** Of a channel that is no mailbox; absent for mailboxes, and where it is not connected. */
  readonly channel?: ChannelSettings;
  /** An account of the team that is connected at other workstations alone. */
  readonly isElsewhere?: true;
}

interface SqlAccount {
  readonly uid: string;
  readonly kind: string;
  readonly address: string;
  readonly token_key: string;
  readonly created_at: number;
  readonly removed_at: number | null;
  readonly config: string;
}

function toAccount(row: SqlAccount): StoredAccount {
  const config = JSON.parse(row.config) as { name: string; settings: EmailSettings | null; channel?: ChannelSettings; isElsewhere?: true };
  return {
    uid: row.uid as AccountId,
    kind: ACCOUNT_KINDS.find((kind) => kind === row.kind) ?? 'email',
    address: row.address,
    name: config.name,
    tokenKey: row.token_key,
    createdAt: row.created_at as Instant,
    removedAt: row.removed_at as Instant | null,
    settings: config.settings,
    ...(config.channel === undefined ? {} : { channel: config.channel }),
    ...(config.isElsewhere === true ? { isElsewhere: true } : {}),
  };
}

const COLUMNS = 'uid, kind, address, token_key, created_at, removed_at, config';

/** Accounts in use, oldest first; also those that are connected at other workstations alone. */
export function listAccounts(db: ReadDb): StoredAccount[] {
  return db.all<SqlAccount>(`SELECT ${COLUMNS} FROM accounts WHERE removed_at IS NULL ORDER BY created_at, uid`).map(toAccount);
}

/** Also finds a removed account: its cases are still there. */
export function accountByUid(db: ReadDb, uid: AccountId): StoredAccount | undefined {
  const row = db.get<SqlAccount>(`SELECT ${COLUMNS} FROM accounts WHERE uid = @uid`, { uid });
  return row === undefined ? undefined : toAccount(row);
}

/** Adds an account or connects a removed one again, keeping its token key so that old reply addresses stay valid. */
export function saveAccount(db: WriteDb, account: StoredAccount): void {
  db.run(
    `INSERT INTO accounts(uid, kind, address, token_key, created_at, config) VALUES(@uid, @kind, @address, @tokenKey, @createdAt, @config)
     ON CONFLICT(uid) DO UPDATE SET removed_at = NULL, config = @config,
       token_key = CASE WHEN token_key = '' THEN @tokenKey ELSE token_key END`,
    {
      uid: account.uid,
      kind: account.kind,
      address: account.address,
      tokenKey: account.tokenKey,
      createdAt: account.createdAt,
      config: JSON.stringify({ name: account.name, settings: account.settings, channel: account.channel }),
    },
  );
}

export function removeAccount(db: WriteDb, uid: AccountId, at: Instant): void {
  db.run('UPDATE accounts SET removed_at = @at WHERE uid = @uid', { uid, at });
}

export function cursorOf(db: ReadDb, source: string): string | null {
  return db.get<{ cursor: string }>('SELECT cursor FROM cursors WHERE source = @source', { source })?.cursor ?? null;
}

export function saveCursor(db: WriteDb, source: string, cursor: string, at: Instant): void {
  db.run(
    'INSERT INTO cursors(source, updated_at, cursor) VALUES(@source, @at, @cursor) ON CONFLICT(source) DO UPDATE SET cursor = @cursor, updated_at = @at',
    { source, cursor, at },
  );
}

/** Something from a channel that could not be stored; its source is kept, so that nothing is lost. One entry a reference. */
export function quarantine(
  db: WriteDb,
  entry: {
    readonly account: AccountId;
    readonly ref: string;
    readonly at: Instant;
    readonly sourceSha: string | null;
    readonly reason: string;
  },
): void {
  db.run('DELETE FROM quarantine WHERE account_uid = @account AND ref = @ref', { account: entry.account, ref: entry.ref });
  db.run('INSERT INTO quarantine(account_uid, ref, at, source_sha, reason) VALUES(@account, @ref, @at, @sourceSha, @reason)', { ...entry });
}

/** How many messages of each account could not be stored. */
export function quarantinedByAccount(db: ReadDb): Map<AccountId, number> {
  const rows = db.all<{ account: string; count: number }>(
    'SELECT account_uid AS account, count(*) AS count FROM quarantine GROUP BY account_uid',
  );
  return new Map(rows.map((row) => [row.account as AccountId, row.count]));
}
