const BASE = 36;
const FIRST = 1;
const LAST = 26;

/**
 * A label of a host name in Unicode (`xn--bcher-kva` is `bücher`); a label that is no valid one stays as it is.
 * Source: RFC 3492, 6.2.
 */
export function decodeLabel(label: string): string {
  if (!/^xn--/iu.test(label)) return label;
  const encoded = label.slice(4).toLowerCase();
  const basicEnd = encoded.lastIndexOf('-');
  const output = Array.from(encoded.slice(0, Math.max(0, basicEnd)), (character) => character.codePointAt(0) ?? 0);
  let codePoint = 128;
  let bias = 72;
  let position = 0;
  let at = basicEnd + 1;
  while (at < encoded.length) {
    const before = position;
    for (let weight = 1, step = BASE; ; step += BASE) {
      const digit = digitOf(encoded[at]);
      at += 1;
      if (digit === null || position > 0xff_ff_ff) return label;
      position += digit * weight;
      const threshold = Math.min(LAST, Math.max(FIRST, step - bias));
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapt(position - before, output.length + 1, before === 0);
    codePoint += Math.floor(position / (output.length + 1));
    position %= output.length + 1;
    if (codePoint > 0x10_ff_ff) return label;
    output.splice(position, 0, codePoint);
    position += 1;
  }
  return String.fromCodePoint(...output);
}

function digitOf(character: string | undefined): number | null {
  if (character === undefined) return null;
  const digit = Number.parseInt(character, BASE);
  if (Number.isNaN(digit)) return null;
  // letters are 0 to 25 and digits follow, the other way round than in base 36
  return digit < 10 ? digit + 26 : digit - 10;
}

function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let bias = 0;
  for (; rest > 455; bias += BASE) rest = Math.floor(rest / (BASE - FIRST));
  return bias + Math.floor(((BASE - FIRST + 1) * rest) / (rest + 38));
}
