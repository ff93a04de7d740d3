import type { SimStation } from './sim-station.ts';
import type { World } from './world.ts';
import { HAND_ACCOUNT } from '../../engine/hand-channel.ts';
import type { OutcomeDeps } from '../../../src/main/engine/jobs/outbox-outcome.ts';
import { settleReplies } from '../../../src/main/engine/jobs/outbox-settlings.ts';
import { createSendGate } from '../../../src/main/engine/jobs/send-gate.ts';
import type { SendGate } from '../../../src/main/engine/jobs/send-gate.ts';
import type { Random } from '../../../src/main/engine/sample/random.ts';
import { caseByUid } from '../../../src/main/engine/store/cases.store.ts';
import {
  changeOutbox,
  entriesInState,
  isFromOutbox,
  markHandedOver,
  nextDue,
  outboxByUid,
  queuedPlace,
} from '../../../src/main/engine/store/outbox.store.ts';
import type { OutboxEntry } from '../../../src/main/engine/store/outbox.store.ts';
import { channelLease } from '../../../src/main/engine/team/hub-link.ts';
import type { HeldLease } from '../../../src/main/engine/team/hub-link.ts';
import { caseOwnership } from '../../../src/main/engine/usecases/case-ownership.ts';
import { recordSent } from '../../../src/main/engine/usecases/record-sent.ts';
import { glance } from '../../../src/main/engine/usecases/send-reply.ts';
import { dropReply } from '../../../src/main/engine/usecases/settle-reply.ts';
import type { SendResult } from '../../../src/main/engine/channels/connector.ts';
import { outboundHold } from '../../../src/shared/domain/handoff/handoff.ts';
import type { AgentId, CaseId } from '../../../src/shared/domain/ids.ts';
import { afterCrash, holdReason } from '../../../src/shared/domain/outbox.ts';

/** What reached a customer. */
export interface Delivery {
  readonly outboxId: string;
  readonly messageId: string;
  readonly caseId: CaseId;
  readonly agent: AgentId | null;
  readonly by: string;
  readonly seenOutbound: string | null;
}

/** A FAKE of the customers' mailboxes: it keeps every message that was handed to it, however often. */
export class Provider {
  readonly deliveries: Delivery[] = [];
  /** Whether it can be asked what it has. */
  canLookUp = true;
  /** It takes everything, and its answers are lost. */
  isSilent = false;

  /** Providers differ. */
  become(luck: Random): void {
    this.canLookUp = luck.chance(0.6);
    this.isSilent = !this.canLookUp && luck.chance(0.5);
  }

  has(outboxId: string): boolean {
    return this.canLookUp && this.deliveries.some((each) => each.outboxId === outboxId);
  }
}

const LOOK_EVERY_MS = 2_000;

/**
 * One workstation's sending, for one life of it: the real gate and the real rules about what is held, around a loop that is this
 * simulation's own, because the outbox of the engine goes by the machine's timers.
 */
