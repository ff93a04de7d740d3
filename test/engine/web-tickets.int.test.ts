import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNT as SITE, chatMessage } from './bot-talk.ts';
import { customerMail, HandChannel } from './hand-channel.ts';
import { introduce, reply, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { Conversations, OutboundMessage } from '../../src/main/engine/channels/connector.ts';
import { accountIdFor } from '../../src/main/engine/identity.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { MAIL_FACT } from '../../src/shared/domain/chat/mail-answer.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

/** Forms of a web site that name an address: answered by mail where there is a mailbox. The channels are by hand. */

const MAILBOX: StoredAccount = {
  uid: accountIdFor('email', 'support@team.test'),
  kind: 'email',
  address: 'support@team.test',
  name: 'Team Support',
  tokenKey: '00'.repeat(32),
  createdAt: instant(1),
  removedAt: null,
  settings: null,
};
/** Without a playbook: people answer. */
const PLAIN: StoredAccount = { ...SITE, channel: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: 'A'.repeat(87), playbook: null } };

let nowMs = Date.UTC(2026, 10, 25, 9);
const clock = { now: () => instant(nowMs) };
let station: Workstation;
let site: HandChannel;
let mailbox: HandChannel;
let page: Conversations | undefined;

async function start(accounts: readonly StoredAccount[]): Promise<void> {
  site = new HandChannel(clock);
  mailbox = new HandChannel(clock);
  station = await startWorkstation({
    clock,
    secrets: new Map(accounts.map(({ uid }) => [`account:${uid}`, 'key'])),
    createConnector: (account, _secret, io) => {
      if (account.kind !== 'chat') return mailbox.connector();
      page = io.conversations;
      return site.connector();
    },
    prepare: async ({ store }) => {
      store.write((tx) => {
        for (const account of accounts) saveAccount(tx, account);
      });
      return Promise.resolve();
    },
  });
  await introduce(station);
}

beforeEach(() => {
  nowMs = Date.UTC(2026, 10, 25, 9);
});
afterEach(async () => station[Symbol.asyncDispose]());

function ticket(
  email: string,
  facts: Record<string, string> = {},
  visitor = 'v1',
  change: Partial<NormalizedMessage> = {},
): NormalizedMessage {
  const plain = chatMessage(clock, 'You have won, see http://evil.example', {}, visitor);
  if (plain.origin === undefined) throw new Error('a chat without an origin');
  const isSigned = facts['identity.email'] !== undefined;
  const author = {
    ...plain.origin.author,
    verification: isSigned ? 'signed' : 'none',
    facts: { [MAIL_FACT]: email, 'chat.locale': 'ja', ...facts },
  } as const;
  return {
    ...plain,
    channel: 'web',
    subject: 'YOU HAVE WON',
    replyTo: [{ address: email, name: 'Mei' }],
    origin: { ...plain.origin, author },
    ...change,
  };
}

async function caseNamed(subject: string): Promise<CaseId> {
  let found: CaseId | undefined;
  await until(async () => {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 20 });
    found = rows.find((row) => row.subject === subject)?.caseId;
    return found !== undefined;
  }, `the case ${subject}`);
  if (found === undefined) throw new Error('there is no case');
  return found;
}

/** Answers, and waits until it has left. */
async function answer(caseId: CaseId, text: string, through: HandChannel): Promise<OutboundMessage> {
  nowMs += MINUTE_MS;
  const before = through.sent.length;
  await reply(station, caseId, text, 'whoever@customer.test');
  await until(() => through.sent.length > before, `"${text}" has left`);
  await until(async () => (await station.ask('outbox.list', {})).length === 0, 'it is stored that it left');
  const sent = through.sent.at(-1);
  if (sent === undefined) throw new Error('nothing left');
  return sent;
}

const onPage = (): string[] => page?.sentAfter('v1', null).map(({ text }) => text) ?? [];

