import { describe, expect, test } from 'vitest';
import {
  ANA,
  at,
  by,
  ME,
  message,
  OPENED,
  OTHER_CASE,
  PENDING,
  queued,
  received,
  scene,
  verdicts,
} from '../../../../test/team/case-log.ts';
import type { Done } from '../../../../test/team/case-log.ts';
import { handoffId, offered, PACKET } from '../../../../test/handoff/log.ts';
import type { CaseEventBody } from '../case.ts';
import { makeId } from '../ids.ts';
import { rebaseCase } from './rebase.ts';
import type { Verdict } from './verdict.ts';

const KNOWN: readonly Done[] = [by(null, OPENED), by(null, received('first'))];
const PROMISE = makeId('prm', 'one');
const made: CaseEventBody = {
  type: 'promise.made',
  promiseId: PROMISE,
  text: 'We call you.',
  zone: 'UTC',
  dueAt: at(900),
  dueLocal: '2026-03-03T00:00:00' as never,
  messageId: message('answer'),
  source: 'typed',
};

function status(to: 'open' | 'pending' | 'hold' | 'solved'): CaseEventBody {
  return { type: 'case.statusChanged', to };
}
function needs(reason: string, theirs: string | null, field: string, follows: string | null = null): Partial<Verdict> {
  return { kind: 'needs-you', reason, theirs, field, follows } as Partial<Verdict>;
}
const APPLY = { kind: 'apply' };
function merged(reason: string, ...met: readonly string[]): object {
  return { kind: 'merge', reason, with: met, epoch: null };
}

