import { errors, jwtVerify } from 'jose';
import type { Verification } from '../../../../shared/domain/message.ts';
import type { Instant } from '../../../../shared/domain/time.ts';

/** Who a site says that a visitor is, and how sure that is. */
export interface SiteIdentity {
  readonly verification: Extract<Verification, 'none' | 'signed' | 'failed'>;
  /** The site's own name for them; null unless it was signed. */
  readonly subject: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** For the message: what was signed, or why it is not believed. */
  readonly facts: Readonly<Record<string, string>>;
}

export const ANONYMOUS: SiteIdentity = { verification: 'none', subject: null, name: null, email: null, facts: {} };

/** Clocks of web servers may be off by so much. */
const TOLERANCE_SECONDS = 60;
const LONGEST = 300;

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, LONGEST) : null;
}

/** A closed word for what is wrong with a token. */
function problemOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'aud' ? 'wrong-audience' : `wrong-${error.claim}`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong-signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'wrong-algorithm';
  return 'malformed';
}

/**
 * Checks a token with which a site says who its visitor is: a JWT (RFC 7519) signed with HS256, for the audience of the site, with `sub`
 * and `exp`, and `name` and `email` where the site wants to tell.
 * @param at when it was said, by the hub's clock: what was valid then is not doubted because we read it days later
 */
export async function siteIdentity(token: string | null, secret: string | null, site: string, at: Instant): Promise<SiteIdentity> {
  if (token === null || token === '') return ANONYMOUS;
  const failed = (problem: string): SiteIdentity => ({
    ...ANONYMOUS,
    verification: 'failed',
    facts: { 'identity.problem': problem },
  });
  if (secret === null) return failed('no-secret');
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      audience: site,
      requiredClaims: ['sub', 'exp', 'aud'],
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: new Date(at),
    });
    const subject = text(payload.sub);
    if (subject === null) return failed('wrong-sub');
    const [name, email] = [text(payload['name']), text(payload['email'])];
    return {
      verification: 'signed',
      subject,
      name,
      email,
      facts: {
        'identity.sub': subject,
        ...(name === null ? {} : { 'identity.name': name }),
        ...(email === null ? {} : { 'identity.email': email }),
        'identity.exp': new Date((payload.exp ?? 0) * 1_000).toISOString(),
      },
    };
  } catch (error) {
    return failed(problemOf(error));
  }
}
