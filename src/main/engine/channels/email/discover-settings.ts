import { Resolver } from 'node:dns/promises';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { DiscoveredSettings } from '../../../../shared/contract/workspace.contract.ts';
import { parseAutoconfig } from './autoconfig.ts';
import type { ServerEndpoint } from './email-account.ts';
import { providerOfDomain, providerOfExchanger, type Provider } from './providers.ts';

/** What discovery asks of the network; tests answer themselves. Each may throw, which counts as "nothing there". */
export interface DiscoveryNetwork {
  /** Targets of a service, best first. */
  resolveSrv(name: string): Promise<readonly { readonly host: string; readonly port: number }[]>;
  /** Mail exchangers of a domain, best first. */
  resolveMx(domain: string): Promise<readonly string[]>;
  /** The text behind an https address. */
  fetchText(url: string, signal: AbortSignal): Promise<string>;
  /** Whether a server with a good certificate (for TLS) or any server (for STARTTLS) answers there. */
  answers(endpoint: ServerEndpoint, signal: AbortSignal): Promise<boolean>;
}

const STEP_MS = 4_000;
const MAX_CONFIG_BYTES = 64 * 1024;

async function fetchText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal, redirect: 'manual', headers: { accept: 'application/xml, text/xml' } });
  const target = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && target !== null) {
    const next = new URL(target, url);
    // one step, and never out of the encrypted web
    if (next.protocol !== 'https:') throw new Error('redirected to an unencrypted address');
    return textOf(await fetch(next, { signal, redirect: 'error' }));
  }
  return textOf(response);
}

