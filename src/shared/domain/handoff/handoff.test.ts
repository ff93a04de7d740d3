import { describe, expect, test } from 'vitest';
import { agent, assignment, hour, hub, roster } from '../../../../test/coverage/team.ts';
import { accepted, agentId, Desk, handoffId, logged, minute, offered, PACKET } from '../../../../test/handoff/log.ts';
import { makeId } from '../ids.ts';
import type { HubId } from '../ids.ts';
import { Duty } from './duty.ts';
import type { HandoffLogBody, HandoffLogEvent } from './handoff-event.ts';
import { changedSinceRead, leadDecides, outboundHold, pendingAccept } from './handoff.ts';
import type { CaseOwnership, Handoff } from './handoff.ts';
import { foldOwnership } from './ownership-fold.ts';
import { accountableAt, dueSteps, nextStepAt } from './standing.ts';

const mei = new Desk('mei');
const ana = new Desk('ana');
const ben = new Desk('ben');
const lea = new Desk('lea');
const engine = new Desk(null);

const CLAIM = mei.event(minute(0), null, { type: 'case.claimed', agentId: agentId('mei') });
const OFFER = mei.event(minute(10), 1, offered('h', 'mei', 'ana'));
const WITHDRAW: HandoffLogBody = { type: 'handoff.withdrawn', handoffId: handoffId('h') };
const DECLINE: HandoffLogBody = { type: 'handoff.declined', handoffId: handoffId('h'), reason: 'No time' };
const message = (name: string): HandoffLogBody => ({ type: 'case.messageReceived', messageId: makeId('msg', name), auto: 'none' });

function fold(...events: readonly HandoffLogEvent[]): CaseOwnership {
  return foldOwnership(logged(CLAIM, OFFER, ...events));
}
function only(state: CaseOwnership): Handoff {
  const [handoff] = state.confirmed.handoffs;
  if (handoff === undefined) throw new Error('nothing was offered');
  return handoff;
}
function outcome(state: CaseOwnership, event: HandoffLogEvent): string {
  const found = state.confirmed.outcomes.get(event.id);
  return found?.kind === 'void' ? found.reason : (found?.kind ?? 'unknown');
}
/** Who owns it, and what has become of the handoff. */
function short(state: CaseOwnership): string {
  return `${state.confirmed.ownerId?.slice(4) ?? 'nobody'} ${String(state.confirmed.epoch)} ${only(state).state}`;
}

