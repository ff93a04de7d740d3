import type { CaseScript } from './case-script.ts';
import { leadOnDuty, onDutyAt, turnOf } from './duty.ts';
import { HUB_NAMES, sampleHub } from './hubs.ts';
import type { Random } from './random.ts';
import type { SampleAgent } from './team.ts';
import { TOPIC_FACTS } from './topic-facts.ts';
import { HANDOFF_PHRASES } from './texts/handoffs.ts';
import type { HandoffPhrases } from './texts/handoffs.ts';
import type { SampleLanguage, Topic } from './texts/phrases.ts';
import { fill } from './values.ts';
import type { Values } from './values.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import { EMPTY_PACKET } from '../../../shared/domain/handoff/packet.ts';
import type { HandoffReason, Packet, PacketPromise, Recipient, Severity } from '../../../shared/domain/handoff/packet.ts';
import { readBackOf } from '../../../shared/domain/handoff/read-back.ts';
import type { ReadBack } from '../../../shared/domain/handoff/read-back.ts';
import { makeId, ulid } from '../../../shared/domain/ids.ts';
import type { HandoffId } from '../../../shared/domain/ids.ts';
import { after, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** How cases of the sample changed hands between the hubs: as the engine would have written it then. */

const GRACE_MS = 15 * MINUTE_MS;

/** What a packet is written about. */
export interface PacketSubject {
  readonly topic: Topic;
  readonly language: SampleLanguage;
  readonly subject: string;
  readonly values: Values;
  readonly isVip: boolean;
  readonly promises: readonly PacketPromise[];
}

export interface Passing extends PacketSubject {
  readonly script: Pick<CaseScript, 'events'>;
  readonly random: Random;
  readonly from: SampleAgent;
  /** Nothing may be written before this, and nothing after `by`. */
  readonly earliest: Instant;
  readonly by: Instant;
}

/** Who has the case now, by which handoff (null: by a lead's word), and since when. */
export interface Passed {
  readonly holder: SampleAgent;
  readonly accepted: HandoffId | null;
  readonly at: Instant;
}

/**
 * The owner's turn ends and they offer the case to somebody who is there then. Null, and nothing was written, when there
 * is nobody, or not enough time.
 */
export function passByOffer(passing: Passing): Passed | null {
  const { random, from, earliest, by } = passing;
  const turn = turnOf(from, earliest);
  if (turn === null) return null;
  const offeredAt = later(after(turn.to, -random.int(8, 40) * MINUTE_MS), after(earliest, 20 * SECOND_MS));
  const times: Times = { offeredAt, offAt: turn.to, expiresAt: after(turn.to, GRACE_MS) };
  const receiver = receiverOf(passing, after(turn.to, 5 * MINUTE_MS));
  if (offeredAt >= turn.to || times.expiresAt >= by || receiver === null) return null;
  const isLeft = random.chance(0.1) ? expire(passing, receiver, times) : null;
  const bounced = isLeft === null && random.chance(0.2) ? afterBounce(passing, receiver, times) : null;
  return isLeft ?? bounced ?? accept(passing, receiver, times);
}

interface Times {
  readonly offeredAt: Instant;
  readonly offAt: Instant;
  readonly expiresAt: Instant;
}

/** Who is there at the end of the turn, in another hub and for some time: best somebody who speaks the customer's language. */
function receiverOf({ from, language }: Passing, at: Instant): SampleAgent | null {
  const there = onDutyAt(at).filter((each) => each !== from && (turnOf(each, at)?.to ?? at) > after(at, HOUR_MS));
  const others = there.filter((each) => !each.mayBeMe).toReversed();
  return (
    others.find((each) => each.hub !== from.hub && each.languages.includes(language)) ??
    others.find((each) => each.hub !== from.hub) ??
    null
  );
}

/** When somebody gets to it: they must have come. */
function readAt(who: SampleAgent, from: Instant, random: Random): Instant {
  const turn = turnOf(who, after(from, HOUR_MS));
  return later(after(from, random.int(2, 9) * MINUTE_MS), after(turn?.from ?? from, random.int(1, 5) * MINUTE_MS));
}

function accept(passing: Passing, receiver: SampleAgent, { offeredAt, offAt, expiresAt }: Times): Passed | null {
  const { script, random, from } = passing;
  const at = readAt(receiver, offeredAt, random);
  if (at >= expiresAt) return null;
  const offer = offerOf(passing, from, receiver, offeredAt, expiresAt, offAt, random.chance(0.2));
  const { handoffId } = offer;
  script.events(from, offeredAt, offer);
  if (random.chance(0.12))
    script.events(receiver, at, { type: 'handoff.asked', handoffId, text: pickFilled(passing, receiver, (phrases) => phrases.questions) });
  script.events(receiver, at, acceptOf(offer, receiver, random));
  return { holder: receiver, accepted: handoffId, at };
}

type Offer = Extract<CaseEventBody, { readonly type: 'handoff.offered' }>;

export function offerOf(
  about: PacketSubject & { readonly random: Random },
  from: SampleAgent,
  to: SampleAgent,
  offeredAt: Instant,
  expiresAt: Instant,
  senderOffAt: Instant | null,
  isToHub = false,
  severity: Severity | null = null,
  reason: HandoffReason = 'shift-end',
): Offer {
  const { random } = about;
  const recipient: Recipient =
    isToHub && from.hub !== to.hub ? { kind: 'hub', hubId: sampleHub(to.hub) } : { kind: 'agent', agentId: to.agentId };
  return {
    type: 'handoff.offered',
    handoffId: makeId('hnd', ulid(offeredAt, random.bytes(10))),
    fromId: from.agentId,
    fromHubId: sampleHub(from.hub),
    to: recipient,
    reason,
    packet: packetOf(about, from, to, severity),
    expiresAt,
    senderOffAt,
    teamHubs: HUB_NAMES.map(sampleHub),
  };
}

/** Nobody takes it: the lead who is on has it while the sender is gone, keeps it when it expires, and assigns it. */
function expire(passing: Passing, receiver: SampleAgent, { offeredAt, offAt, expiresAt }: Times): Passed | null {
  const { script, random, from, by } = passing;
  const lead = leadOnDuty(offAt, from.hub);
  const assignedAt = after(expiresAt, random.int(2, 25) * MINUTE_MS);
  if (lead === null || lead === receiver || lead === from || assignedAt >= by) return null;
  const offer = offerOf(passing, from, receiver, offeredAt, expiresAt, offAt);
  const { handoffId } = offer;
  const toId = lead.agentId;
  script.events(from, offeredAt, offer);
  script.events(null, offAt, { type: 'handoff.escalated', handoffId, toId, reason: 'sender-off-shift' });
  script.events(null, expiresAt, { type: 'handoff.expired', handoffId }, { type: 'handoff.escalated', handoffId, toId, reason: 'expired' });
  script.events(lead, assignedAt, { type: 'case.assigned', agentId: receiver.agentId, isForced: true });
  return { holder: receiver, accepted: null, at: assignedAt };
}

/** Somebody else was asked first, and would not or could not. */
function afterBounce(passing: Passing, receiver: SampleAgent, { offeredAt, offAt, expiresAt }: Times): Passed | null {
  const { script, random, from } = passing;
  const first = onDutyAt(offeredAt).find((each) => each !== from && each !== receiver && !each.mayBeMe);
  if (first === undefined) return null;
  const isReturned = random.chance(0.3);
  const answeredAt = after(offeredAt, random.int(2, 5) * MINUTE_MS);
  const againAt = after(answeredAt, random.int(1, 3) * MINUTE_MS);
  const takenAt = readAt(receiver, againAt, random);
  if (takenAt >= expiresAt || againAt >= offAt) return null;
  const offer = offerOf(passing, from, first, offeredAt, expiresAt, offAt);
  const { handoffId } = offer;
  script.events(from, offeredAt, offer);
  if (isReturned) script.events(first, answeredAt, acceptOf(offer, first, random));
  script.events(
    first,
    answeredAt,
    isReturned
      ? { type: 'handoff.returned', handoffId, reason: pickFilled(passing, first, (phrases) => phrases.returns) }
      : { type: 'handoff.declined', handoffId, reason: pickFilled(passing, first, (phrases) => phrases.declines) },
  );
  const sender = isReturned ? first : from;
  const second = offerOf(passing, sender, receiver, againAt, expiresAt, turnOf(sender, againAt)?.to ?? offAt);
  script.events(sender, againAt, second);
  script.events(receiver, takenAt, acceptOf(second, receiver, random));
  return { holder: receiver, accepted: second.handoffId, at: takenAt };
}

/** Most say what they have read; some take one time for another, or another first action. */
export function acceptOf(offer: Offer, to: SampleAgent, random: Random): Extract<CaseEventBody, { readonly type: 'handoff.accepted' }> {
  const exact = readBackOf(offer.packet, to.zone);
  const { nextPromise } = exact;
  let readBack: ReadBack | null = exact;
  if (random.chance(0.1)) readBack = { ...exact, firstAction: offer.packet.actions[1]?.what ?? exact.firstAction };
  else if (nextPromise !== null && random.chance(0.2))
    readBack = { ...exact, nextPromise: { ...nextPromise, local: { ...nextPromise.local, hour: (nextPromise.local.hour + 1) % 24 } } };
  else if (offer.packet.severity === 'stable' && random.chance(0.15)) readBack = null;
  return {
    type: 'handoff.accepted',
    handoffId: offer.handoffId,
    packetVersion: 1,
    lastInboundId: null,
    readBack,
    hubId: sampleHub(to.hub),
    isOnShift: true,
  };
}

function packetOf(about: PacketSubject & { readonly random: Random }, from: SampleAgent, to: SampleAgent, wanted: Severity | null): Packet {
  const { topic, subject, values, isVip, promises, random } = about;
  const phrases = phrasesOf(about.language, from, to);
  const text = (phrase: string): string => fill(phrase, values);
  const { waitsFor } = TOPIC_FACTS[topic];
  const place = waitsFor === null ? 1 : waitsFor === 'payments' ? 0 : 2;
  const usual: Severity = promises.length > 0 || isVip ? 'watcher' : random.chance(0.12) ? 'critical' : 'stable';
  const severity = wanted ?? usual;
  const [what, result] = random.pick(phrases.tried);
  const [when, action] = random.pick(phrases.plans);
  const actions = random.shuffled(phrases.actions).slice(0, 2);
  return {
    ...EMPTY_PACKET,
    severity,
    goal: phrases.goals === null ? subject : text(phrases.goals[topic]),
    state: text(phrases.states[place]),
    tried: random.chance(0.75) ? [{ what: text(what), result: text(result) }] : [],
    actions: actions.map((each, index) => ({ what: text(each), dueAt: index === 0 ? (promises[0]?.dueAt ?? null) : null })),
    promises,
    ifThen: severity === 'stable' ? [] : [{ when: text(when), action: text(action) }],
    notToDo: random.chance(0.4) ? [random.pick(phrases.notToDo)] : [],
    waitingOn: place === 1 ? [] : [text(phrases.waitingOn[place])],
    isSituationPlain: severity === 'stable' && place === 1 && random.chance(0.7),
  };
}

function phrasesOf(language: SampleLanguage, from: SampleAgent, to: SampleAgent): HandoffPhrases {
  const isShared = from.languages.includes(language) && to.languages.includes(language);
  return (isShared ? HANDOFF_PHRASES[language] : undefined) ?? HANDOFF_PHRASES.en;
}

function pickFilled(passing: Passing, who: SampleAgent, of: (phrases: HandoffPhrases) => readonly string[]): string {
  return fill(passing.random.pick(of(phrasesOf(passing.language, passing.from, who))), passing.values);
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
