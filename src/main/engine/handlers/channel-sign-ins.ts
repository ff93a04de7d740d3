import { randomBytes } from 'node:crypto';
import { checkDiscourse } from '../channels/discourse/check-discourse.ts';
import { beginKeyRequest, readKeyPayload } from '../channels/discourse/user-api-key.ts';
import type { KeyRequest } from '../channels/discourse/user-api-key.ts';
import { ConnectorError } from '../channels/connector.ts';
import { checkX } from '../channels/x/check-x.ts';
import { X_SERVER } from '../channels/x/x-account.ts';
import { beginXSignIn } from '../channels/x/x-sign-in.ts';
import type { XSignIn, XSignInOptions } from '../channels/x/x-sign-in.ts';
import type { ChannelCheck, SignInBegun, SignInEnded } from '../../../shared/contract/channels.contract.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';

/** Sign-ins that go on in a browser, and the secrets that they gave, until an account is made of them. Kept in memory alone. */
export interface SignIns {
  beginDiscourse(server: string): Promise<SignInBegun>;
  finishDiscourse(requestId: string, payload: string): Promise<SignInEnded>;
  beginX(clientId: string, server: string | null): Promise<SignInBegun>;
  waitX(requestId: string): Promise<SignInEnded>;
  /** The secret that a page means; null for a request that has none, or not any more. */
  secretOf(given: string): string | null;
  /** It is in the vault now. */
  forget(given: string): void;
}

interface Pending {
  readonly begunAt: Instant;
  readonly discourse?: { readonly server: string; readonly request: KeyRequest };
  readonly x?: { readonly clientId: string; readonly server: string | null; readonly signIn: XSignIn };
  secret: string | null;
}

const KEPT_MS = 15 * MINUTE_MS;
const MOST = 20;
const EXPIRED = { ok: false, code: 'expired', detail: '' } as const;

export function createSignIns(clock: Clock, x: Pick<XSignInOptions, 'authorize' | 'ports'> = {}): SignIns {
  const pending = new Map<string, Pending>();
  const lasting = new AbortController().signal;

  function sweep(): void {
    const now = clock.now();
    for (const [id, each] of pending) if (each.begunAt + KEPT_MS < now || pending.size >= MOST) drop(id, each);
  }

  function drop(id: string, each: Pending): void {
    pending.delete(id);
    // it ends by itself; what it ends with is nobody's any more
    void each.x?.signIn[Symbol.asyncDispose]();
  }

  async function begin(make: () => Promise<{ readonly url: string } & Pick<Pending, 'discourse' | 'x'>>): Promise<SignInBegun> {
    sweep();
    try {
      const { url, ...rest } = await make();
      const requestId = randomBytes(16).toString('hex');
      pending.set(requestId, { begunAt: clock.now(), secret: null, ...rest });
      return { ok: true, request: { url, requestId } };
    } catch (error) {
      return failed(error);
    }
  }

  function ended(each: Pending, secret: string, check: ChannelCheck): SignInEnded {
    if (!check.ok) return check;
    each.secret = secret;
    const { settings } = check;
    if (settings.kind === 'discourse')
      return { ok: true, account: { id: settings.username, username: settings.username, name: settings.name } };
    if (settings.kind === 'x') return { ok: true, account: { id: settings.userId, username: settings.handle, name: settings.name } };
    return EXPIRED;
  }

  return {
    beginDiscourse: async (server) =>
      begin(async () => {
        const plain = server.replace(/\/+$/u, '');
        const request = await beginKeyRequest(plain);
        return { url: request.url, discourse: { server: plain, request } };
      }),
    finishDiscourse: async (requestId, payload) => {
      sweep();
      const each = pending.get(requestId);
      if (each?.discourse === undefined) return EXPIRED;
      const key = readKeyPayload(each.discourse.request, payload);
      if (key === null) return { ok: false, code: 'wrong-answer', detail: '' };
      const { server } = each.discourse;
      const settings = { kind: 'discourse', server, username: '-', name: new URL(server).host, categories: [] } as const;
      return ended(each, key, await checkDiscourse(settings, key, lasting));
    },
    beginX: async (clientId, server) =>
      begin(async () => {
        const signIn = await beginXSignIn({ clientId, server: server ?? X_SERVER, clock, ...x });
        return { url: signIn.url, x: { clientId, server, signIn } };
      }),
    waitX: async (requestId) => {
      const each = pending.get(requestId);
      if (each?.x === undefined) return EXPIRED;
      try {
        const { clientId, server, signIn } = each.x;
        const secret = await signIn.secret;
        const settings = {
          kind: 'x',
          userId: '0',
          handle: 'x',
          name: '-',
          clientId,
          mentions: true,
          directMessages: true,
          monthlyBudgetUsd: null,
          server,
        } as const;
        return ended(each, secret, await checkX(settings, secret, lasting));
      } catch (error) {
        return failed(error);
      }
    },
    secretOf: (given) => {
      sweep();
      const id = requestIn(given);
      return id === null ? given : (pending.get(id)?.secret ?? null);
    },
    forget: (given) => {
      const id = requestIn(given);
      const each = id === null ? undefined : pending.get(id);
      if (id !== null && each !== undefined) drop(id, each);
    },
  };
}

function requestIn(given: string): string | null {
  return /^request:([0-9a-f]{32})$/u.exec(given)?.[1] ?? null;
}

function failed(error: unknown): { readonly ok: false; readonly code: string; readonly detail: string } {
  if (!(error instanceof ConnectorError)) throw error;
  return { ok: false, code: error.code, detail: error.message };
}
