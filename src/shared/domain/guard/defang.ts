/** Endings that a file has more often than a host, when nothing else speaks for an address. */
const FILE_ENDINGS = /\.(?:js|ts|py|rs|md|sh|zip|mov|app|so|pl|cc|ps|pdf|txt|csv|docx?|xlsx?|png|jpe?g|exe)$/iu;

const ADDRESS = /\b(?<scheme>https?|ftp|wss?):\/\/(?<rest>[^\s<>"'“”«»]+)/giu;
// a user part begins where nothing of one stands before it, and ends: long texts without an address must cost no time
const MAIL = /(?<![\p{L}\p{N}._%+-])(?<user>[\p{L}\p{N}._%+-]{1,64})@(?<host>(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})/gu;
const HOST =
  /(?<![\p{L}\p{N}@./[-])(?<host>(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,10}(?:xn--[a-z\d-]+|[a-z]{2,24}))(?![\p{L}\p{N}-])/giu;
const IP = /(?<![\d.[])(?<host>\d{1,3}(?:\.\d{1,3}){3})(?![\d.])/gu;

/**
 * A text whose addresses lead nowhere when somebody pastes it: `hxxps://evil[.]example/a`, `a[@]evil[.]example`, `evil[.]example`. For notes
 * and copies; what a customer wrote stays as it came. Twice is as good as once.
 */
export function defang(text: string): string {
  return text
    .replaceAll(ADDRESS, (_whole, scheme: string, rest: string) => {
      const end = /[/?#]/u.exec(rest)?.index ?? rest.length;
      return `${scheme.replaceAll(/t/gu, 'x').replaceAll(/T/gu, 'X')}://${dots(rest.slice(0, end))}${rest.slice(end)}`;
    })
    .replaceAll(MAIL, (_whole, user: string, host: string) => `${user}[@]${dots(host)}`)
    .replaceAll(HOST, (whole, host: string) => (FILE_ENDINGS.test(host) ? whole : dots(host)))
    .replaceAll(IP, (_whole, host: string) => dots(host));
}

/** The text that {@link defang} was given, as far as that can be told: what stood in it as `[.]` before comes back as a dot. */
export function refang(text: string): string {
  return text
    .replaceAll(/\b(?<scheme>hxxps?|fxp|wss?):\/\//giu, (whole) => whole.replaceAll('x', 't').replaceAll('X', 'T'))
    .replaceAll(/\[\.\]|\(\.\)|\[dot\]/giu, '.')
    .replaceAll('[@]', '@')
    .replaceAll('[:]', ':');
}

function dots(host: string): string {
  return host.replaceAll(/(?<!\[)\.(?!\])/gu, '[.]');
}
