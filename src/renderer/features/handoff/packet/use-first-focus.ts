import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import { packetControl } from './packet-form.tsx';
import type { WrittenOffer } from './use-offer.ts';

/** The first that is missing gets the focus, else the button that sends: then Enter is all that it takes. */
export function useFirstFocus(
  root: { readonly current: HTMLElement | null },
  firstRef: RefObject<HTMLElement | null>,
  { missing }: WrittenOffer,
): void {
  const [field] = useState(() => missing[0]?.field ?? null);
  useLayoutEffect(() => {
    const target = field === null ? root.current?.querySelector<HTMLElement>('.hp-send') : packetControl(root.current, field);
    firstRef.current = target ?? null;
    // the dialog may have been there before its contents
    target?.focus();
  }, [root, firstRef, field]);
}
