import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectMailbox, introduce, op, reply, settingsFor, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { startMailServer } from '../mail-server/mail-server.ts';
import type { MailServer } from '../mail-server/mail-server.ts';
import { startProxy } from '../mail-server/proxy.ts';
import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';

const ADDRESS = 'support@team.test';
const CUSTOMER = 'customer@example.test';

let server: MailServer;
let station: Workstation;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  for (const folder of ['INBOX', 'Sent']) await server.mailbox(ADDRESS).expunge('1:*', folder);
  await server.mailbox(CUSTOMER).expunge('1:*');
  station = await startWorkstation();
  await introduce(station);
});
afterEach(() => station[Symbol.asyncDispose]());

const rows = async (): Promise<readonly CaseRow[]> => (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 500 })).rows;
async function theCase(subject: string): Promise<CaseRow> {
  let found: CaseRow | undefined;
  await until(async () => {
    found = (await rows()).find((row) => row.subject === subject);
    return found !== undefined;
  }, `the case ${subject}`);
  if (found === undefined) throw new Error('unreachable');
  return found;
}
async function deliveryStates(caseId: CaseRow['caseId']): Promise<string[]> {
  return (await station.ask('cases.timeline', { caseId })).flatMap((item) =>
    item.kind === 'message' && item.delivery !== null ? [item.delivery.state] : [],
  );
}

