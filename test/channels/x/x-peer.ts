import { createXConnector } from '../../../src/main/engine/channels/x/x-connector.ts';
import type { XAccount, XTimings } from '../../../src/main/engine/channels/x/x-account.ts';
import type { ChannelConnector, ConnectorIo } from '../../../src/main/engine/channels/connector.ts';
import type { AccountId } from '../../../src/shared/domain/ids.ts';
import { startHttpPeer } from '../http-peer.ts';
import type { HttpPeer } from '../http-peer.ts';
import { createFakeX } from './fake-x.ts';
import type { FakeX, FakeXOptions, FakeXUser } from './fake-x.ts';

export const QUICK_X: Partial<XTimings> = { requestMs: 4_000, pollMs: 150, pingMs: 100, pingDeadlineMs: 1_000, unnamedWaitMs: 500 };
/** So that checks may ask as often as they like. */
export const NO_LIMITS: Readonly<Record<string, number>> = { me: 1e6, mentions: 1e6, own: 1e6, dms: 1e6, dm: 1e6, post: 1e6, send: 1e6 };

/** A FAKE of X on a port of this machine, with the account `acme_help` signed in. */
export interface XPeer extends AsyncDisposable {
  readonly http: HttpPeer;
  readonly x: FakeX;
  readonly us: FakeXUser;
  secret: string;
  connector(io: ConnectorIo, about?: Partial<XAccount> & { readonly timings?: Partial<XTimings> }): ChannelConnector;
}

export async function startXPeer(accountId: AccountId, options: Partial<FakeXOptions> = {}): Promise<XPeer> {
  const x = createFakeX({ now: Date.now, limits: NO_LIMITS, ...options });
  const us = x.addUser('acme_help', { name: 'Acme Help', verified_type: 'business' });
  const http = await startHttpPeer({
    answer: (asked) => x.answer(asked),
    areaOf: ({ method, path }) => {
      if (method === 'POST') return path === '/2/tweets' || path.endsWith('/messages') ? 'send' : null;
      return path.startsWith('/2/') && path !== '/2/users/me' ? 'pull' : null;
    },
    rateLimited: ({ retryAfter, ms }) => {
      const now = Date.now();
      const until = Math.ceil((now + ms) / 1000);
      return {
        status: 429,
        headers: {
          date: new Date(now).toUTCString(),
          ...(retryAfter === 'seconds' ? { 'retry-after': String(Math.ceil(ms / 1000)) } : {}),
          ...(retryAfter === 'date' ? { 'retry-after': new Date(until * 1000).toUTCString() } : {}),
          ...(retryAfter === 'json'
            ? { 'x-rate-limit-limit': '15', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(until) }
            : {}),
        },
        body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
      };
    },
  });
  const peer: XPeer = {
    http,
    x,
    us,
    secret: JSON.stringify(x.signIns.grant(us)),
    connector: (io, { timings = {}, ...about } = {}) =>
      createXConnector(
        {
          accountId,
          userId: us.id,
          handle: us.username,
          clientId: 'client-of-ours',
          mentions: true,
          directMessages: true,
          monthlyBudgetUsd: null,
          server: http.origin,
          secret: peer.secret,
          ...about,
        },
        { ...io, timings: { ...QUICK_X, ...timings } },
      ),
    [Symbol.asyncDispose]: async () => http[Symbol.asyncDispose](),
  };
  return peer;
}
