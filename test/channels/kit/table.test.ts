import { expect, test } from 'vitest';
import type { Check } from './checks.ts';
import type { Driver } from './peer.ts';
import { tableOf, withTable } from './table.ts';

const driver = { connector: 'telegram', peer: 'fake Bot API', kind: 'fake' } as Driver;
const check = (id: string): Check => ({
  id,
  title: `title of ${id}`,
  without: () => null,
  pace: 'fast',
  run: async () => Promise.resolve(),
});

test('every check has a cell, and what was not looked at is said below', () => {
  const outcome = { notes: [], ms: 1, error: null };
  const table = tableOf([
    { driver, check: check('C1'), outcome: { ...outcome, verdict: 'pass' } },
    { driver, check: check('C7'), outcome: { ...outcome, verdict: 'not applicable', notes: ['nobody | edits'] } },
    { driver, check: check('C9'), outcome: { ...outcome, verdict: 'fail', notes: ['it was sent twice'] } },
  ]);
  expect(table).toContain('| Check | telegram, fake Bot API (**fake**) |');
  expect(table).toContain('| C7 title of C7 | – 1 |');
  expect(table).toContain('| C9 title of C9 | ✗ 2 |');
  expect(table).toContain('✓ passed (1), ✗ failed (1), – not applicable (1)');
  expect(table).toContain('2. it was sent twice');
});

test('a page keeps what stands around the table', () => {
  const page = 'before\n<!-- kit table: written by `npm run channel-kit` -->\nold\n<!-- end of the kit table -->\nafter\n';
  expect(withTable(page, 'new')).toBe(
    'before\n<!-- kit table: written by `npm run channel-kit` -->\n\nnew\n\n<!-- end of the kit table -->\nafter\n',
  );
  expect(() => withTable('no marks', 'new')).toThrow('no place');
});
