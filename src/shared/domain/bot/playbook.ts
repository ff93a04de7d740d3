import type { IntakeField } from '../message.ts';
import { PHRASES } from './phrases.ts';
import type { Phrases } from './phrases.ts';

/** A text in each language of a playbook, by BCP 47 tag as the playbook writes it. */
export type Texts = Readonly<Record<string, string>>;

/** Where a step leads: to another one, to another playbook, or to the end. */
export type Target =
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'playbook'; readonly playbook: string }
  | { readonly kind: 'solved' }
  | { readonly kind: 'hand-over' };

export interface Choice {
  readonly label: Texts;
  /** Other words for it. Of several choices that fit, the longest words decide. */
  readonly also: Readonly<Record<string, readonly string[]>>;
  readonly go: Target;
}

/** One thing that the bot says. It waits for an answer if it has choices or keeps one; else it goes on at once. */
export interface Step {
  readonly say: Texts;
  readonly choices: readonly Choice[];
  /** The answer, in the customer's words, is kept as this part of the intake. */
  readonly keep: IntakeField | null;
  /** Finds what the answer must hold; that part of it is kept. Handed in, because it must come to an end whatever the playbook says. */
  readonly find: ((text: string) => string | null) | null;
  /** Where it goes on without a choice. */
  readonly go: Target | null;
}

/** A guided conversation. Whoever loads it has made sure that every target is there and every text in every language. */
export interface Playbook {
  readonly id: string;
  readonly name: Texts;
  /** The first is for those of whom nothing is known. */
  readonly languages: readonly string[];
  /** What becomes of customers who speak none of them: a person at once, or this language. */
  readonly otherLanguages: string;
  /** So many answers in a row may be beside the point. */
  readonly patience: number;
  readonly greeting: Texts;
  readonly start: string;
  readonly steps: Readonly<Record<string, Step>>;
  readonly phrases: Readonly<Record<string, Phrases>>;
}

/** `otherLanguages` for a person at once. */
export const HAND_OVER = 'hand-over';

export type PlaybookBook = ReadonlyMap<string, Playbook>;

/** A tag that says the same with fewer words: `zh-Hans-CN` and `zh` are `zh-CN`. */
function bareTag(tag: string): string {
  const lower = tag.toLowerCase();
  if (/^zh(?:-|$)/u.test(lower)) return /-(?:hant|tw|hk|mo)(?:-|$)/u.test(lower) ? 'zh-tw' : 'zh-cn';
  return lower.split('-')[0] ?? lower;
}

/**
 * The language of a playbook for a customer's; null for one that it does not speak. Whoever reads one Chinese script reads the other better
 * than English.
 */
export function playbookLanguage({ languages }: Pick<Playbook, 'languages'>, language: string | null): string | null {
  const [first] = languages;
  if (language === null) return first ?? null;
  const wanted = bareTag(language);
  const exact = languages.find((each) => bareTag(each) === wanted);
  if (exact !== undefined || !wanted.startsWith('zh')) return exact ?? null;
  return languages.find((each) => bareTag(each).startsWith('zh')) ?? null;
}

/** The bot's own words in a language of a playbook. */
export function phrasesFor(playbook: Pick<Playbook, 'phrases'> | null, language: string): Phrases {
  const own = playbook?.phrases[language];
  if (own !== undefined) return own;
  const bare = bareTag(language);
  const key = Object.keys(PHRASES).find((each) => bareTag(each) === bare) ?? 'en';
  const found = PHRASES[key] ?? PHRASES['en'];
  if (found === undefined) throw new Error('the bot has no words');
  return found;
}

/** Whether Meridian brings the bot's own words in this language. */
export function hasPhrases(language: string): boolean {
  return Object.keys(PHRASES).some((each) => bareTag(each) === bareTag(language));
}
