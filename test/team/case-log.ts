import type { CaseEvent, CaseEventBody } from '../../src/shared/domain/case.ts';
import { formatHlc } from '../../src/shared/domain/hlc.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, CaseId, MessageId } from '../../src/shared/domain/ids.ts';
import { rebaseCase } from '../../src/shared/domain/team/rebase.ts';
import type { CaseRebase } from '../../src/shared/domain/team/rebase.ts';
import type { Verdict } from '../../src/shared/domain/team/verdict.ts';
import { instant, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

/** Events of one case for the tests of rebasing: what others did stands in the log, what was done here is pending. */

export const CASE: CaseId = makeId('case', 'one');
export const OTHER_CASE: CaseId = makeId('case', 'two');
export const ME: AgentId = makeId('agt', 'mei');
export const ANA: AgentId = makeId('agt', 'ana');
const START = Date.UTC(2026, 2, 2, 9);
/** Where pending events have their places: behind everything that a log will ever confirm. */
export const PENDING = 2 ** 52;

export function at(minutes: number): Instant {
  return instant(START + minutes * MINUTE_MS);
}

export function message(name: string): MessageId {
  return makeId('msg', name);
}

export const OPENED: CaseEventBody = {
  type: 'case.opened',
  channel: 'email',
  accountId: makeId('acc', 'one'),
  contactId: makeId('con', 'one'),
  subject: 'Where is it?',
};

export function received(name: string, minutes = 1, auto: 'none' | 'auto-reply' = 'none'): CaseEventBody {
  return {
    type: 'case.messageReceived',
    messageId: message(name),
    contactId: makeId('con', 'one'),
    at: at(minutes),
    auto,
    preview: `Text of ${name}`,
    subject: 'Where is it?',
  };
}

export function queued(name: string): CaseEventBody {
  return { type: 'case.replyQueued', messageId: message(name), outboxId: makeId('out', name), preview: `Answer ${name}` };
}

export interface Done {
  readonly body: CaseEventBody;
  readonly actor: AgentId | null;
  readonly epoch?: number | null;
  readonly joinedFrom?: CaseId;
}

export function by(actor: AgentId | null, body: CaseEventBody, part: Omit<Done, 'actor' | 'body'> = {}): Done {
  return { actor, body, ...part };
}

function event(id: string, sequence: number, isPending: boolean, done: Done): CaseEvent {
  const time = at(isPending ? 500 + (sequence - PENDING) : sequence);
  return {
    id,
    sequence,
    isPending,
    hlc: formatHlc({ wallMs: time, counter: 0 }, done.actor ?? 'engine'),
    epoch: done.epoch === undefined ? 0 : done.epoch,
    at: time,
    actor: done.actor,
    ...(done.joinedFrom === undefined ? {} : { joinedFrom: done.joinedFrom }),
    body: done.body,
  };
}

/** The case as everybody knew it, what others did since (`log-N` by its place), and what was done here (`mine-N`, from 1). */
export function scene(known: readonly Done[], theirs: readonly Done[], mine: readonly Done[]): CaseRebase {
  const seen = known.length;
  return {
    confirmed: [...known, ...theirs].map((done, index) => event(`log-${index + 1}`, index + 1, false, done)),
    pending: mine.map((done, index) => ({ event: event(`mine-${index + 1}`, PENDING + index + 1, true, done), seen })),
    isMine: () => false,
  };
}

export function verdicts(known: readonly Done[], theirs: readonly Done[], mine: readonly Done[]): readonly Verdict[] {
  return rebaseCase(scene(known, theirs, mine)).map(({ verdict }) => verdict);
}
