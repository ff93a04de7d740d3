import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HandChannel } from './hand-channel.ts';
import { introduce, op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { accountIdFor } from '../../src/main/engine/identity.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { Channel, NormalizedMessage, Verification } from '../../src/shared/domain/message.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

const ACCOUNT: StoredAccount = {
  uid: accountIdFor('sample', 'help@shop.test'),
  kind: 'sample',
  address: 'help@shop.test',
  name: 'Shop',
  tokenKey: '00'.repeat(32),
  createdAt: instant(0),
  removedAt: null,
  settings: null,
};
const HASH = 'a3f1'.repeat(16);

let nowMs = Date.UTC(2026, 10, 25, 9);
const clock = { now: () => instant(nowMs) };
let station: Workstation;
let channel: HandChannel;
let serial = 0;

beforeEach(async () => {
  channel = new HandChannel(clock);
  station = await startWorkstation({
    clock,
    createConnector: () => channel.connector(),
    prepare: async ({ store }) => {
      store.write((tx) => saveAccount(tx, ACCOUNT));
      return Promise.resolve();
    },
  });
  await introduce(station);
});
afterEach(() => station[Symbol.asyncDispose]());

/** Somebody writes on a channel; resolves with the case that it came to. */
async function from(who: string, on: Channel, text: string, verification: Verification = 'none'): Promise<CaseId> {
  serial += 1;
  nowMs += MINUTE_MS;
  const nativeKey = `native-${String(serial)}`;
  const message: NormalizedMessage = {
    channel: on,
    direction: 'in',
    nativeKey,
    thread: { tokens: [], ownKey: null, parentKeys: [`conv:${who}`] },
    subject: who,
    from: { address: on === 'email' ? who : `${who}@${on}`, name: who },
    to: [],
    cc: [],
    replyTo: [],
    text,
    html: null,
    preview: text,
    language: 'en',
    sentAt: clock.now(),
    receivedAt: clock.now(),
    senderOffsetMinutes: 0,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: false,
    origin: {
      conversation: who,
      nativeKey,
      author: { nativeId: who, handle: null, verification, facts: verification === 'signed' ? { 'identity.sub': 'user-7' } : {} },
      isPrivate: true,
    },
  };
  channel.deliver(message);
  const find = (): { uid: CaseId } | undefined =>
    station.engine.store.read((db) =>
      db.get<{ uid: CaseId }>(
        "SELECT c.uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.origin ->> '$.nativeKey' = @nativeKey",
        { nativeKey },
      ),
    );
  await until(() => find() !== undefined, `${who} has written`);
  const found = find();
  if (found === undefined) throw new Error('it is gone again');
  return found.uid;
}

const related = async (caseId: CaseId) => station.ask('cases.related', { caseId });
const suggested = async (caseId: CaseId) => (await related(caseId)).suggested.map((each) => [each.caseId, ...each.reasons]);

describe('cases about one thing', () => {
  test('are suggested in both, with reasons, and with a warning where only one customer is known', async () => {
    const chat = await from('v1', 'chat', `My deposit ${HASH} is not there`, 'signed');
    const telegram = await from('48211', 'telegram', `I paid with 0x${HASH.toUpperCase()} and see nothing`);
    await from('v2', 'chat', 'How do I change my name?');
    expect((await related(chat)).suggested).toMatchObject([
      { caseId: telegram, channel: 'telegram', subject: '48211', reasons: ['same-transaction'], isVerifiedMeetsUnverified: true },
    ]);
    expect(await suggested(telegram)).toEqual([[chat, 'same-transaction']]);
    expect(await related(chat)).toMatchObject({ linked: [] });
    // nothing is done by itself
    expect((await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 9 })).total).toBe(3);
  });

  test('are linked by hand in both, and the link is taken back in both', async () => {
    const [one, other] = [await from('a', 'chat', 'order no. 4471209 is late'), await from('b', 'x', 'Where is order #4471209?')];
    const linking = op();
    expect(await station.ask('cases.link', { opId: linking, caseId: one, otherId: other })).toEqual({ changed: 2, undoable: true });
    expect(await related(one)).toMatchObject({ linked: [{ caseId: other, reasons: ['same-order'] }], suggested: [] });
    expect(await related(other)).toMatchObject({ linked: [{ caseId: one }], suggested: [] });
    const told = (await station.ask('cases.timeline', { caseId: other })).flatMap((item) => (item.kind === 'event' ? [item.body] : []));
    expect(told).toContainEqual({ type: 'case.linked', otherId: one });
    await station.ask('cases.undo', { opId: op(), undoes: linking });
    expect([await suggested(one), await suggested(other)]).toEqual([[[other, 'same-order']], [[one, 'same-order']]]);
    await station.ask('cases.link', { opId: op(), caseId: one, otherId: other });
    await station.ask('cases.unlink', { opId: op(), caseId: other, otherId: one });
    expect(await related(one)).toMatchObject({ linked: [], suggested: [{ caseId: other }] });
    expect(await station.call('cases.link', { opId: op(), caseId: one, otherId: one })).toMatchObject({ error: { code: 'same-case' } });
    expect(await station.call('cases.link', { opId: op(), caseId: one, otherId: 'case_none' as CaseId })).toMatchObject({
      error: { code: 'not-found' },
    });
    // a link that failed half is no link at all
    expect(await related(one)).toMatchObject({ linked: [] });
  });

  test('that are not the same are not suggested again, until that is taken back', async () => {
    const [one, other] = [await from('a', 'chat', 'order no. 4471209 is late'), await from('b', 'x', 'Where is order #4471209?')];
    const opId = op();
    await station.ask('cases.notSame', { opId, caseId: one, otherId: other });
    await from('b', 'x', 'Hello? Order #4471209!');
    expect([await suggested(one), await suggested(other)]).toEqual([[], []]);
    await station.ask('cases.undo', { opId: op(), undoes: opId });
    expect(await suggested(one)).toEqual([[other, 'same-order']]);
  });

  test('are not found by what everybody writes, nor by our own address', async () => {
    const first = await from('c0', 'chat', 'I sent it to help@shop.test and to 0x' + 'ab'.repeat(20));
    const second = await from('c1', 'chat', 'I, too, to help@shop.test');
    expect(await suggested(first)).toEqual([]);
    expect(await suggested(second)).toEqual([]);
    for (let number = 2; number < 22; number += 1) await from(`c${String(number)}`, 'chat', `to 0x${'ab'.repeat(20)}`);
    expect(await suggested(first)).toEqual([]);
  });

  test('are found by an address that one names and the other writes from, and by the same words within two days', async () => {
    const mail = await from('mei@customer.test', 'email', 'The lid was broken.');
    const chat = await from('v9', 'chat', 'I wrote from mei@customer.test before');
    expect(await suggested(chat)).toEqual([[mail, 'same-address']]);
    const words = 'My withdrawal has been pending since yesterday and nobody at the desk answers me, please look into it.';
    const one = await from('p', 'x', words);
    const two = await from('q', 'community', `${words.toUpperCase()} 2nd try`);
    expect(await suggested(two)).toEqual([[one, 'same-words']]);
    nowMs += 49 * HOUR_MS;
    expect(await suggested(await from('r', 'telegram', words))).toEqual([]);
  });
});
