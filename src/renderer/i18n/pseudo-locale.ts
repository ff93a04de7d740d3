/** The right-to-left pseudo-locale of the tests: Arabic by its tag, English inside marks that show what was translated. */
export const PSEUDO_LOCALE = 'ar-XB';

const OPEN = '⟦';
const CLOSE = '⟧';

interface Texts {
  readonly [key: string]: string | Texts;
}

/** Every text between marks and a third longer, as translations are; placeholders stay. */
export function pseudoTexts(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, typeof text === 'string' ? pseudoText(text) : pseudoTexts(text)]),
  );
}

function pseudoText(text: string): string {
  return `${OPEN}${text} ${'~'.repeat(Math.ceil(text.length / 3))}${CLOSE}`;
}

/** True for text that came through the translation layer. */
export function isPseudo(text: string): boolean {
  return text.includes(OPEN) || text.includes(CLOSE);
}
