import { createSendGate } from '../../src/main/engine/jobs/send-gate.ts';
import type { GatedReply, SendGate, SendTeam } from '../../src/main/engine/jobs/send-gate.ts';
import type { SendResult } from '../../src/main/engine/channels/connector.ts';
import { foldSend } from '../../src/shared/domain/team/send-fold.ts';
import type { SendEvent } from '../../src/shared/domain/team/send-fold.ts';
import type { Settling } from '../../src/shared/domain/team/send-settling.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { OutboxId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

/**
 * Workstations that send the same replies with the real gate, in the order of steps of jobs/outbox-runner.ts, and crash and pause between
 * any two of them; and people anywhere who decide about what is of unknown fate. Their disks, their leases and the provider are FAKES: the
 * provider counts what reaches the customer.
 */

/** What a provider can tell: refuses doubles by key, can be asked whether a message is there, or neither. */
export type ProviderMode = 'idempotent' | 'look-up' | 'neither';

const ACCOUNT = makeId('acc', 'model');
const LEASE_MS = 15_000;
const SAFE_MS = 12_000;

/** Time that passes when everybody waits. */
export class VirtualTime {
  nowMs = 0;
  readonly #waiting: { readonly at: number; readonly order: number; readonly wake: () => void }[] = [];
  #order = 0;

  async sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#waiting.push({ at: this.nowMs + ms, order: (this.#order += 1), wake });
    });
  }

  /** Lets time pass until `work` is done. @param breathe lets everything run that needs no time */
  async run(work: Promise<unknown>, breathe: () => Promise<void>): Promise<void> {
    let isDone = false;
    void work.finally(() => {
      isDone = true;
    });
    for (;;) {
      await breathe();
      if (isDone) break;
      this.#waiting.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#waiting.shift();
      if (next === undefined) continue;
      this.nowMs = Math.max(this.nowMs, next.at);
      next.wake();
    }
    await work;
  }
}

/** A FAKE of a provider. */
export class Provider {
  readonly mode: ProviderMode;
  /** How often each customer got an answer. */
  readonly delivered = new Map<string, number>();

  constructor(mode: ProviderMode) {
    this.mode = mode;
  }

  accept(key: string): void {
    const times = this.delivered.get(key) ?? 0;
    this.delivered.set(key, this.mode === 'idempotent' && times > 0 ? times : times + 1);
  }

  has(key: string): boolean {
    return this.delivered.has(key);
  }
}

/** A FAKE of the lease: what hub-leases.ts promises, on virtual time. */
export class ModelLease {
  #holder: { readonly name: string; readonly fence: number; until: number } | null = null;
  #fence = 0;
  readonly #time: VirtualTime;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** The fence, when it is free or the caller's. */
  acquire(name: string, fence: number | null): number | null {
    const now = this.#time.nowMs;
    if (this.#holder !== null && this.#holder.until > now) {
      if (this.#holder.name !== name || this.#holder.fence !== fence) return null;
      this.#holder.until = now + LEASE_MS;
      return fence;
    }
    this.#holder = { name, fence: (this.#fence += 1), until: now + LEASE_MS };
    return this.#holder.fence;
  }
}

interface Row {
  readonly uid: OutboxId;
  state: 'queued' | 'sending' | 'sent' | 'unknown' | 'dropped';
  handedOver: boolean;
}

export interface Faults {
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Chances of a crash and of a long pause, at each step. */
  readonly crash: number;
  readonly pause: number;
}

class Crash extends Error {}

/** What a world of senders shares. */
export interface World {
  readonly time: VirtualTime;
  readonly lease: ModelLease;
  readonly provider: Provider;
  readonly replies: readonly OutboxId[];
  /** Replies that the cases say were sent, as `case.replySent` tells everybody who catches up. */
  readonly told: Set<OutboxId>;
  faults: Faults | null;
  /** What people have decided, in the order of the log; everybody who catches up knows it. */
  readonly decided: { readonly id: string; readonly uid: OutboxId; readonly settling: Settling }[];
  /** Without the gate: for the control that shows that the test sees doubles. */
  readonly isNaive: boolean;
}

/** One workstation: a disk that stays, and a program that dies and starts again. */
export class Sender {
  readonly rows = new Map<OutboxId, Row>();
  readonly #name: string;
  readonly #world: World;
  readonly #team: SendTeam;
  /** Receipts on the disk that the log was not told yet. */
  readonly #pending = new Set<OutboxId>();
  /** Decisions that were looked at; forgotten with the program. */
  #looked = new Set<string>();
  #isOver = false;
  #pausedUntil = 0;

