import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { useEffect, useRef } from 'react';

/** Where the pointer is, and which keys are held that change what a drag does. */
export interface DragPoint {
  readonly clientX: number;
  readonly clientY: number;
  readonly shiftKey: boolean;
  /** Ctrl, Alt or Command: a copy is dragged. */
  readonly copyKey: boolean;
}

export interface PointerDrag<Subject> {
  /** What would be dragged from here; null for nothing. */
  readonly begin: (event: ReactPointerEvent<HTMLElement>) => Subject | null;
  /** The pointer has really moved: now it is a drag and no click. */
  readonly start?: ((subject: Subject) => void) | undefined;
  /** At most once a frame, also while the view scrolls below a resting pointer or a key changes. */
  readonly move: (subject: Subject, point: DragPoint) => void;
  readonly drop: (subject: Subject, point: DragPoint) => void;
  /** After Escape, or when the system takes the pointer away. */
  readonly cancel: (subject: Subject) => void;
  /** Scrolls when the pointer comes close to its edges. */
  readonly scroller?: RefObject<HTMLElement | null> | undefined;
  /** What covers the scroller's edges, in pixels: there the pointer is close to the visible edge already. */
  readonly insets?: (() => { readonly top: number; readonly start: number }) | undefined;
}

/** How far the pointer moves before a press is a drag. */
const THRESHOLD_PX = 4;
const EDGE_PX = 36;
const FASTEST_PX = 18;

/**
 * Dragging with the pointer, without a render: the callbacks draw what is dragged themselves. The element that gets
 * `onPointerDown` keeps the pointer, wherever it goes; Escape cancels; a click that ends a drag is swallowed.
 */
export function usePointerDrag<Subject>(drag: PointerDrag<Subject>): {
  readonly onPointerDown: (event: ReactPointerEvent<HTMLElement>) => void;
} {
  const latest = useRef(drag);
  useEffect(() => {
    latest.current = drag;
  });
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const onPointerDown = (event: ReactPointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    stop.current?.();
    const subject = latest.current.begin(event);
    if (subject !== null) stop.current = follow(event, subject, () => latest.current);
  };
  return { onPointerDown };
}

function follow<Subject>(event: ReactPointerEvent<HTMLElement>, subject: Subject, drag: () => PointerDrag<Subject>): () => void {
  const element = event.currentTarget;
  const { pointerId } = event;
  const begun = { x: event.clientX, y: event.clientY };
  let point = pointOf(event.nativeEvent);
  let isDragging = false;
  let frame = 0;
  const stop = new AbortController();

  const draw = (): void => {
    frame = 0;
    const isScrolling = scrollAtEdge(drag(), point);
    drag().move(subject, point);
    if (isScrolling) frame = requestAnimationFrame(draw);
  };
  const soon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const onMove = (moved: PointerEvent): void => {
    if (moved.pointerId !== pointerId) return;
    point = pointOf(moved);
    if (!isDragging) {
      if (Math.hypot(point.clientX - begun.x, point.clientY - begun.y) < THRESHOLD_PX) return;
      isDragging = true;
      element.setPointerCapture(pointerId);
      drag().start?.(subject);
    }
    soon();
  };
  const end = (isDropped: boolean): void => {
    if (frame !== 0) cancelAnimationFrame(frame);
    stop.abort();
    if (element.hasPointerCapture(pointerId)) element.releasePointerCapture(pointerId);
    if (!isDragging) return;
    swallowClick();
    if (isDropped) drag().drop(subject, point);
    else drag().cancel(subject);
  };
  const onUp = (up: PointerEvent): void => {
    if (up.pointerId !== pointerId) return;
    point = pointOf(up);
    end(true);
  };
  const onKey = (key: KeyboardEvent): void => {
    if (!isDragging) return;
    if (key.key === 'Escape') {
      end(false);
    } else {
      point = { ...point, shiftKey: key.shiftKey, copyKey: isCopy(key) };
      soon();
    }
    // While something is dragged, keys mean the drag alone.
    key.preventDefault();
    key.stopPropagation();
  };
  const onCancel = (): void => end(false);
  const onBlur = (blur: Event): void => {
    if (blur.target === window) end(false);
  };
  const options = { capture: true, signal: stop.signal };
  window.addEventListener('pointermove', onMove, options);
  window.addEventListener('pointerup', onUp, options);
  window.addEventListener('pointercancel', onCancel, options);
  window.addEventListener('keydown', onKey, options);
  window.addEventListener('keyup', onKey, options);
  window.addEventListener('blur', onBlur, options);
  return onCancel;
}

function pointOf(event: PointerEvent): DragPoint {
  return { clientX: event.clientX, clientY: event.clientY, shiftKey: event.shiftKey, copyKey: isCopy(event) };
}

function isCopy(event: { readonly ctrlKey: boolean; readonly altKey: boolean; readonly metaKey: boolean }): boolean {
  return event.ctrlKey || event.altKey || event.metaKey;
}

/** The click that follows the release belongs to the drag. */
function swallowClick(): void {
  const swallow = (click: Event): void => {
    click.stopPropagation();
    click.preventDefault();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, true));
}

/** Scrolls while the pointer is near an edge, faster the nearer; returns whether it did. */
function scrollAtEdge<Subject>(drag: PointerDrag<Subject>, point: DragPoint): boolean {
  const scroller = drag.scroller?.current;
  if (scroller === undefined || scroller === null) return false;
  const box = scroller.getBoundingClientRect();
  const { top = 0, start = 0 } = drag.insets?.() ?? {};
  const isMirrored = getComputedStyle(scroller).direction === 'rtl';
  const left = box.left + (isMirrored ? 0 : start);
  const right = box.right - (isMirrored ? start : 0);
  const x = edgeSpeed(point.clientX, left, right);
  const y = edgeSpeed(point.clientY, box.top + top, box.bottom);
  const before = { left: scroller.scrollLeft, top: scroller.scrollTop };
  if (x !== 0 || y !== 0) scroller.scrollBy(x, y);
  return scroller.scrollLeft !== before.left || scroller.scrollTop !== before.top;
}

function edgeSpeed(at: number, first: number, last: number): number {
  if (at < first + EDGE_PX) return -Math.min(1, (first + EDGE_PX - at) / EDGE_PX) * FASTEST_PX;
  if (at > last - EDGE_PX) return Math.min(1, (at - last + EDGE_PX) / EDGE_PX) * FASTEST_PX;
  return 0;
}
