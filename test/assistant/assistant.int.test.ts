import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startFakeCompletions } from './fake-completions.ts';
import type { FakeCompletions } from './fake-completions.ts';
import { arrive } from '../engine/arriving.ts';
import { introduce, op, startWorkstation, until } from '../engine/workstation.ts';
import type { Workstation } from '../engine/workstation.ts';
import { complete } from '../../src/main/engine/assistant/chat-completions.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.UTC(2026, 10, 25, 9)) };
let station: Workstation;
let fake: FakeCompletions;
let caseId: CaseId;

beforeAll(async () => {
  fake = await startFakeCompletions();
  station = await startWorkstation({ clock });
  await introduce(station);
  caseId = await arrive(station, clock, 'Wo ist mein Geld?', {
    language: 'de',
    text: 'Mein Geld ist nicht da. Meine Kreditkarte (card number) ist 4929 1827 3645 9013. Password: Sommer!2024xK',
  });
});
afterAll(async () => {
  await station[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});
beforeEach(async () => {
  const settings = { isOn: true, address: fake.address, model: fake.model };
  await station.ask('assistant.save', { opId: op(), settings, key: fake.key });
});
afterEach(() => {
  fake.next = null;
  fake.asked.length = 0;
});

const suggest = async () => station.call('drafts.suggest', { opId: op(), caseId });

test('is off until somebody switches it on with an address, a model and a key', async () => {
  const fresh = await startWorkstation({ clock });
  await introduce(fresh);
  expect(await fresh.ask('assistant.get', {})).toEqual({
    settings: { isOn: false, address: '', model: '' },
    hasKey: false,
    canChange: true,
  });
  expect(await fresh.call('drafts.suggest', { opId: op(), caseId })).toMatchObject({ error: { code: 'assistant-off' } });
  const save = async (settings: { isOn: boolean; address: string; model: string }) =>
    fresh.call('assistant.save', { opId: op(), settings, key: null });
  expect(await save({ isOn: true, address: '', model: '' })).toMatchObject({ error: { code: 'incomplete' } });
  expect(await save({ isOn: true, address: fake.address, model: 'm' })).toMatchObject({ error: { code: 'key-missing' } });
  // in the clear only to this machine
  expect(await save({ isOn: true, address: 'http://api.example.com/v1', model: 'm' })).toMatchObject({ error: { code: 'invalid' } });
  expect(fake.asked).toEqual([]);
  await fresh[Symbol.asyncDispose]();
});

test('what leaves is the conversation without secrets, in the customer’s language, and what comes is only handed over', async () => {
  const answer = await suggest();
  expect(answer).toMatchObject({ ok: true, value: { text: fake.reply, redacted: 2 } });
  const [asked] = fake.asked;
  expect(asked?.raw).not.toMatch(/4929 |Sommer/u);
  expect(asked?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(asked?.messages[0]?.content).toContain('(de)');
  expect(asked?.messages[1]?.content).toMatch(/^Mein Geld ist nicht da\. .*⟦redacted:card-number⟧/u);
  expect(asked?.raw).not.toContain('mei@customer.test');
  // neither sent nor stored
  expect(await station.ask('outbox.list', {})).toEqual([]);
  expect(await station.ask('drafts.get', { caseId, kind: 'reply' })).toBeNull();
  expect((await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'message')).toHaveLength(1);
});

test('a secret over the border of what leaves, and addresses that a mail quotes, stay here', async () => {
  const long = await arrive(station, clock, 'Long', {
    language: 'en',
    text: `Reply to kofi.b@private.test please. ${'I wait. '.repeat(494)} card number 4929 1827 3645 9013 and so on`,
  });
  expect(await station.call('drafts.suggest', { opId: op(), caseId: long })).toMatchObject({ ok: true });
  expect(fake.asked[0]?.raw).not.toMatch(/4929|kofi/u);
  expect(fake.asked[0]?.messages[1]?.content).toContain('Reply to ⟦address⟧ please');
});

test('who gives it up before anything has left keeps it here', async () => {
  const waiting = suggest();
  await station.ask('drafts.stopSuggesting', { opId: op(), caseId });
  expect(await waiting).toMatchObject({ error: { code: 'cancelled' } });
  expect(fake.asked).toEqual([]);
});

test('the key of one service does not go to another', async () => {
  const elsewhere = { isOn: true, address: 'https://other.example/v1', model: fake.model };
  expect(await station.call('assistant.save', { opId: op(), settings: elsewhere, key: null })).toMatchObject({
    error: { code: 'key-missing' },
  });
  const sameHost = { isOn: true, address: `${fake.address}/`, model: 'another' };
  expect(await station.call('assistant.save', { opId: op(), settings: sameHost, key: null })).toMatchObject({ ok: true });
  expect(await station.call('assistant.save', { opId: op(), settings: elsewhere, key: 'sk-new' })).toMatchObject({ ok: true });
});

test.each([
  [401, 'wrong-key'],
  [404, 'unknown-model'],
  [429, 'rate-limited'],
  [500, 'service-error'],
  // the key goes nowhere else
  [302, 'unreachable'],
])('an answer of %i is told as %s', async (status, code) => {
  fake.next = { status };
  expect(await suggest()).toMatchObject({ ok: false, error: { code } });
});

test('no key is told with what the service says of it, and an answer without text is none', async () => {
  const service = { address: fake.address, model: fake.model, key: 'sk-wrong-key-123456' };
  const refused = await complete(service, [{ role: 'user', content: 'hi' }], new AbortController().signal);
  expect(refused).toMatchObject({ ok: false, code: 'wrong-key' });
  expect(JSON.stringify(refused)).not.toContain('wrong-key-123456');
  for (const body of ['not JSON', '{}', '{"choices":[{"message":{"content":" "}}]}', `"${'x'.repeat(1_100_000)}"`]) {
    fake.next = { body };
    expect(await suggest()).toMatchObject({ error: { code: 'bad-answer' } });
  }
});

test('waiting ends by a deadline, and when the person gives it up', async () => {
  fake.next = { isSilent: true };
  const service = { address: fake.address, model: fake.model, key: fake.key };
  expect(await complete(service, [{ role: 'user', content: 'hi' }], new AbortController().signal, 50)).toMatchObject({ code: 'timeout' });
  const waiting = suggest();
  await until(() => fake.asked.length === 2, 'it waits');
  await station.ask('drafts.stopSuggesting', { opId: op(), caseId });
  expect(await waiting).toMatchObject({ error: { code: 'cancelled' } });
  const closed = { ...service, address: 'http://127.0.0.1:9/v1' };
  expect(await complete(closed, [{ role: 'user', content: 'hi' }], new AbortController().signal)).toMatchObject({ code: 'unreachable' });
});
