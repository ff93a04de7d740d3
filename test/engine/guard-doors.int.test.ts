import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import type { HandChannel } from './hand-channel.ts';
import { introduce, op, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { openSearchStore } from '../../src/main/engine/store/search.store.ts';
import { parseQuery } from '../../src/shared/domain/search-text.ts';
import type { CaseId, MessageId } from '../../src/shared/domain/ids.ts';
import type { MessageOrigin, NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** Ways in that are no message's text, and ways to do without the record. */

const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const CODE = '739416';

let station: Workstation;
let channel: HandChannel;
const time = { now: Date.UTC(2026, 10, 29, 12) };
const clock = { now: () => instant(time.now) };

beforeAll(async () => {
  ({ station, channel } = await startWithChannel(clock));
  await introduce(station);
});

afterAll(async () => station[Symbol.asyncDispose]());

async function receive(
  text: string,
  change: Partial<NormalizedMessage> = {},
): Promise<{ readonly caseId: CaseId; readonly messageId: MessageId }> {
  const message = customerMail(clock, { text, preview: text, ...change });
  channel.deliver(message);
  await until(() => caseOfMessage(station, message) !== null, 'it has come');
  const caseId = caseOfMessage(station, message);
  if (caseId === null) throw new Error('no case');
  const item = (await station.ask('cases.timeline', { caseId })).find((each) => each.kind === 'message');
  if (item?.kind !== 'message') throw new Error('no message');
  return { caseId, messageId: item.messageId };
}

/** All that is stored, but for what is sealed. */
function stored(): string {
  return station.engine.store.read((db) => {
    const tables = db
      .all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' AND name != 'sealed_originals'")
      .map(({ name }) => name);
    return tables.map((name) => JSON.stringify(db.all(`SELECT * FROM "${name}"`))).join('\n');
  });
}

const origin = (change: Partial<MessageOrigin> = {}): MessageOrigin => ({
  conversation: 'chat-1',
  nativeKey: 'k',
  author: { nativeId: '7', handle: null, verification: 'none', facts: {} },
  isPrivate: true,
  ...change,
});

test('a phrase in any field of a form is taken out', async () => {
  await receive('Help', { origin: origin({ conversation: 'form', intake: { transaction: PHRASE, expected: PHRASE } }) });
  expect(stored()).not.toContain('sausage');
});

test('a file that an agent puts into a reply or a note is stored without the secrets in it, and says so', async () => {
  const { caseId } = await receive('Where are my coins?');
  const attach = async (name: string, text: string, kind: 'reply' | 'note' = 'reply') => {
    const { draftId } = await station.ask('drafts.save', { opId: op(), caseId, kind, text: 'See the file.', to: [], cc: [] });
    return station.ask('drafts.attach', { opId: op(), draftId, name, type: '', bytes: new TextEncoder().encode(text) });
  };
  const log = await attach('wallet.log', `12:00 restored from ${PHRASE}\n12:01 synced`);
  expect(log).toMatchObject({ name: 'wallet.log', takenOut: ['recovery-phrase'] });
  // what was left out is not in its size either: it was never stored
  expect(log.sizeBytes).toBe('12:00 restored from ⟦redacted:recovery-phrase:12⟧\n12:01 synced'.length + 4);
  expect(await attach('wallet.log', `12:00 restored from ${PHRASE}`, 'note')).toMatchObject({ takenOut: ['recovery-phrase'] });
  expect(await attach(`${PHRASE}.png`, 'no text')).toMatchObject({ name: '⟦redacted:recovery-phrase:12⟧.png' });
  expect(await attach('readme.txt', 'Nothing in here.')).toMatchObject({ takenOut: [], sizeBytes: 16 });
  expect(stored()).not.toContain('sausage');
});

test('the search knows none of the words of a phrase that came in pieces', async () => {
  const words = PHRASE.split(' ');
  const first = await receive(words.slice(0, 6).join(' '), { origin: origin() });
  const found = (text: string): number => {
    using index = openSearchStore(join(station.folder, 'search.db'));
    return index.candidates(parseQuery(text), Number.MAX_SAFE_INTEGER, 10).length;
  };
  await until(() => found('winner') === 1, 'it is indexed');
  time.now += 1_000;
  channel.deliver(
    customerMail(clock, {
      text: words.slice(6).join(' '),
      origin: origin({ nativeKey: 'k2' }),
      thread: { tokens: [], ownKey: null, parentKeys: [] },
    }),
  );
  await until(() => !stored().includes('legal winner thank year'), 'it was taken out of the first');
  await until(() => found('redacted') > 0, 'it is indexed anew');
  expect(found('winner')).toBe(0);
  expect(first.caseId).not.toBeNull();
});

test('what agents write about a case holds no phrase: reasons, packets, promises', async () => {
  const { caseId, messageId } = await receive(`the verification code is ${CODE}`);
  await station.ask('guard.reveal', { opId: op(), messageId, reason: `is it ${PHRASE}?` });
  await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'add-label', label: 'password is Qw7!falter' } });
  expect(stored()).not.toMatch(/sausage|Qw7!falter/u);
  expect(stored()).toContain('is it ⟦redacted:recovery-phrase:12⟧?');
});

