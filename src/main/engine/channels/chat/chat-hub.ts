import type { Instant } from '../../../../shared/domain/time.ts';
import { after } from '../../../../shared/domain/time.ts';
import type { ChatLine, HubLink } from '../../team/hub-link.ts';
import { LogRefused, LogUnavailable } from '../../team/team-log.ts';
import { ConnectorError, type ConnectorIo } from '../connector.ts';

export type ChatLink = Pick<HubLink, 'chat' | 'state' | 'onState'>;
type HubIo = Pick<ConnectorIo, 'hub'>;

/** The link with the team's hub. Throws a ConnectorError (`no-hub`) in a workspace of one, and before the team's session has begun. */
export function chatLink(io: HubIo): ChatLink {
  const found = io.hub?.() ?? null;
  if (found !== null) return found;
  throw new ConnectorError('no-hub', { health: 'down', retryable: true, detail: 'live chat goes over the hub of a team' });
}

/** The chats of the hub while there is a connection to it. Throws a ConnectorError. */
export function chatLine(io: HubIo): ChatLine {
  const found = chatLink(io);
  const { state, detail } = found.state();
  if (state === 'online') return found.chat;
  throw new ConnectorError('hub-offline', { health: 'offline', retryable: true, detail: detail === '' ? state : detail });
}

/** The time by the hub's clock, as far as is known. */
export function hubNow(io: Pick<ConnectorIo, 'hub' | 'clock'>): Instant {
  return after(io.clock.now(), -(io.hub?.()?.state().clockAheadMs ?? 0));
}

/** What the link says, in the words of connectors. */
export function asConnectorError(error: unknown): unknown {
  if (error instanceof LogRefused)
    return new ConnectorError(error.code === 'not-permitted' ? 'hub-not-permitted' : 'server-error', {
      health: 'down',
      retryable: true,
      detail: error.message,
      cause: error,
    });
  if (error instanceof LogUnavailable)
    return new ConnectorError('hub-offline', { health: 'offline', retryable: true, detail: error.message, cause: error });
  return error;
}