describe('one event of a person against one of somebody else', () => {
  const priority = (to: 'low' | 'normal' | 'high' | 'urgent'): CaseEventBody => ({ type: 'case.priorityChanged', to });
  const snoozed = (minutes: number): CaseEventBody => ({ type: 'case.snoozed', until: at(minutes) });
  const label = (type: 'case.labelAdded' | 'case.labelRemoved', name = 'refund'): CaseEventBody => ({ type, label: name });
  const CASES: readonly (readonly [string, CaseEventBody, Done, object])[] = [
    [
      'a claim, after a colleague took it',
      { type: 'case.claimed', agentId: ME },
      by(ANA, { type: 'case.claimed', agentId: ANA }),
      needs('claimed-by-other', 'log-3', 'owner'),
    ],
    [
      'a claim, after it was given to somebody',
      { type: 'case.claimed', agentId: ME },
      by(ANA, { type: 'case.assigned', agentId: ANA }),
      needs('owner-changed', 'log-3', 'owner'),
    ],
    [
      'a claim, after it was given to me',
      { type: 'case.claimed', agentId: ME },
      by(ANA, { type: 'case.assigned', agentId: ME }),
      merged('same-by-other', 'log-3'),
    ],
    [
      'an assignment, after a colleague took it',
      { type: 'case.assigned', agentId: makeId('agt', 'leo') },
      by(ANA, { type: 'case.claimed', agentId: ANA }),
      needs('owner-changed', 'log-3', 'owner'),
    ],
    [
      'a release, after a colleague took it',
      { type: 'case.released' },
      by(ANA, { type: 'case.claimed', agentId: ANA }),
      needs('owner-changed', 'log-3', 'owner'),
    ],
    ['solved, after it was put on hold', status('solved'), by(ANA, status('hold')), needs('status-changed-by-other', 'log-3', 'status')],
    ['solved, after it was solved', status('solved'), by(ANA, status('solved')), merged('same-by-other', 'log-3')],
    ['solved, after the customer wrote', status('solved'), by(null, received('second')), needs('customer-wrote', 'log-3', 'status')],
    ['pending, after the customer wrote', status('pending'), by(null, received('second')), needs('customer-wrote', 'log-3', 'status')],
    ['solved, after a machine wrote', status('solved'), by(null, received('second', 2, 'auto-reply')), APPLY],
    ['open, after the customer wrote', status('open'), by(null, received('second')), merged('same-by-other', 'log-3')],
    [
      'solved, after an answer of ours bounced',
      status('solved'),
      by(null, { type: 'case.deliveryFailed', messageId: message('old'), recipient: null, diagnostic: '', permanent: true }),
      needs('status-changed-by-other', 'log-3', 'status'),
    ],
    ['solved, after somebody set it to what it was', status('solved'), by(ANA, status('open')), merged('on-top', 'log-3')],
    ['snoozed, after the customer wrote', snoozed(900), by(null, received('second')), needs('customer-wrote', 'log-3', 'snooze')],
    ['snoozed, after it was snoozed otherwise', snoozed(900), by(ANA, snoozed(901)), needs('snoozed-by-other', 'log-3', 'snooze')],
    ['snoozed, after it was snoozed alike', snoozed(900), by(ANA, snoozed(900)), merged('same-by-other', 'log-3')],
    [
      'snoozed until the customer writes, after it was snoozed until the same time',
      { type: 'case.snoozed', until: at(900), awaits: 'reply' },
      by(ANA, snoozed(900)),
      needs('snoozed-by-other', 'log-3', 'snooze'),
    ],
    ['snoozed, after it was solved', snoozed(900), by(ANA, status('solved')), needs('status-changed-by-other', 'log-3', 'snooze')],
    [
      'snoozed, after the time of another snooze had come',
      snoozed(900),
      by(null, { type: 'case.woken', reason: 'time' }),
      merged('on-top', 'log-3'),
    ],
    [
      'woken, after the customer wrote',
      { type: 'case.woken', reason: 'agent' },
      by(null, received('second')),
      merged('same-by-other', 'log-3'),
    ],
    [
      'woken, after it was snoozed',
      { type: 'case.woken', reason: 'agent' },
      by(ANA, snoozed(900)),
      needs('snoozed-by-other', 'log-3', 'snooze'),
    ],
    [
      'a priority, after another one',
      priority('high'),
      by(ANA, priority('urgent')),
      needs('priority-changed-by-other', 'log-3', 'priority'),
    ],
    ['a priority, after the same one', priority('high'), by(ANA, priority('high')), merged('same-by-other', 'log-3')],
    ['a priority, after it was set to what it was', priority('high'), by(ANA, priority('normal')), merged('on-top', 'log-3')],
    [
      'no reply needed, after the customer wrote',
      { type: 'case.noReplyNeeded' },
      by(null, received('second')),
      needs('customer-wrote', 'log-3', 'needs-reply'),
    ],
    [
      'no reply needed, after a colleague answered',
      { type: 'case.noReplyNeeded' },
      by(ANA, { type: 'case.replySent', messageId: message('hers'), at: at(3) }),
      merged('both-kept', 'log-3'),
    ],
    [
      'a reply, after a colleague answered',
      queued('answer'),
      by(ANA, { type: 'case.replySent', messageId: message('hers'), at: at(3) }),
      needs('colleague-replied', 'log-3', 'reply'),
    ],
    [
      'a reply, while a colleague is about to answer',
      queued('answer'),
      by(ANA, queued('hers')),
      needs('colleague-replied', 'log-3', 'reply'),
    ],
    ['a reply, after the customer wrote', queued('answer'), by(null, received('second')), needs('customer-wrote', 'log-3', 'reply')],
    [
      'a reply, after a colleague took the case',
      queued('answer'),
      by(ANA, { type: 'case.claimed', agentId: ANA }),
      needs('claimed-by-other', 'log-3', 'reply'),
    ],
    ['a reply, after the case was solved', queued('answer'), by(ANA, status('solved')), needs('status-changed-by-other', 'log-3', 'reply')],
    [
      'a reply, after a machine answered',
      queued('answer'),
      by(null, { type: 'case.replySent', messageId: message('auto'), at: at(3), auto: 'auto-reply' }),
      APPLY,
    ],
    [
      'a reply taken back, after it was sent',
      { type: 'case.replyCancelled', messageId: message('old') },
      by(ANA, { type: 'case.replySent', messageId: message('old'), at: at(3) }),
      needs('already-sent', 'log-3', 'reply'),
    ],
    ['a label, after somebody took it off', label('case.labelAdded'), by(ANA, label('case.labelRemoved')), merged('on-top', 'log-3')],
    ['a label, after somebody added it', label('case.labelAdded'), by(ANA, label('case.labelAdded')), merged('same-by-other', 'log-3')],
    ['a label, after another label', label('case.labelAdded'), by(ANA, label('case.labelAdded', 'other')), APPLY],
    ['a note, after the customer wrote', { type: 'case.noteAdded', messageId: message('note') }, by(null, received('second')), APPLY],
    [
      'a parked case, after it was parked otherwise',
      { type: 'case.parked', reason: 'mine' },
      by(ANA, { type: 'case.parked', reason: 'hers' }),
      merged('on-top', 'log-3'),
    ],
    [
      'a kept promise, after it was released',
      { type: 'promise.kept', promiseId: PROMISE },
      by(ANA, { type: 'promise.released', promiseId: PROMISE, reason: 'withdrawn' }),
      merged('both-kept', 'log-3'),
    ],
    [
      'solved, after the case was merged',
      status('solved'),
      by(null, { type: 'case.merged', into: OTHER_CASE }),
      needs('case-merged', 'log-3', 'status'),
    ],
    [
      'a claim, after the case was merged',
      { type: 'case.claimed', agentId: ME },
      by(null, { type: 'case.merged', into: OTHER_CASE }),
      needs('case-merged', 'log-3', 'owner'),
    ],
    [
      'a note, after the case was merged',
      { type: 'case.noteAdded', messageId: message('note') },
      by(null, { type: 'case.merged', into: OTHER_CASE }),
      merged('moved-along', 'log-3'),
    ],
    ['a kind that is not known', { type: 'case.painted' } as never, by(ANA, status('solved')), APPLY],
  ];
  test.each(CASES)('%s', (_name, mine, theirs, verdict) => {
    expect(verdicts(KNOWN, [theirs], [by(ME, mine)])).toEqual([verdict]);
  });
});

