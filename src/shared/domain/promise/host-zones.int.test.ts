import { afterAll, expect, test } from 'vitest';
import { CHINESE_ROWS } from '../../../../test/promise/chinese-rows.ts';
import { outcome } from '../../../../test/promise/detection.ts';
import { ENGLISH_ROWS } from '../../../../test/promise/english-rows.ts';
import { JAPANESE_ROWS } from '../../../../test/promise/japanese-rows.ts';
import { SPANISH_ROWS } from '../../../../test/promise/spanish-rows.ts';

import { currentZoneName } from '../time/zone.ts';

const own = process.env['TZ'];

afterAll(() => {
  process.env['TZ'] = own;
});

// these tests run in a process of their own, in which the machine's zone can be changed
test.each(['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns'])(
  'on a machine set to %s promises are due when they are elsewhere',
  (hostZone) => {
    process.env['TZ'] = hostZone;
    expect(currentZoneName(Intl.DateTimeFormat().resolvedOptions().timeZone)).toBe(hostZone);
    const wrong = [...ENGLISH_ROWS, ...CHINESE_ROWS, ...JAPANESE_ROWS, ...SPANISH_ROWS].filter((row) => {
      const { expected, found } = outcome(row);
      return String(expected) !== String(found);
    });
    expect(wrong).toEqual([]);
  },
);
