import type { TFunction } from 'i18next';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import { HOUR_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { zoneOffsetMs } from '../../../shared/domain/time/zone.ts';
import { formatsFor, nextDurationChange, nextRelativeChange } from '../../i18n/formats.ts';
import type { Formats } from '../../i18n/formats.ts';

/** Within this time a promise is about to fall due. */
export const SOON_MS = HOUR_MS;

export type Tone = 'neutral' | 'soon' | 'breach' | 'ok' | 'paused';

/** How a promise stands, in a few words, and how urgent that is. */
export function standing(
  t: TFunction<'promises'>,
  formats: Formats,
  { state, dueAt, settlement }: CustomerPromise,
  now: Instant,
): { readonly words: string; readonly tone: Tone } {
  switch (state) {
    case 'open': {
      const left = dueAt - now;
      if (left <= 0) return { words: t('row.due'), tone: 'soon' };
      return { words: t('row.left', { span: formats.duration(left) }), tone: left <= SOON_MS ? 'soon' : 'neutral' };
    }
    case 'kept': {
      const early = dueAt - (settlement?.at ?? dueAt);
      return { words: early < 60_000 ? t('row.keptInTime') : t('row.keptEarly', { span: formats.duration(early) }), tone: 'ok' };
    }
    case 'broken':
      return { words: t('row.brokenAgo', { when: formats.relative(settlement?.at ?? dueAt, now) }), tone: 'breach' };
    case 'released':
      return { words: t('row.released', { when: formats.relative(settlement?.at ?? dueAt, now) }), tone: 'paused' };
  }
}

/** When the words of `standing` change next. */
export function nextStanding({ state, dueAt, settlement }: CustomerPromise, now: Instant): Instant | null {
  if (state === 'kept') return null;
  if (state !== 'open') return nextRelativeChange(settlement?.at ?? dueAt, now);
  if (now >= dueAt) return null;
  const soon = instant(dueAt - SOON_MS);
  const change = nextDurationChange(dueAt, now);
  return now < soon && soon < change ? soon : change;
}

/** What ended it: by which message, who said so, why it was released. Empty while it is open. */
export function settlementWords(
  t: TFunction<'promises'>,
  formats: Formats,
  { settlement, state }: CustomerPromise,
  nameOf: (agentId: CustomerPromise['ownerId']) => string,
): string {
  if (settlement === null || state === 'open') return '';
  const at = formats.dateTime(settlement.at);
  if (state === 'kept')
    return settlement.by === 'message' ? t('row.keptByMessage', { at }) : t('row.keptByAgent', { name: nameOf(settlement.actor), at });
  if (settlement.reason === null) return '';
  const reason = t(`reason.${settlement.reason}`);
  return settlement.by === 'agent' ? t('row.releasedBy', { name: nameOf(settlement.actor), reason }) : reason;
}

/** When it is due: on the customer's clock with the place, and on mine; `mine` is null where both show the same. */
export function dueTimes(
  formats: Formats,
  { dueAt, zone }: Pick<CustomerPromise, 'dueAt' | 'zone'>,
  now: Instant,
): { readonly theirs: string; readonly mine: string | null } {
  const theirs = formatsFor(formats.locale, zone).soonTime(dueAt, now);
  const isSame = zoneOffsetMs(zone, dueAt) === zoneOffsetMs(formats.zone, dueAt);
  return { theirs, mine: isSame ? null : formats.soonTime(dueAt, now) };
}

/** The city of a zone: `America/Argentina/Buenos_Aires` is Buenos Aires. */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
