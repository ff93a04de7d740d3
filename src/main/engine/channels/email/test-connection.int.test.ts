import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf, idsOf, never, observe } from '../../../../../test/mail-server/email-fixture.ts';
import { rawMail } from '../../../../../test/mail-server/mail-fields.ts';
import { startMailServer, type MailServer } from '../../../../../test/mail-server/mail-server.ts';
import { startProxy } from '../../../../../test/mail-server/proxy.ts';
import { testConnection } from './test-connection.ts';

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(async () => server.stop());

const quick = { connectMs: 400, openMs: 600, silenceMs: 600 };

describe('testing a connection', () => {
  it('signs in to both servers and lists the folders with their roles', async () => {
    await server.deliver();
    const account = accountOf(server, {
      imap: { host: 'localhost', port: server.ports.imaps, security: 'tls' },
      smtp: { host: 'localhost', port: server.ports.smtp, security: 'starttls' },
    });
    const { imap, smtp, folders } = await testConnection(account, never);
    expect([imap, smtp]).toEqual([
      { ok: true, code: null, detail: '', stage: 'done' },
      { ok: true, code: null, detail: '', stage: 'done' },
    ]);
    expect(folders[0]).toEqual({ path: 'INBOX', role: 'inbox', messages: 1 });
    expect(new Set(folders.map((each) => each.role))).toEqual(new Set(['inbox', 'drafts', 'sent', 'trash']));
  });

  it('says at which step each server failed', async () => {
    await using dark = await startProxy({ host: '127.0.0.1', port: server.ports.imap });
    dark.blackHole();
    await using expired = await startProxy({ host: '127.0.0.1', port: server.ports.smtp, tls: server.certificates.kinds.expired });
    const first = await testConnection(
      accountOf(server, {
        imap: { host: '127.0.0.1', port: dark.port, security: 'none' },
        smtp: { host: 'localhost', port: expired.port, security: 'tls' },
      }),
      never,
      quick,
    );
    expect([first.imap.stage, first.imap.code, first.smtp.stage, first.smtp.code]).toEqual([
      'connect',
      'timeout',
      'tls',
      'certificate-expired',
    ]);
    const auth = { kind: 'password', user: 'support@team.test', password: 'wrong' } as const;
    const second = await testConnection(
      accountOf(server, { auth, smtp: { host: 'no-such-host.invalid', port: 587, security: 'starttls' } }),
      never,
      quick,
    );
    expect([second.imap.stage, second.imap.code, second.smtp.stage, second.smtp.code]).toEqual([
      'sign-in',
      'wrong-password',
      'resolve',
      'host-not-found',
    ]);
    expect(second.imap.detail).toContain('Authentication failed');
    expect(second.folders).toEqual([]);
  });
});

describe('a mail larger than 40 MB', () => {
  it('comes with its text and without its attachments, and says so', async () => {
    const text = 'The film of the broken parcel is attached.';
    const head = `--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n--part\r\nContent-Type: video/mp4\r\nContent-Disposition: attachment; filename=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
    const film = Buffer.alloc(42 * 1024 * 1024, `${'A'.repeat(76)}\r\n`);
    const headers = rawMail({ messageId: '<film@example.test>', text: '' })
      .toString()
      .replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=part')
      .replace('Content-Transfer-Encoding: 8bit\r\n', '');
    await server
      .mailbox('other@example.test')
      .store([
        { raw: Buffer.concat([Buffer.from(headers + head), film, Buffer.from('\r\n--part--\r\n')]) },
        { raw: rawMail({ messageId: '<small@example.test>' }) },
      ]);
    const seen = observe(accountOf(server, { address: 'other@example.test' }));
    await using _connector = seen.connector;
    const events = await seen.pullAll();
    expect(idsOf(events)).toEqual(['<small@example.test>', '<film@example.test>']);
    const message = events.flatMap((event) =>
      event.kind === 'message' && event.message.thread.ownKey === '<film@example.test>' ? [event.message] : [],
    )[0];
    expect(message).toMatchObject({ attachments: [], warnings: ['attachments-left-on-server'] });
    expect(message?.text).toContain(text);
  });
});
