// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { conflictsIn, isKeys, NO_KEY_MAP } from '../../shared/domain/desk/key-map.ts';
import { startI18n } from '../i18n/i18n.ts';
import { allCommands, CATALOGUE, wayTo } from './catalogue.ts';

/**
 * The ids of actions as they are written in the sources that register some. One for each of many things (a colleague, a view) has an id
 * that is put together, and is no entry of the catalogue.
 */
function writtenIds(): readonly string[] {
  const names = readdirSync('src/renderer', { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/u.test(name) && !/\.test\.|shortcuts\//u.test(name),
  );
  return names.flatMap((name) => {
    const source = readFileSync(join('src/renderer', name), 'utf8');
    if (!source.includes('shortcuts/registry.ts') || !/\bkeys\b/u.test(source)) return [];
    const whole = [...source.matchAll(/\b(?:id: |command\(\s*|move\(\s*|act\(\s*|travel\(\s*)'(?<id>[a-z]+(?:\.[\w-]+)+)'/gu)];
    // a helper puts the name of its screen before: action('offer', …) is handoffs.sweep.offer
    const prefix = /id: `(?<prefix>[\w.]+\.)\$\{id\}`,\n\s+(?:label|area)/u.exec(source)?.groups?.['prefix'];
    const short = prefix === undefined ? [] : [...source.matchAll(/\b(?:action|open)\(\s*'(?<id>[\w.]+)'/gu)];
    return [...whole.map((found) => found.groups?.['id'] ?? ''), ...short.map((found) => `${prefix ?? ''}${found.groups?.['id'] ?? ''}`)];
  });
}

describe('the catalogue', () => {
  beforeAll(async () => {
    await startI18n('en');
  });

  test('has every command that is registered anywhere', () => {
    const known = new Set(CATALOGUE.map(({ id }) => id));
    const written = writtenIds();
    expect(written.length).toBeGreaterThan(120);
    expect(written.filter((id) => !known.has(id) && !id.startsWith('plan.help.'))).toEqual([]);
  });

  test('names each command once, with keys that can be pressed and do not clash', () => {
    const ids = CATALOGUE.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(CATALOGUE.flatMap(({ keys }) => keys).filter((keys) => !isKeys(keys))).toEqual([]);
    expect(conflictsIn(CATALOGUE, NO_KEY_MAP)).toEqual([]);
  });

  test('has words for each in both languages', async () => {
    const missing = (label: string): boolean => label === '' || /^[a-z][\w-]*(?:\.[\w-]+)+$/u.test(label) || label.endsWith(': tab');
    expect(CATALOGUE.filter((entry) => missing(entry.label())).map(({ id }) => id)).toEqual([]);
    await i18next.changeLanguage('zh-CN');
    expect(CATALOGUE.filter((entry) => !/\p{Script=Han}/u.test(entry.label())).map(({ id }) => id)).toEqual(['locale.en', 'case.vip']);
    await i18next.changeLanguage('en');
  });

  test('leads to each command that is not everywhere, but those of forms and dialogs', () => {
    const unreachable = CATALOGUE.filter(({ place, isHidden }) => place !== 'everywhere' && isHidden !== true && wayTo(place) === null);
    expect(unreachable.map(({ id }) => id)).toEqual([]);
  });

  test('is followed by what is registered beside it', () => {
    const own = { label: 'Own', area: 'handoff', run: () => undefined } as const;
    const all = allCommands([
      { ...own, id: 'of.tomorrow', keys: ['y'] },
      { ...own, id: 'case.claim', keys: ['c'] },
      { ...own, id: 'one.of.many', keys: [], onlyTyped: true },
    ]);
    expect(all.slice(CATALOGUE.length)).toMatchObject([{ id: 'of.tomorrow', place: 'handoffs', keys: ['y'] }]);
  });
});
