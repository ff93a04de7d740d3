import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { generateMails, SUPPORT_ADDRESS } from './generate-mail.ts';
import { normalizeMail } from '../src/main/engine/channels/email/normalize-mail.ts';
import { parseMail } from '../src/main/engine/channels/email/mime/parse-mail.ts';
import { accountIdFor, IdSource } from '../src/main/engine/identity.ts';
import { createSearchIndexer } from '../src/main/engine/jobs/search-indexer.ts';
import { noProbe } from '../src/main/engine/probe.ts';
import { saveAccount } from '../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../src/main/engine/store/accounts.store.ts';
import { caseUidsWithEvents } from '../src/main/engine/store/events.store.ts';
import { openWorkspace } from '../src/main/engine/store/open-workspace.ts';
import type { OpenedWorkspace } from '../src/main/engine/store/open-workspace.ts';
import { openSearchStore } from '../src/main/engine/store/search.store.ts';
import { saveAgent } from '../src/main/engine/store/settings.store.ts';
import { admitAtOnce } from '../src/main/engine/team/admission.ts';
import { createCaseLedger } from '../src/main/engine/usecases/case-ledger.ts';
import { ingestBatch } from '../src/main/engine/usecases/ingest-batch.ts';
import type { IngestDeps } from '../src/main/engine/usecases/ingest-batch.ts';
import { ensureRules } from '../src/main/engine/usecases/sla-rules.ts';
import type { CaseEventBody } from '../src/shared/domain/case.ts';
import type { NormalizedMessage } from '../src/shared/domain/message.ts';
import { instant } from '../src/shared/domain/time.ts';
import { seeded } from './generate-mail.ts';

/** Messages in one transaction, as the app takes them from a mailbox. */
export const SLICE = 50;

const clock = { now: () => instant(Date.now()) };

export const account: StoredAccount = {
  uid: accountIdFor('email', SUPPORT_ADDRESS),
  kind: 'email',
  address: SUPPORT_ADDRESS,
  name: 'Bench Support',
  tokenKey: '00'.repeat(32),
  createdAt: instant(0),
  removedAt: null,
  settings: {
    address: SUPPORT_ADDRESS,
    name: 'Bench Support',
    user: SUPPORT_ADDRESS,
    // Nothing listens there, and without a password nobody asks.
    imap: { host: '127.0.0.1', port: 9, security: 'none' },
    smtp: { host: '127.0.0.1', port: 9, security: 'none' },
    folders: ['INBOX'],
    sentFolder: null,
    sentCopy: 'server',
    plusAddressing: false,
  },
};

/** What ingest needs, over an opened workspace: with the SLA rules that the app gives every workspace, whose clocks run for each message. */
export function ingestDeps(opened: OpenedWorkspace): IngestDeps {
  const ids = new IdSource(clock);
  const ledger = createCaseLedger({ log: admitAtOnce, ids, clock, node: 'bench' });
  const deps: IngestDeps = { store: opened.store, blobs: opened.blobs, ledger, ids, clock, probe: noProbe, verifyToken: () => null };
  // From before the first message, so that every case has its clocks.
  ensureRules(deps, 'Europe/Lisbon', instant(0));
  return deps;
}

/** Ingests in the app's slices; returns the milliseconds of each. */
export async function ingestAll(deps: IngestDeps, messages: readonly NormalizedMessage[]): Promise<number[]> {
  const times: number[] = [];
  for (let from = 0; from < messages.length; from += SLICE) {
    const slice = messages.slice(from, from + SLICE);
    const begun = performance.now();
    await ingestBatch(
      deps,
      account,
      {
        events: slice.map((message, index) => ({ kind: 'message', message, remoteRef: `INBOX/1/${from + index}` })),
        cursor: JSON.stringify({ version: 1, done: from }),
        more: true,
        backfill: null,
      },
      account.uid,
    );
    times.push(performance.now() - begun);
  }
  return times;
}

