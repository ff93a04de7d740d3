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
import { FORUM_KEY_LINK } from '../../../shared/domain/channel/account-kind.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';

/** Sign-ins that go on in a browser, and the secrets that they gave, until an account is made of them. Kept in memory alone. */
export interface SignIns {
  /** @param leadsBack whether the forum leads the browser back to us; else it shows a text to copy */
  beginDiscourse(server: string, leadsBack?: boolean): Promise<SignInBegun>;
  /** How it ends, by whichever way the answer comes; at the latest when the request is forgotten. */
  waitDiscourse(requestId: string): Promise<SignInEnded>;
  /** A link that any program may have opened. It is taken for the request that it is encrypted for, once, and else ignored. */
  ledBack(payload: string): void;
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
  readonly discourse?: {
    readonly server: string;
    readonly request: KeyRequest;
    readonly leadsBack: boolean;
    readonly ended: Promise<SignInEnded>;
    readonly end: (how: SignInEnded) => void;
  };
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
    each.discourse?.end(EXPIRED);
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

  async function taken(each: Pending, { server, end }: NonNullable<Pending['discourse']>, key: string): Promise<SignInEnded> {
    const settings = { kind: 'discourse', server, username: '-', name: new URL(server).host, categories: [] } as const;
    const how = ended(each, key, await checkDiscourse(settings, key, lasting));
    end(how);
    return how;
  }

  return {
    beginDiscourse: async (server, leadsBack = false) =>
      begin(async () => {
        const plain = server.replace(/\/+$/u, '');
        const request = await beginKeyRequest(plain, leadsBack ? FORUM_KEY_LINK : null);
        let end: (how: SignInEnded) => void = () => {};
        const ends = new Promise<SignInEnded>((resolve) => {
          end = resolve;
        });
        return { url: request.url, discourse: { server: plain, request, leadsBack, ended: ends, end } };
      }),
    waitDiscourse: async (requestId) => {
      const each = pending.get(requestId)?.discourse;
      if (each === undefined) return EXPIRED;
      const timer = setTimeout(sweep, KEPT_MS + 1_000);
      timer.unref();
      try {
        return await each.ended;
      } finally {
        clearTimeout(timer);
      }
    },
    ledBack: (payload) => {
      sweep();
      for (const each of pending.values()) {
        if (each.discourse?.leadsBack !== true || each.secret !== null) continue;
        const key = readKeyPayload(each.discourse.request, payload);
        if (key === null) continue;
        void taken(each, each.discourse, key).catch((error: unknown) => each.discourse?.end(failed(error)));
        return;
      }
    },
    finishDiscourse: async (requestId, payload) => {
      sweep();
      const each = pending.get(requestId);
      if (each?.discourse === undefined) return EXPIRED;
      const key = readKeyPayload(each.discourse.request, payload);
      if (key === null) return { ok: false, code: 'wrong-answer', detail: '' };
      return taken(each, each.discourse, key);
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
