import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNT, chatMessage } from './bot-talk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { readPlaybook } from '../../src/main/engine/bot/playbook-file.ts';
import type { ChannelEvent } from '../../src/main/engine/channels/connector.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { changeOutbox, nextDue } from '../../src/main/engine/store/outbox.store.ts';
import { createBot } from '../../src/main/engine/usecases/bot.ts';
import type { Bot } from '../../src/main/engine/usecases/bot.ts';
import { applyInternal } from '../../src/main/engine/usecases/apply-action.ts';
import { letSilentGo } from '../../src/main/engine/usecases/bot-commands.ts';
import { coverageParts } from '../../src/main/engine/usecases/coverage-parts.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { Playbook } from '../../src/shared/domain/bot/playbook.ts';
import { PHRASES } from '../../src/shared/domain/bot/phrases.ts';
import type { CaseState } from '../../src/shared/domain/case.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../src/shared/domain/time.ts';

/** What happens to the bot at the edges: what is changed, late, many, or goes wrong. One desk, no timers. */

const FOLDER = join(import.meta.dirname, '../../resources/playbooks');
const EN = PHRASES['en'];
if (EN === undefined) throw new Error('the bot has no words');
const BUILT_IN = new Map<string, Playbook>(
  readdirSync(FOLDER).flatMap((name) => {
    const read = readPlaybook(name, readFileSync(join(FOLDER, name), 'utf8'));
    return read.ok ? [[read.playbook.id, read.playbook] as const] : [];
  }),
);

let desk: Desk & { readonly bot: Bot };
let book: ReadonlyMap<string, Playbook> = BUILT_IN;
const logged: string[] = [];

beforeEach(() => {
  book = BUILT_IN;
  logged.length = 0;
  const opened = openDesk();
  opened.store.write((tx) => saveAccount(tx, ACCOUNT));
  const { ledger, clock, store } = opened;
  const bot = createBot({
    ledger,
    clock,
    store,
    book: coverageParts(clock).book,
    log: (_level, message) => logged.push(message),
    playbooks: () => ({ book }),
  });
  desk = Object.assign(opened, { bot });
});
afterEach(() => desk[Symbol.dispose]());

const chat = (text: string, change: Partial<NormalizedMessage> = {}): NormalizedMessage => chatMessage(desk.clock, text, change);
const refOf = ({ nativeKey }: NormalizedMessage): string => `chat/${nativeKey}`;
async function fetchAll(...events: readonly ChannelEvent[]): Promise<void> {
  await ingestBatch(desk, ACCOUNT, { events, cursor: '', more: false, backfill: null }, ACCOUNT.uid);
}
async function say(text: string, change: Partial<NormalizedMessage> = {}): Promise<NormalizedMessage> {
  desk.time.now += MINUTE_MS;
  const message = chat(text, change);
  await fetchAll({ kind: 'message', message, remoteRef: refOf(message) });
  return message;
}
interface Word {
  readonly state: string;
  readonly text: string;
}
const words = (): Word[] =>
  desk.store.read((db) => db.all<Word>("SELECT o.state, o.payload ->> '$.text' AS text FROM outbox o ORDER BY o.id"));
const caseId = (): CaseId => desk.store.read((db) => db.get<{ uid: CaseId }>('SELECT uid FROM cases'))?.uid ?? makeId('case', 'none');
const stateOf = (): CaseState | null => desk.store.read((db) => desk.ledger.fold(db, caseId()));
const reasons = (): string[] =>
  desk.store
    .read((db) =>
      db.all<{ reason: string }>("SELECT body ->> '$.reason' AS reason FROM events WHERE type = 'case.botEnded' ORDER BY local_id"),
    )
    .map(({ reason }) => reason);

describe('a message that the bot has used is changed', () => {
  const edit = async (message: NormalizedMessage, text: string): Promise<void> => {
    desk.time.now += SECOND_MS;
    await fetchAll({ kind: 'edited', remoteRef: refOf(message), text, at: desk.clock.now() });
  };

  test('into danger or a wish: a person has it at once, and no word of the bot follows', async () => {
    const first = await say('hi');
    await edit(first, 'hi, my account was hacked');
    expect(reasons()).toEqual(['risk']);
    expect(stateOf()).toMatchObject({ bot: null, priority: 'high' });
    expect(words().map(({ state }) => state)).toEqual(['cancelled']);
    // told once, however often the channel tells it
    await edit(first, 'hi, my account was hacked!!');
    expect(reasons()).toEqual(['risk']);
  });

  test('into something else: it stays as it was answered', async () => {
    const first = await say('hi');
    await edit(first, 'hello');
    expect([reasons(), words().length]).toEqual([[], 1]);
    await edit(first, 'give me a human');
    expect(reasons()).toEqual(['asked']);
  });
});

