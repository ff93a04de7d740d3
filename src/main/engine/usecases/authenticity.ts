import { createHmac } from 'node:crypto';
import { authenticityOf } from './guard-settings.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { recentCases } from '../store/guard.store.ts';
import { listAgents, me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { AuthenticityAnswer, AuthenticityState } from '../../../shared/contract/guard.contract.ts';
import { authenticityCode, checkAuthenticity } from '../../../shared/domain/guard/authenticity.ts';
import type { AuthenticityClaim, Hmac } from '../../../shared/domain/guard/authenticity.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

const hmac: Hmac = (secret, message) => createHmac('sha256', secret).update(message).digest();

/** Codes that are tried for one question: about a tenth of a second. */
const MOST_TRIES = 10_000;

/** What the person at this desk tells the customer of a case. */
export function codeOfCase(db: ReadDb, caseUid: CaseId, now: Instant): AuthenticityState {
  const conversation = currentCaseUid(db, caseUid);
  const secret = authenticityOf(db);
  const agentId = me(db)?.agentId;
  const until = instant((Math.floor(now / DAY_MS) + 2) * DAY_MS);
  if (secret === null || agentId === undefined) return { code: null, conversation, until };
  return { code: authenticityCode({ agentId, conversation }, Buffer.from(secret.current, 'base64'), hmac, now), conversation, until };
}

/**
 * Whose code it is: of an agent of the team and a case that something was done in since the code could have been told, or of one case.
 * @returns with the end of its validity; null when it is nobody's
 */
export function whoseCode(
  db: ReadDb,
  code: string,
  now: Instant,
  caseUid: CaseId | null = null,
): { readonly answer: AuthenticityAnswer; readonly until: Instant | null } {
  const secret = authenticityOf(db);
  if (secret === null) return { answer: { outcome: 'not-set-up' }, until: null };
  const agents = listAgents(db);
  const most = Math.max(1, Math.floor(MOST_TRIES / Math.max(1, agents.length)));
  const cases = caseUid === null ? recentCases(db, after(now, -2 * DAY_MS), most) : [currentCaseUid(db, caseUid)];
  const candidates: AuthenticityClaim[] = cases.flatMap((conversation) => agents.map(({ agentId }) => ({ agentId, conversation })));
  const isOverlapping = secret.previous !== null && secret.replacedAt !== null && now - secret.replacedAt < DAY_MS;
  const secrets = [secret.current, ...(isOverlapping && secret.previous !== null ? [secret.previous] : [])];
  let outcome: 'mistyped' | 'unknown' = 'unknown';
  for (const each of secrets) {
    const found = checkAuthenticity(code, candidates, Buffer.from(each, 'base64'), hmac, now);
    if (found.outcome === 'genuine') {
      const { agentId, conversation } = found.claim;
      const agentName = agents.find((agent) => agent.agentId === agentId)?.name ?? '';
      return {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one of the agents above
        answer: { outcome: 'genuine', agentId: agentId as AgentId, agentName, conversation },
        until: instant((found.day + 2) * DAY_MS),
      };
    }
    outcome = found.outcome;
  }
  return { answer: { outcome }, until: null };
}
