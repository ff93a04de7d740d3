import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { ACCOUNT as SITE, chatMessage } from '../engine/bot-talk.ts';
import { customerMail, HandChannel } from '../engine/hand-channel.ts';
import { reply, until } from '../engine/workstation.ts';
import { accountIdFor } from '../../src/main/engine/identity.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { MAIL_FACT } from '../../src/shared/domain/chat/mail-answer.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

/** A form that is answered by mail, where whoever answers holds neither the site nor the mailbox. */

let nowMs = Date.UTC(2026, 10, 25, 9);
const clock = { now: () => instant(nowMs) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

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
const PLAIN: StoredAccount = { ...SITE, channel: { kind: 'chat', site: 'shop', name: 'Shop', publicKey: 'A'.repeat(87), playbook: null } };

async function theCase(station: TeamStation): Promise<CaseId> {
  let found: CaseId | undefined;
  await until(async () => {
    [{ caseId: found } = { caseId: undefined }] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
    return found !== undefined && (await station.ask('cases.detail', { caseId: found }))?.byMail !== null;
  }, 'the form is there, and how it is answered');
  if (found === undefined) throw new Error('there is no case');
  return found;
}

test('a colleague elsewhere answers a form: the holder of the mailbox sends it once, and what comes back is of the case', async () => {
  const hub = new MemoryHub(clock);
  const [site, mailbox] = [new HandChannel(clock), new HandChannel(clock)];
  const ana = await startStation(hub, 'Ana', {
    clock,
    secrets: new Map([PLAIN, MAILBOX].map(({ uid }) => [`account:${uid}`, 'key'])),
    createConnector: (account) => (account.kind === 'chat' ? site : mailbox).connector(),
    prepare: async ({ store }) => {
      store.write((tx) => {
        for (const account of [PLAIN, MAILBOX]) saveAccount(tx, account);
      });
      return Promise.resolve();
    },
  });
  open.push(ana);
  await join(ana, hub, 'ana', 'lead');
  const bo = await startStation(hub, 'Bo', { clock });
  open.push(bo);
  await join(bo, hub, 'bo');
  const form = chatMessage(clock, 'Where is it?', { channel: 'web', replyTo: [{ address: 'mei@customer.test', name: 'Mei' }] });
  if (form.origin === undefined) throw new Error('a chat without an origin');
  const author = { ...form.origin.author, facts: { [MAIL_FACT]: 'mei@customer.test' } };
  site.deliver({ ...form, origin: { ...form.origin, author } });
  const caseId = await theCase(bo);
  nowMs += MINUTE_MS;
  await reply(bo, caseId, 'On its way.');
  await until(() => mailbox.sent.length === 1, 'it has left at Ana');
  expect(mailbox.sent[0]).toMatchObject({ to: [{ address: 'mei@customer.test' }], subject: 'Answer from Shop' });
  expect(mailbox.sent[0]?.text).toMatch(/^On its way\.\n\n-- \nYou get this because/u);
  expect(site.sent).toEqual([]);
  await until(async () => (await bo.ask('outbox.list', {})).length === 0, 'Bo knows that it has left');
  nowMs += MINUTE_MS;
  mailbox.deliver(
    customerMail(clock, {
      text: 'Thank you',
      thread: { tokens: [], ownKey: '<thanks@customer.test>', parentKeys: [mailbox.sent[0]?.clientKey ?? ''] },
    }),
  );
  await until(async () => JSON.stringify(await bo.ask('cases.timeline', { caseId })).includes('Thank you'), 'the mail is in the case');
  expect((await bo.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).total).toBe(1);
  // whoever holds the mailbox later knows the thread, too
  const keys = bo.engine.store.read((db) =>
    db.all<{ key: string }>('SELECT key FROM thread_keys WHERE account_uid = @account ORDER BY key', { account: MAILBOX.uid }),
  );
  const ours = (mailbox.sent[0]?.clientKey ?? '').slice(1, -1);
  expect(keys.map(({ key }) => key)).toEqual(expect.arrayContaining([ours, 'thanks@customer.test']));
  expect(mailbox.sent).toHaveLength(1);
});