describe('what the program does by itself', () => {
  const CASES: readonly (readonly [string, CaseEventBody, Done, object])[] = [
    [
      'woken by the time, after it was snoozed anew',
      { type: 'case.woken', reason: 'time' },
      by(ANA, { type: 'case.snoozed', until: at(900) }),
      { kind: 'drop', reason: 'no-longer-true', theirs: 'log-3' },
    ],
    [
      'woken by the time, after another workstation did it',
      { type: 'case.woken', reason: 'time' },
      by(null, { type: 'case.woken', reason: 'time' }),
      { kind: 'drop', reason: 'already-done', theirs: 'log-3' },
    ],
    [
      'a message that another workstation fetched',
      received('second'),
      by(null, received('second')),
      { kind: 'drop', reason: 'already-done', theirs: 'log-3' },
    ],
    ['a message, after somebody solved the case', received('second'), by(ANA, status('solved')), APPLY],
    [
      'an assignment, after a colleague took it',
      { type: 'case.assigned', agentId: ME },
      by(ANA, { type: 'case.claimed', agentId: ANA }),
      { kind: 'drop', reason: 'no-longer-true', theirs: 'log-3' },
    ],
    [
      'an acknowledgement, after a colleague answered',
      { ...queued('auto'), auto: 'auto-reply' } as CaseEventBody,
      by(ANA, queued('hers')),
      { kind: 'drop', reason: 'no-longer-true', theirs: 'log-3' },
    ],
    ['a message, after the case was merged', received('second'), by(null, { type: 'case.merged', into: OTHER_CASE }), APPLY],
    [
      'woken by the time, after the case was merged',
      { type: 'case.woken', reason: 'time' },
      by(null, { type: 'case.merged', into: OTHER_CASE }),
      { kind: 'drop', reason: 'case-merged', theirs: 'log-3' },
    ],
    [
      'merged, after it was merged alike',
      { type: 'case.merged', into: OTHER_CASE },
      by(null, { type: 'case.merged', into: OTHER_CASE }),
      { kind: 'drop', reason: 'already-done', theirs: 'log-3' },
    ],
  ];
  test.each(CASES)('%s', (_name, mine, theirs, verdict) => {
    expect(verdicts(KNOWN, [theirs], [by(null, mine)])).toEqual([verdict]);
  });

  test('that a reply went out is a report, whoever wrote it', () => {
    const sent: CaseEventBody = { type: 'case.replySent', messageId: message('answer'), at: at(3) };
    expect(verdicts(KNOWN, [by(ME, sent)], [by(ME, sent)])).toEqual([{ kind: 'drop', reason: 'already-done', theirs: 'log-3' }]);
  });
});

