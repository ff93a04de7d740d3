import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectCase } from './case.ts';
import { decide } from './case-actions.ts';
import type { CaseEvent, CaseEventBody, CaseState } from './case.ts';
import type { CaseAction } from './case-actions.ts';
import { makeId } from './ids.ts';
import { instant } from './time.ts';

const ME = makeId('agt', 'me');
const OTHER = makeId('agt', 'other');
const OPENED: CaseEventBody = {
  type: 'case.opened',
  channel: 'email',
  accountId: makeId('acc', 'a'),
  contactId: makeId('con', 'c'),
  subject: 'Withdrawal',
};
const T0 = 1_760_000_000_000;
const at = (minute: number) => instant(T0 + minute * 60_000);

function log(bodies: readonly CaseEventBody[]): CaseEvent[] {
  return bodies.map((body, index) => ({
    id: `evt_${index}`,
    sequence: index + 1,
    isPending: false,
    hlc: String(index).padStart(6, '0'),
    // From before epochs were kept: every author has seen what came before.
    epoch: null,
    at: at(index),
    actor: null,
    body,
  }));
}
function fold(...bodies: CaseEventBody[]): CaseState {
  const state = projectCase(log([OPENED, ...bodies]));
  if (state === null) throw new Error('not opened');
  return state;
}
const received = (minute: number, auto: 'none' | 'auto-reply' = 'none'): CaseEventBody => ({
  type: 'case.messageReceived',
  messageId: makeId('msg', `in${minute}`),
  contactId: makeId('con', `c${minute}`),
  at: at(minute),
  auto,
  preview: `in ${minute}`,
  subject: `subject ${minute}`,
});
const queued = (name: string): CaseEventBody => ({
  type: 'case.replyQueued',
  messageId: makeId('msg', name),
  outboxId: makeId('out', name),
  preview: name,
});
const sent = (name: string, minute: number): CaseEventBody => ({ type: 'case.replySent', messageId: makeId('msg', name), at: at(minute) });
const failed = (name: string): CaseEventBody => ({ type: 'case.replyFailed', messageId: makeId('msg', name), reason: 'refused' });

describe('waiting since', () => {
  test('is the oldest unanswered message, not the newest', () => {
    expect(fold(received(1), received(5)).waitingSince).toBe(at(1));
  });
  test('a queued reply does not stop the wait, a sent one does', () => {
    expect(fold(received(1), queued('r')).waitingSince).toBe(at(1));
    expect(fold(received(1), queued('r'), sent('r', 3)).waitingSince).toBeNull();
  });
  test('a message that came after the reply was sent waits from its own time', () => {
    expect(fold(received(1), queued('r'), sent('r', 3), received(4)).waitingSince).toBe(at(4));
  });
  test('a message that was under way when the reply was sent still waits', () => {
    expect(fold(received(1), queued('r'), received(5), sent('r', 3)).waitingSince).toBe(at(5));
  });
  test('a failed or bounced reply gives the wait back as if it had never been', () => {
    expect(fold(received(1), queued('r'), sent('r', 3), failed('r')).waitingSince).toBe(at(1));
    const bounced: CaseEventBody = {
      type: 'case.deliveryFailed',
      messageId: makeId('msg', 'r'),
      recipient: null,
      diagnostic: '550',
      permanent: true,
    };
    const state = fold(received(1), queued('r'), sent('r', 3), { type: 'case.statusChanged', to: 'solved' }, bounced);
    expect(state).toMatchObject({ waitingSince: at(1), status: 'open' });
  });
  test('one that was sent or taken back does not wait again because somebody wanted another time for it without knowing', () => {
    const cancelled: CaseEventBody = { type: 'case.replyCancelled', messageId: makeId('msg', 'r') };
    const later = { ...queued('r'), sendAt: at(9) } as const;
    expect(fold(received(1), queued('r'), sent('r', 3), later)?.queuedReplies).toEqual([]);
    expect(fold(received(1), queued('r'), cancelled, later)?.queuedReplies).toEqual([]);
    expect(fold(received(1), queued('r'), failed('r'), later)?.queuedReplies).toEqual([makeId('msg', 'r')]);
  });
  test('what a machine of ours says answers nothing, and lists go on showing what the customer wrote', () => {
    const messageId = makeId('msg', 'ack');
    const acknowledged = fold(
      received(1),
      { type: 'case.replyQueued', messageId, outboxId: makeId('out', 'ack'), preview: 'we have it', auto: 'auto-reply' },
      { type: 'case.replySent', messageId, at: at(2), auto: 'auto-reply' },
    );
    const before = fold(received(1));
    expect(acknowledged).toMatchObject({ waitingSince: at(1), messageCount: 2, queuedReplies: [], lastOutboundId: messageId });
    for (const shown of ['preview', 'lastDirection', 'lastMessageAt'] as const) expect(acknowledged?.[shown]).toBe(before?.[shown]);
  });
  test('machines do not wait', () => {
    expect(fold(received(1, 'auto-reply')).waitingSince).toBeNull();
  });
  test('no reply needed ends it, a new message starts it again', () => {
    expect(fold(received(0), { type: 'case.noReplyNeeded' }).waitingSince).toBeNull();
    expect(fold(received(0), { type: 'case.noReplyNeeded' }, received(9)).waitingSince).toBe(at(9));
  });
  test('taken back, the customer has waited all the while', () => {
    const none = { type: 'case.noReplyNeeded' } as const;
    const after = { type: 'case.replyNeeded' } as const;
    expect(fold(received(0), none, after).waitingSince).toBe(at(0));
    expect(fold(received(0), none, received(9), none, after).waitingSince).toBe(at(9));
    expect(fold(received(0), none, none, after).waitingSince).toBeNull();
    expect(fold(received(0), after).waitingSince).toBe(at(0));
  });
});