  constructor(name: string, world: World, team: Omit<SendTeam, 'catchUp'>) {
    this.#name = name;
    this.#world = world;
    this.#team = { ...team, catchUp: async () => this.#catchUp() };
    for (const uid of world.replies) this.rows.set(uid, { uid, state: 'queued', handedOver: false });
  }

  stop(): void {
    this.#isOver = true;
  }

  /** What is not settled here. */
  open(): readonly Row[] {
    return [...this.rows.values()].filter(({ state }) => state !== 'sent' && state !== 'dropped');
  }

  /** Starts again after each crash. */
  async live(): Promise<void> {
    while (!this.#isOver) {
      try {
        await this.#run();
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        await this.#world.time.sleep(1_000 + 20_000 * (this.#world.faults?.random() ?? 0));
      }
    }
  }

  /** Between any two things that a program does. */
  async #step(ms = 20): Promise<void> {
    const { time, faults } = this.#world;
    await time.sleep(ms + (faults?.random() ?? 0) * ms);
    if (faults !== null && faults.random() < faults.crash) throw new Crash();
    if (faults !== null && faults.random() < faults.pause) this.#pausedUntil = time.nowMs + 3 * LEASE_MS;
    if (this.#pausedUntil > time.nowMs) await time.sleep(this.#pausedUntil - time.nowMs);
  }

  async #catchUp(): Promise<void> {
    await this.#step();
    for (const uid of this.#pending) this.#world.told.add(uid);
    this.#pending.clear();
    for (const uid of this.#world.told) {
      const row = this.rows.get(uid);
      if (row !== undefined) row.state = 'sent';
    }
  }

  async #run(): Promise<void> {
    const { time, lease, isNaive } = this.#world;
    this.#looked = new Set();
    let held: { readonly fence: number; renewedAt: number } | null = null;
    const hold = (): { fence: number; isLeaving: boolean; isHeld: () => boolean } | null => {
      const mine = held;
      return mine === null ? null : { fence: mine.fence, isLeaving: false, isHeld: () => time.nowMs - mine.renewedAt < SAFE_MS };
    };
    const gate = createSendGate({
      team: () => this.#team,
      hold,
      queuedPlace: () => ({ sequence: 0, isPending: false }),
      log: () => {},
      remembersAll: true,
    });
    for (const row of this.rows.values()) if (row.state === 'sending') row.state = row.handedOver ? 'unknown' : 'queued';
    while (!this.#isOver) {
      await this.#step(200);
      const sentAt = time.nowMs;
      const fence: number | null = lease.acquire(this.#name, held?.fence ?? null);
      await this.#step();
      held = fence === null ? null : { fence, renewedAt: sentAt };
      if (held === null && !isNaive) {
        await this.#step(2_000);
        continue;
      }
      await this.#catchUp();
      gate.kick();
      await this.#settle(gate);
      const queued = this.open().find(({ state }) => state === 'queued');
      if (queued !== undefined) await this.#send(gate, queued);
      for (const row of this.open()) if (row.state === 'unknown') await this.#lookUp(gate, row);
      if (this.open().length === 0) await this.#step(1_000);
    }
  }

  #gated(row: Row): GatedReply {
    const { uid, handedOver, state } = row;
    return {
      uid,
      caseUid: makeId('case', 'model'),
      account: ACCOUNT,
      clientKey: uid,
      state: state === 'dropped' ? 'cancelled' : state,
      handedOver,
      code: null,
    };
  }

