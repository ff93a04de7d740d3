import { expect, test, vi } from 'vitest';
import { MemoryStore } from '../../../resources/widget/src/chat-store.ts';
import type { ChatView } from '../../../resources/widget/src/chat-session.ts';
import type { FromTeam } from '../../../src/shared/domain/chat/chat-wire.ts';
import { PIECE_BYTES } from '../../../src/shared/domain/chat/chat-wire.ts';
import { FakeTabs, openTab } from './widget-line.ts';

type TeamMessage = Extract<FromTeam, { readonly t: 'message' }>;

function teamMessage(id: string, text: string, at = Date.now()): TeamMessage {
  return { t: 'message', id: `message-${id}`, at, author: { kind: 'agent', name: 'Mei' }, text, options: [], files: [] };
}

function texts({ items }: ChatView): string[] {
  return items.map(({ side, text }) => `${side === 'team' ? '<' : '>'} ${text}`);
}

function deliveries({ items }: ChatView): string[] {
  return items.flatMap((item) => (item.side === 'visitor' ? [item.delivery] : []));
}

test('nothing is stored and nobody is told of a visitor who never opened it', async () => {
  const store = new MemoryStore();
  const { session, line } = await openTab(store);
  await session.resume();
  expect([line.state, await store.hasKeys()]).toEqual(['idle', false]);
});

test('what is written without a connection waits, and leaves in its order when it is back', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  for (const text of ['one', 'two', 'three']) await session.send(text, []);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  expect(deliveries(view())).toEqual(['waiting', 'waiting', 'waiting']);
  line.become('online');
  await vi.waitFor(() => expect(deliveries(view())).toEqual(['sent', 'sent', 'sent']));
  expect(line.stored.map((said) => (said.t === 'message' ? said.text : said.t))).toEqual(['hello', 'one', 'two', 'three']);
});

test('who writes while the connection is lost has it tried at once, from any tab; a hub that refuses is left in peace', async () => {
  const [store, tabs] = [new MemoryStore(), new FakeTabs()];
  const first = await openTab(store, tabs.open());
  const second = await openTab(store, tabs.open());
  await first.session.send('one', []);
  await vi.waitFor(() => expect(first.line.state).toBe('connecting'));
  expect(first.line.nudges).toBe(0);
  first.line.become('offline');
  await first.session.send('two', []);
  expect(first.line.nudges).toBe(1);
  await second.session.send('three', []);
  await vi.waitFor(() => expect(first.line.nudges).toBe(2));
  first.line.become('refused');
  await first.session.send('four', []);
  expect(first.line.nudges).toBe(2);
});

test('a lost acknowledgement: it is sent again under the same id, and the hub has it once', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  let losses = 1;
  line.fate = (said) => (said.t === 'message' && losses-- > 0 ? 'ack-lost' : null);
  await session.send('once', []);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(line.of('message')).toHaveLength(1));
  expect(deliveries(view())).toEqual(['waiting']);
  line.become('offline');
  line.become('online');
  await vi.waitFor(() => expect(deliveries(view())).toEqual(['sent']));
  expect(line.of('message')).toHaveLength(1);
  expect([...line.attempts.values()].toSorted((a, b) => a - b)).toEqual([1, 1, 2]);
});

test('what the hub refuses for good does not hold up the rest, and can be taken back', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  line.fate = (said) => (said.t === 'message' && said.text === 'bad' ? 'refused' : null);
  await session.send('bad', []);
  await session.send('good', []);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(deliveries(view())).toEqual(['waiting', 'sent']));
  const [refused] = view().items;
  expect(refused).toMatchObject({ text: 'bad', isRefused: true });
  await session.withdraw(refused?.id ?? '');
  expect(texts(view())).toEqual(['> good']);
});

