import type { SimStation } from './sim-station.ts';
import type { World } from './world.ts';
import { body } from '../../engine/roster-team.ts';
import { customerMail, HAND_ACCOUNT } from '../../engine/hand-channel.ts';
import { noProbe } from '../../../src/main/engine/probe.ts';
import { isOpenConflict } from '../../../src/shared/domain/team/conflict.ts';
import { draftOfCase } from '../../../src/main/engine/store/drafts.store.ts';
import { readConflicts } from '../../../src/main/engine/store/team.store.ts';
import { applyAction } from '../../../src/main/engine/usecases/apply-action.ts';
import { undoOperation } from '../../../src/main/engine/usecases/undo-operation.ts';
import { changeTier } from '../../../src/main/engine/usecases/change-tier.ts';
import { editPlan } from '../../../src/main/engine/usecases/edit-plan.ts';
import { acceptHandoff, declineHandoff, giveBack } from '../../../src/main/engine/usecases/handoff-answer.ts';
import { offerCases, withdrawOffers } from '../../../src/main/engine/usecases/handoff-offer.ts';
import { ingestBatch } from '../../../src/main/engine/usecases/ingest-batch.ts';
import { publishPlan } from '../../../src/main/engine/usecases/publish-plan.ts';
import { saveRoster } from '../../../src/main/engine/usecases/save-roster.ts';
import { addNote, cancelReply, sendReply } from '../../../src/main/engine/usecases/send-reply.ts';
import { reschedule, sendNow } from '../../../src/main/engine/usecases/time-of-reply.ts';
import { settleReply } from '../../../src/main/engine/usecases/settle-reply.ts';
import { resolveConflict } from '../../../src/main/engine/usecases/team-resolve.ts';
import { saveDraftText } from '../../../src/main/engine/usecases/write-draft.ts';
import type { PlainAction } from '../../../src/shared/domain/case-actions.ts';
import { EMPTY_PACKET } from '../../../src/shared/domain/handoff/packet.ts';
import { readBackOf } from '../../../src/shared/domain/handoff/read-back.ts';
import type { Random } from '../../../src/main/engine/sample/random.ts';
import { SETTLED_AS } from '../../../src/shared/domain/team/send-settling.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import type { AgentId, CaseId, ContactId, DraftId, HandoffId, OperationId, OutboxId } from '../../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../src/shared/domain/message.ts';
import { after, DAY_MS, MINUTE_MS, SECOND_MS } from '../../../src/shared/domain/time.ts';

