import { arrive } from './arriving.ts';
import { body, drafted, LISBON, person, SINGAPORE } from './roster-team.ts';
import { op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { Input, Output } from '../../src/shared/contract/contract.ts';
import type { LaneRow } from '../../src/shared/contract/handoff.contract.ts';
import type { EngineEvent } from '../../src/shared/contract/workspace.contract.ts';
import type { AgentProfile, Hub } from '../../src/shared/domain/coverage/roster.ts';
import type { Handoff, Ownership } from '../../src/shared/domain/handoff/handoff.ts';
import type { Packet, Recipient } from '../../src/shared/domain/handoff/packet.ts';
import { readBackOf } from '../../src/shared/domain/handoff/read-back.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, CaseId, HandoffId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

/**
 * Three hubs that follow the sun, on two days in November (Lisbon keeps UTC then). Mei and Sam work in Singapore from one
 * to nine o'clock, Ana and Tom in Lisbon from eight to four, Kim in San Francisco from three to eleven in the evening, by
 * UTC; Lea leads from six to six. They share one desk, where they sit down in turn, and a clock that tests move.
 */
export const SAN_FRANCISCO: Hub = {
  ...LISBON,
  hubId: makeId('hub', 'san-francisco'),
  name: 'San Francisco',
  zone: 'America/Los_Angeles',
  holidays: [],
};

export const MEI = person('mei', SINGAPORE);
export const SAM = person('sam', SINGAPORE);
export const ANA = person('ana', LISBON);
export const TOM = person('tom', LISBON);
export const KIM = person('kim', SAN_FRANCISCO);
export const LEA = person('lea', LISBON, { tiers: ['lead'] });

const HOURS: readonly (readonly [agent: AgentProfile, hub: Hub, from: number, to: number])[] = [
  [MEI, SINGAPORE, 1, 9],
  [SAM, SINGAPORE, 1, 9],
  [ANA, LISBON, 8, 16],
  [TOM, LISBON, 8, 16],
  [KIM, SAN_FRANCISCO, 15, 23],
  [LEA, LISBON, 6, 18],
];

/** The first of the two days. */
export const DAY = Date.UTC(2026, 10, 24);

/** So many hours after the begin of the first day, UTC. */
export function at(hours: number): Instant {
  return instant(DAY + hours * HOUR_MS);
}

export interface SunTeam extends AsyncDisposable {
  readonly station: Workstation;
  /** What the page was told, in order. */
  readonly told: EngineEvent[];
  now(): Instant;
  /** Lets time pass and has the engine look. */
  moveTo(hours: number): Promise<void>;
  sit(agent: AgentProfile): Promise<void>;
  /** A customer writes; whoever sits here claims the case. */
  claimed(subject: string, change?: Partial<NormalizedMessage>): Promise<CaseId>;
  write(caseId: CaseId, subject: string): Promise<void>;
  /** Offers with the packet that is filled in. */
  offer(caseId: CaseId, to: AgentProfile | Hub | 'queue', change?: Partial<Packet>): Promise<HandoffId>;
  /** Reads the packet back as it is. */
  accept(handoffId: HandoffId, change?: Partial<Input<'handoffs.accept'>>): Promise<Output<'handoffs.accept'>>;
  row(handoffId: HandoffId): Promise<LaneRow>;
  handoff(handoffId: HandoffId): Promise<Handoff>;
  owner(caseId: CaseId): AgentId | null;
  ownership(caseId: CaseId): Ownership;
  reopen(): Promise<void>;
}

export async function startSunTeam(hours = 8): Promise<SunTeam> {
  let nowMs: number = at(hours);
  const clock = { now: (): Instant => instant(nowMs) };
  let station = await startWorkstation({ clock });
  const { folder } = station;
  const first = station;
  let told: EngineEvent[] = [];
  const listen = (): void => {
    station.engine.attachPage({
      post: (message) => {
        if (message.t === 'event') told.push(message.event as EngineEvent);
      },
      onMessage: () => {},
      onClose: () => {},
    });
  };
  await station.ask('workspace.setProfile', { opId: op(), name: 'Zoe', zone: 'UTC', languages: ['en'] });
  await station.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 0 } });
  await station.ask('roster.save', {
    opId: op(),
    changes: [
      ...[SINGAPORE, LISBON, SAN_FRANCISCO].map((hub) => ({ kind: 'hub', hub }) as const),
      ...HOURS.map(([agent]) => ({ kind: 'agent', agent }) as const),
    ],
  });
  await station.ask('workspace.sitDown', { opId: op(), agentId: LEA.agentId });
  const days = ['2026-11-24', '2026-11-25'];
  await station.ask('plan.edit', {
    opId: op(),
    changes: days.flatMap((day) =>
      HOURS.map(([agent, hub, from, to]) =>
        drafted(
          `${agent.name}-${day}`,
          body(agent.agentId, `${day}T${two(from)}:00`, `${day}T${two(to)}:00`, { zone: 'UTC', hubId: hub.hubId }),
        ),
      ),
    ),
  });
  await station.ask('plan.publish', { opId: op(), note: '' });
  listen();
  const team: SunTeam = {
    get station() {
      return station;
    },
    get told() {
      return told;
    },
    now: clock.now,
    moveTo: async (to) => {
      nowMs = at(to);
      station.engine.handleShellEvent({ type: 'power', state: 'resume' });
      await station.engine.settled();
    },
    sit: async (agent) => {
      await station.engine.settled();
      await station.ask('workspace.sitDown', { opId: op(), agentId: agent.agentId });
    },
    claimed: async (subject, change) => {
      const caseId = await arrive(station, clock, subject, change);
      await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
      return caseId;
    },
    write: async (caseId, subject) => {
      const found = await station.ask('cases.timeline', { caseId });
      const [message] = found.filter((each) => each.kind === 'message');
      if (message === undefined) throw new Error('nobody has written');
      const key = station.engine.store.read((db) =>
        db.get<{ key: string }>('SELECT own_key AS key FROM messages WHERE uid = @uid', { uid: message.messageId }),
      )?.key;
      nowMs += 1_000;
      await arrive(station, clock, subject, { thread: { tokens: [], ownKey: `${subject}-${String(nowMs)}`, parentKeys: [key ?? ''] } });
    },
    offer: async (caseId, to, change = {}) => {
      const prepared = await station.ask('handoffs.prepare', { caseId });
      if (prepared === null) throw new Error('no such case');
      const packet = { ...prepared.packet, ifThen: [{ when: 'It gets worse', action: 'Call the bank' }], ...change };
      const [result] = await station.ask('handoffs.offer', {
        opId: op(),
        offers: [{ caseId, to: recipientOf(to), reason: 'shift-end', packet }],
      });
      if (result?.ok !== true) throw new Error(`not offered: ${JSON.stringify(result)}`);
      return result.handoffId;
    },
    accept: async (handoffId, change = {}) => {
      const row = await team.row(handoffId);
      const { agents } = await station.ask('workspace.get', {});
      const zone = agents.find((each) => each.isMe)?.zone ?? 'UTC';
      const version = row.handoff.versions.at(-1)?.version ?? 1;
      const readBack = readBackOf(row.packet, zone);
      return station.ask('handoffs.accept', {
        opId: op(),
        handoffId,
        packetVersion: version,
        lastInboundId: row.lastInboundId,
        readBack,
        ...change,
      });
    },
    row: async (handoffId) => {
      const row = await station.ask('handoffs.get', { handoffId });
      if (row === null) throw new Error(`no ${handoffId}`);
      return row;
    },
    handoff: async (handoffId) => (await team.row(handoffId)).handoff,
    owner: (caseId) => team.ownership(caseId).ownerId,
    ownership: (caseId) => station.engine.store.read((db) => station.engine.ledger.ownership(db, caseId)),
    reopen: async () => {
      await station.quit();
      told = [];
      // the account that customers write to has no mailbox
      station = await startWorkstation({ clock, folder, log: () => {} });
      listen();
      await station.engine.settled();
    },
    [Symbol.asyncDispose]: async () => {
      if (station !== first) await station.quit();
      await first[Symbol.asyncDispose]();
    },
  };
  await until(() => station.engine.store.read((db) => db.get('SELECT 1 FROM publications')) !== undefined, 'the plan is published');
  return team;
}

export function recipientOf(to: AgentProfile | Hub | 'queue'): Recipient {
  if (to === 'queue') return { kind: 'queue' };
  return 'agentId' in to ? { kind: 'agent', agentId: to.agentId } : { kind: 'hub', hubId: to.hubId };
}

function two(hour: number): string {
  return String(hour).padStart(2, '0');
}
