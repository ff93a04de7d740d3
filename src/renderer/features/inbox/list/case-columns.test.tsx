// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { caseColumns, COLUMN_IDS, TABLE_FROM_WIDTH, visibleColumns, withColumn } from './case-columns.tsx';

/** In CSS pixels, from case-list.css: the gap between columns, the padding of a row, the bar that scrolls. */
const GAP = 10;
const ENDS = 8 + 12 + 10;

function widthOf(width: number, hidden: readonly string[]): number {
  const shown = visibleColumns(width, hidden);
  const sizes = caseColumns.filter(({ id }) => COLUMN_IDS.some((each) => each === id && shown[each])).map(({ size }) => size ?? 0);
  return sizes.reduce((sum, size) => sum + size, ENDS + (sizes.length - 1) * GAP);
}

it('shows no more columns than fit, at any width of a table, whatever is wanted', () => {
  const everything = withColumn('intake', true, []);
  const cut: string[] = [];
  for (const hidden of [everything, [], ['waiting'], ['waiting', 'status'], ['runway', 'due']])
    for (let width = TABLE_FROM_WIDTH; width < 1_800; width += 1)
      if (widthOf(width, hidden) > width) cut.push(`${String(width)} without ${hidden.join(', ')}`);
  expect(cut).toEqual([]);
});

it('gives up what says least first, and shows all that is wanted where there is room', () => {
  expect(Object.values(visibleColumns(1_800, withColumn('intake', true, []))).every(Boolean)).toBe(true);
  const narrow = visibleColumns(TABLE_FROM_WIDTH, []);
  expect(COLUMN_IDS.filter((id) => narrow[id])).toEqual(['select', 'due', 'customer', 'subject', 'flags', 'assignee', 'last']);
  // a window of 1280 with its views beside the list
  expect(visibleColumns(980, ['waiting'])).toMatchObject({ channel: true, runway: true, status: false });
  expect(visibleColumns(1_800, ['tier', 'last'])).toMatchObject({ tier: false, last: false, status: true });
});
