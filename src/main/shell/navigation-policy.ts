import { isAppPage, mailBodyToken, mailLink } from './addresses.ts';
import type { PageOrigin } from './addresses.ts';

/** Someone wants to show another address in a frame. */
export interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  /** What the frame shows now; empty when unknown. */
  readonly frameUrl: string;
  /** What the frame shows that asked: the page around it, or the frame itself through a link in it. Empty when unknown. */
  readonly initiatorUrl: string;
}

export type NavigationVerdict =
  | { readonly kind: 'allow' }
  | { readonly kind: 'refuse' }
  /** A link in a mail: refused too, and told to the person. */
  | { readonly kind: 'mail-link'; readonly token: string; readonly index: number };

/**
 * The whole list of what may be shown: the page in the window, and a mail body that the page puts into a frame.
 * Everything else is refused, whoever asks.
 */
export function judgeNavigation(navigation: Navigation, origin: PageOrigin): NavigationVerdict {
  if (navigation.isMainFrame) return isAppPage(navigation.url, origin) ? { kind: 'allow' } : { kind: 'refuse' };
  const link = mailLink(navigation.url);
  if (link !== null) {
    // the mail that was clicked in decides: it can not speak for another one. A frame in a process of its own has no
    // address while it is on its way, so the one that asked is looked at first
    const token = mailBodyToken(navigation.initiatorUrl) ?? mailBodyToken(navigation.frameUrl);
    if (token === null || (link.token !== null && link.token !== token)) return { kind: 'refuse' };
    return { kind: 'mail-link', token, index: link.index };
  }
  const isPutThere = mailBodyToken(navigation.url) !== null && mailBodyToken(navigation.initiatorUrl) === null;
  return isPutThere ? { kind: 'allow' } : { kind: 'refuse' };
}

/**
 * Whether Chromium may load this at all. It has no business on any network: mail, images and sync are the engine's.
 */
export function isRequestAllowed(address: string, origin: PageOrigin): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  switch (url.protocol) {
    case 'app:':
    case 'mail-body:':
    case 'devtools:':
    case 'data:':
      return true;
    case 'blob:':
      return url.pathname.startsWith('app://meridian/') || (origin.devServer !== null && url.pathname.startsWith(`${origin.devServer}/`));
    case 'http:':
    case 'ws:':
      return origin.devServer !== null && url.host === new URL(origin.devServer).host;
    default:
      return false;
  }
}

const PAGE_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Whether the frame with this address may use a permission of the browser. Only the page itself, and only two. */
export function isPermissionAllowed(permission: string, frameAddress: string, origin: PageOrigin): boolean {
  return PAGE_PERMISSIONS.has(permission) && isAppPage(frameAddress, origin);
}