describe('a mailbox', () => {
  test('a delivered mail is a case within two seconds, and the answer comes back threaded', async () => {
    await connectMailbox(station, server);
    const begun = Date.now();
    const { messageId } = await server.deliver({
      from: `Mei Tanaka <${CUSTOMER}>`,
      to: ADDRESS,
      subject: '出金できません',
      text: '昨日から出金できません。',
    });
    const row = await theCase('出金できません');
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect(row).toMatchObject({ contactName: 'Mei Tanaka', language: 'ja', unread: true, status: 'open', lastDirection: 'in' });

    await reply(station, row.caseId, 'ご連絡ありがとうございます。');
    const mail = await server.mailbox(CUSTOMER).waitFor(() => true);
    const head = mail.raw.toString('latin1');
    expect(head).toContain(messageId.replaceAll(/[<>]/gu, ''));
    expect(head.replaceAll(/\r?\n[ \t]+/gu, ' ')).toMatch(/^Reply-To: .*support\+t_[a-z0-9.]+@team\.test/imu);
    await until(async () => (await deliveryStates(row.caseId))[0] === 'sent', 'the reply is sent');
    expect((await theCase('出金できません')).waitingSince).toBeNull();
    expect((await theCase('出金できません')).assigneeName).toBe('Ana Reis');

    // The customer answers by the token alone: a program that drops References and changes the subject.
    const token = /support\+t_[a-z0-9.]+@team\.test/iu.exec(head)?.[0] ?? '';
    await server.deliver({ from: CUSTOMER, to: token, subject: 'something else', text: 'thank you' });
    await until(async () => (await theCase('出金できません')).messageCount === 3, 'the answer joined the case');
    expect(await rows()).toHaveLength(1);
  });

  test('replies written offline leave once, in order, when the network is back', async () => {
    const imap = await startProxy({ host: server.host, port: server.ports.imap });
    const smtp = await startProxy({ host: server.host, port: server.ports.smtp });
    try {
      await connectMailbox(station, server, {
        imap: { host: imap.host, port: imap.port, security: 'none' },
        smtp: { host: smtp.host, port: smtp.port, security: 'none' },
      });
      await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Offline' });
      const { caseId } = await theCase('Offline');
      await imap.refuse();
      await smtp.refuse();
      await until(async () => (await station.ask('accounts.list', {}))[0]?.state === 'offline', 'the account is offline');
      for (const text of ['first', 'second', 'third']) await reply(station, caseId, text);
      await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'pending' } });
      expect(await deliveryStates(caseId)).toEqual(['queued', 'queued', 'queued']);
      await until(async () => (await station.ask('cases.search', { text: 'offl', limit: 5 })).hits.length === 1, 'search finds it offline');
      await imap.restore();
      await smtp.restore();
      await station.ask('accounts.syncNow', { opId: op(), accountId: null });
      await until(async () => (await deliveryStates(caseId)).every((state) => state === 'sent'), 'all replies are sent');
      await until(async () => (await server.mailbox(CUSTOMER).list()).length >= 3, 'the customer has them');
      const received = (await server.mailbox(CUSTOMER).list()).map((mail) => mail.raw.toString());
      expect(received).toHaveLength(3);
      for (const text of ['first', 'second', 'third'])
        expect(received.filter((raw) => new RegExp(`\\n${text}\\r?\\n`, 'u').test(raw))).toHaveLength(1);
      const sentAt = (await station.ask('cases.timeline', { caseId })).flatMap((item) =>
        item.kind === 'message' && item.direction === 'out' ? [[item.text, item.at] as const] : [],
      );
      expect(sentAt.map(([text]) => text)).toEqual(['first', 'second', 'third']);
    } finally {
      await imap.stop();
      await smtp.stop();
    }
  });

  test('a reply is held when the customer wrote while it waited', async () => {
    await connectMailbox(station, server);
    await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Held', headers: {} });
    const { caseId } = await theCase('Held');
    await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 60 } });
    const { outboxId } = await reply(station, caseId, 'an answer to the first');
    await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Re: Held', inReplyTo: (await messageKeys(caseId))[0] ?? '' });
    await until(async () => (await theCase('Held')).messageCount === 2, 'the second mail is there');
    await station.ask('drafts.save', {
      opId: op(),
      caseId,
      kind: 'reply',
      text: 'typed meanwhile',
      to: [{ address: CUSTOMER, name: '' }],
      cc: [],
    });
    // The undo time ends: nothing may leave now without a look at what came.
    station.engine.store.write((tx) => tx.run('UPDATE outbox SET send_at = 0 WHERE uid = @outboxId', { outboxId }));
    await until(async () => (await deliveryStates(caseId))[0] === 'held', 'the reply is held');
    expect(await server.mailbox(CUSTOMER).list()).toHaveLength(0);
    const { draftId } = await station.ask('outbox.cancel', { opId: op(), outboxId });
    expect(await station.ask('drafts.get', { caseId, kind: 'reply' })).toMatchObject({
      draftId,
      text: 'an answer to the first\n\ntyped meanwhile',
    });
  });

  test('undo send gives the words back and nothing leaves', async () => {
    await connectMailbox(station, server);
    await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Undo' });
    const { caseId } = await theCase('Undo');
    await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 10 } });
    const { outboxId } = await reply(station, caseId, 'too fast');
    await station.ask('outbox.cancel', { opId: op(), outboxId });
    expect(await station.ask('drafts.get', { caseId, kind: 'reply' })).toMatchObject({ text: 'too fast', to: [{ address: CUSTOMER }] });
    expect((await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'message')).toHaveLength(1);
    const again = await station.call('outbox.cancel', { opId: op(), outboxId });
    expect(again).toMatchObject({ ok: false, error: { code: 'too-late' } });
  });

  test('the mailbox was rebuilt with the same numbers: nothing doubles, nothing is mixed up', async () => {
    await connectMailbox(station, server);
    await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Before' });
    await theCase('Before');
    await server.mailbox(ADDRESS).recreate();
    await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'After' });
    await station.ask('accounts.syncNow', { opId: op(), accountId: null });
    await theCase('After');
    expect((await rows()).map((row) => `${row.subject} ${row.messageCount}`).sort()).toEqual(['After 1', 'Before 1']);
  });

  test('a wrong password is said in words and not tried again and again', async () => {
    const proxy = await startProxy({ host: server.host, port: server.ports.imap });
    try {
      await station.ask('accounts.add', {
        opId: op(),
        settings: settingsFor(server, { imap: { host: proxy.host, port: proxy.port, security: 'none' } }),
        password: 'wrong',
      });
      await until(async () => (await station.ask('accounts.list', {}))[0]?.code === 'wrong-password', 'the code is wrong-password');
      const [account] = await station.ask('accounts.list', {});
      expect(account?.state).toBe('problem');
      expect((account?.nextAttemptAt ?? 0) - Date.now()).toBeGreaterThan(10 * 60_000);
      const { accepted } = proxy.counters();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(proxy.counters().accepted).toBe(accepted);
    } finally {
      await proxy.stop();
    }
  });

  test('a connection that dies without a word is noticed, and what came meanwhile is fetched', async () => {
    const proxy = await startProxy({ host: server.host, port: server.ports.imap });
    try {
      await connectMailbox(station, server, { imap: { host: proxy.host, port: proxy.port, security: 'none' } });
      proxy.blackHole();
      await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'In the dark' });
      await until(async () => (await station.ask('accounts.list', {}))[0]?.state !== 'live', 'the silence is noticed', 30_000);
      await proxy.restore();
      expect((await theCase('In the dark')).messageCount).toBe(1);
    } finally {
      await proxy.stop();
    }
  });

  test('removing a mailbox keeps its cases and forgets its password', async () => {
    await connectMailbox(station, server);
    await server.deliver({ from: CUSTOMER, to: ADDRESS, subject: 'Kept' });
    const { caseId } = await theCase('Kept');
    const [account] = await station.ask('accounts.list', {});
    if (account === undefined) throw new Error('no account');
    await station.ask('accounts.remove', { opId: op(), accountId: account.accountId });
    expect(await station.ask('accounts.list', {})).toEqual([]);
    expect(await station.ask('cases.detail', { caseId })).toMatchObject({ canReply: false, cannotReplyCode: 'account-removed' });
    expect(station.shell.asked.some((each) => each.name === 'secret.delete')).toBe(true);
  });
});

async function messageKeys(caseId: CaseRow['caseId']): Promise<string[]> {
  const timeline = await station.ask('cases.timeline', { caseId });
  const uids = timeline.flatMap((item) => (item.kind === 'message' ? [item.messageId] : []));
  return uids.flatMap((uid) => {
    const row = station.engine.store.read((db) => db.get<{ own_key: string }>('SELECT own_key FROM messages WHERE uid = @uid', { uid }));
    return row === undefined ? [] : [`<${row.own_key}>`];
  });
}
