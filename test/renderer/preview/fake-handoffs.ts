import type { CaseRow } from '../../../src/shared/contract/cases.contract.ts';
import type { OfferPreparation } from '../../../src/shared/contract/handoff.contract.ts';
import type { PromiseView } from '../../../src/shared/contract/promise.contract.ts';
import type { Handoff } from '../../../src/shared/domain/handoff/handoff.ts';
import type { Expiry, OfferRefusal } from '../../../src/shared/domain/handoff/offer.ts';
import { EMPTY_PACKET, missingOf } from '../../../src/shared/domain/handoff/packet.ts';
import type { Packet, Recipient } from '../../../src/shared/domain/handoff/packet.ts';
import type { Receiver } from '../../../src/shared/domain/handoff/receivers.ts';
import { detectPromises } from '../../../src/shared/domain/promise/detect-promises.ts';
import type { Feasibility } from '../../../src/shared/domain/promise/feasibility.ts';
import type { CustomerPromise } from '../../../src/shared/domain/promise/promise.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import type { CaseId } from '../../../src/shared/domain/ids.ts';
import { after, HOUR_MS, instant, MINUTE_MS } from '../../../src/shared/domain/time.ts';
import type { Instant } from '../../../src/shared/domain/time.ts';
import { toInstant, toLocal } from '../../../src/shared/domain/time/zone.ts';
import type { FakeEngine } from '../fake-engine.ts';

/** FAKE handoffs and promises for looking at screens: one offer that stands, one that has been through everything, and some promises. */

const NOW = instant(Date.now());
const ME = makeId('agt', 'me');
const ANA = makeId('agt', 'ana');
const THEO = makeId('agt', 'theo');
const LI = makeId('agt', 'li');
const DANA = makeId('agt', 'dana');
const SFO = makeId('hub', 'sfo');
const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
const ago = (ms: number): Instant => after(NOW, -ms);

/** The marks of a row in the list: every eighth is offered, some have a promise. */
export function fakeMarks(index: number): Pick<CaseRow, 'handoff' | 'nextPromise'> {
  return {
    handoff:
      index % 8 === 4
        ? {
            handoffId: makeId('hnd', `h${index}`),
            state: index % 16 === 12 ? 'expired' : 'offered',
            fromId: index % 24 === 20 ? LI : ME,
            to: index % 24 === 20 ? { kind: 'agent', agentId: ME } : { kind: 'agent', agentId: THEO },
            expiresAt: after(NOW, 70 * MINUTE_MS),
          }
        : null,
    nextPromise:
      index % 5 === 0
        ? {
            promiseId: makeId('prm', `p${index}`),
            dueAt: after(NOW, index % 10 === 5 ? -20 * MINUTE_MS : 3 * HOUR_MS),
            zone: 'Asia/Shanghai',
          }
        : null,
  };
}

const expiry: Expiry = { expiresAt: after(NOW, 135 * MINUTE_MS), warnAt: after(NOW, 67 * MINUTE_MS), because: 'shift-end' };

const receiver = (id: typeof ANA, zone: string, more: Partial<Receiver>): Receiver => ({
  agentId: id,
  hubId: SFO,
  zone,
  from: NOW,
  turnEndsAt: after(NOW, 6.5 * HOUR_MS),
  leftMs: 6.5 * HOUR_MS,
  isQualified: true,
  skill: 3,
  language: 2,
  load: 4,
  ...more,
});
const RECEIVERS: readonly Receiver[] = [
  receiver(THEO, 'America/Los_Angeles', {}),
  receiver(DANA, 'America/Los_Angeles', { load: 9, leftMs: 4 * HOUR_MS, turnEndsAt: after(NOW, 4 * HOUR_MS) }),
  receiver(ANA, 'Europe/Lisbon', {
    hubId: makeId('hub', 'lis'),
    from: after(NOW, 80 * MINUTE_MS),
    isQualified: false,
    language: 0,
    load: 1,
  }),
];

