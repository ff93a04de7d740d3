import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNT, chatMessage } from './bot-talk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { HandChannel } from './hand-channel.ts';
import { introduce, op, startWorkstation, until } from './workstation.ts';
import { readPlaybook } from '../../src/main/engine/bot/playbook-file.ts';
import { registrableDomain } from '../../src/main/engine/guard/registrable-domain.ts';
import { loadSecretScanner } from '../../src/main/engine/guard/secret-scanner.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { nextDue } from '../../src/main/engine/store/outbox.store.ts';
import { createBot } from '../../src/main/engine/usecases/bot.ts';
import type { Bot } from '../../src/main/engine/usecases/bot.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import { createOutboundGuard, refusalOf } from '../../src/main/engine/usecases/outbound-guard.ts';
import type { OutboundGuard } from '../../src/main/engine/usecases/outbound-guard.ts';
import type { Playbook } from '../../src/shared/domain/bot/playbook.ts';
import { PHRASES } from '../../src/shared/domain/bot/phrases.ts';
import type { CaseEventBody, CaseState } from '../../src/shared/domain/case.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { instant, MINUTE_MS } from '../../src/shared/domain/time.ts';

/** What the guardrails stop of the bot's words when they are said; files are checked for much less. */

const FOLDER = join(import.meta.dirname, '../../resources/playbooks');
const EN = PHRASES['en'];
const ZH = PHRASES['zh-CN'];
if (EN === undefined || ZH === undefined) throw new Error('the bot has no words');
const ASKS = { en: 'Send me your recovery phrase.', 'zh-CN': '请把您的助记词发给我。' };

/** A playbook as it is after it was read: its second step says what a test wants. */
function playbookOf(second: Readonly<Record<string, string>>, change: Partial<Playbook> = {}): Playbook {
  const step = (say: Readonly<Record<string, string>>) => ({
    say,
    choices: [],
    keep: 'happened' as const,
    find: null,
    go: { kind: 'step' as const, step: 'two' },
  });
  return {
    id: 'general',
    name: { en: 'General', 'zh-CN': '一般' },
    languages: ['en', 'zh-CN'],
    otherLanguages: 'hand-over',
    patience: 2,
    greeting: { en: 'Hello.', 'zh-CN': '您好。' },
    phrases: {},
    start: 'one',
    steps: { one: step({ en: 'What happened?', 'zh-CN': '发生了什么？' }), two: step(second) },
    ...change,
  };
}

let desk: Desk & { readonly bot: Bot };
let playbook: Playbook;
let outbound: OutboundGuard;
const logged: string[] = [];

beforeEach(async () => {
  playbook = playbookOf(ASKS);
  logged.length = 0;
  const scanner = await loadSecretScanner();
  outbound = createOutboundGuard({ scanner: () => scanner, registrableDomain });
  const opened = openDesk();
  opened.store.write((tx) => saveAccount(tx, ACCOUNT));
  const { ledger, clock, store } = opened;
  const bot = createBot({
    ledger,
    clock,
    store,
    book: coverageParts(clock).book,
    log: (_level, message) => logged.push(message),
    playbooks: () => ({ book: new Map([[playbook.id, playbook]]) }),
    guard: { outbound: (...asked) => outbound(...asked) },
  });
  desk = Object.assign(opened, { bot });
});
afterEach(() => desk[Symbol.dispose]());

async function say(text: string): Promise<void> {
  desk.time.now += MINUTE_MS;
  const message = chatMessage(desk.clock, text);
  await ingestBatch(
    desk,
    ACCOUNT,
    { events: [{ kind: 'message', message, remoteRef: `chat/${message.nativeKey}` }], cursor: '', more: false, backfill: null },
    ACCOUNT.uid,
  );
}
const words = (): { readonly state: string; readonly text: string }[] =>
  desk.store.read((db) => db.all("SELECT o.state, o.payload ->> '$.text' AS text FROM outbox o ORDER BY o.id"));
const ends = (): Partial<CaseEventBody>[] =>
  desk.store
    .read((db) => db.all<{ body: string }>("SELECT body FROM events WHERE type = 'case.botEnded' ORDER BY local_id"))
    .map(({ body }) => JSON.parse(body) as Partial<CaseEventBody>);
