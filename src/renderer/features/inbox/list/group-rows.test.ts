import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { casesUnder, groupRows, headingAbove, stopBeside, stopsOf } from './group-rows.ts';
import type { GroupRequest } from './group-rows.ts';

const row = (caseId: string, language: string | null): CaseRow => ({ caseId, language }) as unknown as CaseRow;
const ROWS = [row('a', 'zh'), row('b', null), row('c', 'zh'), row('d', 'ko'), row('e', null)];
const grouped = (request: Partial<GroupRequest> = {}) =>
  groupRows({ rows: ROWS, grouping: 'language', dayOf: () => '', isFolded: () => false, counts: null, whole: null, ...request });
const told = ({ items }: ReturnType<typeof grouped>) =>
  items.map((item) => (item.kind === 'heading' ? `${item.key}:${String(item.loaded)}/${String(item.count)}` : item.index));

it('puts rows under headings in the order in which the sort meets them', () => {
  expect(grouped().rows.map((each) => each.caseId)).toEqual(['a', 'c', 'b', 'e', 'd']);
  expect(told(grouped())).toEqual(['zh:2/2', 0, 1, ':2/2', 2, 3, 'ko:1/1', 4]);
});

it('hides the rows of a folded group and keeps its count', () => {
  const { items, rows } = grouped({ isFolded: (key) => key === 'zh' });
  expect(rows.map((each) => each.caseId)).toEqual(['b', 'e', 'd']);
  expect(items[0]).toMatchObject({ kind: 'heading', count: 2, isFolded: true });
  expect(items[1]).toMatchObject({ kind: 'heading', key: '' });
});

it('counts all cases, also of groups of which none is here', () => {
  const counts = [
    { key: 'zh', count: 900 },
    { key: 'th', count: 40 },
    // a case has just come, and its count not yet
    { key: '', count: 1 },
    { key: 'ko', count: 1 },
  ];
  expect(told(grouped({ counts }))).toEqual(['zh:2/900', 0, 1, ':2/2', 2, 3, 'ko:1/1', 4, 'th:0/40']);
  expect(grouped({ counts }).items.at(-1)).toMatchObject({ key: 'th', isFolded: true });
});

it('takes all rows of a group that was asked for as a whole, and none of others that share the value', () => {
  const whole = { key: 'zh', rows: [row('a', 'zh'), row('x', 'zh-Hant'), row('c', 'zh'), row('y', 'zh')] };
  expect(grouped({ whole }).rows.map((each) => each.caseId)).toEqual(['a', 'c', 'y', 'b', 'e', 'd']);
  // what is still of the time before says less than what is here
  expect(grouped({ whole: { key: 'zh', rows: [] } }).rows).toHaveLength(5);
  expect(grouped({ whole: { key: 'gone', rows: ROWS } }).rows).toHaveLength(5);
});

it('goes over headings and rows step by step, and stops at the ends', () => {
  const stops = stopsOf(grouped());
  const [zh, a] = stops;
  expect(stops[2]).toEqual({ caseId: 'c' });
  expect(stopBeside(stops, null, 1)).toEqual(zh);
  expect(stopBeside(stops, zh ?? null, 1)).toEqual(a);
  expect(stopBeside(stops, { heading: '' }, -1)).toEqual({ caseId: 'c' });
  expect(stopBeside(stops, zh ?? null, -5)).toEqual(zh);
  expect(stopBeside(stops, stops.at(-1) ?? null, 12)).toEqual({ caseId: 'd' });
  expect(stopBeside(stops, { heading: 'gone' }, 1)).toEqual(zh);
  expect(stopBeside([], null, 1)).toBeNull();
});

it('knows the heading of each row, and the rows of each heading', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('zh', 'ko', 'th', null), { maxLength: 30 }),
      fc.constantFrom('zh', 'ko', ''),
      (languages, folded) => {
        const rows = languages.map((language, index) => row(`case${index}`, language));
        const view = grouped({ rows, isFolded: (key) => key === folded });
        const stops = stopsOf(view);
        expect(stops).toHaveLength(view.items.length);
        for (const each of view.rows) expect(casesUnder(stops, headingAbove(stops, { caseId: each.caseId }) ?? '?')).toContain(each.caseId);
        expect(casesUnder(stops, folded)).toEqual([]);
        expect(view.items.flatMap((item) => (item.kind === 'heading' ? [item.count] : [])).reduce((sum, count) => sum + count, 0)).toBe(
          rows.length,
        );
      },
    ),
  );
});
