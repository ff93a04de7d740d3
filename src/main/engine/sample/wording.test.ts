import { describe, expect, it } from 'vitest';
import { inventPerson } from './people.ts';
import { seededRandom } from './random.ts';
import { PHRASES } from './texts/all-phrases.ts';
import { SAMPLE_LANGUAGES, TOPICS } from './texts/phrases.ts';
import type { SampleLanguage } from './texts/phrases.ts';
import { fill, inventValues } from './values.ts';
import { withHeaderBlock, withQuote } from './wording.ts';
import { detectLanguage } from '../../../shared/domain/language.ts';
import { splitQuotedText, visibleText } from '../../../shared/domain/quotes.ts';
import { instant } from '../../../shared/domain/time.ts';

const AT = instant(Date.UTC(2026, 10, 24, 6, 5));
const OURS = { address: 'support@aurelia.example', name: 'Aurelia Support' };

/** Every phrase of a language that customers or we write, filled in. */
function phrasesOf(language: SampleLanguage): string[] {
  const phrases = PHRASES[language];
  const random = seededRandom(`phrases ${language}`);
  const values = { ...inventValues(inventPerson(language, 'email', random), language, AT, random), agent: 'Yuki Tanabe' };
  const general = [
    ...phrases.greetings,
    ...phrases.closings,
    ...phrases.ourGreetings,
    ...phrases.ourClosings,
    ...phrases.waits,
    ...phrases.chasers,
    ...phrases.angry,
    ...phrases.thanks,
    ...phrases.oneMore,
  ];
  const topics = TOPICS.flatMap((topic) => {
    const { subjects, openings, asks, details, answers } = phrases.topics[topic];
    return [...subjects, ...openings, ...asks, ...details, ...answers];
  });
  return [...general, ...topics].map((phrase) => fill(phrase, values));
}

describe('what invented customers write', () => {
  it.each(SAMPLE_LANGUAGES)('leaves no gap open in %s', (language) => {
    const phrases = phrasesOf(language);
    expect(phrases.length).toBeGreaterThan(120);
    expect(phrases.filter((phrase) => /[{}]/u.test(phrase))).toEqual([]);
  });

  it.each(SAMPLE_LANGUAGES)('is recognised as %s', (language) => {
    const openings = TOPICS.flatMap((topic) => PHRASES[language].topics[topic].openings);
    expect(openings.filter((text) => detectLanguage(text) !== language)).toEqual([]);
  });

  it.each(['zh-Hans', 'ja'] as const)('has the punctuation of its language in %s', (language) => {
    expect(
      phrasesOf(language).filter((phrase) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][,;?!:](?!\/)/u.test(phrase)),
    ).toEqual([]);
  });

  it('opens questions in Spanish', () => {
    const questions = phrasesOf('es').filter((phrase) => phrase.includes('?'));
    expect(questions.length).toBeGreaterThan(20);
    expect(questions.filter((phrase) => !phrase.includes('¿'))).toEqual([]);
  });

  it('knows a subject for every opening, or one that fits them all', () => {
    for (const language of SAMPLE_LANGUAGES)
      for (const topic of TOPICS) expect(PHRASES[language].topics[topic].subjects.length).toBeGreaterThan(0);
  });
});

describe('quoted history', () => {
  const own = 'OWN 1\n\nOWN 2';
  const quoted = { at: AT, author: OURS, text: 'Hello,\n\n> older\n\nregards' };

  it.each(SAMPLE_LANGUAGES)('is told apart in the manner of %s mail programs', (language) => {
    const text = withQuote(own, language, 'Asia/Tokyo', quoted);
    expect(visibleText(text)).toBe(own);
    expect(splitQuotedText(text).blocks.map((block) => block.kind)).toContain('attribution');
  });

  it.each(SAMPLE_LANGUAGES)('is told apart as a block of headers in %s', (language) => {
    const to = { address: 'mei@mailbox.example', name: 'Mei' };
    expect(visibleText(withHeaderBlock(own, language, 'Asia/Tokyo', { ...quoted, to, subject: 'Subject' }))).toBe(own);
  });
});