/** What customers have written: every workstation with the mailbox may fetch every one of them. */
export class Mailbox {
  readonly messages: NormalizedMessage[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** A new question, or one more message in a thread that is there. */
  write(): void {
    const { random, clock } = this.#world;
    const number = this.messages.length + 1;
    const earlier = random.chance(0.5) && this.messages.length > 0 ? random.pick(this.messages) : null;
    const key = `mail-${String(number)}@customer.test`;
    const customer = earlier === null ? `customer${String(number)}@customer.test` : earlier.from.address;
    this.messages.push({
      ...customerMail(clock, {
        nativeKey: key,
        thread: {
          tokens: [],
          ownKey: `<${key}>`,
          parentKeys: earlier?.thread.ownKey === undefined || earlier.thread.ownKey === null ? [] : [earlier.thread.ownKey],
        },
        from: { address: customer, name: `Customer ${customer.replaceAll(/[^0-9]/gu, '')}` },
        subject: earlier?.subject ?? `Question ${String(number)}`,
        text: `Text ${String(number)}`,
        preview: `Text ${String(number)}`,
      }),
    });
  }
}

/** Texts that people have written, each with a word that no other has, and where. */
export interface Written {
  readonly station: string;
  readonly token: string;
}

export interface Doing {
  readonly world: World;
  readonly mailbox: Mailbox;
  readonly written: Written[];
  readonly stations: readonly SimStation[];
}

interface CaseChoice {
  readonly uid: CaseId;
  readonly assignee: string;
  readonly contact: ContactId;
}

const STATUSES = ['open', 'pending', 'hold', 'solved'] as const;
const PACKET = {
  ...EMPTY_PACKET,
  severity: 'stable' as const,
  goal: 'Wants the money back',
  state: 'Asked the bank',
  actions: [{ what: 'Look again', dueAt: null }],
  isSituationPlain: true,
};

/** One person does one thing, whatever comes to hand. */
export async function act(station: SimStation, doing: Doing): Promise<void> {
  const { stations } = doing;
  const { random } = doing.world;
  const kind = random.weighted(KINDS);
  const cases = station.attempt('looks', () =>
    station.store.read((db) =>
      db.all<CaseChoice>(
        'SELECT c.uid, c.assignee, k.uid AS contact FROM cases c JOIN contacts k ON k.id = c.contact_id WHERE c.merged_into IS NULL ORDER BY c.uid',
      ),
    ),
  );
  if (cases === null) return;
  const chosen = cases.length === 0 ? null : random.pick(cases);
  doing.world.note(`${station.name} ${kind} ${chosen?.uid ?? ''}`);
  if (kind === 'fetch') {
    // who holds no channel has nothing to fetch from
    if (!stations.slice(0, 2).includes(station)) return;
    await fetchMail(station, doing);
    return;
  }
  station.attempt(kind, () => {
    ACTS[kind](station, doing, chosen);
  });
}

/** Fetches some of what is in the mailbox, as whoever holds the channel does; sometimes two do. */
export async function fetchMail(station: SimStation, { mailbox, world }: Doing): Promise<void> {
  const { context, store } = station;
  const known = store.read((db) => Number(db.get<{ cursor: string }>("SELECT cursor FROM cursors WHERE source = 'hand'")?.cursor ?? 0));
  const taken = mailbox.messages.slice(known, known + world.random.int(1, 3));
  const events = taken.map((message, index) => ({ kind: 'message', message, remoteRef: `hand/${String(known + index)}` }) as const);
  try {
    await ingestBatch(
      { ...context, probe: noProbe, verifyToken: () => null },
      HAND_ACCOUNT,
      { events, cursor: String(known + taken.length), more: false, backfill: null },
      'hand',
    );
  } catch (error) {
    if (!station.isExpected(error))
      station.problems.push(`${station.name} fetches: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
  }
}

type Act = (station: SimStation, doing: Doing, chosen: CaseChoice | null) => void;

const KINDS = [
  ['fetch', 4],
  ['claim', 5],
  ['release', 2],
  ['assign', 2],
  ['status', 4],
  ['label', 3],
  ['priority', 1],
  ['snooze', 1],
  ['note', 2],
  ['undo', 1],
  ['draft', 1],
  ['reply', 6],
  ['cancel', 1],
  ['insist', 1],
  ['decide', 5],
  ['offer', 3],
  ['accept', 3],
  ['decline', 1],
  ['withdraw', 1],
  ['giveBack', 1],
  ['tier', 1],
  ['shift', 2],
  ['publish', 1],
  ['roster', 1],
] as const satisfies readonly (readonly [string, number])[];
type Kind = (typeof KINDS)[number][0];

const ACTS: Readonly<Record<Exclude<Kind, 'fetch'>, Act>> = {
  claim: (station, _doing, chosen) => apply(station, chosen, { kind: 'claim' }),
  release: (station, _doing, chosen) => apply(station, chosen, { kind: 'release' }),
  assign: (station, { world, stations }, chosen) => apply(station, chosen, { kind: 'assign', agentId: somebody(world, stations) }),
  status: (station, { world }, chosen) => apply(station, chosen, { kind: 'status', to: world.random.pick(STATUSES) }),
  priority: (station, { world }, chosen) => apply(station, chosen, { kind: 'priority', to: world.random.pick(['low', 'high'] as const) }),
  snooze: (station, { world }, chosen) =>
    apply(station, chosen, world.random.chance(0.5) ? { kind: 'wake' } : { kind: 'snooze', until: after(station.clock.now(), DAY_MS) }),
  label: (station, { world }, chosen) => {
    const label = world.random.pick(['billing', 'lost', 'vip']);
    apply(station, chosen, world.random.chance(0.6) ? { kind: 'add-label', label } : { kind: 'remove-label', label });
  },
  note: (station, { world }, chosen) => {
    if (chosen !== null) addNote(station.context, { opId: station.op(), caseId: chosen.uid, text: `Note ${world.random.hex(6)}` });
  },
  undo: (station) => {
    const last = station.store.read((db) =>
      db.get<{ uid: OperationId }>('SELECT uid FROM operations WHERE inverse IS NOT NULL AND undone = 0 ORDER BY at DESC, uid LIMIT 1'),
    );
    if (last !== undefined) undoOperation(station.context, { opId: station.op(), undoes: last.uid });
  },
  draft: (station, doing, chosen) => {
    if (chosen !== null) write(station, doing, chosen);
  },
  reply: (station, doing, chosen) => {
    if (chosen === null) return;
    const draftId = write(station, doing, chosen);
    if (draftId === null) return;
    const thenStatus = doing.world.random.chance(0.4) ? doing.world.random.pick(STATUSES) : null;
    sendReply({ ...station.context, signToken: () => null }, { opId: station.op(), caseId: chosen.uid, draftId, thenStatus });
  },
  cancel: (station, { world }) => {
    const outboxId = waiting(station, world, ['queued', 'held']);
    if (outboxId !== null) cancelReply(station.context, { opId: station.op(), outboxId });
  },
  insist: (station, { world }) => {
    const outboxId = waiting(station, world, ['held', 'failed']);
    if (outboxId !== null) sendNow(station.context, { opId: station.op(), outboxId });
  },
  decide: (station, { world }) => {
    const open = station.store.read((db) => readConflicts(db, 'open')).filter(isOpenConflict);
    if (open.length === 0) return;
    const conflict = world.random.pick(open.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    if (conflict.choices.length === 0) return;
    const choice = world.random.pick(conflict.choices);
    const result = resolveConflict(station.context, { opId: station.op(), conflictId: conflict.id, choice });
    world.note(`${station.name} decides ${conflict.id} ${choice} ${result.ok ? 'done' : result.error.code}`);
  },
  offer: (station, { world, stations }, chosen) => {
    if (chosen === null) return;
    const agentId = somebody(world, stations);
    const to = world.random.chance(0.4) || agentId === null ? ({ kind: 'queue' } as const) : ({ kind: 'agent', agentId } as const);
    offerCases(station.context, { opId: station.op(), offers: [{ caseId: chosen.uid, to, reason: 'shift-end', packet: PACKET }] });
  },
  accept: (station, { world }) => {
    const handoff = handoffOf(station, world);
    if (handoff === null) return;
    acceptHandoff(station.context, {
      opId: station.op(),
      handoffId: handoff,
      packetVersion: 1,
      lastInboundId: null,
      readBack: readBackOf(PACKET, 'Europe/Lisbon'),
    });
  },
  decline: (station, { world }) => {
    const handoffId = handoffOf(station, world);
    if (handoffId !== null) declineHandoff(station.context, { opId: station.op(), handoffId, reason: 'No time' });
  },
  withdraw: (station, { world }) => {
    const handoffId = handoffOf(station, world);
    if (handoffId !== null) withdrawOffers(station.context, { opId: station.op(), handoffIds: [handoffId] });
  },
  giveBack: (station, { world }) => {
    const handoffId = handoffOf(station, world);
    if (handoffId !== null) giveBack(station.context, { opId: station.op(), handoffId, reason: 'Not mine' });
  },
  tier: (station, { world }, chosen) => {
    if (chosen === null) return;
    const tier = world.random.pick(['standard', 'vip'] as const);
    station.store.write((tx) => {
      changeTier(station.context, tx, { contactId: chosen.contact, tier, reason: 'Asked for', until: null }, station.agentId());
    });
  },
  shift: (station, { world }) => {
    const shift = body(null, `2026-03-0${String(world.random.int(3, 6))}T08:00`, '2026-03-08T16:00', {
      hubId: null,
      note: world.random.hex(4),
    });
    const draft = world.random.chance(0.3) ? ({ kind: 'same' } as const) : ({ kind: 'changed', body: shift } as const);
    editPlan(station.context, { opId: station.op(), changes: [{ shiftId: makeId('shf', world.random.pick(['one', 'two'])), draft }] });
  },
  publish: (station) => {
    publishPlan(station.context, { opId: station.op(), note: '' });
  },
  roster: (station, { world }) => {
    const hub = {
      hubId: makeId('hub', world.random.pick(['one', 'two'])),
      name: `Hub ${world.random.hex(3)}`,
      zone: 'Asia/Singapore',
      position: null,
      weekend: [],
      holidays: [],
      isActive: true,
    };
    saveRoster(station.context, { opId: station.op(), changes: [{ kind: 'hub', hub }] });
  },
};

/** Somebody says what became of a reply of unknown fate. Their own luck: what else happens in a seed stays the same. */
export function decideFate(station: SimStation, { world }: Doing, random: Random): void {
  station.attempt('decides about a reply', () => {
    const rows = station.store.read((db) =>
      db.all<{ uid: OutboxId }>(`SELECT uid FROM outbox WHERE state IN ('queued', 'held', 'unknown') ORDER BY uid`),
    );
    for (const { uid } of rows) {
      if (!random.chance(0.6)) continue;
      const as = random.pick(SETTLED_AS);
      const result = settleReply(station.context, { opId: station.op(), outboxId: uid, as });
      if (result.ok) world.note(`${station.name} says of ${uid}: ${as}`);
    }
  });
}

/** Somebody gives a reply another time, or lets it leave at once. Their own luck, as of fates. */
export function changeTimes(station: SimStation, { world }: Doing, random: Random): void {
  station.attempt('changes a time', () => {
    const rows = station.store.read((db) =>
      db.all<{ uid: OutboxId }>(`SELECT uid FROM outbox WHERE state IN ('queued', 'held') ORDER BY uid`),
    );
    for (const { uid: outboxId } of rows) {
      if (!random.chance(0.4)) continue;
      const opId = station.op();
      const sendAt = after(station.clock.now(), random.between(SECOND_MS, MINUTE_MS));
      const result = random.chance(0.2)
        ? sendNow(station.context, { opId, outboxId })
        : reschedule(station.context, { opId, outboxId, sendAt });
      world.note(`${station.name} gives ${outboxId} another time: ${result.ok ? 'done' : result.error.code}`);
    }
  });
}

function apply(station: SimStation, chosen: CaseChoice | null, action: PlainAction): void {
  if (chosen !== null) applyAction(station.context, { opId: station.op(), caseIds: [chosen.uid], action });
}

function somebody(world: World, stations: readonly SimStation[]): AgentId | null {
  return world.random.pick(stations).agentId();
}

function write(station: SimStation, { world, written }: Doing, { uid }: CaseChoice): DraftId | null {
  const token = `w${world.random.hex(10)}`;
  const before = station.store.read((db) => draftOfCase(db, uid, 'reply'))?.text ?? '';
  const saved = saveDraftText(station.context, {
    opId: station.op(),
    caseId: uid,
    kind: 'reply',
    text: `${before} Hello, ${token}`,
    to: [{ address: 'customer@customer.test', name: '' }],
    cc: [],
  });
  if (!saved.ok) return null;
  written.push({ station: station.name, token });
  return saved.value.draftId;
}

function waiting(station: SimStation, world: World, states: readonly string[]): OutboxId | null {
  const rows = station.store.read((db) =>
    db.all<{ uid: OutboxId }>(
      `SELECT o.uid FROM outbox o JOIN messages m ON m.id = o.message_id WHERE m.agent = @me AND o.state IN (SELECT value FROM json_each(@states)) ORDER BY o.uid`,
      { me: station.agentId(), states: JSON.stringify(states) },
    ),
  );
  return rows.length === 0 ? null : world.random.pick(rows).uid;
}

function handoffOf(station: SimStation, world: World): HandoffId | null {
  const rows = station.store.read((db) => db.all<{ uid: HandoffId }>('SELECT uid FROM handoffs WHERE live = 1 ORDER BY uid'));
  return rows.length === 0 ? null : world.random.pick(rows).uid;
}