function state(): CaseState | null {
  const uid = desk.store.read((db) => db.get<{ uid: string }>('SELECT uid FROM cases'))?.uid ?? '';
  return desk.store.read((db) => desk.ledger.fold(db, makeId('case', uid.slice('case_'.length))));
}
/** What leaves now of what is queued; null when it was dropped. */
function leaving(): string | null {
  const due = desk.store.read((db) => nextDue(db, ACCOUNT.uid, desk.clock.now(), 0));
  return due === undefined ? null : desk.store.write((tx) => desk.bot.prepare(tx, due)?.entry.payload.text ?? null);
}

test.each([
  ['en', 'hi', 'it broke', EN],
  ['zh-CN', '你好，我有一个问题', '我的账户出了问题', ZH],
])('a step that asks for a secret is never said, and a person has the conversation (%s)', async (_language, hello, answer, phrases) => {
  await say(hello);
  expect(ends()).toEqual([]);
  await say(answer);
  expect(words()).toHaveLength(2);
  expect(words().some(({ text }) => text.includes(ASKS.en) || text.includes(ASKS['zh-CN']))).toBe(false);
  expect(words()[1]?.text).toContain(phrases.stuck.split('{sentence}')[0]);
  expect(ends()).toMatchObject([{ reason: 'stuck', refused: 'asks-for-secret' }]);
  expect(state()).toMatchObject({ bot: null, status: 'open' });
  expect(logged).toContain('the guardrails stopped what the bot was to say');
});

test('what can be pressed below it is said, too', async () => {
  const two = playbook.steps['two'];
  if (two === undefined) throw new Error('no step');
  const choice = { label: { en: 'Type your recovery phrase here', 'zh-CN': '在此输入助记词' }, also: {}, go: { kind: 'solved' as const } };
  playbook = playbookOf({ en: 'How?', 'zh-CN': '怎么做？' });
  playbook = {
    ...playbook,
    steps: { ...playbook.steps, two: { ...two, say: { en: 'How?', 'zh-CN': '怎么做？' }, keep: null, go: null, choices: [choice] } },
  };
  await say('hi');
  await say('it broke');
  expect(ends()).toMatchObject([{ reason: 'stuck', refused: 'asks-for-secret' }]);
});

test('phrases of a playbook that ask for a secret are not said at the end either', async () => {
  playbook = playbookOf(ASKS, { phrases: { en: { ...EN, stuck: ASKS.en, asked: ASKS.en } } });
  await say('hi');
  await say('it broke');
  expect(words()[1]?.text).toContain(EN.stuck.split('{sentence}')[0]);
});

test('nothing is said when a playbook brings the words of a time, too', async () => {
  playbook = playbookOf(ASKS, { phrases: { en: { ...EN, speaking: ASKS.en, reading: ASKS.en, untimed: ASKS.en } } });
  await say('hi');
  await say('it broke');
  expect(words()).toHaveLength(1);
  expect(ends()).toMatchObject([{ reason: 'stuck', refused: 'asks-for-secret' }]);
  expect(state()).toMatchObject({ bot: null });
});

test('a wish for a person stays one', async () => {
  playbook = playbookOf(ASKS, { phrases: { en: { ...EN, asked: ASKS.en } } });
  await say('hi');
  await say('give me a human');
  await say('a human please');
  expect(ends()).toMatchObject([{ reason: 'asked', refused: 'asks-for-secret' }]);
  expect(words().at(-1)?.text).toContain(EN.asked.split('{sentence}')[0]);
});

test('rules that came while it was waiting to leave stop it', async () => {
  playbook = playbookOf({ en: 'Look at https://rneridian.test/help', 'zh-CN': '请查看 https://rneridian.test/help' });
  await say('hi');
  expect(leaving()).toContain('What happened?');
  desk.store.write((tx) => tx.run("UPDATE outbox SET state = 'sent'"));
  await say('it broke');
  expect(words().at(-1)?.text).toContain('rneridian');
  const before = outbound;
  outbound = (db, text, caseUid) =>
    text.includes('rneridian')
      ? [{ code: 'look-alike-domain', severity: 'block', from: 0, to: 1, detail: 'meridian.test' }]
      : before(db, text, caseUid);
  expect(leaving()).toBeNull();
  expect(words().map((each) => each.state)).toEqual(['sent', 'cancelled']);
  expect(ends()).toMatchObject([{ reason: 'stuck', refused: 'unofficial-link' }]);
  expect(state()).toMatchObject({ bot: null });
});