describe('ownership', () => {
  test('is not moved by an offer, but by the accept that the log has confirmed', () => {
    expect(short(fold())).toBe('mei 1 offered');
    const accept = ana.event(minute(20), 1, accepted('h'));
    const waiting = foldOwnership([...logged(CLAIM, OFFER), accept]);
    expect(short(waiting)).toBe('mei 1 offered');
    expect(pendingAccept(waiting)).toEqual({ agentId: agentId('ana'), handoffId: handoffId('h') });
    expect(waiting.expected.ownerId).toBe(agentId('ana'));
    expect(short(fold(accept))).toBe('ana 3 accepted');
    expect(pendingAccept(fold(accept))).toBeNull();
  });

  test('keeps what was written on another one from going out', () => {
    const accept = ana.event(minute(20), 1, accepted('h'));
    const state = fold(accept);
    expect(outboundHold(state, { authorId: agentId('mei'), epoch: 1 })).toBe('stale-epoch');
    expect(outboundHold(state, { authorId: agentId('ana'), epoch: 3 })).toBeNull();
    const waiting = foldOwnership([...logged(CLAIM, OFFER), accept]);
    expect(outboundHold(waiting, { authorId: agentId('ana'), epoch: 1 })).toBe('accept-pending');
    expect(outboundHold(waiting, { authorId: agentId('mei'), epoch: 1 })).toBeNull();
  });

  test('stays with who put the case back until somebody claims it', () => {
    const release = mei.event(minute(20), 1, { type: 'case.released' });
    const back = fold(release);
    expect(back.confirmed).toMatchObject({ ownerId: agentId('mei'), isInQueue: true, epoch: 3 });
    expect(only(back).state).toBe('superseded');
    const claim = ben.event(minute(30), 3, { type: 'case.claimed', agentId: agentId('ben') });
    expect(fold(release, claim).confirmed).toMatchObject({ ownerId: agentId('ben'), isInQueue: false });
  });

  test('that has gone another way leaves what was declined before as it was, whatever the customer writes', () => {
    const decline = ana.event(minute(12), 1, DECLINE);
    const claim = ben.event(minute(15), 1, { type: 'case.claimed', agentId: agentId('ben') });
    const [first, second] = [mei.event(minute(13), 1, message('first')), mei.event(minute(20), 1, message('second'))];
    expect(only(fold(decline, first, claim, second)).messagesSince).toEqual([makeId('msg', 'first')]);
  });

  test('of two claims goes to the first in the log', () => {
    const second = ben.event(minute(11), 0, { type: 'case.claimed', agentId: agentId('ben') });
    const state = fold(second);
    expect(short(state)).toBe('mei 1 offered');
    expect(outcome(state, second)).toBe('stale-epoch');
  });

  test('goes where a lead says, whatever the others answer', () => {
    const force = lea.event(minute(15), 1, { type: 'case.assigned', agentId: agentId('ben'), isForced: true });
    const accept = ana.event(minute(14), 1, accepted('h'));
    expect(short(fold(force, accept))).toBe('ben 3 superseded');
    expect(outcome(fold(force, accept), accept)).toBe('closed');
    expect(short(fold(accept, force))).toBe('ben 4 superseded');
  });

  test('of two leads who did not know of each other is with the first by clock, or with who had seen more', () => {
    const first = lea.event(minute(12), 1, { type: 'case.assigned', agentId: agentId('ben'), isForced: true });
    const second = ben.event(minute(15), 1, { type: 'case.assigned', agentId: agentId('ana'), isForced: true });
    expect(fold(first, second).confirmed.ownerId).toBe(agentId('ben'));
    expect(fold(second, first).confirmed.ownerId).toBe(agentId('ben'));
    expect(outcome(fold(second, first), second)).toBe('overruled');
    const knowing = ben.event(minute(16), 3, { type: 'case.assigned', agentId: agentId('ana'), isForced: true });
    expect(fold(first, knowing).confirmed.ownerId).toBe(agentId('ana'));
  });

  test('ignores what a newer Meridian wrote, and repetitions', () => {
    const newer = { ...mei.event(minute(12), 1, WITHDRAW), body: { type: 'handoff.blessed', handoffId: handoffId('h') } };
    expect(short(fold(newer as unknown as HandoffLogEvent))).toBe('mei 1 offered');
    const accept = ana.event(minute(20), 1, accepted('h'));
    expect(short(foldOwnership([...logged(CLAIM, OFFER, accept, accept), accept]))).toBe('ana 3 accepted');
  });
});

describe('two accepts', () => {
  const named = ana.event(minute(25), 1, accepted('h', { isOnShift: false }));
  const other = ben.event(minute(20), 1, accepted('h'));

  test('are won by whom the offer named, in either order of the log', () => {
    expect(short(fold(named, other))).toBe('ana 3 accepted');
    expect(short(fold(other, named))).toBe('ana 4 accepted');
    expect(fold(other, named).confirmed.outcomes.get(other.id)).toEqual({ kind: 'void', reason: 'overruled', to: named.id });
  });

  test('else by who was on shift, else by the log', () => {
    const queue = mei.event(minute(10), 1, offered('h', 'mei', 'ana', { to: { kind: 'queue' } }));
    const folded = (...events: readonly HandoffLogEvent[]): string => short(foldOwnership(logged(CLAIM, queue, ...events)));
    expect(folded(named, other)).toBe('ben 4 accepted');
    expect(folded(other, named)).toBe('ben 3 accepted');
    const alike = ana.event(minute(15), 1, accepted('h'));
    expect(folded(other, alike)).toBe('ben 3 accepted');
    expect(folded(alike, other)).toBe('ana 3 accepted');
  });

  test('count a member of the hub that it was offered to as named', () => {
    const lisbon: HubId = makeId('hub', 'lisbon');
    const toHub = mei.event(minute(10), 1, offered('h', 'mei', 'ana', { to: { kind: 'hub', hubId: lisbon } }));
    const member = ana.event(minute(25), 1, accepted('h', { isOnShift: false, hubId: lisbon }));
    expect(short(foldOwnership(logged(CLAIM, toHub, other, member)))).toBe('ana 4 accepted');
  });

  test('end with the first action, and with any other change of the owner', () => {
    const settle = ben.event(minute(21), 3, { type: 'handoff.settled', handoffId: handoffId('h'), how: 'action' });
    expect(short(fold(other, settle, named))).toBe('ben 3 settled');
    expect(outcome(fold(other, settle, named), named)).toBe('closed');
  });

  test('show when both replied to the customer', () => {
    const reply = (desk: Desk, name: string, epoch: number): HandoffLogEvent =>
      desk.event(minute(30), epoch, { type: 'case.replySent', messageId: makeId('msg', name) });
    const both = fold(other, named, reply(ben, 'b', 3), reply(ana, 'a', 4)).confirmed;
    expect(both.doubleReplies.map((each) => each.authors)).toEqual([[agentId('ben'), agentId('ana')]]);
    const inTurn = fold(reply(mei, 'm', 1), named, reply(ana, 'a', 4)).confirmed;
    expect(inTurn.doubleReplies).toEqual([]);
    const between = fold(other, named, reply(ben, 'b', 3), engine.event(minute(40), null, message('in')), reply(ana, 'a', 4));
    expect(between.confirmed.doubleReplies).toEqual([]);
  });
});

