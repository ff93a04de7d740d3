import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSearchWorkspace } from './search-workspace.ts';
import type { SearchWorkspace } from './search-workspace.ts';
import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';
import { listCases } from '../../src/main/engine/store/case-list.store.ts';
import { previewOf } from '../../src/main/engine/usecases/redact-message.ts';
import { instant } from '../../src/shared/domain/time.ts';

let workspace: SearchWorkspace;
beforeEach(() => {
  workspace = openSearchWorkspace();
});
afterEach(() => workspace[Symbol.asyncDispose]());

const mei = { address: 'mei@customer.test', name: 'Mei' };

const wrote = (key: string, text: string) => ({ key, parents: key === 'a' ? [] : ['a'], text, preview: previewOf(text), from: mei });

function rows(): readonly CaseRow[] {
  const viewer = { me: null, now: instant(Date.UTC(2027, 0, 1)) };
  return workspace.store.read((db) => listCases(db, { view: 'all', sort: 'newest', limit: 10 }, viewer).rows);
}

test('a row tells how often its customer has asked again, without what they quote, and still waits since the first message', async () => {
  await workspace.ingest([wrote('a', 'My withdrawal is missing')]);
  const [first] = rows();
  expect(first).toMatchObject({ asked: null });
  await workspace.ingest([
    wrote('b', 'any update??\n\n> My withdrawal is missing'),
    wrote('c', '在吗'),
    wrote('d', 'It was order 4471209'),
  ]);
  expect(rows()).toMatchObject([{ asked: { count: 2 }, waitingSince: first?.waitingSince, messageCount: 4 }]);
});
