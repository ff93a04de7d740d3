import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { japanese } from './japanese.ts';
import { korean } from './korean.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';
import type { Phrases, SampleLanguage } from './phrases.ts';

export const PHRASES: Readonly<Record<SampleLanguage, Phrases>> = {
  en: english,
  'zh-Hans': chinese,
  ja: japanese,
  es: spanish,
  ko: korean,
  pt: portuguese,
};
