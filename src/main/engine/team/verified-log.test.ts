import { createUser } from '@nats-io/nkeys';
import { expect, test } from 'vitest';
import { writeWire, type WireEvent } from '../../../shared/contract/team-wire.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { DirectoryUser } from './hub-link.ts';
import { signerOf, type Signer } from './nkey-signature.ts';
import { LogUnavailable, type EntryAuthor, type LogEntry, type TeamLog } from './team-log.ts';
import { verifiedLog, type KnownUsers } from './verified-log.ts';

const HOUR = 3_600_000;

function newSigner(): Signer {
  return signerOf(new TextDecoder().decode(createUser().getSeed()));
}

function person(
  name: string,
  keys: readonly { readonly by: Signer; readonly revokedAt?: number }[],
  agentId: string | null = null,
): DirectoryUser {
  return {
    name,
    role: 'agent',
    holdsChannels: false,
    agentId,
    keys: keys.map(({ by, revokedAt = null }) => ({ publicKey: by.publicKey, addedAt: 10 * HOUR, revokedAt })),
  };
}

/** A directory that hears of changes only when it is asked to look. */
class LateDirectory implements KnownUsers {
  refreshes = 0;
  isCutOff = false;
  readonly #listeners = new Set<() => void>();
  #known: readonly DirectoryUser[];
  #real: readonly DirectoryUser[];

  constructor(known: readonly DirectoryUser[], real = known) {
    this.#known = known;
    this.#real = real;
  }

