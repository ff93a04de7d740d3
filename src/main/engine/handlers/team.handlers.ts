import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { presenceOnCase, replyLock, teamPeople, writersOf } from './team-people.ts';
import { teamView } from './team-view.ts';
import { caseSubject } from '../store/cases.store.ts';
import { historySize } from '../store/membership.store.ts';
import { listAgents } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { eventRow, readConflicts, saveTeamValue } from '../store/team.store.ts';
import { parseInvite } from '../team/hub-invite.ts';
import { once } from '../usecases/context.ts';
import { resolveConflict } from '../usecases/team-resolve.ts';
import { isOtherPerson } from '../usecases/team-membership.ts';
import type { ConflictRow, InvitePreview, teamContract } from '../../../shared/contract/team.contract.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/domain/result.ts';

/** `@team`: membership, link, progress. `@presence`: what colleagues are doing now. */
export function teamHandlers(services: EngineServices): HandlersOf<keyof typeof teamContract> {
  const { context, team } = services;

  return {
    'team.get': sql((db) => teamView(services, db), ['@team']),
    'team.people': sql((db) => teamPeople(services, db), ['@team', '@presence']),
    'team.presence': sql((db, { caseId }) => presenceOnCase(services, db, caseId), ['@presence', '@team']),
    'team.replyLock': sql((db, { caseId }) => replyLock(services, db, caseId), ['@presence', '@team']),
    'team.writers': sql((db, { caseIds }) => writersOf(services, db, caseIds), ['@presence', '@team']),
    'team.tellPresence': ({ viewing, writing, holds = writing }) => {
      services.tellPresence({ viewing, writing, holds });
      return ok(null);
    },
    'team.takeOverReply': ({ caseId }) => {
      services.takeOverReply(caseId);
      return ok(null);
    },
    'team.conflicts': sql((db, { state }) => readConflicts(db, state).map((conflict) => conflictRow(db, conflict))),
    'conflicts.resolve': (input) => {
      const result = resolveConflict(context, input);
      team.push();
      return result;
    },
    'team.readInvite': sql((db, { text }) => preview(services, db, text), ['@team']),
    'team.join': async (input) => team.join(input),
    'team.leave': async () => team.leave(),
    'team.nudge': () => {
      team.session()?.link.nudge();
      return ok(null);
    },
    'team.measure': async () => team.measure(),
    'team.setHoldsChannels': ({ on }) => team.setHoldsChannels(on),
    'team.makeSnapshot': async () => {
      const outcome = await services.makeSnapshot();
      return outcome === 'made' ? ok(null) : fail({ code: outcome, detail: '' });
    },
    'team.dismissRewound': (input) =>
      once(context, input.opId, 'team.dismissRewound', (tx) => {
        saveTeamValue(tx, 'rewound', null);
        return { value: null };
      }),
  };
}

function conflictRow(db: ReadDb, conflict: ConflictRow['conflict']): ConflictRow {
  const values = [...conflict.mine.changes, ...(conflict.theirs?.changes ?? [])].flatMap(({ from, to }) => [from, to]);
  const mentioned = values.flatMap((value) => (value?.kind === 'case' ? [value.caseId] : []));
  return {
    conflict,
    case: conflict.caseId === null ? null : caseSubject(db, conflict.caseId),
    subjects: Object.fromEntries(mentioned.flatMap((caseId) => [[caseId, caseSubject(db, caseId)?.subject ?? '']])) as Readonly<
      Record<CaseId, string>
    >,
    alsoMineTypes: conflict.alsoMine.flatMap((id) => eventRow(db, id)?.type ?? []),
  };
}

function preview(services: EngineServices, db: ReadDb, text: string): InvitePreview {
  const invite = parseInvite(text);
  const history = historySize(db);
  if (invite === null) return { invite: null, problem: 'malformed', otherPerson: false, history };
  const membership = services.team.membership();
  const { agentId } = invite.user;
  const agent = listAgents(db).find((each) => each.agentId === agentId);
  const isIn = membership !== null && membership.phase !== 'ended';
  const problem =
    services.workspace === 'sample' ? 'sample' : !isIn ? null : membership.hub.id === invite.hub.id ? 'same-hub' : 'other-hub';
  return {
    invite: {
      hubId: invite.hub.id,
      hubName: invite.hub.name,
      servers: invite.servers.map((server) => server.replace(/^tls:\/\//u, '')),
      user: invite.user.name,
      role: invite.user.role,
      agentId: agentId !== null && isId('agt', agentId) ? agentId : null,
      agentName: agent?.name ?? null,
    },
    problem,
    otherPerson: isOtherPerson(db, invite),
    history,
  };
}