describe('other answers', () => {
  test('an accept beats a withdrawal when it was made before it and in time', () => {
    const accept = ana.event(minute(20), 1, accepted('h'));
    const later = mei.event(minute(21), 1, WITHDRAW);
    expect(short(fold(accept, later))).toBe('ana 3 accepted');
    expect(short(fold(later, accept))).toBe('ana 4 accepted');
    expect(outcome(fold(later, accept), later)).toBe('overruled');
    const earlier = new Desk('mei', '-2').event(minute(19), 1, WITHDRAW);
    expect(short(fold(earlier, accept))).toBe('mei 1 withdrawn');
    expect(short(fold(accept, earlier))).toBe('mei 4 withdrawn');
    expect(outcome(fold(accept, earlier), accept)).toBe('overruled');
  });

  test('a withdrawal by who knows of the accept comes too late', () => {
    const accept = ana.event(minute(20), 1, accepted('h'));
    const knowing = mei.event(minute(30), 3, WITHDRAW);
    expect(short(fold(accept, knowing))).toBe('ana 3 accepted');
    expect(outcome(fold(accept, knowing), knowing)).toBe('stale-epoch');
  });

  test('of one person on two devices the later one counts', () => {
    const accept = ana.event(minute(20), 1, accepted('h'));
    const phone = new Desk('ana', '-2');
    const after = phone.event(minute(21), 1, DECLINE);
    expect(short(fold(accept, after))).toBe('mei 4 declined');
    expect(short(fold(after, accept))).toBe('mei 1 declined');
    const before = new Desk('ana', '-3').event(minute(19), 1, DECLINE);
    expect(short(fold(accept, before))).toBe('ana 3 accepted');
    expect(short(fold(before, accept))).toBe('ana 4 accepted');
    expect(outcome(fold(before, accept), before)).toBe('changed-mind');
  });

  test('only who was asked can decline for all', () => {
    const refused = ben.event(minute(20), 1, DECLINE);
    expect(outcome(fold(refused), refused)).toBe('not-recipient');
    const queue = mei.event(minute(10), 1, offered('h', 'mei', 'ana', { to: { kind: 'queue' } }));
    const member = ben.event(minute(20), 1, DECLINE);
    const state = foldOwnership(logged(CLAIM, queue, member));
    expect(short(state)).toBe('mei 1 offered');
    expect(only(state).declines).toMatchObject([{ agentId: agentId('ben'), reason: 'No time' }]);
  });

  test('an accept after the expiry counts while nobody else owns the case', () => {
    const expired = engine.event(minute(60), 1, { type: 'handoff.expired', handoffId: handoffId('h') });
    const late = ana.event(minute(61), 1, accepted('h'));
    expect(short(fold(expired, late))).toBe('ana 4 accepted');
    expect(only(fold(expired, late)).acceptance?.isLate).toBe(true);
    const escalated = engine.event(minute(60), 1, {
      type: 'handoff.escalated',
      handoffId: handoffId('h'),
      toId: agentId('lea'),
      reason: 'expired',
    });
    expect(short(fold(expired, escalated, late))).toBe('lea 4 escalated');
    expect(outcome(fold(expired, escalated, late), late)).toBe('closed');
  });

  test('nothing expires or escalates before its time', () => {
    const early = engine.event(minute(59), 1, { type: 'handoff.expired', handoffId: handoffId('h') });
    expect(outcome(fold(early), early)).toBe('too-early');
    const step = { type: 'handoff.escalated', handoffId: handoffId('h'), toId: agentId('lea') } as const;
    const gone = engine.event(minute(59), 1, { ...step, reason: 'sender-off-shift' });
    expect(outcome(fold(gone), gone)).toBe('too-early');
    const bounced = engine.event(minute(59), 1, { ...step, reason: 'bounces' });
    expect(outcome(fold(bounced), bounced)).toBe('too-early');
  });
});

