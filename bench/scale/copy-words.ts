/** How many cases one becomes when a workspace is multiplied. */
export const COPIES = 10;

const IDS = /\b((?:case|msg|con|out|prm|att|drf)_|evt_(?:[a-z]+-)?)(?=[0-9A-Za-z])/gu;
const ADDRESSES = /\b(customer\d+|(?:chat|telegram|x|community):\d+)(?=[@"\s]|$)/gu;
const MAIL_IDS = /\b(t\d+)(?=\.m\d)|\b(meridian\.\d+)(?=\.\d)|(INBOX\/1\/\d+)(?=\.\d)/gu;
const PLACES = /\b((?:chat|telegram|x|web|community)(?:\.bench\.test)? \d+)(?=[."]|$)/gu;
const ORDERS = /\b(mx)-?(\d{6})\b/giu;
const EPOCH = /"epoch":(\d+)/gu;

/** Ids of another case in what a case's events and its projection say; orders of its own, and its own place in the log. */
export function copiedFacts(text: string, copy: number): string {
  if (copy === 0) return text.replace(EPOCH, (_, epoch: string) => `"epoch":${copiedNumber(Number(epoch), 0)}`);
  return text
    .replace(IDS, `$1${copy}`)
    .replace(ORDERS, orderOf(copy))
    .replace(EPOCH, (_, epoch: string) => `"epoch":${copiedNumber(Number(epoch), copy)}`);
}

/** Who writes and where: addresses, ids on the channel, keys of threads. */
export function copiedPlace(text: string, copy: number): string {
  if (copy === 0) return text;
  return text
    .replace(IDS, `$1${copy}`)
    .replace(ADDRESSES, `$1z${copy}`)
    .replace(MAIL_IDS, (found) => `${found}z${copy}`)
    .replace(PLACES, `$1z${copy}`)
    .replace(ORDERS, orderOf(copy));
}

/** What is said: another order, else the same. */
export function copiedText(text: string, copy: number): string {
  return copy === 0 ? text : text.replace(ORDERS, orderOf(copy));
}

function orderOf(copy: number): (found: string, letters: string, digits: string) => string {
  return (found, letters, digits) => `${letters}${found.charAt(letters.length) === '-' ? '-' : ''}${copy}${digits}`;
}

/** Place in the log, or a key of a row. 0 stands for none and stays. */
export function copiedNumber(value: number, copy: number): number {
  return value === 0 ? 0 : value * COPIES + copy;
}
