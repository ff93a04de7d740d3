import { NOT_WAITING, BOTS } from './cases.store.ts';
import { tierToNumber } from './contacts.store.ts';
import { NEVER } from './sla.store.ts';
import type { SqlParameters, SqlValue } from './sql.ts';
import { PRIORITIES, STATUSES, TIERS } from '../../../shared/domain/case.ts';
import { ANYTHING, BOT, ME, NOBODY, UNKNOWN_LANGUAGE, isChoice, isText } from '../../../shared/domain/query/case-query.ts';
import type { ChoiceField, Condition, TextField, TimeField } from '../../../shared/domain/query/case-query.ts';
import type { QueryAsker } from '../../../shared/domain/query/match-case.ts';
import { resolveMoment } from '../../../shared/domain/query/moment.ts';
import { foldText } from '../../../shared/domain/search-fold.ts';

/** Conditions as a part of a statement over `cases c`. */
export interface CaseFilter {
  readonly sql: string;
  /** Equal for filters that ask the same at different times; null where one asks for the time and does not say so. */
  readonly key: string | null;
  /** The same for cases that are known by their keys: it looks labels and contacts up for each instead of reading all of them. */
  readonly point: string;
  readonly parameters: SqlParameters;
  /** Parameters that move with the clock, and what they are compared with. */
  readonly clocks: readonly FilterClock[];
  /** Asks when the next qualified person comes. */
  readonly asksNeeds: boolean;
  /** Only unsolved cases can match: the partial indexes may be used, and `sql` says so. */
  readonly isOpen: boolean;
}

export interface FilterClock {
  readonly name: string;
  readonly column: 'next_due_at' | 'waiting_since' | 'last_message_at' | 'opened_at' | 'snoozed_until' | 'follow_up_at';
}

/** Everything. */
export const NO_FILTER: CaseFilter = { sql: '1 = 1', key: '', point: '1 = 1', parameters: {}, clocks: [], asksNeeds: false, isOpen: false };

/** True of no case. A plain 0 would do, but makes statements with INDEXED BY fail: "no query solution". */
const NOTHING = 'c.status < 0';

/**
 * The statement's part for conditions, as `matchesConditions` of the domain decides them (a test compares the two). The parameters begin with
 * `prefix`, so that several filters fit into one statement. Values of a newer version that are not known here match nothing.
 */
export function compileConditions(conditions: readonly Condition[], asker: QueryAsker, prefix = 'q'): CaseFilter {
  const parameters: Record<string, SqlValue> = {};
  const clocks: FilterClock[] = [];
  const bind: Bind = (value, column) => {
    const name = `${prefix}${Object.keys(parameters).length}`;
    parameters[name] = value;
    if (column !== undefined) clocks.push({ name, column });
    return `@${name}`;
  };
  const parts = conditions.map((condition) => {
    const sql = conditionSql(condition, asker, bind);
    return condition.not ? `NOT (${sql})` : `(${sql})`;
  });
  const isOpen = conditions.some((condition) => !condition.not && meansOpen(condition));
  if (isOpen) parts.unshift('c.status < 3');
  const sql = parts.length === 0 ? NO_FILTER.sql : parts.join(' AND ');
  const moving = new Set(clocks.map(({ name }) => name));
  const fixed = Object.entries(parameters).flatMap(([name, value]) => (moving.has(name) ? [] : [value]));
  const key = fixed.includes(asker.now) ? null : `${sql.replaceAll(`@${prefix}`, '@')} ${JSON.stringify(fixed)}`;
  return { sql, key, point: pointSql(sql), parameters, clocks, asksNeeds: sql.includes('coverage_needs'), isOpen };
}

/** Binds a value, and says with which column it is compared where it moves with the clock. */
type Bind = (value: SqlValue, column?: FilterClock['column']) => string;

const BY_CONTACT = /c\.contact_id IN \(SELECT k\.id FROM contacts k WHERE (instr\(k\.folded, @\w+\) > 0)\)/gu;
const BY_FOLLOW_UP =
  /c\.id IN \(SELECT f\.id FROM cases f INDEXED BY cases_follow_up WHERE f\.follow_up_at < \d+ AND f\.follow_up_at <= (@\w+)\)/gu;
const BY_LABEL = /c\.id IN \(SELECT l\.case_id FROM case_labels l WHERE (l\.label = @\w+)\)/gu;

function pointSql(sql: string): string {
  return sql
    .replaceAll(BY_CONTACT, 'EXISTS(SELECT 1 FROM contacts k WHERE k.id = c.contact_id AND $1)')
    .replaceAll(BY_FOLLOW_UP, 'c.follow_up_at <= $1')
    .replaceAll(BY_LABEL, 'EXISTS(SELECT 1 FROM case_labels l WHERE $1 AND l.case_id = c.id)');
}

const OPEN_FLAGS: ReadonlySet<string> = new Set(['waiting', 'overdue', 'unstaffed', 'snoozed', 'stale']);

/** Whether a condition lets only unsolved cases through. What is due next is never a solved case. */
function meansOpen(condition: Condition): boolean {
  if (condition.field === 'due') return true;
  if (!isChoice(condition)) return false;
  if (condition.field === 'status') return condition.values.every((value) => value !== 'solved');
  if (condition.field === 'kind' || condition.field === 'missing') return true;
  return condition.field === 'is' && condition.values.every((value) => OPEN_FLAGS.has(value));
}

