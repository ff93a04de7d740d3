import { readJsonFile, writeFileAtomically } from './atomic-file.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Theme = 'light' | 'dark' | 'system';
export type Locale = 'en' | 'zh-CN';

/** What the shell itself remembers between two starts; needed before the engine is there. */
export interface ShellState {
  readonly bounds: Bounds | null;
  readonly isMaximized: boolean;
  readonly isFullScreen: boolean;
  /** Chromium's zoom level: each step is 20 %. */
  readonly zoomLevel: number;
  readonly theme: Theme;
  /** Null until a person chose one; the system's decides then. */
  readonly locale: Locale | null;
}

export const MIN_ZOOM_LEVEL = -3;
/** 300 % at most; 200 % must work for people who need it. */
export const MAX_ZOOM_LEVEL = 6;

const FRESH: ShellState = { bounds: null, isMaximized: false, isFullScreen: false, zoomLevel: 0, theme: 'system', locale: null };

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

function readBounds(value: unknown): Bounds | null {
  const side = (name: string): number | null => {
    const found = field(value, name);
    return typeof found === 'number' && Number.isFinite(found) && Math.abs(found) < 100_000 ? Math.round(found) : null;
  };
  const [x, y, width, height] = [side('x'), side('y'), side('width'), side('height')];
  return x === null || y === null || width === null || height === null ? null : { x, y, width, height };
}

export function clampZoomLevel(level: number): number {
  return Math.min(MAX_ZOOM_LEVEL, Math.max(MIN_ZOOM_LEVEL, level));
}

/** Reads a remembered state; whatever is malformed falls back to a fresh one, part by part. */
export function parseShellState(value: unknown): ShellState {
  const [zoom, theme, locale] = [field(value, 'zoomLevel'), field(value, 'theme'), field(value, 'locale')];
  return {
    bounds: readBounds(field(value, 'bounds')),
    isMaximized: field(value, 'isMaximized') === true,
    isFullScreen: field(value, 'isFullScreen') === true,
    zoomLevel: typeof zoom === 'number' && Number.isFinite(zoom) ? clampZoomLevel(zoom) : 0,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    locale: locale === 'en' || locale === 'zh-CN' ? locale : null,
  };
}

/** The state in its file. Losing it costs a window position, so failures to read or write are only reported. */
export class ShellStateFile {
  readonly #file: string;
  readonly #onProblem: (error: unknown) => void;
  #state: ShellState;

  constructor(file: string, onProblem: (error: unknown) => void) {
    this.#file = file;
    this.#onProblem = onProblem;
    this.#state = this.#read();
  }

  get state(): ShellState {
    return this.#state;
  }

  change(patch: Partial<ShellState>): void {
    const next = { ...this.#state, ...patch };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    try {
      writeFileAtomically(this.#file, `${JSON.stringify(next, null, 2)}\n`);
    } catch (error) {
      this.#onProblem(error);
    }
  }

  #read(): ShellState {
    try {
      return parseShellState(readJsonFile(this.#file));
    } catch (error) {
      this.#onProblem(error);
      return FRESH;
    }
  }
}
