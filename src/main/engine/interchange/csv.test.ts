import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';

test('what is written is read again, whatever the cells hold', () => {
  const cell = fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom('a', ',', ';', '"', '\n', '\r\n', '=', '-', '中')).map((parts) => parts.join('')),
    )
    .map((text) => text.trim())
    // our own guard is taken off again
    .filter((text) => !/^'[=+\-@\uff0b\uff0d\uff1d\uff20]/u.test(text));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
      const table = [['first', 'second'], ...rows.map((row) => ['x', ...row])];
      const read = readCsv(writeCsv(table));
      expect(read.broken).toEqual([]);
      expect(read.records.map(({ cells }) => cells)).toEqual(table.map((row) => row.map((each) => each.replaceAll(/\r\n?/gu, '\n'))));
    }),
  );
});

test('lines are counted as an editor counts them', () => {
  expect(readCsv('a,b\r\n\r\n"1\r\n2",x\r\n3,4').records.map(({ line }) => line)).toEqual([1, 3, 5]);
  expect(writeCsv([['a\nb', 1.5]])).toBe('\ufeff"a\nb",1.5\r\n');
});
