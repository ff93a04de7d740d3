import { matchPositions } from '../../../../shared/domain/search-text.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';

/** What has text of the conversation in it; each is searched by itself. */
const BLOCKS = '.ib-text, .ib-file-name';

/** Every place of a conversation, as it is drawn, at which what is looked for stands: in the order of the page. */
export function findRanges(root: HTMLElement, query: Query): readonly Range[] {
  return [...root.querySelectorAll<HTMLElement>(BLOCKS)].flatMap((block) => rangesIn(block, query));
}

/** Words may be cut by links and marks: the text of a block is searched as a whole. */
function rangesIn(block: HTMLElement, query: Query): Range[] {
  const pieces: { readonly node: Text; readonly start: number }[] = [];
  let text = '';
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const hider = node.parentElement?.closest('[aria-hidden="true"]') ?? null;
    if (!(node instanceof Text) || hider !== null) continue;
    pieces.push({ node, start: text.length });
    text += node.data;
  }
  const placeOf = (at: number, isEnd: boolean): { readonly node: Text; readonly offset: number } | null => {
    const piece = pieces.findLast(({ start }) => (isEnd ? start < at : start <= at));
    return piece === undefined ? null : { node: piece.node, offset: Math.min(piece.node.data.length, at - piece.start) };
  };
  return matchPositions(text, query).flatMap(([start, end]) => {
    const [from, to] = [placeOf(start, false), placeOf(end, true)];
    if (from === null || to === null) return [];
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return [range];
  });
}
