import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPlaybook } from './playbook-file.ts';
import { playbooksIn } from './playbook-folder.ts';
import { botBegins, nextStep } from '../../../shared/domain/bot/next-step.ts';
import { instant } from '../../../shared/domain/time.ts';

const BUILT_IN = join(import.meta.dirname, '../../../../resources/playbooks');

const GOOD = `name: { en: Test }
languages: [en]
greeting: { en: Hello. }
start: first
steps:
  first:
    say: { en: Is it on? }
    choices:
      - label: { en: 'Yes' }
        go: solved
      - label: { en: 'No' }
        go: hand-over
`;

function problemsOf(content: string, name = 'test.yaml'): readonly string[] {
  const read = readPlaybook(name, content);
  return read.ok ? [] : read.problems.map(({ file, line, column, message }) => `${file}:${String(line)}:${String(column)} ${message}`);
}

describe('a file of a playbook', () => {
  test('says what is wrong, and where', () => {
    expect(problemsOf(GOOD)).toEqual([]);
    expect(problemsOf(GOOD.replace('go: solved', 'go: second'))).toEqual(['test.yaml:10:9 there is no step second']);
    expect(problemsOf(GOOD.replace('[en]', '[en, ja]'))).toContain('test.yaml:7:5 has no text in ja');
    expect(problemsOf(GOOD.replace('[en]', '[en, pt]'))).toContain(
      'test.yaml:2:17 Meridian has no phrases in pt: write them under phrases.pt',
    );
    expect(problemsOf(GOOD.replace('greeting', 'greting'))[0]).toMatch(/^test\.yaml:/u);
    expect(problemsOf(`${GOOD}  first:\n    say: { en: again }\n`)[0]).toMatch(/^test\.yaml:13:3 .*unique/u);
    expect(problemsOf(GOOD.replace('say: {', 'say: {{'))[0]).toMatch(/^test\.yaml:[78]:/u);
    expect(problemsOf(GOOD, 'Test 1.yaml')).toEqual(['Test 1.yaml:1:1 the name of the file must be small letters, digits and dashes']);
    expect(problemsOf('a: &a [x]\nb: [*a, *a]')[0]).toMatch(/^test\.yaml:/u);
  });

  test('asks nobody for a secret, and may warn', () => {
    expect(problemsOf(GOOD.replace('Is it on?', 'Please send us your recovery phrase.'))).toEqual([
      'test.yaml:7:12 asks the customer for a secret (recovery-phrase), which we never do',
    ]);
    expect(problemsOf(GOOD.replace('Is it on?', 'Never send anybody your recovery phrase. Is it on?'))).toEqual([]);
  });

  test('is what docs/bot.md shows', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../../../docs/bot.md'), 'utf8');
    expect(problemsOf(/```yaml\n(.*?)```/su.exec(docs)?.[1] ?? '')).toEqual([]);
  });

  test('refuses what would leave a customer without a question or an end', () => {
    const circle = `${GOOD}  a: { say: { en: a }, go: b }\n  b: { say: { en: b }, go: a }\n`;
    expect(problemsOf(circle)).toEqual([
      'test.yaml:13:3 comes back to itself without ever asking anything',
      'test.yaml:14:3 comes back to itself without ever asking anything',
    ]);
    expect(problemsOf(`${GOOD}  a: { say: { en: a } }\n`)).toEqual(['test.yaml:13:3 leads nowhere: it needs choices, keep or go']);
    expect(problemsOf(`${GOOD}  a: { say: { en: a }, keep: when, pattern: '(', go: first }\n`)).toEqual([
      'test.yaml:13:36 steps.a.pattern: is no regular expression',
    ]);
  });
});

