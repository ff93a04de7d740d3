import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, chmod, chown, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeCertificates, type Certificates } from './certificates.ts';
import { prepareDovecot } from './dovecot.ts';
import { deliverByLmtp } from './lmtp.ts';
import { headerOf, rawMail, type MailFields } from './mail-fields.ts';
import { freePorts } from './ports.ts';
import { preparePostfix } from './postfix.ts';

const run = promisify(execFile);
const FOLDER_PREFIX = 'meridian-mail-';
const START_DEADLINE_MS = 15_000;

/** One mail in a mailbox, read from the server's own files. */
export interface StoredMail {
  readonly raw: Buffer;
  readonly messageId: string | null;
  readonly subject: string | null;
  readonly seen: boolean;
}

/** One user's mailbox as the server keeps it; none of it goes through the code under test. */
export interface Mailbox {
  /** All mails of a folder, in no particular order. */
  list(folder?: string): Promise<StoredMail[]>;
  /** Waits until the folder has a mail for which `matches` holds; throws after `deadlineMs`. */
  waitFor(matches: (mail: StoredMail) => boolean, options?: { folder?: string; deadlineMs?: number }): Promise<StoredMail>;
  /** UIDs by Message-ID, as the server numbers them now. */
  uids(folder?: string): Promise<Map<string, number>>;
  /** What IMAP would say about the folder. */
  status(folder?: string): Promise<{ messages: number; uidNext: number; uidValidity: number }>;
  /** Removes mails for good. `uids` is an IMAP set such as `3:5,9`. */
  expunge(uids: string, folder?: string): Promise<void>;
  setFlags(uids: string, flags: readonly string[], options?: { folder?: string; remove?: boolean }): Promise<void>;
  /** Empties the folder and makes it anew under another UIDVALIDITY; UIDs start at 1 again. Ends the user's sessions. */
  recreate(folder?: string): Promise<{ uidValidity: number }>;
  /** Puts mails into a folder directly, thousands in a second. `receivedAt` (epoch ms) becomes the INTERNALDATE. */
  store(mails: readonly { raw: Uint8Array; receivedAt?: number; seen?: boolean }[], folder?: string): Promise<void>;
  createFolder(name: string): Promise<void>;
  /** Ends the user's IMAP sessions, as an administrator would. */
  kick(): Promise<void>;
}

/** A running pair of Dovecot and Postfix on loopback. */
export interface MailServer extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly ports: {
    readonly imap: number;
    readonly imaps: number;
    readonly smtp: number;
    readonly smtps: number;
    readonly lmtp: number;
  };
  readonly certificates: Certificates;
  /** Where it keeps everything; gone when it was stopped. */
  readonly folder: string;
  /** Address to password. */
  readonly users: Readonly<Record<string, string>>;
  password(address: string): string;
  /** Puts a mail into the mailbox of `to` (support@team.test) by LMTP; it is there when this resolves. */
  deliver(mail?: MailFields | Uint8Array, options?: { from?: string; to?: string }): Promise<{ messageId: string; raw: Buffer }>;
  mailbox(address: string): Mailbox;
  /** Gives a user another password and ends their sessions; returns it. */
  changePassword(address: string): Promise<string>;
  /** Waits until Postfix has delivered or bounced everything that it took. */
  settled(): Promise<void>;
  /** The end of both logs, for a person who looks into a failure. */
  logs(): Promise<string>;
  /** Ends every process and removes the folder. */
  stop(): Promise<void>;
  /** Kills the supervisor, so that everything it should end is left over; the rig's own test starts another one then. Resolves when it is gone. */
  abandonForTest(): Promise<void>;
}

export interface MailServerOptions {
  /** Further users, address to password. */
  readonly users?: Readonly<Record<string, string>>;
  /** IMAP connections that one user may have from one address. */
  readonly maxConnectionsPerUser?: number;
  /** Bytes that Postfix accepts. */
  readonly messageSizeLimit?: number;
  /** IMAP capabilities to hide, such as `QRESYNC` and `CONDSTORE`. */
  readonly withoutCapabilities?: readonly string[];
}

