import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAccountPool } from './account-pool.ts';
import type { AccountPool } from './account-pool.ts';
import type { ChannelConnector, Health } from '../channels/connector.ts';
import { listAccounts, removeAccount, saveAccount } from '../store/accounts.store.ts';
import { accountIdFor } from '../identity.ts';
import { ACCOUNT, letThrough, openDesk } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';

let desk: Desk;
let pool: AccountPool;
/** Connectors that were made and not disposed, with how to report their health; they stand for a quiet, healthy channel. */
let living: Map<ChannelConnector, (health: Health) => void>;
/** Answers of the keychain that are held back. */
let held: (() => void)[] | null;
let broken: AccountId | null;

function quietChannel(): ChannelConnector {
  const connector: ChannelConnector = {
    accountId: ACCOUNT.uid,
    capabilities: () => {
      throw new Error('not asked');
    },
    connect: async () => Promise.resolve(),
    pull: async () => Promise.resolve({ events: [], cursor: 'c', more: false, backfill: null }),
    watch: async (_wake, signal) => {
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    send: async () => Promise.reject(new Error('not asked')),
    reconcile: async () => Promise.resolve('undecidable'),
    [Symbol.asyncDispose]: async () => {
      living.delete(connector);
      return Promise.resolve();
    },
  };
  return connector;
}

beforeEach(() => {
  desk = openDesk();
  living = new Map();
  held = null;
  broken = null;
  pool = createAccountPool({
    ...desk,
    redactor: letThrough,
    log: () => {},
    random: () => 0,
    shell: {
      request: async (name, input) => {
        if (name === 'secret.get' && broken !== null && JSON.stringify(input).includes(broken)) throw new Error('the vault is damaged');
        if (held !== null) await new Promise<void>((resolve) => held?.push(resolve));
        return 'secret';
      },
    },
    createConnector: (_account, _password, io) => {
      const connector = quietChannel();
      living.set(connector, io.onHealth);
      return connector;
    },
    onStatus: () => {},
    onOnline: () => {},
    onArrivals: () => {},
    onStorage: () => {},
  });
});
afterEach(async () => {
  await pool[Symbol.asyncDispose]();
  desk[Symbol.dispose]();
});

/** Lets everything go on that waits for the keychain, until nothing does. */
async function release(): Promise<void> {
  const waiting = held ?? [];
  held = null;
  for (const each of waiting) each();
  await Promise.resolve();
}

test('two starts at once make one sync', async () => {
  held = [];
  const both = Promise.all([pool.startAll(), pool.startAll(), pool.restart(ACCOUNT.uid)]);
  await vi.waitFor(() => expect(held).not.toHaveLength(0));
  await release();
  await both;
  expect(living.size).toBe(1);
  await pool.stop(ACCOUNT.uid);
  expect(living.size).toBe(0);
});

test('an account that is removed while it starts does not sync', async () => {
  held = [];
  const starting = pool.startAll();
  await vi.waitFor(() => expect(held).not.toHaveLength(0));
  desk.store.write((tx) => removeAccount(tx, ACCOUNT.uid, desk.clock.now()));
  const stopping = pool.stop(ACCOUNT.uid);
  await release();
  await Promise.all([starting, stopping]);
  expect(living.size).toBe(0);
  expect(pool.statusOf(ACCOUNT.uid)).toBeNull();
});

test('one account that can not be started says so, and the others start', async () => {
  const other = accountIdFor('email', 'other@team.test');
  desk.store.write((tx) => saveAccount(tx, { ...ACCOUNT, uid: other, address: 'other@team.test' }));
  broken = desk.store.read(listAccounts)[0]?.uid ?? null;
  await pool.startAll();
  expect(living.size).toBe(1);
  expect(pool.statusOf(broken ?? other)).toMatchObject({ state: 'problem', code: 'internal', detail: 'the vault is damaged' });
});

test('a failure beside the watch is over when the channel is healthy again', async () => {
  await pool.startAll();
  await vi.waitFor(() => expect(pool.statusOf(ACCOUNT.uid)?.state).toBe('live'));
  const [report] = living.values();
  const since = desk.clock.now();
  report?.({ state: 'offline', since, code: 'timeout', detail: 'no answer' });
  expect(pool.statusOf(ACCOUNT.uid)).toMatchObject({ state: 'offline', code: 'timeout' });
  report?.({ state: 'ok', since, code: null, detail: '' });
  expect(pool.statusOf(ACCOUNT.uid)).toMatchObject({ state: 'live', code: null });
});
