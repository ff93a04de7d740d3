import { expect, test } from 'vitest';
import { lazily } from './lazily.ts';

test('is made once, when it is asked for, whatever it is', () => {
  let times = 0;
  const nothing = lazily(() => {
    times += 1;
    return undefined;
  });
  expect(times).toBe(0);
  expect([nothing(), nothing()]).toEqual([undefined, undefined]);
  expect(times).toBe(1);
});

test('is tried again where making it failed', () => {
  let isBroken = true;
  const value = lazily(() => {
    if (isBroken) throw new Error('not yet');
    return 'made';
  });
  expect(value).toThrow('not yet');
  isBroken = false;
  expect(value()).toBe('made');
});