test('entries that were cut off and written anew are found', async () => {
  const { messageId } = await receive(`the verification code is ${CODE}`);
  const look = async (): Promise<unknown> => station.ask('guard.reveal', { opId: op(), messageId, reason: 'to see it' });
  await look();
  await look();
  await look();
  expect(await station.ask('audit.verify', {})).toMatchObject({ outcome: 'whole' });
  const { store } = station.engine;
  const kept = store.read((db) => db.all<Record<string, string | number | null>>('SELECT * FROM audit_log'));
  const last = Number(kept.at(-1)?.['number']);
  store.write((tx) => tx.run('DELETE FROM audit_log WHERE number > @after', { after: last - 2 }));
  time.now += 1_000;
  await look();
  await look();
  expect(await station.ask('audit.verify', {})).toEqual({ outcome: 'broken', at: last - 1 });
});

test('whoever may see a code does not see a phrase of the same message, wherever its case went', async () => {
  const phrase = await receive(`the code is 1234 and ${PHRASE}`);
  // as after a merge: nothing in the case tells of it
  station.engine.store.write((tx) => {
    tx.run(`UPDATE messages SET text = 'the verification code is ⟦redacted:one-time-code⟧' WHERE uid = @uid`, { uid: phrase.messageId });
    tx.run(`DELETE FROM events WHERE type = 'case.secretFound' AND json_extract(body, '$.messageId') = @uid`, { uid: phrase.messageId });
  });
  expect(await station.ask('guard.sealed', { messageId: phrase.messageId })).toMatchObject({ needsLead: true });
});

test('a shorter time to keep originals counts for those that are kept already', async () => {
  const { messageId } = await receive(`the verification code is ${CODE}`);
  expect((await station.ask('guard.sealed', { messageId }))?.keptUntil).not.toBeNull();
  await station.ask('guard.saveRetention', { opId: op(), hours: 0 });
  expect((await station.ask('guard.sealed', { messageId }))?.keptUntil).toBeNull();
  await station.ask('guard.saveRetention', { opId: op(), hours: 24 });
});

test('an address that the customer has not written waits for somebody who compared it, once', async () => {
  const theirs = '0x52908400098527886E0F7030069857D2E4169EE7';
  const other = '0x52908400098527886E0F7030069857D2E4169EE8';
  const { caseId } = await receive(`please pay to ${theirs}`);
  const reply = async (text: string, overrideReason?: string): Promise<string> => {
    const { draftId } = await station.ask('drafts.save', {
      opId: op(),
      caseId,
      kind: 'reply',
      text,
      to: [{ address: 'mei@customer.test', name: '' }],
      cc: [],
    });
    const given = { opId: op(), caseId, draftId, thenStatus: null };
    const answer = await station.call('cases.reply', overrideReason === undefined ? given : { ...given, overrideReason });
    return answer.ok ? 'sent' : answer.error.code;
  };
  expect(await reply(`We sent it to ${theirs.toLowerCase()}.`)).toBe('sent');
  expect(await reply(`Please send it to ${other}.`)).toBe('unconfirmed-address');
  expect(await reply(`Please send it to ${other}.`, 'Compared in the back office.')).toBe('sent');
  expect(await reply(`Once more: ${other}`)).toBe('sent');
  const { rows } = await station.ask('audit.list', { action: 'reply.overridden', from: null, to: null, before: null, limit: 10 });
  expect(rows.map(({ detail }) => detail)).toEqual(['unofficial-address (Ethereum): Compared in the back office.']);
  expect((await station.ask('guard.checkDraft', { caseId, text: `to ${other.replace('8', '9')}` })).map(({ code }) => code)).toEqual([
    'unofficial-address',
  ]);
});
