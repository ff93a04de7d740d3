import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { IconButton } from '../../../ui/button.tsx';
import { showInFrame, useFoundInFrame } from './find-frame.ts';
import type { PlaceInFrame } from './find-frame.ts';
import { elementOf, findPlaces, isSamePlace } from './find-ranges.ts';
import type { FoundPlace, FoundPlaces } from './find-ranges.ts';
import './search-scope.css';

const ALL = 'ib-find';
const CURRENT = 'ib-find-current';
/** How far below the upper edge a place is put. */
const MARGIN_PX = 96;
/** The same for a frame that has one: below the day that stays at the top. The style of `.ib-frame[data-hits]` leaves as much free. */
const FRAME_MARGIN_PX = 44;
const NOTHING: FoundPlaces = { places: [], isWaiting: false };

export interface FindBarProps {
  readonly query: Query;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Said right before the conversation is scrolled to a place. */
  readonly onLead: () => void;
  readonly onHide: () => void;
}

/** Marks what was searched for in the conversation, says how often it is there, and goes from place to place. */
export function FindBar({ query, scroller, onLead, onHide }: FindBarProps): ReactNode {
  const t = useWords('search');
  const formats = useFormats();
  const { places, isWaiting } = usePlaces(scroller, query);
  const [gone, setGone] = useState<{ readonly index: number; readonly to: FoundPlace } | null>(null);
  const current = useMemo(() => indexOf(places, gone), [places, gone]);
  const hasGone = useRef(false);
  const go = (next: number): void => {
    const index = ((next % places.length) + places.length) % places.length;
    const to = places[index];
    if (to === undefined) return;
    hasGone.current = true;
    setGone({ index, to });
    show(scroller.current, to, onLead);
  };
  useEffect(() => {
    const found = places[current];
    highlight(CURRENT, found?.kind === 'text' ? [found.range] : []);
    // what is looked for may have changed, and with it what the place is
    const [now, then] = [found === undefined ? null : inFrame(found), useFoundInFrame.getState().at];
    if (now?.messageId !== then?.messageId || now?.place !== then?.place) showInFrame(now);
  }, [places, current]);
  useEffect(() => {
    // the conversation opens where the words are, once, and when all of it has been looked through
    if (hasGone.current || isWaiting || places.length === 0) return;
    go(firstOfNewest(places));
  });
  useEffect(() => () => showInFrame(null), []);
  const action = (id: string, keys: readonly string[], label: string, step: number, when: () => boolean, hidden = false): Action => ({
    id,
    label,
    area: 'inbox',
    keys,
    hidden,
    when: () => places.length > 0 && when(),
    run: () => go(current + step),
  });
  const always = (): boolean => true;
  // Enter on a button belongs to it, and N elsewhere is a note.
  const isReading = (): boolean => scroller.current !== null && document.activeElement === scroller.current;
  useActions([
    action('find.next', ['f3', 'mod+g'], t('find.next'), 1, always),
    action('find.previous', ['shift+f3', 'mod+shift+g'], t('find.previous'), -1, always),
    action('find.nextHere', ['enter', 'n'], t('find.next'), 1, isReading, true),
    action('find.previousHere', ['shift+enter', 'shift+n'], t('find.previous'), -1, isReading, true),
  ]);
  const count = places.length;
  return (
    <div className="ib-find" role="group" aria-label={t('find.title')}>
      <span className="ib-find-count tabular" role="status">
        {count === 0 ? t('find.none') : t('find.count', { at: formats.number(current + 1), total: formats.number(count) })}
      </span>
      <IconButton
        size="sm"
        label={t('find.previous')}
        shortcut="shift+f3"
        disabled={count === 0}
        icon={<ArrowUp aria-hidden="true" />}
        onClick={() => go(current - 1)}
      />
      <IconButton
        size="sm"
        label={t('find.next')}
        shortcut="f3"
        disabled={count === 0}
        icon={<ArrowDown aria-hidden="true" />}
        onClick={() => go(current + 1)}
      />
      <IconButton size="sm" label={t('find.hide')} icon={<X aria-hidden="true" />} onClick={onHide} />
    </div>
  );
}

/** Where the place is now to which somebody went; -1 when nobody went anywhere. Places before it may have come and gone. */
function indexOf(places: readonly FoundPlace[], gone: { readonly index: number; readonly to: FoundPlace } | null): number {
  if (gone === null) return -1;
  if (isSamePlace(gone.to, places[gone.index])) return gone.index;
  const now = places.findIndex((place) => isSamePlace(gone.to, place));
  return now < 0 ? Math.min(gone.index, places.length - 1) : now;
}

function messageOf(place: FoundPlace | undefined): HTMLElement | null {
  return place === undefined ? null : (elementOf(place)?.closest<HTMLElement>('[data-message-id]') ?? null);
}

/** Where a place is in its frame; null when it is in none. */
function inFrame(found: FoundPlace): PlaceInFrame | null {
  const messageId = messageOf(found)?.dataset['messageId'];
  return found.kind === 'frame' && messageId !== undefined ? { messageId, place: found.place } : null;
}

/** The first place in the newest message that has one. */
function firstOfNewest(places: readonly FoundPlace[]): number {
  const newest = messageOf(places.at(-1));
  return Math.max(
    0,
    places.findIndex((place) => messageOf(place) === newest),
  );
}

function show(scroller: HTMLElement | null, found: FoundPlace, onLead: () => void): void {
  if (scroller === null) return;
  const pane = scroller.getBoundingClientRect();
  const goTo = (top: number, margin: number): void => {
    onLead();
    scroller.scrollTop += top - pane.top - margin;
  };
  if (found.kind === 'frame') {
    // the frame scrolls to the place by itself, and is never higher than the pane
    const box = found.frame.getBoundingClientRect();
    if (box.top < pane.top + FRAME_MARGIN_PX || box.bottom > pane.bottom) goTo(box.top, FRAME_MARGIN_PX);
    showInFrame(inFrame(found));
    return;
  }
  const place = found.range.getBoundingClientRect();
  if (place.top < pane.top + MARGIN_PX / 2 || place.bottom > pane.bottom - MARGIN_PX / 2) goTo(place.top, MARGIN_PX);
}

/** Where the words stand now; looked for again when what is drawn changes. */
function usePlaces(scroller: RefObject<HTMLElement | null>, query: Query): FoundPlaces {
  const [found, setFound] = useState(NOTHING);
  useEffect(() => {
    const root = scroller.current;
    if (root === null) return undefined;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const now = findPlaces(root, query);
      highlight(
        ALL,
        now.places.flatMap((place) => (place.kind === 'text' ? [place.range] : [])),
      );
      setFound((before) => (isSame(before, now) ? before : now));
    };
    const observer = new MutationObserver(() => {
      if (frame === 0) frame = requestAnimationFrame(look);
    });
    observer.observe(root, { childList: true, subtree: true, characterData: true, attributeFilter: ['data-hits'] });
    frame = requestAnimationFrame(look);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      highlight(ALL, []);
      highlight(CURRENT, []);
    };
  }, [scroller, query]);
  return found;
}

function isSame(one: FoundPlaces, other: FoundPlaces): boolean {
  return (
    one.isWaiting === other.isWaiting &&
    one.places.length === other.places.length &&
    one.places.every((place, index) => isSamePlace(place, other.places[index]))
  );
}

/** Marks without touching what React has drawn. */
function highlight(name: string, ranges: readonly Range[]): void {
  if (typeof Highlight === 'undefined') return;
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}
