import type { AgentCsvErrorCode } from '../../../shared/contract/coverage.contract.ts';
import { isSameName } from '../../../shared/domain/coverage/qualify.ts';
import { ABILITY_LEVELS, AGENT_TIERS } from '../../../shared/domain/coverage/roster.ts';
import type { Ability, AbilityLevel, AgentTier } from '../../../shared/domain/coverage/roster.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { formatMinute, parseMinute } from '../../../shared/domain/time/calendar.ts';
import type { WallWindow } from '../../../shared/domain/time/calendar.ts';
import { formatLocalDate, parseLocalDate } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../shared/domain/time/local-time.ts';

/** The columns of a team's table, in the order in which they are written. */
export const AGENT_COLUMNS = [
  'id',
  'name',
  'hub',
  'zone',
  'hours',
  'from',
  'until',
  'skills',
  'languages',
  'tiers',
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
] as const;
export type AgentColumn = (typeof AGENT_COLUMNS)[number];

/** What people call the columns, besides their own names. */
const OTHER_NAMES: { readonly [Column in AgentColumn]: readonly string[] } = {
  id: ['agent id', '编号', 'id号'],
  name: ['agent', 'full name', 'person', '姓名', '名字', '名称'],
  hub: ['site', 'office', 'location', '站点', '中心', '办公室'],
  zone: ['time zone', 'timezone', 'tz', '时区'],
  hours: ['hours per week', 'contract hours', 'weekly hours', '工时', '每周工时', '周工时'],
  from: ['start', 'start date', 'employed from', '开始', '开始日期', '入职日期'],
  until: ['to', 'end', 'end date', 'employed until', '结束', '结束日期', '离职日期'],
  skills: ['skill', '技能'],
  languages: ['language', '语言'],
  tiers: ['tier', 'level', '级别', '层级'],
  mon: ['monday', '周一', '星期一', '礼拜一'],
  tue: ['tuesday', '周二', '星期二', '礼拜二'],
  wed: ['wednesday', '周三', '星期三', '礼拜三'],
  thu: ['thursday', '周四', '星期四', '礼拜四'],
  fri: ['friday', '周五', '星期五', '礼拜五'],
  sat: ['saturday', '周六', '星期六', '礼拜六'],
  sun: ['sunday', '周日', '星期日', '星期天', '礼拜天'],
};

/** The column that a header means; null for one that is none of ours. */
export function columnOf(header: string): AgentColumn | null {
  const name = header
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, ' ');
  return AGENT_COLUMNS.find((column) => column === name || OTHER_NAMES[column].includes(name)) ?? null;
}

export interface FieldError {
  readonly code: AgentCsvErrorCode;
  readonly value: string;
}

const LONGEST_NAME = 60;
const MOST_ABILITIES = 50;
const LEVEL_NAMES: ReadonlyMap<string, AbilityLevel> = new Map([
  ['基础', 'basic'],
  ['良好', 'good'],
  ['熟练', 'good'],
  ['专家', 'expert'],
  ['精通', 'expert'],
  ['native', 'expert'],
  ['母语', 'expert'],
]);
const TIER_NAMES: ReadonlyMap<string, AgentTier> = new Map([
  ['组长', 'lead'],
  ['主管', 'lead'],
  ['team lead', 'lead'],
  ['一线', 'L1'],
  ['二线', 'L2'],
]);

/** Weekly hours from 0 to 168, with a decimal point or comma. */
export function readHours(text: string): Result<number, FieldError> {
  const hours = /^\d{1,3}([.,]\d{1,2})?$/u.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  return hours >= 0 && hours <= 168 ? ok(hours) : fail({ code: 'bad-number', value: text });
}

/** `2026-03-31`; empty is none. */
export function readDate(text: string): Result<LocalDate | null, FieldError> {
  if (text === '') return ok(null);
  const date = parseLocalDate(text);
  return date === null ? fail({ code: 'bad-date', value: text }) : ok(date);
}

export function writeDate(date: LocalDate | null): string {
  return date === null ? '' : formatLocalDate(date);
}

