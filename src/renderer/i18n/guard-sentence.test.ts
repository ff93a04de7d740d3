import i18next from 'i18next';
import { expect, test } from 'vitest';
import type { Formats } from './formats.ts';
import { guardEn } from './guard-en.ts';
import { guardSentence } from './guard-sentence.ts';
import { guardZh } from './guard-zh.ts';
import { makeId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';

test.each([
  ['en', 'asks-for-secret', guardEn.refusal['asks-for-secret']],
  ['en', 'of-a-newer-version', 'of-a-newer-version'],
  ['zh-CN', 'asks-for-secret', guardZh.refusal['asks-for-secret']],
  ['zh-CN', 'unofficial-link', guardZh.refusal['unofficial-link']],
])('says why the bot was stopped (%s, %s)', async (language, refused, why) => {
  const words = i18next.createInstance();
  await words.init({
    lng: language,
    resources: { en: { guard: guardEn }, 'zh-CN': { guard: guardZh } },
    interpolation: { escapeValue: false },
  });
  const text = { t: words.getFixedT(language, 'guard'), formats: {} as Formats, actor: '' };
  const ended = { type: 'case.botEnded', reason: 'stuck', messageId: makeId('msg', 'a'), at: instant(0) } as const;
  expect(guardSentence({ ...ended, refused }, text)).toContain(why);
  expect(guardSentence(ended, text)).toBeNull();
});
