import type { AgentId } from '../ids.ts';
import { streamKind } from './strictness.ts';

/** What each user of the hub may write into the team's log. Who they are in the plan: store/team-people.store.ts. Everybody judges alike, so nobody needs to be trusted to. */

/** Who signed an event, as far as that was checked. */
export interface Author {
  /** `agent`, `lead`, `gateway`, or one of a later hub. */
  readonly role: string;
  /** Null: the team does not know who they are. */
  readonly agentId: AgentId | null;
  /** Whether they may fetch and send for the team; left out: as leads and gateways may. */
  readonly holdsChannels?: boolean;
}

/** What of an event is judged by. */
export interface Deed {
  readonly stream: string;
  readonly type: string;
  readonly actor: AgentId | null;
  readonly isHistory?: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * not-yours: in the name of somebody else; of a workspace's history, too, unless a lead brings it. unknown-user: nobody knows who the
 * user is. lead-only: it is for leads. channel-only: what customers wrote and got is told by who may hold a channel, else any member could put
 * words into a customer's mouth.
 */
export const ACTOR_PROBLEMS = ['not-yours', 'unknown-user', 'lead-only', 'channel-only'] as const;
export type ActorProblem = (typeof ACTOR_PROBLEMS)[number];

/** The plan, the rules and the settings of the team: the same kinds that the hub lets only leads write (`permissions.ts`). */
export const LEAD_STREAM_KINDS: ReadonlySet<string> = new Set([
  'hub',
  'template',
  'rotation',
  'requirement',
  'shift',
  'publication',
  'override',
  'setting',
]);

/** What a channel brings and takes. */
const OF_CHANNELS: ReadonlySet<string> = new Set([
  'case.opened',
  'case.messageReceived',
  'case.messageImported',
  'case.deliveryFailed',
  'case.messageEdited',
  'case.messageRemoved',
  'case.replyRead',
  'case.secretFound',
  'case.replySent',
  'case.replyFailed',
]);

/** That a reply went out is told by who sends for the team, in the name of who wrote it. */
const TOLD_OF_OTHERS: ReadonlySet<string> = new Set(['case.replySent']);

/**
 * Why an event has no effect; null when its author may do this.
 * @param hasLead whether the team has a lead: without one everybody decides what else a lead would
 */
export function actorProblem(author: Author, deed: Deed, hasLead = true): ActorProblem | null {
  // a gateway is nobody's workstation, and sends for everybody
  const isForWriter = author.role === 'gateway' && TOLD_OF_OTHERS.has(deed.type);
  if (author.agentId === null && ((deed.actor !== null && !isForWriter) || isDecision(deed))) return 'unknown-user';
  if (deed.isHistory === true && author.role === 'lead') return null;
  if (deed.actor !== null && deed.actor !== author.agentId && !TOLD_OF_OTHERS.has(deed.type)) return 'not-yours';
  if (author.role === 'lead') return null;
  if (OF_CHANNELS.has(deed.type) && author.holdsChannels === false && author.role !== 'gateway') return 'channel-only';
  if (LEAD_STREAM_KINDS.has(streamKind(deed.stream))) return 'lead-only';
  return hasLead && isDecision(deed) ? 'lead-only' : null;
}

/** A lead's word in a stream that everybody writes to. Whoever takes back their own absence decides nothing, nor who changes their own view. */
function isDecision({ type, actor, body }: Deed): boolean {
  switch (type) {
    case 'case.assigned':
      return body['isForced'] === true;
    case 'absence.decided':
      return body['state'] !== 'cancelled';
    case 'absence.requested':
      return stateOf(body['absence']) === 'approved';
    case 'swap.decided':
      return true;
    case 'view.saved':
    case 'view.removed':
    case 'macro.saved':
    case 'macro.removed':
      return body['owner'] !== actor;
    default:
      return false;
  }
}

function stateOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'state' in value ? value.state : undefined;
}
