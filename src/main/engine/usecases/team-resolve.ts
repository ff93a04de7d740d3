import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { confirmedEpoch } from './case-ownership.ts';
import { cancelReplyIn, glance } from './send-reply.ts';
import { applyFact } from './team-facts.ts';
import { writtenEpoch } from './reply-authorship.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { changeOutbox, outboxByUid } from '../store/outbox.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { eventRow, knownConflict, saveConflict } from '../store/team.store.ts';
import type { EventRow } from '../store/team.store.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { isOpenConflict } from '../../../shared/domain/team/conflict.ts';
import type { ConflictChoice, TeamConflict } from '../../../shared/domain/team/conflict.ts';
import { resolveFacts, resolveInCase } from '../../../shared/domain/team/resolve.ts';

/** A person decides about something of theirs that met what others did. */
export function resolveConflict(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly conflictId: string; readonly choice: ConflictChoice },
): Result<null, CallError> {
  return once(context, input.opId, 'conflicts.resolve', (tx) => {
    const conflict = knownConflict(tx, input.conflictId);
    if (conflict === null) throw new CommandFailure('not-found', input.conflictId);
    if (!isOpenConflict(conflict)) throw new CommandFailure('decided');
    if (!conflict.choices.includes(input.choice)) throw new CommandFailure('not-possible', input.choice);
    const me = requireMe(tx).agentId;
    const rows = [conflict.id, ...conflict.alsoMine].flatMap((id) => eventRow(tx, id) ?? []);
    if (conflict.caseId === null) resolveFact(context, tx, conflict, input.choice, rows, me);
    else resolveCase(context, tx, conflict, conflict.caseId, input.choice, rows, me);
    saveConflict(tx, { ...conflict, decision: { choice: input.choice, at: context.clock.now(), by: me } });
    return { value: null };
  });
}

function bodyOf(row: EventRow): CaseEventBody {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program
  return { type: row.type, ...(JSON.parse(row.body) as object) } as CaseEventBody;
}

function resolveCase(
  context: UseCaseContext,
  tx: WriteDb,
  conflict: TeamConflict,
  told: CaseId,
  choice: ConflictChoice,
  rows: readonly EventRow[],
  me: AgentId,
): void {
  const caseId = currentCaseUid(tx, told);
  const saved = caseByUid(tx, caseId);
  const replies = rows.flatMap((row) => {
    const body = bodyOf(row);
    return body.type === 'case.replyQueued' && isId('out', body.outboxId) ? [body.outboxId] : [];
  });
  if (choice === 'keep-theirs') {
    // nothing that was written is lost: the text is the draft again
    for (const outboxId of replies) cancelReplyIn(context, tx, outboxId);
    return;
  }
  if (saved === undefined) throw new CommandFailure('not-possible', 'the case is not here');
  const mine = rows.map((row) => ({ id: row.id, body: bodyOf(row) }));
  const bodies = resolveInCase({ ...conflict, mine }, choice, { caseId, state: saved.state }, me);
  if (bodies.length === 0) return;
  const { state } = context.ledger.append(tx, caseId, bodies, { actor: me });
  for (const outboxId of replies) {
    const entry = outboxByUid(tx, outboxId);
    if (entry === undefined || (entry.state !== 'held' && entry.state !== 'queued')) continue;
    const now = context.clock.now();
    const later = entry.laterAt ?? now;
    const epoch = confirmedEpoch(context.ledger, tx, caseId);
    const seen = { ...glance(state), epoch, writtenEpoch: writtenEpoch(entry, state) };
    changeOutbox(tx, entry.uid, { state: 'queued', at: now, sendAt: later > now ? later : now, attempts: 0, handedOver: false, seen });
  }
}

function resolveFact(
  context: UseCaseContext,
  tx: WriteDb,
  conflict: TeamConflict,
  choice: ConflictChoice,
  rows: readonly EventRow[],
  me: AgentId,
): void {
  for (const row of resolveFacts({ ...conflict, mine: rows }, choice)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this program
    const body = JSON.parse(row.body) as Record<string, unknown>;
    context.ledger.recordTeamEvent(tx, row.stream, row.type, body, { actor: me });
    applyFact(tx, { stream: row.stream, type: row.type, body, actor: me, at: context.clock.now() });
  }
}
