import { create } from 'zustand';

/** A place in a message that is shown in a frame of its own, which alone can show where it is. */
export interface PlaceInFrame {
  readonly messageId: string;
  /** Counted from 1. */
  readonly place: number;
}

interface FrameFinding {
  /** The place that is looked at; a new object each time somebody goes there. */
  readonly at: PlaceInFrame | null;
}

export const useFoundInFrame = create<FrameFinding>(() => ({ at: null }));

/** Shows a place within its frame; null when the place that is looked at is in no frame. */
export function showInFrame(at: PlaceInFrame | null): void {
  if (at === null && useFoundInFrame.getState().at === null) return;
  useFoundInFrame.setState({ at: at === null ? null : { ...at } });
}
