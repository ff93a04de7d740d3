import { create } from 'zustand';
import { setPaletteOpen, useSession } from './session.ts';

interface PaletteState {
  /** What the palette begins with, such as `>` for commands alone. */
  readonly startText: string;
}

export const usePalette = create<PaletteState>(() => ({ startText: '' }));

/** Opens the palette, with something typed already; pressed again it closes. */
export function togglePalette(startText = ''): void {
  usePalette.setState({ startText });
  setPaletteOpen(!useSession.getState().isPaletteOpen);
}
