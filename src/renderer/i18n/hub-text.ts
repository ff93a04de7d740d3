import type { TFunction } from 'i18next';
import type { TeamRole } from '../../shared/contract/team.contract.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/domain/time.ts';
import type { Formats } from './formats.ts';
import { hubEn } from './hub-en.ts';

type T = TFunction<'hub'>;

/** The role of somebody on the hub; one that a newer hub has is shown as it is. */
export function roleText(t: T, role: TeamRole): string {
  return isKeyOf(hubEn.roles, role) ? t(`roles.${role}`) : role;
}

/** Why the hub can not be used; null for a code of a newer engine. */
export function linkCodeText(t: T, code: string): string | null {
  return isKeyOf(hubEn.code, code) ? t(`code.${code}`) : null;
}

/** What a person can do about it; null for a code of a newer engine. */
export function wayOutText(t: T, code: string): string | null {
  return isKeyOf(hubEn.wayOut, code) ? t(`wayOut.${code}`) : null;
}

/** How far a clock is off, without direction: seconds below two minutes, minutes below two hours, longer spans in their two largest units. */
export function clockSpan(t: T, formats: Formats, ms: number): string {
  const size = Math.abs(ms);
  if (size < 2 * MINUTE_MS) return t('panel.seconds', { count: Math.round(size / SECOND_MS) });
  return size < 2 * HOUR_MS ? t('panel.minutes', { count: Math.round(size / MINUTE_MS) }) : formats.duration(size);
}

/** A round trip: whole milliseconds, below ten with one digit behind the point. */
export function roundTripText(t: T, formats: Formats, ms: number): string {
  return t('panel.ms', { ms: formats.number(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)) });
}

function isKeyOf<Texts extends object>(texts: Texts, key: string): key is Extract<keyof Texts, string> {
  return Object.hasOwn(texts, key);
}
