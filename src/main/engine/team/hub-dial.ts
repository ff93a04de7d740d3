import { isIP } from 'node:net';
import { connect, errors, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import type { HubInvite } from './hub-invite.ts';
import type { LinkProblem } from './hub-link.ts';
import { bucketStream, inboxPrefixOf, SETTINGS_BUCKET } from './hub-names.ts';
import { checkHubVersion, hubVersionRefusal } from './hub-version.ts';
import { hubApi } from './hub-wire.ts';

/** Why there is no connection, in a code that the page has words for. */
export class LinkFailure extends Error {
  override readonly name = 'LinkFailure';
  readonly code: LinkProblem;
  constructor(code: LinkProblem, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

const DIAL_MS = 5_000;
const ASK_MS = 4_000;
/** A connection that is cut without a word is noticed after two of these. */
const PING_MS = 10_000;

/** Codes of Node and OpenSSL for a certificate that is not one of the hub's authority, is for another name, or is out of its time. */
const CERTIFICATE_CODES =
  /^(ERR_TLS_CERT_ALTNAME_INVALID|(CERT|CRL)_.+|.*SELF_SIGNED.*|UNABLE_TO_(GET|VERIFY|DECODE|DECRYPT)_.+|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)$/u;

function* causes(error: unknown): Generator<Error> {
  for (let each = error; each instanceof Error; each = each.cause) yield each;
}

/** What a failed attempt came to. */
export function failureOf(error: unknown): LinkFailure {
  if (error instanceof LinkFailure) return error;
  const detail = error instanceof Error ? error.message : String(error);
  for (const each of causes(error)) {
    // the client's class also stands for a server that was too busy to wait for the key
    if (each instanceof errors.AuthorizationError && /authorization violation/iu.test(each.message)) {
      return new LinkFailure('revoked', detail, { cause: error });
    }
    if ('code' in each && typeof each.code === 'string' && CERTIFICATE_CODES.test(each.code)) {
      return new LinkFailure('wrong-certificate', detail, { cause: error });
    }
  }
  return new LinkFailure('unreachable', detail, { cause: error });
}

function hostOf(address: string): string {
  return address
    .replace(/^tls:\/\//u, '')
    .replace(/:\d+$/u, '')
    .replaceAll(/[[\]]/gu, '');
}

/** Signs in at one address of an invite. Nothing is checked beyond that it is a server of the hub's authority. Throws a LinkFailure. */
export async function signIn(invite: HubInvite, address: string): Promise<NatsConnection> {
  const host = hostOf(address);
  // The client names no host for an address of numbers, and Node would then look for `localhost` in the certificate.
  const named = isIP(host) === 0 ? {} : { host };
  try {
    return await connect({
      servers: [address],
      authenticator: nkeyAuthenticator(new TextEncoder().encode(invite.seed)),
      tls: { ca: invite.authority, ...named },
      inboxPrefix: inboxPrefixOf(invite.user.name),
      name: 'meridian',
      timeout: DIAL_MS,
      pingInterval: PING_MS,
      maxPingOut: 2,
      // a new connection is made instead, so that it is checked before anything is sent over it
      reconnect: false,
      // the addresses are those of the invite, and not what servers tell of each other
      ignoreClusterUpdates: true,
      noAsyncTraces: true,
    });
  } catch (error) {
    throw failureOf(error);
  }
}

const identitySchema = z.object({ id: z.string() });

async function checkIdentity(connection: NatsConnection, invite: HubInvite): Promise<void> {
  const subject = hubApi(`DIRECT.GET.${bucketStream(SETTINGS_BUCKET)}.$KV.${SETTINGS_BUCKET}.hub`);
  let id: string;
  try {
    const message = await connection.request(subject, '', { timeout: ASK_MS });
    if (message.headers?.code === 404) throw new LinkFailure('no-log', 'the hub does not say which one it is: it was not set up');
    id = identitySchema.parse(message.json()).id;
  } catch (error) {
    if (error instanceof errors.RequestError && error.isNoResponders()) {
      throw new LinkFailure('no-log', 'the server keeps nothing of a team, or has just started', { cause: error });
    }
    throw failureOf(error);
  }
  if (id !== invite.hub.id) throw new LinkFailure('other-hub', `this is the hub ${id}, and not ${invite.hub.id}`);
}

/**
 * Connects to one address of an invite, and looks at the version and at which hub it is before anybody may use the connection.
 * Throws a LinkFailure.
 */
export async function dial(invite: HubInvite, address: string): Promise<NatsConnection> {
  const connection = await signIn(invite, address);
  try {
    const check = checkHubVersion(connection.info?.version);
    if (!check.ok) throw new LinkFailure(check.code, hubVersionRefusal(check));
    await checkIdentity(connection, invite);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

const ROUND_TRIPS = 3;

/** The shortest of a few round trips to the server that a connection leads to, in milliseconds. */
export async function roundTrip(connection: NatsConnection, rounds = ROUND_TRIPS): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await connection.flush();
    shortest = Math.min(shortest, performance.now() - startedAt);
  }
  return shortest;
}
