import type { Customer, Driver, Peer, Received, Said } from './peer.ts';
import { rawMail } from '../../mail-server/mail-fields.ts';
import { mailServerObstacle, startMailServer } from '../../mail-server/mail-server.ts';
import type { MailServer } from '../../mail-server/mail-server.ts';
import { startProxy } from '../../mail-server/proxy.ts';
import { createInlineParser } from '../../../src/main/engine/channels/email/parse-pool.ts';
import { emailConnectors } from '../../../src/main/engine/composition.ts';
import { accountIdFor } from '../../../src/main/engine/identity.ts';
import { CAPABILITIES } from '../../../src/shared/domain/channel/capabilities.ts';
import { instant } from '../../../src/shared/domain/time.ts';

/** Dovecot and Postfix, both real, behind proxies that can misbehave. Every peer is a mailbox of its own on one server. */

const CUSTOMERS: Readonly<Record<Customer, string>> = {
  mei: 'customer@example.test',
  jun: 'other@example.test',
  robot: 'third@example.test',
};
const QUICK = { quietMs: 600, probeMs: 1_500, staleMs: 300, pollMs: 1_000, silenceMs: 3_000, connectMs: 4_000, openMs: 5_000 };
const MAILBOXES = 40;

let running: { readonly server: MailServer; next: number } | null = null;

function addressOf(index: number): string {
  return `kit${index}@team.test`;
}

async function mailServer(): Promise<{ readonly server: MailServer; next: number }> {
  running ??= {
    server: await startMailServer({
      users: Object.fromEntries(Array.from({ length: MAILBOXES }, (_, index) => [addressOf(index), `canary-secret-${index}-7f3a`])),
    }),
    next: 0,
  };
  return running;
}

function partsOf(raw: Buffer): Received {
  const source = raw.toString('utf8');
  const boundary = /boundary="?([^"\r\n;]+)"?/u.exec(source)?.[1];
  const sections = boundary === undefined ? [source] : source.split(`--${boundary}`).slice(1, -1);
  const files: { name: string; bytes: Uint8Array }[] = [];
  let text = '';
  for (const section of sections) {
    const gap = /\r?\n\r?\n/u.exec(section);
    const head = section.slice(0, gap?.index ?? 0);
    const body = section.slice((gap?.index ?? 0) + (gap?.[0].length ?? 0));
    const bytes = /content-transfer-encoding:\s*base64/iu.test(head) ? Buffer.from(body, 'base64') : Buffer.from(quoted(head, body));
    const name = /filename="?([^"\r\n;]+)"?/iu.exec(head)?.[1];
    if (name === undefined) text += bytes.toString('utf8');
    else files.push({ name, bytes });
  }
  return { text, files };
}

function quoted(head: string, body: string): Buffer {
  if (!/content-transfer-encoding:\s*quoted-printable/iu.test(head)) return Buffer.from(body);
  const joined = body.replaceAll(/=\r?\n/gu, '');
  const bytes: number[] = [];
  for (let index = 0; index < joined.length; index += 1) {
    const hex = joined[index] === '=' ? Number.parseInt(joined.slice(index + 1, index + 3), 16) : Number.NaN;
    if (Number.isNaN(hex)) bytes.push(...Buffer.from(joined[index] ?? ''));
    else {
      bytes.push(hex);
      index += 2;
    }
  }
  return Buffer.from(bytes);
}

