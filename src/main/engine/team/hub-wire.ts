import { errors, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { HUB_DOMAIN } from './hub-names.ts';
import { LogUnavailable } from './team-log.ts';

/**
 * The connection as the parts of a link see it: log, leases, presence, files, directory. Connections come and go, and each one is
 * checked before any part may use it, so nobody keeps one.
 */
export interface HubWire {
  /** The user's name on the hub, as it stands in subjects. */
  readonly userName: string;
  /** The connection that is up. Throws LogUnavailable while there is none. Never keep it over an `await` that may be long. */
  connection(): NatsConnection;
  /**
   * Hears a subject over this connection and every one that follows; what comes while there is none is lost. The listener must
   * not throw. Returns the way to end it.
   */
  subscribe(subject: string, listener: (message: Msg) => void): () => void;
  /**
   * Something was asked and not answered, yet or at all: has the server looked at now. It is left when it says nothing, and also when
   * it says that all is well and stores nothing, as one does that was cut off from the others and does not know.
   */
  doubt(how: 'slow' | 'unanswered'): void;
  /** Called with every new connection after subscriptions are in place, and at once when one is up: the moment to read what was missed. */
  onConnect(listener: (connection: NatsConnection) => void): () => void;
}

/** The subject of a call of JetStream's on the hub, such as `STREAM.INFO.TEAM`. */
export function hubApi(call: string): string {
  return `$JS.${HUB_DOMAIN}.API.${call}`;
}

/** Whether the server said that this user may not do that. */
export function isNotPermitted(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof errors.PermissionViolationError) return true;
  }
  return false;
}

/** Any failure of the client as the one that callers know. What was asked for may have been done all the same. */
export function unavailable(error: unknown): LogUnavailable {
  if (error instanceof LogUnavailable) return error;
  return new LogUnavailable(error instanceof Error ? error.message : String(error), { cause: error });
}