describe('a hostile or careless file', () => {
  test('leads to no step that only every object has', () => {
    expect(problemsOf(GOOD.replace('go: solved', 'go: constructor'))).toEqual(['test.yaml:10:9 there is no step constructor']);
    expect(problemsOf(GOOD.replace('start: first', 'start: constructor'))[0]).toContain('there is no step constructor');
  });

  test('stops no channel with a pattern that never ends', () => {
    const read = readPlaybook('test.yaml', `${GOOD}  a: { say: { en: a }, keep: when, pattern: '(a+)+$', go: first }\n`);
    const find = read.ok ? read.playbook.steps['a']?.find : undefined;
    expect(find?.('aaaa')).toBe('aaaa');
    const begun = performance.now();
    expect(find?.(`${'a'.repeat(900)}b`)).toBeNull();
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(find?.('aaaa')).toBe('aaaa');
  });
});

describe('the playbooks that Meridian brings', () => {
  const { book, problems } = playbooksIn(BUILT_IN, join(BUILT_IN, 'none'))();

  test('are all in order', () => {
    expect([...problems]).toEqual([]);
    expect([...book.keys()]).toEqual(
      readdirSync(BUILT_IN)
        .map((name) => name.replace('.yaml', ''))
        .toSorted(),
    );
  });

  test.each(['en', 'zh-Hans', 'zh-Hant', 'ja', 'es'])('every choice leads on by its own words: %s', (language) => {
    for (const { id, steps, languages } of book.values()) {
      const mine = languages.find((each) => each.startsWith(language.slice(0, 2))) ?? '';
      for (const [name, { choices }] of Object.entries(steps)) {
        for (const { label, also, go } of choices) {
          for (const words of [label[mine] ?? '', ...(also[mine] ?? [])]) {
            const begun = { ...botBegins(id), step: name, language: mine, turns: 1 };
            const { state } = nextStep(book, begun, { text: words, at: instant(0), language });
            const where = state.end ?? (state.playbook === id ? state.step : `@${state.playbook}`);
            const wanted =
              go.kind === 'playbook'
                ? `@${go.playbook}`
                : go.kind === 'step'
                  ? waiting(id, go.step)
                  : go.kind === 'solved'
                    ? 'solved'
                    : 'stuck';
            expect([id, name, words, where]).toEqual([id, name, words, wanted]);
          }
        }
      }
    }
  });

  /** The step that the bot waits at when it has said this one. */
  function waiting(id: string, step: string): string {
    const each = book.get(id)?.steps[step];
    return each !== undefined && each.choices.length === 0 && each.keep === null && each.go?.kind === 'step'
      ? waiting(id, each.go.step)
      : step;
  }
});

describe('the folder of a workspace', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meridian-playbooks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('goes before those that Meridian brings, and is read again when it changes', () => {
    const load = playbooksIn(BUILT_IN, folder);
    const before = load();
    expect(load()).toBe(before);
    writeFileSync(join(folder, 'general.yaml'), GOOD);
    expect([load().book.get('general')?.name['en'], [...load().own]]).toEqual(['Test', ['general']]);
    writeFileSync(join(folder, 'general.yaml'), GOOD.replace('go: solved', 'go: nowhere'));
    utimesSync(join(folder, 'general.yaml'), 1, 1);
    // a broken one is off; it is not the one of before, nor Meridian's
    expect(load().book.has('general')).toBe(false);
    expect(load().problems.get('general')).toEqual([{ file: 'general.yaml', line: 10, column: 9, message: 'there is no step nowhere' }]);
    expect(load().book.has('deposit-not-arrived')).toBe(true);
  });

  test('what leads to a broken one is broken, too', () => {
    writeFileSync(join(folder, 'deposit-not-arrived.yaml'), 'name: [');
    const { book, problems } = playbooksIn(BUILT_IN, folder)();
    expect([...problems.keys()].toSorted()).toEqual(['deposit-not-arrived', 'general']);
    const line = readFileSync(join(BUILT_IN, 'general.yaml'), 'utf8')
      .split('\n')
      .findIndex((each) => each.includes('@deposit-not-arrived'));
    expect(problems.get('general')).toEqual([
      { file: 'general.yaml', line: line + 1, column: 9, message: 'there is no playbook deposit-not-arrived' },
    ]);
    expect(book.has('withdrawal-delayed')).toBe(true);
  });
});
