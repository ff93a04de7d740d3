import { whyUnfit } from './team-check.ts';
import { agentOfUser, hasLead, noteJoined } from '../store/team-people.store.ts';
import type { WriteDb } from '../store/sql.ts';
import type { LogEntry } from '../team/team-log.ts';
import type { WireEvent } from '../../../shared/contract/team-wire.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { actorProblem } from '../../../shared/domain/team/members.ts';
import { localStream } from '../../../shared/domain/team/strictness.ts';

/** Who is who, asked once for many entries in a row: within one transaction nothing else changes it. */
export class KnownPeople {
  readonly #db: WriteDb;
  readonly #agents = new Map<string, AgentId | null>();
  #hasLead: boolean | null = null;

  constructor(db: WriteDb) {
    this.#db = db;
  }

  agentOf(user: string): AgentId | null {
    const known = this.#agents.get(user);
    if (known !== undefined) return known;
    const agentId = agentOfUser(this.#db, user);
    this.#agents.set(user, agentId);
    return agentId;
  }

  hasLead(): boolean {
    this.#hasLead ??= hasLead(this.#db);
    return this.#hasLead;
  }

  joined(user: string, agentId: AgentId): boolean {
    this.#agents.clear();
    return noteJoined(this.#db, user, agentId);
  }
}

/** Why an entry of the log has no effect, whatever it says; null for one that may count. */
export function mayAct(people: KnownPeople, { author }: LogEntry, event: WireEvent): string | null {
  // the log of one's own workspace is not checked
  if (author === undefined) return null;
  if (!author.isGenuine) return author.reason;
  const unfit = whyUnfit({ ...event, stream: localStream(event.stream) });
  if (unfit !== null) return `unfit: ${unfit}`;
  if (event.type === 'agent.joined') {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compared with ids of agents, and nothing else
    return people.joined(author.user, event.stream.slice('agent.'.length) as AgentId) ? null : 'not-yours';
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the directory says
  const agentId = people.agentOf(author.user) ?? (author.agentId as AgentId | null);
  return actorProblem({ role: author.role, agentId, holdsChannels: author.holdsChannels }, event, people.hasLead());
}
