import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectorOptions, Peer } from './peer.ts';
import { introduce, op, startWorkstation } from '../../engine/workstation.ts';
import type { Workstation } from '../../engine/workstation.ts';
import { ConnectorError } from '../../../src/main/engine/channels/connector.ts';
import type { ChannelConnector, ConnectorIo } from '../../../src/main/engine/channels/connector.ts';
import { secretRef } from '../../../src/main/engine/jobs/account-pool.ts';
import type { ProbePoint } from '../../../src/main/engine/probe.ts';
import { saveAccount } from '../../../src/main/engine/store/accounts.store.ts';
import type { ChannelRow } from '../../../src/shared/contract/channels.contract.ts';
import type { Output } from '../../../src/shared/contract/contract.ts';
import type { CaseId, OutboxId } from '../../../src/shared/domain/ids.ts';
import type { Capabilities } from '../../../src/shared/domain/channel/capabilities.ts';

/** How often a state is looked at; it is never slept for a fixed time. */
const LOOK_MS = 15;

/** Waits until something holds; says what did not. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, deadlineMs = 15_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export interface StationOptions {
  /** Where another one left off; a new one when it is left out. */
  readonly folder?: string;
  readonly connector?: ConnectorOptions;
  /** At this step the process "ends": nothing that it does later reaches the service, and its files are what a crash would leave. */
  readonly crashAt?: ProbePoint;
  readonly fence?: () => number | null;
}