function conditionSql(condition: Condition, asker: QueryAsker, bind: Bind): string {
  if (isChoice(condition)) return anyOf(condition.values.map((value) => choiceSql(condition.field, value, asker, bind)));
  if (isText(condition)) return anyOf(condition.values.map((value) => textSql(condition.field, value, bind)));
  const { column, isSet } = TIMES[condition.field];
  const at = bind(resolveMoment(condition.moment, asker), column);
  return `${isSet} AND c.${column} ${condition.side === 'before' ? '<' : '>='} ${at}`;
}

function anyOf(parts: readonly string[]): string {
  return parts.length === 0 ? NOTHING : parts.map((part) => (parts.length > 1 ? `(${part})` : part)).join(' OR ');
}

const TIMES: { readonly [Field in TimeField]: { readonly column: FilterClock['column']; readonly isSet: string } } = {
  due: { column: 'next_due_at', isSet: `c.next_due_at < ${NEVER}` },
  waiting: { column: 'waiting_since', isSet: `c.waiting_since < ${NOT_WAITING}` },
  updated: { column: 'last_message_at', isSet: '1' },
  opened: { column: 'opened_at', isSet: '1' },
  snoozed: { column: 'snoozed_until', isSet: 'c.snoozed_until > 0' },
};

function textSql(field: TextField, value: string, bind: Bind): string {
  const text = bind(foldText(value));
  return field === 'subject'
    ? `instr(fold(c.subject), ${text}) > 0`
    : `c.contact_id IN (SELECT k.id FROM contacts k WHERE instr(k.folded, ${text}) > 0)`;
}

function choiceSql(field: ChoiceField, value: string, asker: QueryAsker, bind: Bind): string {
  switch (field) {
    case 'channel':
      return `c.channel = ${bind(value)}`;
    case 'status':
      return `c.status = ${bind(STATUSES.findIndex((status) => status === value))}`;
    case 'priority':
      return `c.priority = ${bind(PRIORITIES.findIndex((priority) => priority === value))}`;
    case 'tier':
      return tierSql(value, bind);
    case 'language':
      return languageSql(value, bind);
    case 'label':
      return `c.id IN (SELECT l.case_id FROM case_labels l WHERE l.label = ${bind(value)})`;
    case 'assignee':
      return assigneeSql(value, asker, bind);
    case 'is':
      return flagSql(value, asker, bind);
    case 'has':
      return THINGS[value] ?? NOTHING;
    case 'kind':
      return intakeSql(`i.kind = ${bind(value)}`);
    case 'missing':
      return intakeSql(value === ANYTHING ? "i.missing <> '  '" : `instr(lower(i.missing), ${bind(` ${value.toLowerCase()} `)}) > 0`);
  }
}

/** What is known of solved cases is not kept up. */
function intakeSql(condition: string): string {
  return `c.status < 3 AND EXISTS(SELECT 1 FROM case_intake i WHERE i.case_id = c.id AND ${condition})`;
}

function tierSql(value: string, bind: Bind): string {
  const tier = TIERS.find((one) => one === value);
  return tier === undefined ? NOTHING : `c.vip = ${bind(tierToNumber(tier))}`;
}

function languageSql(value: string, bind: Bind): string {
  if (value === UNKNOWN_LANGUAGE) return 'c.language IS NULL';
  const tag = value.toLowerCase();
  // `-` and `.` follow each other: all tags that begin with `tag-`
  return `c.language IS NOT NULL AND (lower(c.language) = ${bind(tag)} OR (lower(c.language) > ${bind(`${tag}-`)} AND lower(c.language) < ${bind(`${tag}.`)}))`;
}

function assigneeSql(value: string, asker: QueryAsker, bind: Bind): string {
  if (value === BOT) return `c.assignee = '${BOTS}'`;
  if (value === NOBODY) return "c.assignee = ''";
  const agent = value === ME ? asker.me : value;
  return agent === null || agent === '' ? NOTHING : `c.assignee = ${bind(agent)}`;
}

function flagSql(value: string, asker: QueryAsker, bind: Bind): string {
  switch (value) {
    case 'unread':
      return 'c.unread = 1';
    case 'waiting':
      return `c.status = 0 AND c.waiting_since < ${NOT_WAITING}`;
    case 'overdue':
      return `c.status < 3 AND c.next_due_at <= ${bind(asker.now, 'next_due_at')}`;
    case 'unstaffed':
      return `c.status < 3 AND c.next_due_at > ${bind(asker.now, 'next_due_at')} AND c.next_due_at <= coalesce((SELECT w.opens_at FROM coverage_needs w WHERE w.id = c.need), 0)`;
    case 'snoozed':
      return 'c.status < 3 AND c.snoozed_until > 0';
    case 'stale':
      return `c.status < 3 AND ${staleSql(bind(asker.now, 'follow_up_at'))}`;
    case 'raised':
      return 'c.lane = 0 AND c.vip = 0';
    case 'offered':
      return 'c.open_handoff IS NOT NULL';
    default:
      return NOTHING;
  }
}

/** Those who wait without news have an index of their own, so that counting them reads none of the wide rows. */
function staleSql(at: string): string {
  return `c.id IN (SELECT f.id FROM cases f INDEXED BY cases_follow_up WHERE f.follow_up_at < ${NOT_WAITING} AND f.follow_up_at <= ${at})`;
}

const THINGS: Readonly<Record<string, string>> = {
  attachment: 'c.has_attachments = 1',
  draft: 'c.uid IN (SELECT d.case_uid FROM drafts d)',
  promise: 'c.next_promise IS NOT NULL',
  queued: 'c.queued > 0',
  scheduled: "c.id IN (SELECT o.case_id FROM outbox o WHERE o.state = 'queued' AND o.later_at IS NOT NULL)",
  failed: 'c.failed > 0',
  reminder: 'c.id IN (SELECT r.case_id FROM reminders r)',
};
