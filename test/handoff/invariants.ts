import { isNamed } from '../../src/shared/domain/handoff/contest.ts';
import type { HandoffLogEvent } from '../../src/shared/domain/handoff/handoff-event.ts';
import { changedSinceRead } from '../../src/shared/domain/handoff/handoff.ts';
import type { Handoff, Outcome, Ownership } from '../../src/shared/domain/handoff/handoff.ts';
import { DEFAULT_HANDOFF_RULES } from '../../src/shared/domain/handoff/offer.ts';
import { accountableAt } from '../../src/shared/domain/handoff/standing.ts';
import type { AgentId } from '../../src/shared/domain/ids.ts';
import { MINUTE_MS } from '../../src/shared/domain/time.ts';
import { hour } from '../coverage/team.ts';
import { agentId } from './log.ts';
import { hubOf, PEOPLE, TEAM_HUBS } from './acts.ts';
import type { Desk } from './acts.ts';
import type { OfferMade, World } from './world.ts';

/**
 * The rules of handoffs, each checked by its own short way of looking at the log and the plan. They return what is wrong,
 * in words; nothing when all is well.
 */

const rules = DEFAULT_HANDOFF_RULES;
const MOVERS = ['case.claimed', 'case.released', 'case.assigned', 'handoff.accepted', 'handoff.escalated'];

function isOn(world: World, id: AgentId, at: number): boolean {
  const person = PEOPLE.find((name) => agentId(name) === id);
  return person !== undefined && world.hours[person].some(({ from, length }) => hour(from) <= at && at < hour(from + length));
}

function outcomeAt(state: Ownership, event: HandoffLogEvent): string {
  const outcome: Outcome | undefined = state.outcomes.get(event.id);
  return outcome?.kind === 'void' ? outcome.reason : (outcome?.kind ?? 'none');
}

/** All of the log's steps: what each event did to the state before it. */
export function logProblems(world: World): string[] {
  return world.log.flatMap((event, index) => {
    const before = world.states[index];
    const after = world.states[index + 1];
    if (before === undefined || after === undefined) return ['a state is missing'];
    return [
      ...ownerProblems(event, before, after),
      ...bounceProblems(event, before, after, world.log.slice(0, index), world.states),
      ...versionProblems(event, after, world.log.slice(0, index)),
      ...contestProblems(event, after, world.log.slice(0, index + 1)),
    ].map((problem) => `${String(index + 1)} ${event.body.type}: ${problem}`);
  });
}

/** 1: exactly one owner; an offer never moves ownership, a confirmed accept does. */
function ownerProblems(event: HandoffLogEvent, before: Ownership, after: Ownership): string[] {
  const problems: string[] = [];
  const { type } = event.body;
  if (before.ownerId !== null && after.ownerId === null) problems.push('1: nobody owns it any more');
  if (after.epoch < before.epoch) problems.push('1: the epoch went back');
  if (after.ownerId !== before.ownerId && after.epoch === before.epoch) problems.push('1: the owner changed without an epoch');
  if (after.epoch !== before.epoch) {
    if (after.epoch !== event.sequence) problems.push('1: the epoch is not the sequence');
    // another answer takes an accept back, and then it is a change of hands as well
    const undoes =
      (type === 'handoff.withdrawn' || type === 'handoff.declined') && before.handoffs.some((each) => each.state === 'accepted');
    if (!MOVERS.includes(type) && !undoes) problems.push('1: ownership was moved');
  }
  if (type === 'handoff.accepted' && outcomeAt(after, event) === 'applied' && after.ownerId !== event.author) {
    problems.push('1: an accept that counts did not move ownership');
  }
  const open = after.handoffs.filter((each) => each.state === 'offered' || each.state === 'expired');
  if (open.length > 1) problems.push('1: it is offered twice');
  return problems;
}

