import { describe, expect, it } from 'vitest';
import { MAX_TOTAL_BYTES, splitBySize } from './attach-files.ts';

describe('splitBySize', () => {
  it('takes what fits beside the files that are there, and names the rest', () => {
    const small = { name: 'small', size: 10 };
    const large = { name: 'large', size: MAX_TOTAL_BYTES };
    expect(splitBySize([large, small], 5)).toEqual({ fits: [small], tooLarge: [large] });
    expect(splitBySize([large], 0).fits).toEqual([large]);
  });
});
