import type { AgentId, CaseId, HubId, PromiseId } from '../ids.ts';
import type { Instant } from '../time.ts';

/**
 * What the one who takes over a case must know, in the five parts of I-PASS: illness severity, patient summary, action
 * list, situation awareness, synthesis by the receiver (see read-back.ts). It fits one screen; the rest is in the timeline.
 */

export const SEVERITIES = ['stable', 'watcher', 'critical'] as const;
/** stable: goes on as it is; watcher: may turn bad; critical: is bad, or will be within the next shift. */
export type Severity = (typeof SEVERITIES)[number];

/** Something that was tried, and what came of it. */
export interface Tried {
  readonly what: string;
  readonly result: string;
}

/** Something to be done. */
export interface PacketAction {
  readonly what: string;
  /** Null: not at a certain time. */
  readonly dueAt: Instant | null;
}

/** A promise to the customer that has been made and is not kept yet. */
export interface PacketPromise {
  readonly promiseId: PromiseId;
  readonly text: string;
  readonly dueAt: Instant;
  /** The customer's zone: the promise was made in their time. */
  readonly zone: string;
}

/** What to do when something comes to pass. */
export interface Contingency {
  readonly when: string;
  readonly action: string;
}

/** What the sender writes; much of it is filled in from the case. A draft may be empty. */
export interface Packet {
  /** Null while nobody has said. */
  readonly severity: Severity | null;
  /** What the customer wants, in one sentence. */
  readonly goal: string;
  /** Where the case stands. */
  readonly state: string;
  readonly tried: readonly Tried[];
  /** In the order in which they are to be done: the first one is the receiver's first action. */
  readonly actions: readonly PacketAction[];
  readonly promises: readonly PacketPromise[];
  readonly ifThen: readonly Contingency[];
  readonly blockers: readonly string[];
  readonly notToDo: readonly string[];
  /** Whom or what the case waits for. */
  readonly waitingOn: readonly string[];
  /** The sender says that there is nothing of the situation to tell: an empty part was not forgotten. */
  readonly isSituationPlain: boolean;
}

export const EMPTY_PACKET: Packet = {
  severity: null,
  goal: '',
  state: '',
  tried: [],
  actions: [],
  promises: [],
  ifThen: [],
  blockers: [],
  notToDo: [],
  waitingOn: [],
  isSituationPlain: false,
};

/** To whom a case is offered: one person, whoever of a hub, or whoever can. */
export type Recipient =
  | { readonly kind: 'agent'; readonly agentId: AgentId }
  | { readonly kind: 'hub'; readonly hubId: HubId }
  | { readonly kind: 'queue' };

export const HANDOFF_REASONS = ['shift-end', 'expertise', 'absence', 'escalation'] as const;
export type HandoffReason = (typeof HANDOFF_REASONS)[number];

/** What is filled in above the packet; nobody types it. */
export interface PacketHeader {
  readonly caseId: CaseId;
  /** The ownership that is offered. */
  readonly epoch: number;
  readonly fromId: AgentId;
  readonly to: Recipient;
  readonly reason: HandoffReason;
  readonly offeredAt: Instant;
  readonly expiresAt: Instant;
  readonly customerZone: string | null;
  /** 1 as offered; each edit makes the next. */
  readonly version: number;
  readonly isVip: boolean;
  readonly nextDueAt: Instant | null;
  /** Of the time left, how much has somebody on who can take it; milliseconds. */
  readonly runwayMs: number | null;
}

/** The five parts. */
export const PACKET_PARTS = ['illness', 'patient', 'actions', 'situation', 'synthesis'] as const;
export type PacketPart = (typeof PACKET_PARTS)[number];

