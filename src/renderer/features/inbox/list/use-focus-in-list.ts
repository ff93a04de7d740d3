import { useLayoutEffect } from 'react';
import { focusCurrentRow } from '../actions/use-case-commands.ts';

/** When the row that has the keyboard leaves the list, the current one gets it: nothing would have it else. */
export function useFocusInList(): void {
  const before = document.activeElement;
  useLayoutEffect(() => {
    if (before?.matches('[data-case-row]') === true && !before.isConnected && document.activeElement === document.body) focusCurrentRow();
  });
}
