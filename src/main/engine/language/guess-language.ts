import { eld } from 'eld/extrasmall';
import type { Lang } from '../../../shared/domain/language.ts';

/** Scripts tell the others; between these the words decide. The library knows Malay, which Indonesian is read as. */
const CANDIDATES: ReadonlyMap<string, Lang> = new Map<string, Lang>([
  ['en', 'en'],
  ['es', 'es'],
  ['pt', 'pt'],
  ['fr', 'fr'],
  ['de', 'de'],
  ['it', 'it'],
  ['vi', 'vi'],
  ['ms', 'id'],
  ['tr', 'tr'],
]);

/** The language of a text in Latin letters; null when it is too short or could be several. */
export function guessLanguage(text: string): Lang | null {
  const found = eld.detect(text);
  const language = CANDIDATES.get(found.language);
  return language !== undefined && found.isReliable() ? language : null;
}

/** What else Latin letters write is told apart and then not named: Polish must not become Turkish. */
eld.setLanguageSubset([...CANDIDATES.keys(), 'nl', 'pl', 'cs', 'sv', 'no', 'da', 'fi', 'ro', 'hu', 'hr', 'tl', 'ca']);
