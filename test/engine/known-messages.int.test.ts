import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNT, chatMessage } from './bot-talk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import type { ChannelEvent } from '../../src/main/engine/channels/connector.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import { linkToldRef } from '../../src/main/engine/store/remote-refs.store.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import { knownMessages } from '../../src/main/engine/usecases/known-messages.ts';
import type { KnownMessages } from '../../src/main/engine/channels/connector.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';

/** What whoever holds an account next knows of the messages before. */

let desk: Desk;
let known: KnownMessages;
const logged: string[] = [];
beforeEach(() => {
  desk = openDesk();
  desk.store.write((tx) => saveAccount(tx, ACCOUNT));
  known = knownMessages(desk.store, ACCOUNT.uid, (_level, message) => logged.push(message));
});
afterEach(() => desk[Symbol.dispose]());

async function take(...events: readonly ChannelEvent[]): Promise<void> {
  await ingestBatch(desk, ACCOUNT, { events, cursor: '', more: false, backfill: null }, ACCOUNT.uid);
}
function inGroup(nativeKey: string, conversation: string): NormalizedMessage {
  const author = { nativeId: '7', handle: null, verification: 'platform', facts: {} } as const;
  const origin = { conversation, nativeKey, author, isPrivate: false };
  return chatMessage(desk.clock, `said in ${nativeKey}`, {
    nativeKey,
    thread: { tokens: [], ownKey: null, parentKeys: [`conv:${conversation}`] },
    origin,
  });
}
const textOf = (nativeKey: string): string | undefined =>
  desk.store.read((db) => db.get<{ text: string }>("SELECT text FROM messages WHERE origin ->> '$.nativeKey' = @nativeKey", { nativeKey }))
    ?.text;

test('a message that another workstation fetched is known by its own key: its conversation, and what it says by now', async () => {
  await take({ kind: 'message', message: inGroup('-100/5', 'g:-100:0:7'), remoteRef: '-100/5' });
  desk.store.write((tx) => tx.run('DELETE FROM remote_refs'));
  expect(known.conversationOf('-100/5')).toBe('g:-100:0:7');
  expect(known.conversationOf('-100/6')).toBeNull();
  desk.time.now += 1_000;
  await take({ kind: 'edited', remoteRef: '-100/5', text: 'better', at: desk.clock.now() });
  expect(textOf('-100/5')).toBe('better');
});

test('a chat is known by any message that is told of it, and only by its whole number', async () => {
  await take({ kind: 'message', message: inGroup('-1001/5', 'g:-100:0:7'), remoteRef: '-1001/5' });
  expect(known.conversationBelow('-1001/')).toBe('g:-100:0:7');
  expect([known.conversationBelow('-100/'), known.conversationBelow('-10/'), known.conversationBelow('-1001/5/')]).toEqual([
    null,
    null,
    null,
  ]);
});

test('what is told takes the place of nothing that was seen here', async () => {
  const others = ['-100/5', '-100/6'].map((ref, index) => ({
    kind: 'message' as const,
    message: inGroup(ref, `g:-100:0:${String(index)}`),
    remoteRef: ref,
  }));
  await take(...others);
  const second =
    desk.store.read((db) => db.get<{ id: number }>("SELECT id FROM messages WHERE origin ->> '$.nativeKey' = '-100/6'"))?.id ?? 0;
  desk.store.write((tx) => {
    linkToldRef(tx, ACCOUNT.uid, '-100/5', second);
    linkToldRef(tx, ACCOUNT.uid, '-100/9', second);
  });
  expect([known.conversationOf('-100/5'), known.conversationOf('-100/9')]).toEqual(['g:-100:0:0', 'g:-100:0:1']);
});

test('what can not be looked up is nobody’s, and no reason to pass a message over', () => {
  desk.store.write((tx) => tx.run('ALTER TABLE remote_refs RENAME TO gone'));
  expect([known.conversationOf('-100/5'), known.conversationBelow('-100/')]).toEqual([null, null]);
  expect(logged).toHaveLength(2);
});
