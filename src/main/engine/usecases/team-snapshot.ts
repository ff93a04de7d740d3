import type { CaseLedger } from './case-ledger.ts';
import { refoldFacts } from './team-facts.ts';
import { MIGRATIONS } from '../store/migrate.ts';
import { putInSnapshot } from '../store/snapshot/put-in-snapshot.ts';
import { FOLD_VERSION } from '../store/snapshot/tables.ts';
import type { Store } from '../store/sql.ts';
import { logCursor, newestStamps, pendingEvents, saveLogCursor } from '../store/team.store.ts';
import type { DirectoryUser } from '../team/hub-link.ts';
import type { LogIdentity, TeamLog } from '../team/team-log.ts';
import { createVerifier } from '../team/nkey-signature.ts';
import { readManifest } from '../../../shared/contract/team-snapshot.ts';
import type { SnapshotManifest } from '../../../shared/contract/team-snapshot.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';

/** What a snapshot may be: the newest one that is all of this is used, and none where there is a doubt. */
export interface SnapshotJudge {
  readonly users: readonly DirectoryUser[];
  readonly identity: LogIdentity;
}

/** Why a snapshot can not be used here, in words for the log; null when nothing speaks against it but the file itself. */
export function snapshotProblem(text: string, { users, identity }: SnapshotJudge): string | null {
  const read = readManifest(text);
  if (read === null) return 'a manifest that cannot be read';
  const { manifest, json, signature } = read;
  const user = users.find(({ name }) => name === manifest.user);
  if (user === undefined) return `made by ${manifest.user}, whom nobody knows`;
  if (user.role !== 'lead' && user.role !== 'gateway') return `made by ${manifest.user}, who is no lead and no gateway`;
  // when it was made is only its maker's word, so a key that has ended signs nothing
  const keys = user.keys.filter(({ revokedAt }) => revokedAt === null);
  const bytes = Buffer.from(json, 'utf8');
  const verifier = createVerifier();
  if (!keys.some(({ publicKey }) => verifier.isBy(publicKey, bytes, Buffer.from(signature, 'base64')))) return 'not signed by its maker';
  if (manifest.logId !== identity.logId) return 'of another log';
  if (manifest.through > identity.lastSequence) return 'of a log that went further';
  if (manifest.schema > MIGRATIONS.length) return 'of a newer version';
  return manifest.foldVersion === FOLD_VERSION ? null : 'made by other rules';
}

/** The newest snapshot that may be used, by its manifest; null when there is none. `onRefused` hears of the others. */
export async function usableSnapshot(
  texts: readonly string[],
  judge: SnapshotJudge,
  log: Pick<TeamLog, 'at'>,
  onRefused: (reason: string) => void,
): Promise<SnapshotManifest | null> {
  const found = texts.flatMap((text) => {
    const problem = snapshotProblem(text, judge);
    if (problem !== null) onRefused(problem);
    const manifest = problem === null ? (readManifest(text)?.manifest ?? null) : null;
    return manifest === null ? [] : [manifest];
  });
  for (const manifest of found.toSorted((a, b) => b.through - a.through)) {
    const there = await log.at(manifest.through);
    if (there?.id === manifest.idThere) return manifest;
    onRefused('of another entry than the log has there');
  }
  return null;
}

interface SnapshotDeps {
  readonly store: Store;
  readonly ledger: CaseLedger;
}

/**
 * Makes the rows of a snapshot those of a workspace that has none, and goes on in the log behind it, in one transaction. What waits here
 * for the hub stands on top of it, as it would after reading the log.
 * @returns the cases that are there now
 */
export function startFromSnapshot({ store, ledger }: SnapshotDeps, file: string, manifest: SnapshotManifest): ReadonlySet<CaseId> {
  ledger.forget();
  try {
    return putInSnapshot(store, file, (tx) => {
      const cursor = logCursor(tx);
      if (cursor === null || cursor.sequence > 0) throw new Error('the log is followed already');
      saveLogCursor(tx, { logId: manifest.logId, sequence: manifest.through, id: manifest.idThere });
      for (const { hlc, at } of newestStamps(tx)) ledger.observe(hlc, at);
      const waiting = new Set(pendingEvents(tx).map(({ stream }) => stream));
      for (const stream of waiting) if (!stream.startsWith('case.')) refoldFacts(tx, stream);
      return new Set(tx.all<{ uid: CaseId }>('SELECT uid FROM cases').map(({ uid }) => uid));
    });
  } finally {
    // what was kept is of a workspace without these rows, or of rows that were undone
    ledger.forget();
  }
}