/** 5: after two bounces, or one lap of all hubs, nobody but a lead gets it. */
function bounceProblems(
  event: HandoffLogEvent,
  before: Ownership,
  after: Ownership,
  log: readonly HandoffLogEvent[],
  states: readonly Ownership[],
): string[] {
  if (event.body.type !== 'handoff.offered' || outcomeAt(after, event) !== 'applied') return [];
  // what ended the last run: a lead decided, or somebody worked on it
  const start = log.findLastIndex((each, index) => {
    const { body } = each;
    const state = states[index + 1];
    if (state === undefined || outcomeAt(state, each) !== 'applied') return false;
    if (body.type === 'case.assigned') return body.isForced === true;
    if (body.type === 'handoff.settled') return body.how === 'action';
    if (body.type !== 'handoff.escalated') return false;
    return state.handoffs.find((one) => one.handoffId === body.handoffId)?.state !== 'offered';
  });
  const since = new Set(log.slice(start + 1).map((each) => each.id));
  const run = before.handoffs.filter((each) => since.has(each.eventId));
  const problems: string[] = [];
  if (run.filter((each) => each.state === 'declined' || each.state === 'returned').length >= 2)
    problems.push('5: offered after two bounces');
  // of a lap: its owner has answered the customer since
  const answered = log.findLastIndex((each, index) => {
    const owned = states[index];
    if (each.body.type !== 'case.replySent' || owned === undefined || each.author === null) return false;
    return each.author === owned.ownerId && (each.epoch === null || each.epoch === owned.epoch);
  });
  const sinceAnswer = new Set(log.slice(answered + 1).map((each) => each.id));
  const had = run
    .filter((each) => sinceAnswer.has(each.eventId))
    .filter((each) => each.acceptance !== null && each.state !== 'returned')
    .flatMap((each) => [hubOf(each.fromId), hubOf(each.acceptance?.agentId ?? each.fromId)]);
  if (TEAM_HUBS.every((hub) => had.includes(hub))) problems.push('5: offered after a lap of all hubs');
  return problems;
}

/** 6: versions count up; an accept names one that was offered; what changed since is marked. */
function versionProblems(event: HandoffLogEvent, after: Ownership, log: readonly HandoffLogEvent[]): string[] {
  const { body } = event;
  const problems: string[] = [];
  for (const handoff of after.handoffs) {
    if (handoff.versions.some((each, index) => each.version !== index + 1)) problems.push('6: versions do not count up');
  }
  if (body.type !== 'handoff.accepted' || outcomeAt(after, event) !== 'applied') return problems;
  const handoff = after.handoffs.find((each) => each.handoffId === body.handoffId);
  if (handoff?.acceptance?.eventId !== event.id) return [...problems, '6: the accept is not the one that counts'];
  const edits = log.filter(
    (each) => each.body.type === 'handoff.packetEdited' && each.body.handoffId === body.handoffId && outcomeAt(after, each) === 'applied',
  );
  if (body.packetVersion < 1 || body.packetVersion > edits.length + 1) problems.push('6: an unknown version was accepted');
  const changed = changedSinceRead(handoff, handoff.acceptance);
  if (changed.isEdited !== edits.length + 1 > body.packetVersion) problems.push('6: an edit was not marked');
  const begin = log.findIndex((each) => each.id === handoff.eventId);
  const wrote = log.slice(begin).flatMap((each) => (each.body.type === 'case.messageReceived' ? [each.body.messageId] : []));
  const unread = wrote.slice(body.lastInboundId === null ? 0 : wrote.indexOf(body.lastInboundId) + 1);
  if (changed.newMessages.join() !== unread.join()) problems.push('6: a message of the customer was not marked');
  const last = edits.at(-1)?.body;
  if (last?.type === 'handoff.packetEdited' && last.packet.severity === 'critical' && body.packetVersion === 1 && !changed.isReadBackDue) {
    problems.push('6: a new severity needs no read-back');
  }
  return problems;
}

