import { isIP } from 'node:net';
import path from 'node:path';
import { FEED_PREFIX, SITES_ACCOUNT, TEAM_ACCOUNT } from '../engine/team/hub-names.ts';
import { permissionsOf } from './permissions.ts';
import { validKeys, type HubUser, type HubWebsocket } from './hub-state.ts';

/** A text inside quotes of a server's configuration, which reads the escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/**
 * Fills a template of resources/hub: every `@NAME@` gets its value, escaped for the quotes that the template puts around it.
 * Throws a RangeError when a value is missing or one is not used: a half-filled configuration must never start.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const filled = template
    .split('\n')
    // comments explain the placeholders by their names
    .map((line) => {
      const comment = line.indexOf('#');
      const code = comment === -1 ? line : line.slice(0, comment);
      const rest = comment === -1 ? '' : line.slice(comment);
      const replaced = code.replaceAll(/@([A-Z_]+)@/gu, (_whole, name: string) => {
        const value = values[name];
        if (value === undefined) throw new RangeError(`the template wants ${name}`);
        used.add(name);
        return quoted(value).slice(1, -1);
      });
      return `${replaced}${rest}`;
    })
    .join('\n');
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new RangeError(`the template does not want ${unused.join(', ')}`);
  return filled;
}

function list(indent: string, subjects: readonly string[]): string {
  return `[\n${subjects.map((subject) => `${indent}  ${quoted(subject)}\n`).join('')}${indent}]`;
}

function userBlock(user: HubUser, publicKey: string): string {
  const { publish, subscribe, mayRespond } = permissionsOf(user.name, user.role, user.holdsChannels);
  // a member that answers requests answers each once, soon
  const responses = mayRespond ? '      allow_responses: { max: 1, expires: "30s" }\n' : '';
  return `  { # ${user.name}: ${user.role}${user.role === 'agent' && user.holdsChannels ? ', holds channels' : ''}
    nkey: ${quoted(publicKey)}
    permissions: {
      publish: { allow: ${list('      ', publish)} }
      subscribe: { allow: ${list('      ', subscribe)} }
${responses}    }
  }
`;
}

/** A web site signs in with a password: browsers can do that without a library, and the page shows it to everybody anyhow. */
function passwordBlock({ name, password }: HubUser): string {
  if (password === null) return '';
  const { publish, subscribe } = permissionsOf(name, 'widget', false);
  return `  { # ${name}: widget
    user: ${quoted(name)}
    # public, and therefore not hashed: a hash that is slow to check would let everybody keep the server busy
    password: ${quoted(password)}
    permissions: {
      publish: { allow: ${list('      ', publish)} }
      subscribe: { allow: ${list('      ', subscribe)} }
    }
  }
`;
}

const WRITTEN = '# Written by `npm run hub`: changes made here are lost. A server reads it when it starts and when it is told to reload.\n';

/** What the team's account shares with that of the web sites; see `renderSites`. */
const SHARED = `exports: [
  { service: "chat.in.>", accounts: [${SITES_ACCOUNT}] }
  { stream: "${FEED_PREFIX}.chat.out.>", accounts: [${SITES_ACCOUNT}] }
  { stream: "live.out.>", accounts: [${SITES_ACCOUNT}] }
]
imports: [
  { stream: { account: ${SITES_ACCOUNT}, subject: "live.in.>" } }
]
`;

/**
 * The file `users.conf`, which the server's configuration includes in the team's account: the administrator, who alone may make and
 * change streams, and every valid key of every user with what its role may do.
 */
export function renderUsers(adminKey: string, users: readonly HubUser[]): string {
  const team = users.filter(({ role }) => role !== 'widget');
  const blocks = team.flatMap((user) => validKeys(user).map((key) => userBlock(user, key.publicKey)));
  return `${WRITTEN}users: [
  { nkey: ${quoted(adminKey)} } # the administrator of the streams: never on a workstation
${blocks.join('')}]
${team.length === users.length ? '' : SHARED}`;
}

/** Of all sites together, on one server. A page that opens more leaves the team alone. */
const SITE_LIMITS = `limits: {
  max_connections: 5000
  max_subscriptions: 50000
}
`;

/**
 * The file `sites.conf`: web sites, in an account of their own. A server answers whoever asks at the address that they name, with its own
 * rights: in the team's account, an entry of a chat could name an event, a lease or anything else as that address, and the
 * acknowledgement would be written there. Here such an answer reaches nothing but this account.
 */
export function renderSites(users: readonly HubUser[]): string {
  const sites = users.filter(({ role }) => role === 'widget');
  const blocks = sites.flatMap((user) => [passwordBlock(user), ...validKeys(user).map((key) => userBlock(user, key.publicKey))]);
  const shared = `exports: [
  { stream: "live.in.>", accounts: [${TEAM_ACCOUNT}] }
]
imports: [
  { service: { account: ${TEAM_ACCOUNT}, subject: "chat.in.>" } }
  # what was stored, and not what somebody tried to store
  { stream: { account: ${TEAM_ACCOUNT}, subject: "${FEED_PREFIX}.chat.out.>" }, to: "chat.out.>" }
  { stream: { account: ${TEAM_ACCOUNT}, subject: "live.out.>" } }
]
`;
  return `${WRITTEN}${SITE_LIMITS}users: [
${blocks.join('')}]
${sites.length === 0 ? '' : shared}`;
}

/** The file `websocket.conf`: where browsers connect. @param keys the folder of the hub's own certificate */
export function renderWebsocket(websocket: HubWebsocket | null, keys: string): string {
  if (websocket === null)
    return '# Browsers cannot connect. `npm run hub -- websocket --websocket PORT` lets them, from the next start on.\n';
  const { listen, port, origins, certificate, isPlain } = websocket;
  const files = certificate ?? { cert: path.join(keys, 'server.crt'), key: path.join(keys, 'server.key') };
  const tls = `  tls {
    cert_file: ${quoted(files.cert)}
    key_file: ${quoted(files.key)}
    timeout: 5
  }
`;
  return `# Written by \`npm run hub\`: changes made here are lost. A server reads it when it starts.
websocket {
  listen: ${quoted(`${isIP(listen) === 6 ? `[${listen}]` : listen}:${String(port)}`)}
${isPlain ? '  no_tls: true\n' : tls}${origins.length === 0 ? '' : `  allowed_origins: ${list('  ', origins)}\n`}  # texts are sealed and do not shrink
  compression: false
}
`;
}

const NO_SITES = /\binclude\s+"?sites\.conf/u;

/** The configuration of a hub that was made before there were web sites, with what it needs for them. Null when it is as it must be. */
export function withSites(config: string): string | null {
  if (NO_SITES.test(config)) return null;
  const accounts = /^accounts \{[ \t]*$/mu;
  if (!accounts.test(config)) return null;
  return `${config.replace(accounts, `accounts {\n  ${SITES_ACCOUNT} {\n    include "sites.conf"\n  }`)}\ninclude "websocket.conf"\n`;
}
