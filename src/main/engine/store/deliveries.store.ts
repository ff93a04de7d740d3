import type { MessageRow } from './messages.store.ts';
import { membership } from './membership.store.ts';
import type { OutboxEntry } from './outbox.store.ts';
import type { ReadDb } from './sql.ts';
import { begunAt, settlingsOf, toldEvents } from './told-sends.store.ts';
import type { DeliveryRow } from '../../../shared/contract/cases.contract.ts';
import { DROPPED } from '../../../shared/domain/outbox.ts';
import { attemptsOf, foldSend } from '../../../shared/domain/team/send-fold.ts';
import type { SendState } from '../../../shared/domain/team/send-fold.ts';
import { outcomeOf } from '../../../shared/domain/team/send-settling.ts';

type Told = Pick<DeliveryRow, 'state' | 'code' | 'attempt' | 'underwaySince' | 'settling'>;

/** How far a reply got, as the page shows it: what is stored here, and what the team's log tells of whoever sends it. */
export function toDeliveryRow(db: ReadDb, entry: OutboxEntry, bounced: MessageRow['bounced']): DeliveryRow {
  return {
    outboxId: entry.uid,
    sendAt: entry.sendAt,
    laterAt: entry.laterAt,
    thenStatus: entry.payload.thenStatus ?? null,
    attempts: entry.attempts,
    nextAttemptAt: entry.nextAttemptAt,
    holdReason: entry.holdReason,
    detail: entry.detail,
    bounced,
    ...told(db, entry),
  };
}

/** Whether a reply that is not to be sent any more may have arrived all the same: then it is shown. */
export function isDropped(db: ReadDb, { uid, state, code }: OutboxEntry): boolean {
  return state === 'cancelled' && (code === DROPPED || foldSend(toldEvents(db, uid)).kind === 'dropped');
}

function told(db: ReadDb, entry: OutboxEntry): Told {
  const { uid, state, code } = entry;
  const stored: Told = { state, code, attempt: 0, underwaySince: null, settling: null };
  const here = membership(db)?.workstation ?? null;
  if (here === null || state === 'sent') return stored;
  const events = toldEvents(db, uid);
  const log = foldSend(events);
  if (log.kind === 'dropped' && state !== 'failed') return { ...stored, state: 'cancelled', code: DROPPED };
  const settling = settlingsOf(db, entry).findLast((each) => outcomeOf(events, each) === 'waits') ?? null;
  return {
    ...stored,
    ...stateBy(log, here, entry),
    attempt: attemptsOf(log),
    underwaySince: isElsewhere(log, here) && state !== 'cancelled' ? begunAt(events) : null,
    settling: settling === null || state === 'cancelled' ? null : { as: settling.as, by: settling.by, at: settling.at },
  };
}

/** Of what is sent here the outbox knows better. */
function isElsewhere(log: SendState, here: string): boolean {
  return log.kind === 'underway' && log.attempt.workstation !== here;
}

function stateBy(log: SendState, here: string, { state }: OutboxEntry): Partial<Pick<Told, 'state' | 'code'>> {
  if (state === 'cancelled' || state === 'sending') return {};
  // what happens to it is in the hands of whoever began it
  if (isElsewhere(log, here)) return { state: 'sending', code: null };
  if (log.kind === 'sent') return { state: 'sent', code: null };
  // it is known by now how the attempt ended, or somebody wants it sent again: it leaves where the channel is held
  return state === 'unknown' && log.kind === 'idle' && log.attempts > 0 ? { state: 'queued', code: null } : {};
}