/**
 * `withdrawals:expert; kyc`. A level that is not said, and days on which an ability counts, stay as they were for who had
 * it; a new one is `good`.
 */
export function readSkills(text: string, before: readonly Ability[]): Result<readonly Ability[], FieldError> {
  return readAbilities(text, before, (name) => name);
}

/** The same for languages by their tags: `pt-BR:expert; en`. */
export function readLanguages(text: string, before: readonly Ability[]): Result<readonly Ability[], FieldError> {
  return readAbilities(text, before, languageTag);
}

function readAbilities(
  text: string,
  before: readonly Ability[],
  nameOf: (text: string) => string | null,
): Result<readonly Ability[], FieldError> {
  const found: Ability[] = [];
  for (const entry of listOf(text)) {
    const [written = '', levelText = '', ...rest] = entry.split(/[:：]/u).map((part) => part.trim());
    const name = nameOf(written);
    if (name === null) return fail({ code: 'bad-language', value: written });
    if (name.length > LONGEST_NAME) return fail({ code: 'too-long', value: name });
    const known = before.find((each) => isSameName(each.name, name));
    const level = levelText === '' ? (known?.level ?? 'good') : levelOf(levelText);
    if (level === null || rest.length > 0 || name === '') return fail({ code: 'bad-level', value: entry });
    if (found.some((each) => isSameName(each.name, name))) return fail({ code: 'duplicate', value: name });
    found.push({ name: known?.name ?? name, level, from: known?.from ?? null, until: known?.until ?? null });
  }
  return found.length > MOST_ABILITIES ? fail({ code: 'too-long', value: String(found.length) }) : ok(found);
}

export function writeAbilities(abilities: readonly Ability[]): string {
  return abilities.map(({ name, level }) => `${name}:${level}`).join('; ');
}

function levelOf(text: string): AbilityLevel | null {
  const name = text.toLowerCase();
  return ABILITY_LEVELS.find((level) => level === name) ?? LEVEL_NAMES.get(name) ?? null;
}

/** A language tag in its usual spelling (`zh-Hans`, `pt-BR`); null for anything else, such as a language's name. */
function languageTag(text: string): string | null {
  if (!/^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/iu.test(text)) return null;
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** `L1; lead`, in the order in which tiers are always told. */
export function readTiers(text: string): Result<readonly AgentTier[], FieldError> {
  const found = new Set<AgentTier>();
  for (const entry of listOf(text)) {
    const tier = AGENT_TIERS.find((each) => each.toLowerCase() === entry.toLowerCase()) ?? TIER_NAMES.get(entry.toLowerCase());
    if (tier === undefined) return fail({ code: 'bad-tier', value: entry });
    found.add(tier);
  }
  return ok(AGENT_TIERS.filter((tier) => found.has(tier)));
}

const WINDOW = /^(\d{1,2}:\d{2})\s*(?:-|–|—|~|～|至|to)\s*(\d{1,2}:\d{2})$/u;

/** Working hours of a day: `09:00-13:00|14:00-18:00`; a window that ends at or before its start ends on the next day. */
export function readWindows(text: string): Result<readonly WallWindow[], FieldError> {
  const windows: WallWindow[] = [];
  for (const entry of listOf(text)) {
    const [open = null, close = null] = (WINDOW.exec(entry)?.slice(1) ?? []).map((time) => parseMinute(time.padStart(5, '0')));
    if (open === null || close === null || open >= 24 * 60) return fail({ code: 'bad-hours', value: entry });
    windows.push({ openMinute: open, closeMinute: close });
  }
  return ok(windows.sort((a, b) => a.openMinute - b.openMinute));
}

export function writeWindows(windows: readonly WallWindow[]): string {
  return windows.map(({ openMinute, closeMinute }) => `${formatMinute(openMinute)}-${formatMinute(closeMinute)}`).join('|');
}

/** Entries of a field that holds several; people separate them in many ways. */
function listOf(text: string): readonly string[] {
  return text
    .split(/[;；|,，、\n]/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