describe('several events of one person', () => {
  test('of several steps of one change the last is what they want', () => {
    expect(verdicts(KNOWN, [by(ANA, status('solved'))], [by(ME, status('pending')), by(ME, status('solved'))])).toEqual([
      merged('same-by-other', 'log-3'),
      merged('same-by-other', 'log-3'),
    ]);
    expect(verdicts(KNOWN, [by(ANA, status('hold'))], [by(ME, status('pending')), by(ME, status('solved'))])).toEqual([
      needs('status-changed-by-other', 'log-3', 'status'),
      needs('status-changed-by-other', 'log-3', 'status', 'mine-1'),
    ]);
  });

  test('a promise stands or falls with the reply that makes it', () => {
    expect(
      verdicts(
        KNOWN,
        [by(null, received('second'))],
        [by(ME, queued('answer')), by(ME, made), by(ME, { type: 'promise.kept', promiseId: PROMISE })],
      ),
    ).toEqual([
      needs('customer-wrote', 'log-3', 'reply'),
      needs('customer-wrote', 'log-3', 'reply', 'mine-1'),
      needs('customer-wrote', 'log-3', 'reply', 'mine-1'),
    ]);
  });

  test('a reply that was taken back before anybody knew is heard of by nobody', () => {
    const mine = [by(ME, queued('answer')), by(ME, made), by(ME, { type: 'case.replyCancelled', messageId: message('answer') })];
    const undone = { kind: 'undone', by: 'mine-3' };
    expect(verdicts(KNOWN, [], mine)).toEqual([undone, undone, undone]);
    // queued again after that
    expect(verdicts(KNOWN, [], [...mine.slice(0, 1), ...mine.slice(2), by(ME, queued('answer'))])).toEqual([APPLY, APPLY, APPLY]);
  });

  test('what may be in the log already is not held back', () => {
    const input = scene(
      KNOWN,
      [by(null, received('second'))],
      [by(ME, queued('answer')), by(ME, { type: 'case.replyCancelled', messageId: message('answer') })],
    );
    const pending = input.pending.map((each, index) => ({ ...each, isSent: index === 0 }));
    expect(rebaseCase({ ...input, pending }).map(({ verdict }) => verdict)).toEqual([APPLY, APPLY]);
  });

  test('what follows something that may be in the log already goes on what that makes of the case', () => {
    const mine = [by(ME, { type: 'case.claimed', agentId: ME }), by(ME, { type: 'case.released' }, { epoch: PENDING + 1 })];
    const judge = (theirs: readonly Done[]): readonly unknown[] => {
      const input = scene(KNOWN, theirs, mine);
      const pending = input.pending.map((each, index) => ({ ...each, isSent: index === 0 }));
      return rebaseCase({ ...input, pending }).map(({ verdict }) => verdict);
    };
    // a step of a handoff that nobody knows moves nothing
    expect(judge([by(ANA, { type: 'handoff.withdrawn', handoffId: handoffId('h') })])).toEqual([APPLY, APPLY]);
    expect(judge([by(ANA, { type: 'case.assigned', agentId: ME })])).toEqual([APPLY, APPLY]);
    expect(judge([by(ANA, { type: 'case.claimed', agentId: ANA })])).toEqual([APPLY, needs('owner-changed', 'log-3', 'owner')]);
  });

  test('what was done on an ownership that is pending itself goes on that one', () => {
    const mine = [by(ME, { type: 'case.claimed', agentId: ME }), by(ME, { type: 'case.released' }, { epoch: PENDING + 1 })];
    expect(verdicts(KNOWN, [], mine)).toEqual([APPLY, APPLY]);
    // it was given to me meanwhile: the claim is void, and what follows is on the ownership that there is
    expect(verdicts(KNOWN, [by(ANA, { type: 'case.assigned', agentId: ME })], mine)).toEqual([merged('same-by-other', 'log-3'), APPLY]);
    expect(verdicts(KNOWN, [by(ANA, { type: 'case.claimed', agentId: ANA })], mine)).toEqual([
      needs('claimed-by-other', 'log-3', 'owner'),
      needs('owner-changed', 'log-3', 'owner', 'mine-1'),
    ]);
  });

  test('a case that went through other hands into the queue may be claimed all the same', () => {
    const theirs = [by(ANA, { type: 'case.claimed', agentId: ANA }), by(ANA, { type: 'case.released' }, { epoch: 3 })];
    expect(verdicts(KNOWN, theirs, [by(ME, { type: 'case.claimed', agentId: ME })])).toEqual([
      { kind: 'merge', reason: 'on-top', with: ['log-4'], epoch: 4 },
    ]);
  });

  test('a decision that was made with sight of the others counts', () => {
    const input = scene(KNOWN, [by(ANA, status('hold'))], [by(ME, status('pending')), by(ME, status('solved'))]);
    const pending = input.pending.map((each, index) => ({ ...each, seen: index === 0 ? 2 : 3 }));
    expect(rebaseCase({ ...input, pending }).map(({ verdict }) => verdict)).toEqual([APPLY, APPLY]);
  });
});