test('a form that names an address is answered by mail, without a word of what was typed; mail that comes back is of the same case', async () => {
  await start([PLAIN, MAILBOX]);
  site.deliver(ticket('victim@elsewhere.test'));
  const caseId = await caseNamed('YOU HAVE WON');
  expect(page?.standing('v1')).toMatchObject({ isMailed: true, mailed: [] });
  expect(await station.ask('cases.detail', { caseId })).toMatchObject({
    byMail: { address: 'victim@elsewhere.test', from: 'support@team.test', isVerified: false },
  });
  const sent = await answer(caseId, 'We have nothing to give away.', mailbox);
  // addressed by the form, and not by the draft
  expect(sent.to).toEqual([{ address: 'victim@elsewhere.test', name: 'Mei' }]);
  expect(sent.cc).toEqual([]);
  expect(sent.subject).toBe('Shop からの回答');
  expect(sent.text).toMatch(/^We have nothing to give away\.\n\n-- \nこのメールは、Shop/u);
  expect(JSON.stringify([sent.subject, sent.text, sent.parentKeys])).not.toMatch(/WON|evil/iu);
  expect(site.sent).toEqual([]);
  // and it stands on the page, as it was written
  expect(onPage()).toEqual(['We have nothing to give away.']);
  expect(page?.standing('v1').mailed).toEqual([sent.clientKey]);

  // whoever reads at that address writes back
  nowMs += MINUTE_MS;
  const back = customerMail(clock, {
    from: { address: 'victim@elsewhere.test', name: 'Vic' },
    subject: 'Re: Shop からの回答',
    text: 'I never wrote to you. My account is 4711.',
    thread: { tokens: [], ownKey: '<back@elsewhere.test>', parentKeys: [sent.clientKey] },
  });
  mailbox.deliver(back);
  await until(async () => JSON.stringify(await station.ask('cases.timeline', { caseId })).includes('4711'), 'the mail is in the case');
  expect(await station.ask('cases.detail', { caseId })).toMatchObject({ byMail: { address: 'victim@elsewhere.test', isVerified: true } });
  const second = await answer(caseId, 'Your account 4711 is safe.', mailbox);
  expect(second).toMatchObject({ text: 'Your account 4711 is safe.', parentKeys: [sent.clientKey, '<back@elsewhere.test>'] });
  // perhaps it was somebody else who had typed their address: they do not read along
  expect(onPage()).toEqual(['We have nothing to give away.']);
  // who types on the page again is answered there
  nowMs += MINUTE_MS;
  site.deliver(chatMessage(clock, 'Hello again'));
  await until(async () => (await station.ask('cases.detail', { caseId }))?.byMail === null, 'the page goes on');
  expect(await answer(caseId, 'Hello.', site)).toMatchObject({ conversation: 'v1', text: 'Hello.' });
});

test('without a mailbox a form is answered on its page alone; who chats is never answered by mail', async () => {
  await start([PLAIN]);
  site.deliver(ticket('mei@customer.test'));
  const caseId = await caseNamed('YOU HAVE WON');
  expect(page?.standing('v1').isMailed).toBe(false);
  expect(await station.ask('cases.detail', { caseId })).toMatchObject({ byMail: null });
  expect(await answer(caseId, 'Here you are.', site)).toMatchObject({ conversation: 'v1', subject: 'Re: YOU HAVE WON' });
  expect(mailbox.sent).toEqual([]);
});

test('an address that the site has signed is known for what it is, another one that was typed is not', async () => {
  await start([PLAIN, MAILBOX]);
  site.deliver(ticket('mei@customer.test', { 'identity.email': 'Mei@Customer.test' }, 'v1', { subject: 'Signed' }));
  site.deliver(ticket('other@elsewhere.test', { 'identity.email': 'mei@customer.test' }, 'v2', { subject: 'Typed' }));
  site.deliver({ ...chatMessage(clock, 'I only chat', { replyTo: [{ address: 'mei@customer.test', name: '' }] }, 'v3'), subject: 'Chat' });
  expect(await station.ask('cases.detail', { caseId: await caseNamed('Signed') })).toMatchObject({ byMail: { isVerified: true } });
  expect(await station.ask('cases.detail', { caseId: await caseNamed('Typed') })).toMatchObject({ byMail: { isVerified: false } });
  expect(await station.ask('cases.detail', { caseId: await caseNamed('Chat') })).toMatchObject({ byMail: null });
});

test('what was written first and left last is not missed: a page says what it has', async () => {
  await start([PLAIN]);
  site.deliver(chatMessage(clock, 'Help', { subject: 'Help' }));
  const caseId = await caseNamed('Help');
  const first = await answer(caseId, 'One', site);
  // as a colleague whose clock is five minutes late has written it
  nowMs -= 6 * MINUTE_MS;
  await answer(caseId, 'Two', site);
  const has = (keys: readonly string[]): string[] => page?.sentAfter('v1', first.clientKey, keys).map(({ text }) => text) ?? [];
  expect(has([first.clientKey])).toEqual(['Two']);
  expect(has([])).toHaveLength(2);
});
