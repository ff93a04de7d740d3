import { describe, expect, test } from 'vitest';
import { wallInstant } from '../../../../test/promise/detection.ts';
import { after } from '../time.ts';
import { toLocal } from '../time/zone.ts';
import type { AcknowledgementFacts } from './acknowledge.ts';
import { ACKNOWLEDGEMENT_LANGUAGES, ACKNOWLEDGEMENT_TEMPLATES } from './acknowledgement-texts.ts';
import { detectPromises } from './detect-promises.ts';
import {
  acknowledgementLanguage,
  acknowledgementSentence,
  languageName,
  templateProblems,
  writeAcknowledgement,
} from './write-acknowledgement.ts';

const zone = 'Asia/Tokyo';

function facts(now: string, readBy: string, readerLanguage: string | null = 'ja'): AcknowledgementFacts {
  const at = wallInstant(zone, readBy);
  const nowLocal = toLocal(zone, wallInstant(zone, now));
  return {
    kind: 'timed',
    readerLanguage,
    readBy: at,
    readByLocal: toLocal(zone, at),
    nowLocal,
    decidedBy: 'policy',
    validUntil: after(at, -1),
  };
}

const today = facts('2026-11-24T08:10', '2026-11-24T09:40');
const tomorrow = facts('2026-11-24T23:10', '2026-11-25T01:05', null);
const names = { customer: 'Kim', reference: 'M-1042' };

