import { whyUnfit } from './team-check.ts';
import { agentOfUser, hasLead, noteJoined } from '../store/team-people.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { LogEntry } from '../team/team-log.ts';
import type { WireEvent } from '../../../shared/contract/team-wire.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { actorProblem } from '../../../shared/domain/team/members.ts';
import { localStream } from '../../../shared/domain/team/strictness.ts';

/** Why an entry of the log has no effect, whatever it says; null for one that may count. */
export function mayAct(db: WriteDb, { author }: LogEntry, event: WireEvent): string | null {
  // the log of one's own workspace is not checked
  if (author === undefined) return null;
  if (!author.isGenuine) return author.reason;
  const unfit = whyUnfit({ ...event, stream: localStream(event.stream) });
  if (unfit !== null) return `unfit: ${unfit}`;
  if (event.type === 'agent.joined') {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compared with ids of agents, and nothing else
    return noteJoined(db, author.user, event.stream.slice('agent.'.length) as AgentId) ? null : 'not-yours';
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the directory says
  const agentId = agentOfUser(db, author.user) ?? (author.agentId as AgentId | null);
  return actorProblem({ role: author.role, agentId, holdsChannels: author.holdsChannels }, event, hasLead(db));
}
