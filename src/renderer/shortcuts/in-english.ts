import i18next from 'i18next';
import { entryOf } from './catalogue.ts';

/**
 * What a command is called in English: it is found by that in every language, since many know the English words from elsewhere, or have no
 * other keyboard at hand. Empty where the page is in English, and for commands that the catalogue does not know.
 */
export function inEnglish(commandId: string): string {
  return i18next.language === 'en' ? '' : (entryOf(commandId)?.label('en') ?? '');
}
