import { afterAll, describe, expect, test } from 'vitest';
import { CHECKS } from './checks.ts';
import type { Driver } from './peer.ts';
import { runCheck } from './run-check.ts';

/** The fast part of the kit as tests. Checks wait more than they work: they run side by side, but for those that count what is held. */
export function describeDriver(driver: Driver): void {
  describe(`${driver.connector} against ${driver.peer} (${driver.kind})`, () => {
    afterAll(async () => driver.close?.());
    const fast = CHECKS.filter(({ id, pace }) => pace === 'fast' && driver.byCommand?.includes(id) !== true);
    describe.concurrent('side by side', () => {
      for (const check of fast.filter(({ id, isAlone }) => isAlone !== true && driver.alone?.includes(id) !== true))
        test(`${check.id} ${check.title}`, async () => {
          const { verdict, notes, error } = await runCheck(driver, check);
          expect(error).toBeNull();
          expect({ verdict, notes }).toEqual({ verdict: expect.stringMatching(/^(pass|not applicable)$/u) as unknown, notes });
        });
    });
    for (const check of fast.filter(({ id, isAlone }) => isAlone === true || driver.alone?.includes(id) === true))
      test(`${check.id} ${check.title}`, async () => {
        const { error } = await runCheck(driver, check);
        expect(error).toBeNull();
      });
  });
}