describe('a message that comes late', () => {
  test('from before what was answered: danger in it is seen all the same', async () => {
    await say('hi');
    await say('Something else');
    const late = instant(desk.clock.now() - 30 * SECOND_MS);
    await say('someone logged into my account', { receivedAt: late, sentAt: late });
    expect(reasons()).toEqual(['risk']);
  });

  test('right after the bot was given the conversation back, by a clock that is behind: it is answered', async () => {
    await say('hi');
    const op = (name: string) => ({ opId: makeId('op', name), caseIds: [caseId()] });
    applyInternal(desk, op('take'), 'take', () => ({ kind: 'take-from-bot', at: desk.clock.now() }));
    desk.time.now += MINUTE_MS;
    applyInternal(desk, op('give'), 'give', () => ({ kind: 'give-to-bot', playbook: 'general', at: desk.clock.now() }));
    const before = words().length;
    const behind = instant(desk.clock.now() - 10 * SECOND_MS);
    desk.time.now += 5 * SECOND_MS;
    const message = chat('are you still there', { receivedAt: behind, sentAt: behind });
    await fetchAll({ kind: 'message', message, remoteRef: refOf(message) });
    expect(words().length).toBe(before + 1);
    expect(words().at(-1)?.text).toContain('What is it about?');
  });
});

describe('nothing of the bot’s', () => {
  test('loses a message: what goes wrong in it is a person’s', async () => {
    const broken = {
      ...BUILT_IN.get('general'),
      get steps(): never {
        throw new Error('broken');
      },
    } as unknown as Playbook;
    book = new Map([['general', broken]]);
    await say('hi');
    expect(stateOf()).toMatchObject({ bot: null, messageCount: 1 });
    expect(logged).toContain('the bot failed, and a person has the conversation');
    expect(desk.store.read((db) => db.all('SELECT 1 FROM quarantine'))).toEqual([]);
  });

  test('overtakes what it said before', async () => {
    await say('hi');
    // the first word has to wait for another attempt
    desk.store.write((tx) => {
      const entry = nextDue(tx, ACCOUNT.uid, desk.clock.now());
      if (entry !== undefined)
        changeOutbox(tx, entry.uid, { state: 'queued', at: desk.clock.now(), nextAttemptAt: instant(desk.clock.now() + 5 * MINUTE_MS) });
    });
    await say('A withdrawal takes too long');
    expect(words()).toHaveLength(2);
    expect(desk.store.read((db) => nextDue(db, ACCOUNT.uid, desk.clock.now()))).toBeUndefined();
    const later = instant(desk.clock.now() + 10 * MINUTE_MS);
    expect(desk.store.read((db) => nextDue(db, ACCOUNT.uid, later))?.payload.text).toContain('What is it about?');
  });

  test('goes on with somebody who floods it, nor costs much', async () => {
    const begun = performance.now();
    const events = Array.from({ length: 200 }, (_each, index): ChannelEvent => {
      desk.time.now += 100;
      const message = chat(`${String(index)} ${'where is it '.repeat(80)}`);
      return { kind: 'message', message, remoteRef: refOf(message) };
    });
    await fetchAll(...events);
    const queued = words().filter(({ state }) => state === 'queued');
    expect(queued.length).toBeLessThanOrEqual(2);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

describe('who was offered a person and waits', () => {
  const later = (ms: number) => desk.store.write((tx) => letSilentGo(desk, tx, instant(desk.clock.now() + ms), () => book));

  test('has one after some minutes, because that is what they asked for', async () => {
    await say('agent please');
    expect(words().at(-1)?.text).toContain('Shall I pass you on now');
    later(4 * MINUTE_MS);
    expect(reasons()).toEqual([]);
    later(5 * MINUTE_MS);
    later(5 * MINUTE_MS);
    expect(reasons()).toEqual(['asked']);
    expect(stateOf()?.bot).toBeNull();
  });

  test('who was asked something else has time', async () => {
    await say('hi');
    later(HOUR_MS);
    expect(reasons()).toEqual([]);
  });
});
