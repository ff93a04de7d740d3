import { z } from 'zod';
import { USER_NAME_PATTERN } from './hub-names.ts';

/**
 * What a workstation needs to join a team. Whoever holds it can act as that person until the person is revoked: it is a secret, like
 * a password, and goes from the hub to one workstation on a way that others cannot read.
 */
export interface HubInvite {
  readonly hub: { readonly id: string; readonly name: string };
  /** `tls://host:port`; they are tried in this order. */
  readonly servers: readonly string[];
  /** The hub's own authority, PEM. No other is trusted for these servers. */
  readonly authority: string;
  readonly user: {
    readonly name: string;
    readonly role: string;
    /** Whose work it is in the plan, where the team's list knows already. */
    readonly agentId: string | null;
  };
  /** The user's NKEY seed (`SU...`): it signs in, and signs events. */
  readonly seed: string;
}

const LINK_PREFIX = 'meridian://join/';
const VERSION = 1;
const MAX_LINK_LENGTH = 16_384;
const PEM = /^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)\n-----END CERTIFICATE-----\n?$/u;

/** Unknown fields are skipped: a later version may add some. */
const contentSchema = z.object({
  v: z.literal(VERSION),
  hub: z.object({ id: z.string().min(1).max(64), name: z.string().min(1).max(200) }),
  // an address and nothing else: one from a link must carry neither a password nor a path
  servers: z
    .array(z.string().regex(/^tls:\/\/([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\]):\d{1,5}$/iu))
    .min(1)
    .max(16),
  ca: z
    .string()
    .max(8_192)
    .regex(/^[A-Za-z0-9+/]+=*$/u),
  user: z.object({
    name: z.string().regex(USER_NAME_PATTERN),
    role: z.string().min(1).max(32),
    agentId: z.string().min(1).max(80).nullable(),
  }),
  seed: z.string().regex(/^SU[A-Z2-7]{56}$/u),
});

/** The invite as one link. The file that `hub invite --out` writes holds the same link. */
export function inviteLink({ hub, servers, authority, user, seed }: HubInvite): string {
  const certificate = PEM.exec(authority)?.[1];
  if (certificate === undefined) throw new RangeError('the authority of an invite is one certificate in PEM');
  const content: z.infer<typeof contentSchema> = {
    v: VERSION,
    hub,
    servers: [...servers],
    ca: certificate.replaceAll('\n', ''),
    user,
    seed,
  };
  return `${LINK_PREFIX}${Buffer.from(JSON.stringify(content), 'utf8').toString('base64url')}`;
}

/**
 * Reads a link that somebody pasted, or the content of a file. Any program may hand one over, so only its shape is checked and
 * nothing is done with it. Null for anything else, and for an invite of another version.
 */
export function parseInvite(text: string): HubInvite | null {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LINK_LENGTH || !trimmed.startsWith(LINK_PREFIX)) return null;
  // a browser or a mail program may add a slash at the end of an address
  const encoded = trimmed.slice(LINK_PREFIX.length).replace(/\/$/u, '');
  if (!/^[A-Za-z0-9_-]+$/u.test(encoded)) return null;
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const parsed = contentSchema.safeParse(content);
  if (!parsed.success) return null;
  const { hub, servers, ca, user, seed } = parsed.data;
  const lines = ca.match(/.{1,64}/gu) ?? [];
  return { hub, servers, authority: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`, user, seed };
}
