import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/**
 * Which frames of mails are live. Each is a process of its own, because each mail has an origin of its own, and takes as long to
 * begin and as much memory as one. A long conversation in which all messages are open would have dozens.
 */

/** So many stay live beside those that are near: who goes back a little finds them as they were. */
export const MOST_LIVE = 6;
/** A frame is near when it is at most this far from what is in sight, in heights of the pane. */
const NEAR = '100% 0px';

interface LiveFrame {
  isNear: boolean;
  readonly end: () => void;
}

/** The live ones, the one that was near longest ago first. */
const live: LiveFrame[] = [];

function forget(frame: LiveFrame): void {
  const place = live.indexOf(frame);
  if (place >= 0) live.splice(place, 1);
}

function begin(frame: LiveFrame): void {
  forget(frame);
  live.push(frame);
  while (live.length > MOST_LIVE) {
    const far = live.find(({ isNear }) => !isNear);
    if (far === undefined) return;
    forget(far);
    far.end();
  }
}

/** Whether the frame in this box is to be there: as soon as it comes near, and until others need its place. */
export function useLiveFrame(box: RefObject<HTMLElement | null>): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const node = box.current;
    if (node === null) return undefined;
    const frame: LiveFrame = { isNear: false, end: () => setLive(false) };
    const observer = new IntersectionObserver(
      (entries) => {
        frame.isNear = entries.at(-1)?.isIntersecting ?? frame.isNear;
        if (!frame.isNear) return;
        begin(frame);
        setLive(true);
      },
      // the margin counts for the element that scrolls, and for no other
      { root: node.closest('.ib-timeline'), rootMargin: NEAR },
    );
    observer.observe(node);
    return () => {
      observer.disconnect();
      forget(frame);
    };
  }, [box]);
  return isLive;
}
