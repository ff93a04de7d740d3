import type { SecretHit } from '../../../shared/domain/guard/secret-types.ts';

/** UTF-16 units. A message is kept whole: what stands around a secret says what the customer meant. */
export const WHOLE_TEXT = 64 * 1024;
/** Of a longer text so much is kept on either side of a secret. */
const AROUND = 500;

/** What is sealed of a text that something was taken out of: all of it, or of a long file what stands around its secrets. */
export function sealedExcerpt(text: string, hits: readonly Pick<SecretHit, 'from' | 'to'>[]): string {
  if (text.length <= WHOLE_TEXT) return text;
  const pieces: { from: number; to: number }[] = [];
  for (const hit of hits.toSorted((a, b) => a.from - b.from)) {
    const [from, to] = [Math.max(0, hit.from - AROUND), Math.min(text.length, hit.to + AROUND)];
    const last = pieces.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else pieces.push({ from, to });
  }
  return pieces.map(({ from, to }) => `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`).join('\n');
}
