import type { LogIdentity, TeamLog } from './team-log.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** How a workstation stands with its hub. */
export interface LinkState {
  readonly state: 'connecting' | 'online' | 'offline' | 'refused';
  readonly since: Instant;
  /** `refused` names a code that the page has words for; `offline` may. Null when all is well. */
  readonly code: LinkProblem | null;
  readonly detail: string;
  /** The server that answers, as it names itself, and the one of the addresses that was used; null while there is none. */
  readonly server: string | null;
  readonly address: string | null;
  /** Round trip to the server in milliseconds, and how far this machine's clock is ahead of the hub's; null until measured. */
  readonly roundTripMs: number | null;
  readonly clockAheadMs: number | null;
}

/** Nothing is known of the hub yet. */
export function connectingSince(since: Instant): LinkState {
  const nothing = { code: null, detail: '', server: null, address: null, roundTripMs: null, clockAheadMs: null };
  return { state: 'connecting', since, ...nothing };
}

/** `revoked`: the key is not let in any more. `hub-too-old`, `hub-version-unknown`: see hub-version.ts. */
export type LinkProblem = 'revoked' | 'hub-too-old' | 'hub-version-unknown' | 'unreachable' | 'wrong-certificate' | 'no-log' | 'other-hub';

/** Everything that a workstation does with a hub. Its parts throw LogUnavailable while there is no connection. */
export interface HubLink extends AsyncDisposable {
  readonly log: TeamLog;
  readonly leases: Leases;
  readonly presence: PresenceBoard;
  readonly files: TeamFiles;
  readonly snapshots: TeamSnapshots;
  readonly directory: TeamDirectory;
  readonly chat: ChatLine;
  state(): LinkState;
  onState(listener: (state: LinkState) => void): () => void;
  /** Tries again at once, after a sleep or when a person asks. */
  nudge(): void;
  /** Round trip to each address of the invite in milliseconds; null for one that does not answer. Makes connections of its own. */
  measure(): Promise<readonly { readonly address: string; readonly roundTripMs: number | null }[]>;
}

/** What one holder at a time may do. */
export interface Leases {
  /**
   * Tries to become the holder of `key`, or to stay it. Null while somebody else is. The fence grows with every change of
   * holder: what was begun with a smaller one is void.
   */
  acquire(key: string, note: string): Promise<HeldLease | null>;
  /** Who holds it as far as is known; null when it is free. Needs no network. */
  holder(key: string): LeaseHolder | null;
  onChange(listener: (key: string) => void): () => void;
}