test('a reload forgets nothing: what waited goes out, and the hello names the newest message', async () => {
  const store = new MemoryStore();
  const first = await openTab(store);
  first.session.activate();
  await vi.waitFor(() => expect(first.line.state).toBe('connecting'));
  first.line.become('online');
  await vi.waitFor(() => expect(first.line.of('hello')).toHaveLength(1));
  await first.line.tell(teamMessage('1', 'hello there'));
  await vi.waitFor(() => expect(first.view().items).toHaveLength(1));
  first.line.become('offline');
  await first.session.send('written offline', []);
  const visitor = first.line.visitor?.name;

  const { session, line, view } = await openTab(store);
  await session.resume();
  expect(texts(view())).toEqual(['< hello there', '> written offline']);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(deliveries(view())).toEqual(['sent']));
  expect(line.of('hello').map(({ last }) => last)).toEqual(['message-1']);
  expect(line.visitor?.name).toBe(visitor);
});

test('a message that comes twice, live and among the missed, is shown once', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  await session.send('help', []);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(line.of('message')).toHaveLength(1));
  await line.tell(teamMessage('2', 'second'));
  await line.tell({ t: 'missed', messages: [teamMessage('2', 'second'), teamMessage('3', 'third')] });
  await line.tell(teamMessage('3', 'third'));
  await line.tell(teamMessage('4', 'fourth'));
  // a repeat moves nothing
  await line.tell(teamMessage('2', 'second'));
  await line.tell({ t: 'state', with: 'agent', name: 'Mei', backAt: null, isOffline: false });
  await vi.waitFor(() => expect(view().live.team).not.toBeNull());
  expect(texts(view())).toEqual(['> help', '< second', '< third', '< fourth']);
  expect(view().unread).toBe(3);
});

test('what was missed stands where it was said, before what was written since', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  session.activate();
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(line.of('hello')).toHaveLength(1));
  line.become('offline');
  await session.send('are you there?', []);
  line.become('online');
  await line.tell({ t: 'missed', messages: [teamMessage('5', 'a minute ago', Date.now() - 60_000)] });
  await vi.waitFor(() => expect(texts(view())).toEqual(['< a minute ago', '> are you there?']));
});

test('receipts count for all before, and never go back', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  for (const text of ['one', 'two', 'three']) await session.send(text, []);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(line.of('message')).toHaveLength(3));
  const ids = line.of('message').map(({ id }) => id);
  await line.tell({ t: 'got', upTo: ids[1] ?? '', isRead: true });
  await vi.waitFor(() => expect(deliveries(view())).toEqual(['read', 'read', 'sent']));
  await line.tell({ t: 'got', upTo: ids[2] ?? '', isRead: false });
  await vi.waitFor(() => expect(deliveries(view())).toEqual(['read', 'read', 'received']));
});

test('only the newest of several read marks is sent, and none twice', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  session.activate();
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(line.of('hello')).toHaveLength(1));
  await line.tell(teamMessage('6', 'a'));
  await vi.waitFor(() => expect(view().unread).toBe(1));
  await session.markRead();
  await session.markRead();
  await vi.waitFor(() => expect(line.of('read')).toHaveLength(1));
  await line.tell(teamMessage('7', 'b'));
  await vi.waitFor(() => expect(view().unread).toBe(1));
  line.become('offline');
  await session.markRead();
  expect(view().unread).toBe(0);
  await session.send('more', []);
  line.become('online');
  await vi.waitFor(() => expect(line.of('read').map(({ upTo }) => upTo)).toEqual(['message-6', 'message-7']));
});

