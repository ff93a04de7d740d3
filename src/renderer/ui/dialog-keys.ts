import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/**
 * Plain keys while a dialog is open that has nothing to type into, and no other one stands before it.
 * @param inside something in a dialog that may stand before others; the keys are its own while it is the foremost one
 */
export function useDialogKeys(
  isOn: boolean,
  keys: Readonly<Record<string, () => void>>,
  inside: RefObject<HTMLElement | null> | null = null,
): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const run = latest.current[event.key.toLowerCase()];
      if (run === undefined || !isForemost(inside?.current ?? null)) return;
      event.preventDefault();
      event.stopPropagation();
      run();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [isOn, inside]);
}

/** Dialogs stand in the page in the order in which they were opened. */
function isForemost(part: HTMLElement | null): boolean {
  const open = [...document.querySelectorAll('.m-dialog:not([data-closed])')];
  return part === null ? open.length <= 1 : open.at(-1)?.contains(part) === true;
}
