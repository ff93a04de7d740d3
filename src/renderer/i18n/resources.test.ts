import { describe, expect, test } from 'vitest';
import { EMAIL_ERROR_CODES } from '../../main/engine/channels/email/error-codes.ts';
import { resources } from './i18n.ts';

type Texts = { readonly [key: string]: string | Texts };

function flatten(texts: Texts, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[`${prefix}${key}`, text] as const] : flatten(text, `${prefix}${key}.`),
  );
}

const en = new Map(flatten(resources.en));
const zh = new Map(flatten(resources['zh-CN']));
const placeholders = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((found) => found[1] ?? '').sort();

describe('the two languages', () => {
  test('have the same keys; Chinese has one plural form', () => {
    const expected = [...en.keys()].filter((key) => !key.endsWith('_one'));
    expect([...zh.keys()].sort()).toEqual(expected.sort());
  });

  test('have no empty text', () => {
    const empty = [...en, ...zh].filter(([, text]) => text.trim() === '').map(([key]) => key);
    expect(empty).toEqual([]);
  });

  test('fill the same placeholders', () => {
    const different = [...zh]
      .filter(([key, text]) => placeholders(text).join() !== placeholders(en.get(key) ?? '').join())
      .map(([key]) => key);
    expect(different).toEqual([]);
  });

  test('Chinese is written in Chinese, with full-width punctuation between its characters', () => {
    const sloppy = [...zh]
      .filter(([, text]) => /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u.test(text))
      .map(([key, text]) => `${key}: ${text}`);
    expect(sloppy).toEqual([]);
    const english = [...zh].filter(([key, text]) => text === en.get(key) && /[a-z]{4}/u.test(text.replaceAll(/\{\{\w+\}\}/gu, '')));
    expect(english.map(([key]) => key).filter((key) => !ENGLISH_IN_CHINESE.has(key))).toEqual([]);
  });

  test('every code of the mail connector has words', () => {
    const missing = EMAIL_ERROR_CODES.filter((code) => !en.has(`errors.email.${code}`));
    expect(missing).toEqual([]);
  });
});

/** Names that are the same in both languages. */
const ENGLISH_IN_CHINESE = new Set([
  'settings.about.runtime',
  'settings.about.chromium',
  'settings.about.node',
  'settings.about.sqlite',
  'settings.mailboxes.wizard.securities.starttls',
  'inbox.channel.telegram',
  'channels.kind.telegram',
  'channels.discourse.serverPlaceholder',
  'inbox.conversation.system',
  'metrics.events.engine',
  'hub.join.placeholder',
  'conflicts.program',
]);
