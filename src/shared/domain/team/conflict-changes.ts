import type { CaseEvent, CaseEventBody, CaseState } from '../case.ts';
import type { ConflictChange, ConflictField, ConflictValue } from './conflict.ts';
import { fieldOfStream } from './rebase-facts.ts';
import type { TeamFact } from './rebase-facts.ts';
import { fieldOf } from './rebase-rules.ts';
import { sameContent, valueOf } from './same-content.ts';

/** What an event changes, as closed data for the record of a conflict. */

const MAX_TEXT = 280;

function text(value: string): ConflictValue {
  return { kind: 'text', text: value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT - 1)}…` : value };
}

function code(value: string): ConflictValue {
  return { kind: 'code', code: value };
}

function agent(agentId: CaseState['assigneeId'] | undefined): ConflictValue | null {
  if (agentId === undefined) return null;
  return agentId === null ? { kind: 'nobody' } : { kind: 'agent', agentId };
}

function moment(at: CaseState['snoozedUntil'] | undefined): ConflictValue | null {
  return at === undefined || at === null ? null : { kind: 'instant', at };
}

function parkedWith(before: CaseState | null): ConflictValue | null {
  const parked = before?.parked ?? null;
  return parked === null ? null : text(parked.reason);
}

function change(field: ConflictField, from: ConflictValue | null, to: ConflictValue | null): readonly ConflictChange[] {
  return [{ field, part: null, from, to }];
}

/** @param before the case as the author had it; null when that is not known */
export function changesOf({ body }: Pick<CaseEvent, 'body'>, before: CaseState | null): readonly ConflictChange[] {
  const field = fieldOf(body.type);
  switch (body.type) {
    case 'case.claimed':
    case 'case.assigned':
      return change(field, agent(before?.assigneeId), agent(body.agentId));
    case 'case.released':
      return change(field, agent(before?.assigneeId), { kind: 'nobody' });
    case 'case.statusChanged':
      return change(field, before === null ? null : { kind: 'status', status: before.status }, { kind: 'status', status: body.to });
    case 'case.priorityChanged':
      return change(field, before === null ? null : { kind: 'priority', priority: before.priority }, {
        kind: 'priority',
        priority: body.to,
      });
    case 'case.snoozed':
      return change(field, moment(before?.snoozedUntil), moment(body.until));
    case 'case.woken':
      return change(field, moment(before?.snoozedUntil), null);
    case 'case.labelAdded':
      return change(field, null, text(body.label));
    case 'case.labelRemoved':
      return change(field, text(body.label), null);
    case 'case.parked':
      return change(field, parkedWith(before), text(body.reason));
    case 'case.unparked':
      return change(field, parkedWith(before), null);
    case 'case.merged':
      return change(field, null, { kind: 'case', caseId: body.into });
    case 'case.messageReceived':
    case 'case.messageImported':
    case 'case.replyQueued':
      return change(field, null, text(body.preview));
    case 'promise.made':
      return change(field, null, text(body.text));
    default:
      return change(field, null, saidBy(body));
  }
}

/** What else a person should read again: their own words, else which step it was. */
function saidBy(body: CaseEventBody): ConflictValue {
  if ('text' in body) return text(body.text);
  if ((body.type === 'handoff.declined' || body.type === 'handoff.returned') && body.reason !== '') return text(body.reason);
  return code(body.type);
}

/** What is saved as a whole: only the properties in which both differ, so that a person sees what it is about. */
export function changesOfFact(fact: TeamFact, other: TeamFact | null): readonly ConflictChange[] {
  const field = fieldOfStream(fact.stream);
  const content = contentOf(fact.body);
  const theirs = other === null ? null : contentOf(other.body);
  const state = fact.body['state'];
  if (typeof state === 'string') return change(field, null, code(state));
  if (content === null) return change(field, null, code(fact.type));
  const parts = Object.keys(content)
    .filter((key) => theirs === null || !sameContent(valueOf(content, key), valueOf(theirs, key)))
    .filter((key) => key !== 'zoneData')
    .map((part) => ({ field, part, from: null, to: valueFor(valueOf(content, part)) }));
  return parts.length > 0 ? parts : change(field, null, code(fact.type));
}

/** The one thing that an event saves, such as `template` of `template.saved`, or the body of a shift. */
function contentOf(body: Readonly<Record<string, unknown>>): object | null {
  const draft = body['draft'];
  const inner = typeof draft === 'object' && draft !== null ? valueOf(draft, 'body') : undefined;
  const things = [inner, body['body'], ...Object.values(body)].filter((each) => typeof each === 'object' && each !== null);
  const [first] = things;
  if (first === undefined || Array.isArray(first)) return body;
  return first ?? null;
}

function valueFor(value: unknown): ConflictValue | null {
  if (value === null || value === undefined) return null;
  return text(typeof value === 'string' ? value : JSON.stringify(value));
}
