import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where the snapshots of a workspace are while they are made, fetched and put in. */
export interface SnapshotFiles {
  /** What this workstation makes. */
  readonly made: string;
  /** What it fetches, also in part: it goes on in the same file after an interruption. */
  fetched(sha256: string): string;
  readonly unpacked: string;
  /** Throws all files away but what was fetched of this one. */
  clear(exceptSha256?: string): void;
}

export function snapshotFiles(folder: string): SnapshotFiles {
  const place = join(folder, 'snapshots');
  const nameOf = (sha256: string): string => `${sha256}.part`;
  return {
    made: join(place, 'made.gz'),
    fetched: (sha256) => join(place, nameOf(sha256)),
    unpacked: join(place, 'unpacked.db'),
    clear: (except) => {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(place)) {
        if (except === undefined || name !== nameOf(except)) rmSync(join(place, name), { force: true });
      }
    },
  };
}
