import type { Lang } from '../../../shared/domain/language.ts';

/**
 * The languages of texts that `detectLanguage` is unsure of, null where nobody can tell. Never rejects and never keeps a message waiting
 * for long: a language that is not known is no reason to hold anything up.
 */
export type LanguageGuesser = (texts: readonly string[]) => Promise<readonly (Lang | null)[]>;
