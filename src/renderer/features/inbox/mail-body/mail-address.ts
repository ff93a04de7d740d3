/** What a person needs to see of a link before it is opened: where it really goes. Pure: works on text and URLs only. */

/** Suffixes of two or more labels under which anybody can register a name. Not the whole public suffix list: the ones seen in mail. */
const WIDE_SUFFIXES: ReadonlySet<string> = new Set(
  (
    'ac.uk co.uk gov.uk ltd.uk me.uk net.uk org.uk plc.uk com.au edu.au gov.au net.au org.au co.nz net.nz org.nz co.jp ne.jp or.jp ac.jp go.jp ' +
    'com.cn net.cn org.cn gov.cn edu.cn ac.cn com.hk net.hk org.hk edu.hk gov.hk com.tw org.tw net.tw com.sg org.sg net.sg com.my co.kr or.kr go.kr ' +
    'co.in net.in org.in gen.in firm.in com.br net.br org.br gov.br com.mx org.mx com.ar com.co com.pe com.ve com.tr org.tr gov.tr co.za org.za co.il org.il ' +
    'com.ua co.id or.id go.id co.th in.th or.th com.vn com.ph com.pk com.bd com.np com.eg com.sa com.ng co.ke co.tz com.gh com.pl com.ru com.es com.pt com.gr com.cy com.mt co.at or.at ' +
    'github.io gitlab.io pages.dev workers.dev vercel.app netlify.app web.app firebaseapp.com herokuapp.com onrender.com fly.dev glitch.me repl.co blogspot.com wordpress.com weebly.com wixsite.com ' +
    'myshopify.com azurewebsites.net cloudapp.net windows.net amazonaws.com cloudfront.net appspot.com r2.dev ngrok.io ngrok-free.app trycloudflare.com duckdns.org no-ip.org'
  ).split(' '),
);

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) >> 1) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + 38));
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 22;
  if (code >= 97 && code <= 122) return code - 97;
  return BASE;
}

/** One label of punycode without its `xn--` (RFC 3492, section 6.2); null when it is malformed. */
export function decodePunycode(label: string): string | null {
  const split = label.lastIndexOf('-');
  const points = split > 0 ? Array.from(label.slice(0, split), (each) => each.charCodeAt(0)) : [];
  let n = 128;
  let index = 0;
  let bias = 72;
  let at = split > 0 ? split + 1 : 0;
  while (at < label.length) {
    const before = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      if (at >= label.length) return null;
      const digit = digitOf(label.charCodeAt(at));
      at += 1;
      if (digit >= BASE) return null;
      index += digit * weight;
      if (index > 0x7fffffff) return null;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapt(index - before, points.length + 1, before === 0);
    n += Math.floor(index / (points.length + 1));
    index %= points.length + 1;
    if (n > 0x10ffff) return null;
    points.splice(index, 0, n);
    index += 1;
  }
  return String.fromCodePoint(...points);
}

/** A host name as people write it, with each `xn--` label decoded; labels that do not decode stay as they are. */
export function displayHost(host: string): string {
  return host
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join('.');
}

/** The part of a host that somebody registered and answers for: `mail.shop.example.co.uk` -> `example.co.uk`. An IP address is returned whole. */
export function registrableHost(host: string): string {
  if (/^[\d.]+$/u.test(host) || host.startsWith('[')) return host;
  const labels = host.split('.');
  for (const size of [3, 2]) {
    const suffix = labels.slice(-size).join('.');
    if (labels.length > size && WIDE_SUFFIXES.has(suffix)) return labels.slice(-size - 1).join('.');
  }
  return labels.slice(-2).join('.');
}

export interface LinkAddress {
  readonly url: string;
  readonly kind: 'web' | 'mail' | 'phone';
  /** ASCII form of the host (for mail: of the address's domain); empty for a telephone number. */
  readonly host: string;
  /** The same host as people read it; equal to `host` unless it is internationalised. */
  readonly hostDisplay: string;
  readonly registrable: string;
  /** What stands before and after the registrable part, so that the dialog can emphasise it. */
  readonly before: string;
  readonly after: string;
  readonly internationalised: boolean;
  readonly ipAddress: boolean;
  readonly insecure: boolean;
  /** `https://bank.example@evil.example/`: the part before @ is only a user name. */
  readonly hasUserInfo: boolean;
}

/** Reads the real address of a link; null when it is none that may be opened (only web, mail and telephone links may). */
export function describeLink(url: string): LinkAddress | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol === 'mailto:') {
    const address = decodeSafely(parsed.pathname);
    const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    return {
      ...PLAIN,
      url,
      kind: 'mail',
      host,
      hostDisplay: displayHost(host),
      registrable: registrableHost(host),
      before: address.slice(0, address.length - host.length),
    };
  }
  if (parsed.protocol === 'tel:') return { ...PLAIN, url, kind: 'phone', before: decodeSafely(parsed.pathname) };
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  const host = parsed.hostname;
  const registrable = registrableHost(host);
  const start = parsed.href.indexOf(host, parsed.protocol.length + 2 + userInfoLength(parsed)) + host.length - registrable.length;
  return {
    url: parsed.href,
    kind: 'web',
    host,
    hostDisplay: displayHost(host),
    registrable,
    before: parsed.href.slice(0, start),
    after: parsed.href.slice(start + registrable.length),
    internationalised: host.includes('xn--'),
    ipAddress: /^[\d.]+$/u.test(host) || host.startsWith('['),
    insecure: parsed.protocol === 'http:',
    hasUserInfo: parsed.username !== '' || parsed.password !== '',
  };
}

const PLAIN: LinkAddress = {
  url: '',
  kind: 'mail',
  host: '',
  hostDisplay: '',
  registrable: '',
  before: '',
  after: '',
  internationalised: false,
  ipAddress: false,
  insecure: false,
  hasUserInfo: false,
};

function userInfoLength(url: URL): number {
  if (url.username === '' && url.password === '') return 0;
  return url.username.length + (url.password === '' ? 0 : url.password.length + 1) + 1;
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const HOST_IN_TEXT = /(?:^|[\s<("'])(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,24})(?=$|[\s/:?#>)"',.])/iu;

/** The host that the visible text of a link claims, in ASCII form, or null when it names none. */
export function hostNamedIn(text: string): string | null {
  const found = HOST_IN_TEXT.exec(text.trim().slice(0, 500))?.[1];
  if (found === undefined) return null;
  try {
    return new URL(`https://${found}/`).hostname;
  } catch {
    return null;
  }
}

/** True when the text of a link names a site of somebody else than the one it leads to. */
export function textMisleads(text: string, link: LinkAddress): boolean {
  const named = hostNamedIn(text);
  return named !== null && link.kind === 'web' && registrableHost(named) !== link.registrable;
}

/** The address in a form that no program opens by itself: `hxxps://example[.]org/`. */
export function defang(url: string): string {
  return url.replace(/^http/iu, 'hxxp').replaceAll('.', '[.]').replaceAll('@', '[@]');
}