function promisesOf(index: number, row: CaseRow): readonly CustomerPromise[] {
  const zone = row.contactZone ?? 'Europe/Lisbon';
  const base = (id: string, text: string, dueAt: Instant): CustomerPromise => ({
    promiseId: makeId('prm', `${id}${index}`),
    text,
    zone,
    dueAt,
    dueLocal: toLocal(zone, dueAt),
    madeAt: ago(20 * HOUR_MS),
    madeBy: ME,
    messageId: null,
    source: 'typed',
    toldAt: ago(20 * HOUR_MS),
    ownerId: ME,
    state: 'open',
    settlement: null,
  });
  if (index % 5 !== 0) return [];
  return [
    base('a', 'We send the corrected export by then.', after(NOW, 3 * HOUR_MS)),
    {
      ...base('b', 'We call back with what the developers found.', ago(5 * HOUR_MS)),
      state: 'kept',
      settlement: { at: ago(6 * HOUR_MS), by: 'agent', messageId: null, actor: ME, reason: null },
    },
  ];
}

const INFEASIBLE: Feasibility = {
  kind: 'infeasible',
  unstaffed: { from: after(NOW, 165 * MINUTE_MS), to: after(NOW, 180 * MINUTE_MS) },
  earlier: { at: after(NOW, 2 * HOUR_MS), local: toLocal('Asia/Shanghai', after(NOW, 2 * HOUR_MS)) },
  later: { at: after(NOW, 5 * HOUR_MS), local: toLocal('Asia/Shanghai', after(NOW, 5 * HOUR_MS)) },
};

function viewsOf(index: number, row: CaseRow): readonly PromiseView[] {
  return promisesOf(index, row).map((promise) => ({
    promise,
    feasibility: promise.state !== 'open' ? null : index % 10 === 0 ? INFEASIBLE : { kind: 'feasible', staffed: [] },
  }));
}

function packetOf(index: number, row: CaseRow): Packet {
  const promises = promisesOf(index, row).filter((each) => each.state === 'open');
  return {
    ...EMPTY_PACKET,
    severity: index % 3 === 1 ? null : promises.length > 0 ? 'watcher' : 'stable',
    goal: row.subject,
    state: `The customer has waited since this morning. ${row.preview}`,
    tried: [{ what: 'Ran the export with a smaller range', result: 'It ends at 10,000 rows as well' }],
    actions: [
      { what: 'Answer with the way around that the developers gave us', dueAt: after(NOW, 2.5 * HOUR_MS) },
      { what: 'Open a ticket for the row limit and link it', dueAt: null },
    ],
    promises: promises.map(({ promiseId, text, dueAt, zone }) => ({ promiseId, text, dueAt, zone })),
    ifThen: promises.length > 0 ? [{ when: 'they write before the fix is there', action: 'send the table by hand' }] : [],
    waitingOn: index % 2 === 0 ? ['the developers, ticket 4711'] : [],
  };
}

