import type { AgentsCsvPreview } from '../../../shared/contract/coverage.contract.ts';
import { isSameName } from '../../../shared/domain/coverage/qualify.ts';
import type { Ability, AgentProfile, Hub, Roster } from '../../../shared/domain/coverage/roster.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import { WEEKDAYS, epochDayOf } from '../../../shared/domain/time/local-time.ts';
import { currentZoneName, isKnownZone } from '../../../shared/domain/time/zone.ts';
import {
  AGENT_COLUMNS,
  columnOf,
  readDate,
  readHours,
  readLanguages,
  readSkills,
  readTiers,
  readWindows,
  writeAbilities,
  writeDate,
  writeWindows,
} from './agents-csv-fields.ts';
import type { AgentColumn, FieldError } from './agents-csv-fields.ts';
import { readCsv, writeCsv } from './csv.ts';
import type { CsvRecord, CsvTable } from './csv.ts';

type Row = AgentsCsvPreview['rows'][number];
type RowError = Row['errors'][number];

const MOST_ROWS = 5_000;
const LONGEST_NAME = 120;

/**
 * What a table of people would make of the team; nothing is changed and nothing is thrown. The first line names the
 * columns, in English or Chinese and in any order; only the name must be there. A line is about a member of the team
 * when it has their id, else their name. Columns that are not in the file leave what they would say as it is.
 * @param newId makes the id of a new member
 */
export function readAgentsCsv(text: string, roster: Roster, newId: () => AgentId): AgentsCsvPreview {
  const table = tableOf(text);
  if (table === null) return { rows: [], problem: 'not-csv', ignoredColumns: [] };
  const [header, ...records] = table.records;
  if (header === undefined || (records.length === 0 && table.broken.length === 0))
    return { rows: [], problem: 'empty', ignoredColumns: [] };
  const columns = columnsOf(header);
  const ignoredColumns = header.cells.filter((_cell, index) => columns[index] === null && header.cells[index] !== '');
  if (!columns.includes('name')) return { rows: [], problem: 'no-name-column', ignoredColumns };
  if (records.length > MOST_ROWS) return { rows: [], problem: 'too-large', ignoredColumns };
  const seen = new Set<string>();
  const rows = records.map((record) => rowOf(record, columns, roster, newId, seen));
  const broken = table.broken.map((line) => errorRow(line, '', [{ column: '', code: 'wrong-columns', value: '' }]));
  return { rows: [...rows, ...broken].sort((a, b) => a.line - b.line), problem: null, ignoredColumns };
}

function tableOf(text: string): CsvTable | null {
  if (text.includes('\0')) return null;
  try {
    // the header, and one more than is taken
    return readCsv(text, MOST_ROWS + 2);
  } catch {
    return null;
  }
}

/** Which column each header means; the first of two that mean the same counts. */
function columnsOf(header: CsvRecord): readonly (AgentColumn | null)[] {
  const meant = header.cells.map(columnOf);
  return meant.map((column, index) => (meant.indexOf(column) === index ? column : null));
}

function errorRow(line: number, name: string, errors: readonly RowError[]): Row {
  return { line, status: 'error', agent: null, name, changes: [], errors };
}

/** One line, read field by field; keeps what is wrong with it. */
class LineReader {
  readonly errors: RowError[] = [];
  readonly #cells: ReadonlyMap<AgentColumn, string>;

  constructor(record: CsvRecord, columns: readonly (AgentColumn | null)[]) {
    this.#cells = new Map(columns.flatMap((column, index) => (column === null ? [] : [[column, record.cells[index] ?? '']])));
  }

  /** What stands in a column; null when the file has no such column. */
  text(column: AgentColumn): string | null {
    return this.#cells.get(column) ?? null;
  }

  refuse(column: AgentColumn, { code, value }: FieldError): void {
    this.errors.push({ column, code, value: value.slice(0, 100) });
  }

