import type { Bounds } from './shell-state.ts';

export const DEFAULT_SIZE = { width: 1440, height: 900 } as const;
export const MINIMUM_SIZE = { width: 800, height: 520 } as const;

/** How much of the title bar's row must be on a screen so that a person can take hold of the window. */
const GRIP = { width: 120, height: 32 } as const;

function overlap(a: Bounds, b: Bounds): { readonly width: number; readonly height: number } {
  return {
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
  };
}

/**
 * Where the window opens: where it was, if it can still be taken hold of there (a monitor may be gone), else centred on
 * the first screen. All in device-independent pixels.
 * @param workAreas what is left of each screen beside docks and bars; the first is the primary screen's
 */
export function placeWindow(remembered: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const [primary = { x: 0, y: 0, width: 1280, height: 800 }] = workAreas;
  if (remembered !== null) {
    const grip: Bounds = { ...remembered, height: GRIP.height };
    const home = workAreas.find((area) => {
      const seen = overlap(grip, area);
      return seen.width >= GRIP.width && seen.height >= GRIP.height / 2;
    });
    if (home !== undefined) {
      return {
        x: remembered.x,
        y: Math.max(remembered.y, home.y),
        width: Math.max(MINIMUM_SIZE.width, Math.min(remembered.width, home.width)),
        height: Math.max(MINIMUM_SIZE.height, Math.min(remembered.height, home.height)),
      };
    }
  }
  const wanted = remembered ?? DEFAULT_SIZE;
  const width = Math.min(Math.max(wanted.width, MINIMUM_SIZE.width), primary.width);
  const height = Math.min(Math.max(wanted.height, MINIMUM_SIZE.height), primary.height);
  return {
    x: primary.x + Math.round((primary.width - width) / 2),
    y: primary.y + Math.round((primary.height - height) / 2),
    width,
    height,
  };
}
