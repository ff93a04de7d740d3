import { expect, test } from 'vitest';
import { createChannelOwnership, wantedLease } from './channel-ownership.ts';
import type { ChannelOwnership, ChannelTeam } from './channel-ownership.ts';
import { channelLease } from '../team/hub-link.ts';
import type { HeldLease, LeaseHolder, Leases } from '../team/hub-link.ts';
import type { Timers } from '../team/machine-clock.ts';
import { LogUnavailable } from '../team/team-log.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';

const TTL_MS = 15_000;
const FAILOVER_LIMIT_MS = 30_000;
const MAIL = makeId('acc', 'mail');

/** Time by hand: passing it runs what is due, and lets everything else run that needs no time. */
class HandTime {
  nowMs = 0;
  readonly #due: { readonly at: number; readonly work: () => void }[] = [];
  readonly timers: Timers = {
    after: (ms, work) => {
      const entry = { at: this.nowMs + ms, work };
      this.#due.push(entry);
      return () => {
        const at = this.#due.indexOf(entry);
        if (at !== -1) this.#due.splice(at, 1);
      };
    },
  };

  async pass(ms: number): Promise<void> {
    const until = this.nowMs + ms;
    for (;;) {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      const next = this.#due.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due.splice(this.#due.indexOf(next), 1);
      this.nowMs = Math.max(this.nowMs, next.at);
      next.work();
    }
    this.nowMs = until;
  }
}

/** A FAKE of the leases that hub-leases.ts keeps on a hub: what it promises, on time by hand. */
class HandHub {
  readonly entries = new Map<string, LeaseHolder & { until: number }>();
  readonly machines = new Set<HandLeases>();
  fence = 0;
  readonly time: HandTime;

  constructor(time: HandTime) {
    this.time = time;
  }

  tell(key: string): void {
    for (const machine of this.machines) machine.tell(key);
  }

  entry(key: string): LeaseHolder | null {
    return this.entries.get(key) ?? null;
  }

  expireLater(key: string): void {
    this.time.timers.after(TTL_MS, () => {
      const entry = this.entries.get(key);
      if (entry === undefined || entry.until > this.time.nowMs) return;
      this.entries.delete(key);
      this.tell(key);
    });
  }
}

class HandLeases implements Leases {
  isOnline = true;
  isDead = false;
  readonly #hub: HandHub;
  readonly #user: string;
  readonly #listeners = new Set<(key: string) => void>();
  readonly #known = new Map<string, LeaseHolder | null>();

  constructor(hub: HandHub, user: string) {
    this.#hub = hub;
    this.#user = user;
    hub.machines.add(this);
  }

