import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { hubApi } from './hub-wire.ts';

/** What the leader of a stream says of it. */
export interface StreamFacts {
  /** When it was made, in the server's words: another stream of the same name has another. */
  readonly created: string;
  /** Sequence of the newest message; 0 when there was none. */
  readonly lastSequence: number;
  /** The leader's clock when it answered, in epoch milliseconds. It is the clock that messages are stamped with. */
  readonly toldAt: number;
}

/** There is no such stream: the hub was not set up, or is another kind of server. */
export class StreamMissing extends Error {
  override readonly name = 'StreamMissing';
}

const STREAM_NOT_FOUND = 10_059;

const answerSchema = z.union([
  z.object({ error: z.object({ err_code: z.number().optional(), description: z.string().optional() }) }),
  z.object({ created: z.string(), ts: z.iso.datetime({ offset: true }), state: z.object({ last_seq: z.int().min(0) }) }),
]);

/**
 * Asks the leader of a stream; no copy answers in its place. Throws StreamMissing, or what the client throws when nobody answers.
 * Nothing is written, and the answer bears the time, so it also serves to compare clocks.
 */
export async function askStream(connection: NatsConnection, stream: string, timeoutMs: number): Promise<StreamFacts> {
  const message = await connection.request(hubApi(`STREAM.INFO.${stream}`), '', { timeout: timeoutMs });
  const answer = answerSchema.parse(message.json());
  if ('error' in answer) {
    const { err_code: code, description = 'no description' } = answer.error;
    if (code === STREAM_NOT_FOUND) throw new StreamMissing(`there is no stream ${stream}`);
    throw new Error(`the stream ${stream}: ${description}`);
  }
  return { created: answer.created, lastSequence: answer.state.last_seq, toldAt: Date.parse(answer.ts) };
}
