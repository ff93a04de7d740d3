import type { StreamConfig } from '@nats-io/jetstream';
import {
  bucketStream,
  CHAT_STREAM,
  DUPLICATE_WINDOW_MS,
  FEED_PREFIX,
  FILE_CHUNK_BYTES,
  FILES_STREAM,
  HUB_DOMAIN,
  LEASE_BUCKET,
  LEASE_TTL_MS,
  MAX_CHAT_ENTRY_BYTES,
  MAX_EVENT_BYTES,
  PEOPLE_BUCKET,
  SETTINGS_BUCKET,
  SNAPSHOT_STORE,
  storeStream,
  TEAM_STREAM,
} from '../engine/team/hub-names.ts';
import { MIRRORED } from './permissions.ts';

/** What decides how much the streams of a hub may hold and how often. */
export interface HubSize {
  /** Copies of everything: 1 for one server, 3 for a cluster. */
  readonly replicas: 1 | 3;
  /** Disk for all of it on one server. */
  readonly diskBytes: number;
}

/** A stream as it must be; the server fills in the rest. */
export type WantedStream = Partial<StreamConfig> & Pick<StreamConfig, 'name'>;

const NANOS_PER_MS = 1_000_000;
/** Room for the subject and the headers of a chunk. */
const HEADER_BYTES = 4 * 1024;
const MAX_ENTRY_BYTES = 16 * 1024;
/** From nats-server 2.15 on there is a limit whether one is named or not, and it cannot be changed later. */
const MAX_CONSUMERS = 5_000;

/** Nothing is thrown away by age or number. A full stream refuses new messages; it never drops old ones. */
const KEPT = {
  storage: 'file',
  retention: 'limits',
  discard: 'new',
  max_age: 0,
  max_msgs: -1,
  max_consumers: MAX_CONSUMERS,
  allow_direct: true,
} as const satisfies Partial<StreamConfig>;

/** With roll-ups allowed, whoever may publish to a subject could erase everything before it with one header. */
const NO_ROLL_UP = { allow_rollup_hdrs: false } as const satisfies Partial<StreamConfig>;

function team({ replicas, diskBytes }: HubSize): WantedStream {
  return {
    ...KEPT,
    ...NO_ROLL_UP,
    name: TEAM_STREAM,
    description: 'The log of the team',
    // a kind and an id, such as team.case.<id>: kinds that are added later need no change here
    subjects: ['team.*.*', 'team.seen.*.*'],
    num_replicas: replicas,
    max_bytes: Math.floor(diskBytes * 0.45),
    max_msg_size: MAX_EVENT_BYTES,
    duplicate_window: DUPLICATE_WINDOW_MS * NANOS_PER_MS,
    deny_delete: true,
    deny_purge: true,
    allow_atomic: true,
    republish: { src: 'team.>', dest: `${FEED_PREFIX}.team.>` },
  };
}

function files({ replicas, diskBytes }: HubSize): WantedStream {
  return {
    ...KEPT,
    ...NO_ROLL_UP,
    name: FILES_STREAM,
    description: 'Attachments, in chunks that are written once',
    subjects: ['file.*.*.*'],
    num_replicas: replicas,
    max_bytes: Math.floor(diskBytes * 0.35),
    max_msg_size: FILE_CHUNK_BYTES + HEADER_BYTES,
    max_msgs_per_subject: 1,
    discard_new_per_subject: true,
    duplicate_window: 120_000 * NANOS_PER_MS,
    deny_delete: true,
    // the administrator can erase a file that somebody must not keep
    deny_purge: false,
  };
}

/** What a site's visitors write waits so long for a holder of its channel, and for a visitor to come back. */
const CHAT_AGE_MS = 30 * 86_400_000;
/** Five files of the largest size in pieces (1,750), twice. What a visitor says beyond it pushes out their own oldest. */
const CHAT_ENTRIES_EACH = 4_000;

/**
 * Anybody can write here who has seen a web page. So it has limits that the others must not have: it drops the oldest when it is full,
 * because a stream that refuses new entries could be shut for a month by whoever fills it. What was fetched is safe in the team's log.
 */
