import type { CaseEventBody, CaseState } from '../case.ts';
import type { AgentId, CaseId } from '../ids.ts';
import type { ConflictChoice, TeamConflict } from './conflict.ts';

/** What a person's decision does. What was done first stays void; what they still want is done once more, as of now. */

/**
 * What to record in a case, in this order; nothing when it stays as others have it.
 * @param conflict with `mine` the bodies of its own event and of `alsoMine`
 * @param now the case as it is, with what is pending; `caseId`: where it lives on, if it was merged
 * @param me who decides
 */
export function resolveInCase(
  conflict: Pick<TeamConflict, 'kind' | 'choices'> & { readonly mine: readonly { readonly id: string; readonly body: CaseEventBody }[] },
  choice: ConflictChoice,
  now: { readonly caseId: CaseId; readonly state: CaseState },
  me: AgentId,
): readonly CaseEventBody[] {
  if (conflict.kind !== 'needs-you' || choice === 'keep-theirs' || !conflict.choices.includes(choice)) return [];
  const own = new Set(conflict.mine.map(({ id }) => id));
  return lastOfEach(conflict.mine.map(({ body }) => body))
    .flatMap((body) => again(body, me, own))
    .filter((body) => !isSo(body, now.state));
}

/** What to record of the team's facts: the same once more. */
export function resolveFacts<Fact extends { readonly id: string }>(
  conflict: Pick<TeamConflict, 'kind' | 'choices'> & { readonly mine: readonly Fact[] },
  choice: ConflictChoice,
): readonly Fact[] {
  return conflict.kind === 'needs-you' && choice === 'apply-mine' && conflict.choices.includes(choice) ? conflict.mine : [];
}

function again(body: CaseEventBody, me: AgentId, own: ReadonlySet<string>): readonly CaseEventBody[] {
  switch (body.type) {
    // the offer has gone on; what they wanted of it was the case
    case 'handoff.accepted':
    case 'handoff.withdrawn':
      return [{ type: 'case.claimed', agentId: me }];
    case 'case.statusChanged':
      // the slip that it took back has never happened
      return body.undoes !== undefined && own.has(body.undoes) ? [{ type: body.type, to: body.to }] : [body];
    default:
      // read-backs and other steps after an answer that does not count mean nothing by themselves
      return body.type.startsWith('handoff.') ? [] : [body];
  }
}

/** Of several steps of one change only the last is wanted. */
function lastOfEach(bodies: readonly CaseEventBody[]): readonly CaseEventBody[] {
  const key = ({ type }: CaseEventBody): string | null =>
    type === 'case.statusChanged' || type === 'case.priorityChanged'
      ? type
      : type === 'case.snoozed' || type === 'case.woken'
        ? 'snooze'
        : null;
  return bodies.filter((body, index) => key(body) === null || bodies.findLastIndex((other) => key(other) === key(body)) === index);
}

/** Whether the case is as it would make it, so that there is nothing to record. */
function isSo(body: CaseEventBody, state: CaseState): boolean {
  switch (body.type) {
    case 'case.claimed':
    case 'case.assigned':
      return state.assigneeId === body.agentId;
    case 'case.released':
      return state.assigneeId === null;
    case 'case.statusChanged':
      return state.status === body.to;
    case 'case.priorityChanged':
      return state.priority === body.to;
    case 'case.snoozed':
      return state.snoozedUntil === body.until && (state.snoozedFor ?? null) === (body.awaits ?? null);
    case 'case.woken':
      return state.snoozedUntil === null;
    case 'case.noReplyNeeded':
      return state.waitingSince === null;
    case 'case.replyNeeded':
      return (state.noReply ?? null) === null;
    case 'reminder.cleared':
      return !(state.reminders ?? []).some((each) => each.reminderId === body.reminderId);
    default:
      return false;
  }
}
