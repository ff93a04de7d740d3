import { matchPositions } from '../../../../shared/domain/search-text.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';

/** What has text of the conversation in it; each is searched by itself. A frame has marked and counted what is in it. */
const BLOCKS = '.ib-text, .ib-file-name, .ib-frame[data-hits]';
/** What is drawn in the place of a frame that is still being made. */
const WAITS = '.ib-frame-wait';

/** A place at which what is looked for stands: in the page itself, or the n-th of a frame (counted from 1), which alone knows where. */
export type FoundPlace =
  | { readonly kind: 'text'; readonly range: Range }
  | { readonly kind: 'frame'; readonly frame: HTMLElement; readonly place: number };

export interface FoundPlaces {
  /** In the order of the page. */
  readonly places: readonly FoundPlace[];
  /** Whether a message is drawn of which it is not known yet. */
  readonly isWaiting: boolean;
}

/** Every place of a conversation, as it is drawn, at which what is looked for stands. */
export function findPlaces(root: HTMLElement, query: Query): FoundPlaces {
  const places = [...root.querySelectorAll<HTMLElement>(BLOCKS)].flatMap((block): readonly FoundPlace[] => {
    const { hits } = block.dataset;
    if (hits === undefined) return rangesIn(block, query).map((range) => ({ kind: 'text', range }));
    return Array.from({ length: Number(hits) }, (_, index) => ({ kind: 'frame', frame: block, place: index + 1 }));
  });
  return { places, isWaiting: root.querySelector(WAITS) !== null };
}

/** The part of the page in which a place is. */
export function elementOf(found: FoundPlace): Element | null {
  return found.kind === 'frame' ? found.frame : found.range.startContainer.parentElement;
}

export function isSamePlace(one: FoundPlace, other: FoundPlace | undefined): boolean {
  if (other === undefined) return false;
  if (one.kind === 'frame') return other.kind === 'frame' && one.frame === other.frame && one.place === other.place;
  return (
    other.kind === 'text' &&
    one.range.startContainer === other.range.startContainer &&
    one.range.startOffset === other.range.startOffset &&
    one.range.endContainer === other.range.endContainer &&
    one.range.endOffset === other.range.endOffset
  );
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
