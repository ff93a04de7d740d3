import { readComponent, textOf } from './jcal.ts';
import type { FileComponent } from './jcal.ts';

/** So many events are read of one file. */
export const MOST_EVENTS = 5_000;
/** More clocks than the world has are an attack; events of those that are left out are refused for their zone. */
const MOST_ZONES = 100;

export interface FileComponents {
  readonly isCalendar: boolean;
  readonly zones: ReadonlyMap<string, FileComponent>;
  readonly events: readonly FileComponent[];
  /** Events that can not be read, in a few of their own words. */
  readonly malformed: readonly string[];
  /** More events than are read. */
  readonly isCut: boolean;
}

/** Zones and events of a file, each read by itself: one that is malformed spoils no other. */
export function fileComponents(text: string): FileComponents {
  const zones = new Map<string, FileComponent>();
  const events: FileComponent[] = [];
  const malformed: string[] = [];
  let isCalendar = false;
  let isCut = false;
  let collected: string[] | null = null;
  let name = '';
  const finish = (lines: readonly string[]): void => {
    const component = readComponent(lines.join('\r\n'));
    if (component === null) malformed.push(wordsOf(lines));
    else if (name === 'VEVENT') events.push(component);
    else if (zones.size < MOST_ZONES) zones.set(textOf(component, 'tzid'), component);
  };
  for (const line of text.replace(/^\ufeff/u, '').split(/\r\n|\r|\n/u)) {
    const upper = line.length > 20 ? '' : line.trimEnd().toUpperCase();
    if (upper === 'BEGIN:VCALENDAR') isCalendar = true;
    if (upper === 'BEGIN:VEVENT' || upper === 'BEGIN:VTIMEZONE') {
      if (collected !== null) malformed.push(wordsOf(collected));
      if (events.length + malformed.length >= MOST_EVENTS) {
        isCut = true;
        collected = null;
        break;
      }
      collected = [];
      name = upper.slice('BEGIN:'.length);
    }
    collected?.push(line);
    if (collected !== null && upper === `END:${name}`) {
      finish(collected);
      collected = null;
    }
  }
  if (collected !== null) malformed.push(wordsOf(collected));
  return { isCalendar, zones, events, malformed, isCut };
}

function wordsOf(lines: readonly string[]): string {
  return (lines.find((line) => /^SUMMARY[:;]/iu.test(line)) ?? lines[1] ?? '').slice(0, 200);
}
