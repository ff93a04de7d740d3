/** What the preload script tells of a key that a formatted mail has got. */
interface FrameKeyMessage {
  readonly meridian: 'frame-key';
  readonly key: KeyboardEventInit;
}

/** So long the page's own key may be later than what is told of it. */
const OWN_WITHIN_MS = 30;

/**
 * Presses in the page the keys that are pressed while a formatted mail has the focus. The frame runs nothing, so the shell tells of them (`shell/frame-keys.ts`); while
 * anything else has the focus, the page hears its keys itself and what is told is nothing new. A key that the page hears as well is not pressed twice.
 */
export function listenForFrameKeys(page: Window): () => void {
  let heard: string[] = [];
  const onKey = (event: KeyboardEvent): void => {
    if (!event.isTrusted || !(page.document.activeElement instanceof HTMLIFrameElement)) return;
    heard.push(event.key);
    setTimeout(() => {
      heard = heard.slice(1);
    }, 2 * OWN_WITHIN_MS);
  };
  const onMessage = ({ source, data }: MessageEvent<unknown>): void => {
    if (source !== page || !isFrameKey(data)) return;
    const frame = page.document.activeElement;
    if (!(frame instanceof HTMLIFrameElement)) return;
    setTimeout(() => {
      if (heard.includes(data.key.key ?? '')) return;
      frame.dispatchEvent(new KeyboardEvent('keydown', { ...data.key, bubbles: true, cancelable: true }));
    }, OWN_WITHIN_MS);
  };
  page.addEventListener('message', onMessage);
  page.addEventListener('keydown', onKey, true);
  return () => {
    page.removeEventListener('message', onMessage);
    page.removeEventListener('keydown', onKey, true);
  };
}

function isFrameKey(data: unknown): data is FrameKeyMessage {
  return typeof data === 'object' && data !== null && 'meridian' in data && data.meridian === 'frame-key' && 'key' in data;
}
