import { checkCalendar } from './calendar-vectors.ts';
import { checkContention, checkCoverage } from './coverage-vectors.ts';
import { asRows } from './fields.ts';
import type { Row } from './fields.ts';
import { checkShifts } from './shift-vectors.ts';
import { checkSla } from './sla-vectors.ts';
import { checkStaffing } from './staffing-vectors.ts';
import { checkZone } from './zone-vectors.ts';

/** One row of a vector file, as it should be and as it is. Equal texts pass. */
export interface Outcome {
  /** What the row is about, for people to find it by. */
  readonly name: string;
  readonly expected: string;
  readonly found: string;
}

export interface FileReport {
  readonly file: string;
  /** False for a file that nothing here can evaluate yet. */
  readonly isKnown: boolean;
  readonly passed: number;
  /** A text for every row that failed: its number, name and difference. */
  readonly failures: readonly string[];
}

/** How each file's rows are evaluated. A new format is one line here. */
const CHECKS: ReadonlyMap<string, (row: Row) => Outcome> = new Map([
  ['zones.json', checkZone],
  ['calendars.json', checkCalendar],
  ['contention.json', checkContention],
  ['coverage.json', checkCoverage],
  ['shifts.json', checkShifts],
  ['sla.json', checkSla],
  ['staffing.json', checkStaffing],
]);

/** Evaluates the text of one file of vectors. A row that can not be read fails; it stops no other. */
export function runVectors(file: string, text: string): FileReport {
  const check = CHECKS.get(file);
  if (check === undefined) return { file, isKnown: false, passed: 0, failures: [] };
  let rows: readonly Row[];
  try {
    const parsed: unknown = JSON.parse(text);
    rows = asRows(parsed, file);
  } catch (error) {
    return { file, isKnown: true, passed: 0, failures: [`${file}: ${messageOf(error)}`] };
  }
  const failures = rows.map((row, index) => failureOf(`${file} row ${String(index)}`, row, check)).filter((each) => each !== null);
  return { file, isKnown: true, passed: rows.length - failures.length, failures };
}

function failureOf(place: string, row: Row, check: (row: Row) => Outcome): string | null {
  try {
    const { name, expected, found } = check(row);
    return expected === found ? null : `${place} (${name})\n  expected ${indented(expected)}\n  found    ${indented(found)}`;
  } catch (error) {
    return `${place}: ${messageOf(error)}`;
  }
}

function indented(text: string): string {
  return text.replaceAll('\n', `\n${' '.repeat(11)}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
