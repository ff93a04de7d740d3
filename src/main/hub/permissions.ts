import {
  bucketStream,
  CHAT_STREAM,
  FEED_PREFIX,
  FILES_STREAM,
  HUB_DOMAIN,
  inboxPrefixOf,
  LEASE_BUCKET,
  PEOPLE_BUCKET,
  presenceSubject,
  SETTINGS_BUCKET,
  SNAPSHOT_STORE,
  storeStream,
  TEAM_STREAM,
} from '../engine/team/hub-names.ts';

/**
 * What somebody is to the hub. `widget` is a web site that passes on what its visitors write, and no member of the team: its credential
 * stands in the page for everybody to read, and lives in an account of its own (see server-config.ts). `region` is the server of another region, which passes on what its own users may do, and keeps copies.
 */
export const ROLES = ['agent', 'lead', 'gateway', 'widget', 'region'] as const;
export type Role = (typeof ROLES)[number];

/** What a server lets one user do. Everything that is not listed is refused. */
export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /** May answer a request that reached it, once, at the address that the asker gave. */
  readonly mayRespond: boolean;
}

/** Streams of events that everybody in a team adds to. Which event of them is valid, and by whom, is decided by the fold. */
const COMMON_KINDS = ['case', 'contact', 'account', 'absence', 'swap', 'agent', 'view', 'macro'];

/** The plan of the team, and what is one for all of it (`setting.sla`, `setting.staffing`, `setting.handoff-rules` ...). */
const LEAD_KINDS = ['hub', 'template', 'rotation', 'requirement', 'shift', 'publication', 'override', 'setting'];

/** Streams that a member reads, by number and by subject. */
const READABLE = [
  TEAM_STREAM,
  FILES_STREAM,
  storeStream(SNAPSHOT_STORE),
  bucketStream(LEASE_BUCKET),
  bucketStream(PEOPLE_BUCKET),
  bucketStream(SETTINGS_BUCKET),
];

/** A call of JetStream's, as it is named on the hub itself and through the leaf node of another region. */
function api(call: string): readonly string[] {
  return [`$JS.API.${call}`, `$JS.${HUB_DOMAIN}.API.${call}`];
}

/**
 * Reading needs no consumer, and nobody may make one: a consumer delivers to any subject that its maker names, with the server's
 * rights, which would put words into places where a user may not write.
 */
function reads(stream: string): readonly string[] {
  return [
    ...api(`STREAM.INFO.${stream}`),
    ...api(`STREAM.MSG.GET.${stream}`),
    ...api(`DIRECT.GET.${stream}`),
    ...api(`DIRECT.GET.${stream}.>`),
  ];
}

function members(userName: string): Permissions {
  return {
    publish: [
      ...COMMON_KINDS.map((kind) => `team.${kind}.*`),
      `file.${userName}.*.*`,
      presenceSubject(userName),
      ...api('INFO'),
      ...READABLE.flatMap(reads),
    ],
    subscribe: [`${inboxPrefixOf(userName)}.>`, `${FEED_PREFIX}.>`, 'presence.*'],
    mayRespond: false,
  };
}

/** What the holder of a channel account needs: its lease, what came in, what goes out, and the visitors of web sites. */
const CHANNELS: Permissions = {
  publish: ['team.seen.*.*', 'team.send.*', `$KV.${LEASE_BUCKET}.>`, 'chat.out.*.*', 'live.out.*.*', ...reads(CHAT_STREAM)],
  // what is stored of a chat comes by the feed, like everything else
  subscribe: ['live.in.*.*'],
  mayRespond: true,
};

/** Object stores replace by roll-up and clean up by purging; what is lost of snapshots is made again. */
const SNAPSHOTS: Permissions = {
  publish: [`$O.${SNAPSHOT_STORE}.>`, ...api(`STREAM.PURGE.${storeStream(SNAPSHOT_STORE)}`)],
  subscribe: [],
  mayRespond: false,
};

/** Streams that a region keeps copies of. Leases are not among them: a copy that lags must never decide who holds one. */
export const MIRRORED = [
  TEAM_STREAM,
  FILES_STREAM,
  storeStream(SNAPSHOT_STORE),
  bucketStream(PEOPLE_BUCKET),
  bucketStream(SETTINGS_BUCKET),
];

/**
 * A region's server sees everything that the team does, and may send what any member may. Its copies are fed by consumers on the hub,
 * which it alone makes besides the administrator. Who of its users may do what is decided by its own copy of the users.
 */
const REGION: Permissions = {
  publish: [
    'team.*.*',
    'team.seen.*.*',
    'file.*.*.*',
    'presence.*',
    'chat.in.*.*',
    'chat.out.*.*',
    'live.in.*.*',
    'live.out.*.*',
    `$KV.${LEASE_BUCKET}.>`,
    `$O.${SNAPSHOT_STORE}.>`,
    ...api('INFO'),
    ...api(`STREAM.PURGE.${storeStream(SNAPSHOT_STORE)}`),
    ...[...READABLE, CHAT_STREAM].flatMap(reads),
    ...MIRRORED.flatMap((stream) => [...api(`CONSUMER.CREATE.${stream}`), ...api(`CONSUMER.CREATE.${stream}.>`)]),
    // the copies say how fast they can read
    '$JS.FC.>',
  ],
  // answers go to inboxes that bear the names of its users
  subscribe: ['>'],
  mayRespond: true,
};

const LEADING: Permissions = { publish: LEAD_KINDS.map((kind) => `team.${kind}.*`), subscribe: [], mayRespond: false };

function together(all: readonly Permissions[]): Permissions {
  return {
    publish: all.flatMap(({ publish }) => publish),
    subscribe: all.flatMap(({ subscribe }) => subscribe),
    mayRespond: all.some(({ mayRespond }) => mayRespond),
  };
}

/**
 * @param userName stands in subjects: `USER_NAME_PATTERN`
 * @param holdsChannels whether an agent's workstation may fetch mail and send for the team; leads and gateways always may
 */
export function permissionsOf(userName: string, role: Role, holdsChannels: boolean): Permissions {
  switch (role) {
    case 'agent':
      return together([members(userName), ...(holdsChannels ? [CHANNELS] : [])]);
    case 'lead':
      return together([members(userName), CHANNELS, SNAPSHOTS, LEADING]);
    case 'gateway':
      return together([members(userName), CHANNELS, SNAPSHOTS]);
    case 'widget':
      return {
        publish: [`chat.in.${userName}.*`, `live.in.${userName}.*`],
        // acknowledgements come to the inbox. All visitors of a site hear all of this; none of it can be read without their keys
        subscribe: [`chat.out.${userName}.*`, `live.out.${userName}.*`, `${inboxPrefixOf(userName)}.>`],
        mayRespond: false,
      };
    case 'region':
      return REGION;
  }
}