describe('status', () => {
  test('a customer re-opens a solved, pending or held case; a machine does not', () => {
    for (const to of ['solved', 'pending', 'hold'] as const) {
      expect(fold({ type: 'case.statusChanged', to }, received(5)).status).toBe('open');
      expect(fold({ type: 'case.statusChanged', to }, received(5, 'auto-reply')).status).toBe(to);
    }
  });
  test('a customer wakes a snoozed case', () => {
    expect(fold({ type: 'case.snoozed', until: at(500) }, received(5)).snoozedUntil).toBeNull();
  });
});

test('the newest message of a person is known by id, also when two came within one second; machines do not count', () => {
  const second: CaseEventBody = { ...received(1), messageId: makeId('msg', 'second') } as CaseEventBody;
  expect(fold(received(1), second).lastInboundId).toBe('msg_second');
  expect(fold(received(5), received(1)).lastInboundId).toBe('msg_in5');
  expect(fold(received(1), received(5, 'auto-reply')).lastInboundId).toBe('msg_in1');
});

describe('ownership', () => {
  test('the epoch is the place in the log of the event that made the owner', () => {
    const state = fold(received(1), { type: 'case.claimed', agentId: ME }, { type: 'case.assigned', agentId: OTHER });
    expect(state).toMatchObject({ assigneeId: OTHER, epoch: 4 });
  });
});

test('the earliest message names the case, in whatever order the channel gave them', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
      fc.func(fc.integer()),
      (minutes, order) => {
        const shuffled = minutes.map((minute) => received(minute)).sort((a, b) => order(a) - order(b));
        const inOrder = fold(...[...minutes].sort((a, b) => a - b).map((minute) => received(minute)));
        const state = fold(...shuffled);
        const strip = ({ openedAt, lastMessageAt, lastInboundAt, waitingSince, subject, contactId, preview, messageCount }: CaseState) => ({
          openedAt,
          lastMessageAt,
          lastInboundAt,
          waitingSince,
          subject,
          contactId,
          preview,
          messageCount,
        });
        expect(strip(state)).toEqual(strip(inOrder));
      },
    ),
  );
});

test('an event of an unknown kind changes nothing', () => {
  const unknown = { type: 'case.somethingNew', x: 1 } as unknown as CaseEventBody;
  expect(fold(received(1), unknown)).toEqual(fold(received(1)));
});

test('events before the opening do not open a case', () => {
  expect(projectCase(log([received(1)]))).toBeNull();
});

const action: fc.Arbitrary<CaseAction> = fc.oneof(
  fc.constant<CaseAction>({ kind: 'claim' }),
  fc.constant<CaseAction>({ kind: 'release' }),
  fc.constantFrom<CaseAction>({ kind: 'assign', agentId: OTHER }, { kind: 'assign', agentId: null }, { kind: 'assign', agentId: ME }),
  fc.constantFrom('open', 'pending', 'hold', 'solved').map<CaseAction>((to) => ({ kind: 'status', to: to as 'open' })),
  fc.constantFrom('low', 'normal', 'high', 'urgent').map<CaseAction>((to) => ({ kind: 'priority', to: to as 'low' })),
  fc.constantFrom('a', 'b', 'c').map<CaseAction>((label) => ({ kind: 'add-label', label })),
  fc.constantFrom('a', 'b', 'c').map<CaseAction>((label) => ({ kind: 'remove-label', label })),
  fc.integer({ min: 100, max: 200 }).map<CaseAction>((minute) => ({ kind: 'snooze', until: at(minute) })),
  fc.constant<CaseAction>({ kind: 'wake' }),
);

test('an action and its inverse lead back to where the case was', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 8 }), action, (before, last) => {
      let bodies: CaseEventBody[] = [received(1)];
      for (const each of before) bodies = [...bodies, ...decide(fold(...bodies), each, ME).events];
      const start = fold(...bodies);
      const decision = decide(start, last, ME);
      let after = [...bodies, ...decision.events];
      for (const undo of decision.inverse) after = [...after, ...decide(fold(...after), undo, ME).events];
      // Epoch, owner and time of solving move on with every change: who put a case back into the queue answers for it. That is history, not state.
      const { epoch: _e1, solvedAt: _s1, ownerId: _o1, ownedSince: _t1, ...was } = start;
      const { epoch: _e2, solvedAt: _s2, ownerId: _o2, ownedSince: _t2, ...is } = fold(...after);
      expect(is).toEqual(was);
    }),
    { numRuns: 3_000 },
  );
});

test('an action that changes nothing causes no event', () => {
  fc.assert(
    fc.property(action, (each) => {
      const once = decide(fold(received(1)), each, ME);
      const state = fold(received(1), ...once.events);
      // Snoozing again sets another time, which is a change.
      expect(each.kind === 'snooze' ? [] : decide(state, each, ME).events).toEqual([]);
    }),
  );
});
