import { splitQuotedText } from '../../quotes.ts';

/**
 * A sentence of what somebody wrote himself. `text` is folded (lower case, full-width forms as plain ones, any white
 * space as one blank each) and as long as the original, so that an index into it is one into the original at `from` more.
 */
export interface Sentence {
  readonly from: number;
  readonly text: string;
  /** The character that ends it, folded; empty when it just ends. */
  readonly end: string;
}

/** Longer ones are cut: no rule looks further than this, which keeps all of them linear. */
export const LONGEST_SENTENCE = 400;
/** Shorter ones promise nothing. */
const SHORTEST_SENTENCE = 4;
/** Lines at least as long may have been broken by a mail program in the middle of a sentence. */
const WRAPPED_LINE = 40;

const KANA = /[\u3041-\u30fa]/u;
const HAN = /[\u3400-\u9fff]/u;
const LIST_ITEM = /^\s{0,20}(?:[-*•·‣▪–—]|\d{1,2}[.)]\s)/u;

/** The sentences of a text without what it quotes, announces as a quote or signs. Linear in its length. */
export function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let offset = 0;
  for (const block of splitQuotedText(text).blocks) {
    if (block.kind === 'own') addSentences(sentences, fold(block.text), offset, block.text);
    offset += block.text.length;
  }
  return sentences;
}

/** Lower case and plain forms, unit by unit: the result is as long as the text. */
function fold(text: string): string {
  const plain = text.replace(/[\uff01-\uff5e\u3000\u00a0\u2007\u202f\u2019\u02bc\t\r\n]/gu, (unit) => {
    const code = unit.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
    return code === 0x2019 || code === 0x02bc ? "'" : code === 0x0a ? '\n' : ' ';
  });
  const lower = plain.toLowerCase();
  if (lower.length === plain.length) return lower;
  // a few letters grow in lower case (İ); they stay as they are
  return Array.from({ length: plain.length }, (_, index) => {
    const one = plain.charAt(index).toLowerCase();
    return one.length === 1 ? one : plain.charAt(index);
  }).join('');
}

function addSentences(sentences: Sentence[], folded: string, offset: number, original: string): void {
  let start = 0;
  const cut = (end: number, mark: string): void => {
    if (end - start < SHORTEST_SENTENCE) return;
    for (let from = start; from < end;) {
      const to = end - from > LONGEST_SENTENCE ? blankBefore(folded, from + LONGEST_SENTENCE, from) : end;
      const isLast = to === end;
      sentences.push({ from: offset + from, text: folded.slice(from, to).replace(/\n/gu, ' '), end: isLast ? mark : '' });
      from = to;
    }
  };
  let lineStart = 0;
  for (let index = 0; index < folded.length; index += 1) {
    const unit = folded.charAt(index);
    if (unit === '\n') {
      if (isHardBreak(folded, original, lineStart, index)) {
        cut(index, '');
        start = index + 1;
      }
      lineStart = index + 1;
    } else if (isEnd(folded, index, start)) {
      cut(index + 1, unit);
      start = index + 1;
    }
  }
  cut(folded.length, '');
}

/** The end of the word before `index`, so that no word is cut in two unless it is all there is. */
function blankBefore(text: string, index: number, from: number): number {
  const blank = text.lastIndexOf(' ', index);
  return blank > from + LONGEST_SENTENCE / 2 ? blank + 1 : index;
}

/** A full stop ends a sentence when a blank follows; not after `a.m`, `approx` or a lone number of a list. */
function isEnd(text: string, index: number, start: number): boolean {
  const unit = text.charAt(index);
  if (unit === '!' || unit === '?' || unit === '。' || unit === ';' || unit === '…') return true;
  if (unit !== '.') return false;
  const next = text.charAt(index + 1);
  if (next !== '' && next !== ' ' && next !== '\n') return false;
  const before = text.slice(Math.max(start, index - 8), index);
  if (/(?:^|[^a-z])(?:a\.?m|p\.?m|approx|hrs?|mins?|no|art|e\.g|i\.e|mr|mrs|ms|dr|sr|sra|aprox|h|u\.s|[a-z])$/u.test(before)) {
    // `14:00 a.m. We will`: the next word tells whether it went on
    return next !== '' && !/^[ \n]{1,3}[a-z\d(]/u.test(text.slice(index + 1, index + 5));
  }
  return true;
}

/** Whether a line ends what it says. A mail program that wraps text breaks long lines; Chinese and lists are never joined. */
function isHardBreak(folded: string, original: string, lineStart: number, index: number): boolean {
  const nextEnd = folded.indexOf('\n', index + 1);
  const next = folded.slice(index + 1, Math.min(nextEnd < 0 ? folded.length : nextEnd, index + 1 + LONGEST_SENTENCE));
  if (next.trim() === '' || LIST_ITEM.test(next)) return true;
  const line = folded.slice(Math.max(lineStart, index - LONGEST_SENTENCE), index).trimEnd();
  if (line === '' || line.endsWith(':')) return true;
  if (HAN.test(line) || KANA.test(line)) return !KANA.test(line) && !KANA.test(next);
  // lower case is asked of the original: folded text has no other
  const first = original
    .slice(index + 1, index + 21)
    .trimStart()
    .charAt(0);
  return line.length < WRAPPED_LINE && first !== '' && first === first.toUpperCase() && !/\d/u.test(first);
}
