import { firstAction, nextPromise } from '../../../../shared/domain/handoff/packet.ts';
import type { Packet } from '../../../../shared/domain/handoff/packet.ts';
import { mismatches } from '../../../../shared/domain/handoff/read-back.ts';
import type { Mismatch, ReadBack } from '../../../../shared/domain/handoff/read-back.ts';
import { parseMinute } from '../../../../shared/domain/time/calendar.ts';
import { addDays, daysBetween } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../../shared/domain/time/local-time.ts';
import { localDateOf, toLocal } from '../../../../shared/domain/time/zone.ts';
import type { Instant } from '../../../../shared/domain/time.ts';

/** What the receiver says while they read a packet back; nothing of the promise is filled in, for it is what they repeat. */
export interface Said {
  /** One of the packet's actions, or words of their own. */
  readonly action: { readonly index: number } | { readonly words: string };
  /** The day on their own calendar. */
  readonly day: LocalDate;
  /** As it was typed. */
  readonly time: string;
  readonly contingency: { readonly index: number } | { readonly words: string };
  readonly question: string;
}

/** What a form begins with: the packet's first action and plan, today, no time. */
export function firstSaid(packet: Packet, zone: string, now: Instant): Said {
  return {
    action: firstAction(packet) === null ? { words: '' } : { index: 0 },
    day: localDateOf(zone, now),
    time: '',
    contingency: packet.ifThen.length === 0 ? { words: '' } : { index: 0 },
    question: '',
  };
}

/** Minutes since midnight of `14:05`, `1405`, `14.05`, `9`; null for what is no time of day. */
export function typedMinute(text: string): number | null {
  const found = /^(\d{1,2})(?:[:.：]?(\d{2}))?$/u.exec(text.trim());
  const minute = found === null ? null : parseMinute(`${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`);
  return minute === null || minute >= 24 * 60 ? null : minute;
}

/** The read-back as the engine takes it. A promise without a time of day was not said. */
export function readBackFrom(packet: Packet, zone: string, said: Said): ReadBack {
  const promise = nextPromise(packet);
  const minute = typedMinute(said.time);
  const isStable = packet.severity === 'stable';
  return {
    firstAction: 'index' in said.action ? (packet.actions[said.action.index]?.what ?? '') : said.action.words.trim(),
    nextPromise:
      promise === null || minute === null
        ? null
        : {
            promiseId: promise.promiseId,
            zone,
            local: { ...said.day, hour: Math.floor(minute / 60), minute: minute % 60, second: 0 },
          },
    contingency: isStable
      ? null
      : 'index' in said.contingency
        ? (packet.ifThen[said.contingency.index]?.action ?? '')
        : said.contingency.words.trim(),
    question: said.question.trim() === '' ? null : said.question.trim(),
  };
}

/** What does not fit, and a text that is equal for equal mismatches: a warning that was seen is not shown twice. */
export function warningsOf(packet: Packet, readBack: ReadBack): { readonly found: readonly Mismatch[]; readonly key: string } {
  const found = mismatches(packet, readBack);
  return { found, key: JSON.stringify(found) };
}

/** Days to choose from, in order: those around now, the day it is due here, and the day that the customer's calendar shows. */
export function dayChoices(packet: Packet, zone: string, now: Instant): readonly LocalDate[] {
  const today = localDateOf(zone, now);
  const promise = nextPromise(packet);
  const days = [today, addDays(today, 1)];
  if (promise !== null) days.push(localDateOf(zone, promise.dueAt), localDateOf(promise.zone, promise.dueAt));
  return days.filter((day, index) => days.findIndex((each) => daysBetween(each, day) === 0) === index).sort((a, b) => daysBetween(b, a));
}

/** The true answer, for correcting a wrong one. */
export function trueAnswer(packet: Packet, zone: string): Pick<Said, 'day' | 'time'> | null {
  const promise = nextPromise(packet);
  if (promise === null) return null;
  const { year, month, day, hour, minute } = toLocal(zone, promise.dueAt);
  return { day: { year, month, day }, time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
}