/** The whole engine over real SQLite files, with one account on a peer. */
export interface Station extends AsyncDisposable {
  readonly workstation: Workstation;
  readonly folder: string;
  /** Everything that was logged or shown, as text. */
  readonly said: readonly string[];
  /** What the connector was told by its service that is wrong, and how many requests had been made by then. */
  readonly troubles: readonly { readonly code: string; readonly at: number; readonly requests: number }[];
  /** What was left at the crash; resolves when it has come to that. */
  readonly crashed: Promise<string>;
  capabilities(): Capabilities;
  row(): Promise<ChannelRow>;
  live(): Promise<void>;
  /** Messages whose text has these words in it. */
  messages(
    words: string,
  ): readonly { readonly id: number; readonly text: string; readonly removed: number; readonly readAt: number | null }[];
  /** How many references to the service lead to messages with these words. */
  references(words: string): number;
  /** Waits until exactly one message has these words, and none is there twice. */
  has(...words: readonly string[]): Promise<void>;
  caseOf(words: string): CaseId;
  answer(words: string, text: string, files?: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<OutboxId>;
  outbox(id: OutboxId): Promise<Output<'outbox.list'>[number] | undefined>;
  /** Waits until a reply is in one of these states. */
  settled(id: OutboxId, ...states: readonly string[]): Promise<string>;
  nudge(): Promise<void>;
  /** Everything that is on its disk, for finding what must not be there. */
  onDisk(): Buffer;
  /** Ends it and keeps its folder. */
  quit(): Promise<void>;
}

const killed = (): ConnectorError => new ConnectorError('killed', { health: 'down', retryable: false, detail: 'the process has ended' });

/** A connector whose process may end: from then on nothing reaches it, as nothing would leave a process that is gone. */
function mortal(real: ChannelConnector, isDead: () => boolean): ChannelConnector {
  const alive = async <T>(work: () => Promise<T>): Promise<T> => (isDead() ? Promise.reject(killed()) : work());
  const { typing, markRead } = real;
  return {
    accountId: real.accountId,
    capabilities: () => real.capabilities(),
    connect: async (signal) => alive(async () => real.connect(signal)),
    pull: async (cursor, options) => alive(async () => real.pull(cursor, options)),
    watch: async (wake, signal) => alive(async () => real.watch(wake, signal)),
    commit: async (cursor) => alive(async () => real.commit?.(cursor) ?? Promise.resolve()),
    send: async (message, hooks) => alive(async () => real.send(message, hooks)),
    reconcile: async (key, signal, hint) => alive(async () => real.reconcile(key, signal, hint)),
    ...(typing === undefined ? {} : { typing: (...args) => (isDead() ? undefined : typing.apply(real, args)) }),
    ...(markRead === undefined ? {} : { markRead: (...args) => (isDead() ? undefined : markRead.apply(real, args)) }),
    [Symbol.asyncDispose]: async () => real[Symbol.asyncDispose](),
  };
}

export async function startStation(peer: Peer, options: StationOptions = {}): Promise<Station> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'meridian-kit-'));
  const said: string[] = [];
  const troubles: { readonly code: string; readonly at: number; readonly requests: number }[] = [];
  const keep = (...parts: readonly unknown[]): void => {
    said.push(
      parts.map((part) => (part instanceof Error ? `${part.message} ${part.stack ?? ''} ${show(part.cause)}` : show(part))).join(' '),
    );
  };
  let isDead = false;
  let leave: (image: string) => void = () => {};
  const crashed = new Promise<string>((resolve) => {
    leave = resolve;
  });
  const probe = (point: ProbePoint): void => {
    if (isDead) throw killed();
    if (point !== options.crashAt) return;
    isDead = true;
    const image = mkdtempSync(join(tmpdir(), 'meridian-kit-'));
    cpSync(folder, image, { recursive: true });
    leave(image);
    throw killed();
  };
  const { account } = peer;
  const secrets = new Map([[secretRef(account.uid), options.connector?.secret ?? peer.secret]]);
  let connector: ChannelConnector | null = null;
  const workstation = await startWorkstation({
    folder,
    secrets,
    probe,
    log: keep,
    prepare: async ({ store }) => Promise.resolve(store.write((tx) => saveAccount(tx, account))),
    createConnector: (_account, secret, io) => {
      const watched: ConnectorIo = {
        ...io,
        onHealth: (health) => {
          keep('health', health);
          if (health.code !== null) troubles.push({ code: health.code, at: Date.now(), requests: peer.requests() });
          io.onHealth(health);
        },
        ...(options.fence === undefined ? {} : { fence: options.fence }),
      };
      connector = peer.connector(watched, { ...options.connector, ...(secret === null ? {} : { secret }) });
      return mortal(connector, () => isDead);
    },
  });
  if (options.folder === undefined) await introduce(workstation);

  const { store } = workstation.engine;
  const messages = (words: string): ReturnType<Station['messages']> =>
    store.read((db) =>
      db.all('SELECT id, text, removed, read_at AS readAt FROM messages WHERE kind = 0 AND instr(text, @words) > 0', { words }),
    );
  const row = async (): Promise<ChannelRow> => {
    const found = (await workstation.ask('channels.list', {})).find(({ accountId }) => accountId === account.uid);
    if (found === undefined) throw new Error('the channel is not there');
    keep('row', found);
    return found;
  };
  const outbox = async (id: OutboxId): Promise<Output<'outbox.list'>[number] | undefined> =>
    (await workstation.ask('outbox.list', {})).find(({ outboxId }) => outboxId === id);
  const quit = async (): Promise<void> => workstation.quit();

  return {
    workstation,
    folder,
    said,
    troubles,
    crashed,
    capabilities: () => {
      if (connector === null) throw new Error('there is no connector yet');
      return connector.capabilities();
    },
    row,
    live: async () => {
      try {
        await until(async () => (await row()).state === 'live', 'the channel is live', 30_000);
      } catch (error) {
        throw new Error(`${String(error)}: ${show(await row())}`, { cause: error });
      }
    },
    messages,
    references: (words) =>
      store.read(
        (db) =>
          db.get<{ count: number }>(
            'SELECT count(*) AS count FROM remote_refs r JOIN messages m ON m.id = r.message_id WHERE instr(m.text, @words) > 0',
            { words },
          )?.count ?? 0,
      ),
    has: async (...words) => {
      await until(() => words.every((each) => messages(each).length > 0), `${words.join(', ')} came`);
      for (const each of words) if (messages(each).length !== 1) throw new Error(`"${each}" is there ${messages(each).length} times`);
    },
    caseOf: (words) => {
      const found = store.read((db) =>
        db.get<{ uid: CaseId }>('SELECT c.uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE instr(m.text, @words) > 0', { words }),
      );
      if (found === undefined) throw new Error(`no case holds "${words}"`);
      return found.uid;
    },
    answer: async (words, text, files = []) => answer(workstation, store, words, text, files),
    outbox,
    settled: async (id, ...states) => {
      let entry: Awaited<ReturnType<typeof outbox>>;
      const state = (): string => entry?.state ?? 'sent';
      const look = async (): Promise<boolean> => {
        entry = await outbox(id);
        return states.includes(state());
      };
      try {
        // longer than the two waits after which it is tried again
        await until(look, `the reply is ${states.join(' or ')}`, 30_000);
      } catch (error) {
        throw new Error(`${String(error)}: ${show(entry)}`, { cause: error });
      }
      return state();
    },
    nudge: async () => {
      await workstation.ask('accounts.syncNow', { opId: op(), accountId: null });
    },
    onDisk: () =>
      Buffer.concat(
        readdirSync(folder, { recursive: true })
          .map((name) => join(folder, String(name)))
          .filter((name) => statSync(name).isFile())
          .map((name) => readFileSync(name)),
      ),
    quit,
    [Symbol.asyncDispose]: async () => {
      isDead = true;
      await quit();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answer(
  workstation: Workstation,
  store: Workstation['engine']['store'],
  words: string,
  text: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<OutboxId> {
  const found = store.read((db) =>
    db.get<{ uid: CaseId; address: string; name: string }>(
      'SELECT c.uid, m.from_address AS address, m.from_name AS name FROM messages m JOIN cases c ON c.id = m.case_id WHERE instr(m.text, @words) > 0',
      { words },
    ),
  );
  if (found === undefined) throw new Error(`no case holds "${words}"`);
  const { draftId } = await workstation.ask('drafts.save', {
    opId: op(),
    caseId: found.uid,
    kind: 'reply',
    text,
    to: [{ address: found.address, name: found.name }],
    cc: [],
  });
  for (const file of files)
    await workstation.ask('drafts.attach', { opId: op(), draftId, name: file.name, type: 'text/plain', bytes: file.bytes } as never);
  const { outboxId } = await workstation.ask('cases.reply', { opId: op(), caseId: found.uid, draftId, thenStatus: null });
  return outboxId;
}

function show(value: unknown): string {
  return typeof value === 'string'
    ? value
    : (JSON.stringify(value, (_key, each: unknown) => (each instanceof Error ? `${each.message} ${each.stack ?? ''}` : each)) ?? '');
}
