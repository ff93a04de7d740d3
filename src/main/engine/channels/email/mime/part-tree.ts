import { CR, lineEnd, LF, nextLine, SPACE, TAB } from './bytes.ts';
import { firstHeader, readHeaderBlock } from './header-block.ts';
import type { HeaderField } from './header-block.ts';
import { parseStructured } from './structured-header.ts';
import type { StructuredHeader } from './structured-header.ts';
import type { ParseLimits, ParseWarning } from './parsed-mail.ts';

/** One node of the MIME tree: offsets into the raw mail, nothing decoded. */
export interface MimePart {
  readonly path: string;
  readonly fields: readonly HeaderField[];
  readonly type: StructuredHeader;
  /** Where its header begins. */
  readonly start: number;
  readonly bodyStart: number;
  bodyEnd: number;
  readonly children: MimePart[];
  readonly parent: MimePart | null;
}

interface OpenMultipart {
  readonly part: MimePart;
  readonly boundary: string;
}

type TreeLimits = Pick<ParseLimits, 'parts' | 'nesting' | 'headerBytes'>;

/**
 * Finds the parts of a mail in one pass over its boundary lines. The cost is one native search for each line that begins
 * with `--`, so a mail with 50,000 parts or a 40 MB attachment is as cheap as reading it once.
 */
export function readPartTree(raw: Buffer, limits: TreeLimits, warn: (warning: ParseWarning) => void): MimePart {
  const scan = new TreeScan(raw, limits, warn);
  const root = scan.run(null);
  if (root.children.length > 0 || !isMultipart(root)) return root;
  warn('boundary-missing');
  const guessed = guessBoundary(raw, root.bodyStart);
  return guessed === null ? root : new TreeScan(raw, limits, warn).run(guessed);
}

/** Whether the part declares to be a container. */
export function isMultipart(part: MimePart): boolean {
  return part.type.value.startsWith('multipart/');
}

class TreeScan {
  readonly #raw: Buffer;
  readonly #limits: TreeLimits;
  readonly #warn: (warning: ParseWarning) => void;
  /** Open multiparts, outermost first. */
  readonly #open: OpenMultipart[] = [];
  #count = 0;
  #headerBudget: number;

  constructor(raw: Buffer, limits: TreeLimits, warn: (warning: ParseWarning) => void) {
    this.#raw = raw;
    this.#limits = limits;
    this.#warn = warn;
    this.#headerBudget = limits.headerBytes;
  }

