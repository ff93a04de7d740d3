import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch, ChannelEvent } from '../../src/main/engine/channels/connector.ts';
import { accountIdFor, IdSource } from '../../src/main/engine/identity.ts';
import { createSearchIndexer } from '../../src/main/engine/jobs/search-indexer.ts';
import type { SearchIndexer, SearchIndexerDeps } from '../../src/main/engine/jobs/search-indexer.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { openBlobStore } from '../../src/main/engine/store/blobs.store.ts';
import { migrate } from '../../src/main/engine/store/migrate.ts';
import { openSearchStore } from '../../src/main/engine/store/search.store.ts';
import type { SearchStore } from '../../src/main/engine/store/search.store.ts';
import { saveAgent } from '../../src/main/engine/store/settings.store.ts';
import { Store } from '../../src/main/engine/store/sql.ts';
import { admitAtOnce } from '../../src/main/engine/team/admission.ts';
import { createCaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { IngestDeps } from '../../src/main/engine/usecases/ingest-batch.ts';
import { searchCases } from '../../src/main/engine/usecases/search-cases.ts';
import type { SearchInput } from '../../src/main/engine/usecases/search-cases.ts';
import type { SearchResult } from '../../src/shared/contract/cases.contract.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AttachmentMeta, NormalizedMessage, Party } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** 2026-03-10T12:00:00Z */
export const NOW = 1_773_144_000_000;

export const account: StoredAccount = {
  uid: accountIdFor('email', 'support@team.test'),
  kind: 'email',
  address: 'support@team.test',
  name: 'Support',
  tokenKey: '00'.repeat(32),
  createdAt: instant(NOW),
  removedAt: null,
  settings: null,
};

export interface TestMail {
  readonly key: string;
  readonly subject?: string;
  readonly text?: string;
  readonly preview?: string;
  readonly from?: Party;
  readonly to?: Party;
  readonly at?: number;
  readonly files?: readonly string[];
  readonly parents?: readonly string[];
}

/** A main database and a search index in real files, with the indexer, without channels. */
export interface SearchWorkspace extends AsyncDisposable {
  readonly folder: string;
  readonly context: IngestDeps;
  readonly store: Store;
  readonly search: SearchStore;
  readonly indexer: SearchIndexer;
  readonly logged: string[];
  ingest(mails: readonly TestMail[]): Promise<void>;
  /** Searches when everything is indexed. */
  find(text: string, limit?: number, input?: Partial<SearchInput>, budgetMs?: number): Promise<SearchResult>;
  /** Subjects of what `find` finds. */
  subjects(text: string): Promise<string[]>;
  /** Ends the indexer and closes the index; the main database stays open. */
  stopIndexing(): Promise<void>;
  startIndexing(options?: Partial<SearchIndexerDeps>): void;
}

export function openSearchWorkspace(): SearchWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-search-'));
  const store = new Store(join(folder, 'main.db'));
  migrate(store.database);
  const clock = { now: () => instant(NOW) };
  const ids = new IdSource(clock);
  store.write((tx) => {
    saveAccount(tx, account);
    saveAgent(tx, { agentId: makeId('agt', 'ana'), name: 'Ana Reis', hub: 'lis', zone: 'Europe/Lisbon', languages: [], isMe: true });
  });
  const context: IngestDeps = {
    store,
    blobs: openBlobStore(':memory:'),
    ledger: createCaseLedger({ log: admitAtOnce, ids, clock, node: 'test' }),
    ids,
    clock,
    probe: noProbe,
    verifyToken: () => null,
  };
  const logged: string[] = [];
  const log: SearchIndexerDeps['log'] = (level, message) => {
    logged.push(`${level}: ${message}`);
  };
  let search = openSearchStore(join(folder, 'search.db'));
  let indexer = createSearchIndexer({ store, search, clock, log });

  const find = async (text: string, limit = 50, input: Partial<SearchInput> = {}, budgetMs = 60_000): Promise<SearchResult> => {
    await indexer.settled();
    return store.read((db) => searchCases({ db, search, clock, budgetMs, rankMs: budgetMs }, { text, limit, ...input }));
  };
  const stopIndexing = async (): Promise<void> => {
    await indexer[Symbol.asyncDispose]();
    search[Symbol.dispose]();
  };
  return {
    folder,
    context,
    store,
    logged,
    get search() {
      return search;
    },
    get indexer() {
      return indexer;
    },
    find,
    subjects: async (text) => (await find(text)).hits.map((hit) => hit.row.subject),
    ingest: async (mails) => {
      await ingestBatch(context, account, toBatch(mails), account.uid);
    },
    stopIndexing,
    startIndexing: (options = {}) => {
      search = openSearchStore(join(folder, 'search.db'));
      indexer = createSearchIndexer({ store, search, clock, log, ...options });
    },
    [Symbol.asyncDispose]: async () => {
      await stopIndexing();
      store[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function toBatch(mails: readonly TestMail[]): Batch {
  return {
    events: mails.map((mail): ChannelEvent => ({ kind: 'message', message: toMessage(mail), remoteRef: `INBOX/1/${mail.key}` })),
    cursor: 'c',
    more: false,
    backfill: null,
  };
}

function toMessage(mail: TestMail): NormalizedMessage {
  const at = instant(mail.at ?? NOW - 60_000);
  return {
    channel: 'email',
    direction: 'in',
    nativeKey: mail.key,
    thread: { tokens: [], ownKey: `<${mail.key}>`, parentKeys: (mail.parents ?? []).map((parent) => `<${parent}>`) },
    subject: mail.subject ?? `Subject ${mail.key}`,
    from: mail.from ?? { address: 'mei@customer.test', name: 'Mei' },
    to: [mail.to ?? { address: 'support@team.test', name: '' }],
    cc: [],
    replyTo: [],
    text: mail.text ?? '',
    html: null,
    preview: mail.preview ?? '',
    language: null,
    sentAt: at,
    receivedAt: at,
    senderOffsetMinutes: null,
    auto: 'none',
    bounce: null,
    attachments: (mail.files ?? []).map(toAttachment),
    warnings: [],
    raw: null,
    seen: false,
  };
}

function toAttachment(name: string, index: number): AttachmentMeta {
  return { index, name, type: 'application/pdf', sizeBytes: 10, contentId: null, inline: false, sha256: '0'.repeat(64), embedded: null };
}
