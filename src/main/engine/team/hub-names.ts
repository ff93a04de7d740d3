/**
 * What a hub calls its streams, buckets and subjects. Workstations, the gateway and the hub command agree here. Names on the wire
 * are only ever added.
 */

/** The log of the team: every event that several people must agree on, in one order. */
export const TEAM_STREAM = 'TEAM';
/** Attachments in chunks. Each chunk is stored once and never replaced: its subject holds one message for ever. */
export const FILES_STREAM = 'FILES';
/** Compacted states for workstations that join. An object store (a stream called `OBJ_snap`). */
export const SNAPSHOT_STORE = 'snap';
/** Who holds what is exclusive, such as a channel account. The revision of an entry is its fencing number. */
export const LEASE_BUCKET = 'lease';
/** Who is who: names, roles and public keys, written by the hub command only. Events are checked against it. */
export const PEOPLE_BUCKET = 'people';
/** What the hub demands of workstations, written by the hub command only. */
export const SETTINGS_BUCKET = 'settings';

/** What visitors of web sites and the team tell each other, sealed. Limited in age and size, unlike the others: what counts is in the log. */
export const CHAT_STREAM = 'CHAT';
/** The account in which web sites live. Their credentials are public, so it sees nothing of the team's but what is passed on. */
export const SITES_ACCOUNT = 'SITES';

/** JetStream's domain on the hub. Clients name it always, so that the same calls work through the leaf node of another region. */
export const HUB_DOMAIN = 'hub';
/** The account in which the team lives. */
export const TEAM_ACCOUNT = 'TEAM';

/** What was stored comes again under this prefix. Never subscribe to `team.>` itself: refused events are visible there. */
export const FEED_PREFIX = 'feed';

/** An event must fit with its headers; what is larger belongs into the files. */
export const MAX_EVENT_BYTES = 64 * 1024;
/** An entry of a chat with its headers: the longest text of a form in Chinese, sealed and in base64. */
export const MAX_CHAT_ENTRY_BYTES = 128 * 1024;
export const FILE_CHUNK_BYTES = 256 * 1024;
/** The server refuses larger messages from anybody. */
export const MAX_PAYLOAD_BYTES = 1024 * 1024;
/** A lease that nobody renews is free after this time, by the hub's clock. Renew every third of it. */
export const LEASE_TTL_MS = 15_000;
/** For so long a message id is remembered; later copies are recognised by the fold. */
export const DUPLICATE_WINDOW_MS = 10 * 60_000;

/** A person on the hub: it stands in subjects, so only letters, digits and hyphens. */
export const USER_NAME_PATTERN = /^[a-z][a-z0-9-]{0,31}$/u;

/** One subject per stream of events, such as `team.case.case_ab12`: a compare-and-set is exact on a concrete subject only. */
export function eventSubject(stream: string): string {
  return `team.${stream}`;
}

/** Under the name of who uploads it, so that nobody can put something else into the place of a file. `sha256` in hexadecimal. */
export function fileChunkSubject(userName: string, sha256: string, index: number): string {
  return `file.${userName}.${sha256}.${String(index)}`;
}

/** Who is online, viewing or writing. Nothing stores it. */
export function presenceSubject(userName: string): string {
  return `presence.${userName}`;
}

/** Answers to a user's own requests; nobody else may listen there. */
export function inboxPrefixOf(userName: string): string {
  return `_INBOX_${userName}`;
}

/** The stream behind a bucket. */
export function bucketStream(bucket: string): string {
  return `KV_${bucket}`;
}

/** The stream behind an object store. */
export function storeStream(store: string): string {
  return `OBJ_${store}`;
}
