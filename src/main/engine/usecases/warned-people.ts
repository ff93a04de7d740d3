import type { CoverageBook } from './coverage-book.ts';
import type { ReadDb } from '../store/sql.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/**
 * Who is warned of a clock by the published plan: the assignee while on shift, else the leads on shift. When no lead is
 * on, either, whoever is: a warning that nobody hears is none. Null without a plan.
 */
export function warnedPeople(db: ReadDb, book: CoverageBook, assigneeId: AgentId | null, now: Instant): ReadonlySet<AgentId> | null {
  if (!book.isPlanned(db, now)) return null;
  const on = new Set(book.assignments(db, now, after(now, 1)).map((each) => each.agentId));
  if (assigneeId !== null && on.has(assigneeId)) return new Set([assigneeId]);
  const leads = book.roster(db).agents.filter((agent: AgentProfile) => agent.tiers.includes('lead') && on.has(agent.agentId));
  return leads.length > 0 ? new Set(leads.map((agent) => agent.agentId)) : on;
}
