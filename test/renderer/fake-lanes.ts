import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';
import type { HandoffCounts, LaneRow, Lanes, OfferPreparation, SweepView } from '../../src/shared/contract/handoff.contract.ts';
import { currentVersion } from '../../src/shared/domain/handoff/handoff.ts';
import type { Handoff } from '../../src/shared/domain/handoff/handoff.ts';
import { bulkRefusals, DEFAULT_HANDOFF_RULES } from '../../src/shared/domain/handoff/offer.ts';
import type { BulkRefusal, Expiry } from '../../src/shared/domain/handoff/offer.ts';
import { EMPTY_PACKET, missingOf } from '../../src/shared/domain/handoff/packet.ts';
import type { Packet } from '../../src/shared/domain/handoff/packet.ts';
import { mismatches } from '../../src/shared/domain/handoff/read-back.ts';
import type { Receiver } from '../../src/shared/domain/handoff/receivers.ts';
import type { LeavingReason, Sweep } from '../../src/shared/domain/handoff/sweep.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, CaseId, HandoffId } from '../../src/shared/domain/ids.ts';
import { after, HOUR_MS, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import type { FakeEngine } from './fake-engine.ts';

/**
 * FAKE lanes, sweep and brief, for component tests and the preview: offers, answers and parking are kept, and the rules
 * of bulk accepting and of read-backs are the real ones; who is on shift and when offers expire is made up.
 */

type Handlers = ConstructorParameters<typeof FakeEngine>[0];

const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });

export const LANES_ME = makeId('agt', 'me');
export const SENDER = makeId('agt', 'wei');
export const RECEIVER = makeId('agt', 'theo');
const LEAD = makeId('agt', 'dana');

/** A case with nothing about it but its name. */
export function fakeCase(id: string, patch: Partial<CaseRow> = {}): CaseRow {
  return {
    caseId: makeId('case', id),
    subject: `Case ${id}`,
    preview: '',
    channel: 'email',
    status: 'open',
    priority: 'normal',
    assigneeId: LANES_ME,
    isOwnerPending: false,
    assigneeName: 'Robin Vale',
    contactId: makeId('con', id),
    contactName: `Customer ${id}`,
    contactAddress: `${id}@customer.example`,
    tier: 'standard',
    contactZone: 'Asia/Tokyo',
    contactOffsetMinutes: null,
    language: 'en',
    labels: [],
    bot: null,
    asked: null,
    waitingSince: null,
    sla: null,
    runway: null,
    raised: false,
    handoff: null,
    nextPromise: null,
    snoozedUntil: null,
    snoozedFor: null,
    reminders: [],
    followUpAt: null,
    lastMessageAt: 0 as Instant,
    lastDirection: 'in',
    messageCount: 1,
    unread: false,
    queuedReplies: 0,
    sendsAt: null,
    failedReplies: 0,
    hasDraft: false,
    hasAttachments: false,
    ...patch,
  };
}

/** A packet that lacks nothing. */
export function fakePacket(patch: Partial<Packet> = {}): Packet {
  return {
    ...EMPTY_PACKET,
    severity: 'stable',
    goal: 'The export should have all rows',
    state: 'The cause is known, the fix is being tested',
    actions: [
      { what: 'Send the corrected export', dueAt: null },
      { what: 'Ask whether it opens', dueAt: null },
    ],
    isSituationPlain: true,
    ...patch,
  };
}

export interface FakeOffer {
  readonly row: CaseRow;
  readonly packet: Packet;
  readonly fromId?: AgentId;
  readonly state?: Handoff['state'];
  readonly lane?: keyof Lanes;
  readonly more?: Partial<Handoff>;
}

