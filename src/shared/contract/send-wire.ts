import { z } from 'zod';
import type { SendEventBody } from '../domain/team/send-fold.ts';
import { instant } from '../domain/time.ts';

/** The bodies of the events in a stream `send.<outboxId>`. Only ever added to; unknown fields are skipped. */
const attempt = { fence: z.int().min(0), attempt: z.int().min(1), workstation: z.string().max(100) };
const bodySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('send.started'), ...attempt }),
  z.object({ type: z.literal('send.done'), at: z.int().min(0).transform(instant), key: z.string().max(1_000) }),
  z.object({ type: z.literal('send.failed'), ...attempt, code: z.string().max(100), permanent: z.boolean() }),
  z.object({ type: z.literal('send.settled'), as: z.enum(['sent', 'send-again', 'dropped']), attempt: z.int().min(0) }),
]);

/** What an event says about a reply; null for what this version cannot read: it says nothing. */
export function readSendBody(type: string, body: Readonly<Record<string, unknown>>): SendEventBody | null {
  const parsed = bodySchema.safeParse({ ...body, type });
  return parsed.success ? parsed.data : null;
}
