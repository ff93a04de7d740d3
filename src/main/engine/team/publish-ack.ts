import type { Msg } from '@nats-io/transport-node';
import { z } from 'zod';
import { LogRefused, LogUnavailable, type Appended } from './team-log.ts';

const ackSchema = z.union([
  z.object({ error: z.object({ code: z.number().optional(), err_code: z.number().optional(), description: z.string().optional() }) }),
  z.object({ stream: z.string().min(1), seq: z.int().min(0), duplicate: z.boolean().optional() }),
]);

/** Nothing was stored: something else is the newest, or is just being stored and may yet fail. Both are read again before a verdict. */
const OTHER_NEWEST = new Set([10_071, 10_164]);
const TOO_LARGE = new Set([10_054, 10_097]);
/** The account, the server or the machine has no room. */
const NO_ROOM = new Set([10_002, 10_023, 10_028, 10_047]);
/** The store said no; why stands in the text alone. */
const STORE_FAILED = 10_077;

/** What a server's answer to an append means. Throws LogRefused, and LogUnavailable for what may have been stored or may be later. */
export function readAck(message: Msg): Appended {
  let answer: z.infer<typeof ackSchema>;
  try {
    answer = ackSchema.parse(message.json());
  } catch (error) {
    throw new LogUnavailable('an answer to an append that is none', { cause: error });
  }
  if ('error' in answer) {
    const { err_code: code = 0, description = 'without words' } = answer.error;
    if (OTHER_NEWEST.has(code)) return { kind: 'moved' };
    if (TOO_LARGE.has(code)) throw new LogRefused('too-large', description);
    if (NO_ROOM.has(code) || (code === STORE_FAILED && /maximum (bytes|messages)/iu.test(description)))
      throw new LogRefused('full', description);
    throw new LogUnavailable(`${String(code)} ${description}`);
  }
  // so some servers answer while the first copy is still on its way
  if (answer.seq < 1) throw new LogUnavailable('the log knows the entry, and not its place');
  return { kind: answer.duplicate === true ? 'repeated' : 'stored', sequence: answer.seq };
}