function laneRow(now: Instant, { row, packet, fromId = SENDER, state = 'offered', more = {} }: FakeOffer): LaneRow {
  const handoff: Handoff = {
    handoffId: makeId('hnd', row.caseId.slice(5)),
    eventId: `evt ${row.caseId}`,
    fromId,
    fromHubId: null,
    to: { kind: 'agent', agentId: fromId === LANES_ME ? RECEIVER : LANES_ME },
    reason: 'shift-end',
    epoch: 1,
    ownerEpoch: null,
    holderId: fromId,
    offeredAt: after(now, -20 * MINUTE_MS),
    expiresAt: after(now, 50 * MINUTE_MS),
    senderOffAt: null,
    teamHubs: [],
    state,
    versions: [{ version: 1, packet, eventId: 'evt v1' }],
    acceptance: null,
    questions: [],
    declines: [],
    messagesSince: [],
    steps: [],
    ...more,
  };
  return {
    handoff,
    row,
    packet: handoff.versions.at(-1)?.packet ?? packet,
    warnAt: after(now, 15 * MINUTE_MS),
    dueAt: row.sla?.dueAt ?? null,
    lastInboundId: makeId('msg', `first-${row.caseId.slice(5)}`),
    bulkRefusals: bulkRefusals({ packet, isVip: row.tier !== 'standard', isChanged: false }, now, DEFAULT_HANDOFF_RULES),
    isAcceptPending: false,
  };
}

export interface FakeSweepCase {
  readonly row: CaseRow;
  readonly packet: Packet;
  readonly reasons: readonly LeavingReason[];
  readonly dueAt: Instant | null;
}

export interface FakeLanesOptions {
  readonly now: Instant;
  readonly offers?: readonly FakeOffer[];
  readonly sweep?: readonly FakeSweepCase[];
  /** Null: no turn is on. */
  readonly turn?: Pick<Sweep, 'beginsAt' | 'turnEndsAt' | 'backAt'> | null;
  readonly outcome?: 'accepted' | 'pending';
}

