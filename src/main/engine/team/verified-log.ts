import { splitWire } from '../../../shared/contract/team-wire.ts';
import type { DirectoryUser, TeamDirectory } from './hub-link.ts';
import { createVerifier } from './nkey-signature.ts';
import type { EntryAuthor, LogEntry, TeamLog } from './team-log.ts';

/** The directory as the log needs it. */
export interface KnownUsers extends Pick<TeamDirectory, 'users' | 'onChange'> {
  /** Reads it anew from the hub. Throws LogUnavailable. */
  refresh(): Promise<void>;
}

/** Between two readings of the directory: nonsense in the log must not become a load on the hub. */
const REFRESH_PAUSE_MS = 250;
/** Without a connection there is no verdict; reading finds the entry again. */
const NOTHING = (): readonly LogEntry[] => [];
const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/u;

/** What an entry says of itself, as far as its author is concerned. */
interface Claimed {
  readonly user: string;
  readonly bytes: Buffer;
  readonly signature: Buffer;
}

/**
 * Null for what is not an event of this place. A signed event counts only as the entry that it was signed to be: whoever copies it
 * under another stream or id says something that its author did not.
 */
function claimOf({ id, stream, data }: LogEntry): Claimed | null {
  const split = splitWire(data);
  if (split === null || !SIGNATURE.test(split.signature)) return null;
  let value: unknown;
  try {
    value = JSON.parse(split.json);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (!('user' in value && 'id' in value && 'stream' in value) || typeof value.user !== 'string') return null;
  if (value.id !== id || value.stream !== stream) return null;
  return { user: value.user, bytes: Buffer.from(split.json, 'utf8'), signature: Buffer.from(split.signature, 'base64') };
}

/**
 * A log whose entries come with their authors. The stream's subjects prove nothing: everybody in a team may write to every case, so
 * the signature under an event does, by a key that the administrator's directory gives to the user named in it.
 */
export function verifiedLog(log: TeamLog, directory: KnownUsers): TeamLog & Disposable {
  const verifier = createVerifier();
  let users: ReadonlyMap<string, DirectoryUser> = new Map();
  const readUsers = (): void => {
    users = new Map(directory.users().map((user) => [user.name, user]));
  };
  readUsers();
  const stop = directory.onChange(readUsers);
  const refresh = coalesced(async () => directory.refresh());

  async function authorOf(claim: Claimed, storedAt: number): Promise<EntryAuthor> {
    const user = users.get(claim.user);
    if (user === undefined) return { isGenuine: false, reason: 'unknown-user' };
    for (const { publicKey, revokedAt } of user.keys) {
      if (!(await verifier.isByLater(publicKey, claim.bytes, claim.signature))) continue;
      // what was signed before a key ended stays genuine; that a key was added later than an entry says nothing, by two clocks
      if (revokedAt !== null && storedAt >= revokedAt) return { isGenuine: false, reason: 'ended-key' };
      // what counted when it was stored counts for everybody who joins later, too
      const { role, holdsChannels } = user.was?.find(({ until }) => storedAt < until) ?? user;
      const mayHold = holdsChannels || role === 'lead' || role === 'gateway';
      return { isGenuine: true, user: user.name, role, agentId: user.agentId, holdsChannels: mayHold };
    }
    return { isGenuine: false, reason: 'wrong-signature' };
  }

  async function judge(entries: readonly LogEntry[]): Promise<readonly LogEntry[]> {
    const claims = entries.map(claimOf);
    const verdict = async (entry: LogEntry, index: number): Promise<LogEntry> => {
      const claim = claims[index] ?? null;
      return { ...entry, author: claim === null ? { isGenuine: false, reason: 'malformed' } : await authorOf(claim, entry.storedAt) };
    };
    const first = await Promise.all(entries.map(verdict));
    if (!first.some(isInDoubt)) return first;
    // a person or a key may be newer than this copy of the directory
    await refresh();
    return Promise.all(first.map(async (entry, index) => (isInDoubt(entry) ? verdict(entry, index) : entry)));
  }

  return {
    kind: log.kind,
    identity: async () => log.identity(),
    append: async (entry) => log.append(entry),
    head: async (stream) => judgeOne(await log.head(stream)),
    at: async (sequence) => judgeOne(await log.at(sequence)),
    readStream: async (stream, after, limit) => judge(await log.readStream(stream, after, limit)),
    read: async (after, limit) => judge(await log.read(after, limit)),
    onEntry: (listener) => {
      let last = Promise.resolve();
      let isOver = false;
      // one behind the other, so that they stay in order
      const deliver = async (before: Promise<void>, judged: Promise<readonly LogEntry[]>): Promise<void> => {
        const [known] = await judged.catch(NOTHING);
        await before;
        if (known !== undefined && !isOver) listener(known);
      };
      const end = log.onEntry((entry) => {
        last = deliver(last, judge([entry]));
      });
      return () => {
        isOver = true;
        end();
      };
    },
    [Symbol.dispose]: stop,
  };

  async function judgeOne(entry: LogEntry | null): Promise<LogEntry | null> {
    return entry === null ? null : ((await judge([entry]))[0] ?? null);
  }
}

/** Whether a newer directory might say something else. */
function isInDoubt({ author }: LogEntry): boolean {
  return author?.isGenuine === false && (author.reason === 'unknown-user' || author.reason === 'wrong-signature');
}

/** Runs `work` so that every caller gets a run that began after the call, one at a time and not too often. */
function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;
  const start = async (): Promise<void> => {
    const wait = lastAt + REFRESH_PAUSE_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    // whoever comes from here on may have heard of something that this run misses
    next = null;
    lastAt = performance.now();
    running = work();
    try {
      await running;
    } finally {
      running = null;
    }
  };
  return async () => {
    next ??= (running ?? Promise.resolve()).catch(() => {}).then(start);
    return next;
  };
}