function pastHandoff(row: CaseRow): Handoff {
  const packet = packetOf(0, row);
  return {
    handoffId: makeId('hnd', 'past'),
    eventId: 'evt_past',
    fromId: LI,
    fromHubId: makeId('hub', 'sin'),
    to: { kind: 'agent', agentId: ANA },
    reason: 'shift-end',
    epoch: 2,
    ownerEpoch: 4,
    holderId: LI,
    offeredAt: ago(9 * HOUR_MS),
    expiresAt: ago(7 * HOUR_MS),
    senderOffAt: ago(7.25 * HOUR_MS),
    teamHubs: [],
    state: 'settled',
    versions: [
      { version: 1, packet: { ...packet, severity: 'stable', ifThen: [] }, eventId: 'evt_v1' },
      { version: 2, packet, eventId: 'evt_v2' },
    ],
    acceptance: {
      eventId: 'evt_acc',
      agentId: ME,
      hubId: makeId('hub', 'lis'),
      at: ago(8 * HOUR_MS),
      isOnShift: true,
      isLate: false,
      packetVersion: 2,
      lastInboundId: null,
      readBack: {
        firstAction: 'Answer with the way around',
        nextPromise: { promiseId: makeId('prm', 'a0'), zone: 'Europe/Lisbon', local: toLocal('Europe/Lisbon', after(NOW, 3 * HOUR_MS)) },
        contingency: 'send the table by hand',
        question: null,
      },
    },
    questions: [
      {
        questionId: 'evt_q',
        askedBy: ME,
        askedAt: ago(8.5 * HOUR_MS),
        text: 'Which version of the export do they use?',
        answer: { by: LI, at: ago(8.4 * HOUR_MS), text: 'The new one, since Monday.', eventId: 'evt_a' },
      },
    ],
    declines: [{ agentId: ANA, at: ago(8.8 * HOUR_MS), reason: 'In a meeting until noon', eventId: 'evt_d' }],
    messagesSince: [],
    steps: [{ kind: 'settled', eventId: 'evt_s', at: ago(7.4 * HOUR_MS), by: ME, detail: 'action' }],
  };
}

function standingOf(index: number, row: CaseRow): Handoff | null {
  if (row.handoff === null) return null;
  return {
    ...pastHandoff(row),
    handoffId: row.handoff.handoffId,
    fromId: row.handoff.fromId,
    to: row.handoff.to,
    state: row.handoff.state,
    offeredAt: ago(40 * MINUTE_MS),
    expiresAt: row.handoff.expiresAt,
    versions: [{ version: 1, packet: packetOf(index, row), eventId: 'evt_w1' }],
    acceptance: null,
    questions: [
      { questionId: 'evt_q2', askedBy: THEO, askedAt: ago(10 * MINUTE_MS), text: 'Do they need it before their noon?', answer: null },
    ],
    declines: [],
    steps: [],
  };
}

function refusalOf(to: Recipient): OfferRefusal | null {
  const isLate = to.kind === 'agent' && !RECEIVERS.some((each) => each.agentId === to.agentId);
  if (!isLate) return null;
  return {
    kind: 'not-on-shift',
    expiry,
    comesAt: after(NOW, 11 * HOUR_MS),
    next: {
      agentId: THEO,
      shiftId: makeId('shf', 's1'),
      from: NOW,
      doneAt: after(NOW, HOUR_MS),
      turnEndsAt: after(NOW, 6 * HOUR_MS),
    },
    leadId: DANA,
  };
}

/** What the preview answers about handoffs and promises of single cases. */
export function fakeHandoffs(
  rows: readonly CaseRow[],
  engine: () => FakeEngine,
): Pick<
  ConstructorParameters<typeof FakeEngine>[0],
  | 'handoffs.prepare'
  | 'handoffs.check'
  | 'handoffs.saveDraft'
  | 'handoffs.offer'
  | 'handoffs.edit'
  | 'handoffs.withdraw'
  | 'handoffs.toLead'
  | 'handoffs.answer'
  | 'handoffs.ofCase'
  | 'promises.ofCase'
  | 'promises.check'
  | 'promises.detect'
  | 'promises.make'
  | 'promises.keep'
  | 'promises.release'