  /** @param rootBoundary replaces the declared boundary of the outermost multipart */
  run(rootBoundary: string | null): MimePart {
    const root = this.#readPart(0, null, rootBoundary);
    let current: MimePart = root;
    let position = root.bodyStart;
    while (this.#open.length > 0) {
      const line = this.#nextDashes(position);
      if (line < 0) break;
      const next = nextLine(this.#raw, line, this.#raw.length);
      position = next;
      const match = this.#match(line, lineEnd(this.#raw, line, next));
      if (match === null) continue;
      this.#close(current, match.level, line);
      const owner = this.#open[match.level];
      if (owner === undefined) break;
      if (match.isEnd) {
        owner.part.bodyEnd = line;
        this.#open.length = match.level;
        current = owner.part;
        continue;
      }
      this.#open.length = match.level + 1;
      if (this.#count >= this.#limits.parts) {
        this.#warn('too-many-parts');
        return this.#finish(root, line);
      }
      current = this.#readPart(next, owner.part, null);
      owner.part.children.push(current);
      position = Math.max(current.bodyStart, next);
    }
    if (this.#open.some(({ part }) => part.children.length > 0)) this.#warn('boundary-unclosed');
    return root;
  }

  /** What is still open ends where the scan stopped. */
  #finish(root: MimePart, at: number): MimePart {
    for (const { part } of this.#open) part.bodyEnd = at;
    return root;
  }

  /** Ends the current leaf and every multipart above the matched level: an outer boundary closes them all. */
  #close(current: MimePart, level: number, line: number): void {
    // the line break before a boundary belongs to the boundary (RFC 2046 section 5.1.1)
    if (current.children.length === 0) current.bodyEnd = Math.min(current.bodyEnd, withoutBreak(this.#raw, current.bodyStart, line));
    for (const { part } of this.#open.slice(level + 1)) part.bodyEnd = Math.min(part.bodyEnd, line);
  }

  /** Start of the next line that begins with two dashes, -1 when there is none. */
  #nextDashes(from: number): number {
    if (this.#raw[from] === 0x2d && this.#raw[from + 1] === 0x2d && (from === 0 || this.#raw[from - 1] === LF)) return from;
    const found = this.#raw.indexOf('\n--', Math.max(0, from - 1), 'latin1');
    return found < 0 ? -1 : found + 1;
  }

  #match(start: number, end: number): { level: number; isEnd: boolean } | null {
    // boundaries have at most 70 characters; some programs do not know
    if (end - start > 400) return null;
    let stop = end;
    while (stop > start && (this.#raw[stop - 1] === SPACE || this.#raw[stop - 1] === TAB)) stop -= 1;
    const line = this.#raw.toString('latin1', start + 2, stop);
    for (let level = this.#open.length - 1; level >= 0; level -= 1) {
      const boundary = this.#open[level]?.boundary ?? '';
      if (line === boundary) return { level, isEnd: false };
      if (line.length === boundary.length + 2 && line.startsWith(boundary) && line.endsWith('--')) return { level, isEnd: true };
    }
    return null;
  }

  #readPart(start: number, parent: MimePart | null, boundaryOverride: string | null): MimePart {
    this.#count += 1;
    const isRoot = parent === null;
    const block = readHeaderBlock(this.#raw, {
      start,
      end: this.#raw.length,
      maxBytes: this.#headerBudget,
      isRoot,
      isStop: (from, to) => this.#raw[from] === 0x2d && this.#raw[from + 1] === 0x2d && this.#match(from, to) !== null,
    });
    // the budget is shared, or a thousand parts could each bring a full one; every part keeps enough for its type
    this.#headerBudget = Math.max(4_096, this.#headerBudget - (block.bodyStart - start));
    if (block.truncated) this.#warn('header-truncated');
    if (block.malformed) this.#warn('header-malformed');
    const part: MimePart = {
      path: parent === null ? '' : `${parent.path === '' ? '' : `${parent.path}.`}${String(parent.children.length + 1)}`,
      fields: block.fields,
      type: withDefault(parseStructured(firstHeader(block.fields, 'content-type')), parent),
      start,
      bodyStart: block.bodyStart,
      bodyEnd: this.#raw.length,
      children: [],
      parent,
    };
    const boundary = (boundaryOverride ?? part.type.params.get('boundary') ?? '').trimEnd();
    if (isMultipart(part) && boundary !== '') {
      if (this.#open.length >= this.#limits.nesting) this.#warn('too-deep');
      else this.#open.push({ part, boundary });
    }
    return part;
  }
}

function withDefault(type: StructuredHeader, parent: MimePart | null): StructuredHeader {
  // `Content-Type: text` and the like fall back to the default too (RFC 2045 section 5.2)
  if (/^[^/\s]+\/[^/\s]+$/u.test(type.value)) return type;
  return { ...type, value: parent?.type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain' };
}

/** End of a body that a boundary line at `line` follows, without the one line break that belongs to the boundary. */
function withoutBreak(raw: Buffer, bodyStart: number, line: number): number {
  let end = line;
  if (end > bodyStart && raw[end - 1] === LF) end -= 1;
  if (end > bodyStart && raw[end - 1] === CR) end -= 1;
  return Math.max(bodyStart, end);
}

/** A boundary for a multipart that declares none or a wrong one: the first dashed line that a Content- header follows. */
function guessBoundary(raw: Buffer, bodyStart: number): string | null {
  let position = bodyStart;
  for (let tries = 0; tries < 100; tries += 1) {
    const isHere = raw[position] === 0x2d && raw[position + 1] === 0x2d;
    const found = isHere ? position : raw.indexOf('\n--', position, 'latin1') + 1;
    if (found <= 0 && !isHere) return null;
    const next = nextLine(raw, found, raw.length);
    const line = raw.toString('latin1', found + 2, Math.min(lineEnd(raw, found, next), found + 200)).trimEnd();
    if (line !== '' && /^content-/iu.test(raw.toString('latin1', next, next + 8))) return line;
    position = next;
  }
  return null;
}