/** The users that every rig has. */
export const DEFAULT_USERS: Readonly<Record<string, string>> = {
  'support@team.test': 'support-secret-1',
  'second@team.test': 'second-secret-2',
  'customer@example.test': 'customer-secret-3',
  'other@example.test': 'other-secret-4',
  'third@example.test': 'third-secret-5',
};

/** Why the rig cannot run here, or null when it can. */
export function mailServerObstacle(): string | null {
  if (process.platform !== 'linux') return 'the mail servers of the tests run on Linux only';
  if (process.getuid?.() !== 0)
    return "Postfix's master must be started by root: run the engine tests as root (for example in a container)";
  const missing = ['/usr/sbin/dovecot', '/usr/lib/postfix/sbin/master', '/usr/bin/openssl'].filter((file) => !existsSync(file));
  return missing.length === 0
    ? null
    : `not installed: ${missing.join(', ')} (Debian: apt-get install dovecot-imapd dovecot-lmtpd postfix openssl)`;
}

/**
 * Runs both daemons and ends them when its input closes: that happens when the test says so, and equally when the test
 * process dies in any way. Its last act is to remove the folder, after whatever still works in it has been ended.
 */
function supervisorScript(folder: string, dovecot: string, postfix: string): string {
  return `
trap '' INT TERM HUP
cd /
${dovecot} </dev/null >>${folder}/dovecot.out 2>&1 &
D=$!
${postfix} </dev/null >>${folder}/postfix.out 2>&1 &
P=$!
cat >/dev/null
kill -TERM $D $P 2>/dev/null
n=0
while [ $n -lt 60 ] && { kill -0 $D || kill -0 $P; } 2>/dev/null; do sleep 0.05; n=$((n + 1)); done
n=0
while [ $n -lt 40 ]; do
  left=$(ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -F -e '-> ${folder}' | sed -e 's#.*/proc/\\([0-9]*\\)/cwd.*#\\1#')
  [ -z "$left" ] && break
  [ $n -gt 5 ] && kill -KILL $left 2>/dev/null
  sleep 0.05
  n=$((n + 1))
done
rm -rf ${folder}
`;
}

/** Folders whose supervisor was itself killed: end what still runs in them, then remove them. */
async function clearAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER_PREFIX));
  for (const name of names) {
    const folder = path.join(tmpdir(), name);
    const owner = await readFile(path.join(folder, 'supervisor.pid'), 'utf8').catch(() => null);
    // a folder without the file is being made by another test process at this moment
    if (owner === null || existsSync(`/proc/${owner.trim()}`)) continue;
    await killAllIn(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ends whatever works inside this folder; what was started while others were ended is looked for again. */
async function killAllIn(folder: string): Promise<void> {
  const deadlineAt = Date.now() + 5_000;
  for (let left = await processesIn(folder); left.length > 0 && Date.now() < deadlineAt; left = await processesIn(folder)) {
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // it ended by itself
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Ids of the processes that work inside this folder. */
export async function processesIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const inside = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      return cwd === folder || cwd.startsWith(`${folder}/`) ? Number(pid) : null;
    }),
  );
  return inside.filter((pid) => pid !== null);
}