describe('a packet that was edited', () => {
  const edited = mei.event(minute(15), 1, {
    type: 'handoff.packetEdited',
    handoffId: handoffId('h'),
    version: 2,
    packet: { ...PACKET, severity: 'critical' },
    expiresAt: minute(30),
  });

  test('is another version, and is due no later', () => {
    const handoff = only(fold(edited));
    expect(handoff.versions.map((each) => each.version)).toEqual([1, 2]);
    expect(handoff.expiresAt).toBe(minute(30));
    const again = mei.event(minute(16), 1, { ...edited.body, expiresAt: minute(90) } as HandoffLogBody);
    expect(outcome(fold(edited, again), again)).toBe('unknown-version');
  });

  test('tells who read the former one that it has changed, even when they accepted meanwhile', () => {
    const accept = ana.event(minute(16), 1, accepted('h'));
    for (const state of [fold(edited, accept), fold(accept, edited)]) {
      const handoff = only(state);
      expect(handoff.state).toBe('accepted');
      if (handoff.acceptance === null) throw new Error('nobody accepted');
      expect(changedSinceRead(handoff, handoff.acceptance)).toEqual({ isEdited: true, newMessages: [], isReadBackDue: true });
    }
    const readBack = { firstAction: 'Ask the bank', nextPromise: null, contingency: 'Call', question: null };
    const read = ana.event(minute(17), 4, { type: 'handoff.readBack', handoffId: handoffId('h'), packetVersion: 2, readBack });
    const after = only(fold(edited, accept, read));
    if (after.acceptance === null) throw new Error('nobody accepted');
    expect(changedSinceRead(after, after.acceptance).isReadBackDue).toBe(false);
  });

  test('can not be accepted in a version that was never offered', () => {
    const accept = ana.event(minute(16), 1, accepted('h', { packetVersion: 2 }));
    expect(outcome(fold(accept), accept)).toBe('unknown-version');
  });

  test('tells what the customer wrote meanwhile', () => {
    const [one, two] = [engine.event(minute(12), null, message('one')), engine.event(minute(13), null, message('two'))];
    const handoff = only(fold(one, two));
    const read = { packetVersion: 1, lastInboundId: makeId('msg', 'one') };
    expect(changedSinceRead(handoff, read)).toEqual({ isEdited: false, newMessages: [makeId('msg', 'two')], isReadBackDue: false });
    expect(changedSinceRead(handoff, { ...read, lastInboundId: null }).newMessages).toHaveLength(2);
  });
});

describe('questions', () => {
  test('are asked and answered while the clock runs', () => {
    const ask = ana.event(minute(12), 1, { type: 'handoff.asked', handoffId: handoffId('h'), text: 'Which bank?' });
    const answer = mei.event(minute(14), 1, {
      type: 'handoff.answered',
      handoffId: handoffId('h'),
      questionId: ask.id,
      text: 'The old one',
    });
    const handoff = only(fold(ask, answer));
    expect(handoff).toMatchObject({ state: 'offered', expiresAt: minute(60) });
    expect(handoff.questions).toMatchObject([{ askedBy: agentId('ana'), text: 'Which bank?', answer: { text: 'The old one' } }]);
  });
});

