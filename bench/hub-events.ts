/** Fills the stream of a hub, and reads it: what a workstation's catch-up is measured against. */
import { randomUUID } from 'node:crypto';
import { createInbox, headers, type NatsConnection } from '@nats-io/transport-node';
import { eventSubject } from '../src/main/engine/team/hub-names.ts';
import { headersOf } from '../src/main/engine/team/message-headers.ts';
import { readAck } from '../src/main/engine/team/publish-ack.ts';
import type { TeamLog } from '../src/main/engine/team/team-log.ts';

/** One event to be stored. */
export interface FilledEvent {
  readonly id: string;
  readonly stream: string;
  readonly data: string;
}

/** The most that a server takes in one atomic batch. */
const BATCH = 1_000;
const LANES = 2;
const ANSWER_MS = 60_000;

/** One atomic batch by hand: the client's helper drops headers and hides errors. Returns the sequence of the last one. */
async function storeBatch(connection: NatsConnection, events: readonly FilledEvent[]): Promise<number> {
  const batchId = randomUUID();
  let at = 0;
  for (const { id, stream, data } of events) {
    at += 1;
    const header = headers();
    header.set('Nats-Msg-Id', id);
    header.set('Nats-Batch-Id', batchId);
    header.set('Nats-Batch-Sequence', String(at));
    if (at < events.length) {
      // the first one is asked for, so that a batch that may not begin ends here
      if (at === 1) await connection.request(eventSubject(stream), data, { headers: header, timeout: ANSWER_MS });
      else connection.publish(eventSubject(stream), data, { headers: header });
      continue;
    }
    header.set('Nats-Batch-Commit', '1');
    const appended = readAck(await connection.request(eventSubject(stream), data, { headers: header, timeout: ANSWER_MS }));
    if (appended.kind !== 'stored') throw new Error(`a batch was ${appended.kind}`);
    return appended.sequence;
  }
  throw new Error('an empty batch');
}

/**
 * Stores `count` events as fast as the server takes them, in any order of the batches. The user of the connection must be allowed to
 * write their streams. Returns the sequence of the newest.
 */
export async function fillHub(connection: NatsConnection, count: number, eventAt: (index: number) => FilledEvent): Promise<number> {
  let next = 0;
  let newest = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next = Math.min(count, from + BATCH);
      const events = Array.from({ length: next - from }, (_unused, index) => eventAt(from + index));
      newest = Math.max(newest, await storeBatch(connection, events));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return newest;
}

/** Reads all of a log through the port, as a workstation does, and drops it. Events a second, from the first request to the last answer. */
export async function readRate(log: TeamLog, chunk = 2_000): Promise<{ readonly events: number; readonly perSecond: number }> {
  await log.identity();
  const startedAt = performance.now();
  let events = 0;
  for (;;) {
    const entries = await log.read(events, chunk);
    events += entries.length;
    if (entries.length < chunk) break;
  }
  return { events, perSecond: events / ((performance.now() - startedAt) / 1_000) };
}

/**
 * The same stream consumed without any of this program's code, by an ordered push of the server: the bound to compare with. Needs the
 * administrator's connection, since nobody else may make a consumer.
 */
export async function rawRate(admin: NatsConnection, stream: string, count: number): Promise<number> {
  const inbox = createInbox('_INBOX_admin');
  const startedAt = performance.now();
  return new Promise<number>((resolve, reject) => {
    let seen = 0;
    const subscription = admin.subscribe(inbox, {
      callback: (error, message) => {
        if (error !== null) {
          reject(error);
          return;
        }
        const { status } = headersOf(message);
        // the server asks now and again whether it may go on
        if (status !== 0) {
          if (message.reply !== '') message.respond();
          return;
        }
        seen += 1;
        if (seen < count) return;
        subscription.unsubscribe();
        resolve(count / ((performance.now() - startedAt) / 1_000));
      },
    });
    const wish = {
      stream_name: stream,
      config: {
        deliver_subject: inbox,
        deliver_policy: 'all',
        ack_policy: 'none',
        flow_control: true,
        idle_heartbeat: 5_000_000_000,
        mem_storage: true,
        num_replicas: 1,
        inactive_threshold: 5_000_000_000,
      },
    };
    const ask = async (): Promise<void> => {
      const answer = await admin.request(`$JS.API.CONSUMER.CREATE.${stream}`, JSON.stringify(wish), { timeout: ANSWER_MS });
      if (answer.string().includes('"error"')) throw new Error(answer.string());
    };
    ask().catch(reject);
  });
}
