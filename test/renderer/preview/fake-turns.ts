import type { CaseRow } from '../../../src/shared/contract/cases.contract.ts';
import type { LaneRow } from '../../../src/shared/contract/handoff.contract.ts';
import type { Packet } from '../../../src/shared/domain/handoff/packet.ts';
import type { LeavingReason } from '../../../src/shared/domain/handoff/sweep.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import type { CaseId } from '../../../src/shared/domain/ids.ts';
import { after, HOUR_MS, instant, MINUTE_MS } from '../../../src/shared/domain/time.ts';
import type { FakeEngine } from '../fake-engine.ts';
import { fakeLanes, fakePacket, LANES_ME, RECEIVER, SENDER } from '../fake-lanes.ts';
import type { FakeOffer, FakeSweepCase } from '../fake-lanes.ts';

/** FAKE lanes, a sweep of 40 cases and a brief, for looking at screens. */

const NOW = instant(Date.now());
const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
const BINA = makeId('agt', 'bina');
const LIS = makeId('hub', 'lis');

const promise = (id: string, hours: number, zone: string): Packet['promises'][number] => ({
  promiseId: makeId('prm', id),
  text: 'We send the corrected export and say when the fix is out.',
  dueAt: after(NOW, hours * HOUR_MS),
  zone,
});

/** In turn stable, watcher, critical; each with what such a case has. */
function packetOf(index: number, row: CaseRow): Packet {
  const zone = row.contactZone ?? 'Europe/Lisbon';
  const base = fakePacket({ goal: row.subject, state: row.preview });
  if (index % 3 === 0) return { ...base, isSituationPlain: true };
  const more: Partial<Packet> = {
    tried: [{ what: 'Ran the export with a smaller range', result: 'it stops at 10,000 rows as well' }],
    promises: [promise(`t${index}`, index % 3 === 1 ? 3.5 : 1.25, zone)],
    ifThen: [{ when: 'they write before the fix is there', action: 'send the table by hand' }],
    waitingOn: ['the developers, ticket 4711'],
    isSituationPlain: false,
  };
  if (index % 3 === 1) return { ...base, ...more, severity: 'watcher' };
  return { ...base, ...more, severity: 'critical', blockers: ['No access to their billing account'], notToDo: ['Promise a refund'] };
}

function offers(rows: readonly CaseRow[]): readonly FakeOffer[] {
  const at = (index: number): { readonly row: CaseRow; readonly packet: Packet } => {
    const row = rows[index];
    if (row === undefined) throw new Error('too few cases');
    return { row, packet: packetOf(index, row) };
  };
  const question = {
    questionId: 'q1',
    askedBy: RECEIVER,
    askedAt: after(NOW, -12 * MINUTE_MS),
    text: 'Do they need it before their noon, or is the evening early enough?',
    answer: null,
  };
  const edited = at(1);
  return [
    { ...at(2), more: { expiresAt: after(NOW, 9 * MINUTE_MS), offeredAt: after(NOW, -40 * MINUTE_MS) } },
    {
      ...edited,
      fromId: BINA,
      more: {
        messagesSince: [makeId('msg', 'x1')],
        questions: [
          {
            ...question,
            askedBy: LANES_ME,
            answer: { by: BINA, at: after(NOW, -4 * MINUTE_MS), text: 'Before noon, please.', eventId: 'evt' },
          },
        ],
      },
    },
    { ...at(3), more: { to: { kind: 'hub', hubId: LIS } } },
    { ...at(6) },
    { ...at(9), more: { expiresAt: after(NOW, 3 * HOUR_MS) } },
    { ...at(12), more: { to: { kind: 'queue' }, expiresAt: after(NOW, 5 * HOUR_MS) } },
    { ...at(5), lane: 'escalated', state: 'escalated', fromId: SENDER },
    { ...at(4), lane: 'outgoing', fromId: LANES_ME, more: { questions: [question] } },
    {
      ...at(8),
      lane: 'outgoing',
      fromId: LANES_ME,
      state: 'declined',
      more: {
        declines: [{ agentId: RECEIVER, at: after(NOW, -6 * MINUTE_MS), reason: 'I lack the skill or the language', eventId: 'evt d' }],
      },
    },
    { ...at(16), lane: 'outgoing', fromId: LANES_ME },
    {
      ...at(20),
      lane: 'accepted',
      state: 'accepted',
      more: {
        acceptance: {
          eventId: 'evt acc',
          agentId: LANES_ME,
          hubId: LIS,
          at: after(NOW, -30 * MINUTE_MS),
          isOnShift: true,
          isLate: false,
          packetVersion: 1,
          lastInboundId: makeId('msg', 'before'),
          readBack: null,
        },
      },
    },
  ];
}

const REASONS: readonly (readonly LeavingReason[])[] = [
  ['promise'],
  ['vip', 'due-before-back'],
  ['due-before-back'],
  ['promise', 'vip'],
  ['live-chat'],
];

