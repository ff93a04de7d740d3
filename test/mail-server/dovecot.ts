import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Certificate } from './certificates.ts';

/** Where Dovecot listens; all on 127.0.0.1. */
export interface DovecotPorts {
  /** Plain IMAP, offers STARTTLS. */
  readonly imap: number;
  /** IMAP inside TLS. */
  readonly imaps: number;
  readonly lmtp: number;
}

export interface DovecotOptions {
  /** The rig's folder; Dovecot keeps everything below it. */
  readonly folder: string;
  readonly ports: DovecotPorts;
  readonly certificate: Certificate;
  /** Address to password. */
  readonly users: Readonly<Record<string, string>>;
  readonly maxConnectionsPerUser: number;
  /** A UNIX socket that Postfix asks for SMTP AUTH. */
  readonly authSocket: string;
  /** Words to leave out of the advertised IMAP capabilities, such as QRESYNC. */
  readonly withoutCapabilities: readonly string[];
}

/** Capabilities of Dovecot 2.3 after login, less what a test wants to be without. */
const CAPABILITIES =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY SPECIAL-USE';

function configuration(options: DovecotOptions): string {
  const { folder, ports, certificate } = options;
  const home = path.join(folder, 'dovecot');
  const without = new Set(options.withoutCapabilities);
  const shown = CAPABILITIES.split(' ').filter((word) => !without.has(word));
  return `
protocols = imap lmtp
listen = 127.0.0.1
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${folder}/dovecot.log
instance_name = meridian-test
ssl = yes
ssl_cert = <${certificate.certFile}
ssl_key = <${certificate.keyFile}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_username_format = %Lu
auth_failure_delay = 0
recipient_delimiter = +
lmtp_hdr_delivery_address = final
mail_location = maildir:${folder}/mail/%u
mail_fsync = never
mail_max_userip_connections = ${options.maxConnectionsPerUser}
mailbox_idle_check_interval = 2 secs
first_valid_uid = 1
${without.size === 0 ? '' : `imap_capability = ${shown.join(' ')}`}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu ${home}/users
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
  mailbox Drafts {
    special_use = \\Drafts
    auto = create
  }
  mailbox Trash {
    special_use = \\Trash
    auto = create
  }
}
service imap-login {
  service_count = 0
  process_min_avail = 1
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service imap {
  process_limit = 200
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service auth {
  unix_listener ${options.authSocket} {
    mode = 0660
    user = postfix
    group = postfix
  }
}
# a wrong password must not slow down the tests after it
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;
}

/** Writes Dovecot's folder; returns the command that runs it in the foreground. */
export async function prepareDovecot(options: DovecotOptions): Promise<{ readonly command: string; readonly configFile: string }> {
  const home = path.join(options.folder, 'dovecot');
  await mkdir(path.join(home, 'run'), { recursive: true });
  await mkdir(path.join(home, 'state'), { recursive: true });
  const users = Object.entries(options.users).map(([address, password]) => `${address}:{PLAIN}${password}`);
  await writeFile(path.join(home, 'users'), `${users.join('\n')}\n`);
  await chmod(path.join(home, 'users'), 0o644);
  const configFile = path.join(home, 'dovecot.conf');
  await writeFile(configFile, configuration(options));
  return { command: `dovecot -F -c ${configFile}`, configFile };
}