/** The generated mails as the parser reads them, newest first, as a backfill brings them. */
function parsedMessages(count: number): NormalizedMessage[] {
  return generateMails(count)
    .toReversed()
    .map(({ raw, receivedAt, isOurs }) =>
      normalizeMail(
        parseMail(raw),
        { raw, receivedAt: instant(receivedAt), seen: true, inSentFolder: isOurs, warnings: [] },
        { address: SUPPORT_ADDRESS },
      ),
    );
}

export function readMessages(folder: string): NormalizedMessage[] {
  // Written by `prepare` of this same version.
  return deserialize(readFileSync(join(folder, 'messages.v8'))) as NormalizedMessage[];
}

/** Makes the messages and a workspace that holds them, unless `folder` has them: a team, decided cases, a complete search index. */
export async function prepare(
  folder: string,
  count: number,
): Promise<{ readonly made: boolean; readonly indexedPerSecond: number | null }> {
  const done = join(folder, 'done');
  if (existsSync(done)) return { made: false, indexedPerSecond: null };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const messages = parsedMessages(count);
  writeFileSync(join(folder, 'messages.v8'), serialize(messages));
  const workspace = join(folder, 'workspaces', 'main');
  const opened = openWorkspace(workspace, Date.now(), () => undefined);
  const deps = ingestDeps(opened);
  opened.store.write((tx) => saveAccount(tx, account));
  await ingestAll(deps, messages);
  // A data set without clocks would measure an app that nobody runs.
  const clocks =
    opened.store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM cases WHERE sla IS NOT NULL'))?.count ?? 0;
  if (clocks === 0) throw new Error('no case of the data set has an SLA clock');
  decideCases(deps);
  const indexedPerSecond = await index(opened, workspace, messages.length);
  opened.blobs[Symbol.dispose]();
  opened.store[Symbol.dispose]();
  writeFileSync(done, '');
  return { made: true, indexedPerSecond };
}

const TEAM = ['Ana Reis', 'Kenji Mori', 'Li Na', 'Tom Becker', 'Mina Park', 'Joana Dias'];

/** Seven of ten cases are solved, half of the others belong to somebody, some have labels. */
function decideCases({ store, ledger, ids }: IngestDeps): void {
  const chance = seeded(7);
  const agents = store.write((tx) =>
    TEAM.map((name, index) => {
      const agentId = ids.next('agt');
      saveAgent(tx, { agentId, name, hub: '', zone: 'UTC', languages: ['en'], isMe: index === 0 });
      return agentId;
    }),
  );
  const uids = store.read(caseUidsWithEvents);
  for (let from = 0; from < uids.length; from += 200) {
    store.write((tx) => {
      for (const uid of uids.slice(from, from + 200)) {
        const bodies: CaseEventBody[] = [];
        const agentId = agents[Math.floor(chance() * agents.length)];
        if (chance() < 0.6 && agentId !== undefined) bodies.push({ type: 'case.assigned', agentId });
        if (chance() < 0.2)
          bodies.push({ type: 'case.labelAdded', label: ['shipping', 'refund', 'login'][Math.floor(chance() * 3)] ?? 'other' });
        if (chance() < 0.7) bodies.push({ type: 'case.statusChanged', to: 'solved' });
        else if (chance() < 0.3) bodies.push({ type: 'case.statusChanged', to: 'pending' });
        if (bodies.length > 0) ledger.append(tx, uid, bodies, { actor: agents[0] ?? null });
      }
    });
  }
}

/** Indexes everything as the app does beside its other work; returns messages per second. */
async function index(opened: OpenedWorkspace, workspace: string, count: number): Promise<number> {
  const search = openSearchStore(join(workspace, 'search.db'));
  try {
    const begun = performance.now();
    const indexer = createSearchIndexer({ store: opened.store, search, clock, log: () => undefined });
    await indexer.settled();
    const ms = performance.now() - begun;
    await indexer[Symbol.asyncDispose]();
    return Math.round((count * 1000) / ms);
  } finally {
    search[Symbol.dispose]();
  }
}
