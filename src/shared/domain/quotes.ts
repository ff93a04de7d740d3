import { attributionStrength, endsAttribution, isRule, isSentFrom, isSeparator, quotedField, startsAttribution } from './quote-patterns.ts';

/**
 * - `own`: what the sender wrote
 * - `quote`: what he quotes, with its depth
 * - `attribution`: the line or header block that announces a quote
 * - `signature`: from a signature separator on, or a "sent from my phone" line
 */
export type QuoteKind = 'own' | 'quote' | 'attribution' | 'signature';

/** A run of lines of one kind. */
export interface QuoteBlock {
  readonly kind: QuoteKind;
  /** Exact characters of the input, line ends and `>` signs included. */
  readonly text: string;
  /** 0 outside quotes, else how many mails back. */
  readonly depth: number;
}

/** Wrapped lines that one attribution can have. */
const ATTRIBUTION_LINES = 4;
/** Lines within which an Outlook header block must show its fields. */
const HEADER_LINES = 12;
/** A signature after a bare `--` (without its space) longer than this is text. */
const LOOSE_SIGNATURE_LINES = 12;

/**
 * Tells a reply from what it quotes. Nothing is removed: the blocks' texts joined are exactly the input, so that a page can
 * fold and unfold them. Text written between or below `>` quotes stays `own`.
 *
 * Linear in the length of the text: each line is looked at a bounded number of times.
 */
export function splitQuotedText(text: string): { readonly blocks: readonly QuoteBlock[] } {
  const lines = splitLines(text);
  const blocks = new Classifier(lines).classify();
  return { blocks };
}

/**
 * What the sender wrote himself, for previews, search and language detection: his own lines without quotes, attributions
 * and signature. A mail that holds nothing else (a forwarded mail) is given whole.
 */
export function visibleText(text: string): string {
  const own = splitQuotedText(text)
    .blocks.filter((block) => block.kind === 'own')
    .map((block) => block.text)
    .join('')
    .trim();
  return own === '' ? text.trim() : own;
}

/** Lines with their line ends, so that joining them gives the text back. */
function splitLines(text: string): string[] {
  const lines: string[] = [];
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed + 1;
    lines.push(text.slice(start, end));
    start = end;
  }
  return lines;
}

interface Mark {
  kind: QuoteKind;
  depth: number;
}

