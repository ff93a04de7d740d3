import type { WireEvent } from '../../../shared/contract/team-wire.ts';

/** Keys under which an event of a case, or what travels with it, has something that people wrote. */
const WRITTEN: ReadonlySet<string> = new Set(['text', 'subject', 'preview', 'name', 'diagnostic', 'summary']);
const INTAKE = 'intake';

/**
 * An event as it may be put into the tables: without secrets, where its author has not taken them out already. What an older Meridian has sent
 * stays in the log as it is, because its signature is of those bytes; nothing of it gets into texts, lists, search or notifications.
 */
export function guardedWire(event: WireEvent | null, redact: ((text: string) => string) | undefined): WireEvent | null {
  if (event === null || redact === undefined || !event.stream.startsWith('case.') || event.parts?.['isGuarded'] === true) return event;
  const body = cleaned(event.body, redact);
  const parts = event.parts === undefined ? undefined : cleaned(event.parts, redact);
  if (body === event.body && parts === event.parts) return event;
  return { ...event, body, ...(parts === undefined ? {} : { parts }) };
}

type Plain = Readonly<Record<string, unknown>>;

/** The same object when nothing had to be taken out of it. */
function cleaned(value: Plain, redact: (text: string) => string, isAll = false): Plain {
  let changed: Record<string, unknown> | null = null;
  for (const [key, each] of Object.entries(value)) {
    const clean = cleanedValue(key, each, redact, isAll);
    if (clean !== each) (changed ??= { ...value })[key] = clean;
  }
  return changed ?? value;
}

function cleanedValue(key: string, value: unknown, redact: (text: string) => string, isAll: boolean): unknown {
  if (typeof value === 'string') return isAll || WRITTEN.has(key) ? redact(value) : value;
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    const clean = list.map((each) => cleanedValue(key, each, redact, isAll));
    return clean.some((each, index) => each !== list[index]) ? clean : value;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object of JSON
  return typeof value === 'object' && value !== null ? cleaned(value as Plain, redact, isAll || key === INTAKE) : value;
}
