import { useEffect } from 'react';
import { focusCurrentRow } from '../actions/use-case-commands.ts';
import { moveTo, useInbox } from '../inbox-store.ts';
import { useSession } from '../../../state/session.ts';
import { toggleAll } from './case-row.tsx';

/**
 * The keys that belong to grids alone: Home, End, and checking all. They are meant for the list where it has the keyboard, or where nothing has it
 * and no conversation is open, as after a start. Arrow keys and letters are actions of the window.
 */
export function useGridKeys(grid: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !isForList(grid.current)) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
        event.preventDefault();
        toggleAll();
      } else if (event.key === 'Home' || event.key === 'End') {
        event.preventDefault();
        const { order } = useInbox.getState();
        moveTo((event.key === 'Home' ? order[0] : order.at(-1)) ?? null);
        focusCurrentRow();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [grid]);
}

function isForList(grid: HTMLElement | null): boolean {
  const { activeElement } = document;
  if (activeElement !== null && activeElement !== document.body) return grid?.contains(activeElement) === true;
  // an open conversation scrolls by these keys, and its text is what is chosen as a whole
  return useSession.getState().selectedCaseId === null;
}
