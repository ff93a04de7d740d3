import { expect, it } from 'vitest';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { groupRows } from './group-rows.ts';

const row = (caseId: string, language: string | null): CaseRow => ({ caseId, language }) as unknown as CaseRow;
const ROWS = [row('a', 'zh'), row('b', null), row('c', 'zh'), row('d', 'ko'), row('e', null)];

it('puts rows under headings in the order in which the sort meets them', () => {
  const { items, rows } = groupRows(
    ROWS,
    'language',
    () => '',
    () => false,
  );
  expect(rows.map((each) => each.caseId)).toEqual(['a', 'c', 'b', 'e', 'd']);
  expect(items.map((item) => (item.kind === 'heading' ? `${item.key}:${String(item.count)}` : item.index))).toEqual([
    'zh:2',
    0,
    1,
    ':2',
    2,
    3,
    'ko:1',
    4,
  ]);
});

it('hides the rows of a folded group and keeps its count', () => {
  const { items, rows } = groupRows(
    ROWS,
    'language',
    () => '',
    (key) => key === 'zh',
  );
  expect(rows.map((each) => each.caseId)).toEqual(['b', 'e', 'd']);
  expect(items[0]).toMatchObject({ kind: 'heading', count: 2, isFolded: true });
  expect(items[1]).toMatchObject({ kind: 'heading', key: '' });
});
