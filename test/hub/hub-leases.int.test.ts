import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLeaseSafe } from '../../src/main/engine/team/hub-leases.ts';
import { LEASE_TTL_MS } from '../../src/main/engine/team/hub-names.ts';
import type { MachineClock } from '../../src/main/engine/team/machine-clock.ts';
import { eventually, TestHub } from './hub-server.ts';
import { failover, leaseMachine, leasesLiveFor, type LeaseMachine } from './lease-machines.ts';

const CONTENDERS = 20;
const ROUNDS = 60;
const FAILOVER_LIMIT_MS = 30_000;

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const liveFor = async (ttlMs: number): Promise<void> => leasesLiveFor(hub, ttlMs);
const machine = async (user: string, ttlMs: number, clock?: MachineClock): Promise<LeaseMachine> => leaseMachine(hub, user, ttlMs, clock);

test('of twenty who want the same at once exactly one gets it, sixty times', async () => {
  const all = await Promise.all(
    Array.from({ length: CONTENDERS }, async (_, at) => machine(['ana', 'cy', 'gate'][at % 3] ?? 'ana', LEASE_TTL_MS)),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    const key = `channel.acc_${String(round)}`;
    const got = await Promise.all(all.map(async ({ leases }) => leases.acquire(key, 'race')));
    const winners = got.filter((lease) => lease !== null);
    expect(winners).toHaveLength(1);
    // everybody knows who it is, with the fence that the winner has
    await expect.poll(() => new Set(all.map(({ leases }) => leases.holder(key)?.fence))).toEqual(new Set([winners[0]?.fence]));
  }
  await Promise.all(all.map(async ({ leases }) => leases[Symbol.asyncDispose]()));
});

test('an agent who holds no channels is refused, and still sees who does', async () => {
  const [agent, lead] = await Promise.all([machine('bo', LEASE_TTL_MS), machine('ana', LEASE_TTL_MS)]);
  await using lease = await lead.leases.acquire('channel.acc_seen', 'mail');
  await expect(agent.leases.acquire('channel.acc_other', 'mail')).rejects.toMatchObject({ name: 'LogRefused', code: 'not-permitted' });
  await expect
    .poll(() => agent.leases.holder('channel.acc_seen'))
    .toEqual({ user: 'ana', workstation: 'desk-ana', note: 'mail', fence: lease?.fence });
});

test('what is given back is free at once, and the fence grows with every change of holder, over a crash of the hub, too', async () => {
  const [one, two] = await Promise.all([machine('ana', LEASE_TTL_MS), machine('gate', LEASE_TTL_MS)]);
  const key = 'channel.acc_given';
  const changes: string[] = [];
  two.leases.onChange((each) => changes.push(each));
  const fences: number[] = [];
  for (const { leases } of [one, two, one, two]) {
    const lease = await leases.acquire(key, '');
    fences.push(lease?.fence ?? 0);
    expect(await (leases === one.leases ? two : one).leases.acquire(key, '')).toBeNull();
    // asked again it is the same lease
    expect((await leases.acquire(key, ''))?.fence).toBe(lease?.fence);
    await lease?.[Symbol.asyncDispose]();
    expect(lease?.isHeld()).toBe(false);
    expect(leases.holder(key)).toBeNull();
  }
  expect(fences).toEqual([...new Set(fences)].toSorted((a, b) => a - b));
  await expect.poll(() => changes.filter((each) => each === key).length).toBeGreaterThanOrEqual(8);
  await Promise.all([one.kill(), two.kill()]);
  await hub.crash();
  await hub.run();
  const after = await machine('ana', LEASE_TTL_MS);
  const lease = await after.leases.acquire(key, '');
  expect(lease?.fence).toBeGreaterThan(fences.at(-1) ?? Infinity);
  await after.leases[Symbol.asyncDispose]();
});