async function startPeer(): Promise<Peer> {
  const rig = await mailServer();
  const { server } = rig;
  const address = addressOf(rig.next);
  rig.next += 1;
  if (rig.next > MAILBOXES) throw new Error('no mailbox is left');
  const imap = await startProxy({ host: '127.0.0.1', port: server.ports.imap });
  const smtp = await startProxy({ host: '127.0.0.1', port: server.ports.smtp });
  const mailbox = server.mailbox(address);
  const secret = server.password(address);
  let current = secret;
  const settings = {
    address,
    name: 'Team Support',
    user: address,
    imap: { host: '127.0.0.1', port: imap.port, security: 'none' },
    smtp: { host: '127.0.0.1', port: smtp.port, security: 'none' },
    folders: ['INBOX'],
    sentFolder: 'Sent',
    sentCopy: 'append',
    plusAddressing: true,
  } as const;
  const uid = accountIdFor('email', address);
  const account = {
    uid,
    kind: 'email' as const,
    address,
    name: settings.name,
    tokenKey: '00'.repeat(32),
    createdAt: instant(0),
    removedAt: null,
    settings,
  };
  const deliver = async ({ text, from = 'mei', at, files = [] }: Said): Promise<string> => {
    const { messageId } = await server.deliver(
      files.length === 0
        ? {
            to: address,
            from: CUSTOMERS[from],
            text: `${text}\n`,
            subject: text.slice(0, 60),
            ...(at === undefined ? {} : { sentAt: at }),
            ...(from === 'robot' ? { headers: { 'Auto-Submitted': 'auto-generated' } } : {}),
          }
        : withFiles(address, CUSTOMERS[from], text, files),
      { from: CUSTOMERS[from], to: address },
    );
    return messageId;
  };
  const uidOf = async (ref: string): Promise<number> => (await mailbox.uids()).get(ref) ?? 0;

  return {
    account,
    get secret() {
      return current;
    },
    secrets: [secret, Buffer.from(secret).toString('base64'), Buffer.from(`\u0000${address}\u0000${secret}`).toString('base64')],
    connector: (io, options = {}) =>
      emailConnectors({
        parser: () => createInlineParser(),
        ...(options.timings === 'production' ? {} : { timings: QUICK }),
      })(account, options.secret ?? current, io),
    inject: deliver,
    remove: async (ref) => mailbox.expunge(String(await uidOf(ref))),
    sent: async () => {
      const all: Received[] = [];
      for (const customer of Object.values(CUSTOMERS))
        for (const mail of await server.mailbox(customer).list())
          if (new RegExp(`^(from|reply-to):.*${address.replace('.', '\\.')}`, 'imu').test(mail.raw.toString('latin1')))
            all.push(partsOf(mail.raw));
      return all;
    },
    requests: () => imap.counters().accepted + smtp.counters().accepted,
    dropTcp: () => imap.dropAll(),
    blackHole: () => {
      imap.blackHole();
      smtp.blackHole();
    },
    restore: async () => {
      await imap.restore();
      await smtp.restore();
    },
    cutNextSend: (stage) => {
      if (stage === 'connect') void smtp.refuse();
      // the last line of a message, and the first words of what is said about it
      else if (stage === 'body') smtp.cutOnText('\r\n.\r\n', 'to-server', 'hold');
      else if (stage === 'answer') smtp.cutOnText('250 2.0.0 Ok: queued', 'to-client', 'hold');
      else smtp.cutOnText('250 2.0.0 Ok', 'to-client', 'pass');
    },
    rotateAuth: async () => {
      current = await server.changePassword(address);
      return current;
    },
    restart: async () => {
      await mailbox.kick();
    },
    resetCursorDomain: async () => {
      await mailbox.recreate();
    },
    hostile: async () => {
      const bodies = [
        Buffer.from('no header at all, and no end'),
        Buffer.from(`From: a@example.test\r\nFrom: b@example.test\r\nTo: ${address}\r\nSubject: two\r\n\r\ntwo senders\r\n`),
        Buffer.from(`From: x@example.test\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n${'--b\r\n'.repeat(5_000)}`),
        Buffer.from(`From: x@example.test\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(20_000)}`),
        Buffer.from(`Subject: =?utf-8?Q?${'=FF'.repeat(2_000)}?=\r\nDate: yesterday\r\nMessage-ID: none\r\n\r\n\u0000\u0001`, 'latin1'),
      ];
      for (const raw of bodies) await server.deliver(raw, { from: 'x@example.test', to: address });
      return bodies.length;
    },
    bounce: async () => {
      const raw = rawMail({
        from: 'MAILER-DAEMON@example.test',
        to: address,
        subject: 'Undelivered Mail Returned to Sender',
        text: 'I am sorry.',
        headers: { 'Auto-Submitted': 'auto-replied', 'Return-Path': '<>' },
      });
      await server.deliver(raw, { from: '', to: address });
    },
    repeat: async (ref) => {
      const found = (await mailbox.list()).find(({ messageId }) => messageId === ref);
      if (found === undefined) throw new Error('there is no such mail');
      await mailbox.store([{ raw: found.raw }]);
    },
    settled: async () => server.settled(),
    [Symbol.asyncDispose]: async () => {
      await imap.stop();
      await smtp.stop();
    },
  };
}

function withFiles(to: string, from: string, text: string, files: NonNullable<Said['files']>): Buffer {
  const parts = files.map(
    ({ name, type, bytes }) =>
      `--kit\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64')}\r\n`,
  );
  const mail = rawMail({ to, from, subject: text.slice(0, 60), text: '' }).toString('utf8');
  const head = mail.slice(0, mail.indexOf('\r\n\r\n')).replace(/Content-Type:[^\r]*/u, 'Content-Type: multipart/mixed; boundary="kit"');
  return Buffer.from(`${head}\r\n\r\n--kit\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n${parts.join('')}--kit--\r\n`);
}

export const emailDriver: Driver = {
  connector: 'email',
  peer: 'Dovecot and Postfix',
  kind: 'real',
  channel: 'email',
  capabilities: CAPABILITIES.email,
  reasons: {
    fault: 'IMAP and SMTP name no time to come back, and real servers refuse nothing at our word; what is not reachable is C3 and C9',
    edit: 'mail is not edited',
    readAll: 'mail has no read marks that could be believed',
    type: 'nobody is seen typing',
    sawTyping: 'nobody is shown typing',
  },
  retryForms: [],
  byCommand: ['C2', 'C3', 'C9', 'C12', 'C18'],
  obstacle: mailServerObstacle,
  start: startPeer,
  close: async () => {
    const rig = running;
    running = null;
    await rig?.server.stop();
  },
};