describe('the sentence of an acknowledgement', () => {
  test.each([
    [
      'en',
      'A person who speaks Japanese reads this by 09:40 your time.',
      'A person reads this by 01:05 on Wednesday 25 November your time.',
    ],
    ['zh-Hans', '会说日语的同事会在您当地时间 09:40 前阅读您的来信。', '我们的同事会在您当地时间 11月25日（星期三）01:05 前阅读您的来信。'],
    ['zh-Hant', '會說日文的同事會在您當地時間 09:40 前閱讀您的來信。', '我們的同事會在您當地時間 11月25日（星期三）01:05 前閱讀您的來信。'],
    [
      'ja',
      '日本語を話す担当者が、お客様の現地時間で09:40までに拝読いたします。',
      '担当者が、お客様の現地時間で11月25日（水）01:05までに拝読いたします。',
    ],
    [
      'es',
      'Una persona que habla japonés leerá este mensaje antes de las 09:40, en su hora local.',
      'Una persona leerá este mensaje antes de la 01:05 del miércoles 25 de noviembre, en su hora local.',
    ],
    [
      'ko',
      '일본어를 하는 담당자가 고객님 현지 시간 09:40까지 이 메시지를 읽습니다.',
      '담당자가 고객님 현지 시간 11월 25일(수) 01:05까지 이 메시지를 읽습니다.',
    ],
  ] as const)('in %s', (language, withLanguage, dated) => {
    const template = ACKNOWLEDGEMENT_TEMPLATES[language];
    expect(acknowledgementSentence(template, today)).toBe(withLanguage);
    expect(acknowledgementSentence(template, tomorrow)).toBe(dated);
    expect(acknowledgementSentence(template, { kind: 'untimed', readerLanguage: 'ja', reason: 'unstaffed' })).toBe(template.untimed);
  });

  test.each(ACKNOWLEDGEMENT_LANGUAGES)('in %s every language has a name', (language) => {
    const found = ['en', 'zh-Hans', 'zh-Hant', 'ja', 'ko', 'es', 'pt', 'fr', 'de'].map((each) => languageName(each, language));
    expect(found.filter((each) => /^[a-z]{2}$/u.test(each) || /[（(]/u.test(each))).toEqual([]);
    expect(languageName('zh-Hans', language)).toBe(languageName('zh-Hant', language));
  });
});

test('the text greets by name, and fills in nothing that a name brings along', () => {
  expect(writeAcknowledgement(ACKNOWLEDGEMENT_TEMPLATES.en, today, names)).toBe(
    'Hello Kim,\n\nWe have your message (reference M-1042).\nA person who speaks Japanese reads this by 09:40 your time.\n\nThis acknowledgement was sent automatically; you can reply to it to add something.',
  );
  const odd = writeAcknowledgement(ACKNOWLEDGEMENT_TEMPLATES.en, tomorrow, {
    customer: ' {sentence}\nBcc: {time} ',
    reference: '{name} $&',
  });
  expect(odd).toContain('Hello {sentence} Bcc: {time},\n\n');
  expect(odd).toContain('(reference {name} $&)');
  expect(writeAcknowledgement(ACKNOWLEDGEMENT_TEMPLATES.ja, today, { ...names, customer: '  ' })).toMatch(/^お客様\n\n/u);
});

test.each([
  ['ja', 'ja'],
  ['ja-JP', 'ja'],
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['zh-TW', 'zh-Hant'],
  ['zh-Hant-HK', 'zh-Hant'],
  ['es-419', 'es'],
  ['de', 'en'],
  [null, 'en'],
])('a customer who writes %s is answered in %s', (language, expected) => {
  expect(acknowledgementLanguage(language)).toBe(expected);
});

describe('a template', () => {
  test.each(ACKNOWLEDGEMENT_LANGUAGES)('in %s is fine', (language) => {
    expect(ACKNOWLEDGEMENT_TEMPLATES[language].language).toBe(language);
    expect(templateProblems(ACKNOWLEDGEMENT_TEMPLATES[language])).toEqual([]);
  });

  test('is told what it lacks, and what it must not say', () => {
    const template = {
      ...ACKNOWLEDGEMENT_TEMPLATES.en,
      greeting: 'Hi {nmae}',
      namelessGreeting: ' ',
      body: 'We have your message.',
      speaking: 'Somebody reads this by {time}.',
      untimed: 'Thank you. We will reply within 24 hours.',
    };
    expect(templateProblems(template)).toEqual([
      { field: 'greeting', code: 'unknown-placeholder', placeholder: 'nmae' },
      { field: 'namelessGreeting', code: 'empty' },
      { field: 'body', code: 'missing-placeholder', placeholder: 'sentence' },
      { field: 'speaking', code: 'missing-placeholder', placeholder: 'language' },
      { field: 'untimed', code: 'fixed-promise', text: 'within 24 hours' },
    ]);
    // what is done as a rule is promised by every mail that says so
    const standing: readonly (readonly [keyof typeof ACKNOWLEDGEMENT_TEMPLATES, string, string])[] = [
      ['en', 'We answer within 24 hours.', 'within 24 hours'],
      ['en', 'Our team replies within 2 business days.', 'within 2 business days'],
      ['zh-Hans', '我们通常在一周内回复。', '一周内'],
      ['ja', '24時間以内に返信しております。', '24時間以内'],
      ['es', 'Respondemos en 24 horas.', 'en 24 horas'],
    ];
    for (const [language, text, told] of standing) {
      const template = { ...ACKNOWLEDGEMENT_TEMPLATES[language], untimed: text };
      expect(templateProblems(template)).toEqual([{ field: 'untimed', code: 'fixed-promise', text: told }]);
    }
    expect(templateProblems({ ...ACKNOWLEDGEMENT_TEMPLATES.en, untimed: 'Please reply within 7 days.' })).toEqual([]);
    const japanese = { ...ACKNOWLEDGEMENT_TEMPLATES.ja, body: '{sentence}\n24時間以内に返信いたします。' };
    expect(templateProblems(japanese)).toEqual([{ field: 'body', code: 'fixed-promise', text: '24時間以内' }]);
  });
});

test('the words of the time mean the instant that they were made of', () => {
  const context = {
    writtenAt: wallInstant(zone, '2026-11-24T08:10'),
    customerZone: zone,
    writerZone: null,
    businessHours: null,
    language: null,
  };
  const due = (text: string) => detectPromises(text, context).map((each) => each.dueAt);
  const found = facts('2026-11-24T08:10', '2026-11-26T09:40');
  const at = found.kind === 'timed' ? found.readBy : null;
  const sentence = (language: 'en' | 'zh-Hant' | 'es') => acknowledgementSentence(ACKNOWLEDGEMENT_TEMPLATES[language], found);
  expect(due(sentence('en').replace('reads this', 'will answer this'))).toEqual([at]);
  expect(due(sentence('zh-Hant').replace('閱讀您的來信', '回覆您'))).toEqual([at]);
  expect(due(sentence('es').replace('leerá', 'responderá'))).toEqual([at]);
});