  /** What a column says; `otherwise` when the file has no such column, or it can not be read. */
  field<Value>(column: AgentColumn, read: (text: string) => Result<Value, FieldError>, otherwise: Value): Value {
    const text = this.text(column);
    if (text === null) return otherwise;
    const found = read(text);
    if (found.ok) return found.value;
    this.refuse(column, found.error);
    return otherwise;
  }
}

function rowOf(record: CsvRecord, columns: readonly (AgentColumn | null)[], roster: Roster, newId: () => AgentId, seen: Set<string>): Row {
  const line = new LineReader(record, columns);
  const name = (line.text('name') ?? '').replaceAll(/\s+/gu, ' ');
  if (record.cells.length !== columns.length) {
    return errorRow(record.line, name, [{ column: '', code: 'wrong-columns', value: String(record.cells.length) }]);
  }
  if (name === '') line.refuse('name', { code: 'missing', value: '' });
  if (name.length > LONGEST_NAME) line.refuse('name', { code: 'too-long', value: name });
  const before = memberOf(line, name, roster);
  const key = before?.agentId ?? name.toLowerCase();
  if (name !== '' && seen.has(key)) line.refuse('name', { code: 'duplicate', value: name });
  seen.add(key);
  const agent = agentOf(line, name, before, roster, newId);
  if (agent === null) return errorRow(record.line, name, line.errors);
  const changes = before === null ? [] : changedFields(before, agent);
  const status = before === null ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
  return { line: record.line, status, agent, name, changes, errors: [] };
}

/** The member that a line is about: by their id, else by their name when only one has it. */
function memberOf(line: LineReader, name: string, roster: Roster): AgentProfile | null {
  const id = line.text('id') ?? '';
  const byId = roster.agents.find((agent) => agent.agentId === id);
  if (byId !== undefined) return byId;
  // an id that is one of ours and nobody's yet is a new member's, whatever their name
  if (isId('agt', id)) return null;
  const named = roster.agents.filter((agent) => isSameName(agent.name, name));
  if (named.length > 1) line.refuse('name', { code: 'duplicate', value: name });
  return named[0] ?? null;
}

/** What a new member has where the file says nothing. */
const NEWCOMER: Omit<AgentProfile, 'agentId' | 'name'> = {
  hubId: null,
  zone: '',
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  languages: [],
  tiers: ['L1'],
  pattern: {},
  isActive: true,
};

function agentOf(line: LineReader, name: string, before: AgentProfile | null, roster: Roster, newId: () => AgentId): AgentProfile | null {
  const base = before ?? NEWCOMER;
  const { hoursPerWeek } = base.contract;
  const hub = line.field('hub', (text) => readHub(text, roster), roster.hubs.find((each) => each.hubId === base.hubId) ?? null);
  const zone = zoneOf(line, base.zone === '' ? (hub?.zone ?? '') : base.zone);
  const contract = {
    hoursPerWeek: line.field('hours', (text) => (text === '' ? ok(hoursPerWeek) : readHours(text)), hoursPerWeek),
    from: line.field('from', readDate, base.contract.from),
    until: line.field('until', readDate, base.contract.until),
  };
  if (contract.from !== null && contract.until !== null && epochDayOf(contract.until) < epochDayOf(contract.from)) {
    line.refuse('until', { code: 'bad-date', value: line.text('until') ?? '' });
  }
  const week = WEEKDAYS.map((day) => [day, line.field(day, readWindows, base.pattern[day] ?? [])] as const);
  const said = {
    contract,
    skills: line.field('skills', (text) => readSkills(text, base.skills), base.skills),
    languages: line.field('languages', (text) => readLanguages(text, base.languages), base.languages),
    tiers: line.field('tiers', readTiers, base.tiers),
    pattern: Object.fromEntries(week.filter(([, windows]) => windows.length > 0)),
  };
  if (zone === null || line.errors.length > 0) return null;
  const id = line.text('id');
  return { ...base, ...said, agentId: before?.agentId ?? (isId('agt', id) ? id : newId()), name, hubId: hub?.hubId ?? null, zone };
}

