import type { UseCaseContext } from './context.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { me, saveSettingValue, settingValue } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { countVisit, forgetVisits, titleOfCase, titleOfContact, visitsOf } from '../store/visits.store.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { VisitRow } from '../../../shared/contract/desk.contract.ts';
import { NO_KEY_MAP, readKeyMap } from '../../../shared/domain/desk/key-map.ts';
import type { KeyMap } from '../../../shared/domain/desk/key-map.ts';
import { MAX_VISITS, newestFirst, VISIT_KINDS } from '../../../shared/domain/desk/visit.ts';
import type { Visit } from '../../../shared/domain/desk/visit.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** The setting that holds somebody's keys. */
function keysKey(agentId: AgentId): string {
  return `keys.${agentId}`;
}

/** Cases are read one by one, so only the newest of them are named. */
const MAX_NAMED_CASES = 30;

/** Where who sits here has been, the newest first; empty before they said who they are. */
export function listVisits(db: ReadDb): readonly VisitRow[] {
  const agent = me(db);
  if (agent === null) return [];
  const seen = new Set<string>();
  const rows = VISIT_KINDS.flatMap((kind) => visitsOf(db, agent.agentId, kind, kind === 'case' ? MAX_NAMED_CASES : MAX_VISITS));
  return newestFirst(rows).flatMap((visit) => {
    const named = nameOf(db, visit);
    // two visited cases may have become one since
    if (named === null || seen.has(`${named.kind} ${named.target}`)) return [];
    seen.add(`${named.kind} ${named.target}`);
    return [named];
  });
}

function nameOf(db: ReadDb, visit: Visit): VisitRow | null {
  if (visit.kind === 'case') {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the page gave it as the id of a case; another text finds none
    const target = currentCaseUid(db, visit.target as CaseId);
    const title = titleOfCase(db, target);
    return title === undefined ? null : { ...visit, target, ...title };
  }
  if (visit.kind === 'person' && visit.target.startsWith('con_')) {
    const title = titleOfContact(db, visit.target);
    return title === undefined ? null : { ...visit, ...title };
  }
  return { ...visit, title: '', detail: '' };
}

/** Counts a visit of who sits here. It is no operation: sent twice it counts twice, and nothing depends on that. */
export function noteVisit(context: UseCaseContext, { kind, target }: Pick<Visit, 'kind' | 'target'>): Result<null, CallError> {
  return forMe(context, (tx, agentId) => countVisit(tx, agentId, { kind, target, at: context.clock.now() }));
}

export function forgetAllVisits(context: UseCaseContext): Result<null, CallError> {
  return forMe(context, forgetVisits);
}

/** Keeps something of who sits here; `not-found` before they said who they are. */
function forMe(context: UseCaseContext, work: (tx: WriteDb, agentId: AgentId) => void): Result<null, CallError> {
  return context.store.write((tx) => {
    const agent = me(tx);
    if (agent === null) return fail({ code: 'not-found', detail: 'no profile yet' });
    work(tx, agent.agentId);
    return ok(null);
  });
}

/** The keys of who sits here; as they come where nothing, or nothing that can be read, is kept. */
export function keysOf(db: ReadDb): KeyMap {
  const agent = me(db);
  const stored = agent === null ? null : settingValue(db, keysKey(agent.agentId));
  if (stored === null) return NO_KEY_MAP;
  try {
    return readKeyMap(JSON.parse(stored)).keyMap;
  } catch {
    return NO_KEY_MAP;
  }
}

export function setKeys(context: UseCaseContext, { keyMap }: { readonly keyMap: KeyMap }): Result<null, CallError> {
  return forMe(context, (tx, agentId) => saveSettingValue(tx, keysKey(agentId), JSON.stringify(keyMap)));
}
