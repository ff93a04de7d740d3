import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const PAGE = resolve(import.meta.dirname, '..');
/** What the library of the parts sets on an element while it is shown. */
const BY_LIBRARY: ReadonlySet<string> = new Set([
  '--anchor-width',
  '--available-height',
  '--available-width',
  '--toast-swipe-movement-x',
  '--toast-swipe-movement-y',
  '--transform-origin',
]);

/**
 * Selectors whose end can be any element, after one that depends on its siblings: `tr + tr > *`. Wherever an element comes or goes, the browser then has to look
 * at everything below its siblings anew. One such rule, of a table that was not on the screen, cost 25 of 30 ms at each change of a list of 1,000 elements.
 */
function farReaching(css: string): readonly string[] {
  const selectors = css
    .replaceAll(/\/\*[\s\S]*?\*\//gu, '')
    .split(/[{}]/u)
    .filter((part) => !part.includes(';'))
    .flatMap((part) => part.split(/,(?![^(]*\))/u))
    .map((part) => part.trim());
  return selectors.filter(
    (selector) =>
      !selector.startsWith('@') &&
      (/(?:[+~]|:(?:nth|first|last|only)[a-z-]*).*[ >]\*/u.test(selector) || /[+~]\s*(?:\*|:not|:is)/u.test(selector)),
  );
}

test('says which selectors reach far', () => {
  expect(farReaching('tr + tr > * {} .a > :last-child > * { b: c; }')).toEqual(['tr + tr > *', '.a > :last-child > *']);
  expect(farReaching('.a + :not(.b) {}')).toEqual(['.a + :not(.b)']);
  expect(farReaching('tr + tr > :is(th, td) {} .a > * {} .b { width: calc(1px + 2 * 3px); }')).toEqual([]);
});

const FILES = readdirSync(PAGE, { recursive: true, encoding: 'utf8' });
const SHEETS = FILES.filter((file) => file.endsWith('.css')).map((file) => ({ file, css: readFileSync(resolve(PAGE, file), 'utf8') }));

test('no rule makes each change of a list look at everything in it', () => {
  expect(SHEETS.flatMap(({ file, css }) => farReaching(css).map((selector) => `${file}: ${selector}`))).toEqual([]);
});

test('every value that a rule takes by name is given somewhere: else the rule says nothing', () => {
  const code = FILES.filter((file) => /\.tsx?$/u.test(file)).map((file) => readFileSync(resolve(PAGE, file), 'utf8'));
  const given = new Set(
    [...SHEETS.map(({ css }) => css), ...code].flatMap((text) => [...text.matchAll(/(--[\w-]+)['\]]*:/gu)].map(([, name]) => name)),
  );
  const unknown = SHEETS.flatMap(({ file, css }) =>
    [...css.matchAll(/var\((--[\w-]+)/gu)].flatMap(([, name = '']) =>
      given.has(name) || BY_LIBRARY.has(name) ? [] : [`${file}: ${name}`],
    ),
  );
  expect(unknown).toEqual([]);
});
