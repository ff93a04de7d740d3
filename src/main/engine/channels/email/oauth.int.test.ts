import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { makeId } from '../../../../shared/domain/ids.ts';
import type { EmailAccount } from './email-account.ts';
import { testConnection } from './test-connection.ts';

/** A stand-in for a provider that takes access tokens; Dovecot would need a token service beside it. Not a mail server. */
async function tokenServer(token: string): Promise<{ imap: number; smtp: number; stop: () => Promise<void> }> {
  const expected = Buffer.from(`user=support@team.test\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64');
  const speak = async (greeting: string, answer: (line: string) => string): Promise<{ port: number; stop: () => Promise<void> }> => {
    const server = createServer((socket) => {
      socket.write(greeting);
      socket.on('error', () => {});
      socket.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\r\n').slice(0, -1)) socket.write(answer(line));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return {
      port: address !== null && typeof address === 'object' ? address.port : 0,
      stop: async () => new Promise((resolve) => server.close(() => resolve())),
    };
  };
  const refusal = Buffer.from('{"status":"400","schemes":"Bearer"}').toString('base64');
  const smtp = await speak('220 token ESMTP\r\n', (line) => {
    if (line.startsWith('EHLO')) return '250-token\r\n250 AUTH LOGIN PLAIN XOAUTH2\r\n';
    if (line === `AUTH XOAUTH2 ${expected}`) return '235 2.7.0 Accepted\r\n';
    if (line.startsWith('AUTH XOAUTH2')) return `334 ${refusal}\r\n`;
    return line === '' ? '535 5.7.8 Username and Password not accepted\r\n' : '221 bye\r\n';
  });
  let tag = '';
  const imap = await speak('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] ready\r\n', (line) => {
    const [first = '', command = ''] = line.split(' ');
    if (line === '') return `${tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n`;
    tag = first;
    if (command === 'AUTHENTICATE') return line.includes(expected) ? `${first} OK [CAPABILITY IMAP4rev1] done\r\n` : `+ ${refusal}\r\n`;
    if (command === 'LIST') return `* LIST (\\HasNoChildren) "/" INBOX\r\n${first} OK done\r\n`;
    return `${first} OK done\r\n`;
  });
  return { imap: imap.port, smtp: smtp.port, stop: async () => void (await Promise.all([imap.stop(), smtp.stop()])) };
}

function account(ports: { imap: number; smtp: number }, accessToken: () => Promise<string>): EmailAccount {
  return {
    accountId: makeId('acc', 'support'),
    address: 'support@team.test',
    name: 'Team Support',
    imap: { host: '127.0.0.1', port: ports.imap, security: 'none' },
    smtp: { host: '127.0.0.1', port: ports.smtp, security: 'none' },
    auth: { kind: 'oauth2', user: 'support@team.test', accessToken },
    folders: ['INBOX'],
    sentFolder: null,
    sentCopy: 'server',
    plusAddressing: true,
  };
}

describe('signing in with an access token', () => {
  it('asks for the current one each time, and tells when it is not taken', async () => {
    const server = await tokenServer('ya29.fresh');
    let tokens = ['ya29.fresh', 'ya29.fresh'];
    const next = async (): Promise<string> => Promise.resolve(tokens.shift() ?? '');
    const never = new AbortController().signal;
    const good = await testConnection(account(server, next), never);
    expect([good.imap.code, good.smtp.code, tokens.length]).toEqual([null, null, 0]);
    tokens = ['ya29.stale', 'ya29.stale'];
    const bad = await testConnection(account(server, next), never);
    expect([bad.imap.code, bad.smtp.code]).toEqual(['sign-in-expired', 'sign-in-expired']);
    expect(JSON.stringify(bad)).not.toContain('ya29');
    await server.stop();
  });
});
