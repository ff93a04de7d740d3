import { en } from './en.ts';
import { es } from './es.ts';
import { ja } from './ja.ts';
import type { Words } from './words.ts';
import { zh } from './zh.ts';

export const LANGUAGES = { en, zh, ja, es } as const satisfies Readonly<Record<string, Words>>;

/** The words for the first of these that there are words for; English for none. @param wanted language tags, the best first */
export function wordsFor(wanted: readonly string[]): Words {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    for (const [name, words] of Object.entries(LANGUAGES)) if (name === language) return words;
  }
  return en;
}