export function startSender(station: SimStation, world: World, provider: Provider, refusals: number): void {
  const { link, sync, store, ledger, life, clock, log } = station;
  if (link === null || sync === null || log === null) return;
  const { leases } = link;
  let lease: HeldLease | null = null;
  const account = HAND_ACCOUNT.uid;
  const gate: SendGate = createSendGate({
    team: () => ({
      workstation: link.workstation,
      read: async (stream) => log.readStream(stream, 0, 1_000),
      append: async (stream, type, body, expected) => sync.append(stream, type, body, expected),
      catchUp: async () => sync.catchUp(),
    }),
    hold: () => (lease === null ? null : { fence: lease.fence, isHeld: () => lease?.isHeld() === true, isLeaving: false }),
    queuedPlace: (entry) => store.read((db) => queuedPlace(db, entry)),
    log: () => {},
    remembersAll: true,
  });
  const write: typeof store.write = (work) => {
    try {
      return store.write(work);
    } catch (error) {
      ledger.forget();
      throw error;
    }
  };

  const settled = new Set<string>();
  const outcome: OutcomeDeps = {
    ledger,
    clock,
    // a full disk is said by the weather
    store: { read: (work) => store.read(work), write } as OutcomeDeps['store'],
    log: () => {},
    random: () => 0,
    connectorOf: () => null,
    // nothing here is written by a machine
    acknowledger: { received: () => {}, prepare: () => null, failed: () => {} },
  };

  function hasWork(): boolean {
    const open = "SELECT 1 FROM outbox WHERE state IN ('queued', 'unknown', 'held') LIMIT 1";
    return store.read((db) => db.get(open)) !== undefined;
  }

  async function round(): Promise<void> {
    if (!hasWork()) return;
    if (lease === null || !lease.isHeld()) lease = await leases.acquire(channelLease(account), 'sends');
    if (lease === null) return;
    gate.kick();
    await settleReplies(outcome, gate, account, settled);
    await lookUp();
    for (;;) {
      const prepared = await gate.prepare(account);
      if (!prepared.go) return;
      const entry = store.read((db) => nextDue(db, account, clock.now()));
      if (entry === undefined || isUnconfirmed(entry)) return;
      if (holdIfChanged(entry)) continue;
      const begun = await gate.begin(entry);
      if (!begun.go) {
        if (begun.why === 'sent') settleSent(entry);
        else if (begun.why === 'dropped') write((tx) => dropReply(station, tx, entry, null));
        else if (begun.why === 'other-began')
          write((tx) => changeOutbox(tx, entry.uid, { state: 'unknown', at: clock.now(), code: 'other-began' }));
        else return;
        continue;
      }
      await attempt(entry);
    }
  }

  /** What the log does not know of must not reach a customer. */
  function isUnconfirmed(entry: OutboxEntry): boolean {
    return store.read(
      (db) =>
        db.get(
          "SELECT 1 FROM events WHERE type = 'case.replyQueued' AND sequence IS NOT NULL AND void IS NULL AND body ->> '$.outboxId' = @uid",
          { uid: entry.uid },
        ) === undefined,
    );
  }

  function holdIfChanged(entry: OutboxEntry): boolean {
    return write((tx) => {
      const saved = caseByUid(tx, entry.caseUid);
      if (saved === undefined) return false;
      const ownership = caseOwnership(ledger, tx, entry.caseUid);
      const { agent, seen } = entry;
      const now = { ...glance(saved.state), epoch: agent === null ? seen.epoch : ownership.confirmed.epoch };
      const hold = agent === null ? null : outboundHold(ownership, { authorId: agent, epoch: seen.epoch });
      const reason = holdReason(seen, now, (id) => isFromOutbox(tx, id, agent), hold);
      if (reason === null) return false;
      changeOutbox(tx, entry.uid, { state: 'held', at: clock.now(), holdReason: reason });
      return true;
    });
  }

  async function attempt(entry: OutboxEntry): Promise<void> {
    write((tx) => {
      changeOutbox(tx, entry.uid, { state: 'sending', at: clock.now(), attempts: entry.attempts + 1, handedOver: false });
    });
    const result = await send(entry);
    await gate.ended(entry, result);
    write((tx) => {
      const current = outboxByUid(tx, entry.uid);
      if (current === undefined || current.state === 'sent') return;
      if (result.status === 'sent') recordSent(ledger, tx, current, { at: result.at, now: clock.now() });
      else if (result.status === 'unknown') changeOutbox(tx, entry.uid, { state: 'unknown', at: clock.now(), code: 'no-answer' });
      else changeOutbox(tx, entry.uid, { state: 'queued', at: clock.now(), handedOver: false });
    });
  }

  async function send(entry: OutboxEntry): Promise<SendResult> {
    await wait(world.random.between(1, 500));
    if (!gate.mayHandOver(entry)) return { status: 'rejected', permanent: false, code: 'not-holder', detail: '' };
    try {
      write((tx) => markHandedOver(tx, entry.uid));
    } catch {
      return { status: 'rejected', permanent: false, code: 'disk', detail: '' };
    }
    if (!life.isAlive || world.random.chance(refusals)) return { status: 'rejected', permanent: false, code: 'try-later', detail: '' };
    const { seen } = entry;
    provider.deliveries.push({
      outboxId: entry.uid,
      messageId: entry.messageUid,
      caseId: entry.caseUid,
      agent: entry.agent,
      by: station.name,
      seenOutbound: seen.lastOutboundId,
    });
    world.note(`${station.name} sends ${entry.uid}`);
    await wait(world.random.between(1, 500));
    return world.random.chance(refusals) || provider.isSilent
      ? { status: 'unknown', detail: '' }
      : { status: 'sent', at: clock.now(), refused: [] };
  }

  /** What is of unknown fate is looked up, in the log and among what was sent. */
  async function lookUp(): Promise<void> {
    for (const entry of store.read((db) => entriesInState(db, 'unknown'))) {
      const fate = await gate.fate(entry);
      if (typeof fate === 'object' && fate !== null && fate.why === 'sent') settleSent(entry);
      else if (typeof fate === 'object' && fate !== null && fate.why === 'dropped') write((tx) => dropReply(station, tx, entry, null));
      else if (fate === 'again')
        write((tx) => {
          changeOutbox(tx, entry.uid, { state: 'queued', at: clock.now(), handedOver: false });
        });
      else if (provider.has(entry.uid)) {
        await gate.ended(entry, { status: 'sent', at: clock.now(), refused: [] });
        settleSent(entry);
      }
    }
  }

  function settleSent(entry: OutboxEntry): void {
    write((tx) => {
      const current = outboxByUid(tx, entry.uid);
      if (current !== undefined && current.state !== 'sent') recordSent(ledger, tx, current, { at: clock.now(), now: clock.now() });
    });
  }

  async function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      world.after(ms, () => {
        if (life.isAlive) resolve();
      });
    });
  }

  function later(): void {
    world.after(LOOK_EVERY_MS, () => {
      if (!life.isAlive) return;
      round()
        .catch((error: unknown) => {
          ledger.forget();
          if (!station.isExpected(error))
            station.problems.push(`${station.name} sends: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
        })
        .finally(later);
    });
  }

  station.attempt('recovers', () => {
    for (const entry of store.read((db) => entriesInState(db, 'sending')))
      write((tx) => {
        changeOutbox(tx, entry.uid, { state: afterCrash(entry.handedOver), at: clock.now(), code: 'interrupted' });
      });
  });
  later();
}