  tell(key: string): void {
    if (!this.isOnline || this.isDead) return;
    this.#known.set(key, this.#hub.entry(key));
    for (const listener of this.#listeners) listener(key);
  }

  holder(key: string): LeaseHolder | null {
    return this.isOnline ? this.#hub.entry(key) : (this.#known.get(key) ?? null);
  }

  onChange(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async acquire(key: string, note: string): Promise<HeldLease | null> {
    if (!this.isOnline || this.isDead) throw new LogUnavailable('offline');
    const hub = this.#hub;
    const before = hub.entry(key);
    if (before !== null && before.user !== this.#user) return Promise.resolve(null);
    const fence = before?.fence ?? (hub.fence += 1);
    hub.entries.set(key, { user: this.#user, workstation: 'desk', note, fence, until: hub.time.nowMs + TTL_MS });
    hub.expireLater(key);
    let renewedAt = hub.time.nowMs;
    let isOver = false;
    const isOurs = (): boolean => hub.entry(key)?.user === this.#user && hub.entry(key)?.fence === fence;
    const renew = (): void => {
      if (isOver || this.isDead) return;
      const entry = hub.entries.get(key);
      if (this.isOnline && entry !== undefined && isOurs()) {
        renewedAt = hub.time.nowMs;
        entry.until = renewedAt + TTL_MS;
        hub.expireLater(key);
      }
      hub.time.timers.after(TTL_MS / 3, renew);
    };
    hub.time.timers.after(TTL_MS / 3, renew);
    hub.tell(key);
    return Promise.resolve({
      key,
      fence,
      isHeld: () => !isOver && hub.time.nowMs - renewedAt < 0.8 * TTL_MS && (!this.isOnline || isOurs()),
      [Symbol.asyncDispose]: async () => {
        isOver = true;
        if (this.isOnline && isOurs()) {
          hub.entries.delete(key);
          hub.tell(key);
        }
        return Promise.resolve();
      },
    });
  }
}

interface Machine {
  readonly channels: ChannelOwnership;
  readonly leases: HandLeases;
  readonly running: Set<AccountId>;
  accounts: AccountId[];
  /** Set while replies are on their way. */
  sending: Promise<void> | null;
}

function machine(hub: HandHub, user: string, options: Partial<ChannelTeam> & { readonly isInTeam?: boolean } = {}): Machine {
  const leases = new HandLeases(hub, user);
  const running = new Set<AccountId>();
  const made: Machine = {
    leases,
    running,
    accounts: [MAIL],
    sending: null,
    channels: createChannelOwnership({
      accounts: () => made.accounts,
      pool: {
        follow: async (account) => {
          if (made.channels.mayRun(account)) running.add(account);
          else running.delete(account);
          return Promise.resolve();
        },
      },
      settled: async () => (made.sending === null ? Promise.resolve() : made.sending),
      timers: hub.time.timers,
      monotonicMs: () => hub.time.nowMs,
      log: () => {},
    }),
  };
  if (options.isInTeam !== false)
    made.channels.follow({
      leases,
      ttlMs: TTL_MS,
      isGateway: false,
      wants: true,
      isGatewayUser: (name) => name.startsWith('gate'),
      ...options,
    });
  return made;
}

const runners = (...machines: readonly Machine[]): readonly boolean[] => machines.map(({ running }) => running.has(MAIL));

test('a workspace of one runs its accounts, and sends by a fence of 0; one that waits for its team runs none', async () => {
  const hub = new HandHub(new HandTime());
  const alone = machine(hub, 'ana', { isInTeam: false });
  await hub.time.pass(1_000);
  expect([runners(alone), alone.channels.mayRun(MAIL), alone.channels.hold(MAIL)]).toEqual([[false], false, null]);
  alone.channels.follow('alone');
  await hub.time.pass(1_000);
  expect([runners(alone), alone.channels.hold(MAIL)?.fence, alone.channels.hold(MAIL)?.isHeld()]).toEqual([[true], 0, true]);
  alone.channels.follow('waiting');
  await hub.time.pass(1_000);
  expect([runners(alone), alone.channels.hold(MAIL)]).toEqual([[false], null]);
});

test('of several workstations one runs an account; when it dies another does within half a minute, with a greater fence', async () => {
  const hub = new HandHub(new HandTime());
  const [ana, bo] = [machine(hub, 'ana'), machine(hub, 'bo')];
  await hub.time.pass(60_000);
  expect(runners(ana, bo)).toEqual([true, false]);
  const fence = ana.channels.hold(MAIL)?.fence ?? 0;
  expect(bo.channels.hold(MAIL)).toBeNull();
  ana.leases.isDead = true;
  const killedAt = hub.time.nowMs;
  while (!bo.running.has(MAIL) && hub.time.nowMs < killedAt + FAILOVER_LIMIT_MS) await hub.time.pass(100);
  expect(hub.time.nowMs - killedAt).toBeLessThan(FAILOVER_LIMIT_MS);
  expect(bo.channels.hold(MAIL)?.fence).toBeGreaterThan(fence);
  // who was dead for long does not send with what it remembers
  expect(ana.channels.hold(MAIL)?.isHeld() ?? false).toBe(false);
});

test('who has no password for an account, does not want channels, or may not, runs nothing', async () => {
  const hub = new HandHub(new HandTime());
  const [none, unwilling, last] = [machine(hub, 'ana'), machine(hub, 'bo', { wants: false }), machine(hub, 'cy')];
  none.accounts = [];
  none.channels.kick();
  await hub.time.pass(60_000);
  expect(runners(none, unwilling, last)).toEqual([false, false, true]);
  // an account that is added here, and one that is removed
  none.accounts = [MAIL];
  none.channels.kick();
  last.accounts = [];
  last.channels.kick();
  await hub.time.pass(60_000);
  expect(runners(none, unwilling, last)).toEqual([true, false, false]);
  expect(hub.entry(channelLease(MAIL))?.user).toBe('ana');
});

test('a hub that does not answer stops what is sent and not what is fetched; somebody else’s lease stops both', async () => {
  const hub = new HandHub(new HandTime());
  const [ana, bo] = [machine(hub, 'ana'), machine(hub, 'bo')];
  await hub.time.pass(30_000);
  expect(runners(ana, bo)).toEqual([true, false]);
  ana.leases.isOnline = false;
  await hub.time.pass(14_000);
  expect([runners(ana), ana.channels.hold(MAIL)?.isHeld()]).toEqual([[true], false]);
  await hub.time.pass(20_000);
  expect(runners(ana, bo)).toEqual([true, true]);
  ana.leases.isOnline = true;
  ana.leases.tell(channelLease(MAIL));
  await hub.time.pass(1_000);
  expect(runners(ana, bo)).toEqual([false, true]);
});

test('a gateway that appears gets the account, when what is on its way has ended; nobody else may meanwhile', async () => {
  const hub = new HandHub(new HandTime());
  const [ana, bo] = [machine(hub, 'ana'), machine(hub, 'bo')];
  await hub.time.pass(60_000);
  let end = (): void => {};
  ana.sending = new Promise((resolve) => {
    end = resolve;
  });
  const gate = machine(hub, 'gate', { isGateway: true });
  await hub.time.pass(20_000);
  expect([runners(ana, bo, gate), ana.channels.hold(MAIL)?.isLeaving]).toEqual([[true, false, false], true]);
  expect(hub.entry(wantedLease(MAIL))?.user).toBe('gate');
  end();
  await hub.time.pass(1_000);
  expect(runners(ana, bo, gate)).toEqual([false, false, true]);
  expect(hub.entry(wantedLease(MAIL))).toBeNull();
  await hub.time.pass(120_000);
  expect(runners(ana, bo, gate)).toEqual([false, false, true]);
});

test('when a gateway dies another one that waits comes before everybody else; without one it is a workstation, still in time', async () => {
  const hub = new HandHub(new HandTime());
  const gates = [machine(hub, 'gate1', { isGateway: true }), machine(hub, 'gate2', { isGateway: true })] as const;
  await hub.time.pass(1_000);
  const ana = machine(hub, 'ana');
  await hub.time.pass(60_000);
  expect(runners(...gates, ana)).toEqual([true, false, false]);
  gates[0].leases.isDead = true;
  await hub.time.pass(16_000);
  expect(runners(gates[1], ana)).toEqual([true, false]);
  // a gateway that has no password for the account is nobody to wait for
  gates[1].accounts = [];
  gates[1].channels.kick();
  await hub.time.pass(100);
  expect(runners(gates[1], ana)).toEqual([false, true]);
});

test('a gateway that wants an account and dies before it takes it makes nobody go to and fro', async () => {
  const hub = new HandHub(new HandTime());
  const ana = machine(hub, 'ana');
  await hub.time.pass(60_000);
  const fences = new Set<number>();
  const gate = machine(hub, 'gate', { isGateway: true });
  gate.leases.tell = () => {
    gate.leases.isDead = true;
  };
  for (let second = 0; second < 120; second += 1) {
    await hub.time.pass(1_000);
    const fence = ana.channels.hold(MAIL)?.fence;
    if (fence !== undefined) fences.add(fence);
  }
  expect(runners(ana)).toEqual([true]);
  expect(fences.size).toBeLessThanOrEqual(2);
});

test('closing waits for what is on its way, and gives the account back at once', async () => {
  const hub = new HandHub(new HandTime());
  const [ana, bo] = [machine(hub, 'ana'), machine(hub, 'bo')];
  await hub.time.pass(60_000);
  await ana.channels[Symbol.asyncDispose]();
  await hub.time.pass(1_000);
  expect(runners(bo)).toEqual([true]);
  await bo.channels.settled();
});