  async #send(gate: SendGate, row: Row): Promise<void> {
    const { provider, isNaive } = this.#world;
    if (!isNaive) {
      if (!(await gate.prepare(ACCOUNT)).go || row.state !== 'queued') return;
      const begun = await gate.begin(this.#gated(row));
      await this.#step();
      if (!begun.go) {
        if (begun.why === 'other-began') row.state = 'unknown';
        if (begun.why === 'sent') this.#recordSent(row);
        if (begun.why === 'dropped') row.state = 'dropped';
        return;
      }
    }
    row.state = 'sending';
    row.handedOver = false;
    await this.#step();
    let result: SendResult;
    if (isNaive || gate.mayHandOver(this.#gated(row))) {
      row.handedOver = true;
      await this.#step();
      provider.accept(row.uid);
      await this.#step();
      result = { status: 'sent', at: instant(this.#world.time.nowMs), refused: [] };
      this.#recordSent(row);
    } else {
      result = { status: 'rejected', permanent: false, code: 'not-holder', detail: '' };
      row.state = 'queued';
    }
    await this.#step();
    if (!isNaive) await gate.ended(this.#gated(row), result);
  }

  async #lookUp(gate: SendGate, row: Row): Promise<void> {
    const { provider, isNaive } = this.#world;
    await this.#step();
    if (isNaive) {
      // what a program does that knows no better
      row.state = 'queued';
      return;
    }
    const fate = await gate.fate(this.#gated(row)).catch(() => 'underway' as const);
    if (row.state !== 'unknown') return;
    if (fate === 'again') {
      row.state = 'queued';
      row.handedOver = false;
      return;
    }
    if (fate !== null && fate !== 'underway') {
      if (fate.why === 'sent') this.#recordSent(row);
      if (fate.why === 'dropped') row.state = 'dropped';
      return;
    }
    // a provider that refuses doubles may be given it again, by the same key
    if (provider.mode === 'idempotent') provider.accept(row.uid);
    if (provider.mode === 'neither' || !provider.has(row.uid)) return;
    await this.#step();
    this.#recordSent(row);
    await gate.ended(this.#gated(row), { status: 'sent', at: instant(this.#world.time.nowMs), refused: [] });
  }

  /** Carries out what people have decided, in the steps of jobs/outbox-settlings.ts. */
  async #settle(gate: SendGate): Promise<void> {
    for (const { id, uid, settling } of this.#world.decided) {
      const row = this.rows.get(uid);
      if (row === undefined || row.state === 'sent' || row.state === 'dropped' || this.#looked.has(id)) continue;
      await this.#step();
      const outcome = await gate.settle(this.#gated(row), settling).catch(() => null);
      await this.#step();
      if (outcome === null) continue;
      this.#looked.add(id);
      if (outcome.state.kind === 'sent') this.#recordSent(row);
      if (outcome.state.kind === 'dropped') row.state = 'dropped';
      if (outcome.state.kind === 'idle' && (outcome.isApplied || row.state === 'unknown')) {
        row.state = 'queued';
        row.handedOver = false;
      }
    }
  }

  #recordSent(row: Row): void {
    if (row.state === 'sent') return;
    row.state = 'sent';
    this.#pending.add(row.uid);
  }
}

export interface Outcome {
  /** How many got it more often than once, and once more for each attempt that a person wanted repeated. */
  readonly twice: number;
  readonly never: number;
  readonly unknown: number;
  readonly sent: number;
  readonly minutes: number;
  /** What people decided, with what came too late; how often it was sent again by that, and how many were dropped. */
  readonly decided: number;
  readonly again: number;
  readonly dropped: number;
}

const DECISIONS = ['sent', 'again', 'dropped'] as const;

/**
 * People look at what is of unknown fate, and decide: sometimes two of them, sometimes twice, sometimes about what they saw long ago
 * because their workstation was offline.
 */
function decideAll(world: World, random: () => number, logOf: (uid: OutboxId) => readonly SendEvent[]): void {
  const { time, decided, replies } = world;
  const tell = (uid: OutboxId, settling: Settling): void => {
    decided.push({ id: `d${String(decided.length)}`, uid, settling });
  };
  for (const uid of replies) {
    const state = foldSend(logOf(uid));
    if (state.kind !== 'underway' || random() > 0.2) continue;
    const settling: Settling = { as: DECISIONS[Math.floor(random() * DECISIONS.length)] ?? 'again', attempt: state.attempt.attempt };
    if (random() < 0.3) void time.sleep(300_000 * random()).then(() => tell(uid, settling));
    else tell(uid, settling);
    if (random() < 0.2) tell(uid, settling);
  }
}

/** Runs three senders over so many replies until nothing moves any more. */
export async function runSenders({
  mode,
  replies,
  faults,
  teamOf,
  isNaive = false,
  people = null,
  breathe,
}: {
  readonly mode: ProviderMode;
  readonly replies: number;
  readonly faults: Faults;
  readonly teamOf: (name: string) => Omit<SendTeam, 'catchUp'>;
  readonly isNaive?: boolean;
  /** What the log has of a reply, for people who decide; null where nobody does. */
  readonly people?: ((uid: OutboxId) => readonly SendEvent[]) | null;
  readonly breathe: () => Promise<void>;
}): Promise<Outcome> {
  const time = new VirtualTime();
  const world: World = {
    time,
    lease: new ModelLease(time),
    provider: new Provider(mode),
    replies: Array.from({ length: replies }, (_, at) =>
      makeId('out', `${mode}-${String(at)}-${String(Math.floor(faults.random() * 1e9))}`),
    ),
    told: new Set(),
    faults,
    decided: [],
    isNaive,
  };
  const senders = ['ana', 'cy', 'gate'].map((name) => new Sender(name, world, teamOf(name)));
  const isQuiet = (): boolean => senders.every((sender) => sender.open().every(({ state }) => state === 'unknown'));
  const isUndecided = (): boolean => people !== null && senders.some((sender) => sender.open().length > 0);
  const end = { isReached: false };
  const watch = async (): Promise<void> => {
    while (!isQuiet()) await time.sleep(1_000);
    // what nobody knows is decided in the end
    while (isUndecided()) await time.sleep(1_000);
    // faults end, and whatever can still be found out is
    world.faults = null;
    await time.sleep(300_000);
    for (const sender of senders) sender.stop();
    end.isReached = true;
  };
  const decide = async (logOf: (uid: OutboxId) => readonly SendEvent[]): Promise<void> => {
    while (!end.isReached) {
      await time.sleep(10_000);
      decideAll(world, faults.random, logOf);
    }
  };
  await time.run(
    Promise.all([watch(), ...(people === null ? [] : [decide(people)]), ...senders.map(async (sender) => sender.live())]),
    breathe,
  );
  const times = world.replies.map((uid) => world.provider.delivered.get(uid) ?? 0);
  const isKnown = (uid: OutboxId): boolean => senders.some((sender) => ['sent', 'dropped'].includes(sender.rows.get(uid)?.state ?? ''));
  // once, and once more for each attempt about which somebody said so
  const wanted = world.replies.map(
    (uid) =>
      1 + new Set(world.decided.flatMap((each) => (each.uid === uid && each.settling.as === 'again' ? [each.settling.attempt] : []))).size,
  );
  const again = (uid: OutboxId): number =>
    people?.(uid).filter(({ body }) => body.type === 'send.settled' && body.as === 'send-again').length ?? 0;
  return {
    decided: world.decided.length,
    again: world.replies.reduce((sum, uid) => sum + again(uid), 0),
    dropped: world.replies.filter((uid) => senders.some((sender) => sender.rows.get(uid)?.state === 'dropped')).length,
    twice: times.filter((count, index) => count > (wanted[index] ?? 1)).length,
    never: times.filter((count) => count === 0).length,
    unknown: world.replies.filter((uid) => !isKnown(uid)).length,
    sent: world.replies.filter(isKnown).length,
    minutes: Math.round(time.nowMs / 60_000),
  };
}
