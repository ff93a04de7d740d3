import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../../../shared/domain/search-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { IconButton } from '../../../ui/button.tsx';
import { findRanges } from './find-ranges.ts';
import './search-scope.css';

const ALL = 'ib-find';
const CURRENT = 'ib-find-current';
/** How far below the upper edge a place is put. */
const MARGIN_PX = 96;

export interface FindBarProps {
  readonly query: Query;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onHide: () => void;
}

/** Marks what was searched for in the conversation, says how often it is there, and goes from place to place. */
export function FindBar({ query, scroller, onHide }: FindBarProps): ReactNode {
  const { t } = useTranslation('search');
  const formats = useFormats();
  const ranges = useRanges(scroller, query);
  const [at, setAt] = useState(-1);
  const current = Math.min(at, ranges.length - 1);
  const hasGone = useRef(false);
  const go = (next: number): void => {
    const place = ((next % ranges.length) + ranges.length) % ranges.length;
    setAt(place);
    show(scroller.current, ranges[place]);
  };
  useEffect(() => {
    highlight(CURRENT, current < 0 ? [] : ranges.slice(current, current + 1));
  }, [ranges, current]);
  useEffect(() => {
    // the conversation opens where the words are, once
    if (hasGone.current || ranges.length === 0) return;
    hasGone.current = true;
    const first = firstOfNewest(ranges);
    setAt(first);
    show(scroller.current, ranges[first]);
  }, [ranges, scroller]);
  const action = (id: string, keys: readonly string[], label: string, step: number, when: () => boolean, hidden = false): Action => ({
    id,
    label,
    area: 'inbox',
    keys,
    hidden,
    when: () => ranges.length > 0 && when(),
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
  const count = ranges.length;
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

/** The first place in the newest message that has one. */
function firstOfNewest(ranges: readonly Range[]): number {
  const messageOf = (range: Range | undefined): Element | null => range?.startContainer.parentElement?.closest('[data-message-id]') ?? null;
  const newest = messageOf(ranges.at(-1));
  return Math.max(
    0,
    ranges.findIndex((range) => messageOf(range) === newest),
  );
}

function show(scroller: HTMLElement | null, range: Range | undefined): void {
  if (scroller === null || range === undefined) return;
  const place = range.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  if (place.top < frame.top + MARGIN_PX / 2 || place.bottom > frame.bottom - MARGIN_PX / 2)
    scroller.scrollTop += place.top - frame.top - MARGIN_PX;
}

/** Where the words stand now; looked for again when what is drawn changes. */
function useRanges(scroller: RefObject<HTMLElement | null>, query: Query): readonly Range[] {
  const [ranges, setRanges] = useState<readonly Range[]>([]);
  useEffect(() => {
    const root = scroller.current;
    if (root === null) return undefined;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const found = findRanges(root, query);
      highlight(ALL, found);
      setRanges((before) =>
        before.length === found.length && found.every((range, index) => isSame(range, before[index])) ? before : found,
      );
    };
    const observer = new MutationObserver(() => {
      if (frame === 0) frame = requestAnimationFrame(look);
    });
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    frame = requestAnimationFrame(look);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      highlight(ALL, []);
      highlight(CURRENT, []);
    };
  }, [scroller, query]);
  return ranges;
}

function isSame(one: Range, other: Range | undefined): boolean {
  return (
    other !== undefined &&
    one.startContainer === other.startContainer &&
    one.startOffset === other.startOffset &&
    one.endContainer === other.endContainer &&
    one.endOffset === other.endOffset
  );
}

/** Marks without touching what React has drawn. */
function highlight(name: string, ranges: readonly Range[]): void {
  if (typeof Highlight === 'undefined') return;
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}
