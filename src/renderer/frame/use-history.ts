import { useEffect } from 'react';
import { useLiveValue } from '../bridge/use-live.ts';
import { isInsidePopup } from '../shortcuts/keys.ts';
import { canGo, followHistory, go } from '../state/history.ts';
import { undoStack } from '../state/undo.ts';

/** The buttons at the side of a mouse. */
const BACK_BUTTON = 3;
const FORWARD_BUTTON = 4;

/** Follows where this window goes. The side buttons of the mouse lead back and forward as the keys do. */
export function useHistory(): void {
  const me = useLiveValue('workspace.get', {}, null)?.me?.agentId ?? null;
  // Another person has been nowhere yet, and has done nothing that could be undone.
  useEffect(() => {
    undoStack.clear();
    return followHistory();
  }, [me]);
  useEffect(() => {
    const onMouse = (event: MouseEvent): void => {
      if (event.button !== BACK_BUTTON && event.button !== FORWARD_BUTTON) return;
      // the browser has a history of its own, of which this page is all
      event.preventDefault();
      const by = event.button === BACK_BUTTON ? -1 : 1;
      if (event.type === 'mouseup' && canGo(by) && !isInsidePopup(document.activeElement)) go(by);
    };
    window.addEventListener('mousedown', onMouse);
    window.addEventListener('mouseup', onMouse);
    return () => {
      window.removeEventListener('mousedown', onMouse);
      window.removeEventListener('mouseup', onMouse);
    };
  }, []);
}
