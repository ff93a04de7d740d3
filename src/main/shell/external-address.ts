const MAX_LENGTH = 4_000;
/** What a link in a mail may fill into a new message. `attach` and its like would send away the person's files. */
const MAILTO_FIELDS: ReadonlySet<string> = new Set(['to', 'cc', 'subject', 'body']);

/**
 * The address to hand to the person's browser or mail program; null when it is refused. Only https and mailto, without a
 * user name in front of the host (which only serves to deceive), without control characters.
 */
export function externalAddress(text: string): string | null {
  if (text.length > MAX_LENGTH || /[\u0000-\u001f\u007f]/u.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol === 'https:') return url.username === '' && url.password === '' && url.hostname !== '' ? url.href : null;
  if (url.protocol !== 'mailto:') return null;
  // written out again by us: a mail program takes `+` for a plus sign, not for a space
  const fields = [...url.searchParams]
    .filter(([name]) => MAILTO_FIELDS.has(name.toLowerCase()))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return `mailto:${url.pathname}${fields.length === 0 ? '' : `?${fields.join('&')}`}`;
}