/** Something that is required before the packet may be sent. */
export type Missing =
  | { readonly part: 'illness'; readonly field: 'severity' }
  | { readonly part: 'patient'; readonly field: 'goal' | 'state' }
  | { readonly part: 'actions'; readonly field: 'first-action' }
  /** A case that is not stable has a plan for what may happen. */
  | { readonly part: 'situation'; readonly field: 'if-then' }
  /** An open promise of the case is not in the packet: it would be lost. */
  | { readonly part: 'situation'; readonly field: 'promise'; readonly promiseId: PromiseId };

/**
 * What the packet lacks to be sent, in the order of the screen; empty when it may go.
 * @param openPromises all promises of the case that are neither kept nor broken
 */
export function missingOf(packet: Packet, openPromises: readonly PromiseId[]): readonly Missing[] {
  const missing: Missing[] = [];
  if (packet.severity === null) missing.push({ part: 'illness', field: 'severity' });
  if (!isSaid(packet.goal)) missing.push({ part: 'patient', field: 'goal' });
  if (!isSaid(packet.state)) missing.push({ part: 'patient', field: 'state' });
  if (firstAction(packet) === null) missing.push({ part: 'actions', field: 'first-action' });
  const needsPlan = packet.severity === 'watcher' || packet.severity === 'critical';
  if (needsPlan && !packet.ifThen.some((each) => isSaid(each.when) && isSaid(each.action))) {
    missing.push({ part: 'situation', field: 'if-then' });
  }
  const told = new Set(packet.promises.map((each) => each.promiseId));
  for (const promiseId of openPromises) {
    if (!told.has(promiseId)) missing.push({ part: 'situation', field: 'promise', promiseId });
  }
  return missing;
}

/** Which of the five parts are there, and how many. */
export interface Completeness {
  readonly parts: { readonly [Part in PacketPart]: boolean };
  /** 0 to 5. */
  readonly count: number;
}

/**
 * How much of the packet is there. The situation of a stable case may be said to be plain; that of others has an if/then
 * plan. The fifth part is the receiver's, so nothing is complete before it was read back.
 */
export function completenessOf(packet: Packet, isReadBack: boolean): Completeness {
  const lacks = new Set(missingOf(packet, []).map((each) => each.part));
  const isSituationTold =
    packet.isSituationPlain ||
    packet.promises.length + packet.ifThen.length > 0 ||
    [...packet.blockers, ...packet.notToDo, ...packet.waitingOn].some(isSaid);
  const parts = {
    illness: !lacks.has('illness'),
    patient: !lacks.has('patient'),
    actions: !lacks.has('actions'),
    situation: isSituationTold && !lacks.has('situation'),
    synthesis: isReadBack,
  };
  return { parts, count: PACKET_PARTS.filter((part) => parts[part]).length };
}

/** What the receiver is to do first, or null when the packet does not say. */
export function firstAction(packet: Packet): PacketAction | null {
  const [first] = packet.actions;
  return first !== undefined && isSaid(first.what) ? first : null;
}

/** The promise that falls due first, kept by nobody yet; an overdue one is still the next. Null without any. */
export function nextPromise(packet: Packet): PacketPromise | null {
  const [first, ...rest] = packet.promises;
  return first === undefined ? null : rest.reduce((next, each) => (isBefore(each, next) ? each : next), first);
}

function isBefore(one: PacketPromise, other: PacketPromise): boolean {
  return one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.promiseId < other.promiseId);
}

/** Whether a read-back of one version no longer stands for another: what the receiver repeated has changed. */
export function changesReadBack(before: Packet, now: Packet): boolean {
  return (
    before.severity !== now.severity ||
    firstAction(before)?.what !== firstAction(now)?.what ||
    promiseKey(before) !== promiseKey(now) ||
    JSON.stringify(before.ifThen) !== JSON.stringify(now.ifThen)
  );
}

function promiseKey(packet: Packet): string {
  return packet.promises
    .map(({ promiseId, dueAt }) => `${promiseId} ${String(dueAt)}`)
    .sort()
    .join();
}

function isSaid(text: string): boolean {
  return text.trim() !== '';
}