> {
  const drafts = new Map<CaseId, Pick<OfferPreparation, 'packet' | 'to' | 'reason'>>();
  const find = (caseId: CaseId): { readonly index: number; readonly row: CaseRow } | null => {
    const index = rows.findIndex((each) => each.caseId === caseId);
    const row = rows[index];
    return row === undefined ? null : { index, row };
  };
  return {
    'handoffs.prepare': ({ caseId }) => {
      const found = find(caseId);
      if (found === null) return ok(null);
      const { index, row } = found;
      const draft = drafts.get(caseId);
      const openPromises = promisesOf(index, row).filter((each) => each.state === 'open');
      const packet = draft?.packet ?? packetOf(index, row);
      const isMine = row.assigneeId === ME;
      return ok({
        row,
        ownerId: row.assigneeId,
        packet,
        draftSavedAt: draft === undefined ? null : NOW,
        to: draft?.to ?? { kind: 'agent', agentId: index % 6 === 0 ? LI : THEO },
        reason: draft?.reason ?? 'shift-end',
        openPromises,
        missing: missingOf(
          packet,
          openPromises.map((each) => each.promiseId),
        ),
        refusal: isMine ? null : { kind: 'not-owner' },
        expiry,
        receivers: RECEIVERS,
        hubs: [{ hubId: SFO, people: 2, from: NOW }],
        standing: standingOf(index, row),
      });
    },
    'handoffs.check': ({ to }) => ok({ refusal: refusalOf(to), expiry, missing: [] }),
    'handoffs.saveDraft': ({ caseId, draft }) => {
      if (draft === null) drafts.delete(caseId);
      else drafts.set(caseId, draft);
      void engine().changed('handoffs.prepare');
      return ok(null);
    },
    'handoffs.offer': ({ offers }) =>
      ok(offers.map(({ caseId }) => ({ caseId, ok: true, handoffId: makeId('hnd', `n${caseId.slice(5)}`), expiry }))),
    'handoffs.edit': ({ version }) => ok({ version: version + 1 }),
    'handoffs.withdraw': ({ handoffIds }) => ok({ withdrawn: handoffIds.length }),
    'handoffs.toLead': () => ok({ leadId: DANA }),
    'handoffs.answer': () => ok(null),
    'handoffs.ofCase': ({ caseId }) => {
      const found = find(caseId);
      if (found === null) return ok(null);
      const { index, row } = found;
      const standing = standingOf(index, row);
      return ok({
        ownerId: row.assigneeId,
        epoch: 4,
        ownedSince: ago(8 * HOUR_MS),
        isInQueue: false,
        accountable:
          row.assigneeId === null
            ? null
            : standing?.state === 'expired'
              ? { agentId: DANA, insteadOfOwner: 'expired' }
              : { agentId: row.assigneeId, insteadOfOwner: null },
        bounces: index % 12 === 0 ? 1 : 0,
        hubs: [],
        handoffs: [...(index % 4 === 0 ? [pastHandoff(row)] : []), ...(standing === null ? [] : [standing])],
        doubleReplies:
          index % 8 === 0
            ? [{ messageIds: [makeId('msg', 'x'), makeId('msg', 'y')], authors: [LI, ME], eventIds: ['evt_x', 'evt_y'] }]
            : [],
        isAcceptPending: false,
      });
    },
    'promises.ofCase': ({ caseId }) => {
      const found = find(caseId);
      return ok(found === null ? [] : viewsOf(found.index, found.row));
    },
    'promises.check': ({ caseId, due }) => {
      const zone = find(caseId)?.row.contactZone ?? 'Europe/Lisbon';
      const dueLocal = typeof due === 'number' ? toLocal(zone, due) : due;
      const isNight = dueLocal.hour < 6;
      return ok({
        zone: { zone, source: 'set' },
        dueLocal,
        feasibility: isNight || toInstant(zone, dueLocal) > after(NOW, 4 * HOUR_MS) ? INFEASIBLE : { kind: 'feasible', staffed: [] },
      });
    },
    'promises.detect': ({ caseId, text }) => {
      const zone = find(caseId)?.row.contactZone ?? 'Europe/Lisbon';
      const found = detectPromises(text, {
        writtenAt: instant(Date.now()),
        customerZone: zone,
        writerZone: 'Europe/Lisbon',
        businessHours: null,
        language: null,
      });
      return ok({
        zone: { zone, source: 'set' },
        found: found.map((promise, index) => ({ promise, feasibility: index % 2 === 1 ? INFEASIBLE : { kind: 'feasible', staffed: [] } })),
      });
    },
    'promises.make': () => ok({ promiseId: makeId('prm', 'new') }),
    'promises.keep': () => ok(null),
    'promises.release': () => ok(null),
  };
}
