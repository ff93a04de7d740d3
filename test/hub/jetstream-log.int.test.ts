import { jetstreamManager } from '@nats-io/jetstream';
import { MsgHdrsImpl, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HubClient } from '../../src/main/engine/team/hub-client.ts';
import { eventSubject, TEAM_STREAM } from '../../src/main/engine/team/hub-names.ts';
import { JetStreamLog } from '../../src/main/engine/team/jetstream-log.ts';
import { LogRefused, LogUnavailable, type LogEntry } from '../../src/main/engine/team/team-log.ts';
import { setUpStreams } from '../../src/main/hub/hub.ts';
import { readState } from '../../src/main/hub/hub-folder.ts';
import { hubStreams } from '../../src/main/hub/hub-streams.ts';
import { instant } from '../../src/shared/domain/time.ts';
import { eventually, TestHub } from './hub-server.ts';

let hub: TestHub;
let admin: NatsConnection;
let client: HubClient;
let log: JetStreamLog;

beforeAll(async () => {
  hub = await TestHub.start({ users: [{ name: 'bo', role: 'agent' }] });
  admin = await hub.connectAs('admin');
  client = new HubClient({ invite: hub.inviteOf('bo'), clock: { now: () => instant(Date.now()) }, log: () => {} });
  await online();
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});

async function online(): Promise<void> {
  await eventually(async () => {
    if (client.state().state !== 'online') throw new Error(JSON.stringify(client.state()));
    return Promise.resolve();
  });
}

beforeEach(async () => {
  await (await jetstreamManager(admin)).streams.delete(TEAM_STREAM);
  await setUpStreams(hub.folder, await readState(hub.folder));
  log = new JetStreamLog(client);
});

/** Headers as they stand in the text, and not as a well-meaning client would write them. */
function rawHeaders(text: string): MsgHdrsImpl {
  const written = new MsgHdrsImpl();
  written.toString = () => text;
  return written;
}

async function publish(stream: string, data: string, text: string): Promise<void> {
  await client.connection().request(eventSubject(stream), data, { headers: rawHeaders(text), timeout: 5_000 });
}

test('a log that was made anew says so', async () => {
  const before = await log.identity();
  await (await jetstreamManager(admin)).streams.delete(TEAM_STREAM);
  await setUpStreams(hub.folder, await readState(hub.folder));
  expect((await log.identity()).logId).not.toBe(before.logId);
});

test('headers that somebody forged or made unreadable change nothing and cut nobody off', async () => {
  const heard: LogEntry[] = [];
  log.onEntry((entry) => void heard.push(entry));
  await log.identity();
  await log.append({ id: 'before', stream: 'case.case_1', data: 'one' });
  await publish(
    'case.case_2',
    'two',
    'NATS/1.0\r\nNats-Sequence: 99\r\nNats-Subject: team.case.case_1\r\nNats-Time-Stamp: 2001-01-01T00:00:00Z\r\nNats-Msg-Id: forged\r\n\r\n',
  );
  await publish('case.case_3', '', 'NATS/1.0\r\nNot A Name: x\r\nn\u00e4me: y\r\n: z\r\n\r\n');
  await publish('case.case_4', 'four', 'NATS/1.0 404 Message Not Found\r\n\r\n');
  await log.append({ id: 'after', stream: 'case.case_1', data: 'five' });
  const all = await log.read(0, 10);
  expect(all.map(({ sequence, id, stream, data }) => ({ sequence, id, stream, data }))).toEqual([
    { sequence: 1, id: 'before', stream: 'case.case_1', data: 'one' },
    { sequence: 2, id: 'forged', stream: 'case.case_2', data: 'two' },
    { sequence: 3, id: 'none-3', stream: 'case.case_3', data: '' },
    { sequence: 4, id: 'none-4', stream: 'case.case_4', data: 'four' },
    { sequence: 5, id: 'after', stream: 'case.case_1', data: 'five' },
  ]);
  expect(Math.abs((all[1]?.storedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  for (const entry of all) {
    expect(await log.at(entry.sequence)).toEqual(entry);
    expect((await log.readStream(entry.stream, entry.sequence - 1, 1))[0]).toEqual(entry);
  }
  await expect.poll(() => heard.length).toBe(5);
  expect(heard).toEqual(all);
});

test('a long log is read the same in pieces of any size, also where the server ends a batch early', async () => {
  const large = 'x'.repeat(60_000);
  const count = 1_500;
  // a block of the largest entries in between: more than one batch may hold
  const eventAt = (index: number): { id: string; stream: string; data: string } => ({
    id: `evt_${String(index)}`,
    stream: `case.case_${String(index % 7)}`,
    data: index >= 900 && index < 1_060 ? `${String(index)} ${large}` : String(index),
  });
  for (let from = 0; from < count; from += 100) {
    // what one connection sends is stored in its order
    await Promise.all(Array.from({ length: 100 }, async (_unused, index) => log.append(eventAt(from + index))));
  }
  for (const chunk of [count + 10, 333]) {
    const all: LogEntry[] = [];
    for (;;) {
      const entries = await log.read(all.length, chunk);
      all.push(...entries);
      if (entries.length < chunk) break;
    }
    expect(all.map(({ sequence }) => sequence)).toEqual(Array.from({ length: count }, (_unused, index) => index + 1));
    expect(all.every(({ id, stream, data }, index) => JSON.stringify({ id, stream, data }) === JSON.stringify(eventAt(index)))).toBe(true);
  }
  const own = await log.readStream('case.case_3', 0, count);
  expect(own.map(({ id }) => id)).toEqual(Array.from({ length: 214 }, (_unused, index) => `evt_${String(index * 7 + 3)}`));
});

test('a full hub refuses and keeps what it has', async () => {
  const manager = await jetstreamManager(admin);
  const wanted = hubStreams({ replicas: 1, diskBytes: 2 ** 30 }).find(({ name }) => name === TEAM_STREAM);
  await manager.streams.update(TEAM_STREAM, { ...wanted, max_bytes: 4_096 });
  const outcomes: string[] = [];
  for (let index = 0; index < 10; index += 1) {
    try {
      outcomes.push((await log.append({ id: `evt_${String(index)}`, stream: 'case.case_1', data: 'x'.repeat(800) })).kind);
    } catch (error) {
      outcomes.push(error instanceof LogRefused ? error.code : String(error));
    }
  }
  const stored = outcomes.filter((outcome) => outcome === 'stored').length;
  expect(outcomes).toEqual(outcomes.map((_each, index) => (index < stored ? 'stored' : 'full')));
  expect([stored > 0, stored < 10]).toEqual([true, true]);
  expect(await log.read(0, 100)).toHaveLength(stored);
});

test('without the hub nothing is known, and what was asked for can be asked for again', async () => {
  await log.append({ id: 'a', stream: 'case.case_1', data: 'x' });
  await hub.crash();
  const entry = { id: 'b', stream: 'case.case_1', data: 'y', expected: 1 };
  for (const work of [
    log.append(entry),
    log.identity(),
    log.read(0, 10),
    log.readStream('case.case_1', 0, 10),
    log.at(1),
    log.head('case.case_1'),
  ]) {
    await expect(work).rejects.toThrow(LogUnavailable);
  }
  await hub.run();
  client.nudge();
  await online();
  expect(await log.append(entry)).toEqual({ kind: 'stored', sequence: 2 });
  expect((await log.read(0, 10)).map(({ id }) => id)).toEqual(['a', 'b']);
});
