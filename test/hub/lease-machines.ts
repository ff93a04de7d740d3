import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import type { HubClient } from '../../src/main/engine/team/hub-client.ts';
import { createLeases, type HubLeases } from '../../src/main/engine/team/hub-leases.ts';
import { bucketStream, LEASE_BUCKET } from '../../src/main/engine/team/hub-names.ts';
import { machineClock, type MachineClock, type Timers } from '../../src/main/engine/team/machine-clock.ts';
import type { TestHub } from './hub-server.ts';
import { wireOf } from './hub-wire.ts';

/** Sets the time to live of the bucket. */
export async function leasesLiveFor(hub: TestHub, ttlMs: number): Promise<void> {
  const manager = await jetstreamManager(await hub.connectAs('admin'));
  await manager.streams.update(bucketStream(LEASE_BUCKET), { max_age: ttlMs * 1e6, duplicate_window: ttlMs * 1e6 });
}

/** A workstation that wants leases. */
export interface LeaseMachine {
  readonly leases: HubLeases;
  readonly wire: HubClient;
  /** As kill -9 would: nothing is renewed or given back any more. */
  readonly kill: () => Promise<void>;
  /** As SIGSTOP or a sleep would: nothing is renewed until `wake`. */
  readonly pause: () => void;
  readonly wake: () => void;
}

export async function leaseMachine(hub: TestHub, user: string, ttlMs: number, clock: MachineClock = machineClock): Promise<LeaseMachine> {
  const wire = await wireOf(hub, user);
  let isPaused = false;
  const waiting = new Set<() => void>();
  const timers: Timers = {
    after: (ms, work) => {
      const timer = setTimeout(() => {
        if (isPaused) waiting.add(work);
        else work();
      }, ms);
      return () => {
        clearTimeout(timer);
        waiting.delete(work);
      };
    },
  };
  const leases = createLeases(wire, { user, workstation: `desk-${user}`, run: randomUUID(), ttlMs, clock, timers });
  return {
    leases,
    wire,
    kill: async () => {
      isPaused = true;
      await wire[Symbol.asyncDispose]();
    },
    pause: () => {
      isPaused = true;
    },
    wake: () => {
      isPaused = false;
      const due = [...waiting];
      waiting.clear();
      for (const work of due) work();
    },
  };
}

/** Kills a holder, and has another one wait for its lease. Returns how long that took, in milliseconds. */
export async function failover(hub: TestHub, ttlMs: number): Promise<number> {
  const [dead, next] = await Promise.all([leaseMachine(hub, 'ana', ttlMs), leaseMachine(hub, 'gate', ttlMs)]);
  const key = `channel.acc_${randomUUID()}`;
  const lease = await dead.leases.acquire(key, '');
  const free = new Promise<void>((resolve) => {
    next.leases.onChange((each) => {
      if (each === key && next.leases.holder(key) === null) resolve();
    });
  });
  await dead.kill();
  const killedAt = performance.now();
  await free;
  const taken = await next.leases.acquire(key, '');
  const tookMs = performance.now() - killedAt;
  await next.leases[Symbol.asyncDispose]();
  if (lease === null || taken === null || taken.fence <= lease.fence) throw new Error('the lease did not go over with a greater fence');
  return tookMs;
}