describe('the way to a lead', () => {
  const home = hub('home', 'UTC');
  const people = {
    mei: agent('mei', { hubId: home.hubId }),
    ana: agent('ana'),
    lea: agent('lea', { tiers: ['lead'] }),
    kim: agent('kim', { tiers: ['lead'], hubId: home.hubId }),
  };
  const team = roster({ hubs: [home], agents: Object.values(people) });
  const duty = new Duty(team, [
    assignment(people.mei, -7, 0.5),
    assignment(people.ana, 0, 8),
    assignment(people.lea, -2, 6),
    assignment(people.kim, 4, 12),
  ]);

  test('begins when the offer expires, or when the sender has gone', () => {
    const gone = foldOwnership(logged(CLAIM, mei.event(minute(10), 1, offered('h', 'mei', 'ana', { senderOffAt: minute(30) })))).confirmed;
    expect(accountableAt(gone, minute(29), duty)).toEqual({ agentId: agentId('mei'), insteadOfOwner: null });
    expect(accountableAt(gone, minute(30), duty)).toEqual({ agentId: agentId('lea'), insteadOfOwner: 'sender-off-shift' });
    expect(dueSteps(gone, minute(29), duty)).toEqual([]);
    expect(nextStepAt(gone, minute(29), duty)).toBe(minute(30));
    expect(dueSteps(gone, minute(60), duty).map((each) => each.type)).toEqual(['handoff.expired', 'handoff.escalated']);
  });

  test('leads to one of the hub, and to the next who comes when nobody is there', () => {
    expect(duty.leadFor(agentId('mei'), hour(5))).toBe(agentId('kim'));
    expect(duty.leadFor(agentId('ana'), hour(5))).toBe(agentId('kim'));
    expect(duty.leadFor(agentId('mei'), hour(3))).toBe(agentId('lea'));
    expect(duty.leadFor(agentId('mei'), hour(-5))).toBeNull();
    expect(duty.leadFor(agentId('ana'), hour(-5))).toBe(agentId('lea'));
    expect(duty.leadFor(agentId('mei'), hour(20))).toBeNull();
  });

  test('is taken after two bounces', () => {
    const refuse = (name: string, desk: Desk, at: number): HandoffLogEvent =>
      desk.event(minute(at), 1, { type: 'handoff.declined', handoffId: handoffId(name), reason: '' });
    const second = mei.event(minute(13), 1, offered('h2', 'mei', 'ben'));
    const third = mei.event(minute(15), 1, offered('h3', 'mei', 'ana'));
    const state = fold(refuse('h', ana, 12), second, refuse('h2', ben, 14), third);
    expect(state.confirmed.bounces).toBe(2);
    expect(outcome(state, third)).toBe('goes-to-lead');
    expect(accountableAt(state.confirmed, minute(16), duty)).toEqual({ agentId: agentId('lea'), insteadOfOwner: 'bounces' });
    const [step] = dueSteps(state.confirmed, minute(16), duty);
    if (step === undefined) throw new Error('no step');
    const led = fold(refuse('h', ana, 12), second, refuse('h2', ben, 14), engine.event(minute(16), 1, step)).confirmed;
    expect(led).toMatchObject({ ownerId: agentId('lea'), epoch: 6, bounces: 0 });
  });

  test('is taken after a lap of all hubs, but not when somebody worked on it', () => {
    const [one, two]: HubId[] = [makeId('hub', 'one'), makeId('hub', 'two')];
    if (one === undefined || two === undefined) throw new Error('no hubs');
    const teamHubs = [one, two];
    const first = mei.event(minute(10), 1, offered('h', 'mei', 'ana', { fromHubId: one, teamHubs }));
    const accept = ana.event(minute(20), 1, accepted('h', { hubId: two }));
    const onward = ana.event(minute(50), 3, offered('h2', 'ana', 'ben', { fromHubId: two, teamHubs }));
    const lap = foldOwnership(logged(CLAIM, first, accept, onward));
    expect(outcome(lap, onward)).toBe('goes-to-lead');
    expect(leadDecides(lap.confirmed, teamHubs)).toBe('lap');
    const worked = ana.event(minute(30), 3, { type: 'handoff.settled', handoffId: handoffId('h'), how: 'action' });
    expect(outcome(foldOwnership(logged(CLAIM, first, accept, worked, onward)), onward)).toBe('applied');
    const answer = { type: 'case.replySent', messageId: makeId('msg', 'answer') } as const;
    const answered = ana.event(minute(30), 3, answer);
    expect(outcome(foldOwnership(logged(CLAIM, first, accept, answered, onward)), onward)).toBe('applied');
    // who had it before and did not know that it has gone has not worked on it
    const stray = mei.event(minute(30), 1, answer);
    expect(outcome(foldOwnership(logged(CLAIM, first, accept, stray, onward)), onward)).toBe('goes-to-lead');
    const waited = ana.event(minute(50), 3, { type: 'handoff.settled', handoffId: handoffId('h'), how: 'time' });
    expect(outcome(foldOwnership(logged(CLAIM, first, accept, waited, onward)), onward)).toBe('goes-to-lead');
  });

  test('that came back is over when its owner answers the customer', () => {
    const refusal = ana.event(minute(12), 1, { type: 'handoff.declined', handoffId: handoffId('h'), reason: 'No time' });
    const answer = mei.event(minute(14), 1, { type: 'case.replySent', messageId: makeId('msg', 'answer') });
    expect(accountableAt(fold(refusal).confirmed, hour(9), duty)?.insteadOfOwner).toBe('sender-off-shift');
    const kept = fold(refusal, answer).confirmed;
    expect(kept).toMatchObject({ ownerId: agentId('mei'), currentId: null, bounces: 1 });
    expect(accountableAt(kept, hour(9), duty)).toEqual({ agentId: agentId('mei'), insteadOfOwner: null });
  });

  test('is not gone when the case comes back once: its receiver keeps it until somebody takes it', () => {
    const accept = ana.event(minute(20), 1, accepted('h'));
    const back = ana.event(minute(25), 3, { type: 'handoff.returned', handoffId: handoffId('h'), reason: 'Wrong language' });
    const state = fold(accept, back).confirmed;
    expect(state).toMatchObject({ ownerId: agentId('ana'), epoch: 3, bounces: 1 });
    expect(accountableAt(state, hour(1), duty)?.agentId).toBe(agentId('ana'));
    expect(accountableAt(state, hour(9), duty)).toEqual({ agentId: agentId('kim'), insteadOfOwner: 'sender-off-shift' });
  });

  test('is not taken by who has had the case for half an hour on shift', () => {
    const accept = ana.event(minute(20), 1, accepted('h'));
    const state = fold(accept).confirmed;
    expect(dueSteps(state, minute(49), duty)).toEqual([]);
    expect(nextStepAt(state, minute(49), duty)).toBe(minute(50));
    const [step] = dueSteps(state, minute(50), duty);
    expect(step).toEqual({ type: 'handoff.settled', handoffId: handoffId('h'), how: 'time' });
  });
});

