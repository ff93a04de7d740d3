import { foldText } from '../../../../shared/domain/search-fold.ts';
import { findClause, matchPositions } from '../../../../shared/domain/search-text.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';

/**
 * Marks what is searched for in a cleaned mail. The frame that shows it runs nothing and can be asked nothing, so the marks
 * are elements in the document itself, and the place that is looked at is the fragment of the frame's address.
 */

/** So many places are marked in one mail; what a common word has beyond them is not counted. */
export const MOST_HITS = 500;

/**
 * Elements within each other; what is nested deeper is not marked. A browser's parser nests 512 and puts what is deeper beside
 * each other, where another element would change the order of the words.
 */
export const MOST_NESTED = 480;

/** The ids of a sender begin with `user-content-`, so none of theirs is one of these. */
const HIT = 'hit-';
/** An element without a place: the page does not move, and no place is the current one. */
const OFF = 'hits-off';

/** The fragment at which a place is shown and looks different from the others; places are counted from 1. */
export function hitFragment(place: number | null): string {
  // of the fragment that nothing has, the browser takes no notice but that it leaves the one before
  return `#${HIT}${String(place ?? 0)}`;
}

/** The fragment at which all marks look like the words around them. */
export const NO_MARKS_FRAGMENT = `#${OFF}`;

/** A part of a hit that lies in one text. */
interface Part {
  readonly node: Text;
  readonly from: number;
  readonly to: number;
}

/** Where a stretch of a line's text was taken from. */
interface Stretch {
  readonly at: number;
  readonly node: Text;
  readonly from: number;
  readonly length: number;
}

/** One block as a reader sees it, in one line: blanks are collapsed, a line break is one. */
interface Line {
  readonly text: string;
  readonly stretches: readonly Stretch[];
}

/** A line that is being gathered. */
interface Gathered {
  readonly pieces: string[];
  readonly stretches: Stretch[];
  length: number;
  endsBlank: boolean;
}

const BLOCKS = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DIR DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HGROUP HR ' +
    'LI MAIN NAV OL P PRE SEARCH SECTION TABLE TBODY TD TFOOT TH THEAD TR UL'
  ).split(' '),
);
/** What stands over or beside a word and is not part of it. */
const ASIDE = new Set(['RT', 'RP']);
const UNREAD = new Set('HEAD STYLE SCRIPT TITLE TEXTAREA NOSCRIPT TEMPLATE'.split(' '));
const NOTHING = /^0(?:px|%|em|pt)?$/u;
const BLANKS = /[ \t\n\r\f]+/gu;

/** Whether an element begins a line of its own. What the style says goes before what the name says. */
function isBlock(element: Element): boolean {
  const display = styleOf(element)?.display ?? '';
  if (display === '') return BLOCKS.has(element.tagName);
  return !/^(?:inline|contents|ruby)$/u.test(display);
}

function styleOf(element: Element): CSSStyleDeclaration | null {
  return element.hasAttribute('style') && element instanceof HTMLElement ? element.style : null;
}

/** Whether the sender hides it from view. A place that nobody can be shown is none. */
function isHidden(element: Element): boolean {
  if (UNREAD.has(element.tagName) || element.hasAttribute('hidden')) return true;
  const style = styleOf(element);
  if (style === null) return false;
  return (
    style.display === 'none' ||
    style.visibility === 'hidden' ||
    NOTHING.test(style.opacity) ||
    NOTHING.test(style.fontSize) ||
    (NOTHING.test(style.maxHeight) && style.overflow === 'hidden')
  );
}

function add(line: Gathered, piece: string): void {
  line.pieces.push(piece);
  line.length += piece.length;
  line.endsBlank = piece === ' ' || piece === '\n';
}

function addText(line: Gathered, node: Text): void {
  const { data } = node;
  const take = (from: number, to: number, as: string): void => {
    if (to === from) return;
    line.stretches.push({ at: line.length, node, from, length: as.length });
    add(line, as);
  };
  let from = 0;
  for (const { index, 0: blanks } of data.matchAll(BLANKS)) {
    take(from, index, data.slice(from, index));
    from = index + blanks.length;
    // the matcher knows that a line break within a word of a script without spaces is none
    if (!line.endsBlank) take(index, from, blanks.includes('\n') ? '\n' : ' ');
  }
  take(from, data.length, data.slice(from));
}

/**
 * The lines of a document, in order. Walks without recursion: a mail may be nested as deeply as it likes.
 * @param isOut elements that are not looked into
 */
function linesOf(root: Element, isOut: (element: Element) => boolean): readonly Line[] {
  const lines: Gathered[] = [];
  const begin = (): Gathered => {
    const line: Gathered = { pieces: [], stretches: [], length: 0, endsBlank: false };
    lines.push(line);
    return line;
  };
  let line = begin();
  /** Lines that go on after what stands beside them. */
  const waiting: Gathered[] = [];
  const leave = (element: Element): void => {
    if (ASIDE.has(element.tagName)) line = waiting.pop() ?? begin();
    else if (isBlock(element)) line = begin();
  };
  let node: Node | null = root.firstChild;
  let depth = 0;
  while (node !== null) {
    let goesIn = false;
    if (node instanceof Text) addText(line, node);
    else if (node instanceof Element && !isOut(node)) {
      if (node.tagName === 'BR') add(line, '\n');
      // words before and after a picture are two
      else if (node.tagName === 'IMG') add(line, '\uFFFC');
      else {
        if (ASIDE.has(node.tagName)) {
          waiting.push(line);
          line = begin();
        } else if (isBlock(node)) line = begin();
        goesIn = node.firstChild !== null && depth < MOST_NESTED;
        if (!goesIn) leave(node);
      }
    }
    if (goesIn) {
      node = node.firstChild;
      depth += 1;
    } else {
      while (node !== null && node !== root && node.nextSibling === null) {
        node = node.parentNode;
        depth -= 1;
        if (node !== root && node instanceof Element) leave(node);
      }
      node = node === null || node === root ? null : node.nextSibling;
    }
  }
  return lines.flatMap(({ pieces, stretches }) => (stretches.length === 0 ? [] : [{ text: pieces.join(''), stretches }]));
}