/** Resolves when something on this port greets with these words. */
async function greeted(port: number, words: string, deadlineAt: number): Promise<void> {
  for (;;) {
    const greeting = await new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.setTimeout(1_000, () => socket.destroy());
      socket.once('data', (chunk: Buffer) => {
        resolve(chunk.toString('latin1'));
        socket.destroy();
      });
      socket.once('error', () => resolve(''));
      socket.once('close', () => resolve(''));
    });
    if (greeting.startsWith(words)) return;
    if (Date.now() > deadlineAt) throw new Error(`nobody greeted with "${words}" on port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

class LoopbackMailServer implements MailServer {
  readonly host = '127.0.0.1';
  readonly ports: MailServer['ports'];
  readonly certificates: Certificates;
  users: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly #dovecotConfig: string;
  readonly #supervisor: ChildProcess;
  #serial = 0;

  constructor(parts: {
    ports: MailServer['ports'];
    certificates: Certificates;
    users: Readonly<Record<string, string>>;
    folder: string;
    dovecotConfig: string;
    supervisor: ChildProcess;
  }) {
    this.ports = parts.ports;
    this.certificates = parts.certificates;
    this.users = parts.users;
    this.folder = parts.folder;
    this.#dovecotConfig = parts.dovecotConfig;
    this.#supervisor = parts.supervisor;
  }

  password(address: string): string {
    const password = this.users[address];
    if (password === undefined) throw new Error(`the rig has no user ${address}`);
    return password;
  }

  async changePassword(address: string): Promise<string> {
    const before = this.password(address);
    const password = `${before}-new`;
    this.users = { ...this.users, [address]: password };
    const lines = Object.entries(this.users).map(([user, secret]) => `${user}:{PLAIN}${secret}`);
    const file = path.join(this.folder, 'dovecot/users');
    // at once, as nobody may read half of it
    await writeFile(`${file}.new`, `${lines.join('\n')}\n`);
    await chmod(`${file}.new`, 0o644);
    await rename(`${file}.new`, file);
    // Dovecot looks at the file once a second
    const isStale = async (): Promise<boolean> =>
      this.#doveadm('auth', 'test', address, before).then(
        () => true,
        () => false,
      );
    while (await isStale()) await new Promise((resolve) => setTimeout(resolve, 50));
    await this.mailbox(address).kick();
    return password;
  }

  async deliver(
    mail: MailFields | Uint8Array = {},
    options: { from?: string; to?: string } = {},
  ): Promise<{ messageId: string; raw: Buffer }> {
    const raw =
      mail instanceof Uint8Array ? Buffer.from(mail) : rawMail({ ...(options.to === undefined ? {} : { to: options.to }), ...mail });
    await deliverByLmtp(this.ports.lmtp, options.from ?? 'customer@example.test', [options.to ?? 'support@team.test'], raw);
    return { messageId: headerOf(raw, 'message-id') ?? '', raw };
  }

  async #doveadm(...args: string[]): Promise<string> {
    return (await run('doveadm', ['-c', this.#dovecotConfig, ...args], { maxBuffer: 2 ** 27 })).stdout;
  }

  /** Maildir++: the inbox is the user's folder, others are `.Name` below it. */
  #maildir(address: string, folder: string): string {
    const root = path.join(this.folder, 'mail', address);
    return folder === 'INBOX' ? root : path.join(root, `.${folder.replaceAll('/', '.')}`);
  }

  mailbox(address: string): Mailbox {
    this.password(address);
    const list = async (folder = 'INBOX'): Promise<StoredMail[]> => {
      const mails: StoredMail[] = [];
      for (const part of ['new', 'cur']) {
        const names = await readdir(path.join(this.#maildir(address, folder), part)).catch((): string[] => []);
        for (const name of names) {
          const raw = await readFile(path.join(this.#maildir(address, folder), part, name)).catch(() => null);
          // moved from new to cur in this moment: the second folder is read later and has it
          if (raw === null) continue;
          const seen = /:2,[A-Z]*S/u.test(name);
          mails.push({ raw, messageId: headerOf(raw, 'message-id'), subject: headerOf(raw, 'subject'), seen });
        }
      }
      return mails;
    };
    return {
      list,
      waitFor: async (matches, { folder = 'INBOX', deadlineMs = 10_000 } = {}) => {
        const deadlineAt = Date.now() + deadlineMs;
        for (;;) {
          const found = (await list(folder)).find(matches);
          if (found !== undefined) return found;
          if (Date.now() > deadlineAt) throw new Error(`no such mail came to ${address} ${folder}\n${await this.logs()}`);
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
      },
      uids: async (folder = 'INBOX') => {
        const table = await this.#doveadm('-f', 'tab', 'fetch', '-u', address, 'uid hdr.message-id', 'mailbox', folder);
        const rows = table.trim().split('\n').slice(1);
        return new Map(rows.map((row) => row.split('\t')).map(([uid = '', id = '']) => [id.trim(), Number(uid)]));
      },
      status: async (folder = 'INBOX') => {
        const text = await this.#doveadm('-f', 'flow', 'mailbox', 'status', '-u', address, 'messages uidnext uidvalidity', folder);
        const value = (name: string): number => Number(new RegExp(`\\b${name}=(\\d+)`, 'u').exec(text)?.[1]);
        return { messages: value('messages'), uidNext: value('uidnext'), uidValidity: value('uidvalidity') };
      },
      expunge: async (uids, folder = 'INBOX') => {
        await this.#doveadm('expunge', '-u', address, 'mailbox', folder, 'uid', uids);
      },
      setFlags: async (uids, flags, { folder = 'INBOX', remove = false } = {}) => {
        await this.#doveadm('flags', remove ? 'remove' : 'add', '-u', address, flags.join(' '), 'mailbox', folder, 'uid', uids);
      },
      recreate: async (folder = 'INBOX') => this.#recreate(address, folder),
      store: async (mails, folder = 'INBOX') => this.#store(address, mails, folder),
      createFolder: async (name) => {
        await this.#doveadm('mailbox', 'create', '-u', address, name);
      },
      kick: async () => {
        // it fails when there is nobody to end
        await this.#doveadm('kick', address).catch(() => '');
      },
    };
  }

  async #recreate(address: string, folder: string): Promise<{ uidValidity: number }> {
    const before = await this.mailbox(address).status(folder);
    await this.mailbox(address).kick();
    const maildir = this.#maildir(address, folder);
    const own = (await readdir(maildir)).filter(
      (name) => name === 'new' || name === 'cur' || name.startsWith('dovecot-uidlist') || name.startsWith('dovecot.index'),
    );
    await Promise.all(own.map((name) => rm(path.join(maildir, name), { recursive: true })));
    for (const name of ['new', 'cur']) await this.#ownedFolder(path.join(maildir, name));
    await this.#doveadm('mailbox', 'update', '-u', address, '--uid-validity', `${before.uidValidity + 1_000}`, folder);
    const after = await this.mailbox(address).status(folder);
    if (after.uidValidity === before.uidValidity || after.messages !== 0) throw new Error('the folder was not made anew');
    return { uidValidity: after.uidValidity };
  }

  async #ownedFolder(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await chown(folder, 65_534, 65_534);
  }

  async #store(address: string, mails: readonly { raw: Uint8Array; receivedAt?: number; seen?: boolean }[], folder: string): Promise<void> {
    // the server makes the folders, with its own rights, when it looks at them for the first time
    await this.mailbox(address).status(folder);
    const maildir = this.#maildir(address, folder);
    for (const part of ['tmp', 'cur']) await this.#ownedFolder(path.join(maildir, part));
    for (const { raw, receivedAt, seen } of mails) {
      this.#serial += 1;
      const at = (receivedAt ?? Date.now()) / 1_000;
      const name = `${Math.floor(Date.now() / 1_000)}.M${String(this.#serial).padStart(8, '0')}P${process.pid}.rig`;
      const file = path.join(maildir, 'tmp', name);
      await writeFile(file, raw);
      await chown(file, 65_534, 65_534);
      await utimes(file, at, at);
      await rename(file, path.join(maildir, 'cur', `${name}:2,${seen === true ? 'S' : ''}`));
    }
  }

  async settled(): Promise<void> {
    const deadlineAt = Date.now() + 10_000;
    for (;;) {
      const queues = ['maildrop', 'incoming', 'active', 'deferred'].map((name) => path.join(this.folder, 'postfix/queue', name));
      const waiting = await Promise.all(
        queues.map(async (queue) => readdir(queue, { recursive: true, withFileTypes: true }).catch(() => [])),
      );
      if (waiting.flat().every((entry) => !entry.isFile())) return;
      if (Date.now() > deadlineAt) throw new Error(`mail is stuck in the queue\n${await this.logs()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async logs(): Promise<string> {
    const names = ['dovecot.log', 'dovecot.out', 'postfix.log', 'postfix.out'];
    const texts = await Promise.all(
      names.map(async (name) => `== ${name}\n${(await readFile(path.join(this.folder, name), 'utf8').catch(() => '')).slice(-3_000)}`),
    );
    return texts.join('\n');
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#supervisor;
    if (exitCode !== null || signalCode !== null) return;
    const ended = new Promise((resolve) => this.#supervisor.once('exit', resolve));
    this.#supervisor.stdin?.end();
    await ended;
    const left = await processesIn(this.folder);
    if (left.length > 0) throw new Error(`mail server processes are left: ${left.join(', ')}`);
  }

  async abandonForTest(): Promise<void> {
    const gone = once(this.#supervisor, 'exit');
    this.#supervisor.kill('SIGKILL');
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/**
 * Starts Dovecot (IMAP, LMTP) and Postfix (SMTP with AUTH) with folders of their own, on free ports of 127.0.0.1.
 * Takes one to two seconds. Throws with the reason where the rig cannot run. Everything ends with `stop()`, or when this process dies.
 */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const obstacle = mailServerObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  await clearAbandoned();
  const folder = await mkdtemp(path.join(tmpdir(), FOLDER_PREFIX));
  // the daemons' own users must be able to walk through it
  await chmod(folder, 0o755);
  await mkdir(path.join(folder, 'mail'));
  await chown(path.join(folder, 'mail'), 65_534, 65_534);
  const users = { ...DEFAULT_USERS, ...options.users };
  const [certificates, [imap = 0, imaps = 0, lmtp = 0, smtp = 0, smtps = 0]] = await Promise.all([makeCertificates(folder), freePorts(5)]);
  const certificate = certificates.kinds.valid;
  const postfix = await preparePostfix({
    folder,
    ports: { smtp, smtps },
    lmtpPort: lmtp,
    certificate,
    users,
    messageSizeLimit: options.messageSizeLimit ?? 60_000_000,
  });
  const dovecot = await prepareDovecot({
    folder,
    ports: { imap, imaps, lmtp },
    certificate,
    users,
    maxConnectionsPerUser: options.maxConnectionsPerUser ?? 50,
    authSocket: postfix.authSocket,
    withoutCapabilities: options.withoutCapabilities ?? [],
  });
  await appendFile(path.join(folder, 'postfix.log'), '');
  const supervisor = spawn('/bin/sh', ['-c', supervisorScript(folder, dovecot.command, postfix.command)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  await writeFile(path.join(folder, 'supervisor.pid'), `${supervisor.pid ?? 0}`);
  const server = new LoopbackMailServer({
    ports: { imap, imaps, smtp, smtps, lmtp },
    certificates,
    users,
    folder,
    dovecotConfig: dovecot.configFile,
    supervisor,
  });
  try {
    const deadlineAt = Date.now() + START_DEADLINE_MS;
    await Promise.all([greeted(imap, '* OK', deadlineAt), greeted(smtp, '220', deadlineAt), greeted(lmtp, '220', deadlineAt)]);
  } catch (error) {
    const logs = await server.logs();
    await server.stop();
    throw new Error(`the mail servers did not start:\n${logs}`, { cause: error });
  }
  return server;
}
