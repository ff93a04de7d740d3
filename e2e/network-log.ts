import fs from 'node:fs';

interface NetworkLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: Readonly<Record<string, unknown>> }[];
}

export interface NetworkUse {
  /** Names that Chromium really went to resolve, rather than answered from its own rules. */
  readonly lookups: readonly string[];
  /** Addresses that it opened a TCP connection to. */
  readonly connections: readonly string[];
  /** How many events the log holds at all: an empty log proves nothing. */
  readonly events: number;
}

/** Reads a log of Chromium's own network stack (`session.netLog`): what left the browser, whoever asked for it. */
export function readNetworkLog(file: string): NetworkUse {
  const log = JSON.parse(fs.readFileSync(file, 'utf8')) as NetworkLog;
  const { logEventTypes } = log.constants;
  const lookup = logEventTypes['HOST_RESOLVER_MANAGER_JOB'];
  const connect = logEventTypes['TCP_CONNECT_ATTEMPT'];
  if (lookup === undefined || connect === undefined) throw new Error('the log does not know lookups or connections');
  const lookups = new Set<string>();
  const connections = new Set<string>();
  for (const { type, params } of log.events) {
    if (type === lookup && typeof params?.['host'] === 'string') lookups.add(params['host']);
    if (type === connect && typeof params?.['address'] === 'string') connections.add(params['address']);
  }
  return { lookups: [...lookups], connections: [...connections], events: log.events.length };
}
