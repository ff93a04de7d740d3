import type { ServerEndpoint } from './email-account.ts';

/** What a provider's configuration file says (the format of Mozilla's autoconfig, version 1.1). */
export interface Autoconfig {
  readonly providerName: string | null;
  readonly imap: ServerEndpoint;
  readonly smtp: ServerEndpoint;
  readonly user: string;
}

const MAX_CHARACTERS = 64 * 1024;

/** The text of the first element of this name; null when there is none. No nesting of equal names occurs in the format. */
function element(xml: string, name: string): string | null {
  const open = xml.indexOf(`<${name}`);
  if (open === -1) return null;
  const start = xml.indexOf('>', open);
  const end = xml.indexOf(`</${name}>`, start);
  return start === -1 || end === -1 ? null : xml.slice(start + 1, end);
}

/** The contents of all `<name type="type">` elements, in order. */
function servers(xml: string, name: string, type: string): string[] {
  const found: string[] = [];
  for (let at = xml.indexOf(`<${name} `); at !== -1 && found.length < 20; at = xml.indexOf(`<${name} `, at + 1)) {
    const head = xml.slice(at, xml.indexOf('>', at) + 1);
    const body = element(xml.slice(at), name);
    if (body !== null && new RegExp(`\\stype=["']${type}["']`, 'u').test(head)) found.push(body);
  }
  return found;
}

function filledIn(template: string, address: string): string {
  const at = address.lastIndexOf('@');
  return template
    .replaceAll('%EMAILADDRESS%', address)
    .replaceAll('%EMAILLOCALPART%', address.slice(0, at))
    .replaceAll('%EMAILDOMAIN%', address.slice(at + 1));
}

/** A server that we could use: a proper host name, encrypted, and with a password. */
function endpoint(body: string, address: string): { readonly server: ServerEndpoint; readonly user: string } | null {
  const host = filledIn((element(body, 'hostname') ?? '').trim(), address).toLowerCase();
  const port = Number((element(body, 'port') ?? '').trim());
  const socket = (element(body, 'socketType') ?? '').trim().toUpperCase();
  const user = filledIn((element(body, 'username') ?? '%EMAILADDRESS%').trim(), address);
  if (!/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/u.test(host)) return null;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return null;
  if (socket !== 'SSL' && socket !== 'STARTTLS') return null;
  const methods = [...body.matchAll(/<authentication>([^<]{1,60})<\/authentication>/gu)].map((match) => match[1]?.trim() ?? '');
  if (methods.length > 0 && methods.every((method) => method === 'OAuth2')) return null;
  // a name with markup or spaces in it was not meant for us
  if (!/^[^\s<>&"]{1,254}$/u.test(user)) return null;
  return { server: { host, port, security: socket === 'SSL' ? 'tls' : 'starttls' }, user };
}

/** Reads a configuration file; null when it holds no usable pair of servers. Implicit TLS is preferred. */
export function parseAutoconfig(xml: string, address: string): Autoconfig | null {
  if (xml.length > MAX_CHARACTERS) return null;
  // comments can hold examples, and a document type could define entities
  const plain = xml.replaceAll(/<!--[^]*?-->/gu, '');
  const body = element(plain, 'emailProvider');
  if (body === null || plain.includes('<!DOCTYPE')) return null;
  const best = (name: string, type: string): ReturnType<typeof endpoint> => {
    const usable = servers(body, name, type).flatMap((each) => endpoint(each, address) ?? []);
    return usable.find((each) => each.server.security === 'tls') ?? usable[0] ?? null;
  };
  const [imap, smtp] = [best('incomingServer', 'imap'), best('outgoingServer', 'smtp')];
  if (imap === null || smtp === null) return null;
  const name = (element(body, 'displayName') ?? '').trim();
  return { providerName: /^[^<>&]{1,80}$/u.test(name) ? name : null, imap: imap.server, smtp: smtp.server, user: imap.user };
}
