import { useState } from 'react';

interface Opened {
  readonly isOpen: boolean;
  /** What gets the keyboard as it closes, as Base UI wants to know it. */
  readonly finalFocus: boolean | (() => HTMLElement | false);
}

/**
 * What a dialog, or a menu of a list, gives the keyboard back to as it closes: what had it. Where nothing had it, nothing gets it: what had it some time ago may be a
 * field, and the next letter is meant as a command. Of a list the row that is current by then gets it: the one that was may have gone.
 */
export function useReturnFocus(isOpen: boolean): Opened['finalFocus'] {
  const [opened, setOpened] = useState<Opened>({ isOpen: false, finalFocus: true });
  if (opened.isOpen !== isOpen) setOpened({ isOpen, finalFocus: isOpen ? backTo(document.activeElement) : opened.finalFocus });
  return opened.finalFocus;
}

function backTo(before: Element | null): Opened['finalFocus'] {
  if (before === null || before === document.body) return false;
  const grid = before.getAttribute('role') === 'row' ? before.closest('[role="grid"]') : null;
  return grid === null ? true : () => !isElsewhere() && currentRow(grid);
}

/** What was chosen may have led to a field, or to another dialog. */
function isElsewhere(): boolean {
  const now = document.activeElement;
  return now !== null && now !== document.body && now.closest('[data-closed]') === null;
}

function currentRow(grid: Element): HTMLElement | false {
  return grid.querySelector<HTMLElement>('[role="row"][tabindex="0"]') ?? false;
}
