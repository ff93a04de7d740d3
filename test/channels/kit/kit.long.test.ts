import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CHECKS } from './checks.ts';
import { DRIVERS } from './drivers.ts';
import { runCheck } from './run-check.ts';
import { tableOf, withTable } from './table.ts';
import type { Results } from './table.ts';

/**
 * `npm run channel-kit`: every check for every connector and peer, one after the other, slow ones too. Prints the table and writes it
 * into docs/channels.md. Not part of `npm test`.
 */

const PAGE = resolve(import.meta.dirname, '../../../docs/channels.md');
const results: { -readonly [Key in keyof Results[number]]: Results[number][Key] }[] = [];

afterAll(() => {
  const order = CHECKS.map(({ id }) => id);
  const sorted = results.toSorted((a, b) => order.indexOf(a.check.id) - order.indexOf(b.check.id));
  const drivers = DRIVERS.filter((driver) => results.some((each) => each.driver === driver));
  const table = tableOf(drivers.flatMap((driver) => sorted.filter((each) => each.driver === driver)));
  process.stdout.write(`\n${table}\n\n`);
  // a part of the drivers is no table for the page
  if (results.length === DRIVERS.length * CHECKS.length) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), table));
});

describe.each(DRIVERS.map((driver) => ({ name: `${driver.connector} against ${driver.peer}`, driver })))('$name', ({ driver }) => {
  afterAll(async () => driver.close?.());

  test.each(CHECKS.map((check) => ({ name: `${check.id} ${check.title}`, check })))('$name', async ({ check }) => {
    const outcome = await runCheck(driver, check);
    results.push({ driver, check, outcome });
    expect(outcome.error).toBeNull();
  });
});