/** 7: of several accepts the named recipient's counts, else who was on shift, else the log's order; the others are told. */
function contestProblems(event: HandoffLogEvent, after: Ownership, log: readonly HandoffLogEvent[]): string[] {
  const { body } = event;
  if (body.type !== 'handoff.accepted' && body.type !== 'handoff.declined' && body.type !== 'handoff.withdrawn') return [];
  const handoff = after.handoffs.find((each) => each.handoffId === body.handoffId);
  if (handoff === undefined || (handoff.state !== 'accepted' && handoff.state !== 'withdrawn')) return [];
  const accepts = log.flatMap((each) => {
    if (each.body.type !== 'handoff.accepted' || each.body.handoffId !== body.handoffId || each.author === null) return [];
    return [{ ...each, accept: each.body, author: each.author, said: outcomeAt(after, each) }];
  });
  const withdrawal = log.find(
    (each) =>
      each.body.type === 'handoff.withdrawn' &&
      each.body.handoffId === body.handoffId &&
      ['applied', 'overruled'].includes(outcomeAt(after, each)),
  );
  const rank = (one: (typeof accepts)[number]): number =>
    (isNamed(handoff.to, { agentId: one.author, hubId: one.accept.hubId }) ? 2_000_000 : 0) +
    (one.accept.isOnShift ? 1_000_000 : 0) -
    (one.sequence ?? 0);
  const inTime = accepts.filter(
    (each) =>
      (each.said === 'applied' || each.said === 'overruled') &&
      (withdrawal === undefined || (each.hlc < withdrawal.hlc && each.at <= handoff.expiresAt)),
  );
  if (handoff.state === 'withdrawn') return inTime.length === 0 ? [] : ['7: an accept came before the withdrawal'];
  const best = inTime.reduce<(typeof accepts)[number] | null>(
    (found, each) => (found === null || rank(each) > rank(found) ? each : found),
    null,
  );
  const problems: string[] = [];
  if (best?.id !== handoff.acceptance?.eventId) problems.push('7: another accept should count');
  if (best !== null && after.ownerId !== best.author) problems.push('7: the winner does not own it');
  for (const each of accepts) {
    const outcome = after.outcomes.get(each.id);
    if (each.id !== best?.id && (outcome === undefined || outcome.kind !== 'void')) problems.push('7: who lost is not told');
  }
  return problems;
}

/** 2 and 3: how long offers stand, and to whom they are not made. */
export function offerProblems(world: World): string[] {
  return world.offers.flatMap((offer) => {
    const { result } = offer;
    if ('refusal' in result) return refusalProblems(world, offer, result.refusal);
    const expected = expiryByHand(world, offer);
    const problems: string[] = [];
    if (result.expiry.expiresAt !== expected) problems.push('2: the expiry is not the earliest of the three');
    if (result.expiry.warnAt * 2 !== offer.at + expected && Math.abs(result.expiry.warnAt * 2 - offer.at - expected) > 1)
      problems.push('2: the warning is not at half');
    if (world.duty.hasPlan && !meant(offer).some((id) => isOnWithin(world, id, offer.at, expected)))
      problems.push('3: offered to somebody who is not on shift');
    return problems;
  });
}

function refusalProblems(
  world: World,
  offer: OfferMade,
  refusal: Extract<OfferMade['result'], { readonly refusal: unknown }>['refusal'],
): string[] {
  if (refusal.kind !== 'not-on-shift') return [];
  const expiresAt = expiryByHand(world, offer);
  const problems: string[] = [];
  if (meant(offer).some((id) => isOnWithin(world, id, offer.at, expiresAt))) problems.push('3: refused though they are on shift');
  const { next } = refusal;
  if (next !== null && (next.agentId === offer.fromId || next.from >= expiresAt || !isOn(world, next.agentId, next.from))) {
    problems.push('3: who is next is not feasible');
  }
  const anybody = PEOPLE.map(agentId).some((id) => id !== offer.fromId && canTake(world, id, offer.at, expiresAt));
  if (next === null && anybody) problems.push('3: there is somebody who could take it');
  return problems;
}

/** Whether somebody could begin before it expires and work for as long as it takes. */
function canTake(world: World, id: AgentId, from: number, expiresAt: number): boolean {
  for (let at = from; at < expiresAt; at += MINUTE_MS) {
    if (isOn(world, id, at) && isOnAll(world, id, at, at + rules.effortMs + rules.wrapUpMs)) return true;
  }
  return false;
}

function isOnAll(world: World, id: AgentId, from: number, to: number): boolean {
  for (let at = from; at < to; at += MINUTE_MS) if (!isOn(world, id, at)) return false;
  return true;
}

function isOnWithin(world: World, id: AgentId, from: number, to: number): boolean {
  for (let at = from; at < to; at += MINUTE_MS) if (isOn(world, id, at)) return true;
  return false;
}

function meant({ to, fromId }: OfferMade): readonly AgentId[] {
  const all = PEOPLE.map(agentId).filter((each) => each !== fromId);
  if (to.kind === 'agent') return [to.agentId];
  return to.kind === 'hub' ? all.filter((each) => hubOf(each) === to.hubId) : all;
}

