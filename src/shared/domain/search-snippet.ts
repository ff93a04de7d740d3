/** A piece of text with the positions in it that matched. */
export interface Snippet {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
}

/** How many UTF-16 units stand before the first match at most: a row of a list shows few more than twice as many. */
const LEAD = 12;
/** Characters that take the room of two: Chinese, Japanese and Korean ones, and full-width forms. */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF01-\uFF60]/u;

/**
 * About `length` UTF-16 units around the place where most of `positions` stand together; the earliest of equal ones. White
 * space is collapsed, cut ends get an ellipsis. `positions` are [start, end), ascending, not overlapping.
 */
export function snippetAround(text: string, positions: readonly (readonly [number, number])[], length: number): Snippet {
  const from = windowStart(text, positions, length);
  const until = boundary(text, Math.min(text.length, from + length));
  const out: string[] = [];
  const marks: [number, number][] = [];
  let size = 0;
  if (from > 0 && text.slice(0, from).trim() !== '') {
    out.push('…');
    size = 1;
  }
  const inside = positions.filter(([start, end]) => end > from && start < until);
  let next = 0;
  let open = -1;
  let blank = true;
  for (let index = from; index < until; index += 1) {
    const current = inside[next];
    if (current !== undefined && open < 0 && index >= current[0]) open = size;
    const unit = text.charAt(index);
    if (/\s/u.test(unit)) {
      if (!blank) {
        out.push(' ');
        size += 1;
      }
      blank = true;
    } else {
      out.push(unit);
      size += 1;
      blank = false;
    }
    if (current !== undefined && open >= 0 && index + 1 >= Math.min(current[1], until)) {
      if (size > open) marks.push([open, size]);
      open = -1;
      next += 1;
    }
  }
  if (until < text.length && text.slice(until).trim() !== '') out.push('…');
  return { text: out.join(''), marks };
}

function windowStart(text: string, positions: readonly (readonly [number, number])[], length: number): number {
  let best = 0;
  let most = 0;
  for (const [index, [start]] of positions.entries()) {
    let count = 0;
    while (positions[index + count] !== undefined && (positions[index + count]?.[1] ?? 0) <= start + length - LEAD) count += 1;
    if (count > most) {
      most = count;
      best = start;
    }
  }
  const first = positions[0]?.[0] ?? 0;
  const focus = most === 0 ? first : best;
  const wanted = leadStart(text, focus);
  if (wanted === 0) return 0;
  // Begin at a word where one begins.
  const space = text.slice(wanted, focus).search(/\s\S/u);
  return boundary(text, space < 0 ? wanted : wanted + space + 1);
}

/** Where what stands before a match begins, by the room that it takes. */
function leadStart(text: string, focus: number): number {
  let start = focus;
  for (let room = LEAD; start > 0; start -= 1) {
    room -= WIDE.test(text.charAt(start - 1)) ? 2 : 1;
    if (room < 0) break;
  }
  return start;
}

/** Never between the two halves of one character. */
function boundary(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}
