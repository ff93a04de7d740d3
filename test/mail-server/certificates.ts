import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A private key and its certificate, as PEM text and as files. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly keyFile: string;
  readonly certFile: string;
}

/** `valid` is for `localhost` and 127.0.0.1; `expired` was until yesterday; `wrong-host` names another host; `untrusted` signed itself. */
export type CertificateKind = 'valid' | 'expired' | 'wrong-host' | 'untrusted';

/** One test authority and a certificate of every kind, made anew for each run. */
export interface Certificates {
  /** PEM of the authority that a client must trust. */
  readonly authority: string;
  readonly kinds: Readonly<Record<CertificateKind, Certificate>>;
}

// P-256 keys are made in milliseconds; RSA would take most of the start.
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  await run('openssl', [...args], { cwd: folder, env: { ...process.env, OPENSSL_CONF: '/dev/null' } });
}

async function load(folder: string, name: string): Promise<Certificate> {
  const keyFile = path.join(folder, `${name}.key`);
  const certFile = path.join(folder, `${name}.crt`);
  const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')]);
  return { key, cert, keyFile, certFile };
}

async function selfSigned(folder: string, name: string, subject: string, extensions: string): Promise<void> {
  const config = `[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ext\n[dn]\nCN=${subject}\n[ext]\n${extensions}\n`;
  await writeFile(path.join(folder, `${name}.cnf`), config);
  await openssl(folder, [
    'req',
    '-x509',
    '-config',
    `${name}.cnf`,
    ...NEW_KEY,
    '-days',
    '2',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
  ]);
}

async function signed(folder: string, name: string, names: string, days: number): Promise<Certificate> {
  await writeFile(path.join(folder, `${name}.cnf`), `[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=${name}\n`);
  await writeFile(path.join(folder, `${name}.ext`), `subjectAltName=${names}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n`);
  await openssl(folder, ['req', '-new', '-config', `${name}.cnf`, ...NEW_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`]);
  const authority = ['-CA', 'authority.crt', '-CAkey', 'authority.key', '-set_serial', `0x${Buffer.from(name).toString('hex')}`];
  await openssl(folder, [
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...authority,
    '-days',
    `${days}`,
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.crt`,
  ]);
  return load(folder, name);
}

/** Makes the authority and all certificates with openssl inside `folder`. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  await selfSigned(folder, 'authority', 'Test authority', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign');
  const own = async (): Promise<Certificate> => {
    await selfSigned(folder, 'untrusted', 'localhost', 'subjectAltName=DNS:localhost,IP:127.0.0.1');
    return load(folder, 'untrusted');
  };
  const [valid, expired, wrongHost, untrusted] = await Promise.all([
    signed(folder, 'valid', 'DNS:localhost,IP:127.0.0.1', 2),
    signed(folder, 'expired', 'DNS:localhost,IP:127.0.0.1', -1),
    signed(folder, 'wrong-host', 'DNS:mail.elsewhere.test', 2),
    own(),
  ]);
  const authority = await readFile(path.join(folder, 'authority.crt'), 'utf8');
  return { authority, kinds: { valid, expired, 'wrong-host': wrongHost, untrusted } };
}
