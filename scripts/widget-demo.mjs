#!/usr/bin/env node
/**
 * `npm run widget-demo`: live chat on this machine with one command. Starts a hub that browsers may reach, on loopback; a gateway that
 * holds the chat, with the bot that Meridian brings; and the page of an invented exchange. Makes an invite for a lead. Ctrl-C ends all.
 *
 *   --folder DIR   keeps everything there, to go on another time; else it is gone at the end
 *   --port PORT    of the page
 */
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { createHmac, randomBytes, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadHubCommand } from './lib/hub-bundle.mjs';
import { createLog } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { preparePackages, runMain } from './lib/prepare.mjs';
import { serveWidgetSite } from './lib/widget-site.mjs';
import { ensureNatsServer } from './nats-server.mjs';
import { bundleWidget } from './widget.mjs';

const log = createLog('widget-demo');
const SITE = 'lumen';
const PLAYBOOK = 'general';

/** What is made once and kept with the hub. */
/** @typedef {{ hubPort: number, browserPort: number, publicKey: string, privateKey: string, identitySecret: string, invite: string, gatewayInvite: string }} Demo */

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

async function makeSiteKeys() {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  return {
    publicKey: Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey)).toString('base64url'),
    privateKey: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64url'),
  };
}

/**
 * What the server of a site does when somebody is signed in: a JWT (RFC 7519) for the site, good for an hour. docs/live-chat.md
 * @param {string} secret @param {object} claims
 */
function signIdentity(secret, claims) {
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ aud: SITE, iat: now, exp: now + 3600, ...claims })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The line with which a workstation or a gateway holds the chat of the site. @param {Demo} demo */
function siteKeyText({ publicKey, privateKey, identitySecret }) {
  const settings = { kind: 'chat', site: SITE, name: 'Lumen Exchange', publicKey, playbook: PLAYBOOK };
  const secret = { v: 1, key: privateKey, identitySecret };
  return `meridian-site:${Buffer.from(JSON.stringify({ v: 1, settings, secret })).toString('base64url')}`;
}

/**
 * Starts the gateway; resolves when it holds the chat.
 * @param {string} folder @param {string} siteFile @param {string} link its invite
 * @param {(() => Promise<void>)[]} ends gets what ends it
 */
async function startGateway(folder, siteFile, link, ends) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(folder, 'settings.json'), `${JSON.stringify({ sites: [siteFile] }, null, 2)}\n`);
  const invite = path.join(folder, 'gateway.invite');
  fs.writeFileSync(invite, `${link}\n`, { mode: 0o600 });
  const gateway = spawn(process.execPath, [path.join(root, 'scripts/gateway.mjs'), '--folder', folder, '--invite', invite], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl-C reaches this process alone, which ends the gateway before the hub
    detached: process.platform !== 'win32',
  });
  const ended = once(gateway, 'close');
  ends.push(async () => {
    gateway.kill('SIGTERM');
    await ended;
  });
  const holding = new Promise((resolve) => {
    createInterface({ input: gateway.stdout }).on('line', (line) => {
      if (/"isHeldHere":true/u.test(line)) resolve(true);
      if (/"level":"(?:error|warn)"/u.test(line) && !line.includes('gateway: state')) log.warn(line);
    });
  });
  if ((await Promise.race([holding, ended.then(() => false)])) !== true) throw new Error('the gateway did not start: see above');
}

