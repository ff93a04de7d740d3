import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Certificate } from './certificates.ts';

const run = promisify(execFile);

/** Where Postfix listens; all on 127.0.0.1. */
export interface PostfixPorts {
  /** Plain SMTP with AUTH, offers STARTTLS. */
  readonly smtp: number;
  /** SMTP inside TLS. */
  readonly smtps: number;
}

export interface PostfixOptions {
  readonly folder: string;
  readonly ports: PostfixPorts;
  readonly lmtpPort: number;
  readonly certificate: Certificate;
  readonly users: Readonly<Record<string, string>>;
  /** Largest message in bytes. */
  readonly messageSizeLimit: number;
}

function mainConfiguration(options: PostfixOptions): string {
  const { folder, certificate } = options;
  const domains = new Set(Object.keys(options.users).map((address) => address.slice(address.indexOf('@') + 1)));
  return `
compatibility_level = 3.6
queue_directory = ${folder}/postfix/queue
data_directory = ${folder}/postfix/data
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.team.test
mydomain = team.test
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = /tmp, /var, ${folder}
biff = no
alias_maps =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = ${[...domains].join(', ')}
virtual_mailbox_maps = texthash:${folder}/postfix/conf/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:${options.lmtpPort}
default_transport = error:5.1.2 there is no way to that domain from here
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
smtpd_tls_security_level = may
smtpd_tls_auth_only = no
smtpd_tls_chain_files = ${certificate.keyFile}, ${certificate.certFile}
smtpd_tls_loglevel = 0
message_size_limit = ${options.messageSizeLimit}
mailbox_size_limit = 0
virtual_mailbox_limit = 0
`;
}

function services(options: PostfixOptions): string {
  const { smtp, smtps } = options.ports;
  // nothing runs in a chroot (fifth column), so that no system folder has to be copied
  const rows = [
    `127.0.0.1:${smtp} inet n - n - - smtpd`,
    `127.0.0.1:${smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'proxymap unix - - n - - proxymap',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'lmtp unix - - n - - lmtp',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
  ];
  return `${rows.join('\n')}\n`;
}

async function numericId(flag: '-u' | '-g', user: string): Promise<number> {
  return Number((await run('id', [flag, user])).stdout.trim());
}

async function groupId(name: string): Promise<number> {
  return Number((await run('getent', ['group', name])).stdout.split(':')[2]);
}

/** Writes Postfix's folder with the ownership that its daemons insist on; returns the command that runs it in the foreground. */
export async function preparePostfix(
  options: PostfixOptions,
): Promise<{ readonly command: string; readonly configFolder: string; readonly authSocket: string }> {
  const home = path.join(options.folder, 'postfix');
  const configFolder = path.join(home, 'conf');
  const queue = path.join(home, 'queue');
  const [owner, ownerGroup, dropGroup] = await Promise.all([numericId('-u', 'postfix'), numericId('-g', 'postfix'), groupId('postdrop')]);
  await mkdir(configFolder, { recursive: true });
  await mkdir(queue, { recursive: true });
  await mkdir(path.join(queue, 'pid'));
  const folder = async (name: string, mode: number, group: number): Promise<void> => {
    await mkdir(path.join(home, name), { recursive: true });
    await chown(path.join(home, name), owner, group);
    await chmod(path.join(home, name), mode);
  };
  await folder('data', 0o700, ownerGroup);
  for (const name of ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'private', 'saved', 'trace']) {
    await folder(`queue/${name}`, 0o700, ownerGroup);
  }
  await folder('queue/maildrop', 0o730, dropGroup);
  await folder('queue/public', 0o710, dropGroup);
  await writeFile(path.join(configFolder, 'main.cf'), mainConfiguration(options));
  await writeFile(path.join(configFolder, 'master.cf'), services(options));
  const mailboxes = Object.keys(options.users).map((address) => `${address} x`);
  await writeFile(path.join(configFolder, 'mailboxes'), `${mailboxes.join('\n')}\n`);
  const program = '/usr/lib/postfix/sbin/master';
  return { command: `${program} -c ${configFolder}`, configFolder, authSocket: path.join(queue, 'private/auth') };
}