test('the last words, too, and the record says why', async () => {
  await say('hi');
  await say('give me a human');
  await say('a human please');
  desk.store.write((tx) => tx.run("UPDATE outbox SET state = 'sent' WHERE id <> (SELECT max(id) FROM outbox)"));
  outbound = () => [{ code: 'asks-for-secret', severity: 'block', from: 0, to: 1, detail: '' }];
  expect(leaving()).toBeNull();
  expect(words().at(-1)?.state).toBe('cancelled');
  expect(ends()).toMatchObject([{ reason: 'asked' }, { reason: 'stuck', refused: 'asks-for-secret' }]);
});

test('all that the playbooks of Meridian say may be said', () => {
  const refused: string[] = [];
  for (const name of readdirSync(FOLDER)) {
    const read = readPlaybook(name, readFileSync(join(FOLDER, name), 'utf8'));
    if (!read.ok) throw new Error(name);
    const { languages, greeting, steps } = read.playbook;
    for (const language of languages) {
      for (const { say: said, choices } of Object.values(steps)) {
        const text = [greeting[language], said[language], ...choices.map(({ label }) => label[language])].join('\n');
        if (desk.store.read((db) => refusalOf(outbound(db, text, makeId('case', 'none')))) !== null) refused.push(text);
      }
    }
  }
  for (const phrases of Object.values(PHRASES)) {
    const text = Object.values(phrases).flat().join('\n');
    if (desk.store.read((db) => refusalOf(outbound(db, text, makeId('case', 'none')))) !== null) refused.push(text);
  }
  expect(refused).toEqual([]);
});

test('a whole engine judges the bot by the list of who we are as it is by then', async () => {
  let nowMs = Date.UTC(2026, 10, 25, 9);
  const clock = { now: () => instant(nowMs) };
  const channel = new HandChannel(clock);
  const folder = mkdtempSync(join(tmpdir(), 'meridian-playbooks-'));
  writeFileSync(
    join(folder, 'general.yaml'),
    `name: { en: General }
languages: [en]
otherLanguages: en
patience: 2
greeting: { en: Hello. }
start: one
steps:
  one:
    say: { en: What happened? }
    keep: happened
    go: two
  two:
    say: { en: 'Look at https://rneridian-desk.com/help' }
    keep: happened
    go: hand-over
`,
  );
  await using station = await startWorkstation({
    clock,
    playbookFolder: folder,
    secrets: new Map([[`account:${ACCOUNT.uid}`, 'key']]),
    createConnector: () => channel.connector(),
    prepare: async ({ store }) => Promise.resolve(store.write((tx) => saveAccount(tx, ACCOUNT))),
  });
  await introduce(station);
  await station.ask('guard.saveRegistry', { opId: op(), registry: { brands: ['Meridian'], domains: ['meridian-desk.com'], accounts: [] } });
  channel.deliver(chatMessage(clock, 'hi'));
  await until(() => channel.sent.length === 1, 'the bot answers');
  nowMs += MINUTE_MS;
  channel.deliver(chatMessage(clock, 'it broke'));
  await until(() => channel.sent.length === 2, 'the bot lets go');
  expect(channel.sent.some(({ text }) => text.includes('rneridian'))).toBe(false);
  const [row] = (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 5 })).rows;
  const timeline = row === undefined ? [] : await station.ask('cases.timeline', { caseId: row.caseId });
  const bodies = timeline.flatMap((item) => (item.kind === 'event' ? [item.body] : []));
  expect(bodies.filter(({ type }) => type === 'case.botEnded')).toMatchObject([{ reason: 'stuck', refused: 'unofficial-link' }]);
  rmSync(folder, { recursive: true });
});
