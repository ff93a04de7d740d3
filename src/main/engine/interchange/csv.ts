import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** One record of a table, with the line that it begins on, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly records: readonly CsvRecord[];
  /** Lines on which something is that is no record, such as a quote that is never closed. */
  readonly broken: readonly number[];
}

const MOST_RECORDS = 100_000;

/** Beginnings that table programs take for a formula; behind an apostrophe they are text (OWASP, CSV Injection). */
const FORMULA = /^'[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/u;

/**
 * Reads comma, semicolon or tab separated values (RFC 4180), whichever the first line has most of; with or without a
 * byte order mark, with line breaks in quotes, which become line feeds. Empty lines are passed over. A leading apostrophe that only keeps a table
 * program from calculating is taken off. Nothing is read behind the first `most` records.
 * Throws when as many lines are no records: then it is no table.
 */
export function readCsv(text: string, most = MOST_RECORDS): CsvTable {
  const broken: number[] = [];
  // in quotes the parser counts a carriage return and a line feed as two lines
  const plain = text.replaceAll(/\r\n?/gu, '\n');
  const rows: unknown = parse(plain, {
    bom: true,
    delimiter: delimiterOf(plain),
    info: true,
    to: most,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (broken.length >= most) throw new RangeError('no table');
      broken.push(typeof error?.['lines'] === 'number' ? error['lines'] : 0);
      return undefined;
    },
  });
  const records = Array.isArray(rows) ? rows.flatMap((row: unknown) => recordOf(row) ?? []) : [];
  return { records, broken };
}

function recordOf(row: unknown): CsvRecord | null {
  if (typeof row !== 'object' || row === null || !('record' in row) || !('info' in row) || !Array.isArray(row.record)) return null;
  const cells = row.record.map((cell: unknown) => (typeof cell === 'string' ? unguarded(cell.trim()).trim() : ''));
  const lines: unknown = typeof row.info === 'object' && row.info !== null && 'lines' in row.info ? row.info.lines : 0;
  const breaks = row.record.reduce((sum: number, cell: unknown) => sum + String(cell).split(/\r\n|\r|\n/u).length - 1, 0);
  return { line: Number(lines) - breaks, cells };
}

function unguarded(cell: string): string {
  return FORMULA.test(cell) ? cell.slice(1) : cell;
}

function delimiterOf(text: string): string {
  const [first = ''] = text
    .replace(/^\ufeff/u, '')
    .trimStart()
    .split(/[\r\n]/u);
  const plain = first.replaceAll(/"[^"]*"/gu, '');
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: plain.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

/**
 * Writes a table (RFC 4180) in UTF-8 with a byte order mark, which table programs need to read it as such. Text that one
 * of them would calculate gets an apostrophe in front.
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: true, record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/u },
  );
}