/** Handlers, and what a test does in the stead of others. */
export function fakeLanes(
  engine: () => FakeEngine,
  { now, offers = [], sweep = [], turn = null, outcome = 'accepted' }: FakeLanesOptions,
): {
  readonly handlers: Handlers;
  /** The sender edits the packet. */
  readonly edit: (caseId: CaseId, packet: Packet) => Promise<void>;
  readonly customerWrites: (caseId: CaseId) => Promise<void>;
} {
  const lanes: Record<keyof Lanes, LaneRow[]> = { incoming: [], outgoing: [], accepted: [], escalated: [] };
  for (const offer of offers) lanes[offer.lane ?? 'incoming'].push(laneRow(now, offer));
  const offered = new Map<CaseId, { readonly to: AgentId; readonly handoffId: HandoffId }>();
  const parked = new Map<CaseId, string>();
  let lastParked: CaseId | null = null;
  const changed = async (): Promise<void> => engine().changed('handoffs.lanes', 'handoffs.sweep', 'handoffs.counts', 'handoffs.prepare');
  const change = async (caseId: CaseId, patch: (row: LaneRow) => LaneRow): Promise<void> => {
    for (const lane of Object.values(lanes)) {
      const at = lane.findIndex((each) => each.row.caseId === caseId);
      const row = lane[at];
      if (row !== undefined) lane[at] = patch(row);
    }
    await changed();
  };
  const of = (handoffId: HandoffId): LaneRow | undefined =>
    Object.values(lanes)
      .flat()
      .find((each) => each.handoff.handoffId === handoffId);
  const take = (row: LaneRow, version: number, readBack: Parameters<typeof mismatches>[1] | null): void => {
    lanes.incoming = lanes.incoming.filter((each) => each !== row);
    lanes.accepted.unshift({
      ...row,
      isAcceptPending: outcome === 'pending',
      handoff: {
        ...row.handoff,
        state: 'accepted',
        acceptance: {
          eventId: 'evt accept',
          agentId: LANES_ME,
          hubId: null,
          at: now,
          isOnShift: true,
          isLate: false,
          packetVersion: version,
          lastInboundId: row.lastInboundId,
          readBack,
        },
      },
    });
  };
  const patchHandoff = (handoffId: HandoffId, patch: (handoff: Handoff) => Partial<Handoff>): void => {
    const row = of(handoffId);
    if (row !== undefined) void change(row.row.caseId, (each) => ({ ...each, handoff: { ...each.handoff, ...patch(each.handoff) } }));
  };
  const receiver: Receiver = {
    agentId: RECEIVER,
    hubId: null,
    zone: 'America/Los_Angeles',
    from: now,
    turnEndsAt: after(now, 6 * HOUR_MS),
    leftMs: 6 * HOUR_MS,
    isQualified: true,
    skill: 3,
    language: 3,
    load: 3,
  };
  const receivers = [receiver, { ...receiver, agentId: LEAD, load: 7 }];
  const expiry: Expiry = { expiresAt: after(now, 50 * MINUTE_MS), warnAt: after(now, 25 * MINUTE_MS), because: 'shift-end' };
  const openPromises = (packet: Packet) => packet.promises.map((each) => each.promiseId);
  const sweepView = (): SweepView => {
    if (turn === null) return { sweep: null, rows: [] };
    const rows = sweep
      .map(({ row, packet, reasons, dueAt }) => {
        const { caseId } = row;
        const state = offered.has(caseId)
          ? ('offered' as const)
          : reasons.length === 0
            ? ('may-stay' as const)
            : parked.has(caseId)
              ? ('parked' as const)
              : ('to-do' as const);
        const to = offered.get(caseId);
        return {
          row: { caseId, reasons, state, dueAt },
          case: {
            ...row,
            handoff:
              to === undefined
                ? null
                : {
                    handoffId: to.handoffId,
                    state: 'offered' as const,
                    fromId: LANES_ME,
                    to: { kind: 'agent' as const, agentId: to.to },
                    expiresAt: expiry.expiresAt,
                  },
          },
          suggested: receiver,
          missing: missingOf(packet, openPromises(packet)),
          parkedReason: parked.get(caseId) ?? null,
        };
      })
      .sort((a, b) => SWEEP_ORDER.indexOf(a.row.state) - SWEEP_ORDER.indexOf(b.row.state));
    const count = (...states: readonly string[]): number => rows.filter((each) => states.includes(each.row.state)).length;
    const left = count('to-do');
    return {
      sweep: { ...turn, rows: rows.map((each) => each.row), left, done: count('offered', 'parked'), isDone: left === 0 },
      rows,
    };
  };
  const prepare = (caseId: CaseId): OfferPreparation | null => {
    const found =
      sweep.find((each) => each.row.caseId === caseId) ??
      Object.values(lanes)
        .flat()
        .find((each) => each.row.caseId === caseId);
    if (found === undefined) return null;
    return {
      row: found.row,
      ownerId: LANES_ME,
      packet: found.packet,
      draftSavedAt: null,
      to: { kind: 'agent', agentId: RECEIVER },
      reason: 'shift-end',
      openPromises: [],
      missing: missingOf(found.packet, openPromises(found.packet)),
      refusal: null,
      expiry,
      receivers,
      hubs: [],
      standing: null,
    };
  };
  const counts = (): HandoffCounts => ({
    incoming: lanes.incoming.length,
    answers: lanes.outgoing.filter((each) => each.handoff.state !== 'offered').length,
    escalated: lanes.escalated.length,
    sweepLeft: sweepView().sweep?.left ?? 0,
    sweepBeginsAt: turn?.beginsAt ?? null,
  });
  const handlers: Handlers = {
    'handoffs.lanes': () => ok({ ...lanes }),
    'handoffs.counts': () => ok(counts()),
    'handoffs.get': ({ handoffId }) => ok(of(handoffId) ?? null),
    'handoffs.accept': async ({ handoffId, packetVersion, readBack }) => {
      const row = of(handoffId);
      if (row === undefined) return { ok: false, error: { code: 'closed', detail: '' } };
      take(row, packetVersion, readBack);
      await changed();
      return ok({ outcome, mismatches: mismatches(row.packet, readBack) });
    },
    'handoffs.acceptMany': async ({ read }) => {
      const accepted: HandoffId[] = [];
      const refused: { handoffId: HandoffId; reasons: readonly (BulkRefusal | 'closed')[] }[] = [];
      for (const { handoffId, packetVersion, lastInboundId } of read) {
        const row = lanes.incoming.find((each) => each.handoff.handoffId === handoffId);
        const isChanged =
          row !== undefined && (currentVersion(row.handoff).version !== packetVersion || row.lastInboundId !== lastInboundId);
        const reasons: readonly (BulkRefusal | 'closed')[] =
          row === undefined ? ['closed'] : [...row.bulkRefusals, ...(isChanged ? (['changed'] as const) : [])];
        if (row === undefined || reasons.length > 0) refused.push({ handoffId, reasons });
        else {
          take(row, packetVersion, null);
          accepted.push(handoffId);
        }
      }
      await changed();
      return ok({ accepted, refused });
    },
    'handoffs.decline': async ({ handoffId }) => {
      lanes.incoming = lanes.incoming.filter((each) => each.handoff.handoffId !== handoffId);
      await changed();
      return ok({ next: { kind: 'offered', to: { kind: 'agent', agentId: RECEIVER } } });
    },
    'handoffs.giveBack': async ({ handoffId }) => {
      lanes.accepted = lanes.accepted.filter((each) => each.handoff.handoffId !== handoffId);
      await changed();
      return ok(null);
    },
    'handoffs.ask': ({ handoffId, text }) => {
      patchHandoff(handoffId, ({ questions }) => ({
        questions: [...questions, { questionId: `q${questions.length}`, askedBy: LANES_ME, askedAt: now, text, answer: null }],
      }));
      return ok(null);
    },
    'handoffs.answer': ({ handoffId, questionId, text }) => {
      patchHandoff(handoffId, ({ questions }) => ({
        questions: questions.map((each) =>
          each.questionId === questionId ? { ...each, answer: { by: LANES_ME, at: now, text, eventId: 'evt a' } } : each,
        ),
      }));
      return ok(null);
    },
    'handoffs.readAgain': ({ handoffId, packetVersion, readBack }) => {
      const row = of(handoffId);
      patchHandoff(handoffId, ({ acceptance }) => ({
        acceptance: acceptance === null ? null : { ...acceptance, packetVersion, readBack },
      }));
      return ok({ mismatches: row === undefined ? [] : mismatches(row.packet, readBack) });
    },
    'handoffs.withdraw': async ({ handoffIds }) => {
      let withdrawn = 0;
      for (const [caseId, { handoffId }] of offered) {
        if (handoffIds.includes(handoffId) && offered.delete(caseId)) withdrawn += 1;
      }
      const before = lanes.outgoing.length;
      lanes.outgoing = lanes.outgoing.filter((each) => !handoffIds.includes(each.handoff.handoffId));
      await changed();
      return ok({ withdrawn: withdrawn + before - lanes.outgoing.length });
    },
    'handoffs.prepare': ({ caseId }) => ok(prepare(caseId)),
    'handoffs.offer': async (input) => {
      const results = input.offers.map(({ caseId, to }) => {
        const handoffId = makeId('hnd', `new-${caseId.slice(5)}`);
        offered.set(caseId, { to: to.kind === 'agent' ? to.agentId : RECEIVER, handoffId });
        lanes.outgoing = lanes.outgoing.filter((each) => each.row.caseId !== caseId);
        return { caseId, ok: true as const, handoffId, expiry };
      });
      await changed();
      return ok(results);
    },
    'handoffs.toLead': () => ok({ leadId: LEAD }),
    'handoffs.sweep': () => ok(sweepView()),
    'cases.apply': async ({ caseIds, action }) => {
      for (const caseId of caseIds) {
        if (action.kind === 'park') parked.set(caseId, action.reason);
        if (action.kind === 'unpark') parked.delete(caseId);
        lastParked = caseId;
      }
      await changed();
      return ok({ changed: caseIds.length, undoable: true });
    },
    'cases.undo': async () => {
      if (lastParked !== null) parked.delete(lastParked);
      await changed();
      return ok({ changed: 1, undoable: false, kept: 0, keptBy: [] });
    },
  };
  return {
    handlers,
    edit: async (caseId, packet) =>
      change(caseId, (row) => {
        const { version } = currentVersion(row.handoff);
        const versions = [...row.handoff.versions, { version: version + 1, packet, eventId: `evt v${version + 1}` }];
        return { ...row, packet, handoff: { ...row.handoff, versions } };
      }),
    customerWrites: async (caseId) =>
      change(caseId, (row) => {
        const messageId = makeId('msg', `new${row.handoff.messagesSince.length}-${caseId.slice(5)}`);
        return {
          ...row,
          lastInboundId: messageId,
          handoff: { ...row.handoff, messagesSince: [...row.handoff.messagesSince, messageId] },
        };
      }),
  };
}

const SWEEP_ORDER = ['to-do', 'offered', 'parked', 'may-stay'];
