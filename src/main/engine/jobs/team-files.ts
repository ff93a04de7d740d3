import { coalesced } from './coalesced.ts';
import type { Log } from '../log.ts';
import { packBlob } from '../store/blobs.store.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import type { Store } from '../store/sql.ts';
import { isShared, settleFile, wantedFiles, wantFile } from '../store/team-files.store.ts';
import { teamUsers } from '../store/team-people.store.ts';
import { eventRow } from '../store/team.store.ts';
import type { HubLink } from '../team/hub-link.ts';
import { systemTimers } from '../team/machine-clock.ts';
import { LogUnavailable } from '../team/team-log.ts';
import { completeMessage, filesToSend } from '../usecases/team-parts.ts';

/** Files that travel beside the events: attachments, sources of mails, and texts that fit into no event. */
export interface TeamFilesJob extends AsyncDisposable {
  /** Stores everything that an event speaks of among the team's files, unless it is there. Throws what the hub throws. */
  share(link: HubLink, eventId: string): Promise<void>;
  /** Fetches what is wanted from this hub from now on; null: there is none. */
  follow(link: HubLink | null): void;
  /** Somebody wants to see a file that is not here. False when no colleague can have it. */
  want(sha256: string): boolean;
  sizeOf(sha256: string): number | null;
  /** Something may be wanted now. */
  kick(): void;
}

const AT_ONCE = 20;
/** Whoever spoke of a file may not have stored it yet. */
const RETRY_MS = 30_000;

export function createTeamFiles(deps: {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly log: Log;
  readonly onChange: () => void;
}): TeamFilesJob {
  const { store, blobs } = deps;
  let from: HubLink | null = null;
  let stopState: () => void = () => {};
  let cancelRetry: () => void = () => {};
  let isStopped = false;
  const fetching = coalesced(fetchAll);

  async function fetchAll(): Promise<void> {
    const missing = new Set<string>();
    for (;;) {
      const link = from;
      if (link === null || isStopped || link.state().state !== 'online') return;
      const files = store.read((db) => wantedFiles(db, AT_ONCE + missing.size)).filter(({ sha256 }) => !missing.has(sha256));
      if (files.length === 0) break;
      for (const { sha256, owner } of files) if (!(await fetch(link, sha256, owner))) missing.add(sha256);
    }
    if (missing.size > 0) cancelRetry = systemTimers.after(RETRY_MS, kick);
  }

  async function fetch(link: HubLink, sha256: string, owner: string | null): Promise<boolean> {
    let bytes = blobs.get(sha256);
    if (bytes === null) {
      const others = store.read(teamUsers).flatMap(({ name }) => (name === owner ? [] : [name]));
      bytes = await link.files.get(sha256, owner === null ? others : [owner, ...others]);
      if (bytes === null) return false;
      blobs.put([await packBlob(sha256, bytes)]);
    }
    const file = { sha256, bytes };
    store.write((tx) => {
      settleFile(tx, sha256, 'done', file.bytes.length);
      completeMessage(tx, file);
    });
    deps.onChange();
    return true;
  }

  function kick(): void {
    cancelRetry();
    fetching.run().catch((error: unknown) => {
      if (!(error instanceof LogUnavailable)) deps.log('warn', 'files of the team could not be fetched', { error });
      if (!isStopped) cancelRetry = systemTimers.after(RETRY_MS, kick);
    });
  }

  return {
    share: async (link, eventId) => {
      const row = store.read((db) => eventRow(db, eventId));
      if (row === undefined) return;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program alone
      const event = { stream: row.stream, type: row.type, body: JSON.parse(row.body) as Record<string, unknown> };
      for (const { sha256, bytes: made } of store.read((db) => filesToSend(db, event, (sha) => blobs.sizeOf(sha)))) {
        if (store.read((db) => isShared(db, sha256))) continue;
        const bytes = made ?? blobs.get(sha256);
        // a damaged file of sources was begun anew: the event stands without it
        if (bytes === null) continue;
        await link.files.put(sha256, bytes);
        store.write((tx) => {
          settleFile(tx, sha256, 'shared', bytes.length);
        });
      }
    },
    follow: (link) => {
      stopState();
      from = link;
      stopState = link?.onState(({ state }) => (state === 'online' ? kick() : undefined)) ?? ((): void => {});
      if (link !== null) kick();
    },
    want: (sha256) => {
      if (from === null || !store.write((tx) => wantFile(tx, sha256))) return false;
      kick();
      return true;
    },
    sizeOf: (sha256) => blobs.sizeOf(sha256),
    kick,
    [Symbol.asyncDispose]: async () => {
      isStopped = true;
      stopState();
      cancelRetry();
      await fetching.settled();
    },
  };
}
