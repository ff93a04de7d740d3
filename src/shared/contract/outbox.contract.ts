import { z } from 'zod';
import type { DeliveryRow } from './cases.contract.ts';
import { command, query } from './define.ts';
import { instantSchema, operationId, outboxId } from './schemas.ts';
import type { AgentId, CaseId, DraftId } from '../domain/ids.ts';
import type { Party } from '../domain/message.ts';
import { SETTLED_AS } from '../domain/team/send-settling.ts';
import type { Instant } from '../domain/time.ts';

/** A reply that still needs the network or a person. */
export interface OutboxRow extends DeliveryRow {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly to: readonly Party[];
  readonly preview: string;
  readonly writtenAt: Instant;
  readonly agentId: AgentId | null;
  readonly contactName: string;
  /** As of a case's row. */
  readonly contactZone: string | null;
  readonly contactOffsetMinutes: number | null;
}

/** What the guardrails may say of a reply that has waited for its time; it is taken back then, and sent anew with a reason. */
const REFUSED_LATER = ['asks-for-secret', 'echoes-secret', 'unofficial-link', 'unconfirmed-address'] as const;

export const outboxContract = {
  'outbox.list': query<readonly OutboxRow[]>()(z.strictObject({})),
  /** Takes a queued or held reply back and makes it a draft again. */
  'outbox.cancel': command<{ readonly draftId: DraftId }>()(z.strictObject({ opId: operationId, outboxId }), ['too-late']),
  /** Sends a queued reply now, a failed one again, or a held one as it is. */
  'outbox.sendNow': command<null>()(z.strictObject({ opId: operationId, outboxId }), ['too-late', ...REFUSED_LATER]),
  /**
   * Makes a reply that has not left leave at another time; a held or failed one, too. `before`: when it was to leave, null when that was at once or
   * nobody knew.
   */
  'outbox.reschedule': command<{ readonly before: Instant | null }>()(
    z.strictObject({ opId: operationId, outboxId, sendAt: instantSchema }),
    ['too-late', 'in-the-past', 'too-far', 'promise-in-the-past', 'window-over', 'not-summoned', ...REFUSED_LATER],
  ),
  /**
   * A person decides about a reply of unknown fate. In a team whoever holds its channel carries it out. `attempt`: the one that they saw;
   * a decision about an earlier one than the last comes too late.
   */
  'outbox.settle': command<null>()(
    z.strictObject({ opId: operationId, outboxId, as: z.enum(SETTLED_AS), attempt: z.int().min(0).optional() }),
    ['too-late'],
  ),
};