await runMain(async () => {
  const { values } = parseArgs({ options: { folder: { type: 'string' }, port: { type: 'string', default: '0' } } });
  await preparePackages();
  const { runHub } = await loadHubCommand();
  const folder = path.resolve(values.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-widget-demo-')));
  const hubEnd = new AbortController();
  let isAsked = false;
  const asked = new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        isAsked = true;
        resolve(undefined);
      });
    }
  });

  /** @param {readonly string[]} words @param {(line: string) => void} [say] */
  const hub = async (words, say = () => undefined) => {
    const code = await runHub([...words, '--folder', path.join(folder, 'hub')], {
      folder,
      readTemplate: (/** @type {string} */ name) => fs.promises.readFile(path.join(root, 'resources/hub', name), 'utf8'),
      findServer: () => ensureNatsServer().file,
      nowMs: () => Date.now(),
      say,
      // what it says of invites counts for a team, not for a demo
      warn: (/** @type {string} */ line) => (isAsked || line.startsWith('This invite') ? undefined : log.warn(line)),
      signal: hubEnd.signal,
    });
    // a terminal interrupts the server, too
    if (code !== 0 && !isAsked) throw new Error(`the hub could not ${words[0] ?? ''}`);
  };

  /** @param {string} name */
  const invited = async (name) => {
    let link = '';
    await hub(['invite', name], (line) => {
      if (line.startsWith('meridian:')) link = line;
    });
    return link;
  };

  /** @returns {Promise<Demo>} */
  const make = async () => {
    const [hubPort, browserPort] = [await freePort(), await freePort()];
    const wish = ['--name', 'Lumen support', '--host', 'localhost', '--listen', '127.0.0.1', '--port', String(hubPort), '--disk', '1'];
    await hub(['init', ...wish, '--websocket', String(browserPort), '--no-tls']);
    await hub(['add-user', SITE, '--role', 'widget']);
    await hub(['add-user', 'lead', '--role', 'lead']);
    await hub(['add-user', 'gateway', '--role', 'gateway']);
    const invite = await invited('lead');
    const gatewayInvite = await invited('gateway');
    return {
      hubPort,
      browserPort,
      ...(await makeSiteKeys()),
      identitySecret: randomBytes(32).toString('base64url'),
      invite,
      gatewayInvite,
    };
  };

  const file = path.join(folder, 'demo.json');
  /** @type {Demo} */
  const demo = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : await make();
  fs.writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  const password = JSON.parse(fs.readFileSync(path.join(folder, 'hub/hub.json'), 'utf8')).users.find(
    (/** @type {{ name: string }} */ { name }) => name === SITE,
  ).password;

  /** @type {() => void} */
  let ready = () => undefined;
  const isReady = new Promise((resolve) => {
    ready = () => resolve(undefined);
  });
  const running = hub(['start'], (line) => {
    if (line.startsWith('hub ready')) ready();
  });
  /** @type {(() => Promise<void>)[]} */
  const ends = [];
  const open = async () => {
    await isReady;
    const siteFile = path.join(folder, 'site-key.txt');
    fs.writeFileSync(siteFile, `${siteKeyText(demo)}\n`, { mode: 0o600 });
    log.info('starting the gateway ...');
    await startGateway(path.join(folder, 'gateway'), siteFile, demo.gatewayInvite, ends);
    const page = await serveWidgetSite({
      widget: await bundleWidget(),
      hub: `ws://127.0.0.1:${String(demo.browserPort)}`,
      site: SITE,
      password,
      key: demo.publicKey,
      port: Number(values.port),
      identity: async () => {
        const person = { sub: 'customer-1042', name: 'Noor Haddad', email: 'noor@lumen.example' };
        return { token: signIdentity(demo.identitySecret, person), name: person.name };
      },
    });
    ends.push(async () => page.close());
    const inviteFile = path.join(folder, 'lead.invite');
    fs.writeFileSync(inviteFile, `${demo.invite}\n`, { mode: 0o600 });
    log.info(`the invite of the lead, also in ${inviteFile}:\n\n${demo.invite}\n`);
    log.info(`the key of the site, also in ${siteFile}:\n\n${siteKeyText(demo)}\n`);
    log.info(
      'The bot answers. To answer yourself: npm start, then Settings > Team hub > Join a team, and paste the invite. With the key of',
    );
    log.info('the site (Settings > Channels > Connect a channel, live chat) that workstation can hold the chat when the gateway is away.');
    log.info(`The page of the exchange: ${page.url}`);
    log.info(`Ctrl-C ends it${values.folder === undefined ? ', and everything that was said' : ''}.`);
  };
  try {
    // it stays until it is asked to end, or the hub ends by itself
    await Promise.race([open().then(async () => asked), asked, running]);
  } finally {
    for (const end of ends.toReversed()) await end();
    hubEnd.abort();
    await running.catch(() => undefined);
    if (values.folder === undefined) fs.rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});
