import { languageOfTag } from '../language.ts';
import type { FactField } from './fact-fields.ts';
import { koreanWords, japaneseWords, simplifiedWords, traditionalWords } from './questions-asian.ts';
import { englishWords, portugueseWords, spanishWords } from './questions-european.ts';

/** The languages that customers are asked in. */
export const ASK_LANGUAGES = ['en', 'zh-Hans', 'zh-Hant', 'ja', 'ko', 'es', 'pt'] as const;
export type AskLanguage = (typeof ASK_LANGUAGES)[number];

/** What one language says to a customer. */
export interface AskWords {
  /** Whole questions, for mail and chats. */
  readonly questions: Readonly<Record<FactField, string>>;
  /** A word or two, for posts of 280 characters, and for labels that customers put before their answers. */
  readonly names: Readonly<Record<FactField, string>>;
  /** The first time: why, and that all of it is asked at once. */
  readonly first: string;
  /** Later: only what is left. */
  readonly again: string;
  /** Behind the questions. */
  readonly safety: string;
  /** The same, short. */
  readonly firstShort: string;
  readonly againShort: string;
  readonly safetyShort: string;
}

export const ASK_WORDS: Readonly<Record<AskLanguage, AskWords>> = {
  en: englishWords,
  'zh-Hans': simplifiedWords,
  'zh-Hant': traditionalWords,
  ja: japaneseWords,
  ko: koreanWords,
  es: spanishWords,
  pt: portugueseWords,
};

/** In which language a customer of this one (BCP 47; null: unknown) is asked, and whether it is theirs. */
export function askLanguage(language: string | null): { readonly language: AskLanguage; readonly isFallback: boolean } {
  const known = language === null ? null : languageOfTag(language);
  const own = ASK_LANGUAGES.find((each) => each === known);
  return own === undefined ? { language: 'en', isFallback: true } : { language: own, isFallback: false };
}