class Classifier {
  readonly #lines: readonly string[];
  readonly #marks: Mark[];
  /** No quote or announcement begins on a line before this one, as far as signatures were looked at: no line is searched twice. */
  #clearUntil = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    this.#marks = lines.map((line) => ({ kind: 'own', depth: quoteDepth(line) }));
  }

  classify(): QuoteBlock[] {
    let index = 0;
    while (index < this.#lines.length) {
      const depth = this.#depth(index);
      if (depth > 0) {
        this.#mark(index, index + 1, 'quote', depth);
        index += 1;
        continue;
      }
      const tail = this.#tailStart(index);
      if (tail !== null) {
        this.#mark(index, tail, 'attribution', 0);
        this.#quoteRest(tail);
        break;
      }
      index = this.#attribution(index) ?? this.#signature(index) ?? index + 1;
      // an announced quote without `>` signs reaches to the end of the mail
      if (this.#marks[index - 1]?.kind === 'attribution' && !this.#isQuotedNext(index)) {
        this.#quoteRest(index);
        break;
      }
    }
    this.#absorbBlankLines();
    return this.#blocks();
  }

  #line(index: number): string {
    return this.#lines[index] ?? '';
  }

  #isBlank(index: number): boolean {
    return this.#line(index).trim() === '';
  }

  #depth(index: number): number {
    return this.#marks[index]?.depth ?? 0;
  }

  #mark(from: number, to: number, kind: QuoteKind, depth: number): void {
    for (let index = from; index < to; index += 1) this.#marks[index] = { kind, depth };
  }

  #quoteRest(from: number): void {
    for (let index = from; index < this.#lines.length; index += 1)
      this.#marks[index] = { kind: 'quote', depth: 1 + quoteDepth(this.#line(index)) };
  }

  /** Whether the next line with text is a `>` quote. */
  #isQuotedNext(from: number): boolean {
    for (let index = from; index < Math.min(from + 4, this.#lines.length); index += 1)
      if (!this.#isBlank(index)) return this.#depth(index) > 0;
    return false;
  }

  /** End of a separator or header block at this line, after which everything is quoted; null when there is none. */
  #tailStart(index: number): number | null {
    const line = this.#line(index);
    if (isSeparator(line)) return this.#headerBlockEnd(this.#skipBlank(index + 1)) ?? index + 1;
    const start = isRule(line) ? this.#skipBlank(index + 1) : index;
    if (start > index + 3) return null;
    return this.#headerBlockEnd(start);
  }

  #skipBlank(from: number): number {
    let index = from;
    while (index < this.#lines.length && index < from + 3 && this.#isBlank(index)) index += 1;
    return index;
  }

  /** End of a block of `From:`, `Sent:`, `To:`, `Subject:` lines that begins here; at least three different fields make one. */
  #headerBlockEnd(start: number): number | null {
    if (this.#depth(start) > 0) return null;
    const first = quotedField(this.#line(start));
    // the block begins with its sender (Outlook) or, in some webmail, with the subject or the date
    if (first !== 'from' && first !== 'sent' && first !== 'subject') return null;
    const seen = new Set([first]);
    let end = start + 1;
    let blanks = 0;
    for (let index = start + 1; index < Math.min(start + HEADER_LINES, this.#lines.length); index += 1) {
      if (this.#isBlank(index)) {
        // HTML paragraphs become text with a blank line between the fields; two end the block
        blanks += 1;
        if (blanks > 1) break;
        continue;
      }
      const field = quotedField(this.#line(index));
      // recipients wrap over indented lines
      const isContinuation = blanks === 0 && /^[\s<"]/u.test(this.#line(index).slice(0, 1)) && index === end;
      if (field === null && !isContinuation) break;
      if (field !== null) seen.add(field);
      blanks = 0;
      end = index + 1;
    }
    return seen.size >= 3 && seen.has('from') ? end : null;
  }

  /** Marks an attribution that ends at this line and gives the line after it; null when it is none. */
  #attribution(index: number): number | null {
    if (!endsAttribution(this.#line(index))) return null;
    const isQuoted = this.#isQuotedNext(index + 1);
    let joined = '';
    for (let count = 0; count < ATTRIBUTION_LINES; count += 1) {
      const first = index - count;
      if (first < 0 || this.#isBlank(first) || this.#marks[first]?.kind !== 'own') return null;
      joined = `${this.#line(first).trim()} ${joined}`;
      if (joined.length > 600) return null;
      const strength = attributionStrength(joined);
      if (strength === 'none' || (strength === 'weak' && !isQuoted)) continue;
      this.#mark(this.#firstWrappedLine(first, index), index + 1, 'attribution', 0);
      return index + 1;
    }
    return null;
  }

  /** The line above may hold the beginning: `On Tuesday, 24 November 2026 at 10:00,` / `Jo <jo@example.com> wrote:`. */
  #firstWrappedLine(first: number, last: number): number {
    if (startsAttribution(this.#line(first))) return first;
    for (let index = first - 1; index >= 0 && index > last - ATTRIBUTION_LINES; index -= 1) {
      if (this.#isBlank(index) || this.#marks[index]?.kind !== 'own' || this.#line(index).length > 200) break;
      if (startsAttribution(this.#line(index))) return index;
    }
    return first;
  }

  /** Marks a signature that begins at this line and gives the line after it; null when none begins here. */
  #signature(index: number): number | null {
    const line = this.#line(index).replace(/\r?\n$/u, '');
    if (isSentFrom(line)) {
      this.#mark(index, index + 1, 'signature', 0);
      return index + 1;
    }
    if (line !== '-- ' && line !== '--') return null;
    // without its space the separator is also a rule between paragraphs
    const isLoose = line === '--';
    const end = this.#signatureEnd(index + 1, isLoose ? index + LOOSE_SIGNATURE_LINES + 2 : this.#lines.length);
    if (isLoose && end - index > LOOSE_SIGNATURE_LINES) return null;
    this.#mark(index, end, 'signature', 0);
    return end;
  }

  /** A signature ends where a quote or its announcement begins: many write above what they quote. */
  #signatureEnd(from: number, limit: number): number {
    const stop = Math.min(limit, this.#lines.length);
    for (let index = Math.max(from, this.#clearUntil); index < stop; index += 1) {
      if (this.#depth(index) > 0) return index;
      if (this.#tailStart(index) !== null) return index;
      if (endsAttribution(this.#line(index)) && this.#announces(index)) return Math.max(from, this.#firstWrappedLine(index, index));
      this.#clearUntil = index + 1;
    }
    return stop;
  }

  #announces(index: number): boolean {
    let joined = '';
    for (let count = 0; count < ATTRIBUTION_LINES && index - count >= 0; count += 1) {
      joined = `${this.#line(index - count).trim()} ${joined}`;
      if (joined.length > 600) return false;
      const strength = attributionStrength(joined);
      if (strength === 'strong') return true;
      if (strength === 'weak' && this.#isQuotedNext(index + 1)) return true;
    }
    return false;
  }

  /** A blank line belongs to what is above it, so that folding leaves no gaps; between two quotes it has the lower depth. */
  #absorbBlankLines(): void {
    for (let index = 1; index < this.#lines.length; index += 1) {
      const above = this.#marks[index - 1];
      if (above !== undefined && this.#marks[index]?.kind === 'own' && this.#isBlank(index)) this.#marks[index] = { ...above };
    }
  }

  #blocks(): QuoteBlock[] {
    const blocks: QuoteBlock[] = [];
    let start = 0;
    for (let index = 1; index <= this.#lines.length; index += 1) {
      const mark = this.#marks[start];
      const next = this.#marks[index];
      if (mark === undefined || (next !== undefined && next.kind === mark.kind && next.depth === mark.depth)) continue;
      blocks.push({ kind: mark.kind, text: this.#lines.slice(start, index).join(''), depth: mark.kind === 'quote' ? mark.depth : 0 });
      start = index;
    }
    return blocks;
  }
}

/** Number of `>` signs that a line begins with, spaces between them allowed. */
function quoteDepth(line: string): number {
  let depth = 0;
  let spaces = 0;
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (character === '>') {
      depth += 1;
      spaces = 0;
    } else if (character === ' ' && spaces < 3) {
      spaces += 1;
    } else {
      break;
    }
  }
  return depth;
}
