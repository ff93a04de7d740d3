/** Words by which people ask for a person or say that something is in danger, as they should be written: folded, five letters and more. */
const KNOWN = [
  'account',
  'accounts',
  'agent',
  'agente',
  'connect',
  'fraud',
  'frozen',
  'hacked',
  'human',
  'humano',
  'mitarbeiter',
  'money',
  'operator',
  'operador',
  'person',
  'persona',
  'please',
  'representative',
  'robot',
  'scammed',
  'someone',
  'speak',
  'stolen',
  'supervisor',
  'transfer',
  'unauthorized',
  'wallet',
  'withdrawal',
] as const;
/** Words that are right as they are, though only a letter away. */
const RIGHT: ReadonlySet<string> = new Set([
  'argent',
  'hacker',
  'humain',
  'humane',
  'human',
  'persons',
  'speaks',
  'speaker',
  'walled',
  'honey',
  'monkey',
]);
/** So short a text is corrected; a long one says it in more than one word. */
const LONGEST = 300;
const WORD = /\p{L}{4,20}/gu;

/**
 * Optimal string alignment (Damerau and Levenshtein with neighbours swapped once) of at most one: a letter too many, too few, another one,
 * or two swapped.
 */
export function isOneAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  if (a.length > b.length) return a.slice(from + 1) === b.slice(from);
  if (a.length < b.length) return a.slice(from) === b.slice(from + 1);
  if (a.slice(from + 1) === b.slice(from + 1)) return true;
  return a[from] === b[from + 1] && a[from + 1] === b[from] && a.slice(from + 2) === b.slice(from + 2);
}

/** The text with mistyped words of these languages put right; null where nothing was. `talk` is too short to be guessed but when swapped. */
export function withoutTypos(folded: string): string | null {
  if (folded.length > LONGEST) return null;
  const put = folded.replaceAll(WORD, (word) => {
    if (RIGHT.has(word)) return word;
    if (word === 'tlak' || word === 'takl') return 'talk';
    return KNOWN.find((each) => each === word) ?? KNOWN.find((each) => isOneAway(word, each)) ?? word;
  });
  return put === folded ? null : put;
}