test('two tabs: one has the connection, both show all, nothing is sent twice; when it closes the other takes over', async () => {
  const [store, browser] = [new MemoryStore(), new FakeTabs()];
  const [firstTab, secondTab] = [browser.open(), browser.open()];
  const first = await openTab(store, firstTab);
  const second = await openTab(store, secondTab);
  first.session.activate();
  second.session.activate();
  await vi.waitFor(() => expect(first.line.state).toBe('connecting'));
  first.line.become('online');
  await vi.waitFor(() => expect(second.view().live.hub).toBe('online'));
  expect(second.line.state).toBe('idle');

  await second.session.send('from the second', []);
  await vi.waitFor(() => expect(deliveries(second.view())).toEqual(['sent']));
  expect(texts(first.view())).toEqual(['> from the second']);
  await first.line.tell(teamMessage('8', 'to both'));
  await vi.waitFor(() => expect(texts(second.view())).toEqual(['> from the second', '< to both']));

  firstTab.close();
  first.line.become('offline');
  await vi.waitFor(() => expect(second.line.state).toBe('connecting'));
  await second.session.send('after it', []);
  second.line.become('online');
  await vi.waitFor(() => expect(second.line.of('message').map(({ text }) => text)).toEqual(['after it']));
  expect(second.line.of('hello').map(({ last }) => last)).toEqual(['message-8']);
});

test('a file goes in pieces before its message; after a break it goes on where it was', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  const bytes = new Uint8Array(PIECE_BYTES * 9 + 11).map((_, at) => at % 251);
  let breaks = 0;
  line.fate = (said) => (said.t === 'piece' && said.index === 6 && breaks++ === 0 ? 'offline' : null);
  await session.send('see this', [{ name: 'shot.png', type: 'image/png', bytes }]);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(breaks).toBe(1));
  expect(view().items[0]).toMatchObject({ progress: { done: 4, all: 10 } });
  expect(line.of('message')).toHaveLength(0);
  line.become('offline');
  line.become('online');
  await vi.waitFor(() => expect(deliveries(view())).toEqual(['sent']));
  const [message] = line.of('message');
  expect(line.stored.at(-1)).toEqual(message);
  expect(message?.files).toMatchObject([{ name: 'shot.png', size: bytes.length, pieces: 10 }]);
  const pieces = line.of('piece').toSorted((a, b) => a.index - b.index);
  expect(Buffer.concat(pieces.map(({ data }) => Buffer.from(data, 'base64url'))).equals(Buffer.from(bytes))).toBe(true);
  // those that were acknowledged before the break were not sent again
  expect([...line.attempts].filter(([id]) => /-[0-3]$/u.test(id)).map(([, count]) => count)).toEqual([1, 1, 1, 1]);
});

test('a file of the team is put together when all of it is here, and only if it is what it should be', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  session.activate();
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(line.of('hello')).toHaveLength(1));
  const bytes = Buffer.from('the receipt');
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  const file = { name: 'r.txt', type: 'text/plain', size: bytes.length, pieces: 1, sha256 };
  const good = { ...file, fileId: 'goodfile00000000' };
  const bad = { ...file, fileId: 'badfile000000000' };
  await line.tell({ ...teamMessage('9', 'here'), files: [good, bad] });
  await vi.waitFor(() => expect(view().items).toHaveLength(1));
  expect(await session.received(good)).toBeNull();
  await line.tell({ t: 'piece', id: 'goodfile00000000-0', fileId: good.fileId, index: 0, data: bytes.toString('base64url') });
  await line.tell({
    t: 'piece',
    id: 'badfile000000000-0',
    fileId: bad.fileId,
    index: 0,
    data: Buffer.from('another one').toString('base64url'),
  });
  await vi.waitFor(async () => expect(Buffer.from((await session.received(good)) ?? []).toString()).toBe('the receipt'));
  expect(await session.received(bad)).toBeNull();
});

test('a check is asked and answered, in whichever tab', async () => {
  const [store, browser] = [new MemoryStore(), new FakeTabs()];
  const first = await openTab(store, browser.open());
  const second = await openTab(store, browser.open());
  first.session.activate();
  await vi.waitFor(() => expect(first.line.state).toBe('connecting'));
  first.line.become('online');
  const answer = second.session.check('7K2M-Q9XD-4T0X');
  await vi.waitFor(() => expect(first.line.of('check').map(({ code }) => code)).toEqual(['7K2M-Q9XD-4T0X']));
  await first.line.tell({ t: 'checked', code: '7K2M-Q9XD-4T0X', ok: true, name: 'Mei', until: 5 });
  expect(await answer).toMatchObject({ ok: true, name: 'Mei' });
});