async function textOf(response: Response): Promise<string> {
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> = response.body;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_CONFIG_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function answers({ host, port, security }: ServerEndpoint, signal: AbortSignal): Promise<boolean> {
  const socket = security === 'tls' ? connectTls({ host, port, servername: host, minVersion: 'TLSv1.2' }) : connectTcp({ host, port });
  return new Promise<boolean>((resolve) => {
    const settle = (value: boolean) => (): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once(security === 'tls' ? 'secureConnect' : 'connect', settle(true));
    socket.once('error', settle(false));
    socket.once('close', settle(false));
    signal.addEventListener('abort', settle(false), { once: true });
  });
}

/** The real network. */
export function systemNetwork(): DiscoveryNetwork {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  return {
    resolveSrv: async (name) => {
      const found = await resolver.resolveSrv(name);
      return found
        .sort((left, right) => left.priority - right.priority || right.weight - left.weight)
        .map((each) => ({ host: each.name, port: each.port }));
    },
    resolveMx: async (domain) => {
      const found = await resolver.resolveMx(domain);
      return found.sort((left, right) => left.priority - right.priority).map((each) => each.exchange);
    },
    fetchText,
    answers,
  };
}

/** The answer within four seconds, or `fallback` when there is none. */
async function orElse<T>(fallback: T, ask: (signal: AbortSignal) => Promise<T>, stop: AbortSignal): Promise<T> {
  const deadline = new AbortController();
  const signal = AbortSignal.any([deadline.signal, stop]);
  const late = new Promise<T>((resolve) => signal.addEventListener('abort', () => resolve(fallback), { once: true }));
  const timer = setTimeout(() => deadline.abort(), STEP_MS);
  try {
    return signal.aborted ? fallback : await Promise.race([ask(signal).catch(() => fallback), late]);
  } finally {
    clearTimeout(timer);
    deadline.abort();
  }
}

function fromProvider(provider: Provider, address: string): DiscoveredSettings {
  const { imap, smtp, sentCopy, plusAddressing, help, name } = provider;
  return { imap, smtp, user: address, sentCopy, plusAddressing, appPasswordHint: help, source: 'built-in', providerName: name };
}

/** What a found pair of servers means where nothing more is known: the careful choices. */
function unknownProvider(
  servers: { imap: ServerEndpoint; smtp: ServerEndpoint; user: string },
  source: DiscoveredSettings['source'],
  providerName: string | null,
): DiscoveredSettings {
  return { ...servers, sentCopy: 'append', plusAddressing: false, appPasswordHint: null, source, providerName };
}

/** RFC 6186 and RFC 8314: services of the domain itself. A target of `.` says that there is none. */
async function bySrv(address: string, domain: string, network: DiscoveryNetwork, stop: AbortSignal): Promise<DiscoveredSettings[]> {
  const find = async (names: readonly [string, ServerEndpoint['security']][]): Promise<ServerEndpoint | null> => {
    const found = await Promise.all(
      names.map(async ([name, security]) => {
        const targets = await orElse([], async () => network.resolveSrv(`${name}.${domain}`), stop);
        const [target] = targets.filter((each) => each.host.replace(/\.$/u, '') !== '');
        return target === undefined ? null : { host: target.host.replace(/\.$/u, '').toLowerCase(), port: target.port, security };
      }),
    );
    return found.find((each) => each !== null) ?? null;
  };
  const [imap, smtp] = await Promise.all([
    find([
      ['_imaps._tcp', 'tls'],
      ['_imap._tcp', 'starttls'],
    ]),
    find([
      ['_submissions._tcp', 'tls'],
      ['_submission._tcp', 'starttls'],
    ]),
  ]);
  return imap === null || smtp === null ? [] : [unknownProvider({ imap, smtp, user: address }, 'srv', null)];
}

async function byAutoconfig(address: string, domain: string, network: DiscoveryNetwork, stop: AbortSignal): Promise<DiscoveredSettings[]> {
  const urls = [`https://autoconfig.${domain}/mail/config-v1.1.xml`, `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`];
  const files = await Promise.all(urls.map(async (url) => orElse('', async (signal) => network.fetchText(url, signal), stop)));
  const found = files.flatMap((file) => parseAutoconfig(file, address) ?? []);
  return found.slice(0, 1).map(({ providerName, ...servers }) => unknownProvider(servers, 'autoconfig', providerName));
}

async function byMx(address: string, domain: string, network: DiscoveryNetwork, stop: AbortSignal): Promise<DiscoveredSettings[]> {
  const exchangers = await orElse([], async () => network.resolveMx(domain), stop);
  const provider = exchangers.map(providerOfExchanger).find((each) => each !== null);
  return provider === undefined || provider === null ? [] : [fromProvider(provider, address)];
}

async function byGuess(address: string, domain: string, network: DiscoveryNetwork, stop: AbortSignal): Promise<DiscoveredSettings[]> {
  const first = async (candidates: readonly ServerEndpoint[]): Promise<ServerEndpoint | null> => {
    const replies = await Promise.all(candidates.map(async (each) => orElse(false, async (signal) => network.answers(each, signal), stop)));
    return candidates.find((_each, index) => replies[index]) ?? null;
  };
  const at = (names: readonly string[], port: number, security: ServerEndpoint['security']): ServerEndpoint[] =>
    names.map((name) => ({ host: name === '' ? domain : `${name}.${domain}`, port, security }));
  const [imap, smtp] = await Promise.all([
    first([...at(['imap', 'mail', ''], 993, 'tls'), ...at(['imap', 'mail'], 143, 'starttls')]),
    first([...at(['smtp', 'mail', ''], 465, 'tls'), ...at(['smtp', 'mail'], 587, 'starttls')]),
  ]);
  return imap === null || smtp === null ? [] : [unknownProvider({ imap, smtp, user: address }, 'guess', null)];
}

/**
 * Finds the servers of a mailbox: what is built in, the domain's own records and files, who handles its mail, and last what
 * answers under the usual names. Best first, without repetitions; empty when nothing was found. Takes a few seconds at most.
 */
export async function discoverSettings(address: string, network: DiscoveryNetwork, signal: AbortSignal): Promise<DiscoveredSettings[]> {
  const trimmed = address.trim();
  const domain = trimmed.slice(trimmed.lastIndexOf('@') + 1).toLowerCase();
  const builtIn = providerOfDomain(domain);
  // nobody needs to be told that somebody has such an address
  if (builtIn !== null) return [fromProvider(builtIn, trimmed)];
  if (!/^[^\s/?#@:]+\.[^\s/?#@:]+$/u.test(domain)) return [];
  const asked = await Promise.all([bySrv, byAutoconfig, byMx].map(async (ask) => ask(trimmed, domain, network, signal)));
  const found = asked.flat();
  const all = found.length > 0 ? found : await byGuess(trimmed, domain, network, signal);
  // the provider's facts are worth more than a bare pair of the same servers
  const ranked = [...all].sort((left, right) => Number(right.source === 'built-in') - Number(left.source === 'built-in'));
  const key = ({ imap, smtp }: DiscoveredSettings): string => JSON.stringify([imap, smtp]);
  return ranked.filter((each, index) => ranked.findIndex((other) => key(other) === key(each)) === index);
}
