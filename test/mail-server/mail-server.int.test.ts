import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headerOf, rawMail } from './mail-fields.ts';
import { processesIn, startMailServer, type MailServer } from './mail-server.ts';
import { startProxy } from './proxy.ts';

let server: MailServer;

beforeAll(async () => {
  server = await startMailServer();
});
afterAll(async () => {
  await server.stop();
});

function smtp(port: number, options: SMTPTransport.Options = {}): Transporter<SMTPTransport.SentMessageInfo> {
  const auth = { user: 'support@team.test', pass: server.password('support@team.test') };
  return createTransport({ host: 'localhost', port, secure: false, auth, ...options });
}

describe('the mail servers', () => {
  it('deliver into a mailbox, number the mails, and take flags and expunges', async () => {
    const box = server.mailbox('support@team.test');
    const first = await server.deliver({ subject: 'Grüße' });
    const second = await server.deliver(rawMail({ subject: 'Again' }), { to: 'support+t_abc@team.test' });
    expect(await box.uids()).toEqual(
      new Map([
        [first.messageId, 1],
        [second.messageId, 2],
      ]),
    );
    expect(headerOf((await box.waitFor((mail) => mail.messageId === second.messageId)).raw, 'Delivered-To')).toContain(
      'support+t_abc@team.test',
    );
    await box.setFlags('2', ['\\Seen']);
    await box.expunge('1');
    expect((await box.list()).map((mail) => [mail.messageId, mail.seen])).toEqual([[second.messageId, true]]);
  });

  it('make a folder anew under another UIDVALIDITY with an equal UIDNEXT', async () => {
    const box = server.mailbox('second@team.test');
    await server.deliver({}, { to: 'second@team.test' });
    const before = await box.status();
    await box.recreate();
    await server.deliver({}, { to: 'second@team.test' });
    const after = await box.status();
    expect(after.uidNext).toBe(before.uidNext);
    expect(after.uidValidity).not.toBe(before.uidValidity);
  });

  it('are filled with a thousand mails at once', async () => {
    const box = server.mailbox('third@example.test');
    await box.store(Array.from({ length: 1_000 }, () => ({ raw: rawMail() })));
    expect((await box.status()).messages).toBe(1_000);
  });

  it('take mail by SMTP with AUTH, over STARTTLS and TLS, and refuse unknown people', async () => {
    const tls = { ca: server.certificates.authority };
    const mail = { from: 'support@team.test', to: 'customer@example.test', subject: 'Hello', text: 'Hello' };
    const ids = [
      (await smtp(server.ports.smtp, { ignoreTLS: true }).sendMail(mail)).messageId,
      (await smtp(server.ports.smtp, { requireTLS: true, tls }).sendMail(mail)).messageId,
      (await smtp(server.ports.smtps, { secure: true, tls }).sendMail(mail)).messageId,
    ];
    for (const id of ids) await server.mailbox('customer@example.test').waitFor((stored) => stored.messageId === id);
    await expect(smtp(server.ports.smtp, { tls }).sendMail({ ...mail, to: 'nobody@example.test' })).rejects.toThrow('550');
    await expect(smtp(server.ports.smtp, { tls, auth: { user: 'support@team.test', pass: 'wrong' } }).sendMail(mail)).rejects.toThrow(
      '535',
    );
    // the certificate is only good for who trusts the test authority
    await expect(smtp(server.ports.smtps, { secure: true }).sendMail(mail)).rejects.toThrow('certificate');
  });

  it('leave nothing behind, even when their supervisor is killed', async () => {
    const lost = await startMailServer();
    const { folder } = lost;
    expect((await processesIn(folder)).length).toBeGreaterThan(2);
    await lost.abandonForTest();
    const next = await startMailServer();
    expect(await processesIn(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    await next.stop();
    expect(existsSync(next.folder)).toBe(false);
  });
});

describe('the proxy', () => {
  const greeting = async (port: number): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      let seen = '';
      const done = (end: string) => (): void => {
        resolve(seen === '' ? end : seen);
        socket.destroy();
      };
      socket.setTimeout(300, done('silence'));
      socket.on('data', (chunk: Buffer) => {
        seen += chunk.toString('latin1');
        if (seen.includes('\n')) done('')();
      });
      socket.on('error', done('error'));
      socket.on('close', done('closed'));
    });

  it('passes, goes dark, refuses, and comes back on the same port', async () => {
    await using proxy = await startProxy({ host: '127.0.0.1', port: server.ports.smtp });
    const { port } = proxy;
    expect(await greeting(port)).toContain('220 ');
    proxy.blackHole();
    expect(await greeting(port)).toBe('silence');
    await proxy.refuse();
    expect(await greeting(port)).toBe('error');
    await proxy.restore();
    expect(proxy.port).toBe(port);
    expect(await greeting(port)).toContain('220 ');
    expect(proxy.counters()).toMatchObject({ accepted: 3, toServerBytes: 0 });
  });

  it('cuts after a number of bytes and on a text', async () => {
    await using proxy = await startProxy({ host: '127.0.0.1', port: server.ports.smtp });
    proxy.cutAfterBytes(3, 'to-client');
    expect(await greeting(proxy.port)).toBe('220');
    proxy.cutOnText('mx.team', 'to-client');
    expect(await greeting(proxy.port)).toBe('220 ');
    proxy.cutOnText('mx.team', 'to-client', 'pass');
    expect(await greeting(proxy.port)).toBe('220 mx.team');
  });
});
