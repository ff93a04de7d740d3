import type { Workstation } from './workstation.ts';
import { accountIdFor, IdSource } from '../../src/main/engine/identity.ts';
import { noProbe } from '../../src/main/engine/probe.ts';
import { saveAccount } from '../../src/main/engine/store/accounts.store.ts';
import type { StoredAccount } from '../../src/main/engine/store/accounts.store.ts';
import { openBlobStore } from '../../src/main/engine/store/blobs.store.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { Clock } from '../../src/shared/domain/time.ts';

const account: StoredAccount = {
  uid: accountIdFor('sample', 'here'),
  kind: 'sample',
  address: 'here@team.test',
  name: 'Here',
  tokenKey: '00'.repeat(32),
  createdAt: instant(0),
  removedAt: null,
  settings: null,
};

let messages = 0;

/** A customer writes: the message is ingested as any other, without a mailbox. */
export async function arrive(
  station: Workstation,
  clock: Clock,
  subject: string,
  change: Partial<NormalizedMessage> = {},
): Promise<CaseId> {
  const { store, ledger } = station.engine;
  store.write((tx) => saveAccount(tx, account));
  messages += 1;
  const key = `arriving-${String(messages)}`;
  const message: NormalizedMessage = {
    channel: 'email',
    direction: 'in',
    nativeKey: key,
    thread: { tokens: [], ownKey: key, parentKeys: [] },
    subject,
    from: { address: 'mei@customer.test', name: '' },
    to: [],
    cc: [],
    replyTo: [],
    text: subject,
    html: null,
    preview: subject,
    language: 'en',
    sentAt: clock.now(),
    receivedAt: clock.now(),
    senderOffsetMinutes: null,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: false,
    ...change,
  };
  const blobs = openBlobStore(':memory:');
  await ingestBatch(
    { store, ledger, blobs, clock, ids: new IdSource(clock), probe: noProbe, verifyToken: () => null },
    account,
    { events: [{ kind: 'message', message, remoteRef: key }], cursor: '', more: false, backfill: null },
    account.uid,
  );
  blobs[Symbol.dispose]();
  const found = store.read((db) =>
    db.get<{ uid: CaseId }>('SELECT c.uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.own_key = @key', {
      key: message.thread.ownKey ?? key,
    }),
  );
  if (found === undefined) throw new Error(`${subject} was not stored`);
  return found.uid;
}