function expiryByHand(world: World, { at, fromId, packet, slaDueAt }: OfferMade): number {
  const ends = PEOPLE.filter((name) => agentId(name) === fromId).flatMap((name) => joined(world.hours[name]));
  const turn = ends.find((each) => each.from <= at && at < each.to) ?? ends.findLast((each) => each.to <= at);
  const limits = [
    ...(turn === undefined ? [] : [turn.to + rules.graceMs]),
    ...packet.promises.map((each) => each.dueAt - rules.preparationMs),
    ...(slaDueAt === null ? [] : [slaDueAt - rules.effortMs]),
  ];
  return limits.length === 0 ? at + rules.longestMs : Math.min(...limits);
}

function joined(hours: readonly { readonly from: number; readonly length: number }[]): { readonly from: number; readonly to: number }[] {
  const turns: { from: number; to: number }[] = [];
  for (const { from, length } of [...hours].sort((a, b) => a.from - b.from)) {
    const last = turns.at(-1);
    if (last !== undefined && hour(from) <= last.to) last.to = Math.max(last.to, hour(from + length));
    else turns.push({ from: hour(from), to: hour(from + length) });
  }
  return turns;
}

/** 1 and 4, at this moment: somebody answers for the case; when its sender has gone, a lead who is there. */
export function momentProblems(world: World, state: Ownership): string[] {
  const accountable = accountableAt(state, world.now, world.duty);
  if (state.ownerId === null) return accountable === null ? [] : ['1: somebody answers for what nobody owns'];
  if (accountable === null) return ['4: nobody answers for it'];
  const open = state.handoffs.find((each) => each.state === 'offered' || each.state === 'expired');
  if (open === undefined || !isLeft(world, state, open)) return [];
  return isOn(world, agentId('lea'), world.now) && accountable.agentId !== agentId('lea') ? ['4: the lead on shift does not own it'] : [];
}

/** The offer is open and its sender is off shift, or it has expired. */
function isLeft(world: World, state: Ownership, open: Handoff): boolean {
  if (state.ownerId === null) return false;
  const isWaited = state.ownerId === open.fromId && open.senderOffAt !== null && world.now < open.senderOffAt;
  return world.now >= open.expiresAt || (!isWaited && !isOn(world, state.ownerId, world.now));
}

/** 1 and 7: what a workstation says is confirmed is what the log says up to where it has seen it, whatever it has pending. */
export function viewProblems(world: World, desk: Desk): string[] {
  const { confirmed } = world.view(desk);
  const logged = world.states[world.seen(desk)];
  const isSame = confirmed.ownerId === logged?.ownerId && confirmed.epoch === logged.epoch;
  return isSame && summary(confirmed) === summary(logged) ? [] : ['1: a pending event counts as confirmed'];
}

function summary(state: Ownership): string {
  return state.handoffs.map((each) => `${each.handoffId} ${each.state} ${String(each.versions.length)}`).join();
}

/** 7: nothing was sent on an ownership that its workstation knew had passed, or by who did not know yet that it was theirs. */
export function sendProblems(world: World): string[] {
  return world.sent.flatMap(({ desk, epoch, view }) => {
    const problems = epoch === view.confirmed.epoch ? [] : ['7: sent on a stale epoch'];
    const waits = world.desk(desk).agentId;
    const isWaiting = view.pending.some(
      (each) => each.event.body.type === 'handoff.accepted' && each.event.author === waits && each.expected.kind === 'applied',
    );
    return isWaiting ? [...problems, '7: sent while the accept was pending'] : problems;
  });
}

/** 8: both replied, and it is shown. */
export function replyProblems(world: World): string[] {
  const shown = new Set(world.confirmed.doubleReplies.map((each) => [...each.eventIds].sort().join(' ')));
  const expected = new Set<string>();
  let turn: { readonly event: HandoffLogEvent; readonly isStale: boolean }[] = [];
  world.log.forEach((event, index) => {
    if (event.body.type === 'case.messageReceived') turn = [];
    if (event.body.type !== 'case.replySent') return;
    const isStale = event.epoch !== world.states[index]?.epoch;
    for (const other of turn) {
      if (other.event.author !== event.author && (isStale || other.isStale)) expected.add([other.event.id, event.id].sort().join(' '));
    }
    turn.push({ event, isStale });
  });
  return [...expected, ...shown].some((each) => !expected.has(each) || !shown.has(each))
    ? ['8: a double reply is hidden, or invented']
    : [];
}
