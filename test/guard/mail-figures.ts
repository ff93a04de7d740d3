import type { Random } from '../../src/main/engine/sample/random.ts';
import { isRedacted, redact } from '../../src/shared/domain/guard/placeholder.ts';
import type { SecretScanner } from '../../src/shared/domain/guard/secret-types.ts';

/** Names are of words of the lists, too. */
/** Beginnings, ends and names below them, as people write them; words of lists are among them on purpose ("Thank you very much"). */
const GREETINGS = [
  'Hi,',
  'Hello team,',
  'Dear support team,',
  'Good day,',
  'Hallo zusammen,',
  'Bonjour,',
  'Hola,',
  '您好，',
  'こんにちは。',
  '',
];
const CLOSINGS = [
  'Thank you',
  'Thank you very much',
  'Thank you again\nHave a good day',
  'Best regards',
  'Kind regards',
  'Viele Grüße',
  'Merci beaucoup',
  'Gracias',
  '谢谢',
  'Please help',
  '',
];
export const NAMES = [
  'Mei',
  'Grace Young',
  'Jo Rich\nGold Coin Trade',
  'Max Winter',
  'Ana Reis\nSent from my iPhone',
  'Rose Forest\n-- \nRose Forest | Orange Media',
];
/** What stands between two mails of one person. */
const QUOTE = 'On 3 May 2026 at 10:00, Support <support@team.test> wrote:';

/** A mail of somebody around some lines; one in three quotes what was said before. */
export function mailAround(random: Random, name: string, lines: readonly string[], before: string | null): string {
  const quoted = before !== null && random.chance(0.33) ? ['', QUOTE, ...before.split('\n').map((line) => `> ${line}`)] : [];
  return [random.pick(GREETINGS), '', ...lines, '', random.pick(CLOSINGS), name, ...quoted].join('\n');
}

/** Leads to the words: in most mails something says what they are. */
const LEADS = ['', 'The first words:', 'and the other ones:', 'These are mine:', 'Here it is', 'next'];

/** Of phrases of twelve words that were sent in so many mails, those of which nothing is left in any. */
export function phrasesInMails(
  random: Random,
  scanner: SecretScanner,
  phrases: readonly (readonly string[])[],
  mails: number,
): { readonly found: number; readonly all: number } {
  let found = 0;
  for (const words of phrases) {
    const size = words.length / mails;
    const name = random.pick(NAMES);
    const texts: string[] = [];
    for (let index = 0; index < mails; index += 1) {
      const part = words.slice(index * size, (index + 1) * size);
      const lines = random.chance(0.5) ? [part.join(' ')] : part.map((word, at) => `${String(index * size + at + 1)}. ${word}`);
      texts.push(mailAround(random, name, [random.pick(LEADS), ...lines], texts.at(-1) ?? null));
    }
    const { hits, earlier } = scanner.scanMails(texts, texts.length - 1);
    const after = texts.map((text, at) =>
      redact(text, at === texts.length - 1 ? hits : earlier.filter(({ index }) => index === at).map(({ hit }) => hit)),
    );
    if (after.every((text) => text.includes('⟦') && !text.includes(words.slice(0, 3).join(' ')))) found += 1;
  }
  return { found, all: phrases.length };
}

/**
 * Mails that have no secret, one after the other as of one sender, each read with the five before it.
 * @returns in how many something was taken out only because they were read together, and how many had others looked up
 */
export function readTogether(
  scanner: SecretScanner,
  mails: readonly string[],
  missed: (text: string) => void,
): { readonly wrong: number; readonly lookedUp: number } {
  let wrong = 0;
  let lookedUp = 0;
  for (const [at, text] of mails.entries()) {
    if (!scanner.mayBePart(text)) continue;
    lookedUp += 1;
    const texts = mails.slice(Math.max(0, at - 5), at + 1);
    const { hits, earlier } = scanner.scanMails(texts, texts.length - 1);
    const alone = new Set(
      scanner
        .scan(text)
        .filter(isRedacted)
        .map(({ from }) => from),
    );
    const more = hits.filter((hit) => isRedacted(hit) && !alone.has(hit.from));
    if (more.length === 0 && earlier.length === 0) continue;
    wrong += 1;
    missed(more.map(({ kind, from, to }) => `${kind}: ${text.slice(from, to)}`).join(' | '));
  }
  return { wrong, lookedUp };
}
