import { useState } from 'react';

interface Opened {
  readonly isOpen: boolean;
  /** What gets the keyboard as it closes, as Base UI wants to know it. */
  readonly finalFocus: boolean | (() => HTMLElement | false);
}

/** What had the keyboard: a row of this list, something else, or nothing. */
type Origin = Element | 'other' | 'nothing';

/** What leads on to a dialog, and is gone when that closes. */
const ON_THE_WAY = '.m-dialog, .m-context-menu';

let origin: Origin = 'nothing';

/**
 * What a dialog, or a menu of a list, gives the keyboard back to as it closes: what had it. Where nothing had it, nothing gets it: what had it
 * some time ago may be a field, and the next letter is meant as a command. Of a list the row that is current by then gets it: the one that was
 * may have gone. What another dialog or the menu of a row led to goes back to where that came from.
 */
export function useReturnFocus(isOpen: boolean): Opened['finalFocus'] {
  const [opened, setOpened] = useState<Opened>({ isOpen: false, finalFocus: true });
  if (opened.isOpen !== isOpen) setOpened({ isOpen, finalFocus: isOpen ? backTo(document.activeElement) : opened.finalFocus });
  return opened.finalFocus;
}

function backTo(before: Element | null): Opened['finalFocus'] {
  const isOnTheWay = (before?.closest(ON_THE_WAY) ?? null) !== null;
  if (!isOnTheWay) origin = originOf(before);
  const from = origin;
  if (from === 'other') return true;
  return () => {
    if (isElsewhere()) return false;
    // a dialog that stays open below this one
    if (isOnTheWay && before instanceof HTMLElement && before.isConnected && !isClosing(before)) return before;
    return from === 'nothing' ? false : (from.querySelector<HTMLElement>('[role="row"][tabindex="0"]') ?? false);
  };
}

function originOf(before: Element | null): Origin {
  if (before === null || before === document.body) return 'nothing';
  return (before.getAttribute('role') === 'row' ? before.closest('[role="grid"]') : null) ?? 'other';
}

/** What was chosen may have led to a field, or to another dialog. */
function isElsewhere(): boolean {
  const now = document.activeElement;
  return now !== null && now !== document.body && !isClosing(now);
}

function isClosing(element: Element): boolean {
  return element.closest('[data-closed]') !== null;
}
