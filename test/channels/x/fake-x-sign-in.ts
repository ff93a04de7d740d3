import { createHash, randomBytes } from 'node:crypto';
import type { Asked, Reply } from '../http-peer.ts';
import { invalid } from './fake-x-views.ts';
import type { FakeXUser } from './fake-x.ts';

export const SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'dm.read', 'dm.write', 'offline.access'];
const CLIENT = 'client-of-ours';

export interface FakeSession {
  readonly user: FakeXUser;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  isRevoked: boolean;
}

/** The sign-in of the FAKE of X: OAuth 2 with PKCE for public clients, access for two hours, refresh tokens that work once. */
export interface FakeSignIn {
  grant(
    user: FakeXUser,
    scopes?: readonly string[],
  ): { readonly accessToken: string; readonly refreshToken: string; readonly expiresAt: number };
  expire(accessToken: string): void;
  revokeAll(): void;
  approve(address: string, user: FakeXUser): string;
  token(asked: Asked): Reply;
  /** Null for a request that is nobody's. */
  session(asked: Asked): FakeSession | null;
  refreshes(): number;
}

interface Code {
  readonly user: FakeXUser;
  readonly challenge: string;
  readonly redirect: string;
  readonly at: number;
  readonly scopes: readonly string[];
}

export function createFakeSignIn(now: () => number): FakeSignIn {
  const sessions = new Map<string, FakeSession>();
  const refreshTokens = new Map<string, { readonly user: FakeXUser; readonly scopes: readonly string[] }>();
  const codes = new Map<string, Code>();
  let refreshed = 0;

  function grant(user: FakeXUser, scopes: readonly string[] = SCOPES): { accessToken: string; refreshToken: string; expiresAt: number } {
    const [accessToken, refreshToken] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    const expiresAt = now() + 7_200_000;
    sessions.set(accessToken, { user, scopes, expiresAt, isRevoked: false });
    if (scopes.includes('offline.access')) refreshTokens.set(refreshToken, { user, scopes });
    return { accessToken, refreshToken, expiresAt };
  }

  function token(asked: Asked): Reply {
    if (asked.headers['content-type'] !== 'application/x-www-form-urlencoded') return invalid('wrong content type');
    const form = new URLSearchParams(asked.body.toString());
    const refuse = (error: string, description: string): Reply => ({ status: 400, body: { error, error_description: description } });
    if (form.get('client_id') !== CLIENT)
      return { status: 401, body: { error: 'unauthorized_client', error_description: 'Missing valid authorization header' } };
    const give = (user: FakeXUser, scopes: readonly string[]): Reply => {
      const { accessToken, refreshToken } = grant(user, scopes);
      return {
        status: 200,
        body: { token_type: 'bearer', expires_in: 7_200, access_token: accessToken, scope: scopes.join(' '), refresh_token: refreshToken },
      };
    };
    if (form.get('grant_type') === 'refresh_token') {
      refreshed += 1;
      const given = form.get('refresh_token') ?? '';
      const known = refreshTokens.get(given);
      // each works once
      refreshTokens.delete(given);
      return known === undefined ? refuse('invalid_request', 'Value passed for the token was invalid.') : give(known.user, known.scopes);
    }
    if (form.get('grant_type') !== 'authorization_code') return refuse('unsupported_grant_type', '');
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code === undefined || code.at < now() - 30_000 || code.challenge !== challenge || code.redirect !== form.get('redirect_uri'))
      return refuse('invalid_request', 'Value passed for the authorization code was invalid.');
    return give(code.user, code.scopes);
  }

  return {
    grant,
    token,
    expire: (accessToken) => {
      const session = sessions.get(accessToken);
      if (session !== undefined) sessions.set(accessToken, { ...session, expiresAt: 0 });
    },
    revokeAll: () => {
      for (const session of sessions.values()) session.isRevoked = true;
      refreshTokens.clear();
    },
    refreshes: () => refreshed,
    session: (asked) => {
      const bearer = /^Bearer (\S+)$/u.exec(asked.headers.authorization ?? '')?.[1] ?? '';
      const session = sessions.get(bearer);
      return session === undefined || session.isRevoked || session.expiresAt <= now() ? null : session;
    },
    approve: (address, user) => {
      const { searchParams } = new URL(address);
      const given = (name: string): string => {
        const value = searchParams.get(name) ?? '';
        if (value === '') throw new Error(`missing ${name}`);
        return value;
      };
      if (given('response_type') !== 'code' || given('code_challenge_method') !== 'S256' || given('client_id') !== CLIENT)
        throw new Error('invalid');
      const code = randomBytes(16).toString('base64url');
      const scopes = given('scope').split(' ');
      codes.set(code, { user, challenge: given('code_challenge'), redirect: given('redirect_uri'), at: now(), scopes });
      return `${given('redirect_uri')}?${new URLSearchParams({ state: given('state'), code }).toString()}`;
    },
  };
}