test('forgetting deletes all, in every tab; what follows is somebody else', async () => {
  const [store, browser] = [new MemoryStore(), new FakeTabs()];
  const first = await openTab(store, browser.open());
  const second = await openTab(store, browser.open());
  await first.session.send('mine', []);
  await vi.waitFor(() => expect(first.line.state).toBe('connecting'));
  first.line.become('online');
  await vi.waitFor(() => expect(deliveries(second.view())).toEqual(['sent']));
  const before = first.line.visitor?.name;
  await second.session.forget();
  await vi.waitFor(() => expect(first.line.state).toBe('idle'));
  expect([await store.hasKeys(), texts(first.view()), texts(second.view())]).toEqual([false, [], []]);
  await second.session.send('somebody else', []);
  await vi.waitFor(() => expect(first.line.state).toBe('connecting'));
  first.line.become('online');
  await vi.waitFor(() => expect(first.line.of('message').map(({ text }) => text)).toEqual(['mine', 'somebody else']));
  expect(first.line.visitor?.name).not.toBe(before);
});

test('who signs in is named with every message from then on', async () => {
  const { session, line } = await openTab(new MemoryStore());
  await session.send('before', []);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(line.of('message')).toHaveLength(1));
  session.identify('token');
  await session.send('after', []);
  await vi.waitFor(() => expect(line.of('message').map(({ identity }) => identity)).toEqual([null, 'token']));
  expect(line.of('hello').map(({ identity }) => identity)).toEqual([null, 'token']);
});

test('what a line between servers has lost is asked for as soon as anything tells of it, once', async () => {
  const { session, line, view } = await openTab(new MemoryStore());
  await session.send('help', []);
  await vi.waitFor(() => expect(line.state).toBe('connecting'));
  line.become('online');
  await vi.waitFor(() => expect(line.of('message')).toHaveLength(1));
  await line.tell(teamMessage('1', 'first'));
  await line.tell({ ...teamMessage('2', 'second'), after: 'message-1' });
  await vi.waitFor(() => expect(view().items).toHaveLength(3));
  expect(line.of('hello')).toHaveLength(1);
  // the third went by; the fourth and a receipt name what came before them
  await line.tell({ ...teamMessage('4', 'fourth'), after: 'message-3' });
  await line.tell({ t: 'got', upTo: line.of('message')[0]?.id ?? '', isRead: true, last: 'message-4' });
  await line.tell({ t: 'got', upTo: line.of('message')[0]?.id ?? '', isRead: true, last: 'message-3' });
  await vi.waitFor(() => expect(line.of('hello')).toHaveLength(2));
  expect(line.of('hello')[1]?.has).toEqual(['message-1', 'message-2', 'message-4']);
});

test('what was being read when the browser cleared it away is not shown again', async () => {
  const ends: (() => void)[] = [];
  const store = Object.assign(new MemoryStore(), { onLost: (heard: () => void) => void ends.push(heard) });
  const { session, view } = await openTab(store);
  await session.send('before', []);
  expect(texts(view())).toEqual(['> before']);
  // the next reading has the old items, and waits; what is asked for after it is never answered
  const items = await store.items();
  const answers: (() => void)[] = [];
  const reading = new Promise<typeof items>((resolve) => void answers.push(() => resolve(items)));
  const asked = vi.spyOn(store, 'items').mockReturnValueOnce(reading);
  asked.mockReturnValue(new Promise(() => undefined));
  const withdrawing = session.withdraw('none');
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  for (const run of [...ends, ...answers]) run();
  await withdrawing;
  expect(texts(view())).toEqual([]);
});