function sweepCases(rows: readonly CaseRow[]): readonly FakeSweepCase[] {
  return rows.slice(30, 78).map((row, index): FakeSweepCase => {
    const packet = packetOf(index, row);
    return {
      row: { ...row, handoff: null },
      packet: index % 4 === 3 ? { ...packet, severity: null, actions: [] } : packet,
      reasons: index < 40 ? (REASONS[index % REASONS.length] ?? []) : [],
      dueAt: index < 40 ? after(NOW, (index + 1) * 17 * MINUTE_MS) : null,
    };
  });
}

/** What the preview answers about lanes, sweep and brief: `?turn=off|early|done` for the other states. */
export function fakeTurns(
  rows: readonly CaseRow[],
  query: URLSearchParams,
  engine: () => FakeEngine,
  others: ConstructorParameters<typeof FakeEngine>[0],
): ConstructorParameters<typeof FakeEngine>[0] {
  const state = query.get('turn') ?? '';
  const isEmpty = rows.length === 0;
  const lead = state === 'early' ? 3 * HOUR_MS : 40 * MINUTE_MS;
  const { handlers, edit } = fakeLanes(engine, {
    now: NOW,
    offers: isEmpty ? [] : offers(rows),
    sweep: isEmpty ? [] : sweepCases(rows).filter((each) => state !== 'done' || each.reasons.length === 0),
    turn:
      state === 'off'
        ? null
        : { beginsAt: after(NOW, lead - 45 * MINUTE_MS), turnEndsAt: after(NOW, lead), backAt: after(NOW, lead + 15 * HOUR_MS) },
  });
  Object.defineProperty(globalThis, 'editFakePacket', {
    configurable: true,
    // For the console: the sender edits the packet of the first offer.
    value: () => {
      const row = rows[2];
      if (row !== undefined)
        void edit(row.caseId, { ...packetOf(2, row), severity: 'watcher', blockers: [], goal: 'Every row, by tonight' });
    },
  });
  const lanesOf = async (): Promise<readonly LaneRow[]> => {
    const answer = await handlers['handoffs.lanes']?.({});
    const value = answer?.ok === true ? answer.value : null;
    return value === null ? [] : [...value.incoming, ...value.accepted];
  };
  let readAt: ReturnType<typeof instant> | null = null;
  const ids = (from: number, to: number): readonly CaseId[] => rows.slice(from, to).map((row) => row.caseId);
  return {
    ...others,
    ...handlers,
    'handoffs.prepare': async (input) => {
      const answer = await handlers['handoffs.prepare']?.(input);
      const other = answer?.ok === true && answer.value !== null ? answer : await others['handoffs.prepare']?.(input);
      return other ?? ok(null);
    },
    'handoffs.sweepStatus': () =>
      ok(
        isEmpty
          ? []
          : [
              {
                hubId: LIS,
                people: [
                  { agentId: LANES_ME, turnEndsAt: after(NOW, lead), beginsAt: after(NOW, lead - 45 * MINUTE_MS), left: 28, done: 12 },
                  {
                    agentId: makeId('agt', 'ana'),
                    turnEndsAt: after(NOW, 100 * MINUTE_MS),
                    beginsAt: after(NOW, 55 * MINUTE_MS),
                    left: 6,
                    done: 1,
                  },
                ],
              },
              {
                hubId: makeId('hub', 'ktm'),
                people: [
                  { agentId: BINA, turnEndsAt: after(NOW, 20 * MINUTE_MS), beginsAt: after(NOW, -25 * MINUTE_MS), left: 0, done: 9 },
                ],
              },
              {
                hubId: makeId('hub', 'sfo'),
                people: [
                  { agentId: RECEIVER, turnEndsAt: after(NOW, 6 * HOUR_MS), beginsAt: after(NOW, 5.25 * HOUR_MS), left: 11, done: 0 },
                ],
              },
            ],
      ),
    'handoffs.brief': async () => {
      if (state === 'off') return ok({ brief: null, cases: {}, readAt: null });
      const mine = await lanesOf();
      const handedOver = mine.map((each) => each.row.caseId);
      const cases = Object.fromEntries(
        rows.slice(0, 60).map((row) => {
          const found = mine.find((each) => each.row.caseId === row.caseId);
          const offer = found?.handoff.state === 'offered' ? found.handoff : null;
          return [
            row.caseId,
            {
              ...row,
              handoff:
                offer === null
                  ? null
                  : {
                      handoffId: offer.handoffId,
                      state: 'offered' as const,
                      fromId: offer.fromId,
                      to: offer.to,
                      expiresAt: offer.expiresAt,
                    },
            },
          ];
        }),
      );
      return ok({
        brief: {
          turn: { from: after(NOW, -10 * MINUTE_MS), to: after(NOW, 8 * HOUR_MS), hubId: LIS },
          since: after(NOW, -16 * HOUR_MS),
          noonAt: after(NOW, 4 * HOUR_MS),
          handedOver,
          changed: ids(24, 31),
          dueBeforeNoon: ids(30, 35),
          promises: rows.slice(30, 33).map((row, index) => ({
            caseId: row.caseId,
            dueAt: after(NOW, (index + 2) * HOUR_MS),
            text: 'We send the corrected export by then.',
          })),
        },
        cases,
        readAt,
      });
    },
    'handoffs.briefRead': () => {
      readAt = NOW;
      void engine().changed('handoffs.brief');
      return ok(null);
    },
  };
}
