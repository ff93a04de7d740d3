import { afterEach, beforeEach, expect, test } from 'vitest';
import { introduce, op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { EmailSettings } from '../../src/shared/contract/workspace.contract.ts';

const settings: EmailSettings = {
  address: 'support@team.test',
  name: 'Team Support',
  user: 'support@team.test',
  imap: { host: 'mail.team.test', port: 993, security: 'tls' },
  smtp: { host: 'mail.team.test', port: 465, security: 'tls' },
  folders: ['INBOX'],
  sentFolder: null,
  sentCopy: 'server',
  plusAddressing: false,
};
const elsewhere: EmailSettings = { ...settings, imap: { ...settings.imap, host: 'mail.evil.test' } };
const bare: EmailSettings = { ...settings, smtp: { ...settings.smtp, security: 'none' } };

let station: Workstation;
let tested: (readonly [host: string, password: string])[];
beforeEach(async () => {
  tested = [];
  station = await startWorkstation({
    log: () => {},
    createConnector: () => {
      throw new Error('there is no network in this test');
    },
    mail: {
      discover: async () => Promise.resolve([]),
      test: async (wanted, password) => {
        tested.push([wanted.imap.host, password]);
        return Promise.resolve({ imap: { ok: true, code: null, detail: '' }, smtp: { ok: true, code: null, detail: '' }, folders: [] });
      },
    },
  });
  await introduce(station);
});
afterEach(() => station[Symbol.asyncDispose]());

test('a stored password goes to the server that it was given for and to no other', async () => {
  const { accountId } = await station.ask('accounts.add', { opId: op(), settings, password: 'secret' });
  for (const wanted of [elsewhere, bare]) {
    const answer = await station.ask('accounts.test', { settings: wanted, password: null, accountId });
    expect(answer.imap).toMatchObject({ ok: false, code: 'password-required' });
    expect(await station.call('accounts.update', { opId: op(), accountId, settings: wanted, password: null })).toMatchObject({
      ok: false,
      error: { code: 'password-required' },
    });
  }
  expect(tested).toEqual([]);
  await station.ask('accounts.test', { settings, password: null, accountId });
  await station.ask('accounts.test', { settings: elsewhere, password: 'another', accountId });
  expect(tested).toEqual([
    ['mail.team.test', 'secret'],
    ['mail.evil.test', 'another'],
  ]);
});

test('adding a mailbox is done once, however often it is asked for', async () => {
  const opId = op();
  const first = await station.ask('accounts.add', { opId, settings, password: 'secret' });
  expect(await station.ask('accounts.add', { opId, settings, password: 'secret' })).toEqual(first);
  expect(await station.call('accounts.add', { opId: op(), settings, password: 'secret' })).toMatchObject({
    error: { code: 'already-connected' },
  });
});

test('a removed mailbox is not brought back by a change of its settings', async () => {
  const { accountId } = await station.ask('accounts.add', { opId: op(), settings, password: 'secret' });
  await station.ask('accounts.remove', { opId: op(), accountId });
  expect(await station.call('accounts.update', { opId: op(), accountId, settings, password: null })).toMatchObject({
    error: { code: 'not-found' },
  });
  expect(await station.ask('accounts.list', {})).toEqual([]);
});