test('a renewed lease stays, with its fence; a paused holder knows that it may have lost it, and learns that it has', async () => {
  const ttlMs = 1_500;
  await liveFor(ttlMs);
  const [holder, other] = await Promise.all([machine('cy', ttlMs), machine('gate', ttlMs)]);
  const key = 'channel.acc_paused';
  const lease = await holder.leases.acquire(key, '');
  if (lease === null) throw new Error('nobody else wants it');
  // longer than an entry lives: without renewals it would be gone
  const untilMs = performance.now() + 2 * ttlMs;
  while (performance.now() < untilMs) {
    expect(lease.isHeld()).toBe(true);
    expect(await other.leases.acquire(key, '')).toBeNull();
  }
  expect(other.leases.holder(key)).toMatchObject({ user: 'cy', fence: lease.fence });
  holder.pause();
  await expect.poll(() => lease.isHeld(), { timeout: ttlMs }).toBe(false);
  // nobody else has it yet when the holder has stopped: the hub keeps it a fifth longer
  expect(other.leases.holder(key)).not.toBeNull();
  const next = await eventually(async () => {
    const got = await other.leases.acquire(key, '');
    if (got === null) throw new Error('not yet');
    expect(lease.isHeld()).toBe(false);
    return got;
  });
  expect(next.fence).toBeGreaterThan(lease.fence);
  holder.wake();
  await expect.poll(() => lease.isLost).toBe(true);
  expect(await holder.leases.acquire(key, '')).toBeNull();
  expect(next.isHeld()).toBe(true);
  await Promise.all([holder.leases[Symbol.asyncDispose](), other.leases[Symbol.asyncDispose]()]);
});

test('a holder whose machine slept knows it, though its monotonic clock stood still', async () => {
  await liveFor(LEASE_TTL_MS);
  const time = { monotonicMs: 1_000, uptimeMs: 5_000 };
  const clock: MachineClock = { monotonicMs: () => time.monotonicMs, uptimeMs: () => time.uptimeMs };
  const { leases } = await machine('ana', LEASE_TTL_MS, clock);
  const lease = await leases.acquire('channel.acc_asleep', '');
  expect(lease?.isHeld()).toBe(true);
  time.uptimeMs += 60_000;
  expect(lease?.isHeld()).toBe(false);
  time.uptimeMs -= 60_000;
  time.monotonicMs += 0.8 * LEASE_TTL_MS;
  expect(lease?.isHeld()).toBe(false);
  expect(isLeaseSafe({ monotonicMs: 1_000, uptimeMs: 5_000 }, lease?.safeMs ?? 0, clock)).toBe(false);
  await leases[Symbol.asyncDispose]();
});

test('an entry that does not expire is taken over only after it was watched standing still for one and a half times its life', async () => {
  // as if the hub's bucket had no age
  await liveFor(600_000);
  const dead = await machine('ana', LEASE_TTL_MS);
  const lease = await dead.leases.acquire('channel.acc_stuck', '');
  await dead.kill();
  const time = { monotonicMs: 0 };
  const { leases } = await machine('gate', LEASE_TTL_MS, { monotonicMs: () => time.monotonicMs, uptimeMs: () => 0 });
  expect(await leases.acquire('channel.acc_stuck', '')).toBeNull();
  time.monotonicMs = 1.5 * LEASE_TTL_MS - 1;
  expect(await leases.acquire('channel.acc_stuck', '')).toBeNull();
  time.monotonicMs += 1;
  expect((await leases.acquire('channel.acc_stuck', ''))?.fence).toBeGreaterThan(lease?.fence ?? Infinity);
  await leases[Symbol.asyncDispose]();
});

test('after a holder was killed another has its lease in less than two times to live, which are half a minute', async () => {
  const ttlMs = 1_500;
  await liveFor(ttlMs);
  expect(2 * LEASE_TTL_MS).toBe(FAILOVER_LIMIT_MS);
  expect(await failover(hub, ttlMs)).toBeLessThan(2 * ttlMs);
});
