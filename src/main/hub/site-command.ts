import { stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { setWebsocket } from './hub.ts';
import { hubFolder, readState } from './hub-folder.ts';
import { HubError, userOf, type HubState, type HubWebsocket } from './hub-state.ts';

interface Speaks {
  readonly say: (line: string) => void;
}

/** What the command line says of the place where browsers connect. */
export interface WebsocketWords {
  readonly websocket?: string | undefined;
  readonly 'websocket-listen'?: string | undefined;
  readonly origin?: readonly string[] | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly 'no-tls'?: boolean | undefined;
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

function originFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/u.test(url.protocol)) throw new HubError(`--origin is such as https://www.example.com, and not ${text}`);
  return url.origin;
}

/** @param hubListen where the hub listens for workstations. Throws a HubError for what cannot be. */
export function websocketFrom(words: WebsocketWords, hubListen: string): HubWebsocket {
  const { websocket = '', cert, key, 'no-tls': isPlain = false } = words;
  const port = Number(websocket);
  if (!/^\d+$/u.test(websocket) || port < 1 || port > 65_535) throw new HubError('--websocket is a port from 1 to 65535');
  const listen = words['websocket-listen'] ?? (isPlain ? '127.0.0.1' : hubListen);
  if (!/^[a-z0-9.:-]{1,253}$/iu.test(listen)) throw new HubError(`${JSON.stringify(listen)} is no host name and no address`);
  if (isPlain && !isLoopback(listen)) {
    throw new HubError(`without TLS only browsers of this machine are let in: --websocket-listen 127.0.0.1, and not ${listen}`);
  }
  if ((cert === undefined) !== (key === undefined)) throw new HubError('--cert and --key go together');
  if (isPlain && cert !== undefined) throw new HubError('--no-tls goes without a certificate');
  return {
    listen,
    port,
    origins: (words.origin ?? []).map(originFrom),
    certificate: cert === undefined || key === undefined ? null : { cert: path.resolve(cert), key: path.resolve(key) },
    isPlain,
  };
}

/** `websocket --websocket PORT|off`: where browsers connect. */
export async function changeWebsocket(machine: Speaks, root: string, words: WebsocketWords): Promise<void> {
  const { listen } = await readState(hubFolder(root));
  const websocket = words.websocket === 'off' ? null : websocketFrom(words, listen);
  for (const file of Object.values(websocket?.certificate ?? {})) {
    if (!(await stat(file).catch(() => null))?.isFile()) throw new HubError(`there is no file ${file}`);
  }
  await setWebsocket(root, websocket);
  machine.say(websocket === null ? 'browsers cannot connect' : `browsers connect to ${websocketAddresses(websocket, []).join(' or ')}`);
  machine.say('this counts from the next start of the hub: end it and start it again now, it takes no other change until then');
}

function websocketAddresses({ listen, port, isPlain }: HubWebsocket, hosts: readonly string[]): readonly string[] {
  const isAnywhere = listen === '0.0.0.0' || listen === '::';
  const names = isAnywhere && hosts.length > 0 ? hosts : [listen];
  return names.map((name) => `${isPlain ? 'ws' : 'wss'}://${isIP(name) === 6 ? `[${name}]` : name}:${String(port)}`);
}

/** What the page of a web site needs for its live chat, besides the public key of the account. */
export interface SiteAccess {
  /** Null where browsers cannot connect yet. */
  readonly address: string | null;
  readonly site: string;
  readonly password: string;
}

/** Throws a HubError when there is no such site. */
export function siteAccess(state: HubState, name: string): SiteAccess {
  const { role, password } = userOf(state, name);
  if (role !== 'widget' || password === null)
    throw new HubError(`${name} is no web site of this hub; npm run hub -- add-user ${name} --role widget`);
  const [address = null] = state.websocket === null ? [] : websocketAddresses(state.websocket, state.hosts);
  return { address, site: name, password };
}

/** Says what the page of a site needs. Nothing of it is a secret. */
export async function saySite(machine: Speaks, root: string, name: string): Promise<void> {
  const { address, password } = siteAccess(await readState(hubFolder(root)), name);
  machine.say(`${name} is a web site of this hub. Its page needs for the live chat:`);
  machine.say(`  address   ${address ?? 'none yet: npm run hub -- websocket --websocket PORT'}`);
  machine.say(`  site      ${name}`);
  machine.say(`  password  ${password}`);
  machine.say('and the public key that Settings > Channels shows for the site. None of these is a secret: every visitor sees them.');
}
