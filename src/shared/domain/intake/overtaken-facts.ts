import type { CaseEvent } from '../case.ts';
import type { AgentId, CaseId } from '../ids.ts';

/** What somebody had said of a fact before another one, who did not know of it, said something else: the later word counts. */
export interface OvertakenFact {
  readonly value: string | null;
  readonly by: AgentId | null;
}

/**
 * What was overtaken by which event, by the id of the event. It follows from the events and their order alone, so that everybody is told the same,
 * whoever reached the log first.
 * @param events of one case in the order of the log; what is void left out
 */
export function overtakenFacts(events: readonly CaseEvent[]): ReadonlyMap<string, OvertakenFact> {
  const said = new Map<string, { readonly fact: OvertakenFact; readonly stream: CaseId | undefined }>();
  const overtaken = new Map<string, OvertakenFact>();
  for (const { id, actor, body, joinedFrom } of events) {
    if (body.type !== 'intake.factSet') continue;
    const before = said.get(body.field);
    // in two cases that are one now nobody could know of the other
    const isOfOneCase = before !== undefined && before.stream === joinedFrom;
    if (isOfOneCase && body.over !== undefined && isNews(before.fact.value, body.over) && !isSame(before.fact.value, body))
      overtaken.set(id, before.fact);
    if (body.asRead === true) said.delete(body.field);
    else said.set(body.field, { fact: { value: body.value, by: actor }, stream: joinedFrom });
  }
  return overtaken;
}

/** Whether it is something else than what the author saw. */
function isNews(value: string | null, over: { readonly value: string | null } | null): boolean {
  return over === null || over.value !== value;
}

function isSame(value: string | null, body: { readonly value: string | null; readonly asRead?: true | undefined }): boolean {
  return body.asRead !== true && body.value === value;
}
