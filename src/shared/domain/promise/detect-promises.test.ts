import { describe, expect, test } from 'vitest';
import { ENGLISH_ROWS } from '../../../../test/promise/english-rows.ts';
import { outcome } from '../../../../test/promise/detection.ts';

describe('promises in English', () => {
  test.each(ENGLISH_ROWS)('$text', (row) => {
    const { expected, found } = outcome(row);
    expect(found).toEqual(expected);
  });
});