describe('an offer whose sender has gone', () => {
  const off = mei.event(minute(10), 1, offered('h', 'mei', 'ana', { senderOffAt: minute(30), expiresAt: minute(45) }));
  const taken = engine.event(minute(30), 1, {
    type: 'handoff.escalated',
    handoffId: handoffId('h'),
    toId: agentId('lea'),
    reason: 'sender-off-shift',
  });

  test('that was a lead’s own leaves the ownership as it is, so that what they have written is not held', () => {
    const claim = lea.event(minute(0), null, { type: 'case.claimed', agentId: agentId('lea') });
    const own = lea.event(minute(10), 1, offered('h', 'lea', 'ana', { senderOffAt: null, expiresAt: minute(45) }));
    const expired = engine.event(minute(45), 1, { type: 'handoff.expired', handoffId: handoffId('h') });
    const back = engine.event(minute(45), 1, {
      type: 'handoff.escalated',
      handoffId: handoffId('h'),
      toId: agentId('lea'),
      reason: 'expired',
    });
    const state = foldOwnership(logged(claim, own, expired, back));
    expect(short(state)).toBe('lea 1 escalated');
    expect(outboundHold(state, { authorId: agentId('lea'), epoch: 1 })).toBeNull();
  });

  test('stands, and a lead owns the case meanwhile', () => {
    const state = foldOwnership(logged(CLAIM, off, taken));
    expect(short(state)).toBe('lea 3 offered');
    expect(only(state).holderId).toBe(agentId('lea'));
    for (const epoch of [1, 3]) {
      const accept = ana.event(minute(40), epoch, accepted('h'));
      expect(short(foldOwnership(logged(CLAIM, off, taken, accept)))).toBe('ana 4 accepted');
    }
  });

  test('goes back to the lead and not to who has gone', () => {
    const accept = ana.event(minute(40), 3, accepted('h'));
    const declined = new Desk('ana', '-2').event(minute(41), 3, DECLINE);
    expect(short(foldOwnership(logged(CLAIM, off, taken, accept, declined)))).toBe('lea 5 declined');
    const withdrawn = lea.event(minute(35), 3, WITHDRAW);
    expect(short(foldOwnership(logged(CLAIM, off, taken, withdrawn)))).toBe('lea 3 withdrawn');
  });
});
