import { afterEach, beforeEach, expect, test } from 'vitest';
import { relatedCases } from './related-cases.ts';
import { openSearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import type { SearchWorkspace } from '../../../../test/engine/search-workspace.ts';
import type { RelatedCases } from '../../../shared/contract/routing.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';

let workspace: SearchWorkspace;
beforeEach(() => {
  workspace = openSearchWorkspace();
});
afterEach(() => workspace[Symbol.asyncDispose]());

const from = (address: string) => ({ address, name: '' });
/** What is suggested for the case that somebody wrote to first. */
function relatedTo(address: string): RelatedCases {
  return workspace.store.read((db) => {
    const found = db.get<{ uid: CaseId }>(
      'SELECT c.uid FROM messages m JOIN cases c ON c.id = m.case_id WHERE m.from_address = @address ORDER BY m.id LIMIT 1',
      { address },
    );
    if (found === undefined) throw new Error(`${address} has not written`);
    return relatedCases(db, found.uid);
  });
}

test('what was named at the beginning of a long conversation is still found', async () => {
  await workspace.ingest([
    { key: 'first', text: 'Order no. 4471209 is late', from: from('mei@customer.test') },
    ...Array.from({ length: 70 }, (_, index) => ({
      key: `later${String(index)}`,
      parents: ['first'],
      text: Array.from({ length: 12 }, (_each, word) => `w${((index + 7) * (word + 3) ** 3).toString(36)}abc`).join(' '),
      from: from('mei@customer.test'),
    })),
    { key: 'other', text: 'Where is order #4471209?', from: from('bo@customer.test') },
  ]);
  expect(relatedTo('mei@customer.test').suggested).toMatchObject([{ contactName: 'bo@customer.test', reasons: ['same-order'] }]);
  expect(relatedTo('bo@customer.test').suggested).toMatchObject([{ contactName: 'mei@customer.test', reasons: ['same-order'] }]);
});

test('one customer who writes a thousand times from one address is found by whoever names it', async () => {
  await workspace.ingest([
    { key: 'first', text: 'Hello', from: from('mei@customer.test') },
    { key: 'chat', text: 'I wrote from mei@customer.test', from: from('v1@chat') },
  ]);
  workspace.store.write((tx) =>
    tx.run(
      `INSERT INTO messages(id, uid, case_id, kind, sent_at, received_at, auto, has_html, warnings, from_address, from_name, recipients, subject, text)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
       SELECT m.id + 1000 + i, m.uid || i, m.case_id, 0, m.sent_at, m.received_at, 'none', 0, '[]', m.from_address, '', m.recipients, '', '' FROM n, messages m
       WHERE m.from_address = 'mei@customer.test'`,
    ),
  );
  workspace.store.write((tx) =>
    tx.run("INSERT OR IGNORE INTO message_keys SELECT 'mail:mei@customer.test', id FROM messages WHERE from_address = 'mei@customer.test'"),
  );
  expect(relatedTo('v1@chat').suggested).toMatchObject([{ contactName: 'mei@customer.test', reasons: ['same-address'] }]);
});
