import type { ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import { fractionAt } from '../../../ui/time-axis.ts';
import type { TimeAxis } from '../../../ui/time-axis.ts';

const LINE_PX = 16;
const LABEL_PADDING_PX = 10;

/**
 * What is seen while something is dragged: a layer above the rows, drawn without React. Dragged bars are copied into it
 * once; after that only transforms change, and sizes while an end is dragged.
 */
export class GhostLayer {
  readonly #layer: HTMLElement;
  readonly #bars: readonly HTMLElement[];
  readonly #made: HTMLElement | null;
  readonly #label: HTMLElement;
  readonly #words = document.createTextNode('');
  readonly #shield: HTMLElement;
  readonly #sources: readonly HTMLElement[];
  #lines = '';

  constructor(rows: HTMLElement, kind: 'create' | 'move' | 'start' | 'end' | 'marquee', shiftIds: readonly string[]) {
    this.#layer = document.createElement('div');
    this.#layer.className = 'plan-ghosts';
    this.#layer.setAttribute('aria-hidden', 'true');
    this.#layer.dataset['kind'] = kind;
    this.#sources = shiftIds.flatMap((id) => [...rows.querySelectorAll<HTMLElement>(`[data-shift="${CSS.escape(id)}"]`)]);
    const base = rows.getBoundingClientRect();
    this.#bars =
      kind === 'move'
        ? this.#sources.map((source) => {
            const box = source.getBoundingClientRect();
            const copy = ghostBar(source);
            copy.style.insetInlineStart = 'auto';
            copy.style.left = `${box.left - base.left}px`;
            copy.style.top = `${box.top - base.top}px`;
            copy.style.width = `${box.width}px`;
            copy.style.height = `${box.height}px`;
            return copy;
          })
        : [];
    this.#made = kind === 'move' ? null : document.createElement('div');
    if (this.#made !== null) this.#made.className = kind === 'marquee' ? 'plan-marquee' : 'plan-ghost-made';
    this.#label = document.createElement('div');
    this.#label.className = 'plan-drag-label tabular';
    // One text that changes is repainted; another text node would be laid out anew.
    this.#label.append(this.#words);
    // Over everything: the pointer hits this and not one of thousands of bars, and it has the right cursor.
    this.#shield = document.createElement('div');
    this.#shield.className = 'plan-drag-shield';
    this.#shield.dataset['kind'] = kind;
    document.body.append(this.#shield);
    this.#layer.append(...this.#bars, ...(this.#made === null ? [] : [this.#made]), this.#label);
    rows.append(this.#layer);
    for (const source of this.#sources) source.dataset['dragged'] = '';
    this.rest();
  }

  /** Nothing would happen if it were let go now. */
  rest(): void {
    for (const bar of this.#bars) bar.style.transform = '';
    if (this.#made !== null) this.#made.style.visibility = 'hidden';
    this.#label.style.visibility = 'hidden';
  }

  /** Moves the copied bars. */
  move(x: number, y: number, isCopy: boolean): void {
    for (const bar of this.#bars) bar.style.transform = `translate(${x}px, ${y}px)`;
    this.#layer.dataset['copy'] = String(isCopy);
  }

  /** Shows the stretch that would be made, in pixels of the rows. */
  stretch(x: number, y: number, width: number, height: number): void {
    if (this.#made === null) return;
    this.#made.style.visibility = 'visible';
    this.#made.style.transform = `translate(${x}px, ${y}px)`;
    this.#made.style.width = `${Math.max(2, width)}px`;
    this.#made.style.height = `${height}px`;
  }

  label(x: number, y: number, lines: readonly string[]): void {
    const text = lines.join('\n');
    if (text !== this.#lines) {
      this.#lines = text;
      this.#words.data = text;
    }
    this.#label.style.visibility = 'visible';
    // Of a fixed size, so that another text changes no layer's bounds.
    const height = lines.length * LINE_PX + LABEL_PADDING_PX;
    this.#label.style.height = `${height}px`;
    this.#label.style.transform = `translate(${x}px, ${y - height}px)`;
  }

  marquee(
    box: DOMRect,
    from: { readonly at: number; readonly y: number },
    to: { readonly at: number; readonly y: number },
    fraction: (at: number) => number,
  ): void {
    const rows = this.#layer.parentElement?.getBoundingClientRect();
    const isMirrored = rows !== undefined && rows.left === box.left && rows.right !== box.right;
    const place = (at: number): number =>
      isMirrored ? (1 - fraction(at)) * box.width : fraction(at) * box.width + (rows === undefined ? 0 : box.left - rows.left);
    const x = Math.min(place(from.at), place(to.at));
    const y = Math.min(from.y, to.y);
    this.stretch(x, y, Math.abs(place(from.at) - place(to.at)), Math.abs(from.y - to.y));
  }

  remove(): void {
    this.#layer.remove();
    for (const source of this.#sources) delete source.dataset['dragged'];
    this.#shield.remove();
  }
}

function ghostBar(source: HTMLElement): HTMLElement {
  const copy = document.createElement('div');
  copy.className = `${source.className} plan-ghost-bar`;
  copy.dataset['look'] = source.dataset['look'] ?? 'new';
  for (const child of source.children) copy.append(child.cloneNode(true));
  return copy;
}

export interface GhostDrawing {
  readonly axis: TimeAxis;
  readonly trackPx: number;
  readonly body: ShiftBody;
  /** Where it was; null for something new. */
  readonly before: ShiftBody | null;
  readonly top: number;
  readonly formerTop: number;
  readonly height: number;
  readonly lines: readonly string[];
  readonly isCopy: boolean;
  readonly isMirrored: boolean;
  /** Width of the names beside the tracks. */
  readonly labelPx: number;
}

/** Draws what letting go would do: moved bars, or the stretch that is made or resized, and the label above. */
export function drawGhost(ghost: GhostLayer, drawing: GhostDrawing): void {
  const { axis, trackPx, body, before, isMirrored, labelPx } = drawing;
  const from = fractionAt(axis, body.startAt) * trackPx;
  const width = fractionAt(axis, body.endAt) * trackPx - from;
  const left = isMirrored ? trackPx - from - width : labelPx + from;
  const y = drawing.top - drawing.formerTop;
  if (before !== null) {
    const by = from - fractionAt(axis, before.startAt) * trackPx;
    ghost.move(isMirrored ? -by : by, y, drawing.isCopy);
  }
  ghost.stretch(left, drawing.top + 4, width, drawing.height);
  ghost.label(Math.max(labelPx + 4, left), drawing.top - 2, drawing.lines);
}
