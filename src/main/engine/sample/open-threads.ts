import type { SampleThread } from './feed.ts';
import { sampleChannelOf } from './sample-accounts.ts';
import { listCases } from '../store/case-list.store.ts';
import { caseByUid } from '../store/cases.store.ts';
import { messagesOfCase } from '../store/messages.store.ts';
import type { Store } from '../store/sql.ts';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';

const LOOKED_AT = 300;

/** The unsolved cases of a sample account, newest first: with these the feed goes on. */
export function openSampleThreads(store: Store, accountId: AccountId): readonly SampleThread[] {
  const channel = sampleChannelOf(accountId);
  const { rows } = store.read((db) => listCases(db, { view: 'all', sort: 'newest', limit: LOOKED_AT }, { me: null, now: instant(0) }));
  return rows
    .filter((row) => row.channel === channel && row.status !== 'solved' && row.queuedReplies === 0)
    .map((row) => toThread(store, row));
}

function toThread(store: Store, row: CaseRow): SampleThread {
  return {
    customer: { address: row.contactAddress, name: row.contactName },
    subject: row.subject,
    language: row.language,
    zone: row.contactZone,
    labels: row.labels,
    awaiting: row.waitingSince === null ? 'customer' : 'us',
    waitingSince: row.waitingSince,
    keys: () =>
      store.read((db) => {
        const saved = caseByUid(db, row.caseId);
        return saved === undefined
          ? []
          : messagesOfCase(db, saved.id).flatMap((message) => (message.ownKey === null ? [] : [message.ownKey]));
      }),
  };
}
