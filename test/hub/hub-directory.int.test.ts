import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDirectory } from '../../src/main/engine/team/hub-directory.ts';
import { jetstream } from '@nats-io/jetstream';
import { addUser, connectAs, revoke, setPolicy } from '../../src/main/hub/hub.ts';
import { readState } from '../../src/main/hub/hub-folder.ts';
import { TestHub } from './hub-server.ts';
import { wireOf } from './hub-wire.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

test('a workstation knows who is who, hears of changes at once, and reads them anew after it was away', async () => {
  await using wire = await wireOf(hub, 'bo');
  using directory = createDirectory(wire);
  await expect.poll(() => directory.users().map(({ name }) => name)).toEqual(['ana', 'bo', 'cy', 'gate', 'site', 'tokyo']);
  expect(directory.users()[0]).toMatchObject({ role: 'lead', holdsChannels: true, agentId: null, keys: [{ revokedAt: null }] });
  await expect.poll(() => directory.settings()).toEqual({ hubName: 'Test hub', onLeave: 'keep', leastVersion: null });
  expect(directory.hubId()).toBe((await readState(hub.folder)).id);
  let heard = 0;
  directory.onChange(() => {
    heard += 1;
  });
  await addUser(hub.folder.root, { name: 'dee', role: 'agent', holdsChannels: true, agentId: 'agt_dee' });
  await expect.poll(() => directory.users().find(({ name }) => name === 'dee')).toMatchObject({ agentId: 'agt_dee', holdsChannels: true });
  expect(heard).toBeGreaterThan(0);
  await setPolicy(hub.folder.root, { onLeave: 'erase', leastVersion: '0.2.0' });
  await expect.poll(() => directory.settings()).toEqual({ hubName: 'Test hub', onLeave: 'erase', leastVersion: '0.2.0' });
  // while this workstation hears nothing
  await hub.crash();
  await revoke(hub.folder.root, 'dee', 1_000);
  await addUser(hub.folder.root, { name: 'eve', role: 'lead', holdsChannels: true, agentId: null });
  await hub.run();
  await setPolicy(hub.folder.root, { onLeave: 'keep', leastVersion: null });
  await expect.poll(() => directory.users().map(({ name }) => name), { timeout: 30_000 }).toContain('eve');
  // the rules of the team are another entry
  await expect.poll(() => directory.settings()).toMatchObject({ onLeave: 'keep', leastVersion: null });
});

test('an entry of another shape is nobody, and none can be told by anybody but the administrator', async () => {
  await using wire = await wireOf(hub, 'ana');
  using directory = createDirectory(wire);
  await expect.poll(() => directory.users().length).toBeGreaterThan(5);
  const before = directory.users();
  const admin = await connectAs(hub.folder, await readState(hub.folder), 'admin');
  for (const [key, entry] of [
    ['fay', 'no JSON'],
    ['gus', JSON.stringify({ ...before[0], name: 'ana' })],
    ['hal', JSON.stringify({ ...before[0], name: 'hal', role: 7 })],
  ] as const) {
    await jetstream(admin).publish(`$KV.people.${key}`, entry);
  }
  // a newer hub command may write more
  await jetstream(admin).publish('$KV.people.ida', JSON.stringify({ ...before[0], name: 'ida', isNew: true }));
  await admin.close();
  await expect.poll(() => directory.users().map(({ name }) => name)).toEqual([...before.map(({ name }) => name), 'ida'].toSorted());
  expect(directory.users().filter(({ name }) => name === 'ana')).toEqual(before.filter(({ name }) => name === 'ana'));
  wire.connection().publish('feed.kv.people.ana', JSON.stringify({ ...before[0], role: 'agent' }));
  wire.connection().publish('$KV.people.ana', JSON.stringify({ ...before[0], role: 'agent' }));
  await wire.connection().flush();
  expect(directory.users().find(({ name }) => name === 'ana')?.role).toBe('lead');
});
