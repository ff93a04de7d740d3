import { useEffect, useRef } from 'react';

/** Plain keys while a dialog is open that has nothing to type into, and no other one stands before it. */
export function useDialogKeys(isOn: boolean, keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const run = latest.current[event.key.toLowerCase()];
      if (run === undefined || document.querySelectorAll('.m-dialog:not([data-closed])').length > 1) return;
      event.preventDefault();
      event.stopPropagation();
      run();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [isOn]);
}