function readHub(text: string, roster: Roster): Result<Hub | null, FieldError> {
  if (text === '') return ok(null);
  const hub = roster.hubs.find((each) => each.hubId === text) ?? roster.hubs.find((each) => isSameName(each.name, text));
  return hub === undefined ? fail({ code: 'unknown-hub', value: text }) : ok(hub);
}

/** The zone that is written, else the one that is meant when none is; null is an error. */
function zoneOf(line: LineReader, otherwise: string): string | null {
  const text = line.text('zone') ?? '';
  if (text === '' && otherwise !== '') return otherwise;
  if (isKnownZone(text)) return currentZoneName(text);
  // whose hub nobody knows may yet have its zone
  const isHubRefused = line.errors.some(({ column }) => column === 'hub');
  if (text !== '') line.refuse('zone', { code: 'unknown-zone', value: text });
  else if (!isHubRefused) line.refuse('zone', { code: 'missing', value: '' });
  return null;
}

function changedFields(before: AgentProfile, after: AgentProfile): readonly string[] {
  const { hoursPerWeek, from, until } = after.contract;
  const changes: readonly (readonly [string, boolean])[] = [
    ['name', before.name !== after.name],
    ['hub', before.hubId !== after.hubId],
    ['zone', before.zone !== after.zone],
    [
      'contract',
      before.contract.hoursPerWeek !== hoursPerWeek ||
        writeDate(before.contract.from) !== writeDate(from) ||
        writeDate(before.contract.until) !== writeDate(until),
    ],
    ['skills', sortedAbilities(before.skills) !== sortedAbilities(after.skills)],
    ['languages', sortedAbilities(before.languages) !== sortedAbilities(after.languages)],
    ['tiers', before.tiers.toSorted().join() !== after.tiers.toSorted().join()],
    ['pattern', WEEKDAYS.some((day) => writeWindows(before.pattern[day] ?? []) !== writeWindows(after.pattern[day] ?? []))],
  ];
  return changes.filter(([, isChanged]) => isChanged).map(([field]) => field);
}

function sortedAbilities(abilities: readonly Ability[]): string {
  return abilities
    .map(({ name, level }) => `${name}:${level}`)
    .sort()
    .join();
}

/** The active members of the team as a table that `readAgentsCsv` reads. */
export function agentsCsv(roster: Roster): string {
  const hubs = new Map(roster.hubs.map((hub) => [hub.hubId, hub.name]));
  const rows = roster.agents
    .filter((agent) => agent.isActive)
    .map((agent) => [
      agent.agentId,
      agent.name,
      agent.hubId === null ? '' : (hubs.get(agent.hubId) ?? ''),
      agent.zone,
      agent.contract.hoursPerWeek,
      writeDate(agent.contract.from),
      writeDate(agent.contract.until),
      writeAbilities(agent.skills),
      writeAbilities(agent.languages),
      agent.tiers.join('; '),
      ...WEEKDAYS.map((day) => writeWindows(agent.pattern[day] ?? [])),
    ]);
  return writeCsv([AGENT_COLUMNS, ...rows]);
}

/** A table to fill in, with invented people; at the team's hubs, if it has any. */
export function agentsCsvExample(hubs: readonly Hub[]): string {
  const [first = null, second = first] = hubs;
  const day = '09:00-18:00';
  const night = '22:00-06:00';
  return writeCsv([
    AGENT_COLUMNS.filter((column) => column !== 'id'),
    [
      'Kim Min-ji',
      first?.name ?? '',
      first?.zone ?? 'Asia/Seoul',
      40,
      '2026-01-01',
      '',
      'withdrawals:expert; kyc',
      'ko:expert; en',
      'L1; L2',
      day,
      day,
      day,
      day,
      day,
      '',
      '',
    ],
    [
      'Lucía Pérez',
      second?.name ?? '',
      second?.zone ?? 'Europe/Madrid',
      20,
      '',
      '',
      'kyc:good',
      'es:expert; en:good',
      'L1',
      '',
      '',
      '',
      '09:00-13:00|14:00-18:00',
      night,
      night,
      '',
    ],
  ]);
}
