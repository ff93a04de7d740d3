import type { Input, WebContents } from 'electron';

/** A key as the page hears it, told by the shell. The fields of a `KeyboardEvent`. */
export interface FrameKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/** What a mail needs itself, with Ctrl or Command: copying, choosing everything. */
const OWN_LETTERS: ReadonlySet<string> = new Set(['a', 'c', 'x', 'v']);

/**
 * The key as the page should hear it while a formatted mail has the focus; null for what the browser does there itself: scrolling, walking over links and
 * following them, choosing and copying text.
 */
export function keyForPage(
  input: Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'alt' | 'shift' | 'isAutoRepeat' | 'isComposing'>,
): FrameKey | null {
  if (input.type !== 'keyDown' || input.isComposing) return null;
  const isCharacter = [...input.key].length === 1 && input.key !== ' ';
  const isOwn = (input.control || input.meta) && OWN_LETTERS.has(input.key.toLowerCase());
  const isCommand = input.key === 'Escape' || (/^F\d{1,2}$/u.test(input.key) && input.key !== 'F10');
  if (isOwn || (!isCharacter && !isCommand)) return null;
  return {
    key: input.key,
    code: input.code,
    ctrlKey: input.control,
    metaKey: input.meta,
    altKey: input.alt,
    shiftKey: input.shift,
    repeat: input.isAutoRepeat,
  };
}

/**
 * Tells the page of keys while it shows a mail in a frame: the frame runs nothing, so whoever clicked into a mail could work by keys no more. The page takes them only
 * while the frame has the focus, and hears all others itself.
 */
export function handKeysOn(contents: WebContents): void {
  contents.on('before-input-event', (_event, input) => {
    const key = keyForPage(input);
    if (key !== null && contents.mainFrame.frames.length > 0) contents.send('frame-key', key);
  });
}
