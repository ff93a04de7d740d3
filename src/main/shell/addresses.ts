/** The page's own scheme and origin; the name behind it is not looked up anywhere. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'meridian';
export const APP_ORIGIN = 'app://meridian';
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** Scheme of the frames that show mail. Each body has an address of its own, `mail-body://m<token>/`. */
export const MAIL_SCHEME = 'mail-body';

/** Whatever its fragment: a place of a mail is the mail. */
const MAIL_FRAME = /^mail-body:\/\/m([0-9a-f]{32})\/?(?:#.*)?$/su;
const MAIL_LINK = /^mail-body:\/\/link\/([0-9a-f]{1,32})\/(0|[1-9][0-9]{0,5})$/u;

export function mailBodyAddress(token: string): string {
  return `${MAIL_SCHEME}://m${token}/`;
}

/** The token in the address of a mail body; null for any other address. */
export function mailBodyToken(address: string): string | null {
  return MAIL_FRAME.exec(address)?.[1] ?? null;
}

/**
 * Reads `mail-body://link/<token>/<n>`, the form in which links stand in a cleaned mail. The token is `0` where the
 * mail was cleaned before it had one; the frame that was clicked in tells which mail it is.
 */
export function mailLink(address: string): { readonly token: string | null; readonly index: number } | null {
  const found = MAIL_LINK.exec(address);
  if (found === null) return null;
  const [, token = '0', index = ''] = found;
  return { token: token === '0' ? null : token, index: Number(index) };
}

/** Where the page may come from: its own origin, or the development server. */
export interface PageOrigin {
  readonly devServer: string | null;
}

/** Whether this is the page itself (any fragment), not merely something of its origin. */
export function isAppPage(address: string, origin: PageOrigin): boolean {
  const [bare = ''] = address.split(/[?#]/u);
  if (origin.devServer === null) return bare === APP_PAGE || bare === `${APP_ORIGIN}/`;
  return bare === `${origin.devServer}/` || bare === `${origin.devServer}/index.html`;
}

/** The address that the window loads. */
export function appPageAddress(origin: PageOrigin): string {
  return origin.devServer === null ? APP_PAGE : `${origin.devServer}/`;
}
