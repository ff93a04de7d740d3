let isPointerDown = false;
if (typeof window !== 'undefined') {
  window.addEventListener('pointerdown', () => (isPointerDown = true), true);
  for (const type of ['pointerup', 'pointercancel']) window.addEventListener(type, () => (isPointerDown = false), true);
}

/**
 * Runs something that moves what is on screen, but never between the press and the release of a mouse button: what was
 * pressed would not be under the pointer any more, and the click would be lost.
 */
export function afterClick(run: () => void): void {
  if (!isPointerDown) {
    run();
    return;
  }
  const later = (): void => {
    window.removeEventListener('pointerup', later);
    window.removeEventListener('pointercancel', later);
    setTimeout(run);
  };
  window.addEventListener('pointerup', later);
  window.addEventListener('pointercancel', later);
}
