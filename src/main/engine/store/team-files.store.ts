import type { ReadDb, WriteDb } from './sql.ts';

/** A file that an event of somebody else speaks of. `known`: fetched when somebody wants it. `done`: it is here. */
export interface KnownFile {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The user of the hub who spoke of it first, and should have stored it. */
  readonly owner: string | null;
}

export function noteFile(db: WriteDb, file: KnownFile, isWanted: boolean): void {
  db.run(
    `INSERT INTO team_files(sha256, size_bytes, state, owner) VALUES(@sha256, @sizeBytes, @state, @owner)
     ON CONFLICT(sha256) DO UPDATE SET state = CASE WHEN state = 'known' THEN excluded.state ELSE state END`,
    { ...file, state: isWanted ? 'wanted' : 'known' },
  );
}

/** False when no event has spoken of it, so that nobody can have it. */
export function wantFile(db: WriteDb, sha256: string): boolean {
  return db.run("UPDATE team_files SET state = 'wanted' WHERE sha256 = @sha256 AND state <> 'shared'", { sha256 }) > 0;
}

export function settleFile(db: WriteDb, sha256: string, state: 'done' | 'shared', sizeBytes: number): void {
  db.run(
    `INSERT INTO team_files(sha256, size_bytes, state, owner) VALUES(@sha256, @sizeBytes, @state, NULL)
     ON CONFLICT(sha256) DO UPDATE SET state = excluded.state`,
    { sha256, sizeBytes, state },
  );
}

export function isShared(db: ReadDb, sha256: string): boolean {
  return (
    db.get<{ one: number }>("SELECT 1 AS one FROM team_files WHERE sha256 = @sha256 AND state IN ('shared', 'done')", { sha256 }) !==
    undefined
  );
}

/** Small ones first: they are what somebody looks at. */
export function wantedFiles(db: ReadDb, limit: number): KnownFile[] {
  return db.all<KnownFile>(
    "SELECT sha256, size_bytes AS sizeBytes, owner FROM team_files WHERE state = 'wanted' ORDER BY size_bytes LIMIT @limit",
    { limit },
  );
}
