import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { HubError } from './hub-state.ts';

/**
 * Certificates of a hub. The private keys are made by Node; openssl only signs, because Node cannot make a certificate
 * (docs/decisions/0020-hub.md says why it is not a library).
 */

const run = promisify(execFile);

const AUTHORITY_DAYS = 3_650;
/** The longest that operating systems accept of a server. */
const SERVER_DAYS = 825;
/** From then on `hub status` and `hub start` ask for a new one. */
export const RENEW_BEFORE_DAYS = 60;
const DAY_MS = 86_400_000;

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  try {
    // a configuration of the machine must not change what is made
    await run('openssl', [...args], { cwd: folder, env: { ...process.env, OPENSSL_CONF: '/dev/null' } });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new HubError('openssl is not installed. On Debian: apt-get install openssl', { cause: error });
    }
    throw error;
  }
}

async function newKey(file: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}

function requestConfiguration(commonName: string): string {
  // the name is shown to people only; what openssl would read as syntax is left out
  const shown = commonName
    .replaceAll(/[^\p{L}\p{N} ._-]/gu, ' ')
    .trim()
    .slice(0, 64);
  return `[req]\ndistinguished_name=dn\nprompt=no\nutf8=yes\nstring_mask=utf8only\n[dn]\nCN=${shown === '' ? 'hub' : shown}\n`;
}

function alternativeNames(hosts: readonly string[]): string {
  return hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`).join(',');
}

/** Makes `ca.key` and `ca.crt`: the only authority that workstations of this hub trust. */
export async function makeAuthority(folder: string, hubName: string): Promise<void> {
  await newKey(path.join(folder, 'ca.key'));
  const extensions =
    '[ext]\nbasicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';
  await writeFile(path.join(folder, 'ca.cnf'), `${requestConfiguration(`${hubName} hub authority`)}${extensions}`);
  const what = ['req', '-x509', '-new', '-sha256', '-key', 'ca.key', '-days', String(AUTHORITY_DAYS)];
  await openssl(folder, [...what, '-config', 'ca.cnf', '-extensions', 'ext', '-out', 'ca.crt']);
  await rm(path.join(folder, 'ca.cnf'));
}

/**
 * Makes `server.key` and `server.crt`, or replaces them.
 * @param authority the folder with `ca.key` and `ca.crt`
 * @param target where the two files go: the same folder, or that of another server
 * @param hosts DNS names and addresses under which clients and other servers reach it
 */
export async function makeServerCertificate(authority: string, target: string, hubName: string, hosts: readonly string[]): Promise<void> {
  await newKey(path.join(target, 'server.key'));
  await writeFile(path.join(target, 'server.cnf'), requestConfiguration(`${hubName} hub`));
  const extensions = [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    // servers of a cluster are clients of each other
    'extendedKeyUsage=serverAuth,clientAuth',
    `subjectAltName=${alternativeNames(hosts)}`,
    'authorityKeyIdentifier=keyid',
  ];
  await writeFile(path.join(target, 'server.ext'), `${extensions.join('\n')}\n`);
  await openssl(target, ['req', '-new', '-sha256', '-key', 'server.key', '-config', 'server.cnf', '-out', 'server.csr']);
  const signer = ['-CA', path.join(authority, 'ca.crt'), '-CAkey', path.join(authority, 'ca.key')];
  const what = ['x509', '-req', '-sha256', '-in', 'server.csr', '-days', String(SERVER_DAYS), '-extfile', 'server.ext'];
  await openssl(target, [...what, ...signer, '-set_serial', `0x00${randomBytes(16).toString('hex')}`, '-out', 'server.crt']);
  await Promise.all(['server.cnf', 'server.ext', 'server.csr'].map((name) => rm(path.join(target, name))));
}

/** Whole days until a certificate file expires; negative afterwards. @param nowMs epoch milliseconds */
export async function daysLeft(file: string, nowMs: number): Promise<number> {
  const certificate = new X509Certificate(await readFile(file));
  return Math.floor((Date.parse(certificate.validTo) - nowMs) / DAY_MS);
}