/** The parts of [start, end) of a line, one for each text that it goes through. */
function partsOf(line: Line, start: number, end: number): readonly Part[] {
  const parts: Part[] = [];
  for (let index = stretchAt(line, start); index < line.stretches.length; index += 1) {
    const stretch = line.stretches[index];
    if (stretch === undefined || stretch.at >= end) break;
    const from = stretch.from + Math.max(0, start - stretch.at);
    const to = stretch.from + Math.min(stretch.length, end - stretch.at);
    if (to <= from) continue;
    const last = parts.at(-1);
    if (last?.node === stretch.node) parts[parts.length - 1] = { node: last.node, from: last.from, to };
    else parts.push({ node: stretch.node, from, to });
  }
  return parts;
}

/** The last stretch that begins at or before a place. */
function stretchAt(line: Line, place: number): number {
  let [low, high] = [0, line.stretches.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((line.stretches[middle]?.at ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** Most lines have nothing: to fold them without a way back costs a fraction. */
function isFound(text: string, query: Query): boolean {
  const folded = foldText(text);
  return query.clauses.some((clause) => findClause(folded, clause, 1).length > 0);
}

/** What a document got. */
export interface MarkedMail {
  /** How many places were found, in the order of the document; at most {@link MOST_HITS}. */
  readonly hits: number;
  /** The style of the marks, for a `<style>` of its own; empty when nothing was found. */
  readonly css: string;
}

/**
 * Puts marks around every place of a document at which what is looked for stands. Changes the document and none of its words.
 * A place goes across elements within a line (`<b>re</b>fund`), entities and blanks, not from one block into another.
 * @param root the body of a cleaned mail
 * @param isOut elements that the sender's style sheet hides
 */
export function markMail(root: Element, query: Query, isOut: (element: Element) => boolean = () => false): MarkedMail {
  const cuts = new Map<Text, { readonly from: number; readonly to: number; readonly hit: number; readonly isFirst: boolean }[]>();
  const split: number[] = [];
  let hits = 0;
  for (const line of linesOf(root, (element) => isHidden(element) || isOut(element))) {
    if (hits >= MOST_HITS) break;
    if (!isFound(line.text, query)) continue;
    for (const [start, end] of matchPositions(line.text, query).slice(0, MOST_HITS - hits)) {
      const parts = partsOf(line, start, end);
      if (parts.length === 0) continue;
      hits += 1;
      if (parts.length > 1) split.push(hits);
      for (const [index, { node, from, to }] of parts.entries())
        cuts.set(node, [...(cuts.get(node) ?? []), { from, to, hit: hits, isFirst: index === 0 }]);
    }
  }
  for (const [node, parts] of cuts) {
    // from the back, so that places before them stay true
    for (const { from, to, hit, isFirst } of parts.toReversed()) {
      if (to < node.data.length) node.splitText(to);
      const marked = from > 0 ? node.splitText(from) : node;
      const mark = node.ownerDocument.createElement('mark');
      mark.dataset['hit'] = String(hit);
      if (isFirst) mark.id = `${HIT}${String(hit)}`;
      marked.replaceWith(mark);
      mark.append(marked);
    }
  }
  if (hits === 0) return { hits, css: '' };
  const off = root.ownerDocument.createElement('span');
  off.id = OFF;
  off.hidden = true;
  root.append(off);
  return { hits, css: markStyle(split) };
}

/**
 * The look of the marks: that of marks in the light page, as a mail is always on light ground. In a layer of its own, because
 * what is important in a layer goes before what is important in any style of the sender's.
 * @param split the hits that have more than one part: only the first of them can be what the fragment names
 */
function markStyle(split: readonly number[]): string {
  const current = [
    'mark[data-hit]:target',
    ...split.map((hit) => `body:has(#${HIT}${String(hit)}:target) mark[data-hit="${String(hit)}"]`),
  ];
  const look = (all: string, words: string, here: string, hereWords: string): string =>
    `mark[data-hit] { background: ${all} !important; color: ${words} !important; }\n` +
    `${current.join(', ')} { background: ${here} !important; color: ${hereWords} !important; }\n`;
  return (
    '@layer found {\n' +
    'mark[data-hit] { all: unset !important; scroll-margin-block: 3rem !important; }\n' +
    `#${OFF} { display: none !important; }\n` +
    look(MARK_COLOURS.all, MARK_COLOURS.words, MARK_COLOURS.current, MARK_COLOURS.currentWords) +
    `@media (forced-colors: active) {\n${look('Mark', 'MarkText', 'Highlight', 'HighlightText')}}\n` +
    `body:has(> #${OFF}:target) mark[data-hit] { background: none !important; color: inherit !important; }\n` +
    '}'
  );
}

/** `--soon-soft`, `--soon`, `--accent` and `--on-accent` of the light theme: the style of the page does not reach into the frame. */
export const MARK_COLOURS = { all: '#fcf0d9', words: '#855000', current: '#3a57d4', currentWords: '#ffffff' } as const;
