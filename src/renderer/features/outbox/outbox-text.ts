import type { TFunction } from 'i18next';
import type { OutboxRow } from '../../../shared/contract/outbox.contract.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Formats } from '../../i18n/formats.ts';

/** True when nothing goes on with this reply until a person decides. */
export function needsDecision(row: OutboxRow): boolean {
  return row.state === 'held' || row.state === 'unknown' || row.state === 'failed' || row.bounced !== null;
}

/** True when a reply waits for a time that a person chose. */
export function waitsForTime(row: OutboxRow): boolean {
  return row.state === 'queued' && row.laterAt !== null;
}

/**
 * Why a reply is where it is, in plain words.
 * @param when of one that leaves at a time of its own, that time in words
 */
export function explain(row: OutboxRow, t: TFunction<'frame'>, formats: Formats, now: Instant, when: string | null = null): string {
  if (row.bounced !== null)
    return t('outbox.explain.bounced', { recipient: row.bounced.recipient ?? row.to.map((party) => party.address).join(', ') });
  switch (row.state) {
    case 'queued':
      if (row.laterAt !== null && row.code === null) return when ?? '';
      if (row.sendAt > now) return t('outbox.explain.queuedUndo', { when: formats.relative(row.sendAt, now) });
      return row.attempts > 0 ? t('outbox.explain.queuedRetry') : t('outbox.explain.queuedOffline');
    case 'held':
      return row.holdReason === null ? t('outbox.explain.held') : `${t(`outbox.hold.${row.holdReason}`)} ${t('outbox.explain.held')}`;
    case 'sending':
    case 'sent':
    case 'failed':
    case 'cancelled':
      return t(`outbox.explain.${row.state}`);
    case 'unknown':
      return t(row.underwaySince === null ? 'outbox.explain.unknown' : 'outbox.explain.unknownElsewhere');
  }
}