  users(): readonly DirectoryUser[] {
    return this.#known;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async refresh(): Promise<void> {
    await Promise.resolve();
    this.refreshes += 1;
    if (this.isCutOff) throw new LogUnavailable('no connection');
    this.#known = this.#real;
    for (const listener of this.#listeners) listener();
  }
}

function event(user: string, rest: Partial<WireEvent> = {}): WireEvent {
  return {
    v: 1,
    id: 'evt_1',
    stream: 'case.case_1',
    type: 'note.added',
    sv: 1,
    user,
    workstation: 'ws_1',
    actor: null,
    hlc: '000000001-0000-ws_1',
    at: instant(1),
    base: 0,
    epoch: null,
    body: { text: '夜班' },
    ...rest,
  };
}

function signed(by: Signer, what: WireEvent, rest: Partial<LogEntry> = {}): LogEntry {
  const data = writeWire(what, (text) => by.sign(Buffer.from(text)).toString('base64'));
  return { sequence: 1, id: what.id, stream: what.stream, storedAt: instant(20 * HOUR), data, ...rest };
}

function logOf(entries: readonly LogEntry[]): TeamLog & { readonly say: (entry: LogEntry) => void } {
  const listeners = new Set<(entry: LogEntry) => void>();
  return {
    kind: 'nats',
    identity: async () => Promise.resolve({ logId: 'log', lastSequence: entries.length }),
    append: async () => Promise.resolve({ kind: 'moved' }),
    head: async () => Promise.resolve(entries.at(-1) ?? null),
    at: async (sequence) => Promise.resolve(entries[sequence - 1] ?? null),
    read: async () => Promise.resolve(entries),
    readStream: async () => Promise.resolve(entries),
    onEntry: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    say: (entry) => {
      for (const listener of listeners) listener(entry);
    },
  };
}

async function authorOf(entry: LogEntry, directory: KnownUsers): Promise<EntryAuthor | undefined> {
  using log = verifiedLog(logOf([entry]), directory);
  return (await log.read(0, 1))[0]?.author;
}

const ana = newSigner();
const known = new LateDirectory([person('ana', [{ by: ana }], 'agt_ana'), person('bo', [{ by: newSigner() }])]);

test('an entry comes with who signed it, by whichever way it is read', async () => {
  const entry = signed(ana, event('ana'));
  const author = { isGenuine: true, user: 'ana', role: 'agent', agentId: 'agt_ana', holdsChannels: false };
  const inner = logOf([entry]);
  using log = verifiedLog(inner, known);
  const heard: LogEntry[] = [];
  log.onEntry((each) => void heard.push(each));
  inner.say(entry);
  await expect.poll(() => heard).toEqual([{ ...entry, author }]);
  expect(await log.read(0, 1)).toEqual([{ ...entry, author }]);
  expect(await log.readStream('case.case_1', 0, 1)).toEqual([{ ...entry, author }]);
  expect(await log.head('case.case_1')).toEqual({ ...entry, author });
  expect(await log.at(1)).toEqual({ ...entry, author });
  expect(await log.at(2)).toBeNull();
});

test('an event of somebody else’s, a changed one, and nonsense have no author', async () => {
  const right = signed(ana, event('ana'));
  expect(await authorOf(signed(ana, event('bo')), known)).toEqual({ isGenuine: false, reason: 'wrong-signature' });
  expect(await authorOf({ ...right, data: right.data.replace('夜班', '夜晚') }, known)).toEqual({
    isGenuine: false,
    reason: 'wrong-signature',
  });
  for (const data of [
    '',
    '{}',
    '{}\n',
    'x\ny',
    right.data.split('\n')[0] ?? '',
    `${right.data}\n`,
    `${right.data} `,
    right.data.replace('==', ''),
  ]) {
    expect(await authorOf({ ...right, data }, known)).toEqual({ isGenuine: false, reason: 'malformed' });
  }
});

test('an event that somebody copied under another case or another id is nobody’s', async () => {
  const right = signed(ana, event('ana'));
  expect(await authorOf({ ...right, stream: 'case.case_2' }, known)).toEqual({ isGenuine: false, reason: 'malformed' });
  expect(await authorOf({ ...right, id: 'evt_2' }, known)).toEqual({ isGenuine: false, reason: 'malformed' });
});

test('a key counts for what was stored before it ended, and a second key of the same person beside it', async () => {
  const [lost, next] = [newSigner(), newSigner()];
  const directory = new LateDirectory([person('cy', [{ by: lost, revokedAt: 30 * HOUR }, { by: next }])]);
  const at = async (by: Signer, storedAt: number): Promise<unknown> =>
    (await authorOf(signed(by, event('cy'), { storedAt: instant(storedAt) }), directory))?.isGenuine;
  expect(await at(lost, 30 * HOUR - 1)).toBe(true);
  expect(await at(lost, 30 * HOUR)).toBe(false);
  expect(await authorOf(signed(lost, event('cy'), { storedAt: instant(30 * HOUR) }), directory)).toEqual({
    isGenuine: false,
    reason: 'ended-key',
  });
  expect(await at(next, 30 * HOUR)).toBe(true);
  // by two clocks a key may seem to have been added after it was used
  expect(await at(next, 9 * HOUR)).toBe(true);
});

test('somebody unknown, and a new key, are looked up once before the verdict', async () => {
  const [dee, second] = [newSigner(), newSigner()];
  const directory = new LateDirectory(
    [person('ana', [{ by: ana }])],
    [person('ana', [{ by: ana }, { by: second }]), person('dee', [{ by: dee }])],
  );
  const entries = [signed(ana, event('ana')), signed(dee, event('dee')), signed(second, event('ana')), signed(ana, event('eve'))];
  using log = verifiedLog(logOf(entries), directory);
  const authors = (await log.read(0, 10)).map(({ author }) => author);
  expect(authors.map((author) => author?.isGenuine)).toEqual([true, true, true, false]);
  expect(authors[3]).toEqual({ isGenuine: false, reason: 'unknown-user' });
  expect(directory.refreshes).toBe(1);
});

test('without a connection there is no verdict of somebody unknown, and nonsense needs none', async () => {
  const directory = new LateDirectory([person('ana', [{ by: ana }])]);
  directory.isCutOff = true;
  await expect(authorOf(signed(newSigner(), event('eve')), directory)).rejects.toThrow(LogUnavailable);
  expect((await authorOf(signed(ana, event('ana')), directory))?.isGenuine).toBe(true);
  expect((await authorOf({ ...signed(ana, event('ana')), data: 'x' }, directory))?.isGenuine).toBe(false);
});

test('however many are unknown at once, the directory is read by one at a time; what is heard stays in order', async () => {
  const directory = new LateDirectory([person('ana', [{ by: ana }])]);
  const inner = logOf([]);
  using log = verifiedLog(inner, directory);
  const heard: number[] = [];
  log.onEntry(({ sequence }) => void heard.push(sequence));
  for (let sequence = 1; sequence <= 40; sequence += 1) {
    inner.say(signed(ana, event(sequence % 2 === 0 ? 'ana' : 'eve'), { sequence }));
  }
  await expect.poll(() => heard.length).toBe(40);
  expect(heard).toEqual(Array.from({ length: 40 }, (_unused, index) => index + 1));
  expect(directory.refreshes).toBeLessThanOrEqual(2);
});

test('an entry counts as what its author was when it was stored, also for who reads it after they became something else', async () => {
  const was = [
    { role: 'agent', holdsChannels: true, until: 5 * HOUR },
    { role: 'lead', holdsChannels: true, until: 20 * HOUR },
  ];
  const directory = new LateDirectory([{ ...person('ana', [{ by: ana }], 'agt_ana'), was }]);
  const at = async (hours: number): Promise<EntryAuthor | undefined> =>
    authorOf(signed(ana, event('ana'), { storedAt: instant(hours * HOUR) }), directory);
  expect(await at(4)).toMatchObject({ role: 'agent', holdsChannels: true });
  expect(await at(5)).toMatchObject({ role: 'lead', holdsChannels: true });
  expect(await at(19)).toMatchObject({ role: 'lead', holdsChannels: true });
  expect(await at(20)).toMatchObject({ role: 'agent', holdsChannels: false });
});
