import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe } from 'vitest';
import { openWorkspace } from '../../src/main/engine/store/open-workspace.ts';
import { localLogTable } from '../../src/main/engine/store/local-log.store.ts';
import { createHubLink } from '../../src/main/engine/team/create-hub-link.ts';
import { HubClient } from '../../src/main/engine/team/hub-client.ts';
import type { HubLink } from '../../src/main/engine/team/hub-link.ts';
import { TEAM_STREAM } from '../../src/main/engine/team/hub-names.ts';
import { JetStreamLog } from '../../src/main/engine/team/jetstream-log.ts';
import { LinkProxy } from '../../src/main/engine/team/link-proxy.ts';
import { serveHubLink } from '../../src/main/engine/team/link-worker.ts';
import { LocalLog } from '../../src/main/engine/team/local-log.ts';
import { setUpStreams } from '../../src/main/hub/hub.ts';
import { readState } from '../../src/main/hub/hub-folder.ts';
import { instant, type Clock } from '../../src/shared/domain/time.ts';
import { eventually, TestHub } from './hub-server.ts';
import { teamLogConformance, type LogUnderTest } from './team-log-conformance.ts';

const clock: Clock = { now: () => instant(Date.now()) };

let hub: TestHub;
let admin: NatsConnection;
beforeAll(async () => {
  hub = await TestHub.start({
    users: [
      { name: 'ana', role: 'lead' },
      { name: 'bo', role: 'agent' },
    ],
  });
  admin = await hub.connectAs('admin');
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

async function online(client: Pick<HubLink, 'state'>): Promise<void> {
  await eventually(async () => {
    if (client.state().state !== 'online') throw new Error(JSON.stringify(client.state()));
    return Promise.resolve();
  });
}

/** The stream is made anew for each test: an operator could do so, and nobody else. */
async function emptyStream(): Promise<void> {
  const manager = await jetstreamManager(admin);
  await manager.streams.delete(TEAM_STREAM);
  await setUpStreams(hub.folder, await readState(hub.folder));
}

async function emptyHub(): Promise<LogUnderTest> {
  await emptyStream();
  const clients: HubClient[] = [];
  return {
    forbidden: 'shift.shf_1',
    open: async () => {
      const client = new HubClient({ invite: hub.inviteOf('bo'), clock, log: () => {} });
      clients.push(client);
      await online(client);
      return new JetStreamLog(client);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(clients.map(async (client) => client[Symbol.asyncDispose]()));
    },
  };
}

async function emptyHubByPort(): Promise<LogUnderTest> {
  await emptyStream();
  const proxies: LinkProxy[] = [];
  return {
    forbidden: 'shift.shf_1',
    open: async () => {
      const { port1, port2 } = new MessageChannel();
      const options = { invite: hub.inviteOf('bo'), workstation: `ws_${String(proxies.length)}`, run: 'run', clock, log: () => {} };
      serveHubLink(port1, createHubLink(options), clock, () => port1.close());
      const proxy = new LinkProxy({ clock, log: () => {} });
      proxy.attach(port2);
      proxies.push(proxy);
      await online(proxy);
      return proxy.log;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(proxies.map(async (proxy) => proxy[Symbol.asyncDispose]()));
    },
  };
}

async function emptyTable(): Promise<LogUnderTest> {
  const folder = mkdtempSync(path.join(tmpdir(), 'meridian-log-'));
  const { store } = openWorkspace(folder, 0, () => {});
  const log = new LocalLog('local-1', localLogTable(store), clock);
  return Promise.resolve({
    forbidden: null,
    open: async () => Promise.resolve(log),
    [Symbol.asyncDispose]: async () => {
      store[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
}

describe('on a hub, as an agent', () => {
  teamLogConformance(emptyHub);
});

describe('on a hub, from another thread, with the authors of entries', () => {
  teamLogConformance(emptyHubByPort);
});

describe('in a table of the workspace', () => {
  teamLogConformance(emptyTable);
});