test('a message is not hidden because somebody who has seen it set the status to what it was', () => {
  const theirs = [by(null, received('second')), by(ANA, status('solved')), by(ANA, status('open'))];
  expect(verdicts(KNOWN, theirs, [by(ME, status('solved'))])).toEqual([needs('status-changed-by-other', 'log-5', 'status')]);
});

test('a reply may fail twice', () => {
  const fails: CaseEventBody = { type: 'case.replyFailed', messageId: message('answer'), reason: 'refused' };
  expect(verdicts(KNOWN, [by(null, fails)], [by(null, fails)])).toEqual([APPLY]);
});

describe('handoffs', () => {
  const OWNED = [...KNOWN, by(ANA, { type: 'case.claimed', agentId: ANA })];
  const OFFERED = [...OWNED, by(ANA, offered('h', 'ana', 'mei', { expiresAt: at(2000) }), { epoch: 3 })];
  const accepted: CaseEventBody = {
    type: 'handoff.accepted',
    handoffId: handoffId('h'),
    packetVersion: 1,
    lastInboundId: null,
    readBack: null,
    hubId: null,
    isOnShift: true,
  };

  test('an accept, after the offer was overtaken, and what was read back after it', () => {
    const readBack: CaseEventBody = { type: 'handoff.readBack', handoffId: handoffId('h'), packetVersion: 1, readBack: {} as never };
    const theirs = [by(ANA, { type: 'case.assigned', agentId: makeId('agt', 'leo'), isForced: true }, { epoch: 3 })];
    expect(verdicts(OFFERED, [], [by(ME, accepted, { epoch: 3 })])).toEqual([APPLY]);
    expect(verdicts(OFFERED, theirs, [by(ME, accepted, { epoch: 3 }), by(ME, readBack, { epoch: PENDING + 1 })])).toEqual([
      needs('owner-changed', 'log-5', 'handoff'),
      needs('owner-changed', 'log-5', 'handoff', 'mine-1'),
    ]);
  });

  test('an offer, after the customer wrote, and after the case was given away', () => {
    const offer = by(ANA, offered('h', 'ana', 'mei', { expiresAt: at(2000) }), { epoch: 3 });
    expect(verdicts(OWNED, [by(null, received('second'))], [offer])).toEqual([APPLY]);
    expect(verdicts(OWNED, [by(ME, { type: 'case.claimed', agentId: ME }, { epoch: 3 })], [offer])).toEqual([
      needs('owner-changed', 'log-4', 'handoff'),
    ]);
  });

  test('a packet that somebody else edited, and one that they edited alike', () => {
    const edited = (goal: string): CaseEventBody => ({
      type: 'handoff.packetEdited',
      handoffId: handoffId('h'),
      version: 2,
      packet: { ...PACKET, goal },
      expiresAt: at(2000),
    });
    const theirs = [by(ANA, edited('Hers.'), { epoch: 3 })];
    expect(verdicts(OFFERED, theirs, [by(ANA, edited('Mine.'), { epoch: 3 })])).toEqual([needs('saved-by-other', 'log-5', 'handoff')]);
    expect(verdicts(OFFERED, theirs, [by(ANA, edited('Hers.'), { epoch: 3 })])).toEqual([merged('same-by-other', 'log-5')]);
  });

  test('what the clock makes of an offer is dropped when somebody answered', () => {
    const expired: CaseEventBody = { type: 'handoff.expired', handoffId: handoffId('h') };
    expect(verdicts(OFFERED, [by(ME, accepted, { epoch: 3 })], [by(null, expired, { epoch: 3 })])).toEqual([
      { kind: 'drop', reason: 'no-longer-true', theirs: 'log-5' },
    ]);
  });
});

test('a case that the log does not know is gone, unless it is opened here', () => {
  const mine = [by(ME, status('solved')), by(null, { type: 'case.woken', reason: 'time' } as const)];
  expect(verdicts([], [], mine)).toEqual([needs('case-gone', null, 'status'), { kind: 'drop', reason: 'case-gone', theirs: null }]);
  expect(verdicts([], [], [by(null, OPENED), ...mine])).toEqual([APPLY, APPLY, APPLY]);
});

test('events of this workstation are no others’', () => {
  const input = scene(KNOWN, [by(ME, status('hold'))], [by(ME, status('solved'))]);
  expect(rebaseCase({ ...input, isMine: (id) => id === 'log-3' }).map(({ verdict }) => verdict)).toEqual([APPLY]);
});