export interface HeldLease extends AsyncDisposable {
  readonly key: string;
  readonly fence: number;
  /** False when it was lost, or so long not renewed that it may have been: by this machine's monotonic clock, never by wall clocks. */
  isHeld(): boolean;
  /** Gives it back; somebody else may have it at once. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The lease on a channel account: who holds it fetches and sends for the team. */
export function channelLease(accountId: string): string {
  return `channel.${accountId}`;
}

export interface LeaseHolder {
  readonly user: string;
  readonly workstation: string;
  readonly fence: number;
  readonly note: string;
}

/** What somebody is doing right now. Nothing stores it. */
export interface Presence {
  readonly user: string;
  readonly workstation: string;
  readonly agentId: string | null;
  readonly onShift: boolean;
  /** The case on screen, and whether a reply to it is being written. */
  readonly viewing: string | null;
  readonly writing: boolean;
  /**
   * That they claim the reply of that case, see `ReplyClaim`: how many times it was taken over, and since when, by their clock. Null for who
   * has begun none, and from a workstation that knows of no claims.
   */
  readonly claim: { readonly turn: number; readonly since: number } | null;
  /** Where the hub is reached: the address used, and the round trip in milliseconds. */
  readonly address: string | null;
  readonly roundTripMs: number | null;
}

export interface PresenceBoard {
  /** Tells the others, now and again and again until it changes. Never throws: presence is a courtesy. */
  tell(own: Omit<Presence, 'user' | 'workstation' | 'address' | 'roundTripMs'>): void;
  /** Everybody who was heard of lately, without oneself. */
  others(): readonly Presence[];
  onChange(listener: () => void): () => void;
}

/** Attachments and sources of messages, by their SHA-256 in hexadecimal. */
export interface TeamFiles {
  /** Stores a file, going on where an earlier attempt ended. Nothing is sent when it is there. */
  put(sha256: string, bytes: Uint8Array, onProgress?: (done: number, total: number) => void): Promise<void>;
  /** Null when nobody has stored it. Throws when what is there is not what its name says. `owners`: users who may have stored it. */
  get(sha256: string, owners: readonly string[], onProgress?: (done: number, total: number) => void): Promise<Uint8Array | null>;
}

/** The bytes of a packed snapshot. `sha256` in hexadecimal. */
export interface SnapshotFile {
  readonly sha256: string;
  readonly size: number;
}

/** Compacted states of the team, for those who join. What they say is their makers' word: see `team-snapshot.ts` of the contract. */
export interface TeamSnapshots {
  /** Signed manifests, the newest first. Nothing about them was checked. */
  list(): Promise<readonly string[]>;
  /** Stores a file, going on where an earlier attempt ended, and then its manifest. Throws LogRefused for who may not. */
  put(manifest: string, snapshot: SnapshotFile, file: string, onProgress?: (done: number, total: number) => void): Promise<void>;
  /** Writes it to a file, going on where the file ends. False when it is not there as a whole; that it is right is for the caller to see. */
  get(snapshot: SnapshotFile, file: string, onProgress?: (done: number, total: number) => void): Promise<boolean>;
  /** Throws all others away. */
  keepOnly(hashes: readonly string[]): Promise<void>;
}

/** The lease under which one workstation makes a snapshot for all. */
export const SNAPSHOT_LEASE = 'snapshot';

/** A user of the hub, from the directory that the administrator alone writes. */
export interface DirectoryUser {
  readonly name: string;
  readonly role: string;
  readonly holdsChannels: boolean;
  readonly agentId: string | null;
  /** `addedAt`, `revokedAt`: by the hub command's clock. */
  readonly keys: readonly { readonly publicKey: string; readonly addedAt: number; readonly revokedAt: number | null }[];
  /** What they were before, the oldest first, by the hub command's clock. */
  readonly was?: readonly { readonly role: string; readonly holdsChannels: boolean; readonly until: number }[];
}

export interface TeamDirectory {
  /** As last heard of; empty before the first connection. */
  users(): readonly DirectoryUser[];
  onChange(listener: () => void): () => void;
  /** What the hub demands of workstations. */
  settings(): { readonly hubName: string | null; readonly onLeave: 'keep' | 'erase'; readonly leastVersion: string | null };
}

/** What a visitor of a web site has said, as the hub keeps it. `data` is a sealed frame, if it is anything of ours at all. */
export interface ChatEntry {
  readonly sequence: number;
  readonly visitor: string;
  /** The id under which its author stored it. */
  readonly id: string | null;
  /** By the hub's clock. */
  readonly storedAt: Instant;
  readonly data: string;
}

/** `stored`: there may be something to read. `live`: what nobody stores. */
export type ChatNews = { readonly t: 'stored' } | { readonly t: 'live'; readonly visitor: string; readonly data: string };

/** The chats of web sites. Only holders of channels may use it. */
export interface ChatLine {
  /** Which stream this is and how far it goes: another one has another id, and a restored one may know less. Throws LogUnavailable. */
  identity(): Promise<LogIdentity>;
  /**
   * Stores an entry for a visitor; the same id is stored once while the hub remembers it (two minutes).
   * @throws LogUnavailable when it is not known whether it was stored, LogRefused when it never will be
   */
  publish(entry: {
    readonly site: string;
    readonly visitor: string;
    readonly id: string;
    readonly data: string;
  }): Promise<{ readonly sequence: number; readonly isRepeated: boolean }>;
  /**
   * What visitors of a site, or one of them, said behind a sequence: in order, some of it and at most `limit`; none when there is nothing
   * more. Throws LogUnavailable.
   */
  read(site: string, after: number, limit: number, visitor?: string): Promise<readonly ChatEntry[]>;
  /** Whether an entry with this id is stored for a visitor. Throws LogUnavailable. */
  holds(site: string, visitor: string, id: string): Promise<boolean>;
  listen(site: string, listener: (news: ChatNews) => void): () => void;
  /** Tells a visitor something that nobody stores. Never throws. */
  tell(site: string, visitor: string, data: string): void;
}