function chat({ replicas, diskBytes }: HubSize): WantedStream {
  return {
    ...KEPT,
    ...NO_ROLL_UP,
    name: CHAT_STREAM,
    description: 'What visitors of web sites and the team tell each other, sealed',
    subjects: ['chat.in.*.*', 'chat.out.*.*'],
    num_replicas: replicas,
    discard: 'old',
    max_age: CHAT_AGE_MS * NANOS_PER_MS,
    max_bytes: Math.floor(diskBytes * 0.05),
    max_msg_size: MAX_CHAT_ENTRY_BYTES,
    max_msgs_per_subject: CHAT_ENTRIES_EACH,
    duplicate_window: 120_000 * NANOS_PER_MS,
    deny_delete: true,
    // the administrator can erase what somebody has said
    deny_purge: false,
    republish: { src: 'chat.>', dest: `${FEED_PREFIX}.chat.>` },
  };
}

/** An object store as the client's library makes it. Only gateways and leads write here, and it can be made again. */
function snapshots({ replicas, diskBytes }: HubSize): WantedStream {
  return {
    ...KEPT,
    name: storeStream(SNAPSHOT_STORE),
    description: 'Compacted states, for workstations that join',
    subjects: [`$O.${SNAPSHOT_STORE}.C.>`, `$O.${SNAPSHOT_STORE}.M.>`],
    num_replicas: replicas,
    max_bytes: Math.floor(diskBytes * 0.1),
    allow_rollup_hdrs: true,
  };
}

/** A key-value bucket, live for everybody through the feed: a watch would need a consumer. */
function bucket(name: string, { replicas, diskBytes }: HubSize, changes: Partial<StreamConfig>): WantedStream {
  return {
    ...KEPT,
    ...NO_ROLL_UP,
    name: bucketStream(name),
    subjects: [`$KV.${name}.>`],
    num_replicas: replicas,
    max_bytes: Math.floor(diskBytes * 0.01),
    max_msg_size: MAX_ENTRY_BYTES,
    max_msgs_per_subject: 1,
    duplicate_window: 120_000 * NANOS_PER_MS,
    deny_delete: true,
    republish: { src: `$KV.${name}.>`, dest: `${FEED_PREFIX}.kv.${name}.>` },
    ...changes,
  };
}

/** Everything that a hub stores. */
export function hubStreams(size: HubSize): readonly WantedStream[] {
  const leaseAge = LEASE_TTL_MS * NANOS_PER_MS;
  return [
    team(size),
    files(size),
    chat(size),
    snapshots(size),
    bucket(LEASE_BUCKET, size, { description: 'Who holds what', max_age: leaseAge, duplicate_window: leaseAge }),
    bucket(PEOPLE_BUCKET, size, { description: 'Names, roles and public keys', max_msgs_per_subject: 16 }),
    bucket(SETTINGS_BUCKET, size, { description: 'What the hub demands of workstations', max_msgs_per_subject: 16 }),
  ];
}

/**
 * Copies for another region, under the same names and with the same numbers, so that workstations there read near by. What they write
 * goes to the hub; while it cannot be reached their own outboxes hold it.
 */
export function mirrorStreams(size: HubSize): readonly WantedStream[] {
  return hubStreams({ ...size, replicas: 1 })
    .filter(({ name }) => MIRRORED.includes(name))
    .map(({ name, max_bytes, max_msgs_per_subject, allow_rollup_hdrs }) => ({
      name,
      description: `Copy of the hub's ${name}`,
      storage: 'file',
      retention: 'limits',
      max_age: 0,
      max_msgs: -1,
      max_bytes: max_bytes ?? -1,
      max_msgs_per_subject: max_msgs_per_subject ?? -1,
      max_consumers: MAX_CONSUMERS,
      num_replicas: 1,
      allow_direct: true,
      allow_rollup_hdrs: allow_rollup_hdrs ?? false,
      mirror: { name, external: { api: `$JS.${HUB_DOMAIN}.API`, deliver: '' } },
    }));
}
