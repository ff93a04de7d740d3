import type { LinkFinding, OfficialRegistry, RegistrableDomain } from './guard-types.ts';
import { judgeDomain } from './official-domains.ts';
import { decodeLabel } from './punycode.ts';

/** Services whose links say nothing of where they lead. */
const SHORTENERS = new Set(
  'bit.ly bitly.com tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly rb.gy shorturl.at t.ly tiny.cc tiny.one s.id lnkd.in soo.gd bl.ink short.io url.cn dwz.cn t.cn suo.im u.nu clck.ru vk.cc shrtco.de qr.ae adf.ly bit.do trib.al shorte.st l.ead.me x.co mcaf.ee han.gl me2.do vo.la zpr.io urlz.fr chilp.it kutt.it dub.sh linktr.ee'.split(
    ' ',
  ),
);

const INVISIBLE = /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0]/u;

/** A link as it stands in a text: its target, and the words that show it (the target itself when it has none). */
export interface ShownLink {
  readonly text: string;
  readonly href: string;
}

/** The parts of an address that matter for where it leads. */
export interface LinkParts {
  /** Lower case, without the colon. */
  readonly scheme: string;
  /** What stands before an `@`, `''` when nothing does. */
  readonly user: string;
  /** Lower case, without brackets around an IPv6 address, `''` for schemes without one. */
  readonly host: string;
  readonly port: string;
}

/**
 * The parts of an address as a browser takes it: blanks and line breaks inside go, backslashes are slashes. Null when it is none.
 * Source: WHATWG URL, 4.4 (only as much as tells the host).
 */
export function partsOfLink(href: string): LinkParts | null {
  const cleaned = href.trim().replaceAll(/[\t\n\r]/gu, '');
  const scheme = /^[a-z][a-z\d+.-]*(?=:)/iu.exec(cleaned)?.[0].toLowerCase();
  if (scheme === undefined) return null;
  const rest = cleaned.slice(scheme.length + 1);
  if (scheme === 'mailto') return { scheme, user: '', host: (/(?<=@)[^?&,;\s]+/u.exec(rest)?.[0] ?? '').toLowerCase(), port: '' };
  if (scheme !== 'http' && scheme !== 'https') return { scheme, user: '', host: '', port: '' };
  const authority = /[^/\\?#]*/u.exec(rest.replace(/^[/\\]+/u, ''))?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  const [, bracketed, name = '', port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/u.exec(authority.slice(at + 1)) ?? [];
  if (bracketed === undefined && name === '') return null;
  return { scheme, user: at === -1 ? '' : authority.slice(0, at), host: decodeHost(bracketed ?? name), port };
}

/** As a browser reads it: percent signs decoded, compatibility forms folded, full stops of other scripts taken for dots. */
function decodeHost(host: string): string {
  let decoded = host;
  try {
    decoded = decodeURIComponent(host);
  } catch {
    // a percent sign that encodes nothing; the host stays as it is and is nobody's
  }
  return decoded
    .normalize('NFKC')
    .replaceAll(/[。．｡]/gu, '.')
    .toLowerCase();
}

/** Whether a host is an IP address, also written as one number, in octal or in hexadecimal. */
export function isIpHost(host: string): boolean {
  return host.includes(':') || /^(?:0x[\da-f]+|\d+)(?:\.(?:0x[\da-f]+|\d+)){0,3}\.?$/iu.test(host);
}

/**
 * What is odd about a link: that it shows another domain than it leads to, resembles one of ours, or hides where it leads. `[]` when
 * nothing is. That the target is a stranger's is no finding: customers link to what they like.
 */
export function judgeLink(link: ShownLink, registry: OfficialRegistry, registrableDomain: RegistrableDomain): readonly LinkFinding[] {
  const parts = partsOfLink(link.href);
  if (parts === null) return /^\s*[a-z\d+.-]*:/iu.test(link.href) ? [{ code: 'scheme', detail: '' }] : [];
  if (!['http', 'https', 'mailto', 'tel'].includes(parts.scheme)) return [{ code: 'scheme', detail: parts.scheme }];
  const findings = parts.host === '' ? [] : judgeHost(parts, link.text, registry, registrableDomain);
  if (!INVISIBLE.test(link.text) && !INVISIBLE.test(link.href)) return findings;
  return [...findings, { code: 'hidden-characters', detail: '' }];
}

function judgeHost(
  { scheme, user, host, port }: LinkParts,
  text: string,
  registry: OfficialRegistry,
  registrableDomain: RegistrableDomain,
): readonly LinkFinding[] {
  const domain = registrableDomain(host);
  const place = domain ?? host;
  const labels = host.split('.').map(decodeLabel);
  const resembled = judgeDomain(host, registry, registrableDomain);
  const shown = shownHost(text, registrableDomain);
  const all: readonly (readonly [isThere: boolean, code: LinkFinding['code'], detail: string])[] = [
    [resembled !== null, 'look-alike', resembled?.official ?? ''],
    [shown !== null && registrableDomain(shown) !== domain, 'text-differs', place],
    [user !== '', 'user-part', place],
    [scheme !== 'mailto' && isIpHost(host), 'ip-host', host],
    [port !== '' && port !== '80' && port !== '443', 'port', port],
    [/(?:^|\.)xn--/u.test(host), 'punycode', labels.join('.')],
    [labels.some(hasMixedScripts), 'mixed-scripts', labels.join('.')],
    [SHORTENERS.has(place) || SHORTENERS.has(host), 'shortener', place],
  ];
  return all.filter(([isThere]) => isThere).map(([, code, detail]) => ({ code, detail }));
}

/** The host that a link's words show, when they are an address and nothing else. */
function shownHost(text: string, registrableDomain: RegistrableDomain): string | null {
  const visible = text.replaceAll(new RegExp(INVISIBLE.source, 'gu'), '').trim();
  if (visible === '' || /\s/u.test(visible)) return null;
  const scheme = /^[a-z][a-z\d+.-]*:\/\//iu.test(visible);
  const host = scheme ? partsOfLink(visible)?.host : partsOfLink(`https://${visible}`)?.host;
  if (host === undefined || !host.includes('.') || (visible.includes('@') && !scheme)) return null;
  return registrableDomain(host) === null ? null : host;
}

/** Latin letters and those of a script that has many alike, in one label. Japanese, Korean and Chinese names mix with Latin as a habit. */
function hasMixedScripts(label: string): boolean {
  const isLatin = /\p{sc=Latin}/u.test(label);
  const isCyrillic = /\p{sc=Cyrillic}/u.test(label);
  const isGreek = /\p{sc=Greek}/u.test(label);
  const isOther = /[\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Georgian}\p{sc=Canadian_Aboriginal}\p{sc=Lisu}\p{sc=Coptic}]/u.test(label);
  return [isLatin, isCyrillic, isGreek, isOther].filter(Boolean).length > 1;
}
