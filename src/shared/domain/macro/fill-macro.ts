import type { Instant } from '../time.ts';

/** What may stand in a macro's text, as `{{customer.name}}`. */
export const MACRO_VARIABLES = [
  'customer.name',
  'customer.firstName',
  'customer.localTime',
  'agent.name',
  'case.subject',
  'promise.time',
  'order.id',
  'transaction.id',
  'date',
] as const;
export type MacroVariable = (typeof MACRO_VARIABLES)[number];

/** What is known of a case; null is not known. */
export interface MacroFacts {
  readonly now: Instant;
  readonly customerName: string | null;
  /** IANA name, or `Etc/GMT-8` for an offset alone. */
  readonly customerZone: string | null;
  readonly agentName: string | null;
  readonly subject: string | null;
  /** When the open promise is due that is due first. */
  readonly promiseAt: Instant | null;
  readonly orderId: string | null;
  readonly transactionId: string | null;
}

/** How times are written in the language of the text, on the clock of `zone`. */
export interface MacroFormats {
  time(at: Instant, zone: string): string;
  /** With the weekday, as far away as a promise may be. */
  dayAndTime(at: Instant, zone: string): string;
  date(at: Instant, zone: string): string;
}

export interface FilledMacro {
  /** Without braces: what is not known is a gap, `⟦order.id⟧`. */
  readonly text: string;
  /** Names of the gaps, each once, in their order. */
  readonly gaps: readonly string[];
}

const OPEN = '⟦';
const CLOSE = '⟧';
const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/gu;
/** What was taken out of a message for its safety stands in the same brackets, and is no gap. */
const TAKEN_OUT = 'redacted:';
const GAP = /⟦(?!redacted:)([^⟦⟧\n]{1,80})⟧/gu;
/** Two braces that belong to no variable: half of one that somebody mistyped. */
const STRAY = /\{\{+|\}\}+/gu;
const STRAY_NAME = '?';

/**
 * Puts what is known into a text. Every variable that is not known, or that nobody knows, becomes a gap that a person has to fill
 * (`gapsIn`); braces never stay. What is put in is not read for variables again: customers choose their own names.
 */
export function fillMacro(text: string, facts: MacroFacts, formats: MacroFormats): FilledMacro {
  let filled = '';
  let end = 0;
  for (const found of text.matchAll(VARIABLE)) {
    const name = found[1] ?? '';
    filled += withoutBraces(text.slice(end, found.index));
    const value = isVariable(name) ? valueOf(name, facts, formats) : null;
    filled += value === null ? gap(name) : value.replaceAll(/[⟦⟧]/gu, '');
    end = found.index + found[0].length;
  }
  filled += withoutBraces(text.slice(end));
  return { text: filled, gaps: gapsIn(filled) };
}

function gap(name: string): string {
  const shown = name
    .replaceAll(/[⟦⟧\n]/gu, ' ')
    .trim()
    .slice(0, 80);
  return OPEN + (shown === '' || shown.startsWith(TAKEN_OUT) ? STRAY_NAME : shown) + CLOSE;
}

function withoutBraces(text: string): string {
  return text.replaceAll(STRAY, gap(STRAY_NAME));
}

/** The names of the gaps that a text still has, each once; a text with one must not leave. */
export function gapsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(GAP)].map(([, name = '']) => name))];
}

/** Where the first gap is, for putting the cursor there; null when there is none. */
export function firstGap(text: string): { readonly from: number; readonly to: number } | null {
  const found = text.matchAll(GAP).next().value;
  return found === undefined ? null : { from: found.index, to: found.index + found[0].length };
}

/** What a text asks for that no Meridian of this version fills in, each once: a name nobody knows, or `{{` for braces that do not match. */
export function unknownVariables(text: string): readonly string[] {
  const unknown = [...text.matchAll(VARIABLE)].map(([, name = '']) => name).filter((name) => !isVariable(name));
  const stray = text.replaceAll(VARIABLE, '').match(STRAY) ?? [];
  return [...new Set([...unknown, ...stray])];
}

function isVariable(name: string): name is MacroVariable {
  return MACRO_VARIABLES.some((known) => known === name);
}

function valueOf(name: MacroVariable, facts: MacroFacts, formats: MacroFormats): string | null {
  switch (name) {
    case 'customer.name':
      return orNull(facts.customerName);
    case 'customer.firstName':
      return firstName(facts.customerName);
    case 'customer.localTime':
      return facts.customerZone === null ? null : formats.time(facts.now, facts.customerZone);
    case 'agent.name':
      return orNull(facts.agentName);
    case 'case.subject':
      return orNull(facts.subject);
    case 'promise.time':
      // a time on a clock that is not the customer's would be a wrong promise
      return facts.promiseAt === null || facts.customerZone === null ? null : formats.dayAndTime(facts.promiseAt, facts.customerZone);
    case 'order.id':
      return orNull(facts.orderId);
    case 'transaction.id':
      return orNull(facts.transactionId);
    case 'date':
      return formats.date(facts.now, facts.customerZone ?? 'UTC');
  }
}

function orNull(value: string | null): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** Names that are written without spaces are one name, and are not taken apart: nobody can tell from the letters where the family ends. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・々\s]+$/u;

/** How one addresses somebody by their first name; null where the name does not tell, such as an address. `Tanaka, Mei` is Mei. */
export function firstName(name: string | null): string | null {
  const whole = orNull(name);
  if (whole === null || whole.includes('@')) return null;
  if (UNSPACED.test(whole)) return whole;
  const [family = '', given = ''] = whole.split(',', 2).map((part) => part.trim());
  const first = (given === '' ? family : given).split(/\s+/u)[0] ?? '';
  // an initial is no name
  return first.replace(/\.$/u, '').length > 1 ? first : whole;
}
